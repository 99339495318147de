# SPDX-License-Identifier: Apache-2.0
"""Records that no statement finds by itself: matched tests, scored answers, books of groups. Who worked them out names
them one by one (`Ref`), and only those that are looked at are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.model import Counts
from reports.measures.records import Behind, Opened
from reports.tables.model import Unit
from resource_centre.records import Person


class Page(NamedTuple):
    """Which of the records are asked for, the newest first."""

    limit: int
    offset: int


@dataclass(frozen=True)
class Ref:
    """One record: its class and id, its day, whose it is; `what` in a word, `who` where it is no person's record."""

    record: str
    id: str
    day: dt.date | None = None
    person_id: str | None = None
    what: str = ""
    who: str = ""
    amount: float | None = None
    part: bool = True
    shown_in: tuple[str, str] | None = None


def opened(
    session: Session,
    refs: Iterable[Ref],
    page: Page,
    *,
    unit: Unit = "count",
    value: float | None = None,
    counts: Counts = "rows",
) -> Opened:
    """Some of these records; without `value` the figure is only worked out from them, or is their number."""
    found = sorted(refs, key=lambda one: (one.day or dt.date.min, one.id), reverse=True)
    shown = found[page.offset : page.offset + page.limit]
    names = _names(session, {one.person_id for one in shown if one.person_id is not None})
    people = len({one.person_id for one in found if one.person_id is not None})
    return Opened(counts, unit, value, len(found), people, tuple(_behind(one, names) for one in shown))


def opened_of(session: Session, found: sa.Subquery, page: Page, *, unit: Unit, value: float | None) -> Opened:
    """The same of a statement: `record` (the class), `id`, `person_id` and `day` of each."""
    total, people = session.execute(sa.select(sa.func.count(), sa.func.count(found.c.person_id.distinct()))).one()
    order = (found.c.day.desc(), found.c.id.desc())
    rows = session.execute(sa.select(found).order_by(*order).limit(page.limit).offset(page.offset)).all()
    names = _names(session, {row.person_id for row in rows if row.person_id is not None})
    shown = (_behind(Ref(row.record, row.id, row.day, row.person_id), names) for row in rows)
    return Opened("rows", unit, value, int(total), int(people), tuple(shown))


def _behind(one: Ref, names: Mapping[str, str]) -> Behind:
    who = one.who or names.get(one.person_id or "", "")
    return Behind(one.record, one.id, one.person_id, one.day, who, one.what, one.amount, one.part, one.shown_in)


def _names(session: Session, ids: set[Any]) -> dict[str, str]:
    """What people are called, as far as the account may see them."""
    if not ids:
        return {}
    asked = sa.select(Person.id, Person.full_name).where(Person.id.in_(ids))
    return {row.id: row.full_name or "" for row in session.execute(asked)}
