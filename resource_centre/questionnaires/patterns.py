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

_PARTS = re.compile(r"\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
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
    """How many parts a pattern has once its counts are carried out, those inside one another multiplied."""
    groups: list[int] = [0]
    last = 0
    for part in _PARTS.finditer(pattern):
        text = part[0]
        if text == "(":
            groups.append(0)
        elif text == ")" and len(groups) > 1:
            last = groups.pop()
            groups[-1] += last
        elif part["least"]:
            times = max(int(part["least"][:6]), int((part["most"] or "0")[:6]), 1)
            groups[-1] += last * (times - 1)
            last *= times
        else:
            last = 1
            groups[-1] += 1
    return sum(groups)
