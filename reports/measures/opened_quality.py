# SPDX-License-Identifier: Apache-2.0
"""Behind what waits to be settled (R24, as of today): the rows of registers and the laptops, one by one."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.cells import Place
from reports.measures.gathered import Page, Ref, opened
from reports.measures.model import Asked
from reports.measures.quality import devices_heard, rows_to_decide, silent
from reports.measures.records import Opened
from resource_centre.i18n import _
from resource_centre.records import ImportRow

NOW = "R24.now"


def waits(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """Rows that may be somebody already registered, or laptops whose records are here; LookupError for other lines."""
    if place.row == "to_decide":
        rows = session.execute(sa.select(ImportRow.id, ImportRow.sheet, ImportRow.row).where(rows_to_decide()))
        words = _("{sheet}, row {row}")
        refs = [Ref("ImportRow", row.id, who=words.format(sheet=row.sheet, row=row.row)) for row in rows]
    elif place.row in ("devices", "silent"):
        heard = devices_heard(session)
        known = heard if place.row == "devices" else silent(heard, asked.span.last)
        words = _("Computer {device}")
        refs = [Ref("Site", one.site, _day(one.wall_ms), who=words.format(device=one.device)) for one in known]
    else:
        raise LookupError(place.row)
    return opened(session, refs, page, value=len(refs))


def _day(wall_ms: int) -> dt.date | None:
    """None for a clock that no calendar reaches."""
    try:
        return dt.datetime.fromtimestamp(wall_ms / 1000).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None
