# SPDX-License-Identifier: Apache-2.0
"""The figures of R1 as cells in their unit, and how far a target is reached; written alike on paper and in windows."""

from __future__ import annotations

from typing import Any, Final

from reports.monthly.counts import BySex
from reports.monthly.headline import Value
from reports.monthly.targets import TargetLine
from reports.tables.model import Cell, CellId, Unit, figure
from reports.tables.words import cell_words

DECIMALS: Final = {"points": 1, "score": 2, "hours": 1, "mean": 1}
_UNITS: Final[dict[str, Unit]] = {
    "people": "people",
    "count": "count",
    "hours": "hours",
    "percent": "percent",
    "points": "points",
    "score": "score",
}
MONEY: Final = frozenset({"saved_for_goals", "amount_recovered"})
"""Indicators that count rupiah: a few of them are not a few people."""


def value_cell(value: Value, unit: str, code: str = "", **facts: Any) -> Cell:
    """A figure of an indicator; of people all together."""
    whole = value.total if isinstance(value, BySex) else value
    kind: Unit = "money" if code in MONEY else _UNITS[unit]
    return figure(whole, kind, decimals=DECIMALS.get(kind, 0), **facts)


def hours_cell(hours: float, events: int) -> Cell:
    """Nothing to tell where events were held and nobody wrote down for how long: no event lasts no time at all."""
    return figure(hours if hours or not events else None, "hours", decimals=DECIMALS["hours"])


def difference_cell(was: Value, now: Value, unit: str, code: str = "", *, of: tuple[CellId, ...] = ()) -> Cell:
    """By how much a figure has changed; shares by points of a hundred."""
    before, today = (value.total if isinstance(value, BySex) else value for value in (was, now))
    change = None if before is None or today is None else today - before
    return value_cell(change, unit, code, signed=True, of=of)


def target_cell(line: TargetLine) -> Cell:
    """What the year is to come to: nobody is counted by it."""
    unit: Unit = "mean" if line.unit in ("people", "count") else _UNITS[line.unit]
    return figure(line.target, unit, decimals=DECIMALS.get(line.unit, 0))


def reached_cell(line: TargetLine, *, of: tuple[CellId, ...] = ()) -> Cell:
    """The share of the target, or the signed difference to it where a share says nothing."""
    if line.difference is not None:
        return value_cell(line.difference, line.unit, line.code, signed=True, of=of)
    return figure(line.share, "percent", of=of)


def target_words(line: TargetLine, language: str) -> str:
    """The target as it is read."""
    return cell_words(target_cell(line), language)


def reached_words(line: TargetLine, language: str) -> str:
    """How far it is reached, as it is read."""
    return cell_words(reached_cell(line), language)
