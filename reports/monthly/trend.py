# SPDX-License-Identifier: Apache-2.0
"""The months before, for the one chart: people served, new and returning, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.monthly.counts import BySex


@dataclass(frozen=True)
class TrendMonth:
    """One month (2026-10): people served, and those of them who were served for the first time ever."""

    month: str
    served: BySex
    new: BySex

    @property
    def returning(self) -> BySex:
        """Those who had been served before."""
        return self.served - self.new

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        counts = {"served": self.served, "new": self.new, "returning": self.returning}
        return {"month": self.month, **{name: count.as_dict() for name, count in counts.items()}}


def trend(served: Mapping[str, BySex], new: Mapping[str, BySex]) -> tuple[TrendMonth, ...]:
    """The months in the order of `served`."""
    return tuple(TrendMonth(month, people, new[month]) for month, people in served.items())
