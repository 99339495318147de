# SPDX-License-Identifier: Apache-2.0
"""The questionnaire drawn: facts about the asking, the questions in their order, and on an answered one its scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import Beside, Rule, space
from reports.kit.text import paragraph
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading, text
from reports.papers.intake_sheet import letters
from reports.papers.pieces import Facts, Ticks
from reports.papers.questionnaire import Figure, QuestionnairePaper
from reports.papers.questionnaire_pieces import ANSWER_STYLE, Heading, Question, Said, goes_on
from reports.papers.questionnaire_table import AskedTable
from reports.papers.questionnaire_walk import Asked, Item, Note, Table, Title
from resource_centre.i18n import _
from resource_centre.vocabulary import vocabulary

REASONS: Final = ("unknown", "refused", "not_applicable")
"""Why there is no answer, as far as a box of its own stands beside each question."""
FIGURES_BESIDE: Final = 4
LONGEST_WORDS: Final = 1200
"""In characters, words and hint together; what is longer goes on over pages like any text."""
MOST_KEPT: Final = 0.6
"""How much of a page is moved to the next one at most, so that a heading stays with its first question."""


def draw_questionnaire(paper: QuestionnairePaper) -> bytes:
    """The PDF of a questionnaire."""
    mark = CONFIDENTIAL if paper.confidential else ""
    return draw_paper(paper.heading, lambda: _story(paper), mark=mark, foot=paper.version)


def _story(paper: QuestionnairePaper) -> list[Flowable]:
    story: list[Flowable] = [FormHead(paper.heading, _lead(paper), coded=_coded(paper)), *_asking(paper)]
    story += questions(paper.items, blank=paper.blank)
    if paper.remarks:
        story += [*subheading(_("Remarks")), *text(paper.remarks)]
    return [*story, *_scores(paper)]


def questions(items: Sequence[Item], *, blank: bool) -> list[Flowable]:
    """The questions in their order; on a `blank` paper with a box each for why there is no answer."""
    return _kept([flowable for item in items for flowable in _drawn(item, blank=blank)])


def _coded(paper: QuestionnairePaper) -> bool:
    return bool(paper.heading.number)


def _lead(paper: QuestionnairePaper) -> str:
    if paper.blank:
        return _("Ask in this order. Nobody has to answer.")
    if paper.unfinished:
        return _("Not finished. Questions that do not apply are left out.")
    return _("Questions that did not apply are left out.")


def _asking(paper: QuestionnairePaper) -> list[Flowable]:
    drawn: list[Flowable] = [Facts(paper.facts, columns=3, fill=paper.blank)]
    for ticks in paper.ticks:
        options = [(option.label, option.ticked) for option in ticks.options]
        inside = Ticks(options, size=styles.SMALL.size + 0.6, width=styles.CONTENT_WIDTH - 70)
        name = paragraph(ticks.name, styles.NOTE_STYLE)
        drawn.append(Beside([(62, [name]), (styles.CONTENT_WIDTH - 70, [inside])], gap=8))
    if paper.blank:
        drawn.append(paragraph(_legend(), styles.NOTE_STYLE))
    return [*drawn, space(0.3)]


def _legend() -> str:
    marks = letters()
    said = [f"{marks[code]} = {vocabulary('unanswered').label(code).lower()}" for code in REASONS]
    return _("Where there is no answer, tick why at the right: {reasons}.").format(reasons=", ".join(said))


def _drawn(item: Item, *, blank: bool) -> list[Flowable]:
    if isinstance(item, Title):
        return [Heading(item)]
    if isinstance(item, Note):
        return _said(item)
    marks = tuple(letters()[code] for code in REASONS) if blank else ()
    if isinstance(item, Table):
        return [AskedTable(item.columns, item.rows, marks)]
    return _asked(item, marks)


def _kept(drawn: list[Flowable]) -> list[Flowable]:
    """The same, with what leads to a question on the page of that question."""
    kept: list[Flowable] = []
    needed = 0.0
    for flowable in reversed(drawn):
        leads = isinstance(flowable, (Heading, Said))
        high = flowable.least() if isinstance(flowable, AskedTable) else _high(flowable)
        needed = high + (needed if leads else 0.0)
        kept.append(flowable)
        if leads:
            kept.append(CondPageBreak(min(needed, styles.PAGE[1] * MOST_KEPT)))
    return kept[::-1]


def _high(flowable: Flowable) -> float:
    _width, height = flowable.wrap(styles.CONTENT_WIDTH, styles.PAGE[1])
    return float(height + flowable.getSpaceBefore())


def _said(note: Note) -> list[Flowable]:
    if len(note.words) + len(note.hint) <= LONGEST_WORDS:
        return [Said(note.words, note.hint, note.only_if)]
    return [Said("", "", note.only_if), *text(note.words), *text(note.hint, styles.NOTE_STYLE)]


def _asked(item: Asked, marks: tuple[str, ...]) -> list[Flowable]:
    """A question; what is longer than a page is written as text instead, which goes on over pages."""
    written = _written(item.answer) if goes_on(item) else []
    if len(item.label) + len(item.hint) <= LONGEST_WORDS:
        return [Question(item, marks, label=item.label), *written]
    bare = Question(replace(item, hint="", label=""), marks, label="")
    return [*text(f"{item.number}. {item.label}"), *text(item.hint, styles.NOTE_STYLE), bare, *written]


def _written(answer: str) -> list[Flowable]:
    return [*text(answer, ANSWER_STYLE), Rule()]


def _scores(paper: QuestionnairePaper) -> list[Flowable]:
    if not paper.figures:
        return []
    drawn: list[Flowable] = [*subheading(_("Scores"))]
    for start in range(0, len(paper.figures), FIGURES_BESIDE):
        row = paper.figures[start : start + FIGURES_BESIDE]
        width = (styles.CONTENT_WIDTH - (FIGURES_BESIDE - 1) * styles.STEP) / FIGURES_BESIDE
        drawn += [Beside([(width, _figure(one)) for one in row], gap=styles.STEP), space(0.6)]
    never = _("A score never decides whether somebody gets a service.")
    drawn += [paragraph(paper.basis, styles.NOTE_STYLE), paragraph(never, styles.NOTE_STYLE)]
    return [KeepTogether(drawn)]


def _figure(figure: Figure) -> list[Flowable]:
    value = figure.value or _("Too few answers")
    style = styles.HEADING_STYLE if figure.value else styles.TERM_STYLE
    reach = _("of {low_to_high}").format(low_to_high=figure.reach) if figure.reach and figure.value else ""
    below = " · ".join(part for part in (reach, figure.answered) if part)
    drawn = [paragraph(figure.label, styles.NOTE_STYLE), paragraph(value, style)]
    drawn += [paragraph(words, styles.NOTE_STYLE) for words in (below, figure.caution) if words]
    return [*drawn]
