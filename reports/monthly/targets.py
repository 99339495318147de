# SPDX-License-Identifier: Apache-2.0
"""How far the year has come towards what it is to come to: of the whole centre or one project, never one village."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.monthly.counts import BySex, percent_of
from reports.monthly.headline import Indicator
from resource_centre.services.indicator_definitions import Definition
from resource_centre.services.indicator_targets import indicator_kinds, targets_of


@dataclass(frozen=True)
class TargetLine:
    """A target of the year, in the indicator's unit, and the figure of the year so far; None where there is none.

    Either `share`, in per cent of the target, or `difference` to it is given: of a mean, a share or a stock, which do
    not grow from month to month, a share of the target says nothing (data/indicators.csv, `cumulative`).
    """

    code: str
    unit: str
    target: float
    reached: float | None
    share: float | None
    difference: float | None
    source: str | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def year_targets(
    session: Session, year: int, indicators: Iterable[Indicator], *, fund: str | None = None
) -> tuple[TargetLine, ...]:
    """The targets of a calendar year in the order of R1, also of indicators the report does not show yet.

    With `fund` those of what a project pays. Indicators of the centre's own stand in its frames, not here.
    """
    figures = {indicator.code: _total(indicator.year) for indicator in indicators}
    return tuple(
        target_line(code, one.target, figures.get(code), one.source)
        for code, one in targets_of(session, year, fund=fund).items()
        if one.target is not None and code in indicator_kinds()
    )


def target_line(
    code: str, target: float, reached: float | None, source: str | None = None, *, of: Definition | None = None
) -> TargetLine:
    """A target, and how far a figure of the year has come towards it; `of` defines one of the centre's own."""
    kind = of or indicator_kinds()[code]
    share = percent_of(reached, target) if kind.cumulative and reached is not None else None
    difference = reached - target if not kind.cumulative and reached is not None else None
    return TargetLine(code, kind.unit, target, reached, share, difference, source)


def _total(value: BySex | float | None) -> float | None:
    return value.total if isinstance(value, BySex) else value
