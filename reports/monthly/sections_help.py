# SPDX-License-Identifier: Apache-2.0
"""Money that moves: R19 complaints with what was claimed and recovered, assistance and what others added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.monthly.assistance import Given
from reports.monthly.columns import COUNTED, MONEY, measure
from reports.monthly.complaints import SPECIAL_GROUP, ComplaintLine, Complaints, Money
from reports.monthly.figures import MonthlyFigures
from reports.monthly.sections_cases import added, pair_columns, pairs
from reports.monthly.setting import Setting
from reports.monthly.words import COMPLAINT_GROUPS
from reports.tables.building import body_keys, with_topics, with_total
from reports.tables.model import Cell, Column, Row, Section, Table, figure
from resource_centre.i18n import _


def complaints_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R19. What only a protection officer reads is one group among the others, so its topic is that of the table."""
    found = figures.case_work.complaints
    if not found.lines:
        return None
    heading = _("Complaints")
    tables = [_complaints(found, heading, setting), *([_money(found, setting)] if found.money else [])]
    return Section("R19", heading, tuple(tables))


def _complaints(found: Complaints, heading: str, setting: Setting) -> Table:
    columns = pair_columns(setting, ("new", _("New")), ("closed", _("Closed")), width=26)
    last = Column("open", _("Open now"), strong=True, hxl=f"{COUNTED}+open")
    rows = [Row(line.group, (_group(line),), (*pairs(setting, line.new, line.closed), figure(line.open)))
            for line in found.lines]  # fmt: skip
    parts = body_keys(rows)
    new, closed = added([one.new for one in found.lines]), added([one.closed for one in found.lines])
    open_now = figure(sum(line.open for line in found.lines))
    rows.append(Row("total", (_("Together"),), (*pairs(setting, new, closed), open_now), "total"))
    table = Table(
        "R19", heading, (_("Group of kinds"),), (*columns, last), tuple(rows), terms=("complaints", "protection"),
        topic="trafficking",
    )  # fmt: skip
    return with_topics(with_total(table, parts), SPECIAL_GROUP)


def _group(line: ComplaintLine) -> str:
    return _(COMPLAINT_GROUPS[line.group]) if line.group in COMPLAINT_GROUPS else _("Not known")


def _money(found: Complaints, setting: Setting) -> Table:
    names = (("claimed", _("Claimed")), ("recovered", _("Recovered")))
    columns = tuple(measure(one, name, words, hxl=MONEY) for one in setting.periods for name, words in names)
    rows = (
        Row(
            one.currency,
            (setting.label("currency", one.currency),),
            tuple(_amounts(setting, one)),
        )
        for one in found.money
    )
    title = _("What was claimed and recovered")
    return Table(
        "R19.money", title, (_("Currency"),), columns, tuple(rows), terms=("complaints",), topic="trafficking",
    )  # fmt: skip


def _amounts(setting: Setting, one: Money) -> Iterator[Cell]:
    for shown in setting.periods:
        yield figure(one.claimed[shown.at], "money", pairs=one.claimants[shown.at])
        yield figure(one.recovered[shown.at], "money", pairs=one.paid[shown.at])


def help_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """Assistance given by kind and contributions by source, each currency by itself."""
    given, gained = figures.case_work.help.assistance, figures.case_work.help.contributions
    tables = []
    if given:
        tables.append(_given("assistance", _("Assistance given"), _("Kind"), given, "assistance_kind", setting))
    if gained:
        tables.append(_given("contributions", _("Contributed by"), _("Source"), gained, "contribution_source", setting))
    return Section("help", _("Assistance and what others added"), tuple(tables)) if tables else None


def _given(key: str, title: str, heading: str, found: Sequence[Given], list_name: str, setting: Setting) -> Table:
    columns = tuple(column for one in setting.periods for column in (
        measure(one, "times", _("Times")), measure(one, "amount", _("Amount"), hxl=MONEY)
    ))  # fmt: skip
    rows = (
        Row(f"{one.code}.{one.currency or 'none'}", (setting.label(list_name, one.code), one.currency),
            tuple(_times(key, one, setting)))
        for one in found
    )  # fmt: skip
    return Table(key, title, (heading, _("Currency")), columns, tuple(rows), widths=(None, 46))


def _times(key: str, one: Given, setting: Setting) -> Iterator[Cell]:
    """How often, and how much; of money given to a few nothing is told to others."""
    for shown in setting.periods:
        count = one.count[shown.at]
        yield figure(count)
        told_by = f"{key}/{one.code}.{one.currency or 'none'}/{shown.key}.times"
        yield figure(one.amount[shown.at], "money", of=(told_by,), pairs=count)
