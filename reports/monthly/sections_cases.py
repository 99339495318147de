# SPDX-License-Identifier: Apache-2.0
"""Cases and what is planned in them: R13 the flow of cases and why they were closed, R14 plans and goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.monthly.cases import CaseFlow
from reports.monthly.columns import measure, people, people_columns, people_table
from reports.monthly.figures import MonthlyFigures
from reports.monthly.plans import Plans
from reports.monthly.setting import Setting
from reports.tables.building import body_keys, with_sexes, with_total, with_totals
from reports.tables.model import Cell, Column, Row, Section, Table, figure
from resource_centre.i18n import _

Three = Sequence[int]


def cases_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R13: from the cases open at the start to those open at the end; why cases were closed."""
    flow = figures.case_work.flow
    if not flow.known:
        return None
    heading = _("Cases")
    tables = [_flow(flow, heading, setting)]
    if flow.reasons:
        tables.append(
            people_table(
                "R13.reasons", _("Why cases were closed"), _("Reason for closing"), flow.reasons, setting,
                list_name="closure_reason", terms=("cases", "sex"),
            )
        )  # fmt: skip
    return Section("R13", heading, tuple(tables))


def _flow(flow: CaseFlow, heading: str, setting: Setting) -> Table:
    """What there was together went two ways: each of the five is counted for itself, and the sums are checked."""
    begun = {"open_at_start": flow.open_at_start, "opened": flow.opened, "reopened": flow.reopened}
    names = {
        "open_at_start": _("Open at the start"),
        "opened": _("Opened"),
        "reopened": _("Opened again"),
        "closed": _("Closed"),
        "open_at_end": _("Open at the end"),
    }
    together = flow.open_at_start + flow.opened + flow.reopened
    rows = [Row(key, (names[key],), people(counted, setting)) for key, counted in begun.items()]
    rows += [
        Row("together", (_("Together"),), people(together, setting), "total"),
        Row("closed", (names["closed"],), people(flow.closed, setting)),
        Row("open_at_end", (names["open_at_end"],), people(flow.open_at_end, setting), "total"),
    ]
    table = Table(
        "R13", heading, (_("Cases"),), people_columns(setting), tuple(rows), terms=("cases", "sex"), additive=False,
    )  # fmt: skip
    came = with_totals(with_sexes(table), {"together": tuple(begun)})
    return with_totals(came, {"together": ("closed", "open_at_end")})


def plans_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R14: people with a first plan, by sex; goals by dimension."""
    plans = figures.case_work.plans
    if not plans.known:
        return None
    heading = _("Plans and goals")
    tables = [_plans(plans, heading, setting)]
    if plans.goals:
        tables.append(_goals(plans, setting))
    return Section("R14", heading, tuple(tables))


def _plans(plans: Plans, heading: str, setting: Setting) -> Table:
    rows = (
        Row("made", (_("First plans made"),), people(plans.made, setting)),
        Row("in_time", (_("of these in good time"),), people(plans.in_time, setting), indent=1),
    )
    return with_sexes(Table("R14", heading, ("",), people_columns(setting), rows, terms=("plans", "sex")))


def _goals(plans: Plans, setting: Setting) -> Table:
    columns = pair_columns(setting, ("planned", _("Goals")), ("reached", _("Reached")))
    rows = [
        Row(line.dimension, (setting.label("dimension", line.dimension),), pairs(setting, line.planned, line.reached))
        for line in plans.goals
    ]
    parts = body_keys(rows)
    planned, reached = added([one.planned for one in plans.goals]), added([one.reached for one in plans.goals])
    rows.append(Row("total", (_("Together"),), pairs(setting, planned, reached), "total"))
    table = Table(
        "R14.goals", _("Goals by dimension"), (_("Dimension"),), columns, tuple(rows), terms=("plans",),
    )  # fmt: skip
    return with_total(table, parts)


def pair_columns(
    setting: Setting, one: tuple[str, str], other: tuple[str, str], *, width: float | None = None
) -> tuple[Column, ...]:
    """Two measures (key and heading) in each period."""
    return tuple(
        measure(shown, name, heading, width=width) for shown in setting.periods for name, heading in (one, other)
    )


def pairs(setting: Setting, one: Three, other: Three) -> tuple[Cell, ...]:
    """The cells of `pair_columns` where both are counts."""
    return tuple(_pairs(setting, one, other))


def _pairs(setting: Setting, one: Three, other: Three) -> Iterator[Cell]:
    for shown in setting.periods:
        yield figure(one[shown.at])
        yield figure(other[shown.at])


def added(each: Sequence[Three]) -> Three:
    """The figures of the three periods, each summed up."""
    return tuple(sum(column) for column in zip(*each, strict=True)) or (0, 0, 0)
