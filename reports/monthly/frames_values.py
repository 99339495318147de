# SPDX-License-Identifier: Apache-2.0
"""The figures of indicators as cells: what was counted, what the baseline and the target are, how far it is."""

from __future__ import annotations

from typing import Any, Final, cast, get_args

from reports.monthly.frames import whole
from reports.monthly.headline import Value
from reports.monthly.values import DECIMALS, MONEY
from reports.tables.model import Cell, CellId, Unit, figure

_COUNTED: Final = frozenset({"people", "count"})


def counted_cell(value: Value, unit: str, code: str = "", **facts: Any) -> Cell:
    """A figure of an indicator; of people all together."""
    kind = "money" if code in MONEY else unit
    return _cell(whole(value), kind, **facts)


def planned_cell(value: float | None, unit: str) -> Cell:
    """A baseline or a target: nobody is counted by it."""
    return _cell(value, "mean" if unit in _COUNTED else unit, decimals=0 if unit in _COUNTED else None)


def from_target_cell(value: float | None, unit: str, code: str, of: tuple[CellId, ...]) -> Cell:
    """Above or below the target; shares by points of a hundred."""
    return _cell(value, "money" if code in MONEY else unit, signed=True, of=of)


def _cell(value: float | None, unit: str, *, decimals: int | None = None, **facts: Any) -> Cell:
    kind = cast("Unit", unit if unit in get_args(Unit) else "count")
    places = DECIMALS.get(kind, 0) if decimals is None else decimals
    return figure(value, kind, decimals=places, **facts)
