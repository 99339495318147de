# SPDX-License-Identifier: Apache-2.0
"""Events, who came, certificates and trainers (R20, R23)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reports.measures.making import of_nobody
from reports.measures.model import Asking, Facts
from reports.monthly.people import village_on
from resource_centre.records import Certificate, Participation, Person, Trainer, TrainingEvent
from resource_centre.services.ages import age_reached
from resource_centre.services.rules import rule
from resource_centre.services.training import was_there

_EVENT = TrainingEvent


def events(asking: Asking) -> Facts:
    """Events by their first day, without those called off."""
    return _events(asking, None)


def event_hours(asking: Asking) -> Facts:
    """How long they took."""
    return _events(asking, _EVENT.hours)


def reach(asking: Asking) -> Facts:
    """The estimates of whom they reached."""
    return _events(asking, _EVENT.reach, _EVENT.reach > 0)


def counted_only(asking: Asking) -> Facts:
    """Who came besides those named on the sheet."""
    columns = (_EVENT.counted_men, _EVENT.counted_women, _EVENT.counted_others)
    together = sum((sa.func.coalesce(column, 0) for column in columns), sa.literal(0))
    return _events(asking, together, together > 0)


def counted_men(asking: Asking) -> Facts:
    """The men among them."""
    return _events(asking, _EVENT.counted_men, _EVENT.counted_men > 0)


def counted_women(asking: Asking) -> Facts:
    """The women among them."""
    return _events(asking, _EVENT.counted_women, _EVENT.counted_women > 0)


def counted_others(asking: Asking) -> Facts:
    """Those of them whose sex was not noted."""
    return _events(asking, _EVENT.counted_others, _EVENT.counted_others > 0)


def participants(asking: Asking) -> Facts:
    """Lines of sheets: somebody at two events counts twice."""
    return _lines(asking)


def people_trained(asking: Asking) -> Facts:
    """The same, of those who are registered."""
    return _lines(asking, Participation.person_id.is_not(None))


def contact_hours(asking: Asking) -> Facts:
    """The hours of an event for each of its participants."""
    return _lines(asking, amount=_EVENT.hours)


def young(asking: Asking) -> Facts:
    """Participants who are young."""
    return _lines(asking, _age() < int(rule("youth_below")))


def with_disability(asking: Asking) -> Facts:
    """Participants with a disability."""
    return _lines(asking, Participation.disability.is_(True))


def certificates(asking: Asking) -> Facts:
    """Certificates by the day they were issued, without those withdrawn."""
    record, line = Certificate, Participation

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).join(line, line.id == record.participation_id)
        made = made.join(_EVENT, _EVENT.id == record.event_id).outerjoin(Person, Person.id == line.person_id)
        return made.where(
            asking.within(record.issued_on),
            record.voided.is_(False),
            *_valid_events(asking),
            *asking.scope.of_work(_EVENT),
        )

    return _told(asking, record, record.issued_on, select)


def trainers_certified(asking: Asking) -> Facts:
    """Trainers of the whole centre, by the day they were certified."""
    record = Trainer
    day = record.certified_on
    return of_nobody(
        asking, record, day, asking.within(day), sex=record.sex, word=("trainer_level", record.level),
        of={"trainer_level": record.level},
    )  # fmt: skip


def _events(asking: Asking, amount: Any, *where: Any) -> Facts:
    told = {"training_type": _EVENT.training_type, "module": _EVENT.module, "target_group": _EVENT.target_group}
    return of_nobody(
        asking, _EVENT, _EVENT.starts_on, asking.within(_EVENT.starts_on), *_valid_events(asking), *where,
        amount=amount, village=_EVENT.village_code, word=("training_type", _EVENT.training_type),
        of=told | {"fund": _EVENT.fund},
    )  # fmt: skip


def _valid_events(asking: Asking) -> tuple[Any, ...]:
    return _EVENT.called_off.is_not(True), *asking.scope.of_village(_EVENT.village_code)


def _lines(asking: Asking, *where: Any, amount: Any = None) -> Facts:
    line = Participation

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(line).join(_EVENT, _EVENT.id == line.event_id)
        made = made.outerjoin(Person, Person.id == line.person_id)
        valid = (line.voided.is_(False), _EVENT.voided.is_(False), sa.func.coalesce(Person.voided, False).is_(False))
        held = (asking.within(_EVENT.starts_on), *_valid_events(asking), *asking.scope.of_work(_EVENT))
        return made.where(*held, *valid, was_there(), *where)

    return _told(asking, line, _EVENT.starts_on, select, amount)


def _told(asking: Asking, record: Any, day: Any, select: Any, amount: Any = None) -> Facts:
    line = Participation
    return Facts(
        record,
        record.id,
        day,
        select,
        person_id=line.person_id,
        sex=sa.func.coalesce(Person.sex, line.sex),
        client_type=sa.func.coalesce(line.client_type, Person.client_type),
        age=_age(),
        village=sa.func.coalesce(village_on(_EVENT.starts_on), line.village_code),
        amount=amount,
        word=("training_type", _EVENT.training_type),
        of={
            "training_type": _EVENT.training_type,
            "module": _EVENT.module,
            "target_group": _EVENT.target_group,
            "fund": _EVENT.fund,
        },
        seen=asking.seen,
    )


def _age() -> Any:
    return sa.func.coalesce(age_reached(Person.birth_date, _EVENT.starts_on), Participation.age)
