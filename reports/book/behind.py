# SPDX-License-Identifier: Apache-2.0
"""The records behind a figure of a page of the report book."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reports.book.counting import CURRENCY, CannotBeMade, currency_of, periods_of, scope_of
from reports.book.laying_out import TOTAL
from reports.book.report import page_key
from reports.measures.catalogue import MEASURES
from reports.measures.records import PAGE, Opened, records_of
from reports.monthly.periods import Period
from reports.monthly.scope import Scope
from reports.tables.model import CellId
from resource_centre.services.report_book import BookPage, Plan, pages_of_book


def records_behind_page(
    session: Session,
    page: BookPage,
    asked: Period,
    cell: CellId,
    *,
    within: Scope | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> Opened:
    """What stands behind a figure, by its key, of a page made for a period; `within` as of `page_figures`.

    Raises `CannotBeMade` for a page that cannot be counted, `LookupError` for a figure that it has not.
    """
    plan = page.plan
    if plan is None or plan.measure not in MEASURES:
        raise CannotBeMade
    measure = MEASURES[plan.measure]
    _table, row, column = cell.split("/")
    period, code = _column(plan, asked, column)
    where = {plan.rows: row} if plan.rows and row != TOTAL else {}
    where |= {plan.columns: code} if plan.columns and code != TOTAL else {}
    if currency := currency_of(plan, measure):
        where[CURRENCY] = currency
    return records_of(session, measure, period, scope_of(plan, within), where, limit=limit, offset=offset)


def page_of_figure(session: Session, cell: CellId) -> BookPage | None:
    """The page of the book on which a figure of a monthly report stands; None for one of the report's own."""
    table = cell.partition("/")[0]
    return next((page for page in pages_of_book(session) if page_key(page) == table), None)


def _column(plan: Plan, asked: Period, key: str) -> tuple[Period, str]:
    """The period and the code of a column."""
    first, _dot, code = key.partition(".")
    periods = periods_of(plan, asked)
    if len(periods) == 1:
        return periods[0], code
    found = {period.code: period for period in periods}
    return found[first], code
