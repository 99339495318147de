# SPDX-License-Identifier: Apache-2.0
"""The part of an event's page that says who met, what was agreed on, and what partners gave."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, label, row
from ui.kit.table import Rows, RowsView
from ui.pages.agreements_forms import commitment_form, end_or_reopen, end_words
from ui.pages.agreements_store import EventLook, one_commitment, one_contribution, read_event
from ui.pages.agreements_words import commitment_columns, facts_lines
from ui.pages.form_place import FormPlace, MakeForm
from ui.pages.partners_forms import change_contribution_form, new_to_event_form
from ui.pages.partners_words import contribution_columns, totals_words

NOUNS = frozenset({"Commitment", "PartnerContribution", "Partner", "Participation", "TrainingEvent"})
LEAST_LINES, MOST_LINES = 3, 9


class AgreementsPart(FormPlace):
    """F2 writes down a commitment, F4 what became of one, F3 a contribution; Enter opens a line of either list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id = ""
        self.looked: EventLook | None = None
        self.facts = Card(_("Who met"))
        self._lines = QFormLayout()
        self._nobody = label(_("Nobody is on the attendance sheet yet."), "muted", wrap=True)
        self.rows = Rows(desk.worker, commitment_columns(desk.theme, with_meeting=False))
        self.list = RowsView(self.rows, _("Commitments"), nothing=_("One moment…"))
        self.gift_rows = Rows(desk.worker, contribution_columns(desk.theme, who=True))
        self.gifts = RowsView(self.gift_rows, _("Contributions of partners"), nothing=_("One moment…"))
        self.totals = label("", "muted", wrap=True)
        self.new_button = button(_("New &commitment"), self.add, role="main", help="F2")
        self.end_button = button(end_words(None), self.end, help="F4")
        self.gift_button = button(_("New con&tribution"), self.add_gift, help="F3")
        self._back_to: QWidget = self.list
        self._lay_out()
        self._listen()

    def open(self, event_id: str) -> None:
        """Show an event; a form that is open for it stays."""
        if event_id != self.event_id:
            self.close_form()
            self.event_id, self.looked = event_id, None
            self.rows.show_rows(())
            self.gift_rows.show_rows(())
        self.read()

    def leave(self) -> None:
        """Keep what is typed."""
        if self.form is not None:
            self.form.keeper.write_now()

    def first_field(self) -> QWidget | None:
        """The commitments, or the form that is open."""
        return self.list if self.form is None else next(iter(self.form.form.rows.values())).editor

    def read(self) -> None:
        """Read it again."""
        event_id = self.event_id
        if event_id:
            self.desk.worker.read(
                lambda session: read_event(session, event_id), self._show, replaces="event-agreements", owner=self
            )

    def add(self) -> None:
        """An empty form for a commitment."""
        look = self.looked
        if look is not None:
            self._open(
                self.list,
                lambda: commitment_form(self.desk, look.event_id, look.held_on, None, self._saved, self._cancelled),
            )

    def end(self) -> None:
        """What became of the one the keyboard is on."""
        if (chosen := self.list.current_id()) is not None:
            self._read_commitment(chosen, ending=True)

    def add_gift(self) -> None:
        """An empty form for what a partner gave to this event."""
        look = self.looked
        if look is not None:
            self._open(
                self.gifts,
                lambda: new_to_event_form(
                    self.desk, look.event_id, look.held_on, look.partners, (self._saved, self._cancelled)
                ),
            )

    # Qt's side

    def event(self, event: QEvent) -> bool:
        """While a form is open Esc closes it, and does not leave the event."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._closes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form."""
        if self.form is not None and self._closes(event):
            self.form.cancel()
            return
        super().keyPressEvent(event)

    def _closes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.form is not None

    # Inside

    def _lay_out(self) -> None:
        self._lines.setHorizontalSpacing(18)
        self._lines.setVerticalSpacing(4)
        self.facts.body.addLayout(self._lines)
        self.facts.body.addWidget(self._nobody)
        agreed = Card(_("Commitments"))
        agreed.body.addWidget(self.list)
        keys = label(_("Enter opens one."), "help")
        agreed.body.addLayout(row(self.new_button, self.end_button, None, keys))
        given = Card(_("Contributions of partners"))
        given.body.addWidget(self.totals)
        given.body.addWidget(self.gifts)
        given.body.addLayout(row(self.gift_button, None))
        for card in (self.facts, agreed, given):
            self.view.addWidget(card)

    def _listen(self) -> None:
        self.list.chosen.connect(lambda chosen: self._read_commitment(chosen, ending=False))
        self.list.picked.connect(lambda _id: self._follow())
        self.gifts.chosen.connect(self._read_gift)
        self.desk.worker.changed.connect(self._changed)
        for keys, act in (("F2", self.add), ("F4", self.end), ("F3", self.add_gift)):
            shortcut = QShortcut(QKeySequence(keys), self.frame)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show(self, look: EventLook) -> None:
        if look.event_id != self.event_id:
            return
        self.looked = look
        self._show_facts(look)
        for view, model, lines in (
            (self.list, self.rows, look.commitments),
            (self.gifts, self.gift_rows, look.contributions),
        ):
            model.show_rows(lines)
            if lines and not view.currentIndex().isValid():
                view.selectRow(0)
            _fit(view, len(lines))
        self.list.say_when_empty(_("Nothing is written down yet. F2 writes down what was agreed."))
        self.gifts.say_when_empty(self._why_no_gifts(look))
        self.totals.setText(totals_words(look.totals))
        self.totals.setVisible(bool(look.totals))
        self.new_button.setEnabled(not look.called_off)
        self.gift_button.setEnabled(bool(look.partners))
        self._follow()

    def _show_facts(self, look: EventLook) -> None:
        while self._lines.rowCount():
            self._lines.removeRow(0)
        lines = facts_lines(look.facts)
        for name, words in lines:
            self._lines.addRow(label(name, "muted"), label(words, wrap=True, selectable=True))
        self._nobody.setVisible(not lines)

    def _why_no_gifts(self, look: EventLook) -> str:
        if look.partners:
            return _("No partner has given anything to this event. F3 writes it down.")
        return _("There are no partners yet. They are put on the list under Training, Partners.")

    def _follow(self) -> None:
        chosen = self.list.current_id()
        one = self.rows.row(self.rows.position_of(chosen)) if chosen is not None else None
        self.end_button.setText(end_words(one.state if one is not None else None))
        self.end_button.setEnabled(one is not None)

    def _read_commitment(self, commitment_id: str, *, ending: bool) -> None:
        def show(found: Any) -> None:
            one, held_on = found
            if ending:
                self._open(self.list, lambda: end_or_reopen(self.desk, one, self._saved, self._cancelled))
            else:
                self._open(
                    self.list,
                    lambda: commitment_form(self.desk, one.event_id, held_on, one, self._saved, self._cancelled),
                )

        self.desk.worker.read(lambda session: one_commitment(session, commitment_id), show, replaces="commitment")

    def _read_gift(self, contribution_id: str) -> None:
        self.desk.worker.read(
            lambda session: one_contribution(session, contribution_id),
            lambda found: self._open(
                self.gifts,
                lambda: change_contribution_form(self.desk, found, (self._saved, self._cancelled), events=None),
            ),
            replaces="contribution",
        )

    def _open(self, back_to: QWidget, make: MakeForm) -> None:
        self._back_to = back_to
        self.put_form(make).begin()

    def _saved(self, _result: Any) -> None:
        self._cancelled()
        self.desk.messages.done(_("Saved."))

    def _cancelled(self) -> None:
        self.close_form()
        self._back_to.setFocus()
        self.read()

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not NOUNS.isdisjoint(changed):
            self.read()


def _fit(view: RowsView, lines: int) -> None:
    """As high as its lines need; the page scrolls, and a long list scrolls in itself."""
    shown = max(LEAST_LINES, min(MOST_LINES, lines))
    line = view.verticalHeader().defaultSectionSize()
    view.setFixedHeight(line * shown + view.horizontalHeader().sizeHint().height() + 2 * view.frameWidth())
