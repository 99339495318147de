# SPDX-License-Identifier: Apache-2.0
"""The shelf of good practices: one field to search in, tags and countries to narrow by, one practice to read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.messages import ask
from ui.kit.page import Page
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.form_place import FormPile
from ui.pages.papers import paper_button
from ui.pages.practices_form import practice_form
from ui.pages.practices_store import Asked, Facets, read_facets, read_list, take_off
from ui.pages.practices_view import PracticeView
from ui.pages.wording import term

PAUSE_MS = 60
INTO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PracticesPage(Page):
    """The list at the left, what the keyboard is on at the right; a subject is a practice's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Good practices"), scrolls=False)
        self.search = QLineEdit()
        self.tag, self.country = ComboBox(), ComboBox()
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Good practices"), nothing=_("One moment…"))
        self.one = PracticeView(desk)
        self.pile = FormPile()
        self.new_button = button(_("New practice"), self.begin, role="main", help="F2")
        self.change_button = button(_("C&hange…"), self.change, help="Enter")
        self.off_button = button(_("Take off the shelf…"), self.take_off, role="link")
        self.print_button = paper_button(desk, "practice", lambda: self.one.practice_id)
        self.events_button = button(_("To the events"), lambda: desk.go("training"), help="Esc")
        self._wanted: str | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._listen()
        self._show_facets(Facets((), ()))
        self._say_actions()

    def opened(self, subject: object = None) -> None:
        """Show the shelf; a practice or an empty form when one is meant."""
        self.desk.worker.read(read_facets, self._show_facets, quiet=True, owner=self)
        if subject == "new":
            self.begin()
        elif isinstance(subject, str) and subject:
            self._forget_filters()
            self._wanted = subject
        self._look()

    def first_field(self) -> QWidget | None:
        """The keyboard is in the search field."""
        return self.search if self.pile.form is None else None

    def begin(self) -> None:
        """An empty form."""
        self.pile.open_form(lambda: practice_form(self.desk, None, (self._saved, self._back)))
        self._say_actions()

    def change(self) -> None:
        """The form of the practice that is shown."""
        look = self.one.look
        if look is not None and self.pile.form is None:
            record = look.record
            self.pile.open_form(lambda: practice_form(self.desk, record, (self._saved, self._back)))
            self._say_actions()

    def take_off(self) -> None:
        """Take the practice that is shown off the shelf, when somebody means it."""
        look, reason = self.one.look, _("Taken off the shelf.")
        question = _("Take this practice and its files off the shelf? The trail keeps them.")
        if look is not None and ask(self, question, _("Take it off"), _("Keep it"), danger=True):
            practice_id = look.record.id
            self.desk.worker.change(lambda session: take_off(session, practice_id, reason), lambda _none: self._back())

    def choose_tag(self, tag: str) -> None:
        """Narrow the shelf to a tag."""
        place = self.tag.findData(tag)
        if place < 0:
            place = next((n for n in range(self.tag.count()) if self._same(self.tag.itemData(n), tag)), 0)
        self.tag.setCurrentIndex(place)

    def asked(self) -> Asked:
        """What is looked for now."""
        return Asked(self.search.text(), self.tag.currentData(), self.country.currentData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search field into the list."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.search and pressed in INTO_THE_LIST and self.rows.rowCount():
            self.list.setFocus()
            self.list.selectRow(max(0, self.list.currentIndex().row()))
            return True
        return super().eventFilter(watched, event)

    # Inside

    def _lay_out(self) -> None:
        for made in (self.events_button, self.print_button, self.off_button, self.change_button, self.new_button):
            self.buttons.addWidget(made)
        self.search.setPlaceholderText(_("Any word of it"))
        self.search.setAccessibleName(_("Search good practices"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.tag.setAccessibleName(_("Tag"))
        self.country.setAccessibleName(_("Country"))
        for combo in (self.tag, self.country):
            combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.search)
        left.addLayout(row(self.tag, self.country))
        left.addWidget(self.list, 1)
        left.addWidget(label(_("Enter changes a practice. F2 writes a new one."), "help"))
        self.side = QWidget()
        inside = QHBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addLayout(left, 2)
        inside.addWidget(self.one, 3)
        self.pile.addWidget(self.side)
        self.body.addWidget(self.pile, 1)

    def _listen(self) -> None:
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._look)
        for combo in (self.tag, self.country):
            combo.currentIndexChanged.connect(lambda _place: self._look())
        self.rows.counted.connect(self._counted)
        self.rows.refresh_on("Practice", "PracticeFile")
        self.list.picked.connect(self.one.open)
        self.list.chosen.connect(lambda _id: self.change())
        self.one.tag_chosen.connect(self.choose_tag)
        self.one.shown.connect(self._say_actions)
        self.desk.worker.changed.connect(self._changed)
        for key, act in (("F2", self.begin), ("Esc", lambda: self.desk.go("training"))):
            shortcut = QShortcut(QKeySequence(key), self.side)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _look(self) -> None:
        asked = self.asked()
        nothing = _("Nothing on the shelf yet. F2 writes down the first good practice.")
        self.list.say_when_empty(nothing if asked.anything else _("Nothing found."))
        self.rows.ask(lambda session, last, _limit: [] if last is not None else read_list(session, asked))

    def _counted(self, count: int, _whole: bool) -> None:
        wanted, self._wanted = self._wanted, None
        place = self.rows.position_of(wanted) if wanted else -1
        if place >= 0 or (count and not self.list.currentIndex().isValid()):
            self.list.selectRow(max(place, 0))
        if not count:
            self.one.open(None)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and "Practice" in changed:
            self.desk.worker.read(read_facets, self._show_facets, quiet=True, owner=self)
            if self.one.practice_id in changed["Practice"] and self.one.look is not None:
                self.one.open(self.list.current_id())

    def _show_facets(self, facets: Facets) -> None:
        tags = [(one.code or one.words, f"{one.words} ({one.count})") for one in facets.tags]
        countries = [(code, term("country", code)) for code in facets.countries]
        for combo, whole, choices in (
            (self.tag, _("All tags"), tags),
            (self.country, _("All countries"), countries),
        ):
            kept = combo.currentData()
            combo.blockSignals(True)
            combo.clear()
            combo.addItem(whole, None)
            for value, words in choices:
                combo.addItem(words, value)
            combo.setCurrentIndex(max(0, combo.findData(kept)))
            combo.blockSignals(False)

    def _forget_filters(self) -> None:
        self.search.clear()
        for combo in (self.tag, self.country):
            combo.setCurrentIndex(0)

    def _saved(self, practice_id: Any) -> None:
        self._wanted = str(practice_id)
        self._forget_filters()
        self._back()
        self.desk.messages.done(_("Saved."))

    def _back(self) -> None:
        self.pile.close_form()
        self._look()
        self.one.open(self.list.current_id())
        self._say_actions()
        self.list.setFocus()

    def _say_actions(self) -> None:
        shown, editing = self.one.look is not None, self.pile.form is not None
        for widget in (self.print_button, self.change_button, self.off_button):
            widget.setVisible(shown and not editing)
        for widget in (self.events_button, self.new_button):
            widget.setVisible(not editing)

    def _same(self, one: Any, other: str) -> bool:
        from resource_centre.values.names import plain

        return isinstance(one, str) and plain(one) == plain(other)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Title"), lambda one: one.title),
        Column(_("Files"), lambda one: str(one.files) if one.files else "", width=6, right=True),
    )
