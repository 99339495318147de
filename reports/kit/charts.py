# SPDX-License-Identifier: Apache-2.0
"""Charts on paper: a pen for the plan that web page and screen draw too.

::

    plan = plan_chart(chart, language="id", width=styles.CONTENT_WIDTH, height=110)
    story.append(ChartDrawing(plan))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.chart_plan import plan_chart
from reports.kit.chart_shapes import MARK, SIZE, Box, ChartPlan, Ink, Mark, Stroke, Word, corners
from reports.kit.fonts import BOLD, REGULAR, register
from reports.kit.text import plain

INKS: Final[Mapping[Ink, Color]] = {
    "dark": styles.ACCENT,
    "light": styles.TINT,
    "paper": styles.PAPER,
    "text": styles.INK,
    "muted": styles.MUTED,
    "line": styles.HAIRLINE,
}


class ChartDrawing(Flowable):
    """A planned chart on a page."""

    def __init__(self, plan: ChartPlan) -> None:
        super().__init__()
        self.plan = plan
        self.width, self.height = plan.width, plan.height
        self.spaceBefore = styles.STEP / 3
        self.spaceAfter = styles.STEP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The planned size."""
        return self.width, self.height

    def draw(self) -> None:
        """Every shape of the plan."""
        register()
        self.plan.draw(PaperPen(self.canv))


class PaperPen:
    """Draws a plan on a canvas of ReportLab."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def box(self, box: Box) -> None:
        """A filled rectangle."""
        self._canvas.setFillColor(INKS[box.ink])
        if box.outline is not None:
            self._pen(box.outline, 0.5)
        self._canvas.rect(box.x, box.y, box.width, box.height, stroke=int(box.outline is not None), fill=1)

    def stroke(self, stroke: Stroke) -> None:
        """A line through points."""
        self._pen(stroke.ink, stroke.weight)
        self._canvas.setDash(list(stroke.dash))
        self._path(stroke.points, closed=False, fill=0)
        self._canvas.setDash([])

    def mark(self, mark: Mark) -> None:
        """A sign around a point."""
        self._pen(mark.ink, 0.9)
        self._canvas.setFillColor(INKS["paper" if mark.open else mark.ink])
        if mark.form == "circle":
            self._canvas.circle(mark.x, mark.y, MARK, stroke=1, fill=1)
        else:
            self._path(corners(mark), closed=True, fill=1)

    def word(self, word: Word) -> None:
        """Words where they were planned."""
        canvas = self._canvas
        canvas.setFont(BOLD if word.strong else REGULAR, SIZE)
        canvas.setFillColor(INKS[word.ink])
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        draw[word.anchor](word.x, word.y, plain(word.text))

    def _pen(self, ink: Ink, weight: float) -> None:
        self._canvas.setStrokeColor(INKS[ink])
        self._canvas.setLineWidth(weight)

    def _path(self, points: tuple[tuple[float, float], ...], *, closed: bool, fill: int) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=fill)


__all__ = ["ChartDrawing", "PaperPen", "plan_chart"]
