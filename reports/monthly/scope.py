# SPDX-License-Identifier: Apache-2.0
"""Which records a report counts: valid ones of valid people, and of one place when a place was asked for.

Everything is written on the record classes, so that what the viewer may not see is left out below, in one place
(`resource_centre.access`), and never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from resource_centre.records import Address, Person

MISSED: Final = "tidak_hadir"
"""The code of a session the person did not come to (code list session_attendance)."""
FAMILY: Final = "family"
"""The code of a member of a migrant's family (code list client_type)."""


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
        invalid = aliased(Person)
        conditions = [person_id.not_in(sa.select(invalid.id).where(invalid.voided))]
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

    def _living_there(self) -> Any:
        home = aliased(Address)
        return sa.select(home.person_id).where(
            home.kind == "current", home.valid_to.is_(None), home.voided.is_(False), self.in_place(home.village_code)
        )
