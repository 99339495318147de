# SPDX-License-Identifier: Apache-2.0
"""What is read of the questionnaires of one person; runs on the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.assessments_due import Suggested
    from resource_centre.services.questionnaires import Shelved
    from resource_centre.services.response_lists import ResponseRow
    from resource_centre.services.scores import Point
    from resource_centre.services.weight_sets import WeightsRow

FOLLOWED = ("survey", "wellbeing", "satisfaction")
"""Kinds of questionnaires whose figures are followed over time."""


@dataclass(frozen=True)
class Trend:
    """The figures of one questionnaire over time, and the weights they come from, if any."""

    name: str
    title: str
    points: tuple[Point, ...]
    weights: WeightsRow | None


@dataclass(frozen=True)
class Assessed:
    """Everything the page of a person's questionnaires shows. `about` is whom a new one is about."""

    rows: tuple[ResponseRow, ...]
    suggested: tuple[Suggested, ...]
    trends: tuple[Trend, ...]
    about: dict[str, Any]
    closed: bool = False


def rows_of(session: Session, person_id: str) -> tuple[ResponseRow, ...]:
    """What somebody was asked, as far as this account reads it, and what it has begun itself; newest first."""
    from resource_centre.services.response_lists import begun_by_me, responses_of

    own = [one for one in begun_by_me(session, person_id) if one.kept_as_draft]
    return (*own, *responses_of(session, person_id))


def assess(session: Session, person_id: str, case_id: str) -> Assessed:
    """Read it all; without a case what is asked belongs to the open one, if there is any."""
    from resource_centre.services.assessments_due import suggested
    from ui.pages.questionnaires_ask import about_person

    rows = rows_of(session, person_id)
    closed = bool(case_id) and _closed(session, case_id)
    about = {"person_id": person_id, "case_id": case_id} if case_id else about_person(session, person_id)
    works = bool(about["case_id"]) and not closed
    return Assessed(
        rows=rows,
        suggested=tuple(suggested(session, person_id, on=today(), in_case=works)),
        trends=tuple(_trends(session, person_id, rows)),
        about=about,
        closed=closed,
    )


def questions_for(session: Session) -> list[Shelved]:
    """What can be asked of a person."""
    from resource_centre.services.questionnaires import shelf

    return [one for one in shelf(session) if one.about == "person" and not one.withdrawn]


def _trends(session: Session, person_id: str, rows: tuple[ResponseRow, ...]) -> list[Trend]:
    from resource_centre.services.scores import trend
    from resource_centre.services.weight_sets import weight_sets

    titles = {one.name: one.title for one in reversed(rows) if one.kind in FOLLOWED and one.state == "complete"}
    order = sorted(titles, key=lambda name: (next(one.kind for one in rows if one.name == name) != "survey", name))
    found = []
    for name in order:
        points = tuple(trend(session, person_id, name))
        if points:
            used = next((one for one in weight_sets(session, name) if one.in_use), None)
            found.append(Trend(name, titles[name], points, used))
    return found


def _closed(session: Session, case_id: str) -> bool:
    from resource_centre.records import Case

    case = session.get(Case, case_id)
    return case is not None and case.closed_on is not None
