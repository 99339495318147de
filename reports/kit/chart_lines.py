# SPDX-License-Identifier: Apache-2.0
"""Lines over time, each with a stroke and a mark of its own and its name at its end: no colour is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.kit.chart_axis import Axis
from reports.kit.chart_room import apart, broken, kept, wide
from reports.kit.chart_shapes import (
    HAIR,
    LEADING,
    SIZE,
    ChartPlan,
    Form,
    Ink,
    Mark,
    Measure,
    Shape,
    Spot,
    Stroke,
    Word,
)
from reports.kit.chart_stacks import told
from reports.tables.model import Chart, ChartSeries

NAMES: Final = 0.3
"""The most of the width that the names at the ends take."""
GAP: Final = 8.0
STEP: Final = 72.0
LEAST: Final = 60.0
STYLES: Final[tuple[tuple[Ink, float, tuple[float, ...], Form, bool], ...]] = (
    ("dark", 1.4, (), "circle", False),
    ("text", 1.0, (4.0, 2.0), "square", True),
    ("dark", 1.0, (1.2, 1.8), "triangle", False),
    ("text", 1.0, (6.0, 1.6, 1.2, 1.6), "diamond", True),
)
"""Ink, weight, dashes, mark and whether the mark is open, of the lines in turn."""


@dataclass(frozen=True)
class _Room:
    """Where the lines are."""

    axis: Axis
    left: float
    right: float
    floor: float
    top: float
    xs: tuple[float, ...]

    def y(self, value: float) -> float:
        return self.floor + (self.top - self.floor) * self.axis.share(value)


def plan_lines(chart: Chart, axis: Axis, width: float, height: float, measure: Measure) -> ChartPlan:
    """Lines from left to right."""
    if wide(measure, [axis.tick_words(tick) for tick in axis.ticks()]) > SIZE * 6:
        axis = axis.in_parts()
    # A single line is named by the title.
    several = len(chart.series) > 1
    names = [broken(row.name, width * NAMES, measure) if several else [] for row in chart.series]
    room, labels, height = _room(chart, axis, names, (width, height), measure)
    shapes = (
        *_grid(room, measure),
        *_bands(chart, room),
        *_labels(chart, labels, room, measure),
        *(shape for at, row in enumerate(chart.series) for shape in _line(row, at, room)),
        *_ends(chart, names, room),
    )
    return ChartPlan(width, height, shapes, tuple(_spots(chart, room)), chart.title, chart.words, room.y(0))


def _room(
    chart: Chart, axis: Axis, names: Sequence[Sequence[str]], size: tuple[float, float], measure: Measure
) -> tuple[_Room, list[list[str]], float]:
    ends = [_end_words(row, lines, axis) for row, lines in zip(chart.series, names, strict=True)]
    beside = wide(measure, [line for lines in ends for line in lines], strong=True) + GAP + 2
    left = wide(measure, [axis.tick_words(tick) for tick in axis.ticks()]) + LEADING * 0.9
    inner = max(size[0] - left - beside, SIZE)
    step = min(inner / max(len(chart.labels), 1), STEP)
    labels = [broken(label, max(step, SIZE * 5), measure, strong=at == chart.strong)
              for at, label in enumerate(chart.labels)]  # fmt: skip
    floor = LEADING * max(map(len, labels)) + 4
    over = LEADING * (1.8 if axis.caption else 0.7)
    height = max(size[1], floor + over + max(LEAST, LEADING * sum(map(len, ends))))
    xs = _xs(chart, left, inner, step)
    right = left + inner if chart.places else xs[-1] + step / 2
    return _Room(axis, left, right, floor, height - over, xs), labels, height


def _xs(chart: Chart, left: float, inner: float, step: float) -> tuple[float, ...]:
    if chart.places:
        return tuple(left + GAP + (inner - 2 * GAP) * place for place in chart.places)
    return tuple(left + step * (at + 0.5) for at in range(len(chart.labels)))


def _grid(room: _Room, measure: Measure) -> Iterator[Shape]:
    axis = room.axis
    edge = wide(measure, [axis.tick_words(tick) for tick in axis.ticks()])
    if axis.caption:
        yield Word(0, room.top + LEADING * 0.9, axis.caption, "start", "muted")
    for tick in axis.ticks():
        y = room.y(tick)
        yield Stroke(((room.left - 3, y), (room.right, y)), "line" if tick else "text", HAIR)
        yield Word(edge, y - SIZE * 0.34, axis.tick_words(tick), "end", "muted")


def _bands(chart: Chart, room: _Room) -> Iterator[Shape]:
    for name, start in chart.bands:
        y = room.y(start)
        yield Stroke(((room.left, y), (room.right, y)), "muted", 0.5, (5.0, 2.0, 1.0, 2.0))
        yield Word(room.left + 3, y + 2.5, name, "start", "muted")


def _labels(chart: Chart, labels: Sequence[Sequence[str]], room: _Room, measure: Measure) -> Iterator[Shape]:
    slots = [right - left for left, right in zip(room.xs, room.xs[1:], strict=False)]
    widest = wide(measure, [line for lines in labels for line in lines], strong=True)
    written = kept(len(labels), widest + 3, min(slots, default=widest + 3), chart.strong)
    for at in sorted(written):
        strong = at == chart.strong
        for line, text in enumerate(labels[at]):
            y = room.floor - LEADING * (line + 1) - 2
            yield Word(room.xs[at], y, text, "middle", "text" if strong else "muted", strong)


def _line(row: ChartSeries, place: int, room: _Room) -> Iterator[Shape]:
    """Its stretches, then its marks; a hidden figure is said above the axis, where it says nothing of its size."""
    ink, weight, dash, form, is_open = STYLES[place]
    stretch: list[tuple[float, float]] = []
    points: list[tuple[float, float]] = []
    for at, value in enumerate(row.values):
        broke = value is None or row.sign(at)
        if (broke or at in row.breaks) and len(stretch) > 1:
            yield Stroke(tuple(stretch), ink, weight, dash)
        if broke or at in row.breaks:
            stretch = []
        if value is not None and not row.sign(at):
            stretch.append((room.xs[at], room.y(value)))
            points.append(stretch[-1])
        elif row.sign(at):
            yield Word(room.xs[at], room.y(0) + 2 + LEADING * place, row.sign(at), "middle", "text")
    if len(stretch) > 1:
        yield Stroke(tuple(stretch), ink, weight, dash)
    yield from (Mark(x, y, form, ink, is_open) for x, y in points)


def _last(row: ChartSeries) -> int | None:
    """The label of the last figure that is shown."""
    return next(
        (at for at in reversed(range(len(row.values))) if row.values[at] is not None and not row.sign(at)), None
    )


def _end_words(row: ChartSeries, lines: Sequence[str], axis: Axis) -> list[str]:
    """The figure at the end of a line, and whose line it is."""
    at = _last(row)
    value = None if at is None else row.values[at]
    return list(lines) if value is None else [axis.words(value), *lines]


def _ends(chart: Chart, names: Sequence[Sequence[str]], room: _Room) -> Iterator[Shape]:
    ends = [_end_words(row, lines, room.axis) for row, lines in zip(chart.series, names, strict=True)]
    lasts = [_last(row) for row in chart.series]
    wanted = [
        room.floor if at is None else room.y(row.values[at] or 0) for row, at in zip(chart.series, lasts, strict=True)
    ]
    middles = apart(wanted, [LEADING * len(lines) for lines in ends], room.floor, room.top)
    x = room.right + GAP
    for place, (lines, middle) in enumerate(zip(ends, middles, strict=True)):
        at = lasts[place]
        if at is not None and len(chart.series) > 1:
            start = (room.xs[at] + 4, wanted[place])
            yield Stroke((start, (x - 2, middle)), "muted", HAIR)
        first = middle + LEADING * (len(lines) - 1) / 2 - SIZE * 0.34
        for number, text in enumerate(lines):
            figure = number == 0 and at is not None
            yield Word(x, first - LEADING * number, text, "start", "text", figure)


def _spots(chart: Chart, room: _Room) -> Iterator[Spot]:
    """From half-way to the label before to half-way to the next."""
    between = [(left + right) / 2 for left, right in zip(room.xs, room.xs[1:], strict=False)]
    starts, ends = [room.left, *between], [*between, room.right]
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield Spot(start, 0, end - start, room.top, told(chart, room.axis, at))
