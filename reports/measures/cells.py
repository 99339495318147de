# SPDX-License-Identifier: Apache-2.0
"""Which measure a figure of the monthly report is, in which lines and of which period: found from its key alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
    itself: bool = True
    """Whether the figure is this measure, rather than worked out from it, such as a median of days."""


@dataclass(frozen=True)
class Place:
    """A key taken apart: the row, the period, what is counted where that is not the row, the sex or nothing."""

    row: str
    period: str
    of: str
    sex: str

    @property
    def together(self) -> bool:
        """Whether it is the row of all together."""
        return self.row == TOTAL


def address_of(cell: CellId) -> Address | None:
    """Where a figure comes from; None for one that leads to no records."""
    place, table = place_of(cell), cell.partition("/")[0]
    if place is None:
        return None
    if table == "trend":
        return Address(_BY_MONTH[place.of], place.period)
    found = _TABLES[table](place) if table in _TABLES else None
    if found is None:
        return None
    measure, lines = found
    sexed = {"sex": place.sex} if place.sex in SEXES else {}
    row, of_table = indicator_of(table, place), "R1" if table in FRAMES else table
    itself = _WORKED_OUT.isdisjoint({(of_table, row), (of_table, place.of)})
    return Address(measure, place.period, {**lines, **sexed}, itself)


def indicator_of(table: str, place: Place) -> str:
    """The row; of a line of a frame, which bears its objective before it, the indicator."""
    return place.row.rpartition(".")[2] if table in FRAMES else place.row


def place_of(cell: CellId) -> Place | None:
    """A key taken apart; None for a column of no period."""
    _table, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    # What is open now is told once, as of the last day of all periods.
    period, *further = ("month", column) if column == "open" else column.split(".")
    if cell.startswith("trend/") and column in _BY_MONTH:
        return Place(row, row, column, "")
    if period not in PERIODS or not row:
        return None
    sex = further[-1] if further and further[-1] in (*SEXES, TOTAL) else ""
    return Place(row, period, ".".join(further[: -1 if sex else None]), sex)


Found = tuple[str, dict[str, str]] | None
_BY_MONTH: Final = {TOTAL: "served", "new": "new", "returning": "returning"}
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
    "vulnerability_assessments": "assessments",
    "assessed_in_time": "assessed_soon_share",
    "plans_made": "plans",
    "plans_in_time": "plans_in_time_share",
    "goals_achieved": "goals_achieved_share",
    "referrals_made": "referrals",
    "referrals_completed": "referrals_completed",
    "referrals_in_time": "cohort_30_share",
    "complaints_lodged": "complaints",
    "complaints_closed": "complaints_closed",
    "training_events": "events",
    "training_participants": "participants",
    "contact_hours": "contact_hours",
    "trainers_certified": "trainers_certified",
    "savings_goals_set": "savings_goals",
    "savings_goals_reached": "savings_goals_reached",
    "villages_covered": "served",
    "data_quality": "registered",
}


_WORKED_OUT: Final = frozenset(
    {("R1", "villages_covered"), ("R1", "data_quality"), ("R15", "per_person"), ("R15", "missed_share"),
     ("R18", "median_days"), ("R24", "index")}
)  # fmt: skip
"""Figures that lead to the records they are worked out from: table, and row or column."""


FRAMES: Final = frozenset({"gcm", "sdg", "logframe"})
"""Tables of indicators, which are those of R1."""


def _indicator(place: Place) -> Found:
    in_rupiah = {"saved_for_goals": "saved", "amount_recovered": "recovered"}
    if place.row in in_rupiah:
        return in_rupiah[place.row], {"currency": "IDR"}
    return (_INDICATORS[place.row], {}) if place.row in _INDICATORS and not place.of else None


def _framed(place: Place) -> Found:
    """A line of a frame of indicators: the objective and the indicator."""
    return _indicator(replace(place, row=place.row.rpartition(".")[2]))


def _line(measure: str, breakdown: str) -> Callable[[Place], Found]:
    """A table of one measure with a line for each code of one breakdown, and all together."""
    return lambda place: (measure, {} if place.together else {breakdown: place.row})


def _age(place: Place) -> Found:
    if place.of not in ("new", "returning"):
        return None
    return place.of, {} if place.together else {"age_band": place.row}


def _served_at(place: Place) -> Found:
    levels = ("province", "regency", "district", "village")
    if place.together:
        return "served", {}
    level = levels[min(place.row.count("."), len(levels) - 1)]
    return "served", {level: place.row} if place.row != "unknown" else {"province": "unknown"}


def _case(place: Place) -> Found:
    return (place.row, {}) if place.row in ("open_at_start", "opened", "reopened", "closed", "open_at_end") else None


def _plan(place: Place) -> Found:
    return ({"made": "plans", "in_time": "plans_in_time"}[place.row], {}) if not place.of else None


def _counselling(place: Place) -> Found:
    named = {
        "held": "sessions", "attended": "attended", "people": "counselled", "per_person": "attended",
        "missed": "missed", "missed_share": "missed",
    }  # fmt: skip
    if place.row in named:
        return named[place.row], {}
    kind, _, mode = place.row.partition(".")
    return "sessions", {"session_type": kind, "session_mode": mode}


def _of(breakdown: str, named: Mapping[str, str]) -> Callable[[Place], Found]:
    """A table with several measures in its columns, and a line for each code of one breakdown."""

    def found(place: Place) -> Found:
        if place.of not in named:
            return None
        return named[place.of], {} if place.together else {breakdown: place.row}

    return found


def _given(measure: str, breakdown: str) -> Callable[[Place], Found]:
    def found(place: Place) -> Found:
        code, _, currency = place.row.rpartition(".")
        lines = {breakdown: code, "currency": "" if currency == "none" else currency}
        return (f"{measure}_amount" if place.of == "amount" else measure), lines

    return found


def _event(place: Place) -> Found:
    measure = {"events": "events", "hours": "event_hours", "": "participants"}.get(place.of)
    lines = {} if place.together else {"training_type": place.row}
    return (measure, lines) if measure is not None else None


def _besides(place: Place) -> Found:
    counted = {"L": "counted_men", "P": "counted_women", "unknown": "counted_others", TOTAL: "counted_only"}
    named = {"youth": "young", "disability": "with_disability", "reach": "reach"}
    measure = counted.get(place.sex) if place.of == "counted" else named.get(place.of)
    lines = {} if place.together else {"training_type": place.row}
    return (measure, lines) if measure is not None else None


def _goal(place: Place) -> Found:
    if place.row.startswith("saved."):
        return "saved", {"currency": place.row.partition(".")[2]}
    return ({"set": "savings_goals", "reached": "savings_goals_reached"}[place.row], {})


def _cohort(place: Place) -> Found:
    whole = f"cohort_{place.row}"
    return {"old": whole, "completed": f"{whole}_completed", "share": f"{whole}_share"}[place.of], {}


def _quality(place: Place) -> Found:
    if place.row == "index":
        return "registered", {}
    if place.row not in ("nik", "nik_valid", "village", "consent"):
        return None
    return {"part": f"people_{place.row}", "of": "registered", "share": f"people_{place.row}_share"}[place.of], {}


_DUE: Final = {
    "due": "follow_ups_due", "on_time": "follow_ups_kept", "late": "follow_ups_late", "open": "follow_ups_open",
    "lost": "follow_ups_lost",
}  # fmt: skip
_REFERRED: Final = {
    "made": "referrals", "accepted": "referrals_accepted", "completed": "referrals_completed",
    "refused": "referrals_refused", "pending": "referrals_waiting", "waiting_long": "referrals_waiting_long",
    "median_days": "referrals_completed",
}  # fmt: skip
_COMPLAINED: Final = {"new": "complaints", "closed": "complaints_closed", "open": "complaints_open"}
_MONEY: Final = {"claimed": "claimed", "recovered": "recovered"}

_TABLES: Final[Mapping[str, Callable[[Place], Found]]] = {
    "R1": _indicator,
    **dict.fromkeys(FRAMES, _framed),
    "R2": _age,
    "R3": _line("contacts", "channel"),
    "R3.reasons": _line("contacts", "visit_reason"),
    "R4": _served_at,
    "R5": _line("served", "client_type"),
    "R6": _line("returnees", "return_type"),
    "R7": _line("returnees", "country"),
    "R8": _line("returnees", "occupation_group"),
    "R8.occupations": _line("returnees", "occupation"),
    "R9": _line("returnees", "regularity"),
    "R9.schemes": _line("returnees", "placement_scheme"),
    "R10": _line("returnees", "stay_length"),
    "R10.return": _line("returnees", "time_since_return"),
    "R11": _line("flagged", "flag"),
    "R12": _of("service_type", {"people": "people_by_service", "services": "services"}),
    "R13": _case,
    "R13.reasons": _line("closed", "closure_reason"),
    "R14": _plan,
    "R14.goals": _of("dimension", {"planned": "plan_goals", "reached": "plan_goals_reached"}),
    "R15": _counselling,
    "R16": _of("interval", _DUE),
    "R18": _of("provider_type", _REFERRED),
    "R18.cohorts": _cohort,
    "R19": _of("complaint_group", _COMPLAINED),
    "R19.money": _of("currency", _MONEY),
    "R20": _event,
    "R20.besides": _besides,
    "R22": _goal,
    "R24": _quality,
    "assistance": _given("assistance", "assistance_kind"),
    "contributions": _given("contributions", "source"),
}
