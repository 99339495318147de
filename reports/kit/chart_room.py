# SPDX-License-Identifier: Apache-2.0
"""How words find room in a chart: broken at blanks, thinned out where they stand too close, pushed apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.kit.chart_shapes import LEADING, SIZE, Measure, Shape, Spot, Word
from reports.kit.chart_stacks import filled, left_out, stub
from reports.tables.model import Chart

SWATCH = 7.0


def wide(measure: Measure, words: Sequence[str], *, strong: bool = False) -> float:
    """The width of the widest; 0 of none."""
    return max((measure(text, strong, SIZE) for text in words), default=0.0)


def broken(text: str, width: float, measure: Measure, *, strong: bool = False) -> list[str]:
    """The text in lines of this width, broken at line breaks and blanks only: a longer word stays whole."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and measure(longer, strong, SIZE) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def kept(count: int, widest: float, slot: float, sure: int | None) -> set[int]:
    """Which of `count` words are written where `widest` has no room in every slot: each so many, and the sure one."""
    every = max(1, math.ceil(widest / slot)) if slot > 0 else count
    last = count - 1 if sure is None else sure
    return {at for at in range(count) if (last - at) % every == 0}


def key(chart: Chart, width: float, top: float, measure: Measure) -> tuple[list[Shape], float]:
    """The names of the series and the look of hidden figures, in lines from `top` down, and the height they take."""
    shapes: list[Shape] = []
    entries = [row.name for row in chart.series] if len(chart.series) > 1 else []
    hidden = left_out(chart)
    if not entries and not hidden:
        return shapes, 0.0
    x, y = 0.0, top - SIZE
    for place, name in enumerate([*entries, *[hidden] * bool(hidden)]):
        for number, text in enumerate(broken(name, width - SWATCH * 1.6, measure)):
            needed = SWATCH * 1.6 + measure(text, False, SIZE)
            if number or (x and x + needed > width):
                x, y = 0.0, y - LEADING * 1.2
            if not number:
                look = filled(place, x, y - 0.8, SWATCH, SWATCH)
                shapes += look if place < len(entries) else stub(x, y - 0.8, SWATCH, SWATCH)
            shapes.append(Word(x + SWATCH * 1.6, y, text, "start", "text"))
        x += needed + LEADING * 1.6
    return shapes, top - y + LEADING * 0.7


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles as near to those wanted as the heights allow, between the ends where there is room for all."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = list(wanted)
    floor = low
    for at in order:
        placed[at] = max(placed[at], floor + heights[at] / 2)
        floor = placed[at] + heights[at] / 2
    ceiling = max(high, low + sum(heights))
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling - heights[at] / 2)
        ceiling = placed[at] - heights[at] / 2
    return placed


def no_figures(width: float, words: str) -> tuple[tuple[Shape, ...], tuple[Spot, ...]]:
    """What is drawn of nothing."""
    return (Word(0, LEADING, words, "start", "muted"),), (Spot(0, 0, width, LEADING * 2.5, words),)
