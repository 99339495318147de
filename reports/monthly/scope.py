# SPDX-License-Identifier: Apache-2.0
"""Which records a report counts: valid ones of valid people, of one place or paid by one project when that was asked.

What a project pays for: services, events, assistance and cases bear its code as their fund. Sessions, referrals,
complaints, plans, follow-ups and goals belong to it with their case, what happened at an event with the event, a
contact with its case or with a service given at it. What bears neither, such as a stay abroad, belongs to it with a
person who had anything of it at all. Savings groups and centre-wide records are nobody's work for one project.

Everything is written on the record classes, so that what the viewer may not see is left out below, in one place
(`resource_centre.access`), and never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from resource_centre.records import (
    Address,
    Assistance,
    Base,
    Case,
    Contact,
    Contribution,
    EventTrainer,
    Participation,
    Person,
    Plan,
    PlanAction,
    PlanGoal,
    PlanNeed,
    SavingsEntry,
    SavingsGoal,
    Service,
    Trainer,
    TrainingEvent,
)
from resource_centre.services.projects import is_fund
from resource_centre.services.training import was_there

MISSED: Final = "tidak_hadir"
"""The code of a session the person did not come to (code list session_attendance)."""
FAMILY: Final = "family"
"""The code of a member of a migrant's family (code list client_type)."""

_THROUGH: Final[dict[type[Any], tuple[str, type[Any]]]] = {
    PlanGoal: ("plan_id", Plan),
    PlanNeed: ("plan_id", Plan),
    PlanAction: ("plan_id", Plan),
    SavingsEntry: ("goal_id", SavingsGoal),
    Contribution: ("assistance_id", Assistance),
}
"""What belongs to a project with the record it is a part of."""
_INVALID: Final = aliased(Person)
_HOME: Final = aliased(Address)
"""Made once: what SQLAlchemy works out of a second name of a table is kept with it."""


@dataclass(frozen=True)
class Scope:
    """The place a report is about, as a code ("52.03"), and the project that pays ("ILO-26"); None for all of them."""

    place: str | None = None
    fund: str | None = None

    def in_place(self, village: Any) -> ColumnElement[bool]:
        """Whether a village lies in the place."""
        return sa.or_(village == self.place, village.startswith(f"{self.place}.", autoescape=True))

    def of_people(self, person_id: Any) -> list[ColumnElement[bool]]:
        """Conditions on a record's person: valid, and living in the place now."""
        conditions = [person_id.not_in(sa.select(_INVALID.id).where(_INVALID.voided))]
        if self.place is not None:
            conditions.append(person_id.in_(self._living_there()))
        return conditions

    def of_person(self) -> list[ColumnElement[bool]]:
        """The same conditions in a query over people."""
        conditions: list[ColumnElement[bool]] = [Person.voided.is_(False)]
        return conditions if self.place is None else [*conditions, Person.id.in_(self._living_there())]

    def of_village(self, village: Any) -> list[ColumnElement[bool]]:
        """Conditions on what has a village of its own, such as an event."""
        return [] if self.place is None else [self.in_place(village)]

    def of_work(self, record: type[Base]) -> list[ColumnElement[bool]]:
        """Conditions on a record by who pays for it; `record` is the class, or an alias of it."""
        return [] if self.fund is None else [self._paid(record)]

    def had(self, person_id: Any) -> list[ColumnElement[bool]]:
        """Whether a person had anything that the project paid: a case, a service, a training, assistance."""
        return [] if self.fund is None else [person_id.in_(self._people())]

    def _paid(self, record: Any) -> ColumnElement[bool]:
        kind = sa.inspect(record).mapper.class_
        if kind in _THROUGH:
            link, other = _THROUGH[kind]
            return cast("ColumnElement[bool]", getattr(record, link).in_(self._of(other, "id")))
        if kind is Contact:
            return sa.or_(record.case_id.in_(self._of(Case, "id")), record.id.in_(self._of(Service, "contact_id")))
        if kind is Trainer:
            taught = aliased(EventTrainer)
            here = taught.event_id.in_(self._of(TrainingEvent, "id")), taught.voided.is_(False)
            return cast("ColumnElement[bool]", record.id.in_(sa.select(taught.trainer_id).where(*here)))
        if hasattr(record, "fund"):
            return is_fund(record.fund, self.fund or "")
        return self._through_case_or_event(record, kind)

    def _through_case_or_event(self, record: Any, kind: type[Any]) -> ColumnElement[bool]:
        links = {name: of for name, of in (("case_id", Case), ("event_id", TrainingEvent)) if hasattr(record, name)}
        found = [getattr(record, name).in_(self._of(of, "id")) for name, of in links.items()]
        if len(links) != 1 and (kind is Person or hasattr(record, "person_id")):
            of_person = record.id if kind is Person else record.person_id
            alone = (getattr(record, name).is_(None) for name in links)
            found.append(sa.and_(*alone, *self.had(of_person)))
        return sa.or_(*found) if found else sa.false()

    def _of(self, kind: type[Any], column: str) -> Any:
        """A column of the valid records of a kind that the project pays for."""
        paid = aliased(kind)
        wanted = getattr(paid, column)
        return sa.select(wanted).where(*self.of_work(paid), paid.voided.is_(False), wanted.is_not(None))

    def _people(self) -> Any:
        events = self._of(TrainingEvent, "id")
        came = sa.select(Participation.person_id).where(
            Participation.event_id.in_(events), Participation.voided.is_(False), was_there()
        )
        return sa.union(*(self._of(kind, "person_id") for kind in (Case, Service, Assistance)), came.correlate(None))

    def _living_there(self) -> Any:
        return sa.select(_HOME.person_id).where(
            _HOME.kind == "current",
            _HOME.valid_to.is_(None),
            _HOME.voided.is_(False),
            self.in_place(_HOME.village_code),
        )
