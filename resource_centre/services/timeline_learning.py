# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of learning: courses, certificates, teaching, savings groups."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from resource_centre.i18n import _, ngettext
from resource_centre.records import Certificate, GroupMember, Participation, SavingsGroup, Trainer, TrainingEvent
from resource_centre.services.timeline_items import TimelineItem, iso, some, word
from resource_centre.services.training import PRESENT

Found = Iterator[TimelineItem]


def learning_of(session: Session, person_id: str) -> Found:
    """What a person learnt, taught and saved with others."""
    yield from _courses(session, person_id)
    yield from _teaching(session, person_id)
    yield from _groups(session, person_id)


def _courses(session: Session, person_id: str) -> Found:
    """Each course, and the certificate given for it."""
    event, given = TrainingEvent, Certificate
    columns = (
        event.id, event.starts_on, event.module, event.topic, event.called_off, Participation.days, given.issued_on,
        given.number,
    )  # fmt: skip
    own = (Participation.person_id == person_id, Participation.voided.is_(False), event.voided.is_(False))
    certified = and_(given.participation_id == Participation.id, given.voided.is_(False))
    wanted = select(*columns).join(Participation, Participation.event_id == event.id).outerjoin(given, certified)
    for event_id, starts_on, module, topic, called_off, days, issued_on, number in session.execute(wanted.where(*own)):
        what = word("module", module) or topic
        there = _("Called off") if called_off else _present(days)
        yield TimelineItem(iso(starts_on), "training", some(what, there), "TrainingEvent", event_id)
        if number is not None:
            yield TimelineItem(iso(issued_on), "certificate", some(what, number), "TrainingEvent", event_id)


def _teaching(session: Session, person_id: str) -> Found:
    trainer = Trainer
    columns = (trainer.id, trainer.level, trainer.certified_on, trainer.certified_by)
    wanted = select(*columns).where(trainer.person_id == person_id, trainer.voided.is_(False))
    for trainer_id, level, certified_on, certified_by in session.execute(wanted):
        facts = some(word("trainer_level", level), certified_by)
        yield TimelineItem(iso(certified_on), "trainer", facts, "Trainer", trainer_id)


def _groups(session: Session, person_id: str) -> Found:
    member = GroupMember
    wanted = (
        select(SavingsGroup.id, SavingsGroup.name, member.joined_on, member.left_on)
        .join(member, member.group_id == SavingsGroup.id)
        .where(member.person_id == person_id, member.voided.is_(False), SavingsGroup.voided.is_(False))
    )
    for group_id, name, joined_on, left_on in session.execute(wanted):
        yield TimelineItem(iso(joined_on), "group_joined", some(name), "SavingsGroup", group_id)
        if left_on is not None:
            yield TimelineItem(iso(left_on), "group_left", some(name), "SavingsGroup", group_id)


def _present(days: str | None) -> str:
    present = sum(mark in PRESENT for mark in days or "")
    return ngettext("{n} day present", "{n} days present", present).format(n=present) if days else ""
