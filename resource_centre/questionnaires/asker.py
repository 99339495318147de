# SPDX-License-Identifier: Apache-2.0
"""Asks the expressions of a filling-in, within what one change may cost."""

from __future__ import annotations

import math
import sys
from time import monotonic
from typing import Final

from resource_centre.questionnaires.conversions import Value, truth_of
from resource_centre.questionnaires.instance import Spot
from resource_centre.questionnaires.plan import Plan
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene

ROUNDS: Final = 20
"""How often each place may be worked out after one change; forms that come to rest need two or three."""

PATIENCE: Final = 5.0
"""Seconds that may pass after one change. The longest form that can be read is opened in a tenth of that."""


class NoRest(Exception):
    """What followed from a change did not come to its end."""


class Asker:
    """Asks by place and slot. `failed` holds what could not be worked out because it asks for too much."""

    def __init__(self, plan: Plan, scene: Scene) -> None:
        self.plan = plan
        self.scene = scene
        self.failed: set[tuple[Spot, str]] = set()
        self._left = sys.maxsize
        self._until = math.inf

    def limit(self, spots: int) -> None:
        """From now on so many places are worked out, for a while at most."""
        self._left = ROUNDS * (spots + 1)
        self._until = monotonic() + PATIENCE

    def more(self, spots: int) -> None:
        """Some more places have come."""
        self._left += ROUNDS * spots

    def free(self) -> None:
        """The change is done with; single questions are asked from now on."""
        self._left = sys.maxsize
        self._until = math.inf

    def truth(self, spot: Spot, slot: str, *, otherwise: bool) -> bool:
        """Whether a condition holds."""
        return truth_of(self.ask(spot, slot, otherwise))

    def ask(self, spot: Spot, slot: str, otherwise: Value) -> Value:
        """What an expression gives at a spot; `otherwise` where there is none, or where it asks for too much.

        Raises NoRest when this is one too many.
        """
        rule = self.plan.rule(spot.path, slot)
        if rule is None:
            return otherwise
        self._left -= 1
        if self._left < 0 or monotonic() > self._until:
            self.failed.add((spot, slot))
            raise NoRest
        try:
            found: Value = rule.expression.value(self.scene, spot)
        except FormRefused:
            self.failed.add((spot, slot))
            return otherwise
        if self.failed:
            self.failed.discard((spot, slot))
        return found
