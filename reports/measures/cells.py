# SPDX-License-Identifier: Apache-2.0
"""Which measure a figure of the monthly report is, in which lines and of which period: found from its key alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reports.tables.model import CellId

SEXES: Final = ("L", "P", "unknown")
TOTAL: Final = "total"
PERIODS: Final = ("month", "year", "project")


@dataclass(frozen=True)
class Address:
    """A measure, the lines (by breakdown) and the key of the period."""

    measure: str
    period: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """A key taken apart: the row, the period, what is counted where that is not the row, the sex or nothing."""

    row: str
    period: str
    of: str
    sex: str

    @property
    def together(self) -> bool:
        return self.row == TOTAL


def address_of(cell: CellId) -> Address | None:
    """Where a figure comes from; None for one that leads to no records."""
    place, table = _place(cell), cell.partition("/")[0]
    found = _TABLES[table](place) if table in _TABLES and place is not None else None
    if found is None or place is None:
        return None
    measure, lines = found
    sexed = {"sex": place.sex} if place.sex in SEXES else {}
    return Address(measure, place.period, {**lines, **sexed})


def _place(cell: CellId) -> _Place | None:
    _table, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    period, *further = column.split(".")
    if period not in PERIODS or not row:
        return None
    sex = further[-1] if further and further[-1] in (*SEXES, TOTAL) else ""
    return _Place(row, period, ".".join(further[: -1 if sex else None]), sex)


Found = tuple[str, dict[str, str]] | None
_INDICATORS: Final = {
    "persons_served": "served",
    "new_clients": "new",
    "returning_clients": "returning",
    "contacts": "contacts",
    "services": "services",
    "returnees_registered": "returnees",
    "family_members_served": "family_served",
    "cases_opened": "opened",
    "cases_closed": "closed",
    "cases_open_at_end": "open_at_end",
    "counselling_sessions": "sessions",
    "persons_counselled": "counselled",
    "follow_ups_due": "follow_ups_due",
    "follow_ups_on_time": "follow_ups_on_time_share",
    "training_events": "events",
    "training_participants": "participants",
    "contact_hours": "contact_hours",
    "trainers_certified": "trainers_certified",
    "savings_goals_set": "savings_goals",
    "savings_goals_reached": "savings_goals_reached",
    "villages_covered": "served",
}


def _indicator(place: _Place) -> Found:
    if place.row == "saved_for_goals":
        return "saved", {"currency": "IDR"}
    return (_INDICATORS[place.row], {}) if place.row in _INDICATORS and not place.of else None


def _line(measure: str, breakdown: str) -> Callable[[_Place], Found]:
    """A table of one measure with a line for each code of one breakdown, and all together."""
    return lambda place: (measure, {} if place.together else {breakdown: place.row})


def _age(place: _Place) -> Found:
    if place.of not in ("new", "returning"):
        return None
    return place.of, {} if place.together else {"age_band": place.row}


def _served_at(place: _Place) -> Found:
    levels = ("province", "regency", "district", "village")
    if place.together:
        return "served", {}
    level = levels[min(place.row.count("."), len(levels) - 1)]
    return "served", {level: place.row} if place.row != "unknown" else {"province": "unknown"}


_TABLES: Final[Mapping[str, Callable[[_Place], Found]]] = {
    "R1": _indicator,
    "R2": _age,
    "R4": _served_at,
    "R6": _line("returnees", "return_type"),
    "R7": _line("returnees", "country"),
    "R11": _line("flagged", "flag"),
}
