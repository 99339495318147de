# SPDX-License-Identifier: Apache-2.0
"""Charts on paper, and as a drawing inside a web page: two pens for the plan that the screen draws too.

plan = plan_chart(chart, language="id", width=styles.CONTENT_WIDTH, height=110)
story.append(ChartDrawing(plan))
page.append(chart_svg(plan))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

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


def chart_svg(plan: ChartPlan) -> str:
    """The chart as an element of a web page, up to its own width, with its words for those who do not see it."""
    pen = SvgPen(plan.height)
    plan.draw(pen)
    title = f"<title>{_safe(plan.title)}</title><desc>{_safe(plan.words)}</desc>"
    size = f"{_number(plan.width)} {_number(plan.height)}"
    style = f"font-family:'Noto Sans',sans-serif;font-size:{SIZE}px;max-width:{plan.width * 4 / 3:.0f}px;width:100%"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {size}" style={quoteattr(style)}>'
    return f"{head}{title}{''.join(pen.drawn)}</svg>"


class SvgPen:
    """Draws a plan as elements of SVG, whose y goes down."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.drawn: list[str] = []

    def box(self, box: Box) -> None:
        """A filled rectangle."""
        edge = f' stroke="{_colour(box.outline)}" stroke-width="0.5"' if box.outline is not None else ""
        place = f'x="{_number(box.x)}" y="{_number(self._height - box.y - box.height)}"'
        size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
        self.drawn.append(f'<rect {place} {size} fill="{_colour(box.ink)}"{edge}/>')

    def stroke(self, stroke: Stroke) -> None:
        """A line through points."""
        dash = f' stroke-dasharray="{" ".join(map(_number, stroke.dash))}"' if stroke.dash else ""
        line = f'stroke="{_colour(stroke.ink)}" stroke-width="{stroke.weight}"{dash}'
        self.drawn.append(f'<polyline points="{self._points(stroke.points)}" fill="none" {line}/>')

    def mark(self, mark: Mark) -> None:
        """A sign around a point."""
        look = f'fill="{_colour("paper" if mark.open else mark.ink)}" stroke="{_colour(mark.ink)}" stroke-width="0.9"'
        if mark.form == "circle":
            place = f'cx="{_number(mark.x)}" cy="{_number(self._height - mark.y)}"'
            self.drawn.append(f'<circle {place} r="{MARK}" {look}/>')
        else:
            self.drawn.append(f'<polygon points="{self._points(corners(mark))}" {look}/>')

    def word(self, word: Word) -> None:
        """Words where they were planned."""
        place = f'x="{_number(word.x)}" y="{_number(self._height - word.y)}" text-anchor="{word.anchor}"'
        weight = ' font-weight="700"' if word.strong else ""
        self.drawn.append(f'<text {place} fill="{_colour(word.ink)}"{weight}>{_safe(word.text)}</text>')

    def _points(self, points: tuple[tuple[float, float], ...]) -> str:
        return " ".join(f"{_number(x)},{_number(self._height - y)}" for x, y in points)


def _colour(ink: Ink) -> str:
    return f"#{INKS[ink].hexval()[2:]}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _safe(text: str) -> str:
    return escape(plain(text))


__all__ = ["ChartDrawing", "PaperPen", "SvgPen", "chart_svg", "plan_chart"]
