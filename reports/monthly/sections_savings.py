# SPDX-License-Identifier: Apache-2.0
"""R22: savings goals and those under way; savings groups, whose money is their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reports.monthly.columns import COUNTED, singles
from reports.monthly.figures import MonthlyFigures
from reports.monthly.household_savings import SavingsGoals
from reports.monthly.savings_groups import SavingsGroups
from reports.monthly.setting import Setting
from reports.tables.building import body_keys, with_sums, with_total
from reports.tables.model import Cell, Column, Row, Section, Table, Unit, figure, total
from resource_centre.i18n import N_, _
from resource_centre.services.rules import rule

STANDING_WORDS: Final = {
    "on_track": N_("on the way"),
    "behind": N_("behind"),
    "day_past": N_("past their day"),
    "no_day": N_("without a day"),
}
_AT_END: Final = (N_("At the end of the month"), N_("At the end of the period"))
_WIDTH: Final = 90.0


def goals_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R22, first half; nothing where there is no goal."""
    found = figures.savings_goals
    if not found.known:
        return None
    heading = _("Savings goals")
    tables = [_goals(found, heading, setting), *([_under_way(found, setting)] if found.standings else [])]
    return Section("R22", heading, tuple(tables))


def _goals(found: SavingsGoals, heading: str, setting: Setting) -> Table:
    rows = [
        _row("set", _("Goals set"), found.set, "count", setting),
        _row("reached", _("Goals reached"), found.reached, "count", setting),
    ]
    for currency, amounts in found.saved.items():
        words = _("Put aside ({currency})").format(currency=currency)
        savers = found.savers.get(currency, (0, 0, 0))
        cells = (figure(amounts[one.at], "money", pairs=savers[one.at]) for one in setting.periods)
        rows.append(Row(f"saved.{currency}", (words,), tuple(cells)))
    return Table("R22", heading, ("",), singles(setting), tuple(rows))


def _under_way(found: SavingsGoals, setting: Setting) -> Table:
    """How the goals stand that were neither reached nor given up."""
    rows = [Row(name, (_(STANDING_WORDS[name]),), (figure(count),)) for name, count in found.standings.items()]
    parts = body_keys(rows)
    rows.append(Row("total", (_("Together"),), (figure(sum(found.standings.values())),), "total"))
    heading = _("Goals under way")
    table = Table("R22.under_way", heading, ("",), (_at_end(setting),), tuple(rows), additive=False)
    return with_total(table, parts)


def _at_end(setting: Setting) -> Column:
    return Column("month.total", setting.said(*_AT_END), "", True, f"{COUNTED}+month", _WIDTH)


def groups_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R22, second half: left out by a centre without groups."""
    found = figures.savings_groups
    if not found.groups:
        return None
    heading = _("Savings groups")
    note = _("The money of a savings group is its own. It is written down here and is no money of the project.")
    return Section("R22.groups", heading, (_now(found, heading, setting), _done(found, setting)), notes=(note,))


def _now(found: SavingsGroups, heading: str, setting: Setting) -> Table:
    table = Table(
        "R22.groups", heading, ("",), (_at_end(setting),), tuple(_standing(found)), additive=False,
    )  # fmt: skip
    sexes = [f"R22.groups/{name}/month.total" for name in _members(found)]
    return with_sums(table, total("R22.groups/members/month.total", sexes))


def _members(found: SavingsGroups) -> dict[str, int]:
    by_sex = {"members.P": found.members.women, "members.L": found.members.men}
    return by_sex | ({"members.unknown": found.members.unknown} if found.members.unknown else {})


def _standing(found: SavingsGroups) -> Iterator[Row]:
    words = {"members.P": _("women"), "members.L": _("men"), "members.unknown": _("sex not known")}
    yield Row("groups", (_("Groups"),), (figure(found.groups),))
    yield Row("members", (_("Members"),), (figure(found.members.total, "people"),))
    for key, count in _members(found).items():
        yield Row(key, (words[key],), (figure(count, "people"),), indent=1)
    yield Row("saved", (_("Savings of the cycles under way (Rp)"),), (_of_members(found, found.saved_now, "money"),))
    yield Row("loans", (_("Loans outstanding (Rp)"),), (_of_members(found, found.outstanding, "money"),))
    risk = _("of these late for more than {days} days (PAR)").format(days=int(rule("group_arrears_days")))
    share = None if found.at_risk is None else found.at_risk * 100
    yield Row("at_risk", (risk,), (_of_members(found, share, "percent"),), indent=1)
    if found.unexplained:
        words_ = _("Meetings at which the box did not come out and nobody said why")
        yield Row("unexplained", (words_,), (figure(found.unexplained),))


def _of_members(found: SavingsGroups, value: float | None, unit: Unit) -> Cell:
    """What the members have together: of a few members it tells others nothing."""
    return figure(value, unit, of=("R22.groups/members/month.total",), pairs=found.members.total)


def _done(found: SavingsGroups, setting: Setting) -> Table:
    rows = (
        _row("meetings", _("Meetings held"), found.meetings, "count", setting),
        _row("saved", _("Saved (Rp)"), found.saved, "money", setting, members=found.members.total),
        _row("share_outs", _("Share-outs"), found.share_outs, "count", setting),
        _row("shared_out", _("Shared out (Rp)"), found.shared_out, "money", setting, members=found.members.total),
    )
    return Table("R22.done", _("Meetings and money of the groups"), ("",), singles(setting), rows)


def _row(
    key: str, words: str, values: Sequence[int], unit: Unit, setting: Setting, *, members: int | None = None
) -> Row:
    of = ("R22.groups/members/month.total",) if members is not None else ()
    cells = (figure(values[one.at], unit, of=of, pairs=members) for one in setting.periods)
    return Row(key, (words,), tuple(cells))
