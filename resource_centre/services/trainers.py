# SPDX-License-Identifier: Apache-2.0
"""Who teaches: registered, changed, taken out again; the register of them (domain reference 4.6)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import EventTrainer, Participation, Person, Trainer, TrainingEvent, new_id
from resource_centre.services import numbers
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.services.trainer_checks import check_trainer
from resource_centre.values.text import tidy

if TYPE_CHECKING:
    from resource_centre.services.cascade_people import Taught

Values = Mapping[str, Any]

OF_TRAINERS: Final = "tot"
"""The kind of event that makes trainers (code list training_type)."""
LEAD: Final = "utama"
OBSERVER: Final = "pengamat"
"""Parts of a trainer (code list trainer_part): who answers for it, and who only looks on."""
FEW: Final = 50
"""So many trainers at most are counted by reading the sheets of their own events only."""


@dataclass(frozen=True)
class TrainerRow:
    """One trainer of the register. `trained_by` is a name; `sessions` they taught, `people` they reached, each once
    (None where they were not counted).

    `active`: has taught within the months of the rule ``trainer_active_months`` and teaches still.
    """

    id: str
    number: str | None
    name: str | None
    level: str | None
    organisation: str | None
    certified_on: dt.date | None
    trained_by: str | None
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    modules: tuple[str, ...]
    ended_on: dt.date | None
    active: bool
    sessions: int
    people: int | None


def register_trainer(
    session: Session, values: Values, unanswered: Reasons | None = None, *, participation_id: str | None = None
) -> Trainer:
    """Write down somebody who teaches, and give them a number.

    With ``person_id`` among the values it is that client; with a `participation_id` whoever stands on that line of the
    sheet of a training of trainers, trained by its lead unless the values say otherwise. Raises `Refused` with the
    problems by field; the same client or line is a trainer once only.
    """
    made = dict(values)
    if participation_id is not None:
        made = _from_the_sheet(session, participation_id, made)
    if made.get("person_id"):
        made = _known(session, made)
    trainer_id = _natural_id(made)
    gone = session.get(Trainer, trainer_id)
    if gone is not None and not gone.voided:  # made of this client once, and found to be somebody else since
        trainer_id, gone = new_id(), None
    _refuse_twice(session, made, None)
    refuse_errors([*_nowhere(session, made), *check_trainer(session, canonical(Trainer, made), trainer_id)])
    if gone is not None:  # withdrawn earlier, here or on another laptop
        return write_changes(session, gone, made | {"voided": False, "void_reason": None}, unanswered, on=today())
    return write_new(session, Trainer, made | {"id": trainer_id}, unanswered, on=today(), series=numbers.TRAINER)


def change_trainer(
    session: Session,
    trainer_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Trainer:
    """Change what is known of a trainer, or link them to a client."""
    trainer = existing(session, Trainer, trainer_id)
    made = dict(values)
    if made.get("person_id") and made["person_id"] != trainer.person_id:
        made = _known(session, made)
        _refuse_twice(session, made, trainer_id)
    kept = {name: getattr(trainer, name) for name in CHECKED}
    changed = {name: value for name, value in made.items() if value != kept.get(name)}
    checked = check_trainer(session, kept | canonical(Trainer, made), trainer_id)
    refuse_errors([*_nowhere(session, changed), *checked])
    return write_changes(session, trainer, made, unanswered, on=today(), version=version)


def follow_line(session: Session, participation_id: str, before: str | None, after: str | None) -> None:
    """The line on which somebody became a trainer is another client's now, or nobody's: so is the trainer.

    A trainer linked otherwise than the line was stays as they are; so do two where the client is a trainer already.
    """
    made_of_it = (Trainer.participation_id == participation_id, Trainer.voided.is_(False))
    for trainer in session.scalars(select(Trainer).where(*made_of_it)).all():
        same = select(Trainer.id).where(Trainer.person_id == after, Trainer.voided.is_(False))
        taken = after is not None and session.scalar(same.limit(1)) is not None
        if trainer.person_id == before and not taken:
            write_changes(session, trainer, {"person_id": after}, on=today())


def withdraw(session: Session, trainer_id: str, *, reason: str) -> None:
    """Somebody was registered by mistake. Whoever has taught or trained others stays, and may teach no longer."""
    trainer = existing(session, Trainer, trainer_id)
    taught = select(EventTrainer.id).where(EventTrainer.trainer_id == trainer_id, EventTrainer.voided.is_(False))
    trained = select(Trainer.id).where(Trainer.trained_by_id == trainer_id, Trainer.voided.is_(False))
    if any(session.scalar(used.limit(1)) is not None for used in (taught, trained)):
        raise Refused("check", (Problem("name", "trainer_in_use"),))
    if not (why := tidy(reason or "")):
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    void(session, trainer, why)


def trainers_list(
    session: Session,
    *,
    level: str | None = None,
    area: str | None = None,
    module: str | None = None,
    active: bool | None = None,
    counted: bool = True,
) -> list[TrainerRow]:
    """The register by name; only those of a level, who work in an area, teach a module, are (or are not) active.

    An area is the code of a place: whoever works in all of it, in a part of it, or in what it lies in, is found.
    Without `counted` the people each has reached are left out, which take time in a large centre.
    """
    wanted = (Trainer.voided.is_(False), *([Trainer.level == level] if level else []))
    trainers = session.scalars(select(Trainer).where(*wanted).order_by(func.lower(Trainer.name), Trainer.id))
    rows = rows_of(session, list(trainers), counted=counted)
    return [
        row
        for row in rows
        if (area is None or any(_overlap(area, own) for own in row.areas))
        and (module is None or module in row.modules)
        and (active is None or row.active is active)
    ]


def rows_of(session: Session, trainers: list[Trainer], *, counted: bool = True) -> list[TrainerRow]:
    """These trainers with what they did."""
    from resource_centre.services.cascade_people import Taught, people_by_trainer, taught_by

    names = {one.id: one.name for one in session.execute(select(Trainer.id, Trainer.name))}
    only = [one.id for one in trainers] if len(trainers) <= FEW else None
    people = people_by_trainer(session, until=today(), only=only) if counted else None
    taught = taught_by(session, until=today(), people=people)
    none = Taught(0, 0 if counted else None, active=False)
    return [_row(one, names.get(one.trained_by_id or ""), taught.get(one.id, none)) for one in trainers]


def lead_of(session: Session, event_id: str) -> str | None:
    """The id of the trainer who led an event; None when nobody is written down."""
    lead = (
        select(EventTrainer.trainer_id)
        .join(Trainer, Trainer.id == EventTrainer.trainer_id)
        .where(EventTrainer.event_id == event_id, EventTrainer.part == LEAD)
        .where(EventTrainer.voided.is_(False), Trainer.voided.is_(False))
        .order_by(EventTrainer.trainer_id)
    )
    return session.scalars(lead).first()


CHECKED: Final = (
    "person_id", "participation_id", "trained_at_id", "trained_by_id", "certified_on", "ended_on", "competence",
)  # fmt: skip


def _row(trainer: Trainer, trained_by: str | None, taught: Taught) -> TrainerRow:
    return TrainerRow(
        id=trainer.id,
        number=trainer.number,
        name=trainer.name,
        level=trainer.level,
        organisation=trainer.organisation,
        certified_on=trainer.certified_on,
        trained_by=trained_by,
        areas=tuple(trainer.areas or ()),
        languages=tuple(trainer.languages or ()),
        modules=tuple(trainer.modules or ()),
        ended_on=trainer.ended_on,
        active=taught.active and not (trainer.ended_on and trainer.ended_on <= today()),
        sessions=taught.sessions,
        people=taught.people,
    )


def _overlap(one: str, other: str) -> bool:
    """Whether one place lies in the other or is the same."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _natural_id(values: Values) -> str:
    """The same on every laptop for the same client, or the same line of a sheet."""
    of = values.get("person_id") or values.get("participation_id")
    return str(uuid.uuid5(uuid.UUID(of), "trainer")) if of else new_id()


def _from_the_sheet(session: Session, participation_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values with what the sheet says of somebody, and who trained them."""
    line = existing(session, Participation, participation_id)
    event = existing(session, TrainingEvent, line.event_id)
    if event.training_type != OF_TRAINERS:
        raise Refused("check", (Problem("trained_at_id", "not_of_trainers"),))
    said = {name: getattr(line, name) for name in ("person_id", "name", "sex", "organisation", "phone")}
    of_event = {"languages": event.languages, "trained_by_id": lead_of(session, event.id)}
    given = {name: value for name, value in values.items() if value is not None}
    return of_event | said | given | {"participation_id": line.id, "trained_at_id": event.id}


def _known(session: Session, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the name and sex of the client they are linked to, and a telephone that is safe to call."""
    person = existing(session, Person, values["person_id"])
    return {
        **values,
        "name": person.full_name or values.get("name"),
        "sex": person.sex or values.get("sex"),
        "phone": values.get("phone") or person.safe_phone,
    }


def _nowhere(session: Session, values: Values) -> list[Problem]:
    """Who trained them is on the register, and the training of trainers was one."""
    master = (Trainer.id == values.get("trained_by_id"), Trainer.voided.is_(False))
    event = TrainingEvent
    held = (event.id == values.get("trained_at_id"), event.voided.is_(False), event.training_type == OF_TRAINERS)
    asked = {"trained_by_id": select(Trainer.id).where(*master), "trained_at_id": select(event.id).where(*held)}
    codes = {"trained_by_id": "not_in_list", "trained_at_id": "not_of_trainers"}
    missing = [name for name, wanted in asked.items() if values.get(name) and session.scalar(wanted) is None]
    return [Problem(name, codes[name]) for name in missing]


def _refuse_twice(session: Session, values: Values, own_id: str | None) -> None:
    for column in (Trainer.person_id, Trainer.participation_id):
        value = values.get(column.key)
        same = select(Trainer.id).where(column == value, Trainer.id != own_id, Trainer.voided.is_(False))
        if value and session.scalar(same.limit(1)) is not None:
            raise Refused("check", (Problem("name", "already_trainer"),))
