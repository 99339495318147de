# SPDX-License-Identifier: Apache-2.0
"""What every table of a report is told with: the language, the kind of its period, and the periods of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.kit.words import short_month
from reports.monthly.counts import PERIODS, UNKNOWN
from reports.monthly.figures import MonthlyFigures
from reports.monthly.periods import Length
from reports.monthly.vulnerability import MERGED
from reports.tables.model import Cell, Unit, figure
from resource_centre.i18n import N_, _
from resource_centre.vocabulary import vocabulary

_HEADINGS: Final[dict[Length, str]] = {
    "month": N_("Month"),
    "quarter": N_("Quarter"),
    "half": N_("Half-year"),
    "year": N_("Year"),
    "days": N_("Period"),
}


@dataclass(frozen=True)
class Shown:
    """A period of the columns: its key, its heading, its place among the three."""

    key: str
    heading: str
    at: int


@dataclass(frozen=True)
class Setting:
    """Made while the report's language is the active one."""

    language: str
    length: Length
    periods: tuple[Shown, ...]
    """Those that have columns: the period itself, the year so far unless it says the same, the project."""

    @property
    def this(self) -> Shown:
        """The period the report is about."""
        return self.periods[0]

    @property
    def by_sex(self) -> tuple[Shown, ...]:
        """Those told by sex; the longest one is told in total."""
        return self.periods[:-1]

    @property
    def without_project(self) -> tuple[Shown, ...]:
        """The period and the year so far."""
        return self.periods[:-1]

    def said(self, of_month: str, of_period: str) -> str:
        """One of two ways to say it, both marked for translation: of a month, or of any other period."""
        return _(of_month) if self.length == "month" else _(of_period)

    def label(self, list_name: str, code: str) -> str:
        """The word for a code of a list; what is not known and what is merged have words of their own."""
        if code == UNKNOWN and code not in vocabulary(list_name):
            return _("Not known")
        if code == MERGED and code not in vocabulary(list_name):
            return _("Special protection")
        return vocabulary(list_name).label(code, self.language)


def setting_of(figures: MonthlyFigures, language: str) -> Setting:
    """The setting of a report; its language must be active."""
    length = figures.month.length
    shown = [Shown(PERIODS[0], _(_HEADINGS[length]), 0)]
    if figures.span.has_year:
        shown.append(Shown(PERIODS[1], _("Year"), 1))
    shown.append(Shown(PERIODS[2], _longest(figures, language), 2))
    return Setting(language, length, tuple(shown))


def _longest(figures: MonthlyFigures, language: str) -> str:
    """What the longest period is called: of a project that began after January it is counted from there on, and said
    to be (`reports.monthly.periods.project_to`)."""
    if figures.project != figures.year:
        return _("Project")
    first = figures.project.first
    day = f"{first.day} {short_month(f'{first:%Y-%m}', language)}"
    return _("Since {day}").format(day=day if first.year == figures.month.last.year else f"{day} {first.year}")


def counts(values: Sequence[float | int | None], shown: Sequence[Shown], unit: Unit = "count") -> tuple[Cell, ...]:
    """Of the figures of all three periods, those of the periods shown."""
    return tuple(figure(values[one.at], unit) for one in shown)
