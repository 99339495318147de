# SPDX-License-Identifier: Apache-2.0
"""Table R15: counselling sessions by type and mode, those that did not take place, and how many a person has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import PERIODS, UNKNOWN, Counted, percent_of
from reports.monthly.periods import Span
from reports.monthly.scope import MISSED, Scope
from resource_centre.records import CounsellingSession
from resource_centre.services.counselling import ATTENDED
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]


@dataclass(frozen=True)
class SessionLine:
    """Sessions of one type and mode that took place: in the month, the year so far, the project so far."""

    session_type: str
    mode: str
    month: int
    year: int
    project: int


@dataclass(frozen=True)
class Counselling:
    """R15; each figure for month, year and project. `missed` are appointments to which nobody came."""

    lines: tuple[SessionLine, ...]
    held: Three
    missed: Three
    people: Counted

    @property
    def missed_rates(self) -> tuple[float | None, ...]:
        """Missed appointments of those held and missed, in per cent; None without any."""
        return tuple(percent_of(missed, held + missed) for held, missed in zip(self.held, self.missed, strict=True))

    @property
    def sessions_per_person(self) -> tuple[float | None, ...]:
        """Sessions held per person counselled; the person stands for the case."""
        people = (count.total for count in self.people)
        return tuple(held / count if count else None for held, count in zip(self.held, people, strict=True))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "sessions": dict(zip(PERIODS, self.held, strict=True)),
            "missed": dict(zip(PERIODS, self.missed, strict=True)),
            "missed_rate": dict(zip(PERIODS, self.missed_rates, strict=True)),
            "people": self.people.as_dict(),
            "sessions_per_person": dict(zip(PERIODS, self.sessions_per_person, strict=True)),
        }


def counselling(session: Session, span: Span, scope: Scope, people: Counted) -> Counselling:
    """R15; `people` are those counselled, counted with the people served."""
    held: dict[tuple[str, str], list[int]] = {}
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for session_type, mode, attendance, *counts in session.execute(_grouped(span, scope)):
        sums[attendance] = [so_far + count for so_far, count in zip(sums[attendance], counts, strict=True)]
        if attendance == ATTENDED and any(counts):
            held[session_type or UNKNOWN, mode or UNKNOWN] = counts
    return Counselling(_lines(held), _three(sums[ATTENDED]), _three(sums[MISSED]), people)


def _grouped(span: Span, scope: Scope) -> Any:
    """Without a range on the day, so that an index in the order of the groups is read through and nothing is sorted."""
    record = CounsellingSession
    keys = (record.session_type, record.mode, record.attendance)
    valid = (record.voided.is_(False), *scope.of_people(record.person_id))
    return sa.select(*keys, *span.sums(record.held_on)).where(span.until(record.held_on), *valid).group_by(*keys)


def _lines(held: dict[tuple[str, str], list[int]]) -> tuple[SessionLine, ...]:
    codes = (*vocabulary("counselling_type").codes, *vocabulary("counselling_mode").codes)
    places = {code: place for place, code in enumerate(codes)}
    kinds = sorted(held, key=lambda kind: [places.get(code, len(places)) for code in kind])
    return tuple(SessionLine(*kind, *held[kind]) for kind in kinds)


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    return month, year, project
