# SPDX-License-Identifier: Apache-2.0
"""How ODK compares: as XPath 1.0 does, but dates as dates, and a question without an answer as an empty text."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Final

from resource_centre.questionnaires.conversions import (
    Value,
    looks_like_date,
    moment_of,
    number_of,
    number_of_text,
    text_of,
    truth_of,
    universal_days,
)
from resource_centre.questionnaires.nodes import Node

ORDERS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same: letter by letter, or the same day or moment."""
    if one == other:
        return True
    if looks_like_date(one) and looks_like_date(other):
        first, second = _comparable(one, other)
        return first == second
    return False


def _comparable(one: str, other: str) -> tuple[float, float]:
    """Two dates as days: in universal time where both name their zone, else by the clock on the wall."""
    first, second = moment_of(one), moment_of(other)
    if first is not None and second is not None and first.tzinfo is not None and second.tzinfo is not None:
        return universal_days(first), universal_days(second)
    return number_of_text(one), number_of_text(other)


def _atoms(value: Value) -> list[str | float | bool]:
    """What a value is compared by; no node at all counts as one empty answer."""
    if isinstance(value, list):
        return [text_of(node) for node in value] or [""]
    return [value]


def _same(one: str | float | bool, other: str | float | bool) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return same_text(one, other)
    return number_of(one) == number_of(other)


def equal(one: Value, other: Value) -> bool:
    """``=``: whether any pair of the two sides is the same."""
    if isinstance(one, bool) or isinstance(other, bool):
        return truth_of(one) == truth_of(other)
    others = _atoms(other)
    return any(_same(first, second) for first in _atoms(one) for second in others)


def unequal(one: Value, other: Value) -> bool:
    """``!=``: whether any pair of the two sides differs."""
    if isinstance(one, bool) or isinstance(other, bool):
        return truth_of(one) != truth_of(other)
    others = _atoms(other)
    return any(not _same(first, second) for first in _atoms(one) for second in others)


def in_order(sign: str, one: Value, other: Value) -> bool:
    """``<``, ``<=``, ``>``, ``>=``: whether any pair stands so as numbers, dates among them."""
    stands = ORDERS[sign]
    for first in _atoms(one):
        for second in _atoms(other):
            if isinstance(first, str) and isinstance(second, str) and "T" in first and "T" in second:
                left, right = _comparable(first, second)
            else:
                left, right = number_of(first), number_of(second)
            if stands(left, right):
                return True
    return False


def any_text_is(nodes: list[Node], wanted: str) -> bool:
    """The quick way of ``/data/a = 'b'`` where `wanted` is no date."""
    for node in nodes:
        if (node.string() if node.kids else node.text) == wanted:
            return True
    return not nodes and wanted == ""


def any_text_is_not(nodes: list[Node], wanted: str) -> bool:
    """The quick way of ``/data/a != 'b'`` where `wanted` is no date."""
    for node in nodes:
        if (node.string() if node.kids else node.text) != wanted:
            return True
    return not nodes and wanted != ""
