# SPDX-License-Identifier: Apache-2.0
"""A report as one web page: the form of it that everybody can read, also who listens to it or reads it much enlarged.

One file without scripts and without an address outside of it. It says the same as the paper, from the same figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from reports.data.figures import figures
from reports.data.web_charts import drawn_chart, folded
from reports.data.web_style import STYLE
from reports.data.web_tables import drawn_table, figure_words
from reports.data.web_text import element, paragraphs, words
from reports.data.workbook_front import facts_in_words
from reports.kit.pages import PROGRAM
from reports.tables.model import Facts, Report, Section
from reports.tables.words import hidden_words
from resource_centre.i18n import _
from resource_centre.values.text import tidy

_SAFE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def content(report: Report) -> bytes:
    """The file."""
    facts = report.facts
    title = " · ".join(part for part in (facts.title, facts.period_words, facts.centre_name) if part)
    head = element(
        "head",
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}"><meta name="generator" content="{PROGRAM}">',
        element("title", words(title)),
        "<style>",
        STYLE,
        "</style>",
    )
    skip = element("a", words(_("Skip to the report")), class_="skip", href="#report")
    shown = [one for one in report.sections if one.tables or one.charts or one.texts]
    parts = [_header(facts), _contents(shown, facts), *(_section(one, report) for one in shown), _definitions(facts)]
    main = element("main", *parts, id="report")
    body = element("body", skip, main, _foot(facts))
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=facts.language)}\n".encode()


def values_of(report: Report) -> list[str]:
    """The figures as they must be read on the page, in reading order."""
    return [tidy(figure_words(figure, report.facts.language)) for figure in figures(report)]


def values_in(written: bytes) -> list[str]:
    """The figures as they are read on a page."""
    reader = _Reader()
    reader.feed(written.decode())
    reader.close()
    return [text.strip() for text in reader.figures]


def _header(facts: Facts) -> str:
    told = "".join(element("dt", words(name)) + element("dd", words(text)) for name, text in facts_in_words(facts))
    key = "".join(
        element("li", element("b", words(number)), element("span", words(name)),
                element("span", words(second), class_="note"))
        for number, name, second in facts.key_figures
    )  # fmt: skip
    mark = _("CONFIDENTIAL") if facts.audience == "internal" else _("FOR PUBLICATION")
    return element(
        "header",
        element("p", words(facts.centre_name), class_="centre"),
        element("h1", words(facts.title)),
        element("p", words(facts.period_words), class_="lead"),
        element("p", words(mark), class_="mark"),
        element("dl", told, class_="facts"),
        paragraphs(facts.marks),
        paragraphs((hidden_words(facts.threshold),) if facts.threshold is not None else (), "note"),
        element("ul", key, class_="key") if key else "",
    )


def _contents(sections: list[Section], facts: Facts) -> str:
    listed = [(f"s-{one.key}", f"{one.number} {one.heading}".strip()) for one in sections]
    if facts.definitions:
        listed.append(("definitions", _("Definitions")))
    links = "".join(element("li", element("a", words(name), href=f"#{key}")) for key, name in listed)
    return element("nav", element("h2", words(_("Contents")), id="contents"), element("ul", links),
                   aria_labelledby="contents")  # fmt: skip


def _section(section: Section, report: Report) -> str:
    number = element("span", words(section.number), class_="no") + " " if section.number else ""
    heading = element("h2", number, words(section.heading), id=f"h-{section.key}")
    return element("section", heading, *_inside(section, report), id=f"s-{section.key}",
                   aria_labelledby=f"h-{section.key}")  # fmt: skip


def _inside(section: Section, report: Report) -> Iterator[str]:
    yield paragraphs(section.texts)
    tables = {table.key for table in section.tables}
    pictured = {chart.key for chart in section.charts}
    for chart in section.charts:
        yield drawn_chart(chart, report, section.heading, behind=chart.key not in tables)
    for table in section.tables:
        drawn = drawn_table(table, report, section.heading)
        yield folded(drawn) if table.key in pictured else drawn
    yield paragraphs(section.notes, "note")


def _definitions(facts: Facts) -> str:
    if not facts.definitions:
        return ""
    told = "".join(
        element("dt", words(term), id=f"d-{key}") + element("dd", words(text)) for key, term, text in facts.definitions
    )
    heading = element("h2", words(_("Definitions")), id="h-definitions")
    return element("section", heading, element("dl", told, class_="terms"), id="definitions",
                   aria_labelledby="h-definitions")  # fmt: skip


def _foot(facts: Facts) -> str:
    return element("footer", paragraphs(facts.foot, "note")) if facts.foot else ""


class _Reader(HTMLParser):
    """Finds the cells that hold figures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.figures: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A figure stands in a cell of its own class."""
        if tag == "td":
            self._inside = "n" in (dict(attrs).get("class") or "").split()
            self.figures += [""] if self._inside else []

    def handle_endtag(self, tag: str) -> None:
        """What follows the cell is no figure."""
        self._inside = self._inside and tag != "td"

    def handle_data(self, data: str) -> None:
        """What is read in it."""
        if self._inside:
            self.figures[-1] += data
