# SPDX-License-Identifier: Apache-2.0
"""Bars that lie, one below the other, for what has long names; the figure stands at the end of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.kit.chart_axis import Axis
from reports.kit.chart_room import broken, key, wide
from reports.kit.chart_shapes import LEADING, SIZE, ChartPlan, Measure, Shape, Spot, Stroke, Word
from reports.kit.chart_stacks import Stack, filled, stacks, stub, told
from reports.tables.model import Chart

NAMES: Final = 0.42
"""The most of the width that names take."""
THICK: Final = 9.0
ROW: Final = 15.0
STUB: Final = 5.0


@dataclass(frozen=True)
class _Room:
    """Where the bars are, and how high each row is."""

    axis: Axis
    left: float
    right: float
    rows: tuple[float, ...]
    """The middle of each."""
    heights: tuple[float, ...]

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * self.axis.share(value)


def plan_across(chart: Chart, axis: Axis, width: float, measure: Measure) -> ChartPlan:
    """As high as its rows."""
    found = stacks(chart)
    names = [broken(label, width * NAMES, measure, strong=at == chart.strong) for at, label in enumerate(chart.labels)]
    room, height = _room(chart, axis, found, names, width, measure)
    shapes = (
        *key(chart, width, height, measure)[0],
        *_names(chart, names, room),
        *_bars(chart, found, room),
        Stroke(((room.x(0), 0), (room.x(0), room.rows[0] + room.heights[0] / 2)), "text"),
    )
    spots = (
        Spot(0, middle - tall / 2, width, tall, told(chart, axis, at))
        for at, (middle, tall) in enumerate(zip(room.rows, room.heights, strict=True))
    )
    return ChartPlan(width, height, shapes, tuple(spots), chart.title, chart.words, room.x(0))


def _room(
    chart: Chart,
    axis: Axis,
    found: Sequence[Stack],
    names: Sequence[Sequence[str]],
    width: float,
    measure: Measure,
) -> tuple[_Room, float]:
    lines = [line for one in names for line in one]
    figures = wide(measure, [one.said(axis) for one in found], strong=True) + 4
    left = min(wide(measure, lines, strong=True), width * NAMES) + 7
    heights = tuple(max(ROW, LEADING * len(one) + 4) for one in names)
    below = [sum(heights[at + 1 :]) for at in range(len(heights))]
    rows = tuple(start + tall / 2 for start, tall in zip(below, heights, strict=True))
    signs = STUB if any(one.signs for one in found) else 0
    # What hangs below nought has its figure at its lower end, where names would be.
    left += figures if axis.low < 0 else 0
    room = _Room(_close(axis, found), left, width - figures - signs, rows, heights)
    return room, sum(heights) + key(chart, width, 0, measure)[1]


def _close(axis: Axis, found: Sequence[Stack]) -> Axis:
    """Without ticks the longest bar reaches the end; a scale with an end of its own keeps it."""
    high = max((one.top for one in found), default=0.0)
    low = min((one.bottom for one in found), default=0.0)
    if axis.unit in ("percent", "score") or high == low:
        return axis
    return Axis(low, high, axis.step, axis.unit, axis.language)


def _names(chart: Chart, names: Sequence[Sequence[str]], room: _Room) -> Iterator[Shape]:
    for at, (lines, middle) in enumerate(zip(names, room.rows, strict=True)):
        first = middle + LEADING * (len(lines) - 1) / 2 - SIZE * 0.34
        for number, text in enumerate(lines):
            yield Word(0, first - LEADING * number, text, "start", "text", at == chart.strong)


def _bars(chart: Chart, found: Sequence[Stack], room: _Room) -> Iterator[Shape]:
    for at, (stack, middle) in enumerate(zip(found, room.rows, strict=True)):
        for piece in stack.pieces:
            low, high = sorted((room.x(piece.start), room.x(piece.end)))
            if high > low:
                yield from filled(piece.series, low, middle - THICK / 2, high - low, THICK)
        end = room.x(stack.top)
        if stack.signs:
            yield from stub(end, middle - THICK / 2, STUB, THICK)
            end += STUB
        below = stack.bottom < 0 and not stack.top and not stack.signs
        x, anchor = (room.x(stack.bottom) - 3, "end") if below else (end + 3, "start")
        said = stack.said(room.axis)
        yield Word(x, middle - SIZE * 0.34, said, anchor, "text", at == chart.strong)  # type: ignore[arg-type]
