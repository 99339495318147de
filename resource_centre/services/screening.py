# SPDX-License-Identifier: Apache-2.0
"""The quick screen of seven questions and the eleven indicators of forced labour (domain reference 6.6).

It says where to look, never what somebody is: the answer is "indication, refer" or "no indication noted". The answers
are for the protection officer; who asked them does not get them back.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.problems import Problem
from resource_centre.records import ExploitationScreening, Person
from resource_centre.services.drafts import discard_draft
from resource_centre.services.protection import let_go, note_concern
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, write_new

FORM: Final = "screening"
"""The name of the form's draft, which goes with the save: what was answered stays nowhere else."""

CONCERN: Final = "TPPO"


@dataclass(frozen=True)
class Question:
    """One question: in which `part` it stands (quick or ilo), and how many `points` a yes has."""

    name: str
    part: str
    points: int
    source: str
    verified: str


@dataclass(frozen=True)
class Hotline:
    """A number somebody in danger may be given; `verified` is "yes" only when somebody called it."""

    name: str
    number: str
    source: str
    verified: str


@dataclass(frozen=True)
class Screened:
    """What a screening comes to."""

    indication: bool
    asked: bool = True

    def words(self) -> str:
        """The one sentence that is shown, in the active language."""
        if not self.asked:
            return _("Nothing was asked. That is all right; it can be asked at another time.")
        if self.indication:
            return _("Indication - refer to the protection officer.")
        return _("No indication noted.")


def screen(
    session: Session,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    episode_id: str | None = None,
    on: dt.date | None = None,
) -> Screened:
    """Write a screening down and say what it comes to; an indication is told to the protection officer.

    `values` are those of `ExploitationScreening`: True, False or None by question. Raises `Refused` when something was
    answered although the person did not agree to be asked in private. The form's draft is forgotten in the same act.
    """
    existing(session, Person, person_id)
    agreed = values.get("agreed_to_talk") is True
    answered = [one.name for one in questions() if values.get(one.name) is not None]
    if answered and not agreed:
        raise Refused("check", (Problem("agreed_to_talk", "screening_stops"),))
    complete = {"asked_on": on or today(), **values, "person_id": person_id, "episode_id": episode_id}
    let_go(session, write_new(session, ExploitationScreening, complete, unanswered, on=today()))
    discard_draft(session, form=FORM, record_id=person_id)
    found = Screened(indicates(values), asked=agreed)
    if found.indication:
        note_concern(session, person_id, CONCERN, account=_("A screening gave an indication."), episode_id=episode_id)
    return found


def indicates(values: Mapping[str, Any]) -> bool:
    """Whether the answers are an indication: enough points of yes (data/screening_questions.csv, own choice)."""
    points = sum(one.points for one in questions() if values.get(one.name) is True)
    return points >= rule("screening_points")


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """The questions in the order they are asked."""
    return tuple(
        Question(row.pop("name"), row.pop("part"), int(row.pop("points")), **row)
        for row in _rows("screening_questions")
    )


@lru_cache(maxsize=1)
def hotlines() -> tuple[Hotline, ...]:
    """The numbers of data/hotlines.csv."""
    return tuple(Hotline(**row) for row in _rows("hotlines"))


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("resource_centre") / "data" / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
