# SPDX-License-Identifier: Apache-2.0
"""The tables below the four levels: gain by group, questions of the tests, who stayed, what people need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from resource_centre.i18n import _
from ui.kit.table import Column, Rows, RowsView
from ui.pages.learning_words import (
    ends_words,
    figure_words,
    gain_interval,
    hint_words,
    is_few,
    label_of,
    named,
    percent,
    points,
)
from ui.pages.wording import decimal, home_of, term, village_words

if TYPE_CHECKING:
    from resource_centre.learning.gains import Gain
    from resource_centre.learning.results import EventLearning, Learning, LearningLine, TrainingNeeds
    from ui.kit.desk import Desk

LEAST_ROWS, MOST_ROWS = 2, 12
LEAST_WIDE = 230
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cells:
    """One line of a table, put into words."""

    id: str
    cells: tuple[str, ...]
    warns: bool = False


class WordTable(RowsView):
    """A table of words; as high as its lines, up to a point. Its wide column never gets too narrow to be read."""

    def __init__(self, desk: Desk, name: str, columns: Sequence[tuple[str, int, bool]], *, nothing: str) -> None:
        self.lines = Rows(desk.worker, [_column(desk, place, *one) for place, one in enumerate(columns)])
        super().__init__(self.lines, name, nothing=nothing)
        self._wide = next(place for place, (_title, width, _right) in enumerate(columns) if not width)
        self.horizontalHeader().setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Interactive)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_lines(self, lines: Iterable[Cells]) -> None:
        """Show these."""
        shown = list(lines)
        self.lines.show_rows(shown)
        fit_height(self, len(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wide column takes what the others leave."""
        super().resizeEvent(event)
        others = sum(self.columnWidth(place) for place in range(len(self.lines.columns)) if place != self._wide)
        self.setColumnWidth(self._wide, max(LEAST_WIDE, self.viewport().width() - others))


def fit_height(view: RowsView, count: int) -> None:
    """Make a list as high as its lines, up to a point."""
    high = min(max(count, LEAST_ROWS), MOST_ROWS) + 1
    view.setFixedHeight(high * view.verticalHeader().defaultSectionSize() + 14)


def figures_table(desk: Desk) -> WordTable:
    """An empty table for `figure_lines`."""
    columns = (
        (_("Level"), 16, False), (_("Indicator"), 0, False), (_("Figure"), 14, True), (_("95 % between"), 16, True),
        (_("People"), 9, True),
    )  # fmt: skip
    return WordTable(desk, _("All figures"), columns, nothing=_("Nothing was answered yet."))


def figure_lines(learning: Learning) -> Iterator[Cells]:
    """Every figure of every level."""
    for level in learning.levels:
        for one in level.indicators if level.readable else ():
            key = f"{level.number}.{one.code}.{one.occasion}"
            title = f"{level.number}. {_(level.title)}"
            yield Cells(key, (title, named(one), figure_words(one), ends_words(one), str(one.n)))


def gain_table(desk: Desk) -> WordTable:
    """An empty table for `gain_lines`."""
    columns = (
        (_("Who"), 0, False), (_("Pairs"), 7, True), (_("Before"), 8, True),
        (_("After"), 8, True), (_("Gain"), 8, True), (_("95 % between"), 14, True), (_("Passed"), 14, True),
        (_("No pair"), 9, True),
    )  # fmt: skip
    return WordTable(desk, _("Gain by group"), columns, nothing=_("Nobody has taken a test yet."))


def gain_lines(learning: EventLearning, village: Callable[[str], str]) -> Iterator[Cells]:
    """Everybody first, then by module, sex, age and village, as far as there is more than one."""
    if not learning.gain.pairs and not learning.gain.missing.total:
        return
    yield _gain_line("all", "", _("Everybody"), learning.gain)
    groups: tuple[tuple[str, Sequence[LearningLine], Callable[[str], str]], ...] = (
        (_("Module"), learning.by_module, lambda code: term("module", code)),
        (_("Sex"), learning.by_sex, lambda code: term("sex", code)),
        (_("Age"), learning.by_age, lambda code: term("age_band", code)),
        (_("Village"), learning.by_village, village),
    )
    for title, lines, words in groups:
        for line in lines if len(lines) > 1 else ():
            said = _("not known") if line.code == UNKNOWN else words(line.code) or line.code
            yield _gain_line(f"{title}.{line.code}", title, said, line.gain)


def items_table(desk: Desk) -> WordTable:
    """An empty table for `item_lines`."""
    columns = (
        (_("No."), 4, True), (_("Question"), 0, False), (_("Right before"), 9, True), (_("Right after"), 9, True),
        (_("Tells apart"), 8, True), (_("What it says"), 44, False),
    )  # fmt: skip
    return WordTable(desk, _("Questions of the tests"), columns, nothing=_("No answers to a test are written down."))


def item_lines(learning: Learning) -> Iterator[Cells]:
    """Every question of every test in its order."""
    for test in learning.tests:
        for number, one in enumerate(test.items, 1):
            last = one.after if one.after.n else one.before
            hint = hint_words(one)
            shares = (percent(None if f.difficulty is None else 100 * f.difficulty) for f in (one.before, one.after))
            apart = "–" if last.discrimination is None else decimal(last.discrimination, 2)
            yield Cells(
                f"{test.test}.{test.version}.{one.question}", (str(number), label_of(one.label), *shares, apart, hint),
                warns=bool(hint),
            )  # fmt: skip


def stayed_table(desk: Desk) -> WordTable:
    """An empty table for `stayed_lines`."""
    columns = ((_("Step"), 0, False), (_("People"), 8, True), (_("Of all"), 8, True))
    return WordTable(desk, _("Who stayed"), columns, nothing=_("Nobody is on the sheet yet."))


def stayed_lines(learning: Learning) -> Iterator[Cells]:
    """From the names on the sheet to those with both tests."""
    whole = learning.attrition.enrolled
    for code, title, count in learning.attrition.steps() if whole else ():
        yield Cells(code, (_(title), str(count), percent(100 * count / whole)))


def needs_table(desk: Desk) -> WordTable:
    """An empty table for `needs_lines`."""
    columns = ((_("What was asked"), 26, False), (_("Answer"), 0, False), (_("People"), 10, True))
    return WordTable(desk, _("Training needs"), columns, nothing=_("Nobody was asked what they need."))


def needs_lines(needs: TrainingNeeds) -> Iterator[Cells]:
    """What was wished for most, what is known least, and what is needed to take part."""
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        (_("Wants to learn"), needs.wanted),
        (_("Most important goal"), needs.goals),
        (_("What could keep them away"), needs.barriers),
        (_("Language"), needs.languages),
        (_("Help needed"), needs.support),
        (_("Reading"), needs.reading),
        (_("Counting"), needs.counting),
        (_("Days"), needs.days),
        (_("Time of day"), needs.times),
    )
    for title, wishes in groups:
        for one in wishes:
            yield Cells(f"{title}.{one.code}", (title, label_of(one.label), str(one.count)))
    for title, means in ((_("Knows least (of 4)"), needs.knows), (_("Does least (of 4)"), needs.does)):
        for mean in means:
            if mean.mean is not None:
                yield Cells(f"{title}.{mean.question}", (title, label_of(mean.label), decimal(mean.mean)))


def place_words(desk: Desk) -> Callable[[str], str]:
    """Villages in words."""
    return lambda code: village_words(desk.places, code, home_of(desk))


def _gain_line(key: str, by: str, who: str, gain: Gain) -> Cells:
    said = ": ".join(one for one in (by, who) if one)
    if is_few(gain.pairs):
        said = _("{group} (few)").format(group=said)
    before, after = (percent(mean) for mean in (gain.mean_pre, gain.mean_post))
    passed = "–"
    if gain.pairs:
        passed = f"{percent(gain.passed_before.percent)} → {percent(gain.passed_after.percent)}"
    pairs, missing = str(gain.pairs), str(gain.missing.total or "")
    return Cells(key, (said, pairs, before, after, points(gain.mean_gain), gain_interval(gain), passed, missing))


def _column(desk: Desk, place: int, title: str, width: int, right: bool) -> Column:
    def tone(line: Cells) -> str:
        return desk.theme.colours.warning if line.warns and place == len(line.cells) - 1 else ""

    return Column(title, lambda line: str(line.cells[place]), width=width, right=right, tone=tone)
