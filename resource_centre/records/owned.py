# SPDX-License-Identifier: Apache-2.0
"""Records that belong to one person, and who may therefore see them."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.records.base import Base, Id, Logged


def people_living_in(villages: frozenset[str]) -> sa.Select[Any]:
    """Ids of people whose present address is in one of these villages.

    Written on the table, not on the record class, so that the criteria it becomes are not applied to themselves.
    """
    address = Base.metadata.tables["address"]
    return sa.select(address.c.person_id).where(
        address.c.kind == "current",
        address.c.valid_to.is_(None),
        address.c.voided.is_(sa.false()),
        address.c.village_code.in_(sorted(villages)),
    )


class Owned(Logged):
    """A record of one person. The owner never changes: a wrong attachment is voided and written anew."""

    __abstract__ = True

    person_id: Mapped[str] = mapped_column(Id, index=True, sort_order=-9)
    owner: ClassVar[str | None] = "person_id"

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """The records of people who live in these villages."""
        return cls.person_id.in_(people_living_in(villages))
