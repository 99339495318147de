# SPDX-License-Identifier: Apache-2.0
"""The minutes of a dialogue drawn: what was agreed first, for that is what they are kept for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.signatures import Signatures
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.papers.dialogue_minutes import DialogueMinutes
from reports.papers.event import head_facts
from reports.papers.frame import FormHead, draw_paper, subheading, text
from reports.papers.pieces import Facts
from resource_centre.i18n import _

_WITH_ROWS: Final = 120.0


def draw_minutes(paper: DialogueMinutes) -> bytes:
    """The PDF of the minutes."""
    return draw_paper(paper.heading, lambda: _story(paper))


def _story(paper: DialogueMinutes) -> list[Flowable]:
    facts = [*head_facts(paper.event), *_who(paper)]
    return [
        FormHead(paper.heading),
        Facts([(name, value) for name, value in facts if value], columns=2),
        *_heading(_("Agreed and recommended")),
        *_agreements(paper),
        *_remarks(paper),
        *_heading(_("Who took part")),
        *_people(paper),
        KeepTogether([Signatures([_("Chair"), _("For the centre")])]),
    ]


def _heading(words: str) -> list[Flowable]:
    """A heading that stays with the first rows of its table, not with all of them."""
    return [CondPageBreak(_WITH_ROWS), space(0.8), paragraph(words, styles.HEADING_STYLE), space(0.35)]


def _who(paper: DialogueMinutes) -> list[tuple[str, str]]:
    here = _("{n} by name").format(n=len(paper.people))
    besides = _("{n} counted only").format(n=paper.counted) if paper.counted else ""
    return [
        (_("Participants"), ", ".join(part for part in (here, besides) if part)),
        (_("Institutions"), str(paper.institutions or "")),
        (_("By sector"), _counted(paper.sectors)),
        (_("By country"), _counted(paper.countries)),
        (_("Partner"), paper.event.partner),
    ]


def _counted(shares: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{name}: {many}" for name, many in shares)


def _agreements(paper: DialogueMinutes) -> list[Flowable]:
    if not paper.agreements:
        return [paragraph(_("Nothing has been written down as agreed."), styles.BODY_STYLE)]
    columns = [
        Column("", width=14),
        Column(_("What"), numeric=False),
        Column(_("Kind"), numeric=False, width=66),
        Column(_("Who sees to it"), numeric=False, width=108),
        Column(_("Until"), numeric=False, width=84),
        Column(_("State"), numeric=False, width=58),
    ]
    rows = [
        Row((str(place), one.what, one.kind, one.responsible, one.until, one.state))
        for place, one in enumerate(paper.agreements, 1)
    ]
    return [table(columns, rows)]


def _remarks(paper: DialogueMinutes) -> list[Flowable]:
    return [*subheading(_("Remarks")), *text(paper.remarks)] if paper.remarks else []


def _people(paper: DialogueMinutes) -> list[Flowable]:
    if not paper.people:
        return [paragraph(_("Nobody is on the sheet by name."), styles.BODY_STYLE)]
    columns = [
        Column("", width=16),
        Column(_("Name"), numeric=False),
        Column(_("Institution"), numeric=False),
        Column(_("Sector"), numeric=False, width=104),
        Column(_("Country"), numeric=False, width=70),
    ]
    rows = [
        Row((str(place), one.name, one.organisation, one.sector, one.country))
        for place, one in enumerate(paper.people, 1)
    ]
    return [table(columns, rows)]
