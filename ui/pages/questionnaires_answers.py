# SPDX-License-Identifier: Apache-2.0
"""Who answered one questionnaire, when and how far; Enter opens the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.questionnaires_read import MOST_ANSWERS
from ui.pages.questionnaires_taking_back import take_answers_back
from ui.pages.questionnaires_words import not_read_words, state_words
from ui.pages.wording import term, whole_number

if TYPE_CHECKING:
    from ui.pages.questionnaires_read import Answered, LookedAt


class Answers(QWidget):
    """The newest times of asking that this account may read, and its own unfinished ones."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Answers given"), nothing=_("One moment…"))
        self.list.chosen.connect(lambda one: desk.go("questionnaire", ("response", one)))
        self.note = label(_("Enter opens the answers."), "help", wrap=True)
        self.back_button = button(_("Take the answers back…"), self.take_back_chosen)
        self.list.picked.connect(lambda *_row: self._allow_deeds())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(GAP)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.note)
        inside.addLayout(row(self.back_button, None))
        self._allow_deeds()

    def show_looked(self, looked: LookedAt) -> None:
        """List them."""
        hidden = looked.line.answered is None
        none = not_read_words() if hidden else _("Nobody has answered it yet.")
        self.list.say_when_empty(none)
        self.rows.show_rows(looked.answers)
        if looked.answers and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._allow_deeds()
        words = _("Enter opens the answers.")
        if len(looked.answers) >= MOST_ANSWERS:
            more = ngettext("The newest {n} answer is listed.", "The newest {n} answers are listed.", MOST_ANSWERS)
            words = f"{words} {more.format(n=whole_number(MOST_ANSWERS))}"
        self.note.setText(words)

    def take_back_chosen(self) -> None:
        """Take back the answers the keyboard is on."""
        record_id = self.list.current_id()
        if record_id is not None:
            take_answers_back(self.desk, self, record_id)

    def _allow_deeds(self) -> None:
        self.back_button.setEnabled(self.list.current_id() is not None)

    def _columns(self) -> tuple[Column, ...]:
        colours = self.desk.theme

        def tone(one: Answered) -> str:
            return colours.colours.warning if one.row.state == "begun" else ""

        return (
            Column(_("Date"), lambda one: show_date(one.row.asked_on), width=16),
            Column(_("About whom"), lambda one: one.who or "–"),
            Column(_("Occasion"), lambda one: term("response_occasion", one.row.occasion), width=16),
            Column(_("Who asked"), lambda one: one.row.asked_by or "", width=18),
            Column(_("Version"), lambda one: one.row.form_version, width=9),
            Column(_("State"), lambda one: state_words(one.row), width=26, tone=tone),
        )
