# SPDX-License-Identifier: Apache-2.0
"""A table on a web page: a caption, heads that say what they head, and each figure bound to its row and column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reports.data.beats import beat
from reports.data.figures import Figure
from reports.data.web_text import element, paragraphs, words
from reports.tables.model import Cell, Report, Row, Table
from reports.tables.words import cell_words, hidden_words, small
from resource_centre.i18n import _


def drawn_table(table: Table, report: Report, heading: str) -> str:
    """The table with its notes; it scrolls by itself, with the keyboard too, where it is wider than the page.

    `heading` is what stands above; a table of the same name does not say it once more, but to who listens.
    """
    name = f"t-{table.key}"
    if not table.rows:
        return paragraphs((table.empty or _("Nothing in this period."),), "note")
    head = element("thead", *_heads(table, name))
    body = element("tbody", *(_row(row, place, table, name, report) for place, row in enumerate(table.rows)))
    own = table.title and table.title != heading
    caption = element("h3", words(table.title)) if own else element("span", words(heading), class_="unseen")
    told = element("table", element("caption", caption, id=f"{name}-c"), head, body)
    room = element("div", told, class_="room", role="region", aria_labelledby=f"{name}-c", tabindex=0)
    return room + paragraphs(_notes(table, report), "note") + _meanings(table, report)


def _meanings(table: Table, report: Report) -> str:
    """Links to what the figures of the table mean."""
    wanted = dict.fromkeys([*table.terms, *(key for row in table.rows for key in row.terms)])
    terms = {key: term for key, term, _text in report.facts.definitions if key in wanted}
    links = ", ".join(element("a", words(terms[key]), href=f"#d-{key}") for key in wanted if key in terms)
    return element("p", words(_("Definitions")), ": ", links, class_="note") if links else ""


def figure_words(figure: Figure, language: str) -> str:
    """What is read where a figure stands."""
    return cell_words(figure.cell, language, figure.threshold)


def _heads(table: Table, name: str) -> Iterator[str]:
    grouped = any(column.group for column in table.columns)
    span = 2 if grouped else None
    heads = [
        element("th", words(head), scope="col", rowspan=span, class_="w") if head else element("td", rowspan=span)
        for head in table.heads
    ]
    columns = [
        element("th", words(column.heading), scope="col", id=f"{name}-k{place}")
        for place, column in enumerate(table.columns)
    ]
    if not grouped:
        yield element("tr", *heads, *columns)
        return
    yield element("tr", *heads, *_groups(table, name))
    yield element("tr", *columns)


def _groups(table: Table, name: str) -> Iterator[str]:
    for place, (group, of) in enumerate(groupby(table.columns, lambda column: column.group)):
        span = len(list(of))
        if group:
            yield element("th", words(group), scope="colgroup", colspan=span, id=f"{name}-g{place}", class_="g")
        else:
            yield element("td", colspan=span)


def _row(row: Row, at: int, table: Table, name: str, report: Report) -> str:
    beat()
    indent = f"i{min(row.indent, 4)}" if row.indent else ""
    told = [
        element("th", words(text), scope="row", id=f"{name}-r{at}" if place == 0 else None,
                class_=f"w {indent}".strip() if place == 0 else "w")
        for place, text in enumerate(row.words)
    ]  # fmt: skip
    heads = _bound(table, name) if any(column.group for column in table.columns) else None
    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if cell.blank:
            told.append("<td></td>")
            continue
        text = words(figure_words(Figure(table, row, column, cell, report.facts.threshold), report.facts.language))
        if cell.hidden:
            text = element("abbr", text, title=_left_out(cell, report.facts.threshold))
        bound = f"{name}-r{at} {heads[place]}" if heads else None
        told.append(element("td", text, class_="n s" if column.strong else "n", headers=bound))
    return element("tr", *told, class_=row.kind if row.kind != "body" else None)


def _left_out(cell: Cell, threshold: int | None) -> str:
    """What a sign for a left out figure means, for who listens."""
    if threshold is not None and small(cell, threshold):
        return _("fewer than {threshold}").format(threshold=threshold)
    return _("left out")


def _bound(table: Table, name: str) -> list[str]:
    """For each column the keys of its heads: that of its group and its own."""
    found: list[str] = []
    for place, (group, of) in enumerate(groupby(table.columns, lambda column: column.group)):
        above = f"{name}-g{place} " if group else ""
        found += [f"{above}{name}-k{len(found) + number}" for number, _column in enumerate(of)]
    return found


def _notes(table: Table, report: Report) -> tuple[str, ...]:
    threshold = report.facts.threshold
    if threshold is None or not any(cell.hidden for _key, cell in table.cells()):
        return table.notes
    return (*table.notes, hidden_words(threshold))
