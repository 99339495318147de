# SPDX-License-Identifier: Apache-2.0
"""Marking a record as not valid, and valid again. Nothing is deleted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Logged
from resource_centre.services.saving import existing
from resource_centre.values.text import tidy


def void_record(session: Session, record: type[Logged], record_id: str, *, reason: str) -> None:
    """Mark a record as not valid. Raises `Refused` without a reason."""
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("void_reason", "required"),))
    void(session, existing(session, record, record_id), why)


def restore_record(session: Session, record: type[Logged], record_id: str) -> None:
    """Mark a record as valid again."""
    found = session.get(record, record_id)
    if found is None:
        raise Refused("not_found")
    found.voided, found.void_reason = False, None
    session.flush()
