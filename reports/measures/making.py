# SPDX-License-Identifier: Apache-2.0
"""How the records of measures are selected: the shapes that many measures share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reports.measures.model import Asking, Facts
from resource_centre.records import Person


def of_people(asking: Asking, record: Any, day: Any, *where: Any, **told: Any) -> Facts:
    """Valid records of valid people, whose own attributes they are told by. Of `day` None, `where` says which days."""

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(record).join(Person, Person.id == record.person_id)
        return made.where(*where, record.voided.is_(False), *asking.scope.of_person(), *asking.scope.of_work(record))

    return Facts(record, record.id, day, select, person_id=record.person_id, seen=asking.seen, **told)


def of_each_person(asking: Asking, found: Any, *where: Any, **told: Any) -> Facts:
    """People themselves, with the `person_id` and `day` of a subquery."""

    def select(*columns: Any) -> sa.Select[Any]:
        made = sa.select(*columns).select_from(found).join(Person, Person.id == found.c.person_id)
        return made.where(*where, *asking.scope.of_person())

    return Facts(Person, Person.id, found.c.day, select, person_id=Person.id, seen=asking.seen, **told)


def of_nobody(asking: Asking, record: Any, day: Any, *where: Any, **told: Any) -> Facts:
    """Valid records that are of no person, such as events."""

    def select(*columns: Any) -> sa.Select[Any]:
        return (
            sa.select(*columns)
            .select_from(record)
            .where(*where, record.voided.is_(False), *asking.scope.of_work(record))
        )

    return Facts(record, record.id, day, select, seen=asking.seen, **told)
