# SPDX-License-Identifier: Apache-2.0
"""Whether a month was handed over, and whether its figures still are those of then: printed on the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from reports.monthly.adjustments import Corrections, corrections, read_value
from reports.monthly.counts import PERIODS
from reports.monthly.headline import OF_TODAY, Indicator
from reports.monthly.periods import Period
from resource_centre.services.kept_figures import digest_of, is_code, same_figures, same_value
from resource_centre.services.month_reports import KeptMonth, kept_month

State = Literal["same", "restated", "not_kept", "unreadable"]
"""As handed over; changed since; handed over without figures; figures and digest that do not fit each other."""

WORDS: Final = frozenset({"centre", "title", "caution", "label", "weights", "spoken"})
"""What people wrote, or what is there to be read, is not kept with the figures: codes say the same."""
NO_CODE: Final = "#"
"""Stands for a text that is no code, such as an answer's name with blanks in a form from elsewhere."""


@dataclass(frozen=True)
class HandedOver:
    """The month's report was handed over. `was` are the lines of R1 that have changed since, as they were."""

    on: dt.date
    digest: str | None
    state: State
    differs: bool = False
    """Two laptops handed the month over with different figures."""
    was: tuple[Indicator, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "on": self.on.isoformat(),
            "digest": self.digest,
            "state": self.state,
            "two_laptops_differ": self.differs,
            "was": [one.as_dict() for one in self.was],
        }


@dataclass(frozen=True)
class Closing:
    """What a report of the whole centre says about being closed. `digest`: of the figures handed over, as long as this
    report says the same; else of these figures, as they would be kept.
    """

    digest: str
    handed_over: HandedOver | None
    corrections: Corrections

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        given = self.handed_over.as_dict() if self.handed_over is not None else None
        return {"digest": self.digest, "handed_over": given, "corrections": self.corrections.as_dict()}


def closing(session: Session, month: Period, told: Mapping[str, Any]) -> Closing:
    """Compare the figures of a month, as `MonthlyFigures.as_dict` tells them, with what was kept."""
    now, kept = without_words(told), kept_month(session, month.month)
    given = None if kept is None else compared(kept, now)
    same = given is not None and given.state == "same" and given.digest is not None
    digest = given.digest if given is not None and given.digest is not None and same else digest_of(now)
    return Closing(digest, given, corrections(session, month))


def compared(kept: KeptMonth, now: Mapping[str, Any]) -> HandedOver:
    """A month that was handed over, beside its figures of today."""
    if kept.figures is None:
        state: State = "not_kept" if kept.digest is None and not kept.differs else "unreadable"
        return HandedOver(kept.reported_on, kept.digest, state, kept.differs)
    same = same_figures(kept.figures, now)
    was = () if same else tuple(_changed(kept.figures["R1"], now["R1"]))
    return HandedOver(kept.reported_on, kept.digest, "same" if same else "restated", kept.differs, was)


def without_words(told: Any) -> Any:
    """The figures as they are kept: numbers, codes and days."""
    if isinstance(told, Mapping):
        return {key: without_words(value) for key, value in told.items() if key not in WORDS}
    if isinstance(told, list | tuple):
        return [without_words(one) for one in told]
    if isinstance(told, Decimal):  # what PostgreSQL makes of a sum
        return int(told) if told == int(told) else float(told)
    return NO_CODE if isinstance(told, str) and not is_code(told) else told


def _changed(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[Indicator]:
    today = {one["code"]: one for one in now}
    return [
        Indicator(one["code"], one["unit"], *(read_value(one[period]) for period in PERIODS))
        for one in was
        if one["code"] != OF_TODAY
        and (
            one["code"] not in today
            or not all(same_value(one[period], today[one["code"]][period]) for period in PERIODS)
        )
    ]
