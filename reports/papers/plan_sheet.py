# SPDX-License-Identifier: Apache-2.0
"""The plan drawn: one part for each dimension, the costs at the end, and three to sign."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.tables import Column, Row, Table, table
from reports.kit.text import paragraph
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading, text
from reports.papers.pieces import Facts, Lines, SignBoxes
from reports.papers.plan import DimensionPart, PlanPaper
from reports.papers.values import amount, day, partial_day
from resource_centre.i18n import N_, _

DRAFT = N_("DRAFT")
_EMPTY_ROWS = 3
_TO_WRITE = 24.0


def draw_plan(paper: PlanPaper) -> bytes:
    """The PDF of a plan."""
    return draw_paper(
        paper.heading,
        lambda: _story(paper),
        mark="" if paper.heading.blank else CONFIDENTIAL,
        watermark=DRAFT if paper.draft else "",
    )


def _story(paper: PlanPaper) -> list[Flowable]:
    lead = _("What I want to reach, what we do for it, who does it, and until when.")
    signed = SignBoxes(
        (_("Client"), _("Counsellor"), _("Coordinator")), thumb=(True,), names=(paper.name, paper.heading.printed_by)
    )
    parts = [flowable for part in paper.parts for flowable in _part(part, blank=paper.heading.blank)]
    return [
        FormHead(paper.heading, lead),
        Facts(_facts(paper), columns=3, fill=paper.heading.blank),
        *_words(paper),
        *parts,
        *_costs(paper),
        KeepTogether([space(0.5), signed]),
    ]


def _facts(paper: PlanPaper) -> list[tuple[str, str]]:
    return [
        (_("Name"), paper.name),
        (_("Number"), paper.client_number),
        (_("Returned"), partial_day(paper.returned)),
        (_("Made on"), day(paper.made_on)),
        (_("Version"), "" if paper.heading.blank else str(paper.edition)),
        (_("To be reviewed on"), day(paper.review_on)),
        (_("Prepared with"), paper.prepared_with),
    ]


def _words(paper: PlanPaper) -> list[Flowable]:
    told = (
        (_("My own goal"), paper.own_goal),
        (_("What helps me"), paper.strengths),
        (_("What makes it hard"), paper.obstacles),
    )
    if paper.heading.blank:
        return [Lines(2, label=name) for name, _words_ in told]
    return [
        flowable
        for name, words in told
        if words
        for flowable in (paragraph(name, styles.TERM_STYLE), *text(words), space(0.2))
    ]


def _part(part: DimensionPart, *, blank: bool) -> list[Flowable]:
    if not blank and not (part.needs or part.goals or part.actions):
        return []
    drawn: list[Flowable] = [*subheading(part.title)]
    if part.needs:
        drawn += [paragraph(f"{_('Needs')}: {'; '.join(part.needs)}", styles.BODY_STYLE)]
    if blank:
        drawn.append(Lines(1, label=_("Needs")))
    if part.goals or blank:
        drawn.append(_goals(part, blank=blank))
    if part.actions or blank:
        drawn.append(_actions(part, blank=blank))
    return drawn


def _goals(part: DimensionPart, *, blank: bool) -> Table:
    columns = [Column(_("Goal"), numeric=False), Column(_("State"), numeric=False, width=110)]
    rows = [Row((goal, state)) for goal, state in part.goals] or [Row(("", ""))]
    return table(columns, [*rows, *([Row(("", ""))] if blank else [])], least=_TO_WRITE if blank else 0.0)


def _actions(part: DimensionPart, *, blank: bool) -> Table:
    columns = [
        Column(_("Action"), numeric=False),
        Column(_("Responsible"), numeric=False, width=105),
        Column(_("Until"), numeric=False, width=84),
        Column(_("Cost"), width=62),
        Column(_("State"), numeric=False, width=68),
    ]
    rows = [Row((one.action, one.responsible, day(one.due_on), amount(one.cost), one.status)) for one in part.actions]
    if blank:
        rows = [Row(("", "", "", "", ""))] * _EMPTY_ROWS
    elif part.cost:
        rows.append(Row((_("Together"), "", "", amount(part.cost), ""), "total"))
    return table(columns, rows, least=_TO_WRITE if blank else 0.0)


def _costs(paper: PlanPaper) -> list[Flowable]:
    if paper.heading.blank or not paper.cost:
        return []
    words = _("All actions together: {amount}").format(amount=amount(paper.cost))
    return [space(0.5), paragraph(words, styles.TERM_STYLE)]
