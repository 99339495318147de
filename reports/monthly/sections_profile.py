# SPDX-License-Identifier: Apache-2.0
"""Who came, from where and what for: R3 contacts, R5 kinds of clients, R8 to R10 stays abroad, R12 services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.measures.tables import Cohort, ServiceLine
from reports.monthly.columns import COUNTED, MEASURED, REACHED, by_sex, measure, people_table, sexes
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting
from reports.monthly.words import NOBODY_SERVED
from reports.tables.building import body_keys, with_sexes, with_total
from reports.tables.model import Cell, Column, Row, Section, Table, figure
from resource_centre.i18n import _

_MOST_REASONS: Final = 10
"""So many reasons are printed: those met most often."""


def contacts_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R3: contacts by channel and sex; the reasons named most often."""
    by_channel, by_reason = (figures.profile.contacts[name] for name in ("channel", "visit_reason"))
    if not by_channel:
        return None
    heading = _("Contacts at the front desk")
    often = sorted(by_reason, key=lambda line: -line.project.total)[:_MOST_REASONS]
    reasons = [line for line in by_reason if line in often]
    tables = (
        people_table("R3", heading, _("Channel"), by_channel, setting, list_name="channel", terms=("contacts", "sex")),
        people_table(
            "R3.reasons", _("Reasons named most often"), _("Reason"), reasons, setting, list_name="visit_reason",
            terms=("contacts", "sex"), summed=False,
        ),
    )  # fmt: skip
    note = _("A visit may have several reasons and stands in several lines then.")
    return Section("R3", heading, tables, notes=(note,))


def client_types_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R5: people served by what they are to migration."""
    heading = _("People served by kind of client")
    table = people_table(
        "R5", heading, _("Kind of client"), figures.client_types, setting, list_name="client_type",
        terms=("served", "sex"), empty=_(NOBODY_SERVED),
    )  # fmt: skip
    return Section("R5", heading, (table,))


def occupations_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R8: the major groups of ISCO-08, and the occupations named in the register."""
    heading = _("Returnees registered, by occupation abroad")
    parts = (
        ("R8", heading, _("Group of occupations"), "occupation_group"),
        ("R8.occupations", _("Occupations"), _("Occupation"), "occupation"),
    )
    return _stays("R8", heading, parts, figures, setting)


def regularity_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R9."""
    heading = _("Returnees registered, by how they had left")
    parts = (
        ("R9", _("Procedural or not"), _("Regularity"), "regularity"),
        ("R9.schemes", _("Placement schemes"), _("Scheme"), "placement_scheme"),
    )
    return _stays("R9", heading, parts, figures, setting)


def time_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R10."""
    heading = _("Returnees registered, by time abroad and since the return")
    parts = (
        ("R10", _("Time abroad"), _("Time abroad"), "stay_length"),
        ("R10.return", _("Time since the return"), _("From return to being registered"), "time_since_return"),
    )
    return _stays("R10", heading, parts, figures, setting)


def _stays(
    key: str, heading: str, parts: tuple[tuple[str, str, str, str], ...], figures: MonthlyFigures, setting: Setting
) -> Section | None:
    found = figures.profile.returnees
    if not found[parts[0][-1]]:
        return None
    tables = (
        people_table(table, title, head, found[name], setting, list_name=name, terms=("returnees", "stays", "sex"))
        for table, title, head, name in parts
    )
    return Section(key, heading, tuple(tables))


def services_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R12: of each service how many people were given it and how often; in the period by sex."""
    found = figures.profile.services
    if not found:
        return None
    heading = _("Services given")
    rows = [Row(line.code, (setting.label("service_type", line.code),), tuple(_given(line, setting))) for line in found]
    parts = body_keys(rows)
    rows.append(Row("total", (_("Together"),), tuple(_given(figures.profile.all_services, setting)), "total"))
    columns = tuple(_service_columns(setting))
    table = Table("R12", heading, (_("Service"),), columns, tuple(rows), terms=("served", "sex"), additive=False)
    # Somebody who was given two services stands in two lines and once in the last.
    times = [column.key for column in columns if ".services." in column.key]
    note = _("Counselling sessions stand in R15. A person given several services counts once in the last line.")
    return Section("R12", heading, (with_total(with_sexes(table), parts, columns=times),), notes=(note,))


def _service_columns(setting: Setting) -> Iterator[Column]:
    this, *longer = setting.periods
    yield from sexes(this, group=_("People, {period}").format(period=this.heading.lower()), of="people")
    yield Column(f"{this.key}.services.total", _("Times"), this.heading, hxl=f"{COUNTED}+services+{this.key}")
    for one in longer:
        yield Column(f"{one.key}.people.total", _("People"), one.heading, hxl=f"{REACHED}+people+{one.key}")
        yield Column(f"{one.key}.services.total", _("Times"), one.heading, hxl=f"{COUNTED}+services+{one.key}")


def _given(line: ServiceLine, setting: Setting) -> Iterator[Cell]:
    people, services = tuple(line.people), tuple(line.services)
    this, *longer = setting.periods
    yield from by_sex(people[this.at])
    yield figure(services[this.at].total)
    for one in longer:
        yield figure(people[one.at].total, "people")
        yield figure(services[one.at].total)


def cohorts_table(figures: MonthlyFigures, setting: Setting) -> Table:
    """R18: of referrals that became so many days old, how many were completed within these days."""
    found = figures.profile.cohorts
    columns = [
        column
        for one in setting.periods
        for column in (
            measure(one, "old", _("Sent")),
            measure(one, "completed", _("Completed")),
            measure(one, "share", _("Share"), hxl=MEASURED),
        )
    ]
    rows = tuple(
        Row(str(one.days), (_("within {days} days").format(days=one.days),), tuple(_cohort(one, setting)))
        for one in found
    )
    title = _("Referrals completed in good time")
    return Table("R18.cohorts", title, (_("Completed"),), tuple(columns), rows, terms=("referrals",), additive=False)


def _cohort(cohort: Cohort, setting: Setting) -> Iterator[Cell]:
    for one in setting.periods:
        found, key = cohort.shares[one.at], f"R18.cohorts/{cohort.days}/{one.key}"
        yield figure(found.of)
        yield figure(found.part)
        yield figure(found.percent, "percent", of=(f"{key}.completed", f"{key}.old"), pairs=found.of)
