# SPDX-License-Identifier: Apache-2.0
"""The head of a report: what it is, of when and whose, and the few figures one would ask for first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain, shorten


class TitleBlock(Flowable):
    """Kind of report, its period in large letters, the centre's name under it."""

    def __init__(self, kind: str, period: str, centre_name: str) -> None:
        super().__init__()
        self._kind, self._period, self._name = kind, period, plain(centre_name)
        self.width = styles.CONTENT_WIDTH
        self.height = styles.STEP * 6.2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Three lines, no decoration."""
        canvas: Any = self.canv
        canvas.setFillColor(styles.ACCENT)
        canvas.setFont(BOLD, styles.BODY.size)
        canvas.drawString(0, self.height - styles.BODY.size, self._kind)
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, styles.TITLE.size)
        canvas.drawString(-1.5, self.height - styles.BODY.leading - styles.TITLE.leading + 2, self._period)
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.LEAD.size)
        name = shorten(self._name, REGULAR, styles.LEAD.size, self.width)
        canvas.drawString(0, styles.STEP * 0.6, name)


class KeyFigures(Flowable):
    """A row of (number, name, note): one column each, a hairline above."""

    def __init__(self, figures: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._figures = figures
        self.width = styles.CONTENT_WIDTH
        self.height = styles.STEP * 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Numbers large, words small."""
        canvas: Any = self.canv
        gap = styles.STEP
        width = (self.width - gap * (len(self._figures) - 1)) / len(self._figures)
        for place, (value, name, note) in enumerate(self._figures):
            x = place * (width + gap)
            canvas.setStrokeColor(styles.INK)
            canvas.setLineWidth(styles.RULE)
            canvas.line(x, self.height - 4, x + width, self.height - 4)
            canvas.setFillColor(styles.INK)
            canvas.setFont(BOLD, styles.FIGURE.size)
            canvas.drawString(x - 1, self.height - 6 - styles.FIGURE.leading, value)
            self._words(canvas, name, note, x, width)

    def _words(self, canvas: Any, name: str, note: str, x: float, width: float) -> None:
        y = self.height - 10 - styles.FIGURE.leading - styles.SMALL.leading
        canvas.setFont(BOLD, styles.SMALL.size)
        for line in lines(name, BOLD, styles.SMALL.size, width)[:2]:
            canvas.drawString(x, y, line)
            y -= styles.SMALL.leading
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.SMALL.size)
        canvas.drawString(x, y, note)
