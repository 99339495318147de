# SPDX-License-Identifier: Apache-2.0
"""What has happened with a person, in the order in which it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from resource_centre.i18n import N_, _, ngettext
from resource_centre.places import gazetteer
from resource_centre.records import (
    Address,
    Case,
    Contact,
    CounsellingSession,
    FollowUp,
    MigrationEpisode,
    Participation,
    Person,
    Service,
    TrainingEvent,
)
from resource_centre.services.saving import existing
from resource_centre.services.training import PRESENT
from resource_centre.values.partial_date import earliest
from resource_centre.vocabulary import vocabulary

KINDS: Final = {
    "registered": N_("Registered"),
    "departed": N_("Went abroad"),
    "returned": N_("Came back"),
    "moved": N_("Address"),
    "case_opened": N_("Case opened"),
    "case_closed": N_("Case closed"),
    "contact": N_("Contact"),
    "service": N_("Service"),
    "session": N_("Counselling session"),
    "follow_up": N_("Follow-up"),
    "training": N_("Training"),
}


@dataclass(frozen=True)
class TimelineItem:
    """One thing that happened. `when` is a partial date ("2019", "2019-05-17"), None when unknown; `facts` are short
    words in the active language; `record` and `record_id` say what to open."""

    when: str | None
    kind: str
    facts: tuple[str, ...]
    record: str
    record_id: str

    @property
    def label(self) -> str:
        """What kind of thing, in the active language."""
        return _(KINDS[self.kind])


def timeline(session: Session, person_id: str) -> list[TimelineItem]:
    """Everything dated of a person, newest first; one query per kind of record."""
    person = existing(session, Person, person_id)
    items = [TimelineItem(_iso(person.registered_on), "registered", _some(person.number), "Person", person.id)]
    for source in SOURCES:
        items += source(session, person_id)
    return sorted(items, key=_newest_first)


def _newest_first(item: TimelineItem) -> tuple[int, str, str]:
    day = earliest(item.when).toordinal() if item.when else 0
    return (-day, item.kind, item.record_id)


def _stays(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for stay in _own(session, MigrationEpisode, MigrationEpisode.person_id == person_id):
        country = _word("country", stay.destination_country)
        work = _word("occupation", stay.occupation) or stay.occupation_text
        if stay.departure_date:
            yield TimelineItem(stay.departure_date, "departed", _some(country, work), "MigrationEpisode", stay.id)
        if stay.return_date or not stay.departure_date:
            facts = _some(country, _word("return_type", stay.return_type))
            yield TimelineItem(stay.return_date, "returned", facts, "MigrationEpisode", stay.id)


def _moves(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for home in _own(session, Address, Address.person_id == person_id):
        if home.valid_from is not None:
            place = gazetteer().full_name(home.village_code) if home.village_code else home.village_text
            facts = _some(_word("address_kind", home.kind), place)
            yield TimelineItem(_iso(home.valid_from), "moved", facts, "Address", home.id)


def _cases(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for case in _own(session, Case, Case.person_id == person_id):
        facts = _some(case.number, _word("case_status", case.status))
        yield TimelineItem(_iso(case.opened_on), "case_opened", facts, "Case", case.id)
        if case.closed_on is not None:
            ending = _some(case.number, _word("closure_reason", case.closure_reason))
            yield TimelineItem(_iso(case.closed_on), "case_closed", ending, "Case", case.id)


def _contacts(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for contact in _own(session, Contact, Contact.person_id == person_id):
        facts = _some(_word("channel", contact.channel), _word("outcome", contact.outcome))
        yield TimelineItem(_iso(contact.held_on), "contact", facts, "Contact", contact.id)


def _services(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for service in _own(session, Service, Service.person_id == person_id):
        facts = _some(_word("service_type", service.service_type))
        yield TimelineItem(_iso(service.given_on), "service", facts, "Service", service.id)


def _sessions(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for held in _own(session, CounsellingSession, CounsellingSession.person_id == person_id):
        attendance = _word("session_attendance", held.attendance)
        facts = _some(_word("service_type", held.service_type), attendance, held.counsellor)
        yield TimelineItem(_iso(held.held_on), "session", facts, "CounsellingSession", held.id)


def _follow_ups(session: Session, person_id: str) -> Iterator[TimelineItem]:
    for planned in _own(session, FollowUp, FollowUp.person_id == person_id):
        state = _word("follow_up_result", planned.result) or (_("done") if planned.done_on else _("to do"))
        when = _iso(planned.done_on or planned.due_on)
        yield TimelineItem(when, "follow_up", _some(planned.purpose, state), "FollowUp", planned.id)


def _courses(session: Session, person_id: str) -> Iterator[TimelineItem]:
    columns: tuple[InstrumentedAttribute[Any], ...] = (
        TrainingEvent.starts_on, TrainingEvent.module, TrainingEvent.topic, TrainingEvent.id, Participation.days,
    )  # fmt: skip
    own = (Participation.person_id == person_id, Participation.voided.is_(False), TrainingEvent.voided.is_(False))
    wanted = select(*columns).join(TrainingEvent, TrainingEvent.id == Participation.event_id).where(*own)
    for starts_on, module, topic, event_id, days in session.execute(wanted):
        present = sum(mark in PRESENT for mark in days or "")
        share = ngettext("{n} day present", "{n} days present", present).format(n=present) if days else ""
        facts = _some(_word("module", module) or topic, share)
        yield TimelineItem(_iso(starts_on), "training", facts, "TrainingEvent", event_id)


SOURCES: Final[tuple[Callable[[Session, str], Iterator[TimelineItem]], ...]] = (
    _stays, _moves, _cases, _contacts, _services, _sessions, _follow_ups, _courses,
)  # fmt: skip


def _own(session: Session, record: Any, mine: ColumnElement[bool]) -> Iterator[Any]:
    yield from session.scalars(select(record).where(mine, record.voided.is_(False)))


def _word(name: str, code: str | None) -> str:
    return vocabulary(name).label(code)


def _some(*facts: str | None) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
