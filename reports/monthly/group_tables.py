# SPDX-License-Identifier: Apache-2.0
"""The printed tables of savings groups: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, Spacer

from reports.kit import styles
from reports.kit.tables import Column, Row, Table, table
from reports.kit.text import paragraph
from reports.kit.words import number, percent
from reports.monthly.savings_groups import SavingsGroups
from resource_centre.i18n import _
from resource_centre.services.rules import rule

Section = Callable[..., list[Flowable]]


def group_section(found: SavingsGroups, language: str, section: Section) -> list[Flowable]:
    """R22, second half: left out by a centre without groups."""
    if not found.groups:
        return []
    note = _("The money of a savings group is its own. It is written down here and is no money of the project.")
    parts: list[Flowable] = [_now(found, language), Spacer(1, styles.STEP / 2), _done(found, language)]
    if found.unexplained:
        words = _("Meetings at which the box did not come out and nobody said why: {n}.").format(n=found.unexplained)
        parts.append(paragraph(words, styles.NOTE_STYLE))
    return section("R22", _("Savings groups"), *parts, paragraph(note, styles.NOTE_STYLE))


def _now(found: SavingsGroups, language: str) -> Table:
    columns = [Column(_("At the end of the month"), numeric=False), Column("", strong=True, width=90)]
    days = int(rule("group_arrears_days"))
    rows = [
        Row((_("Groups"), number(found.groups, language))),
        Row((_("Members"), number(found.members.total, language))),
        Row((_("women"), number(found.members.women, language)), indent=1),
        Row((_("men"), number(found.members.men, language)), indent=1),
    ]
    if found.members.unknown:
        rows.append(Row((_("sex not known"), number(found.members.unknown, language)), indent=1))
    risk = _("of these late for more than {days} days (PAR)").format(days=days)
    rows += [
        Row((_("Savings of the cycles under way (Rp)"), number(found.saved_now, language))),
        Row((_("Loans outstanding (Rp)"), number(found.outstanding, language))),
        Row((risk, percent(None if found.at_risk is None else found.at_risk * 100, language)), indent=1),
    ]
    return table(columns, rows)


def _done(found: SavingsGroups, language: str) -> Table:
    columns = [Column("", numeric=False), Column(_("Month"), strong=True), Column(_("Year")), Column(_("Project"))]

    def row(words: str, figures: Sequence[int]) -> Row:
        return Row((words, *(number(one, language) for one in figures)))

    rows = [
        row(_("Meetings held"), found.meetings),
        row(_("Saved (Rp)"), found.saved),
        row(_("Share-outs"), found.share_outs),
        row(_("Shared out (Rp)"), found.shared_out),
    ]
    return table(columns, rows)
