# SPDX-License-Identifier: Apache-2.0
"""Two records of people: one and the same person, or two. A person says so, never the program, and takes it back.

A decision is a record of its own (`PersonLink`), which travels like every other one. What the tables make of it is told
in `resource_centre/log/linked.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.records import DuplicatePair, Person, PersonLink
from resource_centre.services.saving import existing, write_changes, write_new

SAME: Final = "same"
DIFFERENT: Final = "different"
CHUNK: Final = 400
"""Ids asked for at once."""

_NAMESPACE: Final = uuid.UUID("5f0c2a5e-8f0b-5b0a-9d53-6c1f6b6d2d11")

Pair = tuple[str, str]


def link_id(a_id: str, b_id: str) -> str:
    """The id of the decision about two records, whoever makes it and in whichever order they are named."""
    low, high = in_order(a_id, b_id)
    return str(uuid.uuid5(_NAMESPACE, f"person_link/{low}/{high}"))


def in_order(a_id: str, b_id: str) -> Pair:
    """Two ids as they stand in a decision: the smaller one first."""
    return (a_id, b_id) if a_id <= b_id else (b_id, a_id)


def link(
    session: Session,
    a_id: str,
    b_id: str,
    reasons: Sequence[str] = (),
    score: int | None = None,
    *,
    taken: Mapping[str, Sequence[Any]] | None = None,
    note: str | None = None,
) -> PersonLink:
    """Say that two records are one person; the record with the smaller id stands for both from now on.

    `reasons` are codes as of `matching.reasons`, `score` the likeness in per cent, `taken` the fields that were changed
    for it as ``{field: [before, after]}``. Raises `Refused` when they are one already, or one is not there.
    """
    low, high = _people(session, a_id, b_id)
    told = {"reasons": list(reasons), "score": score, "taken": dict(taken or {}), "note": note}
    return _decide(session, low, high, SAME, told)


def keep_apart(
    session: Session, a_id: str, b_id: str, reasons: Sequence[str] = (), score: int | None = None
) -> PersonLink:
    """Say that two records are two people: they are not proposed again. Raises `Refused` as `link` does."""
    low, high = _people(session, a_id, b_id)
    return _decide(session, low, high, DIFFERENT, {"reasons": list(reasons), "score": score})


def unlink(session: Session, link_id: str) -> PersonLink:
    """Take a decision back; records that it made one person are two again, with all that is theirs."""
    found = existing(session, PersonLink, link_id)
    void(session, found, _("Taken back"))
    return found


def resolve(session: Session, person_id: str) -> str:
    """The id that stands for this person: their own, or that of the record they are one person with."""
    found = session.execute(select(Person.same_as).where(Person.id == person_id)).first()
    return found.same_as if found is not None and found.same_as else person_id


def records_of(session: Session, person_id: str) -> tuple[str, ...]:
    """The ids of all records that are this person, the one that stands for them first."""
    stands = resolve(session, person_id)
    others = session.scalars(select(Person.id).where(Person.same_as == stands).order_by(Person.id))
    return (stands, *others)


def links_of(session: Session, person_id: str) -> list[PersonLink]:
    """The decisions in force that say which records are this person; what can be taken back, the newest last."""
    ids = records_of(session, person_id)
    about = (PersonLink.a_id.in_(ids), PersonLink.b_id.in_(ids))
    valid = (PersonLink.verdict == SAME, PersonLink.voided.is_(False))
    return list(session.scalars(select(PersonLink).where(*about, *valid).order_by(PersonLink.linked_on, PersonLink.id)))


def decided(session: Session, people: Iterable[str] | None = None) -> set[Pair]:
    """The pairs somebody has decided about, in either way; of these people, or all. They are not proposed again.

    Of records that are one person every one stands for it: what was said of one is said of the person.
    """
    found: set[Pair] = set()
    for chosen in _chosen(people):
        found.update((a_id, b_id) for a_id, b_id in session.execute(_DECIDED.where(chosen)))
    stands = _standing(session, {one for pair in found for one in pair})
    return found | {in_order(stands.get(a_id, a_id), stands.get(b_id, b_id)) for a_id, b_id in found}


_DECIDED: Final = select(PersonLink.a_id, PersonLink.b_id).where(PersonLink.voided.is_(False))


def _chosen(people: Iterable[str] | None) -> Iterable[Any]:
    if people is None:
        yield PersonLink.a_id.is_not(None)
        return
    ids = sorted(set(people))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        yield or_(PersonLink.a_id.in_(chunk), PersonLink.b_id.in_(chunk))


def _standing(session: Session, people: set[str]) -> dict[str, str]:
    ids, found = sorted(people), dict[str, str]()
    for start in range(0, len(ids), CHUNK):
        away = (Person.id.in_(ids[start : start + CHUNK]), Person.same_as.is_not(None))
        rows = session.execute(select(Person.id, Person.same_as).where(*away))
        found.update((one, str(stands)) for one, stands in rows)
    return found


def _people(session: Session, a_id: str, b_id: str) -> Pair:
    """The records that stand for these two, the smaller id first."""
    low, high = in_order(resolve(session, a_id), resolve(session, b_id))
    if low == high:
        raise Refused("one_person_already")
    for one in (low, high):
        existing(session, Person, one)
    return low, high


def _decide(session: Session, low: str, high: str, verdict: str, told: Mapping[str, Any]) -> PersonLink:
    values = {**told, "verdict": verdict, "linked_on": today()}
    known = session.get(PersonLink, link_id(low, high))
    if known is None:
        values |= {"id": link_id(low, high), "a_id": low, "b_id": high}
        made = write_new(session, PersonLink, values, on=today())
    else:
        made = write_changes(session, known, {"voided": False, "void_reason": None, **values}, on=today())
    proposed = session.get(DuplicatePair, (low, high))
    if proposed is not None:
        session.delete(proposed)
        session.flush()
    return made
