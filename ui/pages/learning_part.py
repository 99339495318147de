# SPDX-License-Identifier: Apache-2.0
"""The results of an event: the four levels above, and below them what they rest on and what is still to be asked."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QTabBar, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _, ngettext
from resource_centre.services.rules import rule
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, WIDE_GAP, button, column, empty, label, row
from ui.pages.class_answers import ClassAnswers
from ui.pages.learning_asked import Asked, Participants, Responses
from ui.pages.learning_due import DueList
from ui.pages.learning_levels import Levels
from ui.pages.learning_store import Looked, look
from ui.pages.learning_tables import (
    figure_lines,
    figures_table,
    fit_height,
    gain_lines,
    gain_table,
    item_lines,
    items_table,
    needs_lines,
    needs_table,
    place_words,
    stayed_lines,
    stayed_table,
)
from ui.pages.wording import term

VIEWS = (
    ("asked", N_("Questionnaires")),
    ("people", N_("Participants")),
    ("due", N_("Follow-up")),
    ("figures", N_("Figures")),
    ("gain", N_("Gain")),
    ("items", N_("Test questions")),
    ("needs", N_("Needs")),
    ("answers", N_("Answer sheets")),
)
"""What is shown below the levels, one at a time."""


class LearningPart(QWidget):
    """A part of an event."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Response", "SensitiveResponse", "Participation", "Draft"})

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.event_id = ""
        self.looked: Looked | None = None
        self.levels = Levels(desk)
        self.tabs = QTabBar()
        self.asked = Asked(desk, self.write_down)
        self.people = Participants(desk)
        self.due = DueList(desk, events=False)
        self.figures, self.gain, self.items, self.stayed, self.needs = (
            make(desk) for make in (figures_table, gain_table, items_table, stayed_table, needs_table)
        )
        self.answers = Responses(desk)
        self.needs_head = label("", "muted")
        self.unsaved = QVBoxLayout()
        self.rooms: list[QWidget] = []
        self.class_answers = ClassAnswers(desk, self._back)
        self.whole = QWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        desk.worker.changed.connect(self._changed)
        desk.places.ready.connect(self._show_again)

    # What the page of the event asks

    def open(self, event_id: str) -> None:
        """Show an event; where one was writing down a test of it, go on."""
        if event_id != self.event_id:
            self.class_answers.leave()
            self._show_sheet(shown=False)
            self.tabs.setCurrentIndex(0)
        self.event_id = event_id
        self.desk.places.wanted()
        self.read()

    def leave(self) -> None:
        """Letters that are not saved stay a draft."""
        self.class_answers.leave()

    def first_field(self) -> QWidget | None:
        """The sheet one is at, else what is still to be asked."""
        return self.class_answers.first_field() if self.writes() else self.tabs

    # Reading and showing

    def read(self) -> None:
        """Read and show."""
        event_id = self.event_id
        if event_id:
            self.desk.worker.read(
                lambda session: look(session, event_id), self.show_looked, replaces="event-learning", owner=self
            )

    def show_looked(self, looked: Looked) -> None:
        """Show what was read."""
        if looked.event_id != self.event_id:
            return
        self.looked = looked
        learning = looked.learning
        self.levels.show_levels(learning)
        self.asked.show_asked(looked.asked)
        self.people.show_people(looked.asked)
        self.due.show_due(looked.due)
        fit_height(self.due.list, len(looked.due))
        self.figures.show_lines(figure_lines(learning))
        self.gain.show_lines(gain_lines(learning, place_words(self.desk)))
        self.items.show_lines(item_lines(learning))
        self.stayed.show_lines(stayed_lines(learning))
        self.needs.show_lines(needs_lines(looked.needs))
        self.needs_head.setText(_needs_words(looked))
        self.answers.show_answers(looked.responses, looked.names)
        self._name_tabs(looked)
        self._show_unsaved(looked)

    def write_down(self, name: str, occasion: str) -> None:
        """Write down the answers of the whole class to a test."""
        self._show_sheet(shown=True)
        self.class_answers.open(self.event_id, name, occasion)

    def show_view(self, key: str) -> None:
        """Turn to one of the views below."""
        self.tabs.setCurrentIndex([one for one, _title in VIEWS].index(key))

    # Inside

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("What the results rest on"))
        gain_side = column(self.gain, label(_("Who stayed"), "heading"), self.stayed, gap=GAP)
        gain_side.addWidget(label(_gain_help(), "help", wrap=True))
        items_side = column(self.items, label(_items_help(), "help", wrap=True))
        needs_side = column(self.needs_head, self.needs)
        shown = (
            self.asked, self.people, self.due, column(self.figures), gain_side, items_side, needs_side, self.answers
        )  # fmt: skip
        self.rooms = [made if isinstance(made, QWidget) else _room(made) for made in shown]
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addLayout(self.unsaved)
        inside.addWidget(self.levels)
        inside.addSpacing(GAP)
        inside.addWidget(self.tabs)
        for (_key, title), room in zip(VIEWS, self.rooms, strict=True):
            self.tabs.addTab(_(title))
            inside.addWidget(room)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(WIDE_GAP)
        outer.addWidget(self.whole)
        outer.addWidget(self.class_answers)
        self._show_sheet(shown=False)
        self._turn(0)

    def _turn(self, place: int) -> None:
        """Show one view; only what is shown asks for room."""
        for number, room in enumerate(self.rooms):
            room.setVisible(number == place)

    def _show_sheet(self, *, shown: bool) -> None:
        """The sheet of a class's test takes the place of everything else."""
        self.whole.setVisible(not shown)
        self.class_answers.setVisible(shown)

    def writes(self) -> bool:
        """Whether a class's test is being written down."""
        return not self.class_answers.isHidden()

    def _name_tabs(self, looked: Looked) -> None:
        counts = {"due": len(looked.due), "answers": len(looked.responses)}
        for place, (key, title) in enumerate(VIEWS):
            count = counts.get(key, 0)
            self.tabs.setTabText(place, f"{_(title)} ({count})" if count else _(title))

    def _show_unsaved(self, looked: Looked) -> None:
        empty(self.unsaved)
        titles = {one.name: one.title for one in looked.asked.own}
        for name, occasion in looked.unsaved if not self.writes() else ():
            words = _("{test} ({occasion}) was begun to be written down and not saved.").format(
                test=titles.get(name, name), occasion=term("response_occasion", occasion)
            )
            go_on = button(_("Go on with it"), partial(self.write_down, name, occasion), role="link")
            self.unsaved.addLayout(row(label(words, "warning", wrap=True), go_on, None))

    def _back(self) -> None:
        self._show_sheet(shown=False)
        self.read()
        self.tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_again(self) -> None:
        if self.looked is not None:
            self.show_looked(self.looked)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.isVisible() and not self.writes() and not self.NOUNS.isdisjoint(changed):
            self.read()


def _room(made: QLayout) -> QWidget:
    room = QWidget()
    made.setContentsMargins(0, 0, 0, 0)
    room.setLayout(made)
    return room


def _needs_words(looked: Looked) -> str:
    count = looked.needs.n
    return ngettext("{n} person was asked.", "{n} people were asked.", count).format(n=count) if count else ""


def _gain_help() -> str:
    words = _(
        "Gain is the mean of after less before, in percentage points, of those who took both tests in one version. "
        "The interval holds the mean of people like these 95 times in 100. (few): fewer than {n} pairs, read with care."
    )
    return words.format(n=round(rule("least_matched")))


def _items_help() -> str:
    return _(
        "“Tells apart” compares the quarter with the best and the quarter with the weakest results: 1 when only the "
        "best know it, 0 when both know it alike."
    )
