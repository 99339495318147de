# SPDX-License-Identifier: Apache-2.0
"""What is to be said of answers once they are worked out: required, locked, offered, wrong. Nothing waits for it."""

from __future__ import annotations

import math
from typing import Final

from resource_centre.questionnaires.answer_check import fault
from resource_centre.questionnaires.asker import Asker
from resource_centre.questionnaires.conversions import Value, number_of_text, string_of
from resource_centre.questionnaires.form import CHOICES, Choice, Question
from resource_centre.questionnaires.instance import Instance, Spot
from resource_centre.questionnaires.plan import CONSTRAINT, FILTER, READ_ONLY, REQUIRED

SHOWN: Final = frozenset({"note"})
"""Kinds that are shown and never answered."""

JUDGE: Final = "judge"
"""Marks an answer that is to be looked at again."""


def answerable(spot: Spot) -> bool:
    """Whether it is a question to which there are answers, and that is asked now."""
    item = spot.item
    return isinstance(item, Question) and item.asked and item.kind not in SHOWN and spot.relevant


def asked(spot: Spot) -> bool:
    """Whether somebody is to answer here now."""
    return answerable(spot) and not spot.locked


class Judging:
    """Looks again at what is marked. `code` of a spot says what is wrong with its answer."""

    def __init__(self, instance: Instance, asker: Asker) -> None:
        self.instance = instance
        self.asker = asker
        self._marked: dict[tuple[str, str], set[Spot | None]] = {}

    def mark(self, path: str, slot: str, scope: Spot | None) -> None:
        """Look again at a path, below a spot or everywhere."""
        self._marked.setdefault((path, slot), set()).add(scope)

    def forget(self) -> None:
        """Leave what is marked."""
        self._marked.clear()

    def settle(self) -> set[Spot]:
        """Look at all that is marked; the spots of which something else is to be said now."""
        marked, self._marked = self._marked, {}
        touched: set[Spot] = set()
        doubtful: dict[Spot, None] = {}
        for (path, slot), scopes in marked.items():
            for spot in self.instance.spots(path, scopes):
                if spot.relevant and self._changed(spot, slot):
                    touched.add(spot)
                    below = tuple(spot.below()) if slot == READ_ONLY else ()
                    touched.update(below)
                    doubtful |= dict.fromkeys(below)
                doubtful[spot] = None
        for spot in doubtful:
            code = self._code(spot)
            if code != spot.code:
                spot.code = code
                touched.add(spot)
        return touched

    def offered(self, spot: Spot) -> tuple[Choice, ...]:
        """The choices of a question that its filter lets through, in the order of the list."""
        if spot.offered is None:
            assert isinstance(spot.item, Question)
            plan = self.asker.plan
            spot.offered = plan.lists.get(spot.item.choices, ())
            if plan.rule(spot.path, FILTER) is not None:
                found = self.asker.ask(spot, FILTER, [])
                nodes = found if isinstance(found, list) else []
                choice_of = plan.tables.choice_of
                spot.offered = tuple(choice_of[id(node)] for node in nodes if id(node) in choice_of)
        return spot.offered

    def _changed(self, spot: Spot, slot: str) -> bool:
        if slot == REQUIRED:
            required, spot.required = spot.required, self.asker.truth(spot, REQUIRED, otherwise=False)
            return required != spot.required
        if slot == READ_ONLY:
            locked, spot.locked_itself = spot.locked_itself, self.asker.truth(spot, READ_ONLY, otherwise=False)
            return locked != spot.locked_itself
        if slot == FILTER:
            known, spot.offered = spot.offered, None
            return known is not None and known != self.offered(spot)
        return slot not in (CONSTRAINT, JUDGE)  # words: they are not kept, so they count as changed

    def _code(self, spot: Spot) -> str:
        """The code of what is wrong with an answer, ``""`` for nothing."""
        item = spot.item
        if not answerable(spot) or not isinstance(item, Question):
            return ""
        if not spot.text:
            missing = spot.required and not spot.reason and not spot.locked
            return "required_unanswered" if missing else ""
        if not item.calculation:
            names = {choice.name for choice in self.offered(spot)} if item.kind in CHOICES else ()
            found = fault(item, spot.text, names)
            if found:
                return found
        return "" if self.asker.truth(spot, CONSTRAINT, otherwise=True) else "constraint"


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
