# SPDX-License-Identifier: Apache-2.0
"""The questionnaires of a person: what is worth asking now, figures over time, and every time they were asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import WIDE_GAP, Card, button, empty, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.assessments_choose import ChooseQuestionnaire
from ui.pages.assessments_read import Assessed, assess
from ui.pages.assessments_trend import TrendCard
from ui.pages.case_part import CasePart
from ui.pages.questionnaires_taking_back import take_answers_back
from ui.pages.questionnaires_words import state_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.assessments_due import Suggested

LEAST_ROWS, MOST_ROWS = 2, 6


class AssessmentsPart(CasePart):
    """A part of a case; with `show_person` the same without one."""

    NOUNS: ClassVar[frozenset[str]] = frozenset(
        {"Response", "SensitiveResponse", "ProtectedResponse", "Draft", "WeightSet", "FollowUp", "Case"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.assessed: Assessed | None = None
        self.ask_button = button(_("&Ask a questionnaire…"), self.choose, role="main")
        self.rows = Rows(desk.worker, _columns(desk))
        self.list = RowsView(self.rows, _("Questionnaires"), nothing=_("Nothing was asked yet."))
        self.list.chosen.connect(self.open_record)
        self.suggestions, self.trends = QVBoxLayout(), QVBoxLayout()
        for place in (self.suggestions, self.trends):
            place.setSpacing(WIDE_GAP)
        self.score_words = label(_("A score helps to talk with the person. It never decides a service."), "help")
        self.print_button = button(_("Print the answers…"), self.print_chosen)
        self.print_button.setEnabled(False)
        self.back_button = button(_("Take the answers back…"), self.take_back_chosen)
        self.back_button.setEnabled(False)
        self.list.picked.connect(lambda *_row: self._allow_deeds())
        self.view.addLayout(row(self.ask_button, self.print_button, self.back_button, None))
        self.view.addLayout(self.suggestions)
        self.view.addWidget(self.list)
        self.view.addWidget(label(_("Enter opens the answers, or goes on with what was begun."), "help"))
        self.view.addWidget(self.score_words)
        self.view.addLayout(self.trends)

    def show_person(self, person_id: str) -> None:
        """Show somebody's questionnaires, whatever the case."""
        self.case_id, self.person_id = "", person_id
        self.read()

    def first_field(self) -> QPushButton:
        """What one does here most."""
        return self.ask_button

    def take_keyboard(self) -> None:
        """To asking."""
        self.ask_button.setFocus(Qt.FocusReason.TabFocusReason)

    def open_record(self, record_id: str) -> None:
        """Look at answers, or go on with them."""
        self.desk.go("questionnaire", ("response", record_id))

    def read(self) -> None:
        """Read and show."""
        whose = (self.case_id, self.person_id)
        if self.person_id:
            self.desk.worker.read(
                self.look, lambda looked: self._take_of(whose, looked), replaces="case-assessments", owner=self
            )

    def look(self, session: Any) -> Assessed:
        """Read everything that is shown."""
        return assess(session, self.person_id, self.case_id)

    def show_looked(self, looked: Assessed) -> None:
        """Show it."""
        self.assessed = looked
        for place in (self.suggestions, self.trends):
            empty(place)
        if looked.suggested:
            self.suggestions.addWidget(self._suggested_card(looked.suggested))
        self.rows.show_rows(looked.rows)
        self._allow_deeds()
        high = min(max(len(looked.rows), LEAST_ROWS), MOST_ROWS) + 1
        self.list.setFixedHeight(high * self.list.verticalHeader().defaultSectionSize() + 12)
        self.score_words.setVisible(bool(looked.trends))
        for trend in looked.trends:
            self.trends.addWidget(TrendCard(self.desk, trend))

    def print_chosen(self) -> None:
        """Show the paper of the answers the keyboard is on."""
        from ui.pages.papers import print_paper

        record_id = self.list.current_id()
        if record_id is not None:
            print_paper(self.desk, "questionnaire", record_id, parent=self)

    def take_back_chosen(self) -> None:
        """Take back the answers the keyboard is on."""
        record_id = self.list.current_id()
        if record_id is not None:
            take_answers_back(self.desk, self, record_id)

    def choose(self) -> None:
        """Choose what is asked."""
        if self.assessed is not None:
            names = {one.name: one.occasion for one in self.assessed.suggested}
            ChooseQuestionnaire(self, self.desk, names, self._begin, self._print_blank).open()

    # Inside

    def _print_blank(self, name: str) -> None:
        from ui.pages.papers import print_paper

        print_paper(self.desk, "questionnaire", name, blank=True, parent=self, person_id=self.person_id)

    def _allow_deeds(self) -> None:
        """What is only a draft of one's own is no paper."""
        chosen = self.list.current_id()
        rows = self.assessed.rows if self.assessed is not None else ()
        self.back_button.setEnabled(any(one.id == chosen for one in rows))
        self.print_button.setEnabled(any(one.id == chosen and not one.kept_as_draft for one in rows))

    def _take_of(self, whose: tuple[str, str], looked: Assessed) -> None:
        if whose == (self.case_id, self.person_id):
            self._take(self.case_id, looked)

    def _suggested_card(self, suggested: tuple[Suggested, ...]) -> Card:
        card = Card(_("Worth asking now"))
        for one in suggested:
            ask = button(_("Ask"), partial(self._begin, one.name, one.occasion), name=f"{_('Ask')}: {one.title}")
            made = row(label(suggestion_words(one), wrap=True), ask)
            made.setStretch(0, 1)
            card.body.addLayout(made)
        return card

    def _begin(self, name: str, occasion: str | None = None) -> None:
        if self.assessed is not None:
            about = self.assessed.about | ({"occasion": occasion} if occasion else {})
            self.desk.go("questionnaire", ("begin", name, about))


def suggestion_words(one: Suggested) -> str:
    """Which questionnaire, and why now."""
    occasion = term("response_occasion", one.occasion)
    if one.due_on is None:
        return _("{title} ({occasion}): not asked yet.").format(title=one.title, occasion=occasion)
    words = _("{title} ({occasion}): the follow-up is due on {day}.")
    return words.format(title=one.title, occasion=occasion, day=show_date(one.due_on))


def _columns(desk: Desk) -> list[Column]:
    colours = desk.theme

    def tone(one: Any) -> str:
        return colours.colours.warning if one.state == "begun" else ""

    return [
        Column(_("Questionnaire"), lambda one: one.title),
        Column(_("Occasion"), lambda one: term("response_occasion", one.occasion), width=18),
        Column(_("Date"), lambda one: show_date(one.asked_on), width=17),
        Column(_("State"), state_words, width=34, tone=tone),
        Column(_("Who asked"), lambda one: one.asked_by or "", width=18),
    ]
