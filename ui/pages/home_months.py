# SPDX-License-Identifier: Apache-2.0
"""What is read for the dashboard after the page stands, one figure at a time: thirteen months each, and its chart.

Nothing of the reports is imported before the first reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDate, QLocale

from resource_centre.clock import today
from resource_centre.i18n import N_, _, language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.monthly.periods import Period
    from reports.tables.model import Chart

SERVED, SESSIONS, CASES, RETURNEES = (
    "persons_served",
    "counselling_sessions",
    "cases_open_at_end",
    "returnees_registered",
)
TRENDS: Final = {
    SERVED: N_("People served"),
    SESSIONS: N_("Counselling sessions"),
    CASES: N_("Cases open at the end"),
    RETURNEES: N_("Returnees registered"),
}
"""Each by the code of its line in the month's report, in the order they are read."""
TABS: Final = {SERVED: N_("People"), SESSIONS: N_("Sessions"), CASES: N_("Open cases"), RETURNEES: N_("Returnees")}


@dataclass(frozen=True)
class Months:
    """One figure over the months: series by their names (msgids), and how it is counted."""

    code: str
    months: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]
    definition: str

    @property
    def latest(self) -> int:
        """The figure of the last month."""
        return sum(values[-1] for values in self.series.values())


def read_months(session: Session, code: str) -> Months:
    """One figure of the thirteen months that end with this one, as far as the account may see it."""
    from reports.monthly.month_by_month import thirteen_months
    from reports.monthly.scope import Scope

    months = thirteen_months(today())
    series = _READ[code](session, months, Scope())
    return Months(code, tuple(month.month for month in months), series, " ".join(text for _term, text in defined(code)))


def defined(code: str) -> list[tuple[str, str]]:
    """The terms and texts of an indicator's definitions, in the active language."""
    from reports.monthly.words import INDICATOR_TERMS, definitions

    known = {key: (term, text) for key, term, text in definitions()}
    return [known[key] for key in INDICATOR_TERMS.get(code, ()) if key in known]


def chart_of(found: Months) -> Chart:
    """The months as bars, or as a line what is counted on their last days."""
    from reports.tables.model import Chart, ChartSeries

    return Chart(
        key=found.code,
        title=_(TRENDS[found.code]),
        labels=tuple(_label(month, first=at == 0) for at, month in enumerate(found.months)),
        series=tuple(ChartSeries(_(name), values) for name, values in found.series.items()),
        kind="lines" if found.code == CASES else "bars",
        unit="count" if found.code == SESSIONS else "people",
        strong=len(found.months) - 1,
    )


def _label(month: str, *, first: bool) -> str:
    """The month in short; the year below where it begins."""
    year, number = map(int, month.split("-"))
    short = QLocale(language()).toString(QDate(year, number, 1), "MMM")
    return f"{short}\n{year}" if first or number == 1 else short


def _people(session: Session, months: list[Period], scope: Any) -> Mapping[str, tuple[int, ...]]:
    from reports.monthly.month_by_month import people_by_month

    found = people_by_month(session, months, scope)
    returning, new = (tuple(getattr(one, name).total for one in found) for name in ("returning", "new"))
    return {N_("Returning"): returning, N_("New"): new}


def _sessions(session: Session, months: list[Period], scope: Any) -> Mapping[str, tuple[int, ...]]:
    from reports.monthly.month_by_month import sessions_by_month

    return {TRENDS[SESSIONS]: tuple(sessions_by_month(session, months, scope).values())}


def _cases(session: Session, months: list[Period], scope: Any) -> Mapping[str, tuple[int, ...]]:
    from reports.monthly.month_by_month import open_cases_by_month

    return {TRENDS[CASES]: tuple(open_cases_by_month(session, months, scope).values())}


def _returnees(session: Session, months: list[Period], scope: Any) -> Mapping[str, tuple[int, ...]]:
    from reports.monthly.month_by_month import returnees_by_month

    return {TRENDS[RETURNEES]: tuple(returnees_by_month(session, months, scope).values())}


_READ: Final[Mapping[str, Callable[..., Mapping[str, tuple[int, ...]]]]] = {
    SERVED: _people,
    SESSIONS: _sessions,
    CASES: _cases,
    RETURNEES: _returnees,
}
