# SPDX-License-Identifier: Apache-2.0
"""Two records of one person, side by side: what each says and holds, which values are kept, and how it is taken back.

Both records keep their histories. The values chosen from the other record are written to the one that stays as a save
like any other; the decision remembers what they were before, and gives back those that nobody has changed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.shape import is_date, logged_columns, logged_records, to_log
from resource_centre.records import DuplicatePair, Field, Identifier, Owned, Person, PersonLink, fields_of
from resource_centre.services.person_links import in_order, link, resolve, unlink
from resource_centre.services.saving import existing, write_changes

OWN: Final = frozenset({"number", "registered_on", "standing"})
"""What belongs to a record and is not chosen: both numbers find the person afterwards."""
REASON: Final = "?"
"""After a field's name: why it had no value, as in the log."""


@dataclass(frozen=True)
class Line:
    """One field of both records: `a` that of the record which stays, `b` that of the other; a reason where no value."""

    field: Field
    a: Any
    b: Any
    a_reason: str | None = None
    b_reason: str | None = None

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.a != self.b)

    @property
    def suggested(self) -> bool:
        """Whether the other record's value only fills a gap, so that nothing is given up by taking it."""
        return self.a is None and self.b is not None


@dataclass(frozen=True)
class Holding:
    """How many records of a kind (a table's name) each of both has."""

    noun: str
    a: int
    b: int


@dataclass(frozen=True)
class SideBySide:
    """Two records of people: `a_id` would stand for the person, `b_id` be shown no more."""

    a_id: str
    b_id: str
    a_number: str | None
    b_number: str | None
    lines: tuple[Line, ...]
    holdings: tuple[Holding, ...]
    score: int | None
    reasons: tuple[str, ...]
    same_nik: bool

    @property
    def different(self) -> tuple[Line, ...]:
        """The fields in which they differ."""
        return tuple(line for line in self.lines if line.differs)

    @property
    def suggested(self) -> tuple[str, ...]:
        """Names of the fields that only the other record answers."""
        return tuple(line.field.name for line in self.lines if line.suggested)


def side_by_side(session: Session, a_id: str, b_id: str) -> SideBySide:
    """Both records as they are, in the order they would be merged. Raises `Refused` when one is not there."""
    a, b = _both(session, a_id, b_id)
    found = session.get(DuplicatePair, (a.id, b.id))
    lines = tuple(
        Line(one, *(getattr(of, one.name) for of in (a, b)), *(of.unanswered.get(one.name) for of in (a, b)))
        for one in fields_of(Person)
        if one.name not in OWN
    )
    score, reasons = (found.score, tuple(found.reasons)) if found is not None else (None, ())
    same = bool(_niks(session, a.id) & _niks(session, b.id))
    return SideBySide(a.id, b.id, a.number, b.number, lines, _holdings(session, a.id, b.id), score, reasons, same)


def merge(
    session: Session,
    a_id: str,
    b_id: str,
    choices: Sequence[str] = (),
    *,
    reasons: Sequence[str] = (),
    score: int | None = None,
    note: str | None = None,
) -> PersonLink:
    """Make two records one person; `choices` are the fields whose value is taken from the one that is shown no more.

    Which one that is, says `side_by_side`. Raises `Refused` when they are one already, when a field is not one to
    choose, or when the values do not fit together; then nothing was changed.
    """
    a, b = _both(session, a_id, b_id)
    names = {one.name for one in fields_of(Person)} - OWN
    if not names.issuperset(choices):
        raise Refused("not_found")
    found = session.get(DuplicatePair, (a.id, b.id))
    if found is not None and not reasons:
        reasons, score = found.reasons, found.score
    taken = _take(session, a, b, [name for name in choices if getattr(a, name) != getattr(b, name)])
    return link(session, a.id, b.id, reasons, score, taken=taken, note=note)


def unmerge(session: Session, link_id: str) -> PersonLink:
    """Make one person two records again; fields that still are what the merge made them get back what they were."""
    decision = existing(session, PersonLink, link_id)
    taken = dict(decision.taken or {})
    unlink(session, decision.id)
    person = session.get(Person, in_order(decision.a_id, decision.b_id)[0])
    if person is not None and taken:
        _give_back(session, person, taken)
    return decision


def _both(session: Session, a_id: str, b_id: str) -> tuple[Person, Person]:
    low, high = in_order(resolve(session, a_id), resolve(session, b_id))
    if low == high:
        raise Refused("one_person_already")
    return existing(session, Person, low), existing(session, Person, high)


def _holdings(session: Session, a_id: str, b_id: str) -> tuple[Holding, ...]:
    """What each of both has, of the kinds this account may read."""
    role, found = viewer_of(session).role, []
    for name, record in sorted(logged_records().items()):
        if not issubclass(record, Owned) or not may_read(role, record):
            continue
        owner = inspect(record).columns["person_id"]
        wanted = select(record.person_id, func.count()).where(owner.in_((a_id, b_id)), record.voided.is_(False))
        counts = dict(iter(session.execute(wanted.group_by(record.person_id))))
        if counts:
            found.append(Holding(name, counts.get(a_id, 0), counts.get(b_id, 0)))
    return tuple(found)


def _niks(session: Session, person_id: str) -> set[str | None]:
    own = (Identifier.person_id == person_id, Identifier.kind == "nik", Identifier.voided.is_(False))
    return set(session.scalars(select(Identifier.lookup).where(*own, Identifier.lookup.is_not(None))))


def _take(session: Session, a: Person, b: Person, names: Sequence[str]) -> dict[str, list[Any]]:
    """Write these values of the other record; returns what they were and are, with the reasons, as the log has them."""
    if not names:
        return {}
    before = {name: getattr(a, name) for name in names}
    reasons = dict(a.unanswered)
    values = {name: getattr(b, name) for name in names}
    kept = {name: why for name, why in reasons.items() if name not in names}
    kept |= {name: why for name, why in b.unanswered.items() if name in names}
    write_changes(session, a, values, kept, on=today())
    taken = {name: [to_log(before[name]), to_log(getattr(a, name))] for name in names}
    for name in names:
        if reasons.get(name) != a.unanswered.get(name):
            taken[name + REASON] = [reasons.get(name), a.unanswered.get(name)]
    return taken


def _give_back(session: Session, person: Person, taken: Mapping[str, Sequence[Any]]) -> None:
    """What was there before was valid then: it is not asked again whether it is, so that nothing stands in the way."""
    columns, reasons = logged_columns(Person), dict(person.unanswered)
    for name, (before, after) in taken.items():
        field = name.removesuffix(REASON)
        if field not in columns or field in OWN:
            continue
        if name != field:
            if reasons.get(field) == after:
                reasons = {**{key: why for key, why in reasons.items() if key != field}, **_said(field, before)}
        elif to_log(getattr(person, name)) == after:
            value = dt.date.fromisoformat(before) if before and is_date(columns[name]) else before
            setattr(person, name, value)
    person.unanswered = {name: why for name, why in reasons.items() if getattr(person, name, None) is None}
    session.flush()


def _said(field: str, reason: str | None) -> dict[str, str]:
    return {field: reason} if reason else {}
