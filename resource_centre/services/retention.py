# SPDX-License-Identifier: Apache-2.0
"""Until when a closed case is kept (domain reference 6.8): data/retention.csv, which says where each rule is from.

No period for the files of such centres is written in a law we could read: the rules are a choice, and may be changed.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.i18n import N_, _
from resource_centre.records import Case, Complaint, Person
from resource_centre.services.protection import mark_of
from resource_centre.services.saving import existing
from resource_centre.values.partial_date import latest, parse_partial

Rule = Literal["case", "minor", "legal_hold", "claim", "protection"]

WORDS: Final[dict[Rule, str]] = {
    "case": N_("{years} years after closing"),
    "minor": N_("{years} years after the 18th birthday"),
    "legal_hold": N_("As long as the legal hold lasts"),
    "claim": N_("As long as a complaint is open"),
    "protection": N_("As long as a protection matter is open"),
}
OF_AGE: Final = 18


@dataclass(frozen=True)
class Keeping:
    """Until when a case is kept, by which rule; no day while something stops the clock."""

    until: dt.date | None
    rule: Rule

    def words(self) -> str:
        """The rule in the active language."""
        return _(WORDS[self.rule]).format(years=_years().get(self.rule, 0))


def keeping_of(session: Session, case: Case, closed_on: dt.date) -> Keeping:
    """Until when a case closed on a day is to be kept."""
    stopped = _stopped(session, case)
    if stopped is not None:
        return Keeping(None, stopped)
    ordinary = years_after(closed_on, _years()["case"])
    born = existing(session, Person, case.person_id).birth_date
    if born is None or parse_partial(born) is None:
        return Keeping(ordinary, "case")
    of_age = years_after(latest(born), OF_AGE)
    grown = years_after(of_age, _years()["minor"])
    return Keeping(grown, "minor") if closed_on < of_age and grown > ordinary else Keeping(ordinary, "case")


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years later; the 28th of February for the 29th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _stopped(session: Session, case: Case) -> Rule | None:
    if case.legal_hold:
        return "legal_hold"
    claims = (Complaint.person_id == case.person_id, Complaint.closed_on.is_(None), Complaint.voided.is_(False))
    if session.scalar(select(func.count()).select_from(Complaint).where(*claims)):
        return "claim"
    if mark_of(session, case.person_id) is not None:
        return "protection"
    return None


@lru_cache(maxsize=1)
def _years() -> dict[str, int]:
    file = resources.files("resource_centre") / "data" / "retention.csv"
    return {row["what"]: int(row["years"]) for row in csv.DictReader(file.read_text("utf-8").splitlines())}
