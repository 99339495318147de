# SPDX-License-Identifier: Apache-2.0
"""What an event's results rest on: its questionnaires, how it stands with each participant, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.learning_tables import Cells, WordTable, fit_height
from ui.pages.learning_words import STATES
from ui.pages.questionnaires_words import state_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.event_questionnaires import EventQuestionnaire, EventQuestionnaires
    from resource_centre.services.response_lists import ResponseRow

TEST = "test"
PERSON = "person"
LEFT = ("missing", "begun")
"""States in which there is still something to ask."""
GROUPS = ("needs", "before", "after", "month_3", "month_6")
"""The columns of the participants: what they need, then the occasions of tests and follow-ups."""


class _List(QWidget):
    """A table with its buttons above."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(GAP)


class Asked(_List):
    """The questionnaires of the event; `write_down(name, occasion)` opens the sheet of a class's test."""

    def __init__(self, desk: Desk, write_down: Callable[[str, str], None]) -> None:
        super().__init__(desk)
        self._write_down = write_down
        self.known: EventQuestionnaires | None = None
        columns = (
            (_("Questionnaire"), 0, False), (_("Occasion"), 19, False), (_("Answered"), 14, True),
            (_("Missing"), 9, True), (_("From"), 18, False),
        )  # fmt: skip
        self.list = WordTable(desk, _("Questionnaires"), columns, nothing=_("Nothing is asked at such an event."))
        self.write_button = button(_("Write &down the class…"), self.write_down, role="main")
        self.ask_button = button(_("&Ask one by one…"), self.ask)
        self.inside.addLayout(row(self.write_button, self.ask_button, None))
        self.inside.addWidget(self.list)
        self.inside.addWidget(
            label(_("Enter writes down a test of the whole class, or asks the questionnaire."), "help")
        )
        self.list.chosen.connect(lambda _id: self.act())
        self.list.picked.connect(lambda _id: self._allow())

    def show_asked(self, known: EventQuestionnaires) -> None:
        """Show them."""
        self.known = known
        self.list.show_lines(_asked_line(one) for one in self._all())
        if self._all() and not self.list.currentIndex().isValid():
            self.list.selectRow(self._first())
        self._allow()

    def current(self) -> EventQuestionnaire | None:
        """The one the keyboard is on."""
        chosen = self.list.current_id()
        return next((one for one in self._all() if one.id == chosen), None)

    def act(self) -> None:
        """What one mostly does with it."""
        one = self.current()
        if one is not None and one.kind == TEST:
            self.write_down()
        else:
            self.ask()

    def write_down(self) -> None:
        """Write down what a class answered on paper."""
        one = self.current()
        if one is not None and one.kind == TEST:
            self._write_down(one.name, one.occasion)

    def ask(self) -> None:
        """Ask about the event, or choose who is asked."""
        one = self.current()
        if one is None or self.known is None:
            return
        if one.about != PERSON:
            about = {"event_id": self.known.event_id, "occasion": one.occasion}
            self.desk.go("questionnaire", ("begin", one.name, about))
            return
        self.who(one).popup(self.ask_button.mapToGlobal(self.ask_button.rect().bottomLeft()))

    def who(self, one: EventQuestionnaire) -> QMenu:
        """The participants to choose from: those who have not answered."""
        menu = QMenu(self)
        assert self.known is not None
        place = self.known.own.index(one)
        for line in self.known.rows:
            if line.states[place] in (*LEFT, "", "not_reached"):
                words = f"{line.position}. {line.name or ''}".replace("&", "&&")
                menu.addAction(words, partial(_begin, self.desk, self.known, one, line))
        if menu.isEmpty():
            menu.addAction(_("Everybody has answered, or it is too early.")).setEnabled(False)
        return menu

    def _all(self) -> list[EventQuestionnaire]:
        if self.known is None:
            return []
        order = {"before": 0, "after": 1, "any": 2, "month_3": 3, "month_6": 4}
        return sorted((*self.known.own, *self.known.about), key=lambda one: order.get(one.occasion, len(order)))

    def _first(self) -> int:
        """A test that is still to be written down, else the first of all."""
        known = self._all()
        return next((place for place, one in enumerate(known) if one.kind == TEST and one.missing), 0)

    def _allow(self) -> None:
        one = self.current()
        self.write_button.setEnabled(one is not None and one.kind == TEST)
        self.ask_button.setEnabled(one is not None)


class Participants(_List):
    """How it stands with each participant."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.known: EventQuestionnaires | None = None
        columns = (
            (_("No."), 4, True), (_("Name"), 0, False), (_("Needs"), 13, False), (_("Before"), 15, False),
            (_("After"), 15, False), (_("After 3 months"), 17, False), (_("After 6 months"), 17, False),
        )  # fmt: skip
        self.list = WordTable(desk, _("Participants"), columns, nothing=_("Nobody is on the sheet yet."))
        self.ask_button = button(_("&Ask this person…"), self.ask)
        self.inside.addWidget(self.list)
        self.inside.addLayout(row(self.ask_button, label(_("Enter asks the person the keyboard is on."), "help"), None))
        self.list.chosen.connect(lambda _id: self.ask())

    def show_people(self, known: EventQuestionnaires) -> None:
        """Show them."""
        self.known = known
        self.list.show_lines(
            Cells(line.id, (str(line.position), line.name or "", *(_group_words(known, line, one) for one in GROUPS)))
            for line in known.rows
        )
        if known.rows and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self.ask_button.setEnabled(bool(known.rows))

    def ask(self) -> None:
        """Choose what is asked of somebody."""
        self.what().popup(self.ask_button.mapToGlobal(self.ask_button.rect().bottomLeft()))

    def what(self) -> QMenu:
        """What can still be asked of the person the keyboard is on."""
        menu, known, chosen = QMenu(self), self.known, self.list.current_id()
        line = next((one for one in known.rows if one.id == chosen), None) if known is not None else None
        if known is not None and line is not None:
            for one, state in zip(known.own, line.states, strict=True):
                if state in (*LEFT, "", "not_reached"):
                    occasion = term("response_occasion", one.occasion)
                    menu.addAction(f"{one.title}: {occasion}", partial(_begin, self.desk, known, one, line))
        if menu.isEmpty():
            menu.addAction(_("Nothing is to be asked of this person now.")).setEnabled(False)
        return menu


class Responses(_List):
    """Everything answered at the event, by participants and observers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.names: Mapping[str, str] = {}
        self.rows = Rows(desk.worker, self._columns())
        self.list = RowsView(self.rows, _("Answers"), nothing=_("Nobody has answered yet."))
        self.list.chosen.connect(lambda chosen: desk.go("questionnaire", ("response", chosen)))
        self.inside.addWidget(self.list)
        self.inside.addWidget(label(_("Enter opens the answers, or goes on with what was begun."), "help"))

    def show_answers(self, responses: Sequence[ResponseRow], names: Mapping[str, str]) -> None:
        """Show them."""
        self.names = names
        self.rows.show_rows(list(responses))
        fit_height(self.list, len(responses))

    def _columns(self) -> list[Column]:
        def tone(one: ResponseRow) -> str:
            return self.desk.theme.colours.warning if one.state == "begun" else ""

        def who(one: ResponseRow) -> str:
            return self.names.get(one.participation_id or "") or (_("without a name") if one.about != PERSON else "")

        return [
            Column(_("Questionnaire"), lambda one: one.title),
            Column(_("Who"), who, width=24),
            Column(_("Occasion"), lambda one: term("response_occasion", one.occasion), width=18),
            Column(_("Date"), lambda one: show_date(one.asked_on), width=17),
            Column(_("State"), state_words, width=22, tone=tone),
        ]


def _asked_line(one: EventQuestionnaire) -> Cells:
    occasion = term("response_occasion", one.occasion)
    if not one.readable:
        return Cells(one.id, (one.title, occasion, _("not shown"), "", _from_words(one)))
    score = one.states.get("score", 0)
    given = str(one.answered) if one.expected is None else _("{n} of {of}").format(n=one.answered, of=one.expected)
    if score:
        given = f"{given} + " + ngettext("{n} score", "{n} scores", score).format(n=score)
    return Cells(one.id, (one.title, occasion, given, str(one.missing or ""), _from_words(one)))


def _from_words(one: EventQuestionnaire) -> str:
    return show_date(one.from_on) if one.from_on is not None else ""


def _group_words(known: EventQuestionnaires, line: Any, group: str) -> str:
    """One column of a participant: one state, or how many of several are answered."""
    mine = [
        state
        for one, state in zip(known.own, line.states, strict=True)
        if not one.optional and (one.kind == group or (one.kind != "needs" and one.occasion == group))
    ]
    if not mine:
        return ""
    if len(set(mine)) == 1:
        reason = line.reasons.get(group) if mine[0] == "not_reached" else None
        return term("follow_up_result", reason) if reason else _(STATES.get(mine[0], mine[0]))
    done = sum(state in ("done", "score") for state in mine)
    return _("{n} of {of} answered").format(n=done, of=len(mine))


def _begin(desk: Desk, known: EventQuestionnaires, one: EventQuestionnaire, line: Any) -> None:
    about = {
        "person_id": line.person_id, "event_id": known.event_id, "participation_id": line.id, "occasion": one.occasion,
    }  # fmt: skip
    desk.go("questionnaire", ("begin", one.name, about))
