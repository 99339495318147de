# SPDX-License-Identifier: Apache-2.0
"""What the indicators are to come to in a year, of the whole centre or of what one project pays.

Which indicators there are is said by their definitions (`resource_centre.services.indicator_definitions`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import IndicatorTarget
from resource_centre.services.indicator_definitions import Definition, latest_definitions, shipped_definitions
from resource_centre.services.month_reports import NAMESPACE
from resource_centre.services.projects import refuse_collectors
from resource_centre.services.saving import existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy

HIGHEST: Final = 10**11
"""More than any centre counts, in rupiah too, and less than the column of a database holds."""
PERCENT: Final = 100
YEARS: Final = range(2000, 2100)


@dataclass(frozen=True)
class IndicatorKind:
    """One indicator of the report as it is defined.

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
    """Every indicator of the program that can have a target, by code, in the order of the report."""
    return {code: _kind(one) for code, one in shipped_definitions().items()}


def kinds_known(session: Session) -> dict[str, IndicatorKind]:
    """The same with the centre's own behind, as they are defined last."""
    return {code: _kind(one) for code, one in latest_definitions(session).items()}


def target_id(indicator: str, year: int, fund: str | None = None) -> str:
    """The id of an indicator's target in a year; the same on every laptop."""
    of_fund = f"/{fund}" if fund else ""
    return str(uuid.uuid5(NAMESPACE, f"indicator_target/{year}/{indicator}{of_fund}"))


def targets_of(session: Session, year: int, *, fund: str | None = None) -> dict[str, IndicatorTarget]:
    """The targets of a year by indicator, in the order of the report; with `fund` those of what a project pays."""
    record = IndicatorTarget
    of_it = record.fund == fund.upper() if fund else record.fund.is_(None)
    found = session.scalars(select(record).where(record.year == year, of_it, ~record.voided)).all()
    kept = {one.indicator: one for one in found}
    return {code: kept[code] for code in kinds_known(session) if code in kept}


def target_of(session: Session, indicator: str, year: int, *, fund: str | None = None) -> IndicatorTarget:
    """The target of one indicator in a year; where there is none, an empty one of version 0 that is not kept.

    Raises `Refused` for an indicator that nobody knows.
    """
    _refuse_unknown(session, indicator, year)
    own = _own(indicator, year, fund)
    known = session.get(IndicatorTarget, own["id"])
    if known is not None and not known.voided:
        return known
    return IndicatorTarget(**own, version=0)


def set_target(
    session: Session,
    indicator: str,
    year: int,
    target: float | None,
    source: str | None = None,
    *,
    fund: str | None = None,
    version: int | None = None,
) -> IndicatorTarget:
    """Say what an indicator is to come to in a year, and where that is written (`source`), such as an agreement.

    In the indicator's own unit: people, sessions, hours, points, per cent. With `fund` it is the target of what that
    project pays. `version` is the one the form was opened on, 0 when there was no target. Raises `Refused` with the
    problems by field, and for collectors.
    """
    refuse_collectors(session)
    _refuse_unknown(session, indicator, year)
    refuse_errors(_too_high(kinds_known(session)[indicator].unit, target))
    values, own = {"target": target, "source": source}, _own(indicator, year, fund)
    known = session.get(IndicatorTarget, own["id"])
    if known is None:
        return write_new(session, IndicatorTarget, {**values, **own}, on=today())
    if not known.voided:
        return write_changes(session, known, values, on=today(), version=version)
    # Who sets it anew saw no target; what it was before it was taken away does not count.
    return write_changes(session, known, {**values, "voided": False, "void_reason": None}, on=today())


def remove_target(session: Session, indicator: str, year: int, reason: str, *, fund: str | None = None) -> None:
    """Take a target away, saying why; the trail keeps it. Raises `Refused` without a reason, and for collectors."""
    refuse_collectors(session)
    why = tidy(reason)
    if not why:
        raise Refused("check", (Problem("void_reason", "required"),))
    void(session, existing(session, IndicatorTarget, str(_own(indicator, year, fund)["id"])), why)


def _own(indicator: str, year: int, fund: str | None) -> dict[str, Any]:
    named = fund.upper() if fund else None
    return {"id": target_id(indicator, year, named), "indicator": indicator, "year": year, "fund": named}


def _kind(one: Definition) -> IndicatorKind:
    return IndicatorKind(one.code, one.unit, one.cumulative, one.gcm, one.sdg)


def _too_high(unit: str, target: float | None) -> tuple[Problem, ...]:
    most = PERCENT if unit == "percent" else HIGHEST
    number = isinstance(target, int | float)
    return (Problem("target", "out_of_range"),) if number and target is not None and target > most else ()


def _refuse_unknown(session: Session, indicator: str, year: int) -> None:
    if indicator not in kinds_known(session):
        raise Refused("check", (Problem("indicator", "not_in_list"),))
    if year not in YEARS:
        raise Refused("check", (Problem("year", "out_of_range"),))
