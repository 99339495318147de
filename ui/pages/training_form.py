# SPDX-License-Identifier: Apache-2.0
"""The questions about one event, in a band above its attendance sheet.

The usual ones are in view; the others stand behind "More particulars". Which are asked follows the kind of event, but a
question that has an answer is always shown: nothing is lost when the kind changes.
"""

from __future__ import annotations

import re
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.problems import Problem
from resource_centre.records import TrainingEvent, fields_of
from resource_centre.services.event_days import days_between
from ui.kit.editors import Editor, TextEditor
from ui.kit.editors_dates import DatesEditor, mean
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import button, row
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm
from ui.pages.curricula_choose import HeldBy
from ui.pages.training_parts import group_of
from ui.pages.wording import days_words, term

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?", re.ASCII)

AWARENESS, DIALOGUE = "sosialisasi", "dialog"
COUNTED: Final = ("counted_women", "counted_men", "counted_others", "counted_minors", "counted_disability")
EVENT, MORE, COUNTS = "event", "more", "counts"

COUNT_LINES: Final = ((("reach", "reach_basis"), (1, 4)), (COUNTED, (1, 1, 1, 1, 1)))
LINES: Final = (
    (("starts_on", "ends_on", "hours", "training_type"), (3, 3, 2, 4)),
    (("module", "topic", "target_group"), (4, 5, 3)),
    (("village_code", "venue", "trainer", "partner"), (5, 4, 4, 3)),
)
MORE_LINES: Final = (
    (("meets_on", "languages", "further_modules"), (5, 4, 4)),
    (("co_trainers", "programme", "fund", "cost"), (5, 4, 4, 3)),
    (("remarks",), (1,)),
)
NOT_ASKED: Final = {
    AWARENESS: frozenset[str](),
    DIALOGUE: frozenset({"reach", "reach_basis", "module", "further_modules", "target_group"}),
}
"""Questions that a kind of event leaves out; those not named leave out how many were reached."""


class HoursEditor(TextEditor):
    """Hours, with halves: 8, 7,5."""

    def __init__(self) -> None:
        super().__init__(longest=7)
        self.line.setMaximumWidth(110)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number of hours."""
        found = _NUMBER.fullmatch(self.line.text().strip())
        return float(found[0].replace(",", ".")) if found else None

    def set_value(self, value: Any) -> None:
        """Show a number of hours."""
        self.line.setText("" if value is None else f"{value:g}")

    def unreadable(self) -> str | None:
        """Anything that is no number."""
        return "not_a_number" if self.line.text().strip() and self.value() is None else None


class TrainingForm(ColumnForm):
    """A few lines of short answers; `fold` leaves only counts and reach in sight, where there are any."""

    shape_changed = Signal()
    """Sections came or went."""

    def __init__(self, places: Places, fund: Editor | None = None) -> None:
        """`fund` offers the codes of projects."""
        super().__init__(places, columns=1)
        self._made = {"hours": HoursEditor(), "fund": fund}
        self.counting = False
        self.folded = False
        self._fields = {field.name: field for field in fields_of(TrainingEvent)}
        self.more = button("", self.turn_more, role="link")
        self._more_shown = False
        self.held_by = HeldBy()
        self.section(COUNTS, "")
        self._add_lines(COUNT_LINES)
        self.section(EVENT, "")
        self._add_lines(LINES)
        self._inside.addLayout(row(self.more, 16, self.held_by))
        self.section(MORE, "")
        self._add_lines(MORE_LINES)
        self.close_columns()
        mean(self.editor("starts_on"), "either")
        mean(self.editor("ends_on"), "either", self.editor("starts_on").value)
        named = self.editor("meets_on")
        assert isinstance(named, DatesEditor)
        named.lie_near(self.editor("starts_on").value)
        self.settled.connect(self._follow_named_days)
        self.edited.connect(lambda _name: self.arrange())
        self.arrange()

    def begin(self) -> None:
        """An event of today."""
        self.version = None
        self.clear()
        self.held_by.clear()
        self.counting = self._more_shown = False
        self.set_values({"starts_on": today(), "training_type": "kelas"})
        self.arrange()

    def set_values(self, values: Any, unanswered: Any = None) -> None:
        """Show an event."""
        super().set_values(values, unanswered)
        self.held_by.show_event(values)
        self.arrange()

    def values(self, *names: str) -> dict[str, Any]:
        """The answers and, when all are asked for, by which modules it is held."""
        return super().values(*names) | ({} if names else self.held_by.values(new=self.version is None))

    def typed(self) -> dict[str, Any]:
        """What is on the screen."""
        held = self.held_by.typed()
        return super().typed() | ({"held_by": held} if held else {})

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what was typed."""
        super().restore(typed)
        self.held_by.restore(typed.get("held_by"))
        self.arrange()

    def show_problems(self, problems: Any) -> bool:
        """What is wrong is brought in sight first."""
        found = tuple(problems)
        names = {problem.field for problem in found}
        if names & set(self.rows):
            of_counts = {name for line, _shares in COUNT_LINES for name in line}
            self.folded = self.folded and names <= of_counts
            self.counting = self.counting or bool(names & of_counts)
            self._more_shown = self._more_shown or any(names & set(line) for line, _shares in MORE_LINES)
            self.arrange()
        return super().show_problems(found)

    def fold(self, *, folded: bool) -> None:
        """Fold the particulars away, or show the usual ones."""
        self.folded = folded
        self._more_shown = False
        self.arrange()

    def turn_more(self) -> None:
        """Show the further questions and go to the first, or put them away again."""
        self._more_shown = not self._more_shown
        self.arrange()
        if self._more_shown:
            # Later: the first of them has its place once all of them are laid out.
            QTimer.singleShot(0, self, lambda: self.lead_to("meets_on"))

    def count(self) -> None:
        """Ask how many came who are not named on the sheet."""
        self.counting = True
        self.arrange()
        self.lead_to(COUNTED[0])

    def in_sight(self) -> bool:
        """Whether anything of it is shown."""
        return not self.folded or self.counts_shown()

    def counts_shown(self) -> bool:
        """Whether the counts are asked for or answered."""
        answered = any(not self.editor(name).is_empty() for name in (*COUNTED, "reach", "reach_basis"))
        return self.counting or answered or self.group() == AWARENESS

    def group(self) -> str:
        """The group of the kind of event that is chosen now."""
        return group_of(self.editor("training_type").value())

    def arrange(self) -> None:
        """Show what this kind of event is asked, and what is answered."""
        left_out = NOT_ASKED.get(self.group(), frozenset({"reach", "reach_basis"}))
        for name in self.rows:
            self.rows[name].setVisible(name not in left_out or not self.editor(name).is_empty())
        self.show_section(EVENT, not self.folded)
        self.show_section(MORE, not self.folded and self._more_shown)
        self.show_section(COUNTS, self.counts_shown())
        self.held_by.setVisible(self.group() != DIALOGUE or bool(self.held_by.module_ids))
        self.more.setText(self._more_words())
        self.shape_changed.emit()

    def days(self) -> int:
        """How many days the event has."""
        first, last = self.editor("starts_on").value(), self.editor("ends_on").value()
        return max(1, len(days_between(first, last, self.editor("meets_on").value())))

    def counted(self) -> int:
        """How many came besides those on the sheet."""
        return sum(self.editor(name).value() or 0 for name in COUNTED[:3])

    def compare_reach(self, named: int) -> None:
        """Ask about a reach that is lower than those on the sheet and those counted besides."""
        reach = self.editor("reach").value()
        below = reach is not None and reach < named + self.counted()
        words = Problem("reach", "reach_below_came", "warning").words() if below else ""
        self.rows["reach"].show_note(words, "warning" if below else "help")

    def what(self) -> str:
        """What it is about, in a few words."""
        topic: str | None = self.editor("topic").value()
        known = topic or term("module", self.editor("module").value())
        kind = term("training_type", self.editor("training_type").value())
        return known or (kind if self.version is not None else _("A new event"))

    def when_and_where(self) -> str:
        """Its days and its village."""
        when = days_words(self.editor("starts_on").value(), self.editor("ends_on").value())
        village = self.editor("village_code")
        place = village.line.text().split(",")[0] if isinstance(village, PlaceEditor) and village.value() else ""
        return " · ".join(part for part in (when, place) if part)

    # Inside

    def _add_lines(self, lines: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]) -> None:
        for line, shares in lines:
            for name in line:
                self.add_field(self._fields[name], self._made.get(name), help="")
                self.rows[name].menu_button.hide()
            self.side_by_side(*line, shares=shares, noted="starts_on" in line or "meets_on" in line)

    def _more_words(self) -> str:
        if self._more_shown:
            return _("Fewer particulars")
        answered = sum(not self.editor(name).is_empty() for line, _shares in MORE_LINES for name in line)
        words = ngettext("More particulars, {n} answered", "More particulars, {n} answered", answered)
        return words.format(n=answered) if answered else _("More particulars")

    def _follow_named_days(self, name: str) -> None:
        """The last day follows from the days it meets on, until somebody says another."""
        named = self.editor("meets_on").value()
        if name == "meets_on" and named and self.editor("ends_on").is_empty():
            self.set_values({"ends_on": named[-1]})
            self.edited.emit("ends_on")
