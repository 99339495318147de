# SPDX-License-Identifier: Apache-2.0
"""The axis of a chart: from nought, in round steps, its figures as the language writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from reports.kit.words import number
from reports.tables.model import COUNTED, Unit
from resource_centre.i18n import N_, _

TICKS: Final = 4
WHOLE: Final = COUNTED | {"money", "days", "minutes"}
"""Units of which there is no half on an axis."""
SIGNED: Final = frozenset({"points"})
SCALES: Final = ((10.0**12, N_("in trillions")), (10.0**9, N_("in billions")), (10.0**6, N_("in millions")))
THOUSANDS: Final = (10.0**3, N_("in thousands"))


@dataclass(frozen=True)
class Axis:
    """From `low` to `high` in steps of `step`; figures are written in parts of `part`, which `caption` names."""

    low: float
    high: float
    step: float
    unit: Unit
    language: str
    part: float = 1.0
    caption: str = ""

    def ticks(self) -> list[float]:
        """Every step from end to end; nought is one of them."""
        first, last = round(self.low / self.step), math.floor(self.high / self.step + 1e-9)
        return [at * self.step for at in range(first, last + 1)]

    def share(self, value: float) -> float:
        """Where a figure lies, from 0 at the low end to 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def tick_words(self, value: float) -> str:
        """As it stands beside the axis."""
        step = round(self.step / self.part, 9)
        decimals = next(count for count in range(10) if round(step * 10**count, 6) % 1 == 0) if value else 0
        return self._percent(number(value / self.part, self.language, decimals=decimals, sign=self.unit in SIGNED))

    def words(self, value: float) -> str:
        """As it stands on a bar."""
        shown = value / self.part
        decimals = 0 if float(shown).is_integer() or self.unit == "percent" or abs(shown) >= 1000 else self._places()
        return self._percent(number(shown, self.language, decimals=decimals, sign=self.unit in SIGNED))

    def exact(self, value: float) -> str:
        """As it is told, never in millions."""
        return replace(self, part=1.0).words(value)

    def in_parts(self) -> Axis:
        """The same axis in thousands, millions or more where its figures are that large."""
        reach = max(abs(self.low), abs(self.high))
        for part, caption in (*SCALES, THOUSANDS):
            if reach >= part * 10:
                return replace(self, part=part, caption=_(caption))
        return self

    def _places(self) -> int:
        return 2 if self.high - self.low <= 1 else 1

    def _percent(self, words: str) -> str:
        return f"{words}\u00a0%" if self.unit == "percent" else words


def axis_for(figures: Iterable[float], unit: Unit, language: str, highest: float | None = None) -> Axis:
    """The axis that holds all of these and nought; `highest` is the end of a scale that has one."""
    known = [*figures, 0.0]
    low, high = min(known), max(known)
    if highest is not None and high <= highest:
        step = nice_step(max(highest - low, 0), whole=unit in WHOLE)
        return Axis(-_steps(-low, step), highest, step, unit, language)
    step = nice_step(high - low, whole=unit in WHOLE)
    top = _steps(high, step)
    # Few are counted one by one, and nothing at all has an axis too.
    if low == 0 and unit in WHOLE and top < TICKS:
        top = float(TICKS)
    return Axis(-_steps(-low, step), top or (0.0 if low else step * TICKS), step, unit, language)


def nice_step(reach: float, *, whole: bool = True, ticks: int = TICKS) -> float:
    """The step (1, 2, 2.5 or 5 times ten to n) of which about `ticks` are as long as `reach`."""
    if reach <= 0 or (whole and reach <= ticks):
        return 1.0
    raw = reach / ticks
    scale = 10.0 ** math.floor(math.log10(raw))
    factors = (1, 2, 5, 10) if whole and scale < 10 else (1, 2, 2.5, 5, 10)
    return next(factor * scale for factor in factors if factor * scale >= raw * (1 - 1e-12))


def _steps(reach: float, step: float) -> float:
    """The end that whole steps come to."""
    return math.ceil(reach / step * (1 - 1e-12)) * step if reach > 0 else 0.0
