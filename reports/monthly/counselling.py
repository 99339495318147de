# SPDX-License-Identifier: Apache-2.0
"""Table R15: counselling sessions by type and mode, those that did not take place, and how many a person has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.activity import ATTENDED, held
from reports.monthly.counts import UNKNOWN, BySex, by_sex
from reports.monthly.periods import NAMES, Periods
from resource_centre.records import CounsellingSession, Person
from resource_centre.vocabulary import vocabulary

MISSED: Final = "tidak_hadir"
"""The code of a session the person did not come to (code list session_attendance)."""

Kind = tuple[str, str]


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
    project: int
    missed_month: int
    missed_year: int
    people_month: BySex
    people_year: BySex

    @property
    def missed_rate_month(self) -> float | None:
        """Missed appointments of all appointments in the month, in per cent."""
        return _rate(self.missed_month, self.month)

    @property
    def missed_rate_year(self) -> float | None:
        """Missed appointments of all appointments in the year so far, in per cent."""
        return _rate(self.missed_year, self.year)

    @property
    def mean_per_person(self) -> float | None:
        """Sessions held in the year so far per person counselled; the person stands for the case."""
        return self.year / self.people_year.total if self.people_year.total else None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "sessions": {"month": self.month, "year": self.year, "project": self.project},
            "missed": {"month": self.missed_month, "year": self.missed_year},
            "missed_rate": {"month": self.missed_rate_month, "year": self.missed_rate_year},
            "people": {"month": self.people_month.as_dict(), "year": self.people_year.as_dict()},
            "mean_sessions_per_person": self.mean_per_person,
        }


def counselling(session: Session, periods: Periods) -> Counselling:
    """R15 for the month and the year so far, and the sessions of the project."""
    found: dict[str, dict[Kind, tuple[int, ...]]] = _kinds(session, periods)
    kept, missed = found.get(ATTENDED, {}), found.get(MISSED, {})
    month, year, project = _sums(kept)
    missed_month, missed_year, _missed_project = _sums(missed)
    people_month, people_year = _people(session, periods)
    return Counselling(_lines(kept), month, year, project, missed_month, missed_year, people_month, people_year)


def _kinds(session: Session, periods: Periods) -> dict[str, dict[Kind, tuple[int, ...]]]:
    """Per attendance, the sessions of each type and mode in the three periods."""
    keys = (CounsellingSession.attendance, CounsellingSession.session_type, CounsellingSession.mode)
    day = CounsellingSession.held_on
    wanted = sa.select(*keys, *periods.counts(day)).where(
        periods.project.holds(day), CounsellingSession.voided.is_(sa.false())
    )
    found: defaultdict[str, dict[Kind, tuple[int, ...]]] = defaultdict(dict)
    for attendance, session_type, mode, *counts in session.execute(wanted.group_by(*keys)):
        found[attendance or UNKNOWN][(session_type or UNKNOWN, mode or UNKNOWN)] = tuple(counts)
    return found


def _sums(kinds: dict[Kind, tuple[int, ...]]) -> list[int]:
    return [sum(counts[place] for counts in kinds.values()) for place in range(len(NAMES))]


def _lines(kinds: dict[Kind, tuple[int, ...]]) -> tuple[SessionLine, ...]:
    types, modes = vocabulary("counselling_type").codes, vocabulary("counselling_mode").codes
    places = {code: place for place, code in enumerate((*types, *modes))}
    ordered = sorted(kinds, key=lambda kind: [places.get(code, len(places)) for code in kind])
    return tuple(SessionLine(*kind, *kinds[kind][:2]) for kind in ordered if kinds[kind][1])


def _people(session: Session, periods: Periods) -> tuple[BySex, BySex]:
    """Distinct people with a session held in the month, and in the year so far."""
    day = CounsellingSession.held_on
    each = (
        sa.select(CounsellingSession.person_id, sa.func.max(day).label("last"))
        .where(periods.year.holds(day), *held())
        .group_by(CounsellingSession.person_id)
        .subquery("counselled")
    )
    in_month = sa.func.sum(sa.case((each.c.last >= periods.month.first, 1), else_=0))
    wanted = (
        sa.select(Person.sex, in_month, sa.func.count())
        .join_from(Person, each, each.c.person_id == Person.id)
        .where(Person.voided.is_(sa.false()))
        .group_by(Person.sex)
    )
    month, year = BySex(), BySex()
    for sex, this_month, this_year in session.execute(wanted):
        month, year = month + by_sex(sex, this_month), year + by_sex(sex, this_year)
    return month, year


def _rate(part: int, kept: int) -> float | None:
    return 100 * part / (part + kept) if part + kept else None
