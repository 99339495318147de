# SPDX-License-Identifier: Apache-2.0
"""Who is in the centre twice: a work-list of likely pairs, decided by a person, and what was merged, taken apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages import duplicates_store as store
from ui.pages.duplicates_pair import PairPart
from ui.pages.duplicates_scanning import is_looking_through, look_through
from ui.pages.duplicates_words import both_words, how_many, numbers_words, on_words
from ui.pages.home_words import grouped

if TYPE_CHECKING:
    from resource_centre.services.duplicate_scan import Outcome
    from ui.pages.duplicates_store import Compared, MergedRow, PairRow

MERGED = 1
LIST_WIDTH = 180


class DuplicatesPage(Page):
    """A subject is "merged", or a person's id for what that person was merged with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Same person twice"), scrolls=False)
        self.total = 0
        self.looked_through = False
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Which pairs"))
        self.tabs.addTab(_("To decide"))
        self.tabs.addTab(_("Merged"))
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Likely the same person"), nothing=_("One moment…"))
        self.pair = PairPart(desk)
        self.merged_rows = Rows(desk.worker, _merged_columns())
        self.merged = RowsView(self.merged_rows, _("Merged"), nothing=_("Nobody was merged yet."))
        self.apart = button(_("Take &apart again"), self.take_apart)
        self.open_person = button(_("Open the person"), self._open_person, role="link")
        self.scan = button(_("Look through the &whole centre"), self.look_through)
        self.state = label("", "muted", wrap=True)
        self.pile = QStackedWidget()
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Read both lists anew."""
        self.desk.places.wanted()
        if subject == "merged":
            self.tabs.setCurrentIndex(MERGED)
        self.look()
        if is_looking_through(self.desk) and self.scan.isEnabled():
            self.look_through()

    def first_field(self) -> QWidget | None:
        """The list in sight."""
        return self.merged if self.tabs.currentIndex() == MERGED else self.list

    def look(self) -> None:
        """Read both lists."""
        self.desk.worker.read(store.work_list, self.show_pairs, replaces="duplicates", owner=self)
        self.desk.worker.read(store.merged, self.show_merged, replaces="duplicates-merged", owner=self)

    def show_pairs(self, found: tuple[int, list[PairRow]]) -> None:
        """Show the work-list: how many there are, and the likeliest of them."""
        self.total, pairs = found
        at = max(0, self.list.currentIndex().row())
        self._say_when_empty()
        self.rows.show_rows(pairs)
        self.set_title(_("Same person twice"), how_many(self.total, len(pairs)))
        self.pair.setVisible(bool(pairs))
        if pairs:
            self._go_to(min(at, len(pairs) - 1))

    def _say_when_empty(self) -> None:
        """Who has just looked through everybody, or is doing so, is not told to."""
        unsure = _("Nobody to decide about. Look through the whole centre to be sure.")
        sure = self.looked_through or not self.scan.isEnabled()
        self.list.say_when_empty(_("Nobody to decide about.") if sure else unsure)

    def show_merged(self, merged: list[MergedRow]) -> None:
        """Show who was merged."""
        self.merged_rows.show_rows(merged)
        if merged and not self.merged.currentIndex().isValid():
            self.merged.selectRow(0)
        for part in (self.apart, self.open_person):
            part.setEnabled(bool(merged))

    # Deciding

    @property
    def current(self) -> PairRow | None:
        """The pair that is shown."""
        index = self.list.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def say_same(self) -> None:
        """They are one person: nothing is lost, and it can be taken apart at any time."""
        found = self.pair.found
        if found is not None and found.row is self.current:
            done = _("One person now. Under “Merged” it can be taken apart at any time.")
            self._decide(partial(store.say_same, row=found.row, choices=self.pair.choices), done)

    def say_different(self) -> None:
        """They are two people and are not proposed again."""
        found = self.current
        if found is not None:
            self._decide(partial(store.say_different, row=found), _("Two people: they are not proposed again."))

    def put_off(self) -> None:
        """Decide later: to the end of the list."""
        found = self.current
        if found is not None:
            at = self.list.currentIndex().row()
            pairs = [self.rows.row(one) for one in range(self.rows.rowCount())]
            self.rows.show_rows([*(one for one in pairs if one is not found), found])
            self._go_to(at if at + 1 < len(pairs) else 0)

    def take_apart(self) -> None:
        """Make two records of the chosen decision again."""
        index = self.merged.currentIndex()
        if not index.isValid():
            return
        chosen = self.merged_rows.row(index.row())
        question = _("Two records again, each with all that is its own. Take {names} apart?")
        if ask(self, question.format(names=both_words(chosen)), _("Take apart"), _("Not now")):
            self._decide(partial(store.take_apart, link_id=chosen.id), _("Two records again; nothing was lost."))

    def _decide(self, change: Any, words: str) -> None:
        def done(_nothing: object) -> None:
            self.desk.messages.done(words)
            self.look()

        self.desk.worker.change(change, done, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self.desk.messages.show_error(error)
        self.look()

    # Looking through everybody

    def look_through(self) -> None:
        """Compare everybody with everybody worth comparing; Cancel keeps what is done, and it goes on from there."""
        self.scan.setEnabled(False)
        self._say_when_empty()
        self.state.setText(_("Looking through the whole centre. You can go on working meanwhile."))
        self.state.show()
        look_through(self.desk, self, self._scanned, self._scan_failed)

    def _scanned(self, outcome: Outcome) -> None:
        self.scan.setEnabled(True)
        self.looked_through = not outcome.stopped
        self.scan.setText(_("Go &on looking through") if outcome.stopped else _("Look through the &whole centre"))
        people, pairs = grouped(outcome.people), grouped(outcome.pairs)
        words = _("{people} people looked through, {pairs} pairs to decide.")
        if outcome.stopped:
            words = _("Stopped. What was compared is kept; it goes on from there.")
        self.state.setText(words.format(people=people, pairs=pairs))
        self.look()

    def _scan_failed(self, error: Exception) -> None:
        self.scan.setEnabled(True)
        self.state.hide()
        if self.desk.worker.centre is not None:  # locked meanwhile: what was compared is kept, nobody needs to hear it
            self.desk.messages.show_error(error)

    # Showing

    def _go_to(self, at: int) -> None:
        self.list.selectRow(at)
        self._show_pair()

    def _show_pair(self) -> None:
        chosen = self.current
        if chosen is not None and (self.pair.found is None or self.pair.found.row is not chosen):
            self.desk.worker.read(
                lambda session: store.compare(session, chosen),
                self._show_compared,
                replaces="duplicates-pair",
                owner=self,
            )

    def _show_compared(self, found: Compared) -> None:
        if found.row is self.current:
            self.pair.show_pair(found)

    def _open_person(self) -> None:
        index = self.merged.currentIndex()
        if index.isValid():
            self.desk.go("person", self.merged_rows.row(index.row()).person_id)

    def _turn(self, at: int) -> None:
        self.pile.setCurrentIndex(at)

    def _into_pair(self) -> None:
        self.pair.lines.setFocus(Qt.FocusReason.TabFocusReason)

    def _escape(self) -> None:
        (self.first_field() or self).setFocus(Qt.FocusReason.TabFocusReason)

    # Building

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.scan)
        deciding, merged = QWidget(), QWidget()
        beside = QHBoxLayout(deciding)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(WIDE_GAP)
        self.list.setMinimumWidth(LIST_WIDTH)
        beside.addWidget(self.list, 1)
        beside.addWidget(self.pair, 2)
        below = QVBoxLayout(merged)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP)
        below.addWidget(self.merged, 1)
        below.addLayout(row(self.apart, self.open_person, None))
        for part in (deciding, merged):
            self.pile.addWidget(part)
        self.body.setSpacing(GAP)
        self.body.addLayout(row(self.tabs, None))
        self.body.addWidget(self.state)
        self.body.addWidget(self.pile, 1)
        self.state.hide()
        self.pair.hide()

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.list.picked.connect(lambda _id: self._show_pair())
        self.list.chosen.connect(lambda _id: self._into_pair())
        self.merged.chosen.connect(lambda _id: self._open_person())
        self.pair.same.connect(self.say_same)
        self.pair.different.connect(self.say_different)
        self.pair.later.connect(self.put_off)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._escape)


def _columns() -> list[Column]:
    return [
        Column("%", lambda one: grouped(one.pair.score), width=4, right=True),
        Column(_("Names"), _names),
    ]


def _names(one: PairRow) -> str:
    """What came with a bundle says so."""
    return f"{both_words(one)} ({_('new')})" if one.pair.bundle_id else both_words(one)


def _merged_columns() -> list[Column]:
    return [
        Column(_("Names"), both_words),
        Column(_("Numbers"), numbers_words, width=30),
        Column(_("Decided on"), on_words, width=18),
    ]
