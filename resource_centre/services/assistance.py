# SPDX-License-Identifier: Apache-2.0
"""What people were given: kind, amount, fund, partner, receipt; with the plan's action it carries out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Assistance, Person, PlanAction
from resource_centre.records.base import defaults_of
from resource_centre.services.cases import open_case_of
from resource_centre.services.saving import Reasons, existing, write_changes, write_new


def record_assistance(
    session: Session,
    *,
    person_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    on: dt.date | None = None,
) -> Assistance:
    """Write down what somebody was given. ``case_id`` is the open case and ``action_id`` none unless among the values.

    Raises `Refused` with the problems by field.
    """
    existing(session, Person, person_id)
    if values.get("action_id"):
        existing(session, PlanAction, values["action_id"])
    given = {name: value for name, value in values.items() if value is not None}
    complete = {**defaults_of(Assistance), "given_on": on or today(), **given, "person_id": person_id}
    if "case_id" not in values:
        case = open_case_of(session, person_id)
        complete["case_id"] = case.id if case else None
    return write_new(session, Assistance, complete, unanswered, on=today())


def change_assistance(
    session: Session,
    assistance_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Assistance:
    """Change what was written; `version` is that of the form's opening."""
    found = existing(session, Assistance, assistance_id)
    return write_changes(session, found, values, unanswered, on=today(), version=version)
