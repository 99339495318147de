# SPDX-License-Identifier: Apache-2.0
"""Family: members of a household, and those among them the centre knows, seen from both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import HouseholdMember, Person
from resource_centre.services.saving import existing, write_changes, write_new
from resource_centre.vocabulary import vocabulary

CHILD: Final = "anak"
PARENT: Final = "orang_tua"
SIBLING: Final = "sibling"
"""No code of the list: it follows from having a parent in common."""


@dataclass(frozen=True)
class Relative:
    """Somebody of the family. `relation` says what they are to the person: a code of ``relation``, or ``sibling``.

    `member_id` is the row that says so, None when it follows from others; `person_id` is None for a member whom the
    centre does not know or this account does not see. `own`: whether the row stands with the person themselves.
    """

    member_id: str | None
    person_id: str | None
    name: str
    relation: str
    own: bool
    number: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    standing: str | None = None

    @property
    def relation_words(self) -> str:
        """What they are to the person, in the active language."""
        return _("Brother or sister") if self.relation == SIBLING else vocabulary("relation").label(self.relation)


def link(session: Session, person_id: str, relative_id: str, relation: str) -> HouseholdMember:
    """Say that a known person is what `relation` says to another; the other side follows by itself.

    Raises `Refused` for somebody's own record, and when the two are linked already.
    """
    existing(session, Person, person_id)
    relative = existing(session, Person, relative_id)
    if relative_id == person_id:
        raise Refused("check", (Problem("relative_id", "own_record"),))
    if _between(session, person_id, relative_id):
        raise Refused("check", (Problem("relative_id", "already_linked"),))
    values = {"relation": relation, "name": relative.full_name, "person_id": person_id, "relative_id": relative_id}
    return write_new(session, HouseholdMember, values, on=today())


def link_member(session: Session, member_id: str, relative_id: str) -> HouseholdMember:
    """Say that a member of the household is this known person."""
    member = existing(session, HouseholdMember, member_id)
    relative = existing(session, Person, relative_id)
    if relative_id == member.person_id:
        raise Refused("check", (Problem("relative_id", "own_record"),))
    if _between(session, member.person_id, relative_id):
        raise Refused("check", (Problem("relative_id", "already_linked"),))
    changes = {"relative_id": relative_id, "name": member.name or relative.full_name}
    return write_changes(session, member, changes, on=today())


def unlink(session: Session, member_id: str) -> HouseholdMember:
    """Take the link away, from whichever side it was made; the member of the household stays."""
    member = existing(session, HouseholdMember, member_id)
    return write_changes(session, member, {"relative_id": None}, on=today())


def family_of(session: Session, person_id: str) -> list[Relative]:
    """The family of a person: their own members first, then who names them as theirs, then brothers and sisters."""
    own = _members(session, HouseholdMember.person_id == person_id)
    naming = _members(session, HouseholdMember.relative_id == person_id)
    others = {one.relative_id for one in own} | {one.person_id for one in naming}
    siblings = _siblings(session, person_id, own, naming) - others
    known = _people(session, others | siblings)
    found = [_from_own(member, known) for member in own]
    already = {one.person_id for one in found if one.person_id}
    for member in naming:
        if member.person_id in known and member.person_id not in already:
            found.append(_relative(member.id, known[member.person_id], _inverse(member.relation), own=False))
            already.add(member.person_id)
    in_order = sorted(siblings & known.keys(), key=lambda one: str(known[one].full_name))
    return found + [_relative(None, known[one], SIBLING, own=False) for one in in_order]


def _from_own(member: HouseholdMember, known: dict[str, Any]) -> Relative:
    person = known.get(member.relative_id or "")
    if person is not None:
        return _relative(member.id, person, member.relation or "", own=True)
    words = member.name or vocabulary("relation").label(member.relation)
    return Relative(member.id, None, words, member.relation or "", True, None, member.sex, member.birth_date)


def _relative(member_id: str | None, person: Any, relation: str, *, own: bool) -> Relative:
    person_id, name, number, sex, birth_date, standing = person
    return Relative(member_id, person_id, name, relation, own, number, sex, birth_date, standing)


def _inverse(relation: str | None) -> str:
    term = vocabulary("relation").get(relation)
    return term.extra["inverse"] if term else ""


def _siblings(
    session: Session, person_id: str, own: Iterable[HouseholdMember], naming: Iterable[HouseholdMember]
) -> set[str]:
    """Who has a parent in common with the person, as far as links tell."""
    parents = {one.relative_id for one in own if one.relation == PARENT and one.relative_id}
    parents |= {one.person_id for one in naming if one.relation == CHILD}
    if not parents:
        return set()
    children = (HouseholdMember.person_id.in_(parents), HouseholdMember.relation == CHILD)
    named = (HouseholdMember.relative_id.in_(parents), HouseholdMember.relation == PARENT)
    found = {one.relative_id for one in _members(session, *children) if one.relative_id}
    return (found | {one.person_id for one in _members(session, *named)}) - {person_id}


def _members(session: Session, *which: Any) -> list[HouseholdMember]:
    wanted = select(HouseholdMember).where(*which, HouseholdMember.voided.is_(False)).order_by(HouseholdMember.id)
    return list(session.scalars(wanted))


def _between(session: Session, one: str, other: str) -> bool:
    """Whether either names the other."""
    return any(
        _members(session, HouseholdMember.person_id == first, HouseholdMember.relative_id == second)
        for first, second in ((one, other), (other, one))
    )


def _people(session: Session, ids: set[Any]) -> dict[str, Any]:
    columns = (Person.id, Person.full_name, Person.number, Person.sex, Person.birth_date, Person.standing)
    wanted = select(*columns).where(Person.id.in_(ids - {None}), Person.voided.is_(False))
    return {row[0]: row for row in session.execute(wanted)}
