# SPDX-License-Identifier: Apache-2.0
"""Who stays: from the names on the sheet to those with both tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, Final

from resource_centre.i18n import N_

PRESENT: Final = frozenset("HT")
"""Marks of somebody who was there, late or not."""

STEPS: Final = {
    "enrolled": N_("On the sheet"),
    "came": N_("Came"),
    "first_day": N_("Came on the first day"),
    "last_day": N_("Came on the last day"),
    "completed": N_("Completed"),
    "tested": N_("With both tests"),
}


@dataclass(frozen=True)
class Attrition:
    """Participants named on the sheet, and how many of them each step holds; every step is counted of all.

    `completed` were there on the share of days that the completion rule asks for, `tested` have a matched pair.
    """

    enrolled: int = 0
    came: int = 0
    first_day: int = 0
    last_day: int = 0
    completed: int = 0
    tested: int = 0

    def __add__(self, other: Attrition) -> Attrition:
        return Attrition(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Attrition)))

    def steps(self) -> Iterator[tuple[str, str, int]]:
        """Each step: its code, its name (to be translated), how many."""
        for code, title in STEPS.items():
            yield code, title, getattr(self, code)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@lru_cache(maxsize=4096)
def days_there(marks: str, days: int, share: float) -> tuple[bool, bool, bool, bool]:
    """Of one line's marks: came at all, on the first day, on the last, and on `share` per cent of the days."""
    there = [mark in PRESENT for mark in marks[:days].ljust(days, "-")]
    present = sum(there)
    return present > 0, there[0], there[-1], present > 0 and present * 100 >= share * days
