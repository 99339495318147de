# SPDX-License-Identifier: Apache-2.0
"""R24, data quality: what the register knows of the people registered, and what was written down late.

Whether a NIK is right only its bearer's card says; here it is valid when its digits can be a NIK at all. A record is
late when it was written down more than a few days after the end of the month of its event: the month's report did not
have it. When a record was written down its id says (version 7 of RFC 9562 begins with the time).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.expressions import id_version, is_sixteen_digits
from reports.monthly.counts import PERIODS, percent_of
from reports.monthly.periods import Period, Span, month_of
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.access import viewer_of
from resource_centre.records import (
    Address,
    Change,
    Consent,
    Contact,
    CounsellingSession,
    Identifier,
    ImportBatch,
    ImportRow,
    Person,
    Service,
)
from resource_centre.records.change import Site
from resource_centre.services.rules import rule

CHECKS: Final = ("nik", "nik_valid", "village", "consent")
"""What is looked for in the record of everybody registered."""
INDEX: Final = ("nik_valid", "village", "consent")
"""The shares of which the index is the mean (R1 no. 22)."""
_LIKELY: Final = "likely_duplicate"
WITH_TIME: Final = "7"
"""The version of an id that begins with the time at which it was made."""


@dataclass(frozen=True)
class Share:
    """How many of how many, in one period."""

    part: int = 0
    of: int = 0

    @property
    def percent(self) -> float | None:
        """In per cent; None of nobody."""
        return percent_of(self.part, self.of)


Three = tuple[Share, Share, Share]


@dataclass(frozen=True)
class Quality:
    """R24. `shares` by line in the three periods (`late` of the period and the year only); the others as of now, and
    None where the account does not see the whole centre."""

    shares: dict[str, Three]
    to_decide: int | None
    devices: int | None
    silent: int | None
    told_on: dt.date | None = None
    """The day the month was handed over, whose shares these are then; None of shares as of now."""

    @property
    def index(self) -> tuple[float | None, float | None, float | None]:
        """The mean of what is complete and valid, in per cent; None where nobody was registered."""
        month, year, project = (self._index(at) for at in range(len(PERIODS)))
        return month, year, project

    def _index(self, at: int) -> float | None:
        known = [self.shares[name][at].percent for name in INDEX]
        told = [share for share in known if share is not None]
        return sum(told) / len(told) if told else None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        shares = {
            name: {period: {"part": one.part, "of": one.of} for period, one in zip(PERIODS, each, strict=True)}
            for name, each in self.shares.items()
        }
        now = {"to_decide": self.to_decide, "devices": self.devices, "silent": self.silent}
        return {**shares, **now, "index": dict(zip(PERIODS, self.index, strict=True))}


def as_handed_over(now: Quality, kept: Mapping[str, Any], on: dt.date) -> Quality:
    """The shares that a month's report told on the day it was handed over; `kept` is what `as_dict` made then."""
    shares = {
        name: _three([Share(kept[name][period]["part"], kept[name][period]["of"]) for period in PERIODS])
        for name in now.shares
        if name in kept
    }
    return replace(now, shares=now.shares | shares, told_on=on)


def quality(session: Session, span: Span, scope: Scope) -> Quality:
    """R24 of the periods."""
    whole = viewer_of(session).bound is None and scope == Scope()
    devices, silent = _devices(session, span.last) if whole else (None, None)
    shares = {**_registered(session, span, scope), "late": _late(session, span, scope)}
    return Quality(shares, _to_decide(session) if whole else None, devices, silent)


def checks_of_people() -> dict[str, sa.ColumnElement[bool]]:
    """What is looked for in the record of everybody registered."""
    number, home, said = Identifier, Address, Consent
    nik = sa.select(number.id).where(number.person_id == Person.id, number.kind == "nik", number.voided.is_(False))
    lives = sa.select(home.id).where(
        home.person_id == Person.id, home.kind == "current", home.voided.is_(False), home.village_code.is_not(None)
    )
    asked = sa.select(said.id).where(said.person_id == Person.id, said.voided.is_(False), said.decided_on.is_not(None))
    return {
        "nik": nik.exists(),
        "nik_valid": nik.where(_may_be_a_nik(number.lookup)).exists(),
        "village": lives.exists(),
        "consent": asked.exists(),
    }


def _registered(session: Session, span: Span, scope: Scope) -> dict[str, Three]:
    sums = {name: [[0, 0], [0, 0], [0, 0]] for name in CHECKS}
    for depth, people, *found in session.execute(_checked(span, scope)):
        for name, count in zip(CHECKS, found, strict=True):
            for at in range(3 - depth, 3):
                sums[name][at][0] += count
                sums[name][at][1] += people
    return {name: _three([Share(*pair) for pair in each]) for name, each in sums.items()}


@kept
def _checked(span: Span, scope: Scope) -> Any:
    checks = checks_of_people()
    level = span.level(Person.registered_on).label("level")
    counts = [sa.func.sum(sa.case((checks[name], 1), else_=0)).label(name) for name in CHECKS]
    asked = sa.select(level, sa.func.count(), *counts).where(span.within(Person.registered_on))
    return asked.where(*scope.of_person(), *scope.of_work(Person)).group_by(level)


def _three(shares: list[Share]) -> Three:
    month, year, project = shares
    return month, year, project


def _may_be_a_nik(lookup: Any) -> Any:
    """Sixteen digits with a day (a woman's plus forty) and a month in their place."""
    digits = sa.func.substr(lookup, len("nik:") + 1)
    day, month = sa.func.substr(digits, 7, 2), sa.func.substr(digits, 9, 2)
    born = sa.or_(day.between("01", "31"), day.between("41", "71"))
    return sa.and_(is_sixteen_digits(digits), born, month.between("01", "12"))


def _late(session: Session, span: Span, scope: Scope) -> Three:
    """Sessions, services and contacts of the period and of the year; of the project it is not told."""
    sums = [0, 0, 0, 0]
    for record, day in events_written_down():
        found = session.execute(_written(record, day.key, span, scope, _ends(span.year))).one()
        sums = [so_far + int(count or 0) for so_far, count in zip(sums, found, strict=True)]
    part, of, part_of_year, of_year = sums
    return Share(part, of), Share(part_of_year, of_year), Share()


def events_written_down() -> Iterator[tuple[Any, Any]]:
    """The records that are written down event by event, and the day of each."""
    yield from (
        (CounsellingSession, CounsellingSession.held_on),
        (Service, Service.given_on),
        (Contact, Contact.held_on),
    )


@kept
def _written(record: Any, day_name: str, span: Span, scope: Scope, ends: Ends) -> Any:
    day = getattr(record, day_name)
    late, this = _late_after(record, day, ends), day >= span.month.first
    columns = [
        sa.func.sum(sa.case((condition, 1), else_=0)) for condition in (sa.and_(late, this), this, late, sa.true())
    ]
    valid = valid_events(record, scope)
    timed = id_version(record.id) == WITH_TIME
    return sa.select(*columns).where(day.between(span.year.first, span.last), timed, *valid)


def valid_events(record: Any, scope: Scope) -> tuple[Any, ...]:
    """Conditions on a record that is written down event by event."""
    valid = (record.voided.is_(False), *scope.of_work(record))
    return valid if scope.place is None else (*valid, *scope.of_people(record.person_id))


def written_late(record: Any, day: Any, period: Period) -> Any:
    """Whether a record of the period was written down late."""
    return _late_after(record, day, _ends(period))


Ends = tuple[tuple[dt.date, str], ...]
"""The last days of months, and the least id of what was written down late then, which lies in our time zone."""


def _late_after(record: Any, day: Any, ends: Ends) -> Any:
    return sa.case(*((day <= last, record.id >= first_id) for last, first_id in ends), else_=False)


def _ends(period: Period) -> Ends:
    months = [month_of(period.first.strftime("%Y-%m"))]
    while months[-1].last < period.last:
        months.append(month_of((months[-1].last + dt.timedelta(days=1)).strftime("%Y-%m")))
    days = dt.timedelta(days=1 + int(rule("late_entry_days")))
    return tuple((month.last, _first_id(month.last + days)) for month in months)


def _first_id(day: dt.date) -> str:
    """The least id that a record written down on this day or later has."""
    begins = dt.datetime.combine(day, dt.time()).astimezone()
    digits = f"{int(begins.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-000000000000"


def rows_to_decide() -> sa.ColumnElement[bool]:
    """Rows of registers of which somebody is to say whether the person is registered already."""
    taken_in = sa.select(ImportBatch.id).where(ImportBatch.undone_ms.is_(None))
    return sa.and_(ImportRow.batch_id.in_(taken_in), ImportRow.status == _LIKELY)


def _to_decide(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(ImportRow).where(rows_to_decide())) or 0


class Heard(NamedTuple):
    """An installation whose records are here: the letters its numbers begin with, and the time of its newest entry."""

    site: str
    device: str
    wall_ms: int


def devices_heard(session: Session) -> list[Heard]:
    """Installations whose records are here."""
    newest = sa.and_(Change.site == Site.id, Change.seq == Site.last_seq)
    asked = sa.select(Site.id, Site.device, Change.wall_ms).join(Change, newest)
    return [Heard(*row) for row in session.execute(asked)]


def silent(heard: Iterable[Heard], last: dt.date) -> list[Heard]:
    """Those of them of which nothing was heard for long before the end."""
    since = dt.datetime.combine(last - dt.timedelta(days=int(rule("device_silent_days"))), dt.time()).astimezone()
    return [one for one in heard if one.wall_ms < since.timestamp() * 1000]


def _devices(session: Session, last: dt.date) -> tuple[int, int]:
    heard = devices_heard(session)
    return len(heard), len(silent(heard, last))
