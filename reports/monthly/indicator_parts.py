# SPDX-License-Identifier: Apache-2.0
"""What shares and means of R1 were worked out from: the figures of other tables, and how many they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from reports.monthly.counts import PERIODS
from reports.monthly.figures import MonthlyFigures
from reports.monthly.frames_own import HOME_CURRENCY
from reports.monthly.setting import Shown
from reports.monthly.training import GainLine, Training

Parts = Mapping[str, Any]
"""Facts of a cell: `of`, `pairs`, `part`."""
NONE: Final[Parts] = {}


def parts_of(code: str, figures: MonthlyFigures, shown: Shown) -> Parts:
    """Of one indicator in one period; nothing for what is counted."""
    found = _PARTS.get(code)
    return found(figures, shown) if found is not None else NONE


def trained(figures: MonthlyFigures, shown: Shown) -> Training:
    """The training of a period."""
    return (figures.training_month, figures.training_year, figures.training_project)[shown.at]


def _hours(figures: MonthlyFigures, shown: Shown) -> Parts:
    people = trained(figures, shown).all_events.participants.total
    return {"of": (f"R1/training_participants/{shown.key}.total",), "pairs": people}


def _follow_ups(figures: MonthlyFigures, shown: Shown) -> Parts:
    if not figures.case_work.follow_ups:
        return NONE
    return {"of": tuple(f"R16/total/{shown.key}.{name}" for name in ("on_time", "due"))}


def _plans(figures: MonthlyFigures, shown: Shown) -> Parts:
    if not figures.case_work.plans.known:
        return NONE
    return {"of": tuple(f"R14/{name}/{shown.key}.total" for name in ("in_time", "made"))}


def _referrals(figures: MonthlyFigures, shown: Shown) -> Parts:
    first = figures.profile.cohorts[0]
    share = first.shares[shown.at]
    return {"pairs": share.of, "part": share.part}


def _assessed(figures: MonthlyFigures, shown: Shown) -> Parts:
    profile = figures.profile
    part, whole = (tuple(one)[shown.at].total for one in (profile.assessed_soon, profile.returnees_registered))
    return {"of": (f"R1/returnees_registered/{shown.key}.total",), "pairs": whole, "part": part}


def _goals(figures: MonthlyFigures, shown: Shown) -> Parts:
    share = figures.profile.closed_goals[shown.at]
    return {"pairs": share.of, "part": share.part}


def _quality(figures: MonthlyFigures, shown: Shown) -> Parts:
    known = any(one.of for each in figures.profile.quality.shares.values() for one in each)
    return {"of": (f"R24/index/{shown.key}.share",)} if known else NONE


def _tested(figures: MonthlyFigures, shown: Shown) -> tuple[GainLine, dict[str, Any]]:
    line = trained(figures, shown).all_gain
    told = shown.key != PERIODS[-1] and line.pairs
    of = (f"R21.{shown.key}/all/{shown.key}.pairs",) if told else ()
    return line, {"of": of, "pairs": line.pairs}


def _gain(figures: MonthlyFigures, shown: Shown) -> Parts:
    return _tested(figures, shown)[1]


def _passed(figures: MonthlyFigures, shown: Shown) -> Parts:
    line, parts = _tested(figures, shown)
    return parts | {"part": line.passed}


def _satisfied(figures: MonthlyFigures, shown: Shown) -> Parts:
    """Of many answers a few may be one person's, so people are what is told of."""
    found = figures.surveys
    return {"pairs": found.raters[shown.at], "part": found.fewer_raters[shown.at]}


def _saved(figures: MonthlyFigures, shown: Shown) -> Parts:
    return {"pairs": figures.savings_goals.savers.get(HOME_CURRENCY, (0, 0, 0))[shown.at]}


def _recovered(figures: MonthlyFigures, shown: Shown) -> Parts:
    money = figures.case_work.complaints.money
    return {"pairs": next((one.paid[shown.at] for one in money if one.currency == HOME_CURRENCY), 0)}


def _change(figures: MonthlyFigures, shown: Shown) -> Parts:
    return {"pairs": figures.surveys.matched_pairs[shown.at]}


_PARTS: Final[Mapping[str, Callable[[MonthlyFigures, Shown], Parts]]] = {
    "contact_hours": _hours,
    "follow_ups_on_time": _follow_ups,
    "plans_in_time": _plans,
    "referrals_in_time": _referrals,
    "assessed_in_time": _assessed,
    "goals_achieved": _goals,
    "data_quality": _quality,
    "mean_gain": _gain,
    "reached_pass_mark": _passed,
    "survey_change": _change,
    "satisfied": _satisfied,
    "saved_for_goals": _saved,
    "amount_recovered": _recovered,
}
