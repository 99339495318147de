# SPDX-License-Identifier: Apache-2.0
"""Which records stand behind a figure of the monthly report, found from its key alone."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from reports.measures.catalogue import MEASURES
from reports.measures.cells import address_of
from reports.measures.gathered import Page
from reports.measures.model import Asked
from reports.measures.openers import opener_of
from reports.measures.records import PAGE, Opened, records_of
from reports.tables.model import CellId


def records_behind(session: Session, cell: CellId, asked: Asked, *, limit: int = PAGE, offset: int = 0) -> Opened:
    """What stands behind a figure of the monthly report, by its key ("R6/PMI/month.P"), newest first.

    `LookupError` for a figure that leads to no records (`opens` says which do), such as a target.
    """
    opener = opener_of(cell)
    if opener is not None:
        return opener(session, asked, Page(limit, offset))
    address = address_of(cell)
    if address is None:
        raise LookupError(cell)
    period = asked.period(address.period)
    opened = records_of(
        session, MEASURES[address.measure], period, asked.scope, address.where, limit=limit, offset=offset
    )
    return opened if address.itself else replace(opened, value=None)


def opens(cell: CellId) -> bool:
    """Whether a figure of the monthly report leads to records."""
    return opener_of(cell) is not None or address_of(cell) is not None
