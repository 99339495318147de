# SPDX-License-Identifier: Apache-2.0
"""A course of counselling from its opening to the record of its completion (domain reference 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import CounsellingCourse, Person
from resource_centre.services.cases import open_case_of
from resource_centre.services.saving import Reasons, existing, write_changes, write_new


def record_course(
    session: Session,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    course_id: str | None = None,
    version: int | None = None,
) -> CounsellingCourse:
    """Write down a course, or with its id change it; a new one belongs to the person's open case.

    Raises `Refused` with the problems by field: one broken off needs to say why, one completed on which day.
    """
    if course_id is not None:
        course = existing(session, CounsellingCourse, course_id)
        return write_changes(session, course, values, unanswered, on=today(), version=version)
    existing(session, Person, person_id)
    case = open_case_of(session, person_id)
    complete = {"begun_on": today(), "case_id": case.id if case else None, **values, "person_id": person_id}
    return write_new(session, CounsellingCourse, complete, unanswered, on=today())


def courses_of(session: Session, person_id: str) -> list[CounsellingCourse]:
    """The courses of a person, the one begun last first."""
    own = (CounsellingCourse.person_id == person_id, CounsellingCourse.voided.is_(False))
    latest_first = (CounsellingCourse.begun_on.desc(), CounsellingCourse.id.desc())
    return list(session.scalars(select(CounsellingCourse).where(*own).order_by(*latest_first)))


def running_course(session: Session, person_id: str) -> CounsellingCourse | None:
    """The course that has not ended, or None."""
    return next((course for course in courses_of(session, person_id) if course.ended_on is None), None)
