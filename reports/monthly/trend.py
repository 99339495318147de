# SPDX-License-Identifier: Apache-2.0
"""The months before, for the one chart: people served, new and returning, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class TrendMonth:
    """One month (2026-10): people served for the first time ever, and people who had been served before."""

    month: str
    new: int
    returning: int

    @property
    def served(self) -> int:
        """Both together."""
        return self.new + self.returning

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "served": self.served}


def trend(new: Mapping[str, int], served: Mapping[str, int]) -> tuple[TrendMonth, ...]:
    """The months in order; whoever was served and is not new is returning."""
    return tuple(TrendMonth(month, new[month], people - new[month]) for month, people in served.items())
