# SPDX-License-Identifier: Apache-2.0
"""Whom to ask what has become of a training, three and six months after it (domain reference 4.5, levels 3 and 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.event_questionnaires import FOLLOW_UP, LATER_RULES, LEARNING, ended_on, within_reach
from resource_centre.services.group_books import months_after
from resource_centre.services.questionnaires import Shelved, readable_tables, shelf, table_for
from resource_centre.services.rules import rule
from resource_centre.services.saving import existing, write_changes
from resource_centre.services.training import took_part
from resource_centre.vocabulary import vocabulary

GONE: Final = ("meninggal",)
"""Standings of people nobody asks for any more."""


@dataclass(frozen=True)
class DueFollowUp:
    """One participant to be asked now: by which questionnaire, on which occasion, since when and until when."""

    event_id: str
    topic: str | None
    module: str | None
    ended_on: dt.date
    participation_id: str
    person_id: str | None
    number: str | None
    name: str | None
    village_code: str | None
    phone: str | None
    questionnaire: str
    title: str
    occasion: str
    due_on: dt.date
    until: dt.date

    @property
    def id(self) -> str:
        """What tells it from others in a list."""
        return f"{self.participation_id}.{self.occasion}"

    @property
    def about(self) -> dict[str, str | None]:
        """Whom the answers are about, as the page of a questionnaire takes it."""
        return {
            "person_id": self.person_id, "event_id": self.event_id, "participation_id": self.participation_id,
            "occasion": self.occasion,
        }  # fmt: skip


def due_follow_ups(session: Session, on: dt.date, *, event_id: str | None = None) -> list[DueFollowUp]:
    """Participants to be asked on a day, those whose time runs out first; of one event when it is named.

    Of events at which people learnt, held long enough ago and not longer than the rule says; somebody who took part,
    can be found again, was not tried in vain, and was asked neither here nor elsewhere in that time. Nothing for an
    account that does not read the answers: it cannot be told who was asked.
    """
    read = readable_tables(session)
    asked = [one for one in shelf(session) if one.kind == FOLLOW_UP and not one.withdrawn and one.about == "person"]
    found: list[DueFollowUp] = []
    for occasion in LATER_RULES:
        for one in asked:
            if occasion in one.occasions and table_for(one.sensitivity) in read:
                found += _due(session, on, one, occasion, event_id)
    return sorted(found, key=lambda one: (one.until, one.event_id, one.name or "", one.id))


def note_not_reached(session: Session, participation_id: str, occasion: str, result: str | None) -> None:
    """Write down why somebody could not be asked on an occasion (code of follow_up_result); None takes it back."""
    line = existing(session, Participation, participation_id)
    write_changes(session, line, {f"{occasion}_result": result}, on=today())


def _due(session: Session, on: dt.date, asked: Shelved, occasion: str, event_id: str | None) -> Iterator[DueFollowUp]:
    months, days = int(rule(LATER_RULES[occasion])), int(rule("training_follow_up_days"))
    rows = session.execute(_participants(on, months, days, occasion, event_id)).all()
    answered = _answered(session, asked.name, occasion, on - dt.timedelta(days=days))
    for row in rows:
        event: TrainingEvent = row.TrainingEvent
        line: Participation = row.Participation
        last = ended_on(event)
        if last is None:
            continue
        due_on = months_after(last, months)
        until = due_on + dt.timedelta(days=days)
        if not due_on <= on <= until or {line.id, line.person_id} & answered or not within_reach(line):
            continue
        yield DueFollowUp(
            event_id=event.id, topic=event.topic, module=event.module, ended_on=last, participation_id=line.id,
            person_id=line.person_id, number=row.number, name=row.full_name or line.name,
            village_code=line.village_code, phone=line.phone or row.safe_phone, questionnaire=asked.name,
            title=asked.title, occasion=occasion, due_on=due_on, until=until,
        )  # fmt: skip


def _participants(on: dt.date, months: int, days: int, occasion: str, event_id: str | None) -> Any:
    """Those of events of about that time; the days on which an event meets are looked at afterwards."""
    earliest = months_after(on - dt.timedelta(days=days), -months) - dt.timedelta(days=3)
    latest = months_after(on, -months) + dt.timedelta(days=3)
    learnt = [term.code for term in vocabulary("training_type") if term.group == LEARNING]
    kind = TrainingEvent.training_type
    return (
        select(TrainingEvent, Participation, Person.number, Person.full_name, Person.safe_phone)
        .join(Participation, Participation.event_id == TrainingEvent.id)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(
            TrainingEvent.voided.is_(False),
            func.coalesce(TrainingEvent.called_off, False).is_(False),
            or_(kind.is_(None), kind.in_(learnt)),
            TrainingEvent.starts_on <= latest,
            func.coalesce(TrainingEvent.ends_on, TrainingEvent.starts_on) >= earliest,
            *([TrainingEvent.id == event_id] if event_id else []),
            *took_part(),
            getattr(Participation, f"{occasion}_result").is_(None),
            or_(Person.id.is_(None), Person.voided.is_(False)),
            or_(Person.id.is_(None), func.coalesce(Person.standing, "").not_in(GONE)),
        )
    )


def _answered(session: Session, name: str, occasion: str, since: dt.date) -> set[str | None]:
    """Lines of sheets, and people, who answered on this occasion, or anywhere since a day; begun counts too."""
    found: set[str | None] = set()
    for table in readable_tables(session):
        columns = (table.participation_id, table.person_id, table.asked_on)
        for line, person, day in session.execute(select(*columns).where(*_valid(table, name, occasion, since))):
            found |= {line} | ({person} if day is not None and day >= since else set())
    return found - {None}


def _valid(table: type[AnyResponse], name: str, occasion: str, since: dt.date) -> tuple[Any, ...]:
    here = or_(table.occasion == occasion, table.asked_on >= since)
    return (table.questionnaire == name, table.voided.is_(False), here)
