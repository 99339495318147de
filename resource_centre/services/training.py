# SPDX-License-Identifier: Apache-2.0
"""Training events and their attendance sheet."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Participation, Person, TrainingEvent, new_id
from resource_centre.services import numbers
from resource_centre.services.curriculum_modules import remember_use
from resource_centre.services.event_checks import day_outside
from resource_centre.services.event_days import meeting_days
from resource_centre.services.saving import (
    Reasons,
    canonical,
    existing,
    refuse_errors,
    together,
    write_changes,
    write_new,
)
from resource_centre.values.partial_date import age_on

if TYPE_CHECKING:
    from resource_centre.services.gain import MatchedGain

Row = Mapping[str, Any]

PRESENT: Final = frozenset("HT")


@dataclass(frozen=True)
class ParticipantRow:
    """One line of the sheet: a linked person (`person_id`, `number`) or a light record; `age` on the first day."""

    id: str
    person_id: str | None
    number: str | None
    name: str | None
    sex: str | None
    age: int | None
    village_code: str | None
    client_type: str | None
    phone: str | None
    days: str
    pre_score: float | None
    post_score: float | None
    position: int | None
    version: int
    disability: bool | None = None
    organisation: str | None = None
    sector: str | None = None
    country: str | None = None
    oral: bool | None = None
    month_3_result: str | None = None
    month_6_result: str | None = None
    not_same_ids: tuple[str, ...] = ()

    @property
    def days_present(self) -> int:
        """On how many days this participant was there, late or not."""
        return sum(mark in PRESENT for mark in self.days)


@dataclass(frozen=True)
class EventSheet:
    """An event with its participants in the order of the sheet, and what it has taught."""

    event: TrainingEvent
    rows: tuple[ParticipantRow, ...]
    days: int
    gain: MatchedGain


def record_training(
    session: Session, *, event: Row, participants: Sequence[Row] = (), unanswered: Reasons | None = None
) -> TrainingEvent:
    """Write down an event, give it a number, and put its participants on the sheet."""
    values = {name: value for name, value in event.items() if name != "unanswered"}
    reasons = unanswered or event.get("unanswered")
    remember_use(session, values)
    held = write_new(session, TrainingEvent, values, reasons, on=today(), series=numbers.TRAINING)
    if participants:
        save_attendance(session, held.id, participants)
    return held


def change_training(
    session: Session,
    event_id: str,
    values: Row,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> TrainingEvent:
    """Change what is known of an event.

    Raises `Refused` when somebody is marked on a day it would no longer have. Moving it to another day or village, or
    calling it off, needs a `reason` when the report of its old or its new month was handed over ("month_reported"); the
    reason then stands in its remarks.
    """
    from resource_centre.services.event_changes import refuse_marks_beyond

    event = existing(session, TrainingEvent, event_id)
    refuse_marks_beyond(session, event, canonical(TrainingEvent, values))
    return _change_event(session, event, values, unanswered, version=version, reason=reason)


def save_event(
    session: Session,
    event_id: str,
    values: Row,
    participants: Sequence[Row],
    removed: Sequence[str] = (),
    *,
    version: int | None = None,
    reason: str | None = None,
) -> TrainingEvent:
    """Change an event, take lines off its sheet and write others, as one act: marks are looked at when all is written.

    Raises `Refused` as `change_training` and `save_attendance` do; nothing of it may be kept then.
    """
    from resource_centre.services.event_changes import refuse_marks_beyond

    event = existing(session, TrainingEvent, event_id)
    _change_event(session, event, values, None, version=version, reason=reason)
    for participation_id in removed:
        remove_participant(session, participation_id, reason=_("Taken off the sheet"))
    save_attendance(session, event_id, participants)
    refuse_marks_beyond(session, event, {})
    return event


def _change_event(
    session: Session,
    event: TrainingEvent,
    values: Row,
    unanswered: Reasons | None,
    *,
    version: int | None,
    reason: str | None,
) -> TrainingEvent:
    from resource_centre.services.event_changes import with_reason

    made = with_reason(session, event, canonical(TrainingEvent, values), reason)
    held_by = {name: getattr(event, name) for name in ("curriculum_id", "module_ids")}
    if any(name in made and made[name] != value for name, value in held_by.items()):
        remember_use(session, held_by | made)
    return write_changes(session, event, made, unanswered, on=today(), version=version)


def save_attendance(session: Session, event_id: str, rows: Sequence[Row]) -> list[str]:
    """Write lines of the sheet; returns their ids in order. Lines not given stay as they are.

    A line is field name to value, with ``person_id`` for a linked person, and ``id`` when it is on the sheet already.
    Raises `Refused` with problems named ``rows.0.pre_score``, and then no line was written.
    """
    event = existing(session, TrainingEvent, event_id)
    sheet = {one.id: one for one in session.scalars(select(Participation).where(Participation.event_id == event_id))}
    lines = [_line(event_id, row, sheet) for row in rows]
    _place_new_lines(lines, sheet)
    wrong = _line_problems(lines, sheet)
    named = {one.field for one in wrong}
    refuse_errors([*wrong, *(one for one in _days_outside(lines, event) if one.field not in named)])
    with together(session):
        for line in lines:
            _write_line(session, event_id, line, sheet)
    return [line["id"] for line in lines]


def remove_participant(session: Session, participation_id: str, *, reason: str) -> None:
    """Take a line off the sheet: it is marked as not valid, with the reason."""
    void(session, existing(session, Participation, participation_id), reason)


def event_sheet(session: Session, event_id: str) -> EventSheet:
    """The sheet of an event. Raises `Refused` when this account does not see the event."""
    from resource_centre.services.gain import matched_gain

    event = existing(session, TrainingEvent, event_id)
    rows = _rows(session, event)
    gain = matched_gain((row.pre_score, row.post_score) for row in rows)
    return EventSheet(event, rows, days_of(event, rows), gain)


def was_held() -> ColumnElement[bool]:
    """Whether an event counts at all: what was called off does not."""
    return TrainingEvent.called_off.is_not(True)


def took_part() -> tuple[ColumnElement[bool], ...]:
    """Conditions of valid lines of somebody who was there."""
    return Participation.voided.is_(False), was_there()


def was_there() -> ColumnElement[bool]:
    """Whether a participant was marked present or late on a day or, where nothing was marked, took a test."""
    marks = Participation.days
    marked = or_(*(marks.contains(mark) for mark in sorted(PRESENT)))
    unmarked = func.replace(func.coalesce(marks, ""), "-", "") == ""
    tested = or_(Participation.pre_score.is_not(None), Participation.post_score.is_not(None))
    return or_(marked, and_(unmarked, tested))


def participation_id(event_id: str, person_id: str) -> str:
    """The id of a linked person's line: the same on every laptop, so that two desks writing it write one."""
    return str(uuid.uuid5(uuid.UUID(event_id), person_id))


def days_of(event: TrainingEvent, rows: Sequence[ParticipantRow] = ()) -> int:
    """How many days the sheet has: those of the event, or more when somebody was marked on more."""
    return max(1, len(meeting_days(event)), *(len(row.days) for row in rows))


def _line(event_id: str, row: Row, sheet: Mapping[str, Participation]) -> dict[str, Any]:
    """The row with its id: its own, the natural one of a linked person, or a new one."""
    line = canonical(Participation, {name: value for name, value in row.items() if name != "event_id"})
    if not line.get("id"):
        linked = line.get("person_id")
        line["id"] = _line_of(linked, sheet) or participation_id(event_id, linked) if linked else new_id()
    return line


def _place_new_lines(lines: Sequence[dict[str, Any]], sheet: Mapping[str, Participation]) -> None:
    """New lines go below those on the sheet, in the order given."""
    last = max((one.position or 0 for one in sheet.values()), default=0)
    for line in lines:
        if line["id"] not in sheet and line.get("position") is None:
            last += 1
            line["position"] = last


def _line_of(person_id: str, sheet: Mapping[str, Participation]) -> str | None:
    return next((one.id for one in sheet.values() if one.person_id == person_id and not one.voided), None)


def _line_problems(lines: Sequence[Row], sheet: Mapping[str, Participation]) -> list[Problem]:
    from resource_centre.services.check import check_record, prefixed
    from resource_centre.services.sealing import names_unregistered

    problems: list[Problem] = []
    listed: set[str] = set()
    line_of: dict[Any, str] = {
        one.person_id: one.id for one in [*sheet.values()][::-1] if one.person_id and not one.voided
    }
    for index, line in enumerate(lines):
        before = sheet.get(line["id"])
        known = {name: getattr(before, name) for name in LINE_FIELDS} if before else {}
        found = list(check_record(Participation, known | dict(line), on=today()))
        told = names_unregistered(Participation, known | dict(line))
        found += [Problem(name, "register_first") for name in told]
        elsewhere = line_of.get(line.get("person_id"))
        if line["id"] in listed or (elsewhere is not None and elsewhere != line["id"]):
            found.append(Problem("name", "already_listed"))
        listed.add(line["id"])
        problems += prefixed(f"rows.{index}", found)
    return problems


def _days_outside(lines: Sequence[Row], event: TrainingEvent) -> list[Problem]:
    days = max(1, len(meeting_days(event)))
    marked = [(index, line.get("days")) for index, line in enumerate(lines)]
    return [Problem(f"rows.{index}.days", "day_outside") for index, marks in marked if day_outside(marks, days)]


LINE_FIELDS: Final = (
    "person_id", "name", "sex", "age", "client_type", "village_code", "phone", "disability", "organisation", "sector",
    "country", "days", "pre_score", "post_score", "oral", "position",
)  # fmt: skip


def _write_line(session: Session, event_id: str, line: dict[str, Any], sheet: Mapping[str, Participation]) -> None:
    before = sheet.get(line["id"])
    version = line.pop("version", None)
    linked = before.person_id if before is not None else None
    if line.get("person_id") and line["person_id"] != linked:
        existing(session, Person, line["person_id"])
    if before is None:
        if session.get(Participation, line["id"]) is not None:
            raise Refused("not_found")  # it stands on another sheet
        write_new(session, Participation, {**line, "event_id": event_id}, on=today())
        return
    again = {"voided": False, "void_reason": None} if before.voided else {}
    changes = {name: value for name, value in line.items() if name != "id"}
    write_changes(session, before, changes | again, on=today(), version=version)
    if before.person_id != linked:
        from resource_centre.services.trainers import follow_line

        session.flush()
        follow_line(session, before.id, linked, before.person_id)


def _rows(session: Session, event: TrainingEvent) -> tuple[ParticipantRow, ...]:
    from resource_centre.values.names import fold_name

    wanted = (
        select(Participation, Person.number, Person.full_name, Person.sex, Person.birth_date, Person.safe_phone)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(Participation.event_id == event.id, Participation.voided.is_(False))
    )
    first_day = event.starts_on or today()
    rows = [_participant_row(row, first_day) for row in session.execute(wanted)]
    return tuple(
        sorted(rows, key=lambda row: (row.position is None, row.position or 0, fold_name(row.name or ""), row.id))
    )


def _participant_row(row: Any, first_day: dt.date) -> ParticipantRow:
    line, number, full_name, sex, born, safe_phone = row
    age = age_on(born, first_day)
    return ParticipantRow(
        id=line.id,
        person_id=line.person_id,
        number=number,
        name=full_name or line.name,
        sex=sex or line.sex,
        age=line.age if age is None else age,
        village_code=line.village_code,
        client_type=line.client_type,
        phone=line.phone or safe_phone,
        days=line.days or "",
        pre_score=line.pre_score,
        post_score=line.post_score,
        position=line.position,
        version=line.version,
        disability=line.disability,
        organisation=line.organisation,
        sector=line.sector,
        country=line.country,
        oral=line.oral,
        month_3_result=line.month_3_result,
        month_6_result=line.month_6_result,
        not_same_ids=tuple(line.not_same_ids or ()),
    )
