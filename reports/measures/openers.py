# SPDX-License-Identifier: Apache-2.0
"""Figures that are no measure of the catalogue, and how each is opened: the records it is worked out from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures import opened_quality
from reports.measures import opened_surveys as surveys
from reports.measures import opened_trainers as trainers
from reports.measures.catalogue import MEASURES
from reports.measures.cells import FRAMES, PERIODS, SEXES, Place, address_of, indicator_of, place_of
from reports.measures.counting import asking_of, counted
from reports.measures.expressions import id_version
from reports.measures.gathered import Page, opened_of
from reports.measures.model import Asked
from reports.measures.opened_answers import answer
from reports.measures.opened_projects import paid
from reports.measures.opened_savings import done, goals_under_way, group
from reports.measures.opened_tests import tested
from reports.measures.quality import WITH_TIME, events_written_down, valid_events, written_late
from reports.measures.records import Opened, listed, records_of
from reports.monthly.counts import percent_of
from reports.monthly.frames_own import read_formula
from reports.monthly.periods import month_of
from reports.monthly.sections_closing import KEY as CORRECTIONS
from reports.monthly.sections_frames import OWN
from reports.monthly.surveys import CHANGE, SATISFIED
from reports.tables.model import CellId
from resource_centre.records.base import Id
from resource_centre.services.indicator_definitions import definitions_on

Open = Callable[[Session, Asked, Place, Page], Opened]
Opener = Callable[[Session, Asked, Page], Opened]
REACHED: Final = "reached"
_ANNEX: Final = "annex."
_PROJECTS: Final = "projects"


def opener_of(cell: CellId) -> Opener | None:
    """How a figure is opened by its key; None for one that leads nowhere, or is a measure of the catalogue."""
    table, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    if (table == "R1" or table in FRAMES) and column == REACHED:
        return (
            partial(_from_the_year, f"{table}/{row}/year.total") if opens_by_key(f"{table}/{row}/year.total") else None
        )
    if table == CORRECTIONS:
        return _of_a_correction(row, column)
    if table == opened_quality.NOW:
        return partial(_open, opened_quality.waits, Place(row, "", "", ""))
    place = place_of(cell)
    found = _found(table, place) if place is not None else None
    return partial(_open, found, place) if found is not None and place is not None else None


def opens_by_key(cell: CellId) -> bool:
    """Whether a figure is opened in this way or in that of the catalogue."""
    return opener_of(cell) is not None or address_of(cell) is not None


def _open(how: Open, place: Place, session: Session, asked: Asked, page: Page) -> Opened:
    return how(session, asked, place, page)


def _found(table: str, place: Place) -> Open | None:
    if table in FRAMES and place.row.rpartition(".")[2].startswith(OWN):
        return _own
    if table == "R1" or table in FRAMES:
        return _INDICATORS.get(indicator_of(table, place))
    if table.startswith(_ANNEX):
        how = surveys.filled_in if place.row == "filled_in" else answer
        return partial(how, name=table.removeprefix(_ANNEX))
    if (table, place.row) in _ROWS:
        return _ROWS[table, place.row]
    return _TABLES.get(table)


def _from_the_year(year: CellId, session: Session, asked: Asked, page: Page) -> Opened:
    """How much of a target is reached leads to what was counted for it."""
    from reports.measures.behind import records_behind

    return replace(records_behind(session, year, asked, limit=page.limit, offset=page.offset), value=None)


def _of_a_correction(row: str, column: str) -> Opener | None:
    """What a month that was handed over comes to today."""
    month, _, indicator = row.partition(".")
    cell = f"R1/{indicator}/month.total"
    return partial(_today, month, cell) if column == "now" and opens_by_key(cell) else None


def _today(month: str, cell: CellId, session: Session, asked: Asked, page: Page) -> Opened:
    from reports.measures.behind import records_behind

    then = month_of(month)
    alone = replace(asked, span=replace(asked.span, month=then, year=then, project=then))
    return records_behind(session, cell, alone, limit=page.limit, offset=page.offset)


def _own(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """An indicator of the centre's own: what its formula says, as it is on the last day."""
    code = place.row.rpartition(".")[2].removeprefix(OWN)
    definition = definitions_on(session, asked.span.last).get(code)
    read = read_formula(definition.formula) if definition is not None else None
    if read is None:
        raise LookupError(code)
    period, measure = asked.period(place.period), MEASURES[read.measure]
    return records_of(session, measure, period, asked.scope, read.where, limit=page.limit, offset=page.offset)


def _cases_together(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """R13: the cases open at the start, opened and opened again."""
    period, lines = asked.period(place.period), {"sex": place.sex} if place.sex in SEXES else {}
    parts, value = [], 0.0
    for code in ("open_at_start", "opened", "reopened"):
        measure = MEASURES[code]
        found = listed(measure, measure.facts_of(asking_of(session, period, asked.scope)), lines)
        parts.append(sa.select(sa.literal("Case").label("record"), found.c.id, found.c.person_id, found.c.day))
        value += counted(session, measure, (), {"": period}, asked.scope, lines).value("")
    return opened_of(session, sa.union_all(*parts).subquery("together"), page, unit="people", value=value)


def _late(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """R24: what was written down late, or all of which it is a share."""
    found = sa.union_all(*(_written(asked, place, *one) for one in events_written_down())).subquery("written")
    opened = opened_of(session, found, page, unit="count", value=None)
    if place.of != "share":
        return replace(opened, value=opened.total)
    late = _late(session, asked, replace(place, of="part"), Page(0, 0)).total
    return replace(opened, counts="share", unit="percent", value=percent_of(late, opened.total))


def _written(asked: Asked, place: Place, record: Any, day: Any) -> sa.Select[Any]:
    period = asked.period(place.period)
    late = (written_late(record, day, asked.span.year),) if place.of == "part" else ()
    timed = id_version(record.id) == WITH_TIME
    kinds = (sa.literal(record.__name__).label("record"), sa.type_coerce(record.id, Id).label("id"))
    columns = (*kinds, sa.type_coerce(record.person_id, Id).label("person_id"), day.label("day"))
    valid = valid_events(record, asked.scope)
    return sa.select(*columns).where(day.between(period.first, period.last), timed, *late, *valid)


_INDICATORS: Final[Mapping[str, Open]] = {
    "mean_gain": lambda session, asked, place, page: tested(session, asked, _all(place, "gain"), page),
    "reached_pass_mark": lambda session, asked, place, page: tested(session, asked, _all(place, "passed"), page),
    "trainers_active": lambda session, asked, place, page: trainers.of_level(
        session, asked, replace(place, row="total", of="active"), page
    ),
    CHANGE: surveys.mean_change,
    SATISFIED: surveys.satisfied,
}
_TABLES: Final[Mapping[str, Open]] = {
    **dict.fromkeys((f"R21.{period}" for period in PERIODS), tested),
    "R17": surveys.reintegration,
    "surveys": surveys.other_survey,
    "R22.under_way": goals_under_way,
    "R22.groups": group,
    "R22.done": done,
    "R23": trainers.of_level,
    "R23.generations": trainers.of_generation,
    _PROJECTS: paid,
}
_ROWS: Final[Mapping[tuple[str, str], Open]] = {("R13", "together"): _cases_together, ("R24", "late"): _late}


def _all(place: Place, of: str) -> Place:
    """A figure of all modules."""
    return replace(place, row="all", of=of)
