# SPDX-License-Identifier: Apache-2.0
"""Ways to place things on the page: side by side, a heading kept with what follows, a rule, a title block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Spacer

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD
from reports.kit.text import lines, paragraph, plain


def space(steps: float) -> Spacer:
    """White space in steps of the vertical rhythm."""
    return Spacer(1, steps * styles.STEP)


class Beside(Flowable):
    """Columns of flowables side by side, top aligned, never broken over pages."""

    def __init__(self, columns: Sequence[tuple[float, Sequence[Flowable]]], *, gap: float = 2 * styles.STEP) -> None:
        super().__init__()
        self._columns = columns
        self._gap = gap

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As tall as the tallest column."""
        self.width = sum(width for width, _ in self._columns) + self._gap * (len(self._columns) - 1)
        self.height = max(self._height(width, column) for width, column in self._columns)
        return self.width, self.height

    def _height(self, width: float, column: Sequence[Flowable]) -> float:
        return sum(float(item.wrapOn(None, width, 10_000)[1] + item.getSpaceAfter()) for item in column)

    def draw(self) -> None:
        """Each column from the top down."""
        x = 0.0
        for width, column in self._columns:
            y = self.height
            for item in column:
                y -= item.wrapOn(self.canv, width, 10_000)[1]
                item.drawOn(self.canv, x, y)
                y -= item.getSpaceAfter()
            x += width + self._gap


class Rule(Flowable):
    """A line over the whole width."""

    def __init__(self, *, weight: float = styles.HAIR, ink: Any = styles.HAIRLINE) -> None:
        super().__init__()
        self._weight = weight
        self._ink = ink
        self.spaceBefore = self.spaceAfter = styles.STEP / 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as there is room."""
        self.width, self.height = aW, self._weight
        return self.width, self.height

    def draw(self) -> None:
        """One stroke."""
        canvas: Any = self.canv
        canvas.setStrokeColor(self._ink)
        canvas.setLineWidth(self._weight)
        canvas.line(0, 0, self.width, 0)


class Heading(Flowable):
    """A small code in the accent ink, then the heading; stays with what follows."""

    keepWithNext = 1

    def __init__(self, words: str, code: str = "") -> None:
        super().__init__()
        self._words = plain(words)
        self._code = code
        self.spaceBefore = styles.STEP * 1.75
        self.spaceAfter = styles.STEP / 4

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """One line for each line of the words."""
        fonts.register()
        self._indent = fonts.width(self._code, BOLD, styles.SMALL.size) + 7 if self._code else 0.0
        self._lines = lines(self._words, BOLD, styles.HEADING.size, aW - self._indent)
        self.width, self.height = aW, len(self._lines) * styles.HEADING.leading
        return self.width, self.height

    def draw(self) -> None:
        """Code and words on one base line."""
        canvas: Any = self.canv
        y = self.height - styles.HEADING.size
        canvas.setFillColor(styles.ACCENT)
        canvas.setFont(BOLD, styles.SMALL.size)
        canvas.drawString(0, y, self._code)
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, styles.HEADING.size)
        for line in self._lines:
            canvas.drawString(self._indent, y, line)
            y -= styles.HEADING.leading


def title_block(label: str, title: str, lead: str) -> list[Flowable]:
    """A small label, the title, a leading line: how every paper begins."""
    return [
        paragraph(label, styles.LABEL_STYLE),
        space(0.25),
        paragraph(title, styles.TITLE_STYLE),
        space(0.4),
        paragraph(lead, styles.LEAD_STYLE),
        space(1.5),
    ]
