# SPDX-License-Identifier: Apache-2.0
"""Instead of deleting."""

from __future__ import annotations

from sqlalchemy.orm import Session

from resource_centre.records.base import Logged


def void(session: Session, record: Logged, reason: str) -> None:
    """Mark a record as not valid and say why; a simultaneous edit elsewhere cannot bring it back unseen."""
    record.voided = True
    record.void_reason = reason
    session.flush()
