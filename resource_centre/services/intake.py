# SPDX-License-Identifier: Apache-2.0
"""The intake: everything asked of somebody who comes for the first time, saved in one act or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.problems import Problem
from resource_centre.records import (
    Account,
    Address,
    Case,
    Contact,
    Identifier,
    IntakeInterview,
    Logged,
    MigrationEpisode,
    Person,
    Service,
    fields_of,
)
from resource_centre.services.cases import open_case, open_case_of
from resource_centre.services.check import check_identifier, check_person, check_record, check_stay, prefixed
from resource_centre.services.contacts import link_contact, record_contact
from resource_centre.services.intake_sections import FORM_VERSION
from resource_centre.services.people import change_person, identify, known_elsewhere, move_person, register_person
from resource_centre.services.saving import (
    canonical,
    existing,
    refuse_errors,
    still_unanswered,
    write_new,
)

Part = Mapping[str, Any]

RECORDS: Final[dict[str, type[Logged]]] = {
    "person": Person,
    "address": Address,
    "episode": MigrationEpisode,
    "contact": Contact,
}


@dataclass(frozen=True)
class Intake:
    """What one intake has written, and what is worth a second look."""

    person_id: str
    number: str | None
    episode_id: str | None
    case_id: str | None
    case_number: str | None
    contact_id: str | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class _Parts:
    """The answers by part, canonical, with the reasons for no answer apart."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)
    identifiers: list[dict[str, Any]] = field(default_factory=list)
    services: tuple[str, ...] = ()


def check_intake(
    session: Session,
    *,
    person: Part,
    identifiers: Sequence[Part] = (),
    address: Part | None = None,
    episode: Part | None = None,
    contact: Part | None = None,
    on: dt.date | None = None,
) -> tuple[Problem, ...]:
    """Everything wrong or odd with an intake, before it is saved; fields are named ``person.full_name``,
    ``identifiers.0.value``, ``address.village_code``, ``episode.return_date``, ``contact.channel``."""
    parts = _parts(person, identifiers, address, episode, contact, on or today())
    return tuple(_problems(session, parts, _id_of(person)))


def register_intake(
    session: Session,
    *,
    person: Part,
    identifiers: Sequence[Part] = (),
    address: Part | None = None,
    episode: Part | None = None,
    contact: Part | None = None,
    contact_id: str | None = None,
    interview: Part | None = None,
    open_case: bool = False,
    on: dt.date | None = None,
) -> Intake:
    """Save an intake in one act. Raises `Refused` with all problems, named by part, and then nothing was written.

    Each part is field name to value and may have ``unanswered`` (field name to reason) among them. ``person`` may be
    the ``id`` of somebody registered already, with the fields to change. An identifier is ``kind``, ``value``,
    ``note``. A contact may have ``services``, codes of service_type; with a `contact_id` an unnamed one of the front
    desk becomes this person's, with its services. An `interview` begins the intake that is gone on with later.
    """
    day = on or today()
    parts = _parts(person, identifiers, address, episode, contact, day)
    problems = tuple(_problems(session, parts, _id_of(person)))
    refuse_errors(problems)
    who = _save_person(session, parts, _id_of(person), day)
    for number in parts.identifiers:
        identify(session, who.id, number["kind"], number["value"], number.get("note"))
    stay = _save_episode(session, parts, who.id)
    visit = link_contact(session, contact_id, who.id) if contact_id else _save_contact(session, parts, who.id, day)
    if interview is not None:
        _begin_interview(session, who.id, interview, day)
    case = _save_case(session, who.id, day) if open_case else None
    return Intake(
        person_id=who.id,
        number=who.number,
        episode_id=stay.id if stay else None,
        case_id=case.id if case else None,
        case_number=case.number if case else None,
        contact_id=visit.id if visit else None,
        warnings=problems,
    )


def _id_of(person: Part) -> str | None:
    known: str | None = person.get("id")
    return known


def _parts(
    person: Part,
    identifiers: Sequence[Part],
    address: Part | None,
    episode: Part | None,
    contact: Part | None,
    day: dt.date,
) -> _Parts:
    given = {"person": person, "address": address, "episode": episode, "contact": contact}
    parts = _Parts(
        identifiers=[canonical(Identifier, one) for one in identifiers if one.get("value")],
        services=tuple((contact or {}).get("services") or ()),
    )
    for name, part in given.items():
        if part is None:
            continue
        plain = {key: value for key, value in part.items() if key not in ("id", "unanswered", "services")}
        parts.values[name] = canonical(RECORDS[name], plain)
        parts.reasons[name] = still_unanswered(parts.values[name], part.get("unanswered"))
    if "id" not in person:
        parts.values["person"] = {"registered_on": day} | _filled(parts.values["person"])
    if "contact" in parts.values:
        parts.values["contact"] = {"held_on": day} | _filled(parts.values["contact"])
    return parts


def _filled(values: Part) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _problems(session: Session, parts: _Parts, person_id: str | None) -> Iterator[Problem]:
    day = today()
    known = existing(session, Person, person_id) if person_id else None
    for name, values in parts.values.items():
        before, reasons = {}, parts.reasons[name]
        if name == "person" and known is not None:
            before = {one.name: getattr(known, one.name) for one in fields_of(Person)}
            reasons = known.unanswered | reasons
        yield from prefixed(name, check_record(RECORDS[name], before | values, reasons, on=day))
    who = (
        parts.values["person"]
        if known is None
        else {"sex": known.sex, "birth_date": known.birth_date} | parts.values["person"]
    )
    yield from prefixed("person", check_person(who, parts.identifiers, on=day))
    yield from prefixed("episode", check_stay(parts.values.get("episode", {}), who))
    for index, number in enumerate(parts.identifiers):
        found = (*check_identifier(number, who, on=day), *known_elsewhere(session, number, person_id))
        yield from prefixed(f"identifiers.{index}", found)
    yield from _village_problems(session, parts, known is None)
    for code in parts.services:
        line = {"service_type": code, "given_on": day}
        yield from (Problem("contact.services", one.code) for one in check_record(Service, line, on=day))


def _village_problems(session: Session, parts: _Parts, is_new: bool) -> Iterator[Problem]:
    """A village collector registers people of their own villages, and would lose sight of somebody without any."""
    villages = viewer_of(session).bound
    village = parts.values.get("address", {}).get("village_code")
    if villages is None or (village is None and not is_new):
        return
    if village is None:
        yield Problem("address.village_code", "required")
    elif village not in villages:
        yield Problem("address.village_code", "out_of_scope")


def _save_person(session: Session, parts: _Parts, person_id: str | None, day: dt.date) -> Person:
    """The person and where they live in one flush: a village collector may only register people of their villages."""
    home = parts.values.get("address")
    if person_id is not None:
        person = change_person(session, person_id, parts.values["person"])
        if home:
            move_person(session, person_id, home, on=day)
        return person
    person = register_person(session, values=parts.values["person"], unanswered=parts.reasons["person"], on=day)
    if home:
        complete = {**home, "person_id": person.id}
        write_new(session, Address, complete, parts.reasons["address"], on=today())
    return person


def _save_episode(session: Session, parts: _Parts, person_id: str) -> MigrationEpisode | None:
    if "episode" not in parts.values:
        return None
    values = {**parts.values["episode"], "person_id": person_id}
    return write_new(session, MigrationEpisode, values, parts.reasons["episode"], on=today())


def _save_contact(session: Session, parts: _Parts, person_id: str, day: dt.date) -> Contact | None:
    if "contact" not in parts.values:
        return None
    values = {name: value for name, value in parts.values["contact"].items() if name != "person_id"}
    reasons = parts.reasons["contact"]
    return record_contact(
        session, values=values, services=parts.services, person_id=person_id, unanswered=reasons, on=day
    )


def _begin_interview(session: Session, person_id: str, interview: Part, day: dt.date) -> None:
    """Who asked is the account this session is open for, unless the interview says otherwise."""
    own = session.get(Account, viewer_of(session).account_id)
    begun = {"held_on": day, "staff": own.name if own else None, "form_version": FORM_VERSION}
    write_new(session, IntakeInterview, {**begun, **_filled(interview), "person_id": person_id}, on=today())


def _save_case(session: Session, person_id: str, day: dt.date) -> Case:
    return open_case_of(session, person_id) or open_case(session, person_id=person_id, on=day)
