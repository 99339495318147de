# SPDX-License-Identifier: Apache-2.0
"""The records of a measure, as far as the session's account may see them: newest first, some at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.breakdowns import BREAKDOWNS
from reports.measures.catalogue import MEASURES
from reports.measures.counting import MONTH, Keys, asking_of, conditions, counted, narrowed, people, shared
from reports.measures.model import ALL, Asking, Counts, Facts, Measure, word_of
from reports.monthly.periods import Period
from reports.monthly.scope import Scope
from reports.tables.model import Unit
from resource_centre.records import Person
from resource_centre.records.base import Id

PAGE: Final = 50
"""How many records are shown at first."""


@dataclass(frozen=True)
class Behind:
    """One record behind a figure: what it is (the name of its record class), whose, of which day.

    `who` is the person's name, empty for nobody known by name; `what` one word of a list, such as the service; neither
    says more than the account may read. `amount` is its part of a sum; `part`: of a share, whether it is in the part.
    """

    record: str
    id: str
    person_id: str | None
    day: dt.date | None
    who: str
    what: str
    amount: float | None = None
    part: bool = True
    shown_in: tuple[str, str] | None = None
    """The record (its class and id) on whose page it stands, where it has no page of its own and is about nobody."""


@dataclass(frozen=True)
class Opened:
    """What stands behind a figure, counted anew: `total` records (`people` different people among them; 0 where they
    are about nobody), of which `records` are those asked for. `value` is the figure these records make now; None where
    the figure is only worked out from them, or there is nothing to tell. Of a sum (`counts`) each has its amount.
    """

    counts: Counts
    unit: Unit
    value: float | None
    total: int
    people: int
    records: tuple[Behind, ...]


def records_of(
    session: Session,
    measure: Measure,
    period: Period,
    scope: Scope | None = None,
    where: Mapping[str, str] | None = None,
    *,
    limit: int = PAGE,
    offset: int = 0,
) -> Opened:
    """The records of a measure in a period, those in the lines of these codes (by breakdown) only."""
    lines = {code: value for code, value in (where or {}).items() if value != ALL}
    asking = asking_of(session, period, scope, monthly=MONTH in lines)
    whole = MEASURES[measure.parts[1]] if measure.parts is not None else measure
    facts = whole.facts_of(asking)
    found = listed(whole, facts, lines)
    total, different = session.execute(sa.select(sa.func.count(), sa.func.count(found.c.person_id.distinct()))).one()
    order = (found.c.day.desc(), found.c.id.desc())
    shown = session.execute(sa.select(found).order_by(*order).limit(limit).offset(offset)).all()
    part = _among(session, measure, asking, lines, [row.id for row in shown])
    records = tuple(_behind(facts, row, part, told=whole.counts == "sum") for row in shown)
    value = _value(session, measure, period, scope, lines)
    return Opened(measure.counts, measure.unit, value, int(total), int(different), records)


def listed(measure: Measure, facts: Facts, where: Mapping[str, str]) -> sa.Subquery:
    """The records as a table: id, person_id, day, who, what, amount; of different people each of them once."""
    if measure.counts == "people":
        return _people_listed(facts, where)
    columns = {
        "id": facts.id,
        "person_id": facts.person_id,
        "day": facts.day,
        "who": None if facts.person_id is None else Person.full_name,
        "what": None if facts.word is None else facts.word[1],
        "amount": facts.amount if measure.counts == "sum" else None,
    }
    named = (_told(name, column) for name, column in columns.items())
    return narrowed(Keys(facts), facts.select(*named), (), where).subquery("record_behind")


_KINDS: Final[Mapping[str, Any]] = {
    "id": Id, "person_id": Id, "day": sa.Date(), "who": sa.String(), "what": sa.String(),
    "amount": sa.Numeric(18, 2, asdecimal=False),
}  # fmt: skip


def _told(name: str, column: Any) -> Any:
    kind = _KINDS[name]
    return (sa.cast(sa.null(), kind) if column is None else sa.type_coerce(column, kind)).label(name)


def _people_listed(facts: Facts, where: Mapping[str, str]) -> sa.Subquery:
    each = people(facts, (), where)
    personal = {code: value for code, value in where.items() if BREAKDOWNS[code].personal}
    told = (Person.id.label("id"), Person.id.label("person_id"), each.c.day.label("day"), Person.full_name.label("who"))
    nothing = (_told("what", None), _told("amount", None))
    made = sa.select(*told, *nothing).select_from(each).join(Person, Person.id == each.c.person_id)
    return made.where(*conditions(Keys(facts, each), personal)).subquery("person_behind")


def _among(
    session: Session, measure: Measure, asking: Asking, where: Mapping[str, str], ids: Sequence[str]
) -> frozenset[str] | None:
    """Which of these records are in the part of a share; None for what is none."""
    if measure.parts is None:
        return None
    one = MEASURES[measure.parts[0]]
    found = listed(one, one.facts_of(asking), where)
    return frozenset(session.scalars(sa.select(found.c.id).where(found.c.id.in_(ids))))


def _behind(facts: Facts, row: Any, part: frozenset[str] | None, *, told: bool) -> Behind:
    what = word_of(facts.word[0], row.what) if facts.word is not None and row.what is not None else ""
    amount = float(row.amount or 0) if told else None
    record = facts.record.__name__
    return Behind(record, row.id, row.person_id, row.day, row.who or "", what, amount, part is None or row.id in part)


def _value(
    session: Session, measure: Measure, period: Period, scope: Scope | None, where: Mapping[str, str]
) -> float | None:
    """The figure itself: so that who looks sees whether it is still the one on the paper."""
    one = {"": period}
    if measure.parts is None:
        return counted(session, measure, (), one, scope, where).value("")
    part, whole = (counted(session, MEASURES[code], (), one, scope, where) for code in measure.parts)
    return shared(part, whole, "")
