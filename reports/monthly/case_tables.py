# SPDX-License-Identifier: Apache-2.0
"""The printed tables of case work: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reports.kit.tables import Column, Row, Table, table
from reports.kit.words import number
from reports.monthly.assistance import Given
from reports.monthly.complaints import Complaints
from reports.monthly.counts import UNKNOWN, Counted
from reports.monthly.follow_up_lines import PROMISED, Due, DueLine
from reports.monthly.plans import Plans
from reports.monthly.referrals import ReferralLine, Referred, together
from reports.monthly.words import COMPLAINT_GROUPS
from resource_centre.i18n import _
from resource_centre.vocabulary import vocabulary

Cells = tuple[str, ...]


class CaseTables:
    """The tables of case work in one language; the language must be active while they are made."""

    def __init__(self, language: str) -> None:
        self._language = language

    def plans(self, found: Plans, counted: Callable[[Counted], Cells], columns: Sequence[Column]) -> Table:
        """R14, first part: people with a first plan, by sex; `columns` and `counted` are those of tables of people."""
        rows = [
            Row((_("First plans made"), *counted(found.made))),
            Row((_("of these in good time"), *counted(found.in_time)), indent=1),
        ]
        return table(columns, rows)

    def goals(self, found: Plans) -> Table:
        """R14, second part: goals by dimension."""
        columns = [Column(_("Dimension"), numeric=False)]
        for group in self._groups():
            columns += [Column(_("Goals"), group=group), Column(_("Reached"), group=group)]
        rows = [
            Row((self._label("dimension", line.dimension), *self._pairs(line.planned, line.reached)))
            for line in found.goals
        ]
        sums = self._pairs(*(_added(getattr(line, name) for line in found.goals) for name in ("planned", "reached")))
        return table(columns, [*rows, Row((_("Together"), *sums), "total")])

    def follow_ups(self, lines: Sequence[DueLine]) -> Table:
        """R16: what became of what was due, in the month and the year."""
        columns = [Column(_("Step of the schedule"), numeric=False)]
        for group in self._groups()[:2]:
            heads = (_("Due"), _("On time"), _("Later"), _("Not done"), _("Not reached"))
            columns += [Column(words, group=group) for words in heads]
        rows = [Row((self._interval(line.interval), *self._due(line.month), *self._due(line.year))) for line in lines]
        month, year = (sum((getattr(line, name) for line in lines), Due()) for name in ("month", "year"))
        return table(columns, [*rows, Row((_("Together"), *self._due(month), *self._due(year)), "total")])

    def referrals(self, lines: Sequence[ReferralLine], group: str, name: str) -> Table:
        """R18 of one period: by kind of provider."""
        heads = (_("Sent"), _("Accepted"), _("Completed"), _("Refused"), _("Waiting"))
        columns = [Column(_("Kind of provider"), numeric=False), *(Column(words, group=group) for words in heads)]
        columns += [Column(_("over 14 days"), group=group, width=40), Column(_("Median days"), group=group)]
        shown = [(line, getattr(line, name)) for line in lines]
        rows = [
            Row((self._label("provider_type", line.provider_type), *self._referred(one)))
            for line, one in shown
            if one.made
        ]
        sums = self._referred(getattr(together(lines), name))
        return table(columns, [*rows, Row((_("Together"), *sums), "total")])

    def complaints(self, found: Complaints) -> Table:
        """R19, first part: how many."""
        columns = [Column(_("Group of kinds"), numeric=False)]
        for group in self._groups():
            columns += [Column(_("New"), group=group, width=26), Column(_("Closed"), group=group, width=26)]
        columns.append(Column(_("Open now"), strong=True))
        rows = [
            Row((self._group(line.group), *self._pairs(line.new, line.closed), self._n(line.open)))
            for line in found.lines
        ]
        sums = self._pairs(*(_added(getattr(line, name) for line in found.lines) for name in ("new", "closed")))
        open_now = self._n(sum(line.open for line in found.lines))
        return table(columns, [*rows, Row((_("Together"), *sums, open_now), "total")])

    def money(self, found: Complaints) -> Table:
        """R19, second part: claimed and recovered in each currency."""
        columns = [Column(_("Currency"), numeric=False)]
        for group in self._groups():
            columns += [Column(_("Claimed"), group=group), Column(_("Recovered"), group=group)]
        rows = [
            Row((self._label("currency", one.currency), *self._pairs(one.claimed, one.recovered)))
            for one in found.money
        ]
        return table(columns, rows)

    def given(self, found: Sequence[Given], heading: str, list_name: str) -> Table:
        """Assistance by kind, or contributions by source."""
        columns = [Column(heading, numeric=False), Column(_("Currency"), numeric=False, width=46)]
        for group in self._groups():
            columns += [Column(_("Times"), group=group), Column(_("Amount"), group=group)]
        rows = [
            Row((self._label(list_name, one.code), one.currency, *self._pairs(one.count, one.amount))) for one in found
        ]
        return table(columns, rows)

    def _groups(self) -> tuple[str, str, str]:
        return _("Month"), _("Year"), _("Project")

    def _pairs(self, one: Sequence[int], other: Sequence[int]) -> Cells:
        """Both figures of the month, then of the year, then of the project."""
        return tuple(self._n(value) for pair in zip(one, other, strict=True) for value in pair)

    def _due(self, due: Due) -> Cells:
        return tuple(self._n(value) for value in (due.due, due.on_time, due.late, due.open, due.lost))

    def _referred(self, one: Referred) -> Cells:
        counts = (one.made, one.accepted, one.completed, one.refused, one.pending, one.waiting_long)
        decimals = 0 if one.median_days is None or one.median_days.is_integer() else 1
        return (*(self._n(value) for value in counts), number(one.median_days, self._language, decimals=decimals))

    def _interval(self, code: str) -> str:
        return _("Other follow-ups") if code == PROMISED else self._label("follow_up_interval", code)

    def _group(self, code: str) -> str:
        return _(COMPLAINT_GROUPS[code]) if code in COMPLAINT_GROUPS else _("Not known")

    def _label(self, list_name: str, code: str) -> str:
        if code == UNKNOWN and code not in vocabulary(list_name):
            return _("Not known")
        return vocabulary(list_name).label(code, self._language)

    def _n(self, value: int) -> str:
        return number(value, self._language)


def _added(each: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*each, strict=True)) or (0, 0, 0)
