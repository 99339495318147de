# SPDX-License-Identifier: Apache-2.0
"""Lines below a record that are saved all at once: of a budget, of what money sent home is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.records import Owned
from resource_centre.services.saving import write_changes, write_new


def line_id(above_id: str, key: str) -> str:
    """The id of a line: the same on every laptop, so that two desks that fill in one line write one."""
    return str(uuid5(UUID(above_id), key))


def save_lines(
    session: Session,
    record: type[Owned],
    links: Mapping[str, str],
    standing: Iterable[Owned],
    told: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write what was `told`, values by `line_id`; of those that are `standing` and not told the line is voided.

    `links` say whose the lines are and what they stand below. A line that was voided before is valid again.
    """
    for this, values in told.items():
        kept = session.get(record, this)
        if kept is None:
            write_new(session, record, {**values, **links, "id": this}, on=today())
        else:
            write_changes(session, kept, {**values, "voided": False, "void_reason": None}, on=today())
    for gone in standing:
        if gone.id not in told:
            void(session, gone, _("No longer in the list."))
