# SPDX-License-Identifier: Apache-2.0
"""A chart on a web page: the picture of the paper in lines that stay sharp, and its figures as a table behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from reports.data.figures import hidden_ids
from reports.data.pictured import points
from reports.data.web_text import element, words
from reports.kit.chart_plan import plan_chart
from reports.kit.chart_shapes import MARK, SIZE, Box, ChartPlan, Mark, Stroke, Word, corners
from reports.kit.words import number
from reports.tables.model import Chart, Report
from resource_centre.i18n import _

WIDTH: Final = 430.0
"""Points; the page widens it, so that its words are large enough to read."""


def drawn_chart(chart: Chart, report: Report, heading: str, *, behind: bool = True) -> str:
    """The figure with its caption, and its figures as a table `behind` it unless they stand below anyway.

    A caption that says what the `heading` above says is only for who listens.
    """
    plan = plan_chart(chart, language=report.facts.language, width=WIDTH)
    same = "unseen" if chart.title == heading else None
    caption = element("figcaption", words(chart.title), class_=same)
    table = folded(_table(chart, report)) if behind else ""
    return element("figure", caption, chart_svg(plan, f"c-{chart.key}"), table)


def folded(table: str) -> str:
    """A table that is opened by who wants to read the figures of a chart."""
    return element("details", element("summary", words(_("The figures of this chart"))), table)


@dataclass
class SvgPen:
    """Draws the shapes of a plan as elements of an SVG, whose y grows downwards; inks are classes of the style."""

    height: float
    drawn: list[str] = field(default_factory=list)

    def box(self, box: Box) -> None:
        """A filled rectangle."""
        line = f" o-{box.outline}" if box.outline else ""
        y = self.height - box.y - box.height
        self._add("rect", x=box.x, y=y, width=box.width, height=box.height, class_=f"f-{box.ink}{line}")

    def stroke(self, stroke: Stroke) -> None:
        """A line through points."""
        dash = " ".join(map(_short, stroke.dash)) or None
        self._add("polyline", points=self._points(stroke.points), class_=f"o-{stroke.ink}",
                  stroke_width=stroke.weight, stroke_dasharray=dash)  # fmt: skip

    def mark(self, mark: Mark) -> None:
        """A sign around a point."""
        look = f"o-{mark.ink} f-{'paper' if mark.open else mark.ink}"
        if mark.form == "circle":
            self._add("circle", cx=mark.x, cy=self.height - mark.y, r=MARK, class_=look)
        else:
            self._add("polygon", points=self._points(corners(mark)), class_=look)

    def word(self, word: Word) -> None:
        """Words where they were planned."""
        look = f"f-{word.ink}{' b' if word.strong else ''}"
        self._add("text", words(word.text), x=word.x, y=self.height - word.y, text_anchor=word.anchor, class_=look)

    def _points(self, at: tuple[tuple[float, float], ...]) -> str:
        return " ".join(f"{_short(x)},{_short(self.height - y)}" for x, y in at)

    def _add(self, name: str, *inner: str, **attributes: str | float | None) -> None:
        told = {key: _short(value) if isinstance(value, float) else value for key, value in attributes.items()}
        self.drawn.append(element(name, *inner, **told))


def chart_svg(plan: ChartPlan, name: str) -> str:
    """A planned chart as an SVG that says in words what it shows; `name` is its key on the page."""
    pen = SvgPen(plan.height)
    plan.draw(pen)
    title = element("title", words(plan.title), id=f"{name}-t")
    about = element("desc", words(plan.words), id=f"{name}-d")
    box = f"0 0 {_short(plan.width)} {_short(plan.height)}"
    return element(
        "svg", title, about, *pen.drawn, viewBox=box, role="img", aria_labelledby=f"{name}-t", font_size=_short(SIZE),
        aria_describedby=f"{name}-d",
    )  # fmt: skip


def _table(chart: Chart, report: Report) -> str:
    hidden, language = hidden_ids(report), report.facts.language
    names = "".join(element("th", words(one.name), scope="col") for one in chart.series)
    head = element("thead", element("tr", "<td></td>", names))
    rows = []
    for at, label in enumerate(chart.labels):
        told = [one.sign(at) or _figure(points(one, hidden)[at], language) for one in chart.series]
        cells = "".join(element("td", words(text)) for text in told)
        rows.append(element("tr", element("th", words(label.replace("\n", " ")), scope="row", class_="w"), cells))
    return element("table", element("caption", words(chart.title)), head, element("tbody", *rows))


def _figure(value: float | None, language: str) -> str:
    whole = value is None or float(value).is_integer()
    return number(value, language, decimals=0 if whole else 1)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
