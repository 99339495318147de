# SPDX-License-Identifier: Apache-2.0
"""Patterns of regex(): matched by an engine that can be stopped, because some patterns would run for ever."""

from __future__ import annotations

import re
from functools import lru_cache
from time import perf_counter
from typing import Any

import regex

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.expression_limits import LONGEST_PATTERN, PATTERN_REPEATS
from resource_centre.questionnaires.refusals import FormRefused

_COUNTS = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}")
_RECURSION = re.compile(r"\(\?(?:R|[0-9]+|&|P>)")


def matches(asking: Asking, pattern: str, text: str) -> bool:
    """Whether the whole text is what the pattern says, as Java's matches(). Raises FormRefused: pattern, ..."""
    asking.spend(1 + (len(text) >> 6))
    begun = perf_counter()
    try:
        return compiled(pattern).fullmatch(text, timeout=max(asking.seconds, 0.001)) is not None
    except (TimeoutError, MemoryError):
        raise FormRefused("too_much_work") from None
    finally:
        asking.seconds -= perf_counter() - begun


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """A pattern ready to match. Raises FormRefused: pattern."""
    if len(pattern) > LONGEST_PATTERN or _copies(pattern) > PATTERN_REPEATS or _RECURSION.search(pattern):
        raise FormRefused("pattern")
    try:
        # ASCII: \d, \w and \s mean in Java only these.
        return regex.compile(pattern, regex.ASCII | regex.VERSION0)
    except (regex.error, RecursionError, MemoryError, OverflowError, ValueError):
        raise FormRefused("pattern") from None


def _copies(pattern: str) -> int:
    """How many copies of its parts the counts of a pattern may ask for, were they all inside one another."""
    product = 1
    for least, most in _COUNTS.findall(pattern):
        product *= max(int(least[:6]), int(most[:6] or 0), 1)
    return product
