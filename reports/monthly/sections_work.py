# SPDX-License-Identifier: Apache-2.0
"""What is done for people: R15 counselling sessions, R16 follow-ups, R18 referrals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Final

from reports.monthly.columns import COUNTED, MEASURED, measure, singles
from reports.monthly.counselling import Counselling, SessionLine
from reports.monthly.figures import MonthlyFigures
from reports.monthly.follow_up_lines import PROMISED, Due, DueLine
from reports.monthly.referrals import ReferralLine, Referred, together
from reports.monthly.sections_profile import cohorts_table
from reports.monthly.setting import Setting, Shown
from reports.monthly.words import NO_SESSION
from reports.tables.building import body_keys, with_sums, with_total
from reports.tables.model import Cell, Column, Row, Section, Table, figure, total
from resource_centre.i18n import _

_DUE: Final = ("due", "on_time", "late", "open", "lost")
_WHOLE: Final = 2
"""So many of them are told of the project."""
_REFERRED: Final = ("made", "accepted", "completed", "refused", "pending", "waiting_long")


def counselling_section(figures: MonthlyFigures, setting: Setting) -> Section:
    """R15: type and mode; then what was missed and how many sessions a person has."""
    heading, found = _("Counselling sessions"), figures.counselling
    rows: list[Row] = []
    if found.held[-1] + found.missed[-1]:
        rows = [_held(line, setting) for line in found.lines]
    parts = body_keys(rows)
    rows += _sums(found, setting) if found.held[-1] + found.missed[-1] else []
    table = Table(
        "R15", heading, (_("Type of session"), _("How")), singles(setting, width=44), tuple(rows), terms=("sessions",),
        widths=(None, 150), additive=False, empty=_(NO_SESSION),
    )  # fmt: skip
    return Section("R15", heading, (with_total(table, parts, of="held"),))


def _held(line: SessionLine, setting: Setting) -> Row:
    words = (setting.label("counselling_type", line.session_type), setting.label("counselling_mode", line.mode))
    values = (line.month, line.year, line.project)
    return Row(f"{line.session_type}.{line.mode}", words, tuple(figure(values[one.at]) for one in setting.periods))


def _sums(found: Counselling, setting: Setting) -> list[Row]:
    people = tuple(count.total for count in found.people)
    shown = setting.periods

    def row(key: str, words: str, cells: Iterator[Cell]) -> Row:
        return Row(key, (words, ""), tuple(cells), "total" if key == "held" else "body")

    def made_of(key: str, one: Shown) -> str:
        return f"R15/{key}/{one.key}.total"

    return [
        row("held", _("Sessions held"), (figure(found.held[one.at]) for one in shown)),
        row("attended", _("Attended, person by person"), (figure(found.attended[one.at]) for one in shown)),
        row("people", _("People counselled"), (figure(people[one.at], "people") for one in shown)),
        row("per_person", _("Sessions per person"), (
            figure(found.sessions_per_person[one.at], "mean", decimals=1, pairs=people[one.at],
                   of=(made_of("attended", one), made_of("people", one)))
            for one in shown
        )),
        row("missed", _("Appointments missed"), (figure(found.missed[one.at]) for one in shown)),
        row("missed_share", _("Missed share"), (
            figure(found.missed_rates[one.at], "percent", pairs=found.missed[one.at] + found.held[one.at],
                   of=(made_of("missed", one), made_of("held", one)))
            for one in shown
        )),
    ]  # fmt: skip


def follow_ups_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R16: what became of what was due; of the project only how much of it was done on time."""
    found = figures.case_work.follow_ups
    if not found:
        return None
    heading = _("Follow-ups")
    rows = [_step(line, setting) for line in found]
    parts = body_keys(rows)
    sums = DueLine("total", *(sum((getattr(line, name) for line in found), Due()) for name in _PERIODS))
    rows.append(Row("total", (_("Together"),), tuple(_due(sums, setting)), "total"))
    table = Table(
        "R16", heading, (_("Step of the schedule"),), tuple(_due_columns(setting)), tuple(rows), terms=("follow_ups",),
        additive=False,
    )  # fmt: skip
    became = (
        total(f"R16/{row.key}/{one.key}.due", (f"R16/{row.key}/{one.key}.{name}" for name in _DUE[1:4]))
        for row in rows
        for one in setting.without_project
    )
    return Section("R16", heading, (with_sums(with_total(table, parts), *became),))


_PERIODS: Final = ("month", "year", "project")


def _due_columns(setting: Setting) -> Iterator[Column]:
    heads = (_("Due"), _("On time"), _("Later"), _("Not done"), _("Not reached"))
    for one in setting.periods:
        told = len(_DUE) if one in setting.without_project else _WHOLE
        for name, heading in list(zip(_DUE, heads, strict=True))[:told]:
            yield measure(one, name, heading)


def _step(line: DueLine, setting: Setting) -> Row:
    promised = line.interval == PROMISED
    words = _("Other follow-ups") if promised else setting.label("follow_up_interval", line.interval)
    return Row(line.interval, (words,), tuple(_due(line, setting)))


def _due(line: DueLine, setting: Setting) -> Iterator[Cell]:
    each = (line.month, line.year, line.project)
    for one in setting.periods:
        told = len(_DUE) if one in setting.without_project else _WHOLE
        yield from (figure(value) for value in astuple(each[one.at])[:told])


def referrals_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R18: by kind of provider, for all sent in the period and in the year."""
    longest = _PERIODS[setting.without_project[-1].at]
    found = [line for line in figures.case_work.referrals if getattr(line, longest).made]
    if not found:
        return None
    heading = _("Referrals")
    rows = [_provider(line, setting) for line in found]
    parts = body_keys(rows)
    rows.append(Row("total", (_("Together"),), tuple(_referred(together(found), "total", setting)), "total"))
    table = Table(
        "R18", heading, (_("Kind of provider"),), tuple(_referral_columns(setting)), tuple(rows), terms=("referrals",),
        additive=False,
    )  # fmt: skip
    return Section("R18", heading, (with_total(table, parts), cohorts_table(figures, setting)))


def _referral_columns(setting: Setting) -> Iterator[Column]:
    heads = (_("Sent"), _("Accepted"), _("Completed"), _("Refused"), _("Waiting"), _("over 14 days"))
    for one in setting.without_project:
        for name, heading in zip(_REFERRED, heads, strict=True):
            yield measure(one, name, heading, width=40 if name == _REFERRED[-1] else None, hxl=COUNTED)
        yield measure(one, "median_days", _("Median days"), hxl=MEASURED)


def _provider(line: ReferralLine, setting: Setting) -> Row:
    words = (setting.label("provider_type", line.provider_type),)
    return Row(line.provider_type, words, tuple(_referred(line, line.provider_type, setting)))


def _referred(line: ReferralLine, key: str, setting: Setting) -> Iterator[Cell]:
    for one in setting.without_project:
        found: Referred = getattr(line, _PERIODS[one.at])
        yield from (figure(getattr(found, name)) for name in _REFERRED)
        days = found.median_days
        yield figure(
            days, "days", decimals=0 if days is None or days.is_integer() else 1, pairs=found.completed,
            of=(f"R18/{key}/{one.key}.completed",),
        )  # fmt: skip
