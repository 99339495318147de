# SPDX-License-Identifier: Apache-2.0
"""Counts what a page of the report book asks for, in the periods it asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from reports.measures.catalogue import MEASURES
from reports.measures.counting import counted
from reports.measures.model import ALL, Figures, Measure
from reports.monthly.periods import Period, month_of, period_of
from reports.monthly.scope import Scope
from resource_centre.records import Assistance
from resource_centre.records.base import defaults_of
from resource_centre.services.report_book import BookPage, Length, Plan

CURRENCY: Final = "currency"
MONTHS: Final[dict[Length, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class CannotBeMade(Exception):
    """A page asks for what this program cannot count: a newer one wrote it, or a kind of count is gone."""


@dataclass(frozen=True)
class PageFigures:
    """What was counted for a page. Of a share `whole` counts what `figures` are a part of."""

    page: BookPage
    plan: Plan
    measure: Measure
    periods: tuple[Period, ...]
    figures: Figures
    whole: Figures | None = None

    def value(self, period: Period, *codes: str) -> float | None:
        """A figure; of a share the per cent, None of nobody."""
        number = self.figures.value(period.code, *codes)
        if self.whole is None:
            return number
        of = self.whole.value(period.code, *codes)
        return 100 * number / of if of else None

    def lines(self, breakdown: str) -> list[str]:
        """The codes of a breakdown in their order, those of the whole too."""
        found = self.figures.codes(breakdown)
        more = self.whole.codes(breakdown) if self.whole is not None else []
        at = [one.code for one in self.figures.breakdowns].index(breakdown)
        return self.figures.breakdowns[at].order({*found, *more})

    @property
    def empty(self) -> bool:
        """Whether nothing at all was counted."""
        of = self.whole or self.figures
        return not any(of.value(period.code, *[ALL] * len(of.breakdowns)) for period in self.periods)


def page_figures(session: Session, page: BookPage, asked: Period, *, within: Scope | None = None) -> PageFigures:
    """Count a page for the periods that end with the one asked for.

    `within` is what the report is about in which the page stands; a place or fund of the page's own comes first. Raises
    `CannotBeMade`.
    """
    plan = page.plan
    if plan is None or plan.measure not in MEASURES:
        raise CannotBeMade
    measure, periods = MEASURES[plan.measure], periods_of(plan, asked)
    scope, by = scope_of(plan, within), told_by(plan)
    money = {CURRENCY: currency} if (currency := currency_of(plan, measure)) else {}

    def told(one: Measure) -> Figures:
        return counted(session, one, by, {period.code: period for period in periods}, scope, money)

    try:
        if measure.parts is None:
            return PageFigures(page, plan, measure, periods, told(measure))
        part, whole = (told(MEASURES[code]) for code in measure.parts)
    except LookupError as error:
        raise CannotBeMade from error
    return PageFigures(page, plan, measure, periods, part, whole)


def periods_of(plan: Plan, asked: Period) -> tuple[Period, ...]:
    """The periods of a page, oldest first. With one only, it is the one asked for where that has the page's length."""
    last = _around(asked, MONTHS[plan.length])
    if plan.count == 1 and asked.length in (plan.length, "days"):
        return (asked,)
    found = [last]
    while len(found) < plan.count:
        found.append(_around(month_of(f"{found[-1].first - dt.timedelta(days=1):%Y-%m}"), MONTHS[plan.length]))
    return tuple(found[::-1])


def scope_of(plan: Plan, within: Scope | None) -> Scope:
    """What a page is about: its own place or fund, else that of the report in which it stands."""
    around = within or Scope()
    return Scope(plan.place or around.place, plan.fund or around.fund)


def told_by(plan: Plan) -> list[str]:
    """The codes of the breakdowns of a page."""
    return [code for code in (plan.rows, plan.columns) if code]


def currency_of(plan: Plan, measure: Measure) -> str:
    """The one currency that money is told in; empty where it is told by currency, and of what is no money."""
    told = CURRENCY in (plan.rows, plan.columns) or CURRENCY not in measure.by or measure.counts != "sum"
    return "" if told else str(defaults_of(Assistance)[CURRENCY])


def _around(asked: Period, months: int) -> Period:
    """The calendar period of so many months in which a period ends."""
    part = (asked.last.month - 1) // months + 1
    year = f"{asked.last.year:04}"
    codes = {1: asked.month, 3: f"{year}-Q{part}", 6: f"{year}-H{part}", 12: year}
    return period_of(codes[months])
