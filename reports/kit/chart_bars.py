# SPDX-License-Identifier: Apache-2.0
"""Bars that stand on the axis side by side, parts on one another, the sum on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.kit.chart_axis import Axis
from reports.kit.chart_room import broken, kept, key, wide
from reports.kit.chart_shapes import HAIR, LEADING, SIZE, Box, ChartPlan, Measure, Shape, Spot, Stroke, Word
from reports.kit.chart_stacks import Stack, filled, stacks, stub, told
from reports.tables.model import Chart

SLOT: Final = 72.0
"""The widest a bar with the white beside it is: a single month is not as wide as the page."""
BAR: Final = 0.6
STUB: Final = 5.0
LEAST: Final = 40.0
"""The least height of the bars, whatever stands around them."""
MANY: Final = 8
LINES: Final = 2
"""The most lines of a label below a bar."""


@dataclass(frozen=True)
class _Room:
    """Where the bars are; `top` is the end of the axis, `height` that of the whole."""

    axis: Axis
    left: float
    slot: float
    floor: float
    top: float
    height: float

    def y(self, value: float) -> float:
        return self.floor + (self.top - self.floor) * self.axis.share(value)

    def middle(self, at: int) -> float:
        return self.left + self.slot * (at + 0.5)


def stand_well(chart: Chart, width: float, measure: Measure) -> bool:
    """Whether the labels have room below bars: those of many bars may be thinned out, the names of a few may not."""
    if len(chart.labels) > MANY:
        return True
    slot = min((width - LEADING * 4) / max(len(chart.labels), 1), SLOT)
    labels = [broken(label, slot, measure, strong=True) for label in chart.labels]
    words = [line for lines in labels for line in lines]
    return max(map(len, labels), default=0) <= LINES and wide(measure, words, strong=True) <= slot


def plan_upright(chart: Chart, axis: Axis, width: float, height: float, measure: Measure) -> ChartPlan:
    """Bars from left to right, as high as wanted or higher where the words need it."""
    found = stacks(chart)
    slot = _left_and_slot(chart, axis, width, measure)[1]
    if wide(measure, [one.said(axis) for one in found], strong=True) > slot - 2:
        axis = axis.in_parts()
    left, slot = _left_and_slot(chart, axis, width, measure)
    labels = [broken(label, slot - 2, measure, strong=at == chart.strong) for at, label in enumerate(chart.labels)]
    room = _room(chart, axis, (left, slot), max(map(len, labels)), (width, height), measure)
    shapes = (
        *key(chart, width, room.height, measure)[0],
        *_grid(room, room.left + room.slot * len(found), measure),
        *_bars(chart, found, room, measure),
        *_labels(chart, labels, room, measure),
    )
    end = room.top + LEADING * 1.4
    spots = (Spot(room.left + slot * at, 0, slot, end, told(chart, axis, at)) for at in range(len(found)))
    return ChartPlan(width, room.height, shapes, tuple(spots), chart.title, chart.words, room.y(0))


def _left_and_slot(chart: Chart, axis: Axis, width: float, measure: Measure) -> tuple[float, float]:
    left = wide(measure, [axis.tick_words(tick) for tick in axis.ticks()]) + LEADING * 0.9
    return left, min((width - left) / len(chart.labels), SLOT)


def _room(
    chart: Chart,
    axis: Axis,
    columns: tuple[float, float],
    lines: int,
    size: tuple[float, float],
    measure: Measure,
) -> _Room:
    floor = LEADING * lines + 4 + (LEADING * 1.2 if axis.low < 0 else 0)
    head = key(chart, size[0], 0, measure)[1] + LEADING * (2.5 if axis.caption else 1.4)
    height = max(size[1], floor + LEAST + head)
    return _Room(axis, *columns, floor, height - head, height)


def _grid(room: _Room, right: float, measure: Measure) -> Iterator[Shape]:
    axis = room.axis
    edge = wide(measure, [axis.tick_words(tick) for tick in axis.ticks()])
    if axis.caption:
        yield Word(0, room.top + LEADING * 1.5, axis.caption, "start", "muted")
    for tick in axis.ticks():
        y = room.y(tick)
        yield Stroke(((room.left - 3, y), (right, y)), "line" if tick else "text", HAIR)
        yield Word(edge, y - SIZE * 0.34, axis.tick_words(tick), "end", "muted")


def _bars(chart: Chart, found: Sequence[Stack], room: _Room, measure: Measure) -> Iterator[Shape]:
    written = kept(len(found), wide(measure, [one.said(room.axis) for one in found]) + 3, room.slot, chart.strong)
    for at, stack in enumerate(found):
        left, width = room.middle(at) - room.slot * BAR / 2, room.slot * BAR
        for piece in stack.pieces:
            low, high = sorted((room.y(piece.start), room.y(piece.end)))
            if high > low:
                yield from filled(piece.series, left, low, width, high - low)
        end = room.y(stack.top)
        if stack.signs:
            yield from stub(left, end, width, STUB)
            end += STUB
        if at in written or stack.signs:
            below = stack.bottom < 0 and not stack.top and not stack.signs
            y = room.y(stack.bottom) - LEADING if below else end + LEADING * 0.35
            said = Word(room.middle(at), y, stack.said(room.axis), "middle", "text", at == chart.strong)
            behind = measure(said.text, said.strong, SIZE) + 2
            yield Box(said.x - behind / 2, y - 1, behind, SIZE - 0.4, "paper")  # no line of the grid runs through it
            yield said


def _labels(chart: Chart, labels: Sequence[Sequence[str]], room: _Room, measure: Measure) -> Iterator[Shape]:
    widest = wide(measure, [line for lines in labels for line in lines])
    written = kept(len(labels), widest, room.slot, chart.strong)
    floor = room.floor - (LEADING * 1.2 if room.axis.low < 0 else 0)
    for at in sorted(written):
        for line, text in enumerate(labels[at]):
            strong = at == chart.strong
            y = floor - LEADING * (line + 1) - 1
            yield Word(room.middle(at), y, text, "middle", "text" if strong else "muted", strong)
