# SPDX-License-Identifier: Apache-2.0
"""Asks the expressions of a filling-in, within what one change may cost."""

from __future__ import annotations

import math
import sys
from time import perf_counter
from typing import Final

from resource_centre.questionnaires.conversions import Value, truth_of
from resource_centre.questionnaires.instance import Spot
from resource_centre.questionnaires.plan import Plan
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene

ROUNDS: Final = 20
"""How often each place may be worked out after one change; forms that come to rest need two or three."""

PATIENCE: Final = 5.0
"""Seconds that opening may take. The longest form that can be read is opened in a tenth of that."""

SHORT_PATIENCE: Final = 2.0
"""Seconds that may pass after one change while somebody waits at the screen; forms need some milliseconds."""

LEAST_PATIENCE: Final = 0.05
"""What is left of it for a form that uses it up time after time: each time half as much."""


class NoRest(Exception):
    """What followed from a change did not come to its end."""


class Asker:
    """Asks by place and slot. `failed` holds what could not be worked out because it asks for too much."""

    def __init__(self, plan: Plan, scene: Scene) -> None:
        self.plan = plan
        self.scene = scene
        self.failed: set[tuple[Spot, str]] = set()
        self._left = sys.maxsize
        self._patience = SHORT_PATIENCE

    def limit(self, spots: int, *, opening: bool = False) -> None:
        """From now on so many places are worked out, for a while at most."""
        self._left = ROUNDS * (spots + 1)
        self.scene.until = perf_counter() + (PATIENCE if opening else self._patience)

    def more(self, spots: int) -> None:
        """Some more places have come."""
        self._left += ROUNDS * spots

    def free(self) -> None:
        """The change is done with; single questions are asked from now on."""
        late = perf_counter() > self.scene.until
        self._patience = max(LEAST_PATIENCE, self._patience / 2) if late else SHORT_PATIENCE
        self._left = sys.maxsize
        self.scene.until = math.inf

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
        if self._left < 0 or perf_counter() > self.scene.until:
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
