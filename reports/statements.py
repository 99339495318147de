# SPDX-License-Identifier: Apache-2.0
"""Statements that are built once for the same question.

A report asks some eighty statements, and to build them took longer than a small centre takes to answer them. Which they
are depends on the periods and the scope only, never on what is recorded nor on who asks: what somebody may not see is
left out when a statement is sent. So the same report, looked at, printed, kept and written as tables, builds them once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Built = TypeVar("Built")

KEPT: Final = 24
"""How many questions each builder remembers: two years of months; a month is some 1.6 MiB (measured)."""


def kept(build: Callable[Asked, Built]) -> Callable[Asked, Built]:
    """Remembers what a builder of statements made of the same arguments, which have a hash.

    A builder that looks at the calendar, the time zone or the database is not to be kept.
    """
    return cast("Callable[Asked, Built]", lru_cache(maxsize=KEPT)(build))
