# SPDX-License-Identifier: Apache-2.0
"""Timing in pairs: ours and the floor in turn, in one run, so that a slow moment hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One line of the table. Times are medians in milliseconds; `ratio` is the median of the ratios pair by pair."""

    what: str
    floor: str
    ours_ms: float
    floor_ms: float
    ratio: float
    aim: str = ""
    note: str = ""


def clocked(act: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def paired(
    what: str,
    floor: str,
    ours: Callable[[], object],
    bare: Callable[[], object],
    *,
    rounds: int = 7,
    aim: str = "",
    note: str = "",
) -> Measured:
    """Both in turn, after one uncounted turn each."""
    ours(), bare()
    return from_times(what, floor, [(clocked(ours), clocked(bare)) for _ in range(rounds)], aim=aim, note=note)


def from_times(what: str, floor: str, times: list[tuple[float, float]], *, aim: str = "", note: str = "") -> Measured:
    """A line from pairs of times taken elsewhere, such as in a process of their own."""
    return Measured(
        what,
        floor,
        statistics.median(ours for ours, _bare in times),
        statistics.median(bare for _ours, bare in times),
        statistics.median(ours / bare for ours, bare in times),
        aim,
        note,
    )
