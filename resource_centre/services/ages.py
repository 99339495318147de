# SPDX-License-Identifier: Apache-2.0
"""Ages on a day, reckoned where the records are, and the bands they are reported in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from resource_centre.vocabulary import vocabulary

UNKNOWN: Final = "unknown"


def age_reached(born: Any, day: Any) -> ColumnElement[int]:
    """Completed years on a day of somebody with this partial date of birth; null when not known.

    Days are compared as numbers like 20261022, whose difference holds the completed years before the last four digits.
    A bare year counts from 1 July and a bare month from the 15th, as `partial_date.middle` says.
    """

    def bare(text: Any) -> Any:
        return sa.cast(sa.func.replace(text, "-", ""), sa.Integer)

    length, written = sa.func.length(born), sa.cast(day, sa.String)
    birth = sa.case(
        (length == 10, bare(born)), (length == 7, bare(born) * 100 + 15), (length == 4, bare(born) * 10_000 + 701)
    )
    # Born after that day: a mistake, not an age. Known to the year only, the reckoned birthday may still be ahead.
    return sa.case((sa.func.substr(written, 1, length) < born, None), else_=(bare(written) - birth) // 10_000)


@lru_cache(maxsize=256)
def band_of(age: int | None) -> str:
    """The code of the age band; "unknown" without an age."""
    if age is None:
        return UNKNOWN
    return next(code for least, code in _bands() if max(age, 0) >= least)


@lru_cache(maxsize=1)
def _bands() -> tuple[tuple[int, str], ...]:
    bands = ((int(term.extra["min"]), term.code) for term in vocabulary("age_band") if term.extra["min"])
    return tuple(sorted(bands, reverse=True))
