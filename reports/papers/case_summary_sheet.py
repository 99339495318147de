# SPDX-License-Identifier: Apache-2.0
"""The summary of a case drawn: marked across every page, and each copy numbered."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.pages import CopyNumber
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.papers.case_summary import CaseSummary, SummaryLine
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading, text
from reports.papers.pieces import Facts, SignBoxes
from reports.papers.values import day
from resource_centre.i18n import _, ngettext


def draw_case_summary(summary: CaseSummary) -> bytes:
    """The PDF of a summary, its copies one after the other."""

    def story() -> list[Flowable]:
        drawn: list[Flowable] = []
        first = summary.heading.copy or 1
        for copy in range(first, first + summary.copies):
            drawn += [*([PageBreak()] if drawn else []), CopyNumber(copy), *_story(summary, copy)]
        return drawn

    return draw_paper(summary.heading, story, mark=CONFIDENTIAL, watermark=CONFIDENTIAL)


def _story(one: CaseSummary, copy: int) -> list[Flowable]:
    lead = _("Copy {copy}, printed on {day} by {name}. Hand it over in person and destroy it afterwards.")
    said = lead.format(copy=copy, day=day(one.heading.printed_on), name=one.heading.printed_by)
    lists = (
        (_("Goals"), _("Goal"), one.goals),
        (_("Actions"), _("Action"), one.actions),
        (_("Last counselling sessions"), _("Session"), one.last_sessions),
        (_("Referrals"), _("Referral"), one.referrals),
        (_("Complaints"), _("Complaint"), one.complaints),
        (_("Assistance given"), _("Assistance"), one.assistance),
        (_("To be done"), _("Follow-up"), one.follow_ups),
        (_("Steps of the case"), _("State"), one.steps),
    )
    return [
        FormHead(one.heading, said),
        Facts(_facts(one), columns=3),
        *_special(one),
        *([*subheading(_("What brings the person here")), *text(one.summary)] if one.summary else []),
        *(flowable for title, what, lines in lists for flowable in _list(title, what, lines)),
        SignBoxes((_("Handed over by"), _("Taken over by")), high=40),
    ]


def _facts(one: CaseSummary) -> list[tuple[str, str]]:
    return [
        (_("Name"), one.name),
        (_("Number"), one.client_number),
        (_("Sex, age"), ", ".join(part for part in (one.sex, "" if one.age is None else str(one.age)) if part)),
        (_("Village"), one.village),
        (_("Stay abroad"), one.stay),
        (_("Returned"), one.returned),
        (_("Opened on"), day(one.opened_on)),
        (_("State"), one.status),
        (_("Priority"), one.priority),
        (_("Counsellor"), one.counsellor),
        (_("Sessions held"), ngettext("{n} session", "{n} sessions", one.sessions).format(n=one.sessions)),
        (_("Flags"), ", ".join(one.flags)),
    ]


def _special(one: CaseSummary) -> list[Flowable]:
    if not one.special_protection:
        return []
    return [paragraph(_("Special protection: speak to the protection officer first."), styles.TERM_STYLE), space(0.4)]


def _list(title: str, what: str, lines: Sequence[SummaryLine]) -> list[Flowable]:
    if not lines:
        return []
    columns = [
        Column(_("Date"), numeric=False, width=88),
        Column(what, numeric=False),
        Column("", numeric=False, width=150),
    ]
    return [*subheading(title), table(columns, [Row((day(one.on), one.what, one.state)) for one in lines])]
