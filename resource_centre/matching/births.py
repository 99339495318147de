# SPDX-License-Identifier: Apache-2.0
"""How two dates of birth agree. They are digits as written: a slip often makes a day that no calendar has."""

from __future__ import annotations

from typing import Final

from resource_centre.matching.edits import edits

LEVELS: Final = ("same", "turned", "slip", "day", "fits", "near", "slips", "nearly_fits", "other")
SAME, TURNED, SLIP, DAY, FITS, NEAR, SLIPS, NEARLY_FITS, OTHER = range(len(LEVELS))

UNKNOWN_DAY: Final = "0101"


def compare_births(one: str, other: str) -> int:
    """The level of agreement of two dates (yyyy, yyyymm or yyyymmdd).

    turned: day and month changed places; slip: one digit, or a year or day next to it; day: only the day differs,
    which it does not between brothers; near: only the month or only the year differs, or the days are turned in the
    year beside; slips: two digits; fits, nearly_fits: only a year or month is known and agrees, or is next to it. The
    first of January is what many write who know the year alone.
    """
    if len(one) < 8 or len(other) < 8:
        return _compare_parts(one, other)
    if one == other:
        return SAME
    if one[:4] == other[:4] and UNKNOWN_DAY in (one[4:], other[4:]):
        return FITS
    return _compare_days(one, other)


def _compare_parts(one: str, other: str) -> int:
    short = min(len(one), len(other))
    if one[:short] == other[:short]:
        return FITS
    if one[4:short] == other[4:short] and abs(int(one[:4]) - int(other[:4])) == 1:
        return NEARLY_FITS
    return OTHER


def _compare_days(one: str, other: str) -> int:
    year, month, day = one[:4] == other[:4], one[4:6] == other[4:6], one[6:] == other[6:]
    if one[4:6] == other[6:] and one[6:] == other[4:6]:
        apart = _years_apart(one, other)
        return TURNED if apart == 0 else NEAR if apart in (1, 10) else OTHER
    agreeing = year + month + day
    if agreeing == 2:
        neighbours = _years_apart(one, other) == 1 or abs(int(one[6:]) - int(other[6:])) == 1
        if neighbours or edits(one, other, 1) == 1:
            return SLIP
        return NEAR if day else DAY
    wrong = edits(one, other, 2)
    return SLIP if wrong == 1 else SLIPS if wrong == 2 and agreeing else OTHER


def _years_apart(one: str, other: str) -> int:
    return abs(int(one[:4]) - int(other[:4]))
