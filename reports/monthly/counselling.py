# SPDX-License-Identifier: Apache-2.0
"""Table R15: counselling sessions by type and mode, those that did not take place, and how many a person has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import PERIODS, UNKNOWN, Counted, percent_of
from reports.monthly.periods import Span
from reports.monthly.scope import MISSED, Scope
from reports.statements import kept
from resource_centre.records import CounsellingSession
from resource_centre.services.counselling import ATTENDED
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]
Key = tuple[str | None, str | None, str | None]
"""Type, mode and attendance of sessions."""


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
    """R15; each figure for month, year and project. `missed` are appointments to which nobody came.

    One group session with five people is one session `held`, and `attended` five times.
    """

    lines: tuple[SessionLine, ...]
    held: Three
    attended: Three
    missed: Three
    people: Counted

    @property
    def missed_rates(self) -> tuple[float | None, ...]:
        """Missed appointments of those held and missed, in per cent; None without any."""
        return tuple(percent_of(missed, held + missed) for held, missed in zip(self.held, self.missed, strict=True))

    @property
    def sessions_per_person(self) -> tuple[float | None, ...]:
        """Sessions attended per person counselled; the person stands for the case."""
        people = (count.total for count in self.people)
        return tuple(sessions / count if count else None for sessions, count in zip(self.attended, people, strict=True))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "sessions": dict(zip(PERIODS, self.held, strict=True)),
            "attended": dict(zip(PERIODS, self.attended, strict=True)),
            "missed": dict(zip(PERIODS, self.missed, strict=True)),
            "missed_rate": dict(zip(PERIODS, self.missed_rates, strict=True)),
            "people": self.people.as_dict(),
            "sessions_per_person": dict(zip(PERIODS, self.sessions_per_person, strict=True)),
        }


def counselling(session: Session, span: Span, scope: Scope, people: Counted) -> Counselling:
    """R15; `people` are those counselled, counted with the people served."""
    rows: dict[Key, list[int]] = {
        (session_type, mode, attendance): counts
        for session_type, mode, attendance, *counts in session.execute(_grouped(span, scope))
    }
    attended = _sum(rows, ATTENDED)
    for key, more in _counted_twice(session, span, scope):
        rows[key] = [count - too_many for count, too_many in zip(rows[key], more, strict=True)]
    held = {
        (session_type or UNKNOWN, mode or UNKNOWN): counts
        for (session_type, mode, attendance), counts in rows.items()
        if attendance == ATTENDED and any(counts)
    }
    return Counselling(_lines(held), _sum(rows, ATTENDED), attended, _sum(rows, MISSED), people)


@kept
def _grouped(span: Span, scope: Scope) -> Any:
    """Without a range on the day, so that an index in the order of the groups is read through and nothing is sorted."""
    record = CounsellingSession
    keys = (record.session_type, record.mode, record.attendance)
    valid = (record.voided.is_(False), *scope.of_people(record.person_id), *scope.of_work(record))
    return sa.select(*keys, *span.sums(record.held_on)).where(span.counted(record.held_on), *valid).group_by(*keys)


def _counted_twice(session: Session, span: Span, scope: Scope) -> Iterator[tuple[Key, list[int]]]:
    """By what `_grouped` counts, how many rows of group sessions are more than one for each session.

    Of a group that met, who stayed away missed no session of their own.
    """
    found = session.execute(_of_groups(span, scope)).all()
    met = {group_id for group_id, _type, _mode, attendance, *_counts in found if attendance == ATTENDED}
    for group_id, session_type, mode, attendance, *counts in found:
        away = group_id in met and attendance != ATTENDED
        too_many = counts if away else [max(0, count - 1) for count in counts]
        yield (session_type, mode, attendance), too_many


@kept
def _of_groups(span: Span, scope: Scope) -> Any:
    record = CounsellingSession
    keys = (record.session_type, record.mode, record.attendance)
    wanted = sa.select(record.group_id, *keys, *span.sums(record.held_on))
    valid = (record.group_id.is_not(None), record.voided.is_(False), span.counted(record.held_on))
    whose = (*scope.of_people(record.person_id), *scope.of_work(record))
    return wanted.where(*valid, *whose).group_by(record.group_id, *keys)


def _sum(rows: Mapping[Key, Sequence[int]], attendance: str) -> Three:
    month, year, project = (
        sum(counts[at] for key, counts in rows.items() if key[-1] == attendance) for at in range(len(PERIODS))
    )
    return month, year, project


def _lines(held: dict[tuple[str, str], list[int]]) -> tuple[SessionLine, ...]:
    codes = (*vocabulary("counselling_type").codes, *vocabulary("counselling_mode").codes)
    places = {code: place for place, code in enumerate(codes)}
    kinds = sorted(held, key=lambda kind: [places.get(code, len(places)) for code in kind])
    return tuple(SessionLine(*kind, *held[kind]) for kind in kinds)
