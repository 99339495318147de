# SPDX-License-Identifier: Apache-2.0
"""The figures of learning of a time, typed: what windows show, the month's report prints and a file hands on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from reports.monthly.cascade import cascade_of
from reports.monthly.periods import Period
from reports.monthly.scope import Scope
from reports.monthly.training import Training, training_of
from resource_centre import __version__
from resource_centre.exchange.identity import own_profile
from resource_centre.learning.results import Learning, TrainingNeeds
from resource_centre.learning.showing import shown_learning, shown_needs
from resource_centre.services.cascade import Cascade
from resource_centre.services.dialogues import DialoguesSummary, dialogues_summary
from resource_centre.services.intervals import SHARE
from resource_centre.services.learning_results import learning_of, training_needs
from resource_centre.services.rules import rule

RULES: Final = ("pass_mark", "completion_share", "least_matched", "satisfied_points", "youth_below")
"""The rules that the figures follow, told with them."""


@dataclass(frozen=True)
class TrainingFigures:
    """Training in a time, as far as the session's account sees it. `cut_off` is when it was read.

    `training` is R20 and R21 of that time, `cascade` is R23. `needs` are of all answers there are, of whatever time.
    """

    period: Period
    place: str | None
    cut_off: dt.datetime
    version: str
    centre_name: str
    training: Training
    learning: Learning
    cascade: Cascade
    dialogues: DialoguesSummary
    needs: TrainingNeeds

    def as_dict(self) -> dict[str, Any]:
        """Everything for JSON: what leaves the centre, so that no mean of a few is in it."""
        trained = self.training.as_dict()
        return {
            "from": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
            "place": self.place,
            "cut_off": self.cut_off.isoformat(timespec="seconds"),
            "version": self.version,
            "centre": self.centre_name,
            "rules": {name: rule(name) for name in RULES} | {"interval": SHARE},
            "R20": trained["events"],
            "R21": trained["gains"],
            "R23": self.cascade.as_dict(),
            "dialogues": self.dialogues.as_dict(),
            "learning": shown_learning(self.learning, rule("least_matched")).as_dict(),
            "needs": shown_needs(self.needs, rule("least_matched")).as_dict(),
        }


def training_figures(session: Session, period: Period, *, place: str | None = None) -> TrainingFigures:
    """The figures of the events begun in a period; `place` is the code of where they were held."""
    profile = own_profile(session)
    scope = Scope(place)
    return TrainingFigures(
        period=period,
        place=place,
        cut_off=dt.datetime.now().astimezone(),
        version=__version__,
        centre_name=(profile.name if profile else None) or "",
        training=training_of(session, period, scope),
        learning=learning_of(session, since=period.first, until=period.last, place=place),
        cascade=cascade_of(session, period, scope),
        dialogues=dialogues_summary(session, period.first, period.last, place=place),
        needs=training_needs(session),
    )
