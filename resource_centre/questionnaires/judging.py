# SPDX-License-Identifier: Apache-2.0
"""What is to be said of one answer, and the shape a worked-out value is kept in."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

from resource_centre.questionnaires.answer_check import fault
from resource_centre.questionnaires.conversions import Value, number_of_text, string_of
from resource_centre.questionnaires.form import CHOICES, Question
from resource_centre.questionnaires.instance import Spot

UNCHECKED = frozenset({"note"})
"""Kinds that are shown and never answered."""


def asked(spot: Spot) -> bool:
    """Whether somebody is to answer here now."""
    item = spot.item
    wanted = isinstance(item, Question) and item.asked and item.kind not in UNCHECKED
    return wanted and spot.relevant and not spot.locked


def judge(spot: Spot, offered: Callable[[Spot], Collection[str]], holds: Callable[[Spot], bool]) -> str:
    """The code of what is wrong with an answer, ``""`` for nothing. `holds` asks the form's own constraint."""
    item = spot.item
    if not isinstance(item, Question) or not item.asked or item.kind in UNCHECKED or not spot.relevant:
        return ""
    if not spot.text:
        missing = spot.required and not spot.reason and not spot.locked
        return "required_unanswered" if missing else ""
    if not item.calculation:
        found = fault(item, spot.text, offered(spot) if item.kind in CHOICES else ())
        if found:
            return found
    return "" if holds(spot) else "constraint"


def cast(value: Value, stored_type: str) -> str:
    """A worked-out value as the answer of a question of this type. What is not a number is no answer, as in ODK."""
    if isinstance(value, float) and math.isnan(value):
        return ""
    text = string_of(value)
    if stored_type == "int":
        number = number_of_text(text)
        return str(int(number)) if text and math.isfinite(number) else text
    if stored_type == "date" and text[10:11] == "T":
        return text[:10]
    if stored_type == "time" and text[10:11] == "T":
        return text[11:]
    return text
