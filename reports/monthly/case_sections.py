# SPDX-License-Identifier: Apache-2.0
"""The sections of case work in the month's report; one without anything in it is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportlab.platypus import Flowable, Spacer

from reports.kit import styles
from reports.kit.text import paragraph
from reports.monthly.case_tables import CaseTables
from reports.monthly.figures import MonthlyFigures
from reports.monthly.tables import Tables
from resource_centre.i18n import _

Section = Callable[..., list[Flowable]]


class CaseSections:
    """Each section as the flowables under a heading, or nothing; the language must be active while they are made."""

    def __init__(self, figures: MonthlyFigures, tables: Tables, language: str, section: Section) -> None:
        self._work = figures.case_work
        self._people, self._tables = tables, CaseTables(language)
        self._section = section

    def flags(self) -> list[Flowable]:
        """R11."""
        found = self._work.flags
        if not found:
            return []
        note = paragraph(_("Who has several flags stands in several lines."), styles.NOTE_STYLE)
        return self._section("R11", _("Vulnerability"), self._people.flags(found), note)

    def cases(self) -> list[Flowable]:
        """R13 and R14."""
        flow, plans = self._work.flow, self._work.plans
        drawn: list[Flowable] = []
        if flow.known:
            tables = [self._people.case_flow(flow)]
            if flow.reasons:
                tables.append(self._people.reasons(flow.reasons))
            drawn += self._section("R13", _("Cases"), *_spaced(tables))
        if plans.known:
            tables = [self._tables.plans(plans, self._people.counted, self._people.people_columns(""))]
            if plans.goals:
                tables.append(self._tables.goals(plans))
            drawn += self._section("R14", _("Plans and goals"), *_spaced(tables))
        return drawn

    def follow_ups(self) -> list[Flowable]:
        """R16."""
        found = self._work.follow_ups
        return self._section("R16", _("Follow-ups"), self._tables.follow_ups(found)) if found else []

    def referrals(self) -> list[Flowable]:
        """R18: month and year, each if anybody was referred in it."""
        found = self._work.referrals
        periods = ((_("Month"), "month"), (_("Year"), "year"))
        shown = [
            self._tables.referrals(found, group, name)
            for group, name in periods
            if any(getattr(line, name).made for line in found)
        ]
        return self._section("R18", _("Referrals"), *_spaced(shown)) if shown else []

    def complaints(self) -> list[Flowable]:
        """R19."""
        found = self._work.complaints
        if not found.lines:
            return []
        tables = [self._tables.complaints(found)]
        if found.money:
            tables.append(self._tables.money(found))
        return self._section("R19", _("Complaints"), *_spaced(tables))

    def help(self) -> list[Flowable]:
        """Assistance and contributions."""
        given, added = self._work.help.assistance, self._work.help.contributions
        tables = [self._tables.given(given, _("Assistance given"), "assistance_kind")] if given else []
        if added:
            tables.append(self._tables.given(added, _("Contributed by"), "contribution_source"))
        return self._section("", _("Assistance and what others added"), *_spaced(tables)) if tables else []


def _spaced(tables: Sequence[Flowable]) -> Iterator[Flowable]:
    for place, one in enumerate(tables):
        if place:
            yield Spacer(1, styles.STEP / 2)
        yield one
