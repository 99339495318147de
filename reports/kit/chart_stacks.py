# SPDX-License-Identifier: Apache-2.0
"""What stands on one another in a chart, before it has a place: pieces, their sum, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reports.kit.chart_axis import Axis
from reports.kit.chart_shapes import Box, Ink, Shape, Stroke
from reports.kit.words import NOTHING
from reports.tables.model import Chart, ChartSeries
from reports.tables.words import WITHHELD
from resource_centre.i18n import _

STRIPES: Final = 2.6
FILLS: Final[tuple[tuple[Ink, Ink | None, bool], ...]] = (
    ("dark", None, False),
    ("light", None, False),
    ("paper", "dark", True),
    ("paper", "dark", False),
)
"""Ink, outline and whether it is striped: four that are told apart without a colour."""
MOST_SERIES: Final = len(FILLS)


@dataclass(frozen=True)
class Piece:
    """One figure in its stack: of which series, and from where to where."""

    series: int
    start: float
    end: float


@dataclass(frozen=True)
class Stack:
    """What stands at one label. `total` is None where a part is hidden or missing; `signs` are those of the hidden."""

    pieces: tuple[Piece, ...]
    total: float | None
    signs: tuple[str, ...] = ()

    @property
    def top(self) -> float:
        """Its upper end; nought when all of it is below."""
        return max((piece.end for piece in self.pieces if piece.end > 0), default=0.0)

    @property
    def bottom(self) -> float:
        """Its lower end; nought when none of it is below."""
        return min((piece.end for piece in self.pieces if piece.end < 0), default=0.0)

    def said(self, axis: Axis) -> str:
        """The sum as it stands on it; of a sum with hidden parts what is known of it and the signs of the others."""
        if self.total is not None:
            return axis.words(self.total)
        shown = sum(piece.end - piece.start for piece in self.pieces)
        return " + ".join([axis.words(shown)] * bool(shown) + list(self.signs)) if self.signs else NOTHING


def stacks(chart: Chart) -> list[Stack]:
    """One for each label; what is below nought hangs from it."""
    return [_stack(chart.series, at) for at in range(len(chart.labels))]


def _stack(series: tuple[ChartSeries, ...], at: int) -> Stack:
    up, down = 0.0, 0.0
    pieces: list[Piece] = []
    for place, row in enumerate(series):
        value = None if row.sign(at) else row.values[at]
        if value is None:
            continue
        start = up if value >= 0 else down
        pieces.append(Piece(place, start, start + value))
        up, down = (start + value, down) if value >= 0 else (up, start + value)
    signs = tuple(dict.fromkeys(row.sign(at) for row in series if row.sign(at)))
    whole = len(pieces) == len(series)
    return Stack(tuple(pieces), up + down if whole else None, signs)


def told(chart: Chart, axis: Axis, at: int) -> str:
    """All figures of a label in words, each exact."""
    label = chart.labels[at].replace("\n", " ")
    said = [(row.name, _sign_words(row.sign(at)) or _exact(row.values[at], axis)) for row in chart.series]
    if len(said) == 1:
        return f"{label}: {said[0][1]}"
    total = _stack(chart.series, at).total if chart.kind != "lines" else None
    figures = "; ".join(f"{name} {figure}" for name, figure in said)
    return f"{label}: {figures}" if total is None else f"{label}: {axis.exact(total)} ({figures})"


def left_out(chart: Chart) -> str:
    """What the signs of hidden figures mean, in the words of the key; empty where nothing is hidden."""
    found = (row.sign(at) for row in chart.series for at in range(len(chart.labels)))
    signs = ", ".join(sorted({sign for sign in found if sign}))
    return _("{signs}: left out, so that nobody is recognised").format(signs=signs) if signs else ""


def _sign_words(sign: str) -> str:
    """A point alone is no word that can be read out."""
    return _("left out") if sign == WITHHELD else sign


def _exact(value: float | None, axis: Axis) -> str:
    return NOTHING if value is None else axis.exact(value)


def filled(place: int, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """A rectangle in the look of a series; stripes run across the shorter way, so that a flat one has some too."""
    ink, outline, striped = FILLS[place]
    yield Box(x, y, width, height, ink, outline)
    if not striped:
        return
    for at in range(1, int(height / STRIPES) + 1):
        level = y + at * STRIPES
        if level < y + height:
            yield Stroke(((x, level), (x + width, level)), "dark", 0.5)


def stub(x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """Stands where a figure is hidden: always as large, whatever the figure is."""
    edge = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    yield Stroke(edge, "muted", 0.5, (1.6, 1.4))
