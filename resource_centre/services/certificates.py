# SPDX-License-Identifier: Apache-2.0
"""Certificates: who has completed an event, and giving or withdrawing what says so (domain reference 4.2)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _, ngettext
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Certificate, TrainingEvent
from resource_centre.services import numbers
from resource_centre.services.rules import rule
from resource_centre.services.saving import canonical, existing, refuse_errors, together, write_changes, write_new
from resource_centre.services.training import PRESENT, EventSheet, ParticipantRow, event_sheet
from resource_centre.values.text import tidy

UNMARKED: Final = "-"
SIGNED: Final = "signed_by"

Why = Literal["", "too_few", "unmarked", "no_name", "called_off"]


@dataclass(frozen=True)
class Entitlement:
    """Whether one participant has completed an event. `present` and `unmarked` are days of the event's `days`.

    `why` is empty for who has; `certificate` is the valid one that was given already.
    """

    participation_id: str
    name: str | None
    position: int | None
    present: int
    unmarked: int
    days: int
    why: Why
    certificate: Certificate | None

    @property
    def completed(self) -> bool:
        """Whether a certificate may be given."""
        return not self.why

    def words(self) -> str:
        """Why there is none, or on how many days somebody was there."""
        if self.why == "called_off":
            return _("The event was called off.")
        if self.why == "no_name":
            return _("No name that could be printed.")
        there = ngettext("{n} of {days} day", "{n} of {days} days", self.days).format(n=self.present, days=self.days)
        if self.why == "unmarked":
            return _("{there}; not marked: {n}").format(there=there, n=self.unmarked)
        if self.why == "too_few":
            return _("{there}; at least {share}% are needed").format(there=there, share=f"{_share():g}")
        return there


def entitled(session: Session, event_id: str) -> list[Entitlement]:
    """Everybody on the sheet, in its order: who has completed the event, who has not and why.

    Completed is who was there, late or not, on `completion_share` per cent of the days on which the event met.
    """
    sheet = event_sheet(session, event_id)
    given = {one.participation_id: one for one in certificates_of(session, event_id)}
    return [_entitlement(sheet, row, given.get(row.id)) for row in sheet.rows]


def certificates_of(session: Session, event_id: str) -> list[Certificate]:
    """The valid certificates of an event, by number."""
    wanted = select(Certificate).where(Certificate.event_id == event_id, Certificate.voided.is_(False))
    return list(session.scalars(wanted.order_by(Certificate.number)))


def who_signed_last(session: Session) -> str:
    """Who signed the newest certificate; empty before the first."""
    wanted = select(Certificate.signed_by).where(Certificate.voided.is_(False), Certificate.signed_by.is_not(None))
    return session.scalars(wanted.order_by(Certificate.issued_on.desc(), Certificate.id).limit(1)).first() or ""


def issue_certificates(
    session: Session,
    event_id: str,
    participation_ids: Sequence[str] | None = None,
    *,
    signed_by: str | None,
    issued_on: dt.date,
) -> list[Certificate]:
    """Give certificates to these participants, or to all who have completed the event; in the order of the sheet.

    Who has a valid one keeps it as it is. Raises `Refused` with problems named ``signed_by``, ``issued_on``,
    ``called_off`` or, by the line of the sheet counted from nought, ``rows.3.days``; then nobody got one.
    """
    event = existing(session, TrainingEvent, event_id)
    everybody = entitled(session, event_id)
    chosen = None if participation_ids is None else set(participation_ids)
    if chosen is not None and chosen - {one.participation_id for one in everybody}:
        raise Refused("not_found")
    wanted = [one for one in everybody if (one.completed if chosen is None else one.participation_id in chosen)]
    made = canonical(Certificate, {SIGNED: signed_by, "issued_on": issued_on})
    refuse_errors([*_problems(event, made), *_lines_refused(everybody, wanted)])
    fresh = [one for one in wanted if one.certificate is None]
    taken = numbers.next_numbers(session, numbers.CERTIFICATE, made["issued_on"], len(fresh)) if fresh else []
    before = _withdrawn_before(session, event_id)
    with together(session):
        given = {
            one.participation_id: _give(session, event_id, one, number, made, before.get(one.participation_id, 0))
            for one, number in zip(fresh, taken, strict=True)
        }
    return [one.certificate or given[one.participation_id] for one in wanted]


def withdraw_certificate(session: Session, certificate_id: str, reason: str) -> None:
    """Declare a certificate void, from today on. Raises `Refused` without a reason."""
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("void_reason", "required"),))
    given = existing(session, Certificate, certificate_id)
    write_changes(session, given, {"withdrawn_on": today()}, on=today())
    void(session, given, why)


def certificate_id(participation_id: str, withdrawn: int = 0) -> str:
    """The id of a participant's certificate after so many withdrawn ones: the same on every laptop."""
    return str(uuid.uuid5(uuid.UUID(participation_id), f"certificate {withdrawn + 1}"))


def completes(marks: str, days: int) -> bool:
    """Whether somebody with these marks has completed an event of so many days."""
    return _reaches(sum(mark in PRESENT for mark in marks[:days]), days)


def _entitlement(sheet: EventSheet, row: ParticipantRow, given: Certificate | None) -> Entitlement:
    marks = row.days[: sheet.days].ljust(sheet.days, UNMARKED)
    present = sum(mark in PRESENT for mark in marks)
    unmarked = marks.count(UNMARKED)
    why = _why(sheet, row, present, unmarked)
    return Entitlement(row.id, row.name, row.position, present, unmarked, sheet.days, why, given)


def _why(sheet: EventSheet, row: ParticipantRow, present: int, unmarked: int) -> Why:
    if sheet.event.called_off:
        return "called_off"
    if not row.name:
        return "no_name"
    if _reaches(present, sheet.days):
        return ""
    return "unmarked" if _reaches(present + unmarked, sheet.days) else "too_few"


def _reaches(present: int, days: int) -> bool:
    return present > 0 and present * 100 >= _share() * days


def _share() -> float:
    return rule("completion_share")


def _problems(event: TrainingEvent, made: Mapping[str, object]) -> list[Problem]:
    found = [Problem("called_off", "event_called_off")] if event.called_off else []
    if not made[SIGNED]:
        found.append(Problem(SIGNED, "required"))
    on, last = made["issued_on"], event.ends_on or event.starts_on
    if not isinstance(on, dt.date):
        return [*found, Problem("issued_on", "not_a_date" if on else "required")]
    if on > today():
        found.append(Problem("issued_on", "date_in_future"))
    if last is not None and on < last:
        found.append(Problem("issued_on", "before_event_ends"))
    return found


def _lines_refused(everybody: Sequence[Entitlement], wanted: Sequence[Entitlement]) -> list[Problem]:
    """Who gets one has completed the event, unless they have one already."""
    asked = {one.participation_id for one in wanted if one.certificate is None}
    codes = {"too_few": "not_completed", "unmarked": "not_completed", "no_name": "required"}
    return [
        Problem(f"rows.{place}.{'name' if one.why == 'no_name' else 'days'}", codes[one.why])
        for place, one in enumerate(everybody)
        if one.participation_id in asked and one.why in codes
    ]


def _give(
    session: Session, event_id: str, whom: Entitlement, number: str, made: Mapping[str, object], withdrawn: int
) -> Certificate:
    values = {
        **made,
        "id": certificate_id(whom.participation_id, withdrawn),
        "event_id": event_id,
        "participation_id": whom.participation_id,
        "number": number,
        "name": whom.name,
    }
    return write_new(session, Certificate, values, on=today())


def _withdrawn_before(session: Session, event_id: str) -> dict[str, int]:
    """How many certificates of each participant were withdrawn."""
    wanted = select(Certificate.participation_id).where(Certificate.event_id == event_id, Certificate.voided.is_(True))
    counted: dict[str, int] = {}
    for participation_id in session.scalars(wanted):
        counted[participation_id] = counted.get(participation_id, 0) + 1
    return counted
