# SPDX-License-Identifier: Apache-2.0
"""From a report to what may leave the centre, with what has left it before; and writing down that it has."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from reports.disclosure.publication import published
from reports.tables.model import Report
from resource_centre.errors import Refused
from resource_centre.records import Publication
from resource_centre.services.publications import keep_publication, may_publish


def prepare(session: Session, report: Report, threshold: int) -> Report:
    """The report for publication: of an internal one, hiding what with all earlier publications would give away.

    Reads only. Raises `Refused` for an account that does not know them all, and as `published` does.
    """
    if not may_publish(session):
        raise Refused("not_allowed")
    return published(report, threshold)


def keep(session: Session, report: Report, shown: Report, *, by: str | None = None) -> Publication:
    """Write down that `shown`, made by `prepare` of the internal `report`, was saved or printed. Within a change."""
    facts = shown.facts
    hidden = {key: cell for table in shown.tables() for key, cell in table.cells()}
    cells = {
        key: [cell.value, int(key not in hidden or hidden[key].hidden)]
        for table in report.tables()
        for key, cell in table.cells()
        if not cell.blank
    }
    first, last = dt.date.fromisoformat(facts.first), dt.date.fromisoformat(facts.last)
    return keep_publication(
        session, {"cells": cells}, first=first, last=last, threshold=facts.threshold or 0, place=facts.place, by=by
    )
