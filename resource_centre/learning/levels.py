# SPDX-License-Identifier: Apache-2.0
"""The four levels on which a training is judged (Kirkpatrick; domain reference 4.5)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from resource_centre.i18n import N_
from resource_centre.learning.shares import Share

Unit = Literal["percent", "points", "of_5", "of_30", "of_1", "count"]

TITLES: Final = {1: N_("Reaction"), 2: N_("Learning"), 3: N_("Behaviour"), 4: N_("Results")}
"""What the levels are called; to be translated."""


@dataclass(frozen=True)
class Indicator:
    """One figure of a level over `n` answers. `label` is to be translated; `occasion` is ``month_3``, ``month_6``, "".

    `unit`: a share in per cent, percentage points, a mean of 5, a sum of 30, a share of 1 (normalised gain), a count.
    `few` says that fewer than a mean is printed of have answered.
    """

    code: str
    label: str
    unit: Unit
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    occasion: str = ""
    few: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Level:
    """One level: on how many it rests (`n`), and of how many who could have been asked there is nothing (`missing`).

    `title` is to be translated. `readable` is False where this account may not read the answers.
    """

    number: int
    title: str
    n: int
    missing: int
    indicators: tuple[Indicator, ...] = ()
    readable: bool = True

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def share_indicator(code: str, label: str, share: Share, least: float, occasion: str = "") -> Indicator:
    """An indicator that is a share."""
    few = 0 < share.whole < least
    return Indicator(code, label, "percent", share.percent, share.whole, share.low, share.high, occasion, few)
