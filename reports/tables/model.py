# SPDX-License-Identifier: Apache-2.0
"""A table of a report: words, figures, and what everybody knows about how its figures hang together.

Words are those of the report's language; keys are codes and the same in every language, so that a figure is found
again by its key: table, row and column, as ``R6/PMI/month.P``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Literal

from reports.disclosure.sums import Sum

Unit = Literal["people", "count", "hours", "money", "percent", "points", "score", "days", "mean", "minutes"]
Kind = Literal["body", "total", "section", "quiet"]
Topic = Literal["", "health", "trafficking", "violence"]
CellId = str
COUNTED: Final = frozenset({"people", "count"})
"""Units of which every one is somebody or something: only of these a small number tells of somebody."""
SUPPRESSED: Final = "<"
"""Stands before the threshold where a number is hidden, as in ``<5``."""


@dataclass(frozen=True)
class Cell:
    """One figure. `value` is None where there is nothing to tell, such as a mean over nobody.

    `of` names the cells it was worked out from, numerator first: a share, a mean or a difference of hidden figures is
    hidden with them. `pairs` says of how many a mean was made. `blank`: this row has no such figure.
    """

    value: float | int | None = None
    unit: Unit = "count"
    decimals: int = 0
    signed: bool = False
    of: tuple[CellId, ...] = ()
    pairs: int | None = None
    part: int | None = None
    """Of a share of `pairs`, how many do, where no figure of the report says it: a small part is hidden with its share,
    and so is what a small part of them does not do."""
    repeats: bool = False
    """Says once more what the one figure of `of` says: told where that is told."""
    blank: bool = False
    hidden: bool = False
    """Left out of what is published; its value is None then."""
    few: bool = False
    """Hidden because it counts a few itself, which is said, rather than for the sake of others."""

    @property
    def counted(self) -> bool:
        """Whether it counts somebody or something, rather than being worked out."""
        return self.unit in COUNTED and not self.of and not self.blank


BLANK: Final = Cell(blank=True)


@dataclass(frozen=True)
class Column:
    """A column of figures: its key (``month.P``), its heading and that of its group; what it is for other programs."""

    key: str
    heading: str
    group: str = ""
    strong: bool = False
    hxl: str = ""
    """Hashtag and attributes, as ``#reached+f``."""
    width: float | None = None
    """Least width on paper, in points; a thirtieth of a page or so where several tables are to stand alike."""
    short: str = ""
    """A shorter heading for where there is little room; it is explained under the table then."""


@dataclass(frozen=True)
class Row:
    """A line: its key (a code), its words (one for each head of the table) and its figures (one for each column)."""

    key: str
    words: tuple[str, ...]
    cells: tuple[Cell, ...]
    kind: Kind = "body"
    indent: int = 0
    terms: tuple[str, ...] = ()
    """Keys of the definitions of this row's figures, where the table's do not say enough."""
    untyped: tuple[str, ...] | None = None
    """What is published in place of `words` that were typed at the centre; without any the row is not published."""
    topic: Topic | None = None
    """Its own, where it is not that of the table: whether nought tells something of somebody already."""


@dataclass(frozen=True)
class Table:
    """A table of a report. `heads` are the headings of its columns of words, `widths` their widths on paper (points).

    `terms` are the keys of the definitions that say what its figures mean; `topic` is set where a small number would
    tell of health, trafficking or violence: then it is not published of less than a regency. `opens`: whether its
    figures lead to records. Every row has as many words as there are heads and as many figures as there are columns
    (`ValueError` otherwise).
    """

    key: str
    title: str
    heads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...] = ()
    notes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    topic: Topic = ""
    widths: tuple[float | None, ...] = ()
    additive: bool = True
    """Whether a longer period is its months together: sessions are, different people are not."""
    opens: bool = True
    empty: str = ""
    """What is said instead where there are no rows."""

    def __post_init__(self) -> None:
        if any(len(row.words) != len(self.heads) or len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a row has as many words and figures as its table has columns")

    def topic_of(self, row: Row) -> Topic:
        """What the figures of a row tell of."""
        return self.topic if row.topic is None else row.topic

    @property
    def number(self) -> str:
        """The number of the table in the report, as R13; a part of it has the same."""
        return self.key.partition(".")[0] if self.key.startswith("R") else ""

    def cell_id(self, row: Row, column: Column) -> CellId:
        """The key of one figure."""
        return f"{self.key}/{row.key}/{column.key}"

    def cells(self) -> Iterator[tuple[CellId, Cell]]:
        """Every figure with its key, in reading order."""
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=True):
                yield self.cell_id(row, column), cell

    def with_cells(self, changed: Mapping[CellId, Cell]) -> Table:
        """The same table with some figures replaced."""
        rows = (
            replace(row, cells=tuple(changed.get(self.cell_id(row, column), cell) for column, cell in pairs))
            for row in self.rows
            for pairs in (list(zip(self.columns, row.cells, strict=True)),)
        )
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True)
class Section:
    """A part of the report: tables under one number and heading, texts, or a chart; empty ones are not printed."""

    key: str
    heading: str
    tables: tuple[Table, ...] = ()
    texts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    typed: bool = False
    """Whether its heading was typed at the centre: then that is not published."""
    narrative: bool = False
    """Whether its texts were written to the month for its readers: published only when that is asked for."""

    @property
    def number(self) -> str:
        """The number printed above the heading; empty for none."""
        return self.key.partition(".")[0] if self.key.startswith("R") else ""


@dataclass(frozen=True)
class ChartSeries:
    """One named row of figures of a chart, one for each label; `of` are the figures' keys, for what is hidden.

    None is nothing to tell: a gap, never nought. `hidden` says for each label what is read instead where the figure is
    left out of what is published (``<5``), empty where it is shown; its value is then None too.
    """

    name: str
    values: tuple[float | None, ...]
    of: tuple[CellId, ...] = ()
    hidden: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    """Labels whose figure cannot be compared with the one before: no line is drawn between the two."""

    def sign(self, at: int) -> str:
        """What stands for a hidden figure; empty where it is shown."""
        return self.hidden[at] if at < len(self.hidden) else ""


@dataclass(frozen=True)
class Chart:
    """A picture of figures: what it shows, drawn alike on paper, screen and web page.

    `kind`: bars stand on one another, lines run through the labels, across are bars that lie, for long labels. A label
    may have a line break. The axis begins at nought. Up to four series can be told apart. `words` tell in text what it
    shows; without them every figure is told.
    """

    key: str
    title: str
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    kind: Literal["bars", "lines", "across"] = "bars"
    unit: Unit = "people"
    words: str = ""
    strong: int | None = None
    """The label the report is about, printed bold."""
    places: tuple[float, ...] = ()
    """Where the labels of lines stand, from 0 to 1; evenly without."""
    highest: float | None = None
    """The end of a scale that has one, such as 100 of a score."""
    bands: tuple[tuple[str, float], ...] = ()
    """Named stretches of the scale, each with where it begins."""

    def __post_init__(self) -> None:
        if any(len(row.values) != len(self.labels) for row in self.series):
            raise ValueError("a series has one figure for each label")


@dataclass(frozen=True)
class Facts:
    """What stands around the tables: what the report is, of which period and place, for whom, as of when."""

    title: str
    period_words: str
    first: str
    last: str
    """ISO days."""
    centre_name: str
    language: str
    audience: Literal["internal", "public"] = "internal"
    threshold: int | None = None
    scope_words: str = ""
    """The place, project or fund it is about; empty for the whole centre."""
    place: str | None = None
    """Code of the place it is about."""
    fund: str | None = None
    """Code of the project that pays for what it is about."""
    periods: tuple[tuple[str, str, str], ...] = ()
    """Of each period of the columns: its key (month, year, project), first and last ISO day."""
    cut_off: str = ""
    """ISO moment."""
    version: str = ""
    hidden: int = 0
    """How many figures are left out."""
    marks: tuple[str, ...] = ()
    """Sentences that stand under the title, such as that the month was handed over."""
    foot: tuple[str, ...] = ()
    """Sentences at the end: as of when, what was checked, the digest."""
    key_figures: tuple[tuple[str, str, str], ...] = ()
    """Number, name, and a second line for each."""
    key_cells: tuple[tuple[CellId, ...], ...] = ()
    """For each key figure the keys of all figures it tells; one without is left out of what is published."""
    definitions: tuple[tuple[str, str, str], ...] = ()
    """Key, term and text of every definition."""


@dataclass(frozen=True)
class Report:
    """A whole report, ready to be written in any form."""

    facts: Facts
    sections: tuple[Section, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """The figures as typed data for JSON; empty for a publication, of which only the tables leave the centre."""

    def tables(self) -> Iterator[Table]:
        """All tables in reading order."""
        for section in self.sections:
            yield from section.tables

    def table(self, key: str) -> Table:
        """The table of this key. KeyError when there is none."""
        return {table.key: table for table in self.tables()}[key]

    def rows(self) -> int:
        """How many rows of figures all tables have together: what a copy is counted against."""
        return sum(len(table.rows) for table in self.tables())


def figure(value: float | Decimal | None, unit: Unit = "count", **facts: Any) -> Cell:
    """A cell; a decimal of a database becomes a plain number."""
    plain = (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else value
    return Cell(plain, unit, **facts)


def total(of: CellId, parts: Iterable[CellId]) -> Sum:
    """What a reader knows of a total: it is its parts together."""
    return Sum(of, tuple(parts))
