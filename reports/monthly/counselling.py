# SPDX-License-Identifier: Apache-2.0
"""Table R15: counselling sessions by type and mode, those that did not take place, and how many a person has."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import ATTENDED, sessions_held
from reports.monthly.counts import UNKNOWN, BySex, by_sex
from reports.monthly.periods import Period
from resource_centre.records import CounsellingSession, Person
from resource_centre.vocabulary import vocabulary

MISSED: Final = "tidak_hadir"
"""The code of a session the person did not come to (code list session_attendance)."""


@dataclass(frozen=True)
class SessionLine:
    """Sessions of one type and mode: held in the month, held in the year so far."""

    session_type: str
    mode: str
    month: int
    year: int


@dataclass(frozen=True)
class Counselling:
    """R15. `missed` are appointments nobody came to; a rate is None when there was no appointment at all."""

    lines: tuple[SessionLine, ...]
    month: int
    year: int
    missed_month: int
    missed_year: int
    people_month: BySex
    people_year: BySex
    mean_per_person: float | None

    @property
    def missed_rate_month(self) -> float | None:
        """Missed appointments of all appointments in the month, in per cent."""
        return _rate(self.missed_month, self.month)

    @property
    def missed_rate_year(self) -> float | None:
        """Missed appointments of all appointments in the year so far, in per cent."""
        return _rate(self.missed_year, self.year)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "sessions": {"month": self.month, "year": self.year},
            "missed": {"month": self.missed_month, "year": self.missed_year},
            "missed_rate": {"month": self.missed_rate_month, "year": self.missed_rate_year},
            "people": {"month": self.people_month.as_dict(), "year": self.people_year.as_dict()},
            "mean_sessions_per_person": self.mean_per_person,
        }


def counselling(session: Session, month: Period, year: Period) -> Counselling:
    """R15 for a month and the year so far."""
    in_month, in_year = _kinds(session, month), _kinds(session, year)
    missed_month, missed_year = in_month.pop(MISSED, {}), in_year.pop(MISSED, {})
    held_month, held_year = in_month.get(ATTENDED, {}), in_year.get(ATTENDED, {})
    return Counselling(
        lines=_lines(held_month, held_year),
        month=sum(held_month.values()),
        year=sum(held_year.values()),
        missed_month=sum(missed_month.values()),
        missed_year=sum(missed_year.values()),
        people_month=_people(session, month),
        people_year=_people(session, year),
        mean_per_person=_mean_per_person(session, year),
    )


def _kinds(session: Session, period: Period) -> dict[str, dict[tuple[str, str], int]]:
    """Per attendance, the number of sessions by type and mode."""
    kind = (CounsellingSession.attendance, CounsellingSession.session_type, CounsellingSession.mode)
    wanted = (
        sa.select(*kind, sa.func.count())
        .where(CounsellingSession.held_on.between(period.first, period.last), CounsellingSession.voided.is_(sa.false()))
        .group_by(*kind)
    )
    found: dict[str, dict[tuple[str, str], int]] = {}
    for attendance, session_type, mode, count in session.execute(wanted):
        found.setdefault(attendance or UNKNOWN, {})[(session_type or UNKNOWN, mode or UNKNOWN)] = count
    return found


def _lines(month: dict[tuple[str, str], int], year: dict[tuple[str, str], int]) -> tuple[SessionLine, ...]:
    types, modes = vocabulary("counselling_type").codes, vocabulary("counselling_mode").codes
    places = {code: place for place, code in enumerate((*types, *modes))}
    kinds = sorted(month.keys() | year.keys(), key=lambda kind: [places.get(code, len(places)) for code in kind])
    return tuple(SessionLine(*kind, month.get(kind, 0), year.get(kind, 0)) for kind in kinds)


def _people(session: Session, period: Period) -> BySex:
    """Distinct people with a session held in the period, by sex."""
    counselled = sa.select(CounsellingSession.person_id).where(*sessions_held(period)).distinct().subquery()
    wanted = (
        sa.select(Person.sex, sa.func.count())
        .join(counselled, counselled.c.person_id == Person.id)
        .where(Person.voided.is_(sa.false()))
        .group_by(Person.sex)
    )
    return sum((by_sex(sex, count) for sex, count in session.execute(wanted)), BySex())


def _mean_per_person(session: Session, period: Period) -> float | None:
    """Sessions held in the year so far per person counselled; the person stands for the case."""
    wanted = sa.select(sa.func.count(), sa.func.count(CounsellingSession.person_id.distinct()))
    sessions, people = session.execute(wanted.where(*sessions_held(period))).one()
    return sessions / people if people else None


def _rate(part: int, held: int) -> float | None:
    return 100 * part / (part + held) if part + held else None
