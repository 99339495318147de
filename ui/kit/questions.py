# SPDX-License-Identifier: Apache-2.0
"""The questions of one page of a questionnaire, built in slices so that the window never waits.

An answer touches only the rows of the places that `LiveForm.answer` names. Keys: digits choose, Enter and Tab go on, F8
asks why there is no answer, F6, F7 and F9 say at once that somebody does not know, does not want to say, or that it
does not apply.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from resource_centre.problems import Problem
from resource_centre.questionnaires.form import CHOICES, Question
from ui.kit.form import WHY_KEY
from ui.kit.mnemonics import TAKEN_BY_PAGES, letters_claimed, share_letters
from ui.kit.questions_choices import ENTER, Answers
from ui.kit.questions_column import Column
from ui.kit.questions_editor import question_editor
from ui.kit.questions_parts import Grid, Heading, More, Turn
from ui.kit.questions_row import QuestionRow
from ui.kit.questions_special import FileAnswer, RankAnswer, TickAnswer

if TYPE_CHECKING:
    from ui.kit.questions_filling import Filling
    from ui.kit.questions_plan import Block, Page

SLICE_MS = 8
FIRST_SLICE_MS = 60
LONGEST_SLICE_MS = 250
CHUNK = 6
"""Blocks that share one layout: a row that comes or goes moves these, not hundreds."""
GAP = 20
WIDEST = 1040
"""A grid may be as wide."""
LETTERED = 24
"""Letters are given out only on pages with no more questions than there are letters."""

REASON_KEYS = {"F6": "unknown", "F7": "refused", "F9": "not_applicable"}


class QuestionsForm(QWidget):
    """Call `show_page`; `before` is what Tab comes from."""

    answered = Signal(str)
    """The place somebody has answered."""
    settled = Signal(str)
    """The place somebody has left."""
    reshaped = Signal()
    """An answer has made turns of a repeat come or go."""
    built = Signal()
    ended = Signal()
    """Enter at the last question."""
    turn_wanted = Signal(str)
    turn_unwanted = Signal(str)
    file_chosen = Signal(str, str)
    """Place, and where the file is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, QuestionRow] = {}
        self.filling: Filling
        self.large = False
        self.before: QWidget | None = None
        self._parts: dict[str, Heading] = {}
        self._grids: list[Grid] = []
        self._more: list[More] = []
        self._choices: dict[str, list[tuple[str, str]]] = {}
        self._waiting: deque[Block] = deque()
        self.wanted = ""
        """The question that gets the keyboard as soon as it is there."""
        self._places = 0
        self._column = Column(GAP)
        self._column.setMaximumWidth(WIDEST)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self._column, 1)
        across.addStretch(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._build(SLICE_MS))
        self._key(WHY_KEY, lambda row: row.open_reasons())
        for keys, code in REASON_KEYS.items():
            self._key(keys, lambda row, code=code: row.choose_reason(code))

    # Building

    def show_page(self, filling: Filling, page: Page, *, large: bool = False, at: str = "") -> None:
        """Ask what is on this page; the keyboard goes to `at` as soon as that is there."""
        self.clear()
        self.filling = filling
        self.large = large
        self._places = len(filling.live.places())
        self._waiting = deque(page.blocks)
        self._last: QWidget | None = self.before
        self.wanted = at
        if at:
            self.setFocus()  # what is typed before that is there goes nowhere, and never into another question
        self._build(FIRST_SLICE_MS)

    def clear(self) -> None:
        """Ask nothing."""
        self._timer.stop()
        self._waiting.clear()
        for row in self.rows.values():
            row.editor.blockSignals(True)
        self.rows, self._parts, self._grids, self._more, self._choices = {}, {}, [], [], {}
        if self._holder is not None:
            self._holder.deleteLater()
            self._holder = None
        self._column.clear()

    def is_built(self) -> bool:
        """Whether everything of the page is there."""
        return not self._waiting

    def _build(self, ms: int) -> None:
        clock = QElapsedTimer()
        clock.start()
        longest = LONGEST_SLICE_MS if self._is_near(ms) else ms
        # However slow the computer, the keyboard has a question to go to, and Enter does not mean the next page.
        while self._waiting and (clock.elapsed() < longest or (ms == FIRST_SLICE_MS and self.first_asked() is None)):
            self._add(self._waiting.popleft())
        if not self._waiting or ms == FIRST_SLICE_MS:
            self._show_chunk()
        if self._waiting:
            self._timer.start(0)
            return
        if len(self.rows) <= LETTERED and not self.large:
            self._share_letters()
        self.built.emit()

    def _build_until(self, following: Callable[[], QuestionRow | None]) -> QuestionRow | None:
        """Build on until a question is there and seen: who is faster than the page loses no key."""
        found = following()
        while found is None and self._waiting:
            self._build(SLICE_MS)
            found = following()
        if found is not None and self._holder is not None and self._holder.isAncestorOf(found):
            self._show_chunk()
        return found

    def _is_near(self, ms: int) -> bool:
        """Whether the first slice may take longer, since what one waits for is not there yet."""
        return ms == FIRST_SLICE_MS and self.wanted != "" and self.wanted not in self.rows

    def _add(self, block: Block) -> None:
        layout = self._chunk()
        if block.kind == "question":
            layout.addWidget(self._row(block.place, "large" if self.large else ""))
        elif block.kind == "grid":
            rows = [self._row(place, "grid") for place in block.places]
            grid = Grid([words for _name, words in self._choices[block.place]], rows)
            self._grids.append(grid)
            layout.addWidget(grid)
            grid.fit()
        elif block.kind == "more":
            more = More(self.filling, block.place)
            more.pressed.connect(lambda place=block.place: self.turn_wanted.emit(place))
            self._more.append(more)
            layout.addWidget(more)
            self._follow_tab([more.button])
            more.fit()
        else:
            self._add_head(block, layout)

    def _add_head(self, block: Block, layout: QVBoxLayout) -> None:
        head = (
            Turn(self.filling, block.place) if block.kind == "turn" else Heading(self.filling, block.place, block.level)
        )
        self._parts[block.place] = head
        layout.addWidget(head)
        if isinstance(head, Turn):
            head.unwanted.connect(lambda place=block.place: self.turn_unwanted.emit(place))
            self._follow_tab([head.button])
        head.setVisible(self.filling.live.state(block.place).relevant)

    def _row(self, place: str, look: str) -> QuestionRow:
        item = self.filling.live.item(place)
        assert isinstance(item, Question)
        self._choices[place] = self.filling.choices(place)
        editor = question_editor(item, self._choices[place], grid=look == "grid", large=look == "large")
        row = QuestionRow(place, self.filling.words(place), editor, hint=self.filling.hint(place), look=look)
        row.setParent(self._holder)  # hidden still: what is shown before it has its place is laid out twice
        self.rows[place] = row
        self._hear_special(row)
        row.edited.connect(lambda: self._edited(row))
        row.settled.connect(lambda: self._settled(row))
        self._show(row)
        self._follow_tab(row.stops())
        return row

    def _hear_special(self, row: QuestionRow) -> None:
        editor = row.editor
        if isinstance(editor, Answers | RankAnswer | TickAnswer):
            editor.went_on.connect(lambda: self._go_on(row))
        if isinstance(editor, FileAnswer):
            editor.chosen.connect(lambda path: self.file_chosen.emit(row.name, path))

    def _follow_tab(self, stops: Iterable[QWidget]) -> None:
        for stop in stops:
            if self._last is not None:
                QWidget.setTabOrder(self._last, stop)
            self._last = stop

    def _chunk(self) -> QVBoxLayout:
        """Where the next block goes: out of sight until it is full, so that it is laid out once."""
        if self._holder is not None and self._in_chunk >= CHUNK:
            self._show_chunk()
        if self._holder is None:
            self._holder, self._in_chunk = QWidget(self._column), 0
            self._holder.hide()
            self._chunk_now = QVBoxLayout(self._holder)
            self._chunk_now.setContentsMargins(0, 0, 0, 0)
            self._chunk_now.setSpacing(GAP)
        self._in_chunk += 1
        return self._chunk_now

    def _show_chunk(self) -> None:
        if self._holder is not None:
            holder, self._holder = self._holder, None
            self._column.add(holder)
            if self.wanted in self.rows:
                self.lead_to(self.wanted)

    # Answers

    def _edited(self, row: QuestionRow) -> None:
        self.filling.at = row.name
        changed = self.filling.take(row.name, row.editor, row.why_unanswered)
        for place in changed:
            if place != row.name:
                self._refresh(place)
        for more in self._more:
            more.fit()
        if changed and self._grids:
            for grid in self._grids:
                grid.fit()
        self.answered.emit(row.name)
        if len(self.filling.live.places()) != self._places:
            self.reshaped.emit()

    def _settled(self, row: QuestionRow) -> None:
        if not isValid(self):
            return
        self.filling.seen.add(row.name)
        self._judge(row)
        self.settled.emit(row.name)

    def _judge(self, row: QuestionRow) -> None:
        """Say what is wrong with an answer."""
        raw = self.filling.raws.get(row.name)
        if raw is not None:
            row.show_problem("error", Problem(row.name, raw[1]).words())
        elif row.name in self.filling.live.places():
            self._show_state(row)

    def _refresh(self, place: str) -> None:
        if (part := self._parts.get(place)) is not None:
            part.setVisible(self.filling.live.state(place).relevant)
            part.say()
        row = self.rows.get(place)
        if row is None:
            return
        row.set_words(self.filling.words(place), self.filling.hint(place))
        item = self.filling.live.item(place)
        if isinstance(item, Question) and item.kind in CHOICES:
            self._offer(row, item)
        self._show(row)

    def _offer(self, row: QuestionRow, item: Question) -> None:
        choices = self.filling.choices(row.name)
        if choices == self._choices[row.name]:
            return
        self._choices[row.name] = choices
        editor = question_editor(item, choices, large=self.large)
        if editor is None:
            return
        before = list(row.stops())
        row.set_editor(editor)
        self._hear_special(row)
        stops = [one for one in row.stops() if one is not row.reason]
        for stop in reversed(stops):  # where the old ones stood: before the reason that stays
            QWidget.setTabOrder(stop, before[-1])

    def _show(self, row: QuestionRow) -> None:
        state = self.filling.live.state(row.name)
        raw = self.filling.raws.get(row.name)
        if raw is not None:
            row.editor.set_typed(raw[0])
            row.show_problem("error", Problem(row.name, raw[1]).words())
        elif row.why_unanswered != state.reason:
            row.set_why(state.reason)
        if raw is None and state.reason is None and row.editor.value() != state.value:
            row.editor.set_value(state.value)
        row.set_relevant(state.relevant)
        self._show_state(row)

    def _show_state(self, row: QuestionRow) -> None:
        seen = row.name in self.filling.seen
        row.show_state(self.filling.live.state(row.name), spoken=seen, missing=self.filling.checked)

    # Where one is

    def lead_to(self, place: str) -> None:
        """Give a question the keyboard, now or as soon as it is there."""
        row = self.rows.get(place)
        shown = row is not None and (self._holder is None or not self._holder.isAncestorOf(row))
        self.wanted = "" if shown else place
        if row is None or not shown:
            return
        row.first_stop().setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, row, lambda: self._bring_in_sight(row))

    def lead_to_first(self) -> bool:
        """Give the first question that can be answered the keyboard; False when there is none."""
        first = self.first_asked()
        if first is not None:
            self.lead_to(first.name)
        return first is not None

    def first_asked(self) -> QuestionRow | None:
        """The first question here that can be answered."""
        return next((row for row in self.rows.values() if _is_asked(row)), None)

    def row_of_focus(self) -> QuestionRow | None:
        """The question the keyboard is in."""
        focus = self.focusWidget()
        return next((row for row in self.rows.values() if row.isAncestorOf(focus)), None)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show each beside its question, where that is on this page."""
        for problem in problems:
            self.filling.seen.add(problem.field)
            row = self.rows.get(problem.field)
            if row is not None:
                state = self.filling.live.state(problem.field)
                words = state.message if state.code == problem.code else ""
                row.show_problem(problem.severity, words or problem.words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next question."""
        row = self.row_of_focus()
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and row is not None:
            self._go_on(row)
            return
        super().keyPressEvent(event)

    def _go_on(self, row: QuestionRow) -> None:
        def asked_next() -> QuestionRow | None:
            rows = list(self.rows.values())
            return next((one for one in rows[rows.index(row) + 1 :] if _is_asked(one)), None)

        following = self._build_until(asked_next)
        if following is not None:
            self.lead_to(following.name)
        else:
            self.ended.emit()

    def _bring_in_sight(self, row: QuestionRow) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(row, 0, 70)

    def _share_letters(self) -> None:
        asked = [row for row in self.rows.values() if row.is_asked]
        labels = [row.label for row in self.rows.values()]
        share_letters(asked, TAKEN_BY_PAGES | letters_claimed(self.window(), labels))

    def _key(self, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._act(act))

    def _act(self, act: object) -> None:
        row = self.row_of_focus()
        if row is not None and callable(act):
            act(row)

    _chunk_now: QVBoxLayout
    _holder: QWidget | None = None
    _in_chunk = 0
    _last: QWidget | None = None


def _is_asked(row: QuestionRow) -> bool:
    return row.relevant and row.is_asked and row.menu_button.isEnabled()
