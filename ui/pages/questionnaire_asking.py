# SPDX-License-Identifier: Apache-2.0
"""The questions page by page, all on one page, or aloud one at a time; turns of repeats come and go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.page import scrolling
from ui.kit.questions import QuestionsForm
from ui.kit.questions_plan import pages_of
from ui.pages.questionnaire_bar import Bar

if TYPE_CHECKING:
    from resource_centre.problems import Problem
    from resource_centre.questionnaires.live import LiveForm
    from ui.kit.questions_filling import Filling
    from ui.kit.questions_plan import Page as Sheet
    from ui.kit.questions_plan import Way


class Asking(QWidget):
    """Call `ask` with a filling-in. `last_words` stand on the button that ends it."""

    touched = Signal()
    """Something was answered, or a turn came or went."""
    finished = Signal()
    """Beyond the last page."""

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self.way: Way = "pages"
        self.last_words = ""
        self._filling: Filling | None = None
        self._sheets: tuple[Sheet, ...] = ()
        self._number = 0
        self._due = False
        self.questions = QuestionsForm()
        self.questions.before = before
        inside = QVBoxLayout()
        inside.addWidget(self.questions)
        inside.addStretch(1)
        self.area = scrolling(inside)
        self.bar = Bar(self.turn_back, self.turn_on)
        stacked = QVBoxLayout(self)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addWidget(self.area, 1)
        stacked.addWidget(self.bar)
        self._listen()

    @property
    def filling(self) -> Filling:
        """What is filled in."""
        assert self._filling is not None
        return self._filling

    def ask(self, filling: Filling, at: str = "") -> None:
        """Ask from this question on, from the beginning without one."""
        self._filling = filling
        self._sheets = pages_of(filling.live, self.way)
        if not self._sheets:
            return
        self._number = next((number for number, sheet in enumerate(self._sheets) if at in sheet.asked), 0)
        if not at and not self._is_wanted(self._number):
            self._number = max(self._next(1), 0)
        self._show_sheet(at)

    def again(self) -> None:
        """Ask anew at the same place: in another way, or another language."""
        self.ask(self.filling, self.here())

    def stop(self) -> None:
        """Ask nothing."""
        self.questions.clear()

    def here(self) -> str:
        """The question one is at."""
        if self.questions.wanted:
            return self.questions.wanted
        row = self.questions.row_of_focus() or self.questions.first_asked()
        asked = self._sheets[self._number].asked if self._sheets else ()
        return row.name if row is not None else (asked[0] if asked else "")

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Go to the first, and show each beside its question."""
        found = list(problems)
        self.filling.seen |= {problem.field for problem in found}
        self.ask(self.filling, found[0].field)
        self.questions.show_problems(found)

    # Turning pages

    def turn_on(self) -> None:
        """To the next page, after the last one finish."""
        following = self._next(1)
        if following < 0:
            self.finished.emit()
            return
        self._number = following
        self._show_sheet()

    def turn_back(self) -> None:
        """To the page before."""
        before = self._next(-1)
        if before >= 0:
            self._number = before
            self._show_sheet()

    def is_last(self) -> bool:
        """Whether nothing is asked after this page."""
        return self._next(1) < 0

    def _show_sheet(self, at: str = "") -> None:
        sheet = self._sheets[self._number]
        self.area.verticalScrollBar().setValue(0)
        self.questions.show_page(self.filling, sheet, large=self.way == "aloud", at=at)
        if at not in sheet.asked and not self.questions.lead_to_first():
            self.bar.on_button.setFocus(Qt.FocusReason.TabFocusReason)
        self._tell_where()

    def _tell_where(self) -> None:
        wanted = [number for number in range(len(self._sheets)) if self._is_wanted(number)]
        place = wanted.index(self._number) + 1 if self._number in wanted else 1
        self.bar.show_page(place, len(wanted), self.last_words)
        self.bar.show_progress(*self.filling.live.progress())

    def _next(self, step: int) -> int:
        """The next page in a direction on which something is asked now, -1 for none."""
        numbers = range(self._number + step, len(self._sheets) if step > 0 else -1, step)
        return next((number for number in numbers if self._is_wanted(number)), -1)

    def _is_wanted(self, number: int) -> bool:
        live, sheet = self.filling.live, self._sheets[number]
        known = set(live.places()) if any("[" in place for place in sheet.asked) else None
        if any((known is None or place in known) and live.state(place).relevant for place in sheet.asked):
            return True
        return any(block.kind == "more" and _may_add(live, block.place) for block in sheet.blocks)

    # What happens meanwhile

    def _answered(self, _place: str) -> None:
        self.touched.emit()
        self._tell_where()

    def _reshape(self) -> None:
        """Turns have come or gone; shown when the question that did it is left."""
        self._due = True

    def _settled(self, _place: str) -> None:
        if self._due:
            self._due = False
            QTimer.singleShot(0, self, self.again)

    def _add_turn(self, repeat: str) -> None:
        turn = self.filling.live.add_turn(repeat)
        self.touched.emit()
        inside = (place for place in self.filling.live.places() if place.startswith(f"{turn}/"))
        self.ask(self.filling, next((place for place in inside if self._is_question(place)), ""))

    def _take_turn(self, turn: str) -> None:
        from ui.kit.messages import ask

        live = self.filling.live
        answered = any(place.startswith(f"{turn}/") for place in live.answers())
        if answered and not ask(self, _("Remove this entry and its answers?"), _("Remove"), _("Keep it"), danger=True):
            return
        before = self.here()
        self.filling.forget_below(turn)
        live.remove_turn(turn)
        self.touched.emit()
        places = set(live.places())
        self.ask(self.filling, before if before in places else self._nearest(places))

    def _nearest(self, places: set[str]) -> str:
        asked = [place for sheet in self._sheets[: self._number + 1] for place in sheet.asked if place in places]
        return asked[-1] if asked else ""

    def _is_question(self, place: str) -> bool:
        from resource_centre.questionnaires.form import Question

        item = self.filling.live.item(place)
        return isinstance(item, Question) and item.asked

    def _listen(self) -> None:
        asking = self.questions
        asking.answered.connect(self._answered)
        asking.settled.connect(self._settled)
        asking.reshaped.connect(self._reshape)
        asking.turn_wanted.connect(self._add_turn)
        asking.turn_unwanted.connect(self._take_turn)
        asking.ended.connect(lambda: self.bar.on_button.setFocus(Qt.FocusReason.TabFocusReason))


def _may_add(live: LiveForm, repeat: str) -> bool:
    try:
        return live.may_add(repeat)
    except KeyError:  # the turn it stood in has gone
        return False
