# SPDX-License-Identifier: Apache-2.0
"""Table R23 and headline 17: trainers who were certified, who teach, and whom each generation has reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import PERIODS
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Trainer, TrainingEvent
from resource_centre.services.cascade import Cascade, cascade


@dataclass(frozen=True)
class Trainers:
    """`certified` in the month, the year and the project; `cascade` of the project, with who is active at its end."""

    certified: tuple[int, int, int]
    cascade: Cascade

    @property
    def known(self) -> bool:
        """Whether the centre keeps trainers at all."""
        return bool(self.cascade.levels or self.cascade.generations)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return self.cascade.as_dict() | {"certified": dict(zip(PERIODS, self.certified, strict=True))}


def trainers(session: Session, span: Span, scope: Scope) -> Trainers:
    """Trainers are those of the whole centre, or who taught for the project; what they taught is that of the place."""
    counts = session.execute(_certified(span, scope)).one()
    month, year, project = (int(count or 0) for count in counts)
    return Trainers((month, year, project), cascade_of(session, span.project, scope))


@kept
def _certified(span: Span, scope: Scope) -> Any:
    day = Trainer.certified_on
    valid = (Trainer.voided.is_(False), *scope.of_work(Trainer))
    return sa.select(*span.sums(day)).where(span.within(day), *valid)


def cascade_of(session: Session, period: Period, scope: Scope) -> Cascade:
    """R23 of any period."""
    where = (*scope.of_village(TrainingEvent.village_code), *scope.of_work(TrainingEvent))
    return cascade(session, since=period.first, until=period.last, where=where)
