# SPDX-License-Identifier: Apache-2.0
"""Who was served and who came home: R2 by age, R4 by place, R6 by kind of return, R7 by country, R11 by flag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.monthly.columns import REACHED, by_sex, counted_of, people, people_columns, people_table, sexes, together
from reports.monthly.counts import UNKNOWN, Counted, Line
from reports.monthly.figures import AgeLine, MonthlyFigures
from reports.monthly.setting import Setting, Shown
from reports.monthly.vulnerability import MERGED
from reports.monthly.words import NOBODY_REGISTERED, NOBODY_SERVED
from reports.tables.building import body_keys, with_sexes, with_topics, with_total, with_totals
from reports.tables.model import Cell, Column, Kind, Row, Section, Table, figure
from resource_centre.i18n import N_, _
from resource_centre.places import gazetteer

_KINDS: Final[tuple[Kind, ...]] = ("section", "section", "body", "quiet")
"""How a province, a regency, a district and a village are printed."""


def ages_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R2: new and returning people by age, in the period by sex, in the longer ones in total."""
    heading = _("New and returning people by age")
    this, *longer = setting.periods
    new_heading = setting.said(N_("New in the month"), N_("New in the period"))
    returning_heading = setting.said(N_("Returning in the month"), N_("Returning in the period"))
    columns = [*sexes(this, group=new_heading, of="new"), *sexes(this, group=returning_heading, of="returning")]
    columns += [column for one in longer for column in _came(one)]
    rows = [
        Row(one.band, (setting.label("age_band", one.band),), tuple(_age(one, setting))) for one in figures.ages
    ]  # fmt: skip
    parts = body_keys(rows)
    if rows:
        new, returning = (sum(counts, Counted()) for counts in _both(figures.ages))
        rows.append(Row("total", (_("Together"),), tuple(_age(AgeLine("", new, returning), setting)), "total"))
    table = Table(
        "R2", heading, (_("Age"),), tuple(columns), tuple(rows), terms=("new_returning", "age_village", "sex"),
        additive=False, empty=_(NOBODY_SERVED),
    )  # fmt: skip
    table = with_sexes(table)
    return Section("R2", heading, (with_total(table, parts) if rows else table,))


def _both(ages: tuple[AgeLine, ...]) -> tuple[list[Counted], list[Counted]]:
    return [one.new for one in ages], [one.returning for one in ages]


def _came(shown: Shown) -> tuple[Column, Column]:
    def column(of: str, heading: str) -> Column:
        return Column(f"{shown.key}.{of}.total", heading, shown.heading, hxl=f"{REACHED}+{of}+{shown.key}")

    return column("new", _("New")), column("returning", _("Returning"))


def _age(line: AgeLine, setting: Setting) -> Iterator[Cell]:
    new, returning = tuple(line.new), tuple(line.returning)
    this, *longer = setting.periods
    yield from (*by_sex(new[this.at]), *by_sex(returning[this.at]))
    for one in longer:
        yield figure(new[one.at].total, "people")
        yield figure(returning[one.at].total, "people")


def places_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R4: provinces, regencies, districts and villages, each inside the one above and the sum of what lies in it."""
    heading = _("People served by place")
    codes = {line.code for line in figures.places}
    rows = [_place(line, setting) for line in figures.places]
    outermost = [line for line in figures.places if _above(line.code) not in codes]
    if rows:
        rows.append(together(map(counted_of, outermost), setting))
    table = Table(
        "R4", heading, (_("Place"),), people_columns(setting), tuple(rows), terms=("served", "age_village", "sex"),
        additive=False, empty=_(NOBODY_SERVED),
    )  # fmt: skip
    return Section("R4", heading, (_within(with_sexes(table), figures.places, outermost),))


def _place(line: Line, setting: Setting) -> Row:
    depth = 1 if line.code == UNKNOWN else line.code.count(".")
    name = _("Village not known") if line.code == UNKNOWN else gazetteer().name(line.code)
    return Row(line.code, (name,), people(counted_of(line), setting), _KINDS[depth], indent=max(0, depth - 1))


def _within(table: Table, places: tuple[Line, ...], outermost: list[Line]) -> Table:
    """Each place is what lies in it together, unless somebody is known to live there and not where in it."""
    inside: dict[str, list[Line]] = {}
    for line in places:
        inside.setdefault(_above(line.code), []).append(line)
    sums = {
        line.code: [one.code for one in inside[line.code]]
        for line in places
        if line.code in inside and counted_of(line) == sum(map(counted_of, inside[line.code]), Counted())
    }
    return with_totals(table, sums | ({"total": [one.code for one in outermost]} if outermost else {}))


def _above(code: str) -> str:
    return code.rpartition(".")[0]


def return_types_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R6. One of its lines may be what only a protection officer reads, and that there is none tells as much: whether
    it is there or not, it is a table of such matters, whose other lines say nought where there is nobody."""
    heading, found = _("Returnees registered, by kind of return"), figures.return_types
    table = people_table(
        "R6", heading, _("Kind of return"), found, setting, list_name="return_type",
        terms=("returnees", "protection", "sex"), empty=_(NOBODY_REGISTERED), topic="trafficking",
    )  # fmt: skip
    return Section("R6", heading, (with_topics(table, MERGED),))


def destinations_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R7."""
    heading = _("Returnees registered, by country")
    table = people_table(
        "R7", heading, _("Country"), figures.destinations, setting, list_name="country", terms=("returnees", "sex"),
        empty=_(NOBODY_REGISTERED),
    )  # fmt: skip
    return Section("R7", heading, (table,))


def flags_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R11: a line for each flag, without a sum: one person may have several."""
    found = figures.case_work.flags
    if not found:
        return None
    heading = _("Vulnerability")
    table = people_table(
        "R11", heading, _("Flag"), found, setting, list_name="vulnerability_flag", terms=("protection", "sex"),
        topic="trafficking", summed=False,
    )  # fmt: skip
    return Section("R11", heading, (table,), notes=(_("Who has several flags stands in several lines."),))
