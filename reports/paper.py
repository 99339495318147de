# SPDX-License-Identifier: Apache-2.0
"""Any report on A4: what a coordinator signs or a ministry reads. The paper's language is the report's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer

from reports.kit import styles
from reports.kit.charts import ChartDrawing, plan_chart
from reports.kit.columns import TwoColumns, height_of
from reports.kit.files import write_whole
from reports.kit.fonts import register
from reports.kit.pages import PageSetup, draw_pages
from reports.kit.signatures import Signatures
from reports.kit.tables import Box
from reports.kit.text import LACKING, paragraph, plain
from reports.kit.title import KeyFigures, TitleBlock
from reports.paper_tables import Drawing, with_notes
from reports.tables.model import Chart, Facts, Report, Section, Table
from reports.tables.words import hidden_words
from resource_centre.i18n import _, using

Progress = Callable[[str], None]
Place = tuple[int, float, float, float, float, str]
_BEAT: Final = 500
"""After so many figures the work says that it goes on."""
ANNEX: Final = "annex"
"""Sections whose key begins so stand behind the signatures."""
_CHART_HEIGHT: Final = 110.0
_ABOVE: Final = styles.STEP * 1.4
"""White above a section."""
_UNBROKEN: Final = 0.45
"""What is lower than this share of the page moves to the next page rather than being broken."""
_BEGINNING: Final = styles.STEP * 11
"""So much of what is higher stands below its heading."""


@dataclass(frozen=True)
class Placed:
    """A report as a PDF, and where its figures stand: page (from 0), left, bottom, width, height, key of the figure."""

    pdf: bytes
    places: tuple[Place, ...]


def draw(report: Report, path: Path, *, progress: Progress = lambda _stage: None) -> Path:
    """Write the report to `path`, whole or not at all; raises `EnvironmentFailed` when the disk says no.

    `progress` is told each stage, draw and write, the second again and again: what it raises ends the work.
    """
    return write_whole(path, pages(report, progress=progress))


def pages(report: Report, *, progress: Progress = lambda _stage: None, invariant: bool = False) -> bytes:
    """The report as a PDF. `invariant` makes equal reports equal bytes."""
    return placed(report, progress=progress, invariant=invariant).pdf


def placed(report: Report, *, progress: Progress = lambda _stage: None, invariant: bool = False) -> Placed:
    """The report as a PDF for a window in which every figure opens."""
    register()
    places: list[Place] = []

    def noted(page: int, box: Box, key: str) -> None:
        if len(places) % _BEAT == 0:
            progress("write")
        places.append((page, *box, key))

    with using(report.facts.language):
        progress("draw")
        story = _Story(report.facts, Drawing(report.facts.language, report.facts.threshold, noted)).of(report.sections)
        progress("write")
        return Placed(draw_pages(story, setup_of(report.facts), invariant=invariant), tuple(places))


def setup_of(facts: Facts) -> PageSetup:
    """What stands on every page; the language of the report must be active."""
    mark = _("CONFIDENTIAL") if facts.audience == "internal" else _("FOR PUBLICATION")
    title = f"{facts.title} · {facts.period_words}"
    return PageSetup(title=title, centre_name=facts.centre_name, language=facts.language, mark=mark)


class _Story:
    """A report as what is drawn, from its title to the last table of its annex."""

    def __init__(self, facts: Facts, drawing: Drawing) -> None:
        self._facts, self._drawing = facts, drawing

    def of(self, sections: tuple[Section, ...]) -> list[Flowable]:
        """Everything; the language of the report must be active."""
        annex = [one for one in sections if one.key.startswith(ANNEX)]
        story: list[Flowable] = [*_opening(self._facts)]
        for section in sections:
            if section not in annex:
                story += self._section(section)
        story += [PageBreak(), *_definitions(self._facts), *_about(self._facts)]
        behind = [part for section in annex for part in self._section(section)]
        if behind:
            story += [PageBreak(), paragraph(_("Annex"), styles.TITLE_STYLE), *behind]
        return story

    def _section(self, section: Section) -> list[Flowable]:
        """A heading with what follows it; each table keeps its title, and a short section is not broken."""
        blocks = [block for block in self._blocks(section) if block]
        if not blocks:
            return []
        notes = [*section.notes, *_hidden(section, self._facts), *_lacking(_words_of(section))]
        blocks[-1] += [paragraph(words, styles.NOTE_STYLE) for words in notes]
        heads = _heads(section)
        first, *others = blocks = [with_notes(block) for block in blocks]
        whole = [part for block in blocks for part in block]
        if _height(whole) < styles.PAGE[1] * _UNBROKEN:
            return [_room(heads, whole), *heads, *whole]
        story = [_room(heads, first), *heads, *first]
        for block in others:
            story += [_room([], block), *block]
        return story

    def _blocks(self, section: Section) -> Iterator[list[Flowable]]:
        """What belongs together: the texts, a chart, a table with its title and notes."""
        yield [*_texts(section.texts)]
        for chart in section.charts:
            yield [*_titled(chart.title, section), _chart(chart, self._facts.language)]
        pictured = {chart.key for chart in section.charts}
        shown = [table for table in section.tables if table.key not in pictured]
        for at, table in enumerate(shown):
            made = self._table(table, section, alone=len(shown) == 1)
            yield [Spacer(1, styles.STEP / 2), *made] if at and made else made

    def _table(self, table: Table, section: Section, *, alone: bool) -> list[Flowable]:
        parts = self._drawing.drawn(table)
        if not parts:
            return []
        headed = getattr(parts[0], "style", None) is styles.TERM_STYLE
        title = [Spacer(1, styles.STEP / 3)] if headed else [] if alone else _titled(table.title, section)
        return [*title, *parts, *(paragraph(words, styles.NOTE_STYLE) for words in table.notes)]


def _opening(facts: Facts) -> Iterator[Flowable]:
    name = " · ".join(part for part in (facts.centre_name, facts.scope_words) if part)
    yield TitleBlock(facts.title, facts.period_words, name)
    yield from (paragraph(words, styles.TERM_STYLE) for words in facts.marks)
    lacking = [*_lacking((facts.title, name, *facts.marks))]
    yield from (paragraph(words, styles.NOTE_STYLE) for words in lacking)
    if facts.marks or lacking:
        yield Spacer(1, styles.STEP * 0.75)
    if facts.key_figures:
        yield KeyFigures(facts.key_figures)


def _heads(section: Section) -> list[Flowable]:
    opening = [(section.number, styles.LABEL_STYLE)] if section.number else []
    words = [*opening, (section.heading, styles.HEADING_STYLE)]
    heads = [paragraph(text, style) for text, style in words]
    # Space before is left out at the head of a page; a spacer would not be.
    heads[0].spaceBefore = _ABOVE
    return [*heads]


def _titled(title: str, section: Section) -> list[Flowable]:
    if not title or title == section.heading:
        return []
    return [Spacer(1, styles.STEP / 3), paragraph(title, styles.TERM_STYLE)]


def _chart(chart: Chart, language: str) -> Flowable:
    return ChartDrawing(plan_chart(chart, language=language, width=styles.CONTENT_WIDTH, height=_CHART_HEIGHT))


def _texts(texts: tuple[str, ...]) -> Iterator[Flowable]:
    """A line break begins a paragraph, and nothing is obeyed as markup."""
    lines = [line for text in texts for line in map(plain, text.splitlines()) if line]
    if lines:
        yield Spacer(1, styles.STEP / 3)
    yield from (paragraph(line, styles.BODY_STYLE) for line in lines)


def _words_of(section: Section) -> Iterator[str]:
    """Everything of it that is read and is no figure."""
    yield from (section.heading, *section.texts, *section.notes)
    for chart in section.charts:
        yield from (chart.title, *chart.labels, *(series.name for series in chart.series))
    for table in section.tables:
        yield from (table.title, *table.heads, *table.notes)
        yield from (words for column in table.columns for words in (column.heading, column.group))
        yield from (words for row in table.rows for words in row.words)


def _lacking(said: Iterable[str]) -> Iterator[str]:
    """What the sign for letters without a shape means, where it stands: most words are plain and need no look."""
    if any(LACKING in plain(words) for words in said if not words.isascii()):
        yield _("{sign} stands for characters that cannot be printed.").format(sign=LACKING)


def _hidden(section: Section, facts: Facts) -> Iterator[str]:
    """What the signs for left out figures mean, under the tables that have them."""
    cells = (cell for table in section.tables for _key, cell in table.cells())
    if facts.threshold is not None and any(cell.hidden for cell in cells):
        yield hidden_words(facts.threshold)


def _room(heads: list[Flowable], block: list[Flowable]) -> Flowable:
    """A new page unless the heading and what is below it, or the beginning of that, still stand on this one."""
    height = _height(block)
    together = height if height < styles.PAGE[1] * _UNBROKEN else max(_BEGINNING, _beginning(block))
    return CondPageBreak(together + _height(heads) + (_ABOVE if heads else 0) + styles.STEP / 2)


def _beginning(block: list[Flowable]) -> float:
    """The height of what stands above a table and of its first rows, which go nowhere without each other."""
    above = list(takewhile(lambda part: not hasattr(part, "least_height"), block))
    table = block[len(above)] if len(above) < len(block) else None
    return _height(above) + getattr(table, "least_height", 0.0)


def _height(parts: list[Flowable]) -> float:
    """With the white between them, of which a little more is reckoned than there will be."""
    heights: list[float] = [
        part.getSpaceBefore() + part.wrap(styles.CONTENT_WIDTH, styles.PAGE[1])[1] + part.getSpaceAfter()
        for part in parts
    ]
    return sum(heights)


def _definitions(facts: Facts) -> list[Flowable]:
    """In two columns: lines across the whole page would be too long to read."""
    if not facts.definitions:
        return []
    heading = [paragraph(_("Definitions"), styles.HEADING_STYLE), Spacer(1, styles.STEP / 2)]
    terms = [
        [paragraph(term, styles.TERM_STYLE), paragraph(text, styles.BODY_STYLE)]
        for _key, term, text in facts.definitions
    ]
    said = (words for _key, term, text in facts.definitions for words in (term, text))
    terms += [[paragraph(words, styles.NOTE_STYLE)] for words in _lacking(said)]
    if any(height_of(term) > styles.PAGE[1] / 2 for term in terms):
        return [*heading, *(part for term in terms for part in term)]
    return [*heading, TwoColumns(terms)]


def _about(facts: Facts) -> list[Flowable]:
    """As of when and what was checked, with the names of those who sign for it below."""
    roles = (_("Prepared by"), _("Checked by"), _("Approved by"))
    sentences = [paragraph(sentence, styles.NOTE_STYLE) for sentence in facts.foot]
    return [KeepTogether([Spacer(1, styles.STEP), *sentences, Spacer(1, styles.STEP * 2), Signatures(roles)])]
