# SPDX-License-Identifier: Apache-2.0
"""An intake saved piece by piece, complete or not: each section of the conversation is read and written by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import (
    Address,
    HealthNeed,
    Identifier,
    IntakeInterview,
    Livelihood,
    Logged,
    MigrationEpisode,
    Owned,
    Person,
    fields_of,
)
from resource_centre.services.check import (
    check_identifier,
    check_person,
    check_record,
    check_stay,
    check_stays,
    prefixed,
)
from resource_centre.services.intake_completeness import Missing, missing_of, note_completeness, stay_order
from resource_centre.services.intake_sections import EXTRA, FORM_VERSION, NUMBERS, SECTIONS, Section, section
from resource_centre.services.people import identify, known_elsewhere
from resource_centre.services.saving import (
    canonical,
    existing,
    refuse_errors,
    write_changes,
    write_new,
)

Part = Mapping[str, Any]
Entry = TypeVar("Entry", bound=Owned)

PHONE_NOTE: Final = "phone_note"
SINGLE: Final = tuple(one.key for one in SECTIONS if not one.many and one.key != "visit")
"""The sections that are one record each; the visit is written when somebody is registered, lists are entries."""

DAY_OF: Final[dict[type[Logged], str]] = {Livelihood: "told_on", HealthNeed: "told_on", IntakeInterview: "held_on"}
"""What a new record of a section needs besides its answers: the day on which it was told."""


@dataclass(frozen=True)
class Told:
    """What a section holds: its answers by field, the reasons for no answer, and the record it came from, if any."""

    values: dict[str, Any]
    unanswered: dict[str, str]
    record: Logged | None = None


@dataclass(frozen=True)
class IntakeRecord:
    """A person's intake as far as it has come; `told` by the key of the section."""

    person: Person
    told: dict[str, Told]
    missing: Missing
    warnings: tuple[Problem, ...] = field(default=())

    @property
    def noted(self) -> bool:
        """Whether the interview says that the intake is complete."""
        interview = self.told["interview"].record
        return isinstance(interview, IntakeInterview) and interview.completed_on is not None


def intake_record(session: Session, person_id: str) -> IntakeRecord:
    """Everything told so far. Raises `Refused` when this account does not see the person."""
    person = existing(session, Person, person_id)
    told = {key: _told(session, section(key), person) for key in SINGLE}
    return IntakeRecord(person, told, missing_of(session, person))


def save_sections(
    session: Session,
    person_id: str,
    parts: Mapping[str, Part],
    versions: Mapping[str, int | None] | None = None,
) -> IntakeRecord:
    """Save some sections, all or none; returns the intake as it stands then, with the warnings about what was saved.

    A part is field name to answer, with ``unanswered`` (field name to reason) among them; fields that are not given
    stay. `versions` are those of the records when the form was opened. Raises `Refused` with problems named
    ``section.field``, or ``changed_meanwhile``.
    """
    person = existing(session, Person, person_id)
    warnings = check_sections(session, person_id, parts)
    refuse_errors(warnings)
    opened = dict(versions or {})
    for key, part in parts.items():
        one = section(key)
        _save(session, person, one, part, opened.get(key))
        # A second section of the same record goes on from what the first has just written.
        opened |= dict.fromkeys(other.key for other in SECTIONS if other.record is one.record)
    session.flush()
    note_completeness(session, person)
    return replace(intake_record(session, person_id), warnings=warnings)


def check_sections(session: Session, person_id: str, parts: Mapping[str, Part]) -> tuple[Problem, ...]:
    """Everything wrong or odd with some sections of a person's intake, each problem named ``section.field``."""
    person = existing(session, Person, person_id)
    return tuple(problem for key, part in parts.items() for problem in _problems(session, person, section(key), part))


def latest_stay(session: Session, person_id: str) -> MigrationEpisode | None:
    """The stay abroad somebody came back from last, or is on; None when none is known."""
    stays = _all(session, MigrationEpisode, person_id)
    return max(stays, key=stay_order, default=None)


def person_of_entry(session: Session, table: str, about: str) -> str:
    """Whose a form of an intake is that was kept with the id of a person, or of the entry it changes."""
    records = {one.record.__tablename__: one.record for one in SECTIONS if one.many}
    entry = session.get(records[table], about) if table in records else None
    return entry.person_id if isinstance(entry, Owned) else about


# Inside


def _told(session: Session, one: Section, person: Person) -> Told:
    record = _record(session, one, person)
    reasons = (record.unanswered if record is not None else None) or {}
    if one.record is Person:
        reasons = person.unanswered or {}
    values = {name: getattr(record, name, None) for name in one.fields if name not in EXTRA}
    values |= _numbers_told(session, one, person.id)
    return Told(values, {name: why for name, why in reasons.items() if name in one.fields}, record)


def _record(session: Session, one: Section, person: Person) -> Logged | None:
    """The record a section is about: of things told anew the last telling, of stays the last."""
    if one.record is Person:
        return person
    if one.record is MigrationEpisode:
        return latest_stay(session, person.id)
    if one.record is Address:
        homes = _all(session, Address, person.id)
        return next((home for home in reversed(homes) if home.kind == "current" and home.valid_to is None), None)
    found = _all(session, cast("type[Owned]", one.record), person.id)
    return found[-1] if found else None


def _all(session: Session, record: type[Entry], person_id: str) -> list[Entry]:
    own = (record.person_id == person_id, record.voided.is_(False))
    return list(session.scalars(select(record).where(*own).order_by(record.id)))


def _numbers_told(session: Session, one: Section, person_id: str) -> dict[str, Any]:
    found = {kind: _number(session, person_id, kind) for kind in one.fields if kind in NUMBERS}
    told: dict[str, Any] = {kind: number.value if number else None for kind, number in found.items()}
    if PHONE_NOTE in one.fields:
        phone = found.get("phone")
        told[PHONE_NOTE] = phone.note if phone else None
    return told


def _number(session: Session, person_id: str, kind: str) -> Identifier | None:
    return next((one for one in _all(session, Identifier, person_id) if one.kind == kind), None)


def _plain(part: Part) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in EXTRA and name != "unanswered"}


def _blank(one: Section, part: Part) -> bool:
    """Nothing is answered; the day alone, which forms fill in, is no answer."""
    day = DAY_OF.get(one.record)
    answers = (value for name, value in _plain(part).items() if name != day)
    return not part.get("unanswered") and all(value in (None, "", []) for value in answers)


def _begun(one: Section) -> dict[str, Any]:
    version = {"form_version": FORM_VERSION} if one.record is IntakeInterview else {}
    return {DAY_OF[one.record]: today(), **version} if one.record in DAY_OF else {}


def _problems(session: Session, person: Person, one: Section, part: Part) -> Iterator[Problem]:
    record = _record(session, one, person)
    if record is None and _blank(one, part):
        return
    values = canonical(one.record, _plain(part))
    kept = {asked.name: getattr(record, asked.name) for asked in fields_of(one.record)} if record is not None else {}
    if record is None:
        values = _begun(one) | {name: value for name, value in values.items() if value is not None}
    reasons = _reasons(one, part, record)
    # What a section does not ask may stay open, such as the return of a stay that is only being told.
    asked = {*one.fields, *values}
    found = check_record(one.record, kept | values, reasons, on=today())
    yield from prefixed(one.key, (problem for problem in found if problem.field in asked))
    yield from prefixed(one.key, _more_problems(session, person, one, values))
    yield from prefixed(one.key, _number_problems(session, person, one, part, values))


def _more_problems(session: Session, person: Person, one: Section, values: Part) -> Iterator[Problem]:
    """What only shows beside other records of the person."""
    if one.record is MigrationEpisode:
        yield from check_stay(values, {"birth_date": person.birth_date})
    if "birth_date" in values:
        yield from check_stays(values, [_dates(stay) for stay in _all(session, MigrationEpisode, person.id)])
    villages = viewer_of(session).bound
    if one.record is Address and villages is not None and values.get("village_code") not in villages:
        yield Problem("village_code", "out_of_scope")


def _dates(stay: MigrationEpisode) -> dict[str, Any]:
    return {"departure_date": stay.departure_date, "return_date": stay.return_date}


def _number_problems(session: Session, person: Person, one: Section, part: Part, values: Part) -> Iterator[Problem]:
    who = {"sex": person.sex, "birth_date": person.birth_date} | dict(values)
    for kind in NUMBERS:
        if not part.get(kind):
            continue
        number = canonical(Identifier, {"kind": kind, "value": part[kind]})
        found = (*check_identifier(number, who, on=today()), *known_elsewhere(session, number, person.id))
        yield from (replace(problem, field=kind) for problem in found)
        if one.record is Person:
            yield from check_person(who, [number], on=today())


def _reasons(one: Section, part: Part, record: Logged | None) -> dict[str, str]:
    """The reasons given now for what this section asks, and those given before for what it does not ask."""
    given: dict[str, str] = dict(part.get("unanswered") or {})
    before: Mapping[str, str] = (record.unanswered if record is not None else None) or {}
    return {name: why for name, why in before.items() if name not in one.fields} | given


def _save(session: Session, person: Person, one: Section, part: Part, version: int | None) -> None:
    record = _record(session, one, person)
    values, reasons = _plain(part), _reasons(one, part, record)
    if record is not None:
        write_changes(session, record, values, reasons, on=today(), version=version)
    elif one.record is MigrationEpisode and not _blank(one, part):
        raise Refused("not_found")
    elif not _blank(one, part):
        filled = _begun(one) | {name: value for name, value in values.items() if value is not None}
        write_new(session, one.record, {**filled, "person_id": person.id}, reasons, on=today())
    for kind in one.fields:
        if kind in NUMBERS and kind in part:
            _keep_number(session, person, kind, part)


def _keep_number(session: Session, person: Person, kind: str, part: Part) -> None:
    """Write a number down, correct it, or take back one that was cleared."""
    note = part.get(PHONE_NOTE) if kind == "phone" else None
    made = canonical(Identifier, {"kind": kind, "value": part[kind], "note": note})
    known = _number(session, person.id, kind)
    if made["value"] is None:
        if known is not None:
            void(session, known, _("Cleared in the intake."))
    elif known is None:
        identify(session, person.id, kind, made["value"], note)
    elif (known.value, known.note) != (made["value"], made["note"]):
        changes = {"value": made["value"], "note": made["note"] if kind == "phone" else known.note}
        write_changes(session, known, changes, on=today())
