# SPDX-License-Identifier: Apache-2.0
"""What the indicators of the monthly report are to come to in a year, and how far the year has come.

Which indicators there are stands in data/indicators.csv, with the frames they belong to: objectives of the Global
Compact for Migration and targets of the SDGs (domain reference 5.4).
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import IndicatorTarget
from resource_centre.roles import CASE_WORKERS
from resource_centre.services.month_reports import NAMESPACE
from resource_centre.services.saving import existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy

HIGHEST: Final = 10**11
"""More than any centre counts, in rupiah too, and less than the column of a database holds."""
PERCENT: Final = 100
YEARS: Final = range(2000, 2100)


@dataclass(frozen=True)
class IndicatorKind:
    """One indicator of the report as data/indicators.csv describes it.

    `cumulative` when its figure grows over the year, so that a share of the target says something; of a mean, a share
    or a stock only the difference does. `gcm` and `sdg` are numbers of objectives and targets.
    """

    code: str
    unit: str
    cumulative: bool
    gcm: tuple[str, ...]
    sdg: tuple[str, ...]


@lru_cache(maxsize=1)
def indicator_kinds() -> Mapping[str, IndicatorKind]:
    """Every indicator that can have a target, by code, in the order of the report."""
    file = resources.files("resource_centre") / "data" / "indicators.csv"
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return {
        row["code"]: IndicatorKind(
            row["code"], row["unit"], row["cumulative"] == "yes", _several(row["gcm"]), _several(row["sdg"])
        )
        for row in rows
    }


def target_id(indicator: str, year: int) -> str:
    """The id of an indicator's target in a year; the same on every laptop."""
    return str(uuid.uuid5(NAMESPACE, f"indicator_target/{year}/{indicator}"))


def targets_of(session: Session, year: int) -> dict[str, IndicatorTarget]:
    """The targets of a year by indicator, in the order of the report."""
    record = IndicatorTarget
    found = session.scalars(select(record).where(record.year == year, ~record.voided)).all()
    kept = {one.indicator: one for one in found}
    return {code: kept[code] for code in indicator_kinds() if code in kept}


def target_of(session: Session, indicator: str, year: int) -> IndicatorTarget:
    """The target of one indicator in a year; where there is none, an empty one of version 0 that is not kept.

    Raises `Refused` for an indicator that is not in the report.
    """
    _refuse_unknown(indicator, year)
    known = session.get(IndicatorTarget, target_id(indicator, year))
    if known is not None and not known.voided:
        return known
    return IndicatorTarget(id=target_id(indicator, year), indicator=indicator, year=year, version=0)


def set_target(
    session: Session,
    indicator: str,
    year: int,
    target: float | None,
    source: str | None = None,
    *,
    version: int | None = None,
) -> IndicatorTarget:
    """Say what an indicator is to come to in a year, and where that is written (`source`), such as an agreement.

    In the indicator's own unit: people, sessions, hours, points, per cent. `version` is the one the form was opened
    on, 0 when there was no target. Raises `Refused` with the problems by field, and for collectors.
    """
    _refuse_others(session)
    _refuse_unknown(indicator, year)
    refuse_errors(_too_high(indicator, target))
    values = {"target": target, "source": source}
    known = session.get(IndicatorTarget, target_id(indicator, year))
    if known is None:
        own = {"id": target_id(indicator, year), "indicator": indicator, "year": year}
        return write_new(session, IndicatorTarget, {**values, **own}, on=today())
    if not known.voided:
        return write_changes(session, known, values, on=today(), version=version)
    # Who sets it anew saw no target; what it was before it was taken away does not count.
    return write_changes(session, known, {**values, "voided": False, "void_reason": None}, on=today())


def remove_target(session: Session, indicator: str, year: int, reason: str) -> None:
    """Take a target away, saying why; the trail keeps it. Raises `Refused` without a reason, and for collectors."""
    _refuse_others(session)
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("void_reason", "required"),))
    void(session, existing(session, IndicatorTarget, target_id(indicator, year)), why)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _too_high(indicator: str, target: float | None) -> tuple[Problem, ...]:
    most = PERCENT if indicator_kinds()[indicator].unit == "percent" else HIGHEST
    number = isinstance(target, int | float)
    return (Problem("target", "out_of_range"),) if number and target is not None and target > most else ()


def _refuse_unknown(indicator: str, year: int) -> None:
    if indicator not in indicator_kinds():
        raise Refused("check", (Problem("indicator", "not_in_list"),))
    if year not in YEARS:
        raise Refused("check", (Problem("year", "out_of_range"),))


def _refuse_others(session: Session) -> None:
    if viewer_of(session).role not in CASE_WORKERS:
        raise Refused("not_allowed")
