# SPDX-License-Identifier: Apache-2.0
"""Bar charts: planned as plain rectangles and words, so that paper and screen draw the same picture.

The axis always starts at zero. Series differ in lightness and are named in words, so that the chart can be read in
black and white; the total stands on every bar.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.words import number

_TICKS: Final = 4


@dataclass(frozen=True)
class Series:
    """One named row of numbers, one per bar; `dark` series are drawn in the darker ink."""

    name: str
    values: tuple[int, ...]
    dark: bool = True


@dataclass(frozen=True)
class Bar:
    """A rectangle of the plan, in the chart's own points from the lower left corner."""

    x: float
    y: float
    width: float
    height: float
    dark: bool


@dataclass(frozen=True)
class Word:
    """A word of the plan; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    strong: bool = False


@dataclass(frozen=True)
class BarPlan:
    """Everything a chart needs to be drawn, on paper or on the screen."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    words: tuple[Word, ...]
    ticks: tuple[tuple[float, str], ...]
    top: float


def nice_top(highest: float, ticks: int = _TICKS) -> tuple[int, int]:
    """The end of an axis from zero that holds `highest`, and the step between its ticks (1, 2 or 5 times ten to n)."""
    if highest <= ticks:
        return max(ticks, 1), 1
    raw = highest / ticks
    scale = 10 ** math.floor(math.log10(raw))
    step = next(int(factor * scale) for factor in (1, 2, 5, 10) if factor * scale >= raw)
    return math.ceil(highest / step) * step, step


def plan_bars(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    language: str,
    width: float = styles.CONTENT_WIDTH,
    height: float = 132.0,
    strong: int | None = None,
) -> BarPlan:
    """Stacked bars with their totals on top; `strong` is the bar whose words are printed bold."""
    totals = [sum(values) for values in zip(*(row.values for row in series), strict=True)]
    if len(totals) != len(labels):
        raise ValueError("one label per bar")
    top, step = nice_top(max(totals, default=0))
    axis = fonts.width(number(top, language), REGULAR, styles.TINY.size) + 8
    floor, ceiling = 16.0, height - 12
    scale = (ceiling - floor) / top
    slot = (width - axis) / max(len(labels), 1)
    bars: list[Bar] = []
    words: list[Word] = []
    for index, label in enumerate(labels):
        middle, y = axis + slot * (index + 0.5), floor
        for row in series:
            tall = row.values[index] * scale
            if tall:
                bars.append(Bar(middle - slot * 0.3, y, slot * 0.6, tall, row.dark))
            y += tall
        words.append(Word(middle, y + 3.5, number(totals[index], language), strong=index == strong))
        words.append(Word(middle, 4.5, label, strong=index == strong))
    ticks = tuple((floor + value * scale, number(value, language)) for value in range(0, top + 1, step))
    return BarPlan(width, height, tuple(bars), tuple(words), ticks, ceiling)


class BarChart(Flowable):
    """A planned chart drawn on paper, with the names of its series above it."""

    def __init__(self, plan: BarPlan, series: Sequence[Series]) -> None:
        super().__init__()
        self._plan = plan
        self._series = tuple(series)
        self.width = plan.width
        self.height = plan.height + styles.STEP * 1.5
        self.spaceBefore = styles.STEP / 3
        self.spaceAfter = styles.STEP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The planned size."""
        return self.width, self.height

    def draw(self) -> None:
        """Ticks as hairlines behind, bars, then words."""
        canvas: Any = self.canv
        plan = self._plan
        self._draw_key(canvas, plan.height + styles.STEP * 0.7)
        canvas.setFont(REGULAR, styles.TINY.size)
        for y, text in plan.ticks:
            axis = y == plan.ticks[0][0]
            canvas.setStrokeColor(styles.INK if axis else styles.HAIRLINE)
            canvas.setLineWidth(styles.HAIR)
            start = fonts.width(plan.ticks[-1][1], REGULAR, styles.TINY.size)
            canvas.setFillColor(styles.FAINT)
            canvas.drawRightString(start, y - 2.4, text)
            canvas.line(start + 5, y, plan.width, y)
        for bar in plan.bars:
            canvas.setFillColor(styles.ACCENT if bar.dark else styles.TINT)
            canvas.rect(bar.x, bar.y, bar.width, bar.height, stroke=0, fill=1)
        for word in plan.words:
            canvas.setFont(BOLD if word.strong else REGULAR, styles.TINY.size + 0.4)
            canvas.setFillColor(styles.INK if word.strong else styles.MUTED)
            canvas.drawCentredString(word.x, word.y, word.text)

    def _draw_key(self, canvas: Any, y: float) -> None:
        x = 0.0
        for row in self._series:
            canvas.setFillColor(styles.ACCENT if row.dark else styles.TINT)
            canvas.rect(x, y - 0.6, 7, 7, stroke=0, fill=1)
            canvas.setFillColor(styles.INK)
            canvas.setFont(REGULAR, styles.SMALL.size)
            canvas.drawString(x + 11, y, row.name)
            x += 11 + fonts.width(row.name, REGULAR, styles.SMALL.size) + 16
