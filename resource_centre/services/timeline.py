# SPDX-License-Identifier: Apache-2.0
"""The whole story of a person as one timeline, read with one question per kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.records import Logged, Person, ProtectionMark
from resource_centre.services import timeline_case, timeline_desk, timeline_life, timeline_money
from resource_centre.services.saving import existing
from resource_centre.services.timeline_answers import answers_of
from resource_centre.services.timeline_items import GROUPS, KINDS, TimelineItem, some
from resource_centre.services.timeline_learning import learning_of

__all__ = ["GROUPS", "KINDS", "TimelineItem", "cases_of", "timeline"]

Items = Callable[..., Iterable[TimelineItem]]
PERSON: Final[BindParameter[Any]] = bindparam("person_id")


@dataclass(frozen=True)
class Source:
    """One kind of record: the columns read of it, and the items they make. `items` gets the values in this order."""

    record: type[Logged]
    columns: tuple[str, ...]
    items: Items

    @cached_property
    def question(self) -> Select[Any]:
        """Made once; the person is a parameter."""
        record: Any = self.record
        columns = [getattr(record, name) for name in ("id", *self.columns)]
        return select(*columns).where(record.person_id == PERSON, record.voided.is_(False))


SOURCES: Final = tuple(
    Source(record, columns, items)
    for record, columns, items in (
        *timeline_life.SOURCES,
        *timeline_desk.SOURCES,
        *timeline_case.SOURCES,
        *timeline_money.SOURCES,
    )
)


def timeline(session: Session, person_id: str) -> list[TimelineItem]:
    """Everything dated of a person, newest first; what has no date comes last.

    Of top-tier matters there is nothing but the one line that says whom to speak to, and not even that for those who
    see no marks.
    """
    person = existing(session, Person, person_id)
    role = viewer_of(session).role
    items = [TimelineItem(_day(person.registered_on), "registered", some(person.number), "Person", person.id)]
    for source in SOURCES:
        if may_read(role, source.record):
            for row in session.execute(source.question, {"person_id": person_id}):
                items += source.items(*row)
    items += learning_of(session, person_id)
    items += answers_of(session, person_id)
    items.sort(key=_newest_first, reverse=True)
    return _one_protection_line(items, seen=may_read(role, ProtectionMark))


def cases_of(items: Iterable[TimelineItem]) -> dict[tuple[str, str], str]:
    """In which case each record was made, by class name and id, as far as any item of it says."""
    return {(item.record, item.record_id): item.case_id for item in items if item.case_id}


def _newest_first(item: TimelineItem) -> tuple[str, str, str]:
    # "2019" stands before "2019-05", which stands before "2019-05-17": the order of the earliest day each may mean.
    return (item.when or "", item.record_id, item.kind)


def _one_protection_line(items: list[TimelineItem], *, seen: bool) -> list[TimelineItem]:
    marks = [item for item in items if item.kind == "protection"]
    if not marks:
        return items
    hidden = {item.record_id for item in marks}
    first = marks[-1] if seen else None
    return [item for item in items if item is first or item.record_id not in hidden]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
