# SPDX-License-Identifier: Apache-2.0
"""One asking of one expression: where it stands in the answers, and how much it may still do."""

from __future__ import annotations

from time import perf_counter

from resource_centre.questionnaires.expression_limits import LONGEST_TEXT, PATTERN_SECONDS, SECONDS, STEPS
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene


class Asking:
    """`place` is the question whose expression it is; `node`, `position` and `size` change inside a filter."""

    __slots__ = ("_chain", "node", "place", "position", "scene", "seconds", "size", "steps", "until")

    def __init__(self, scene: Scene, place: Node) -> None:
        self.scene = scene
        self.place = place
        self.node = place
        self.position = 0
        self.size = 0
        self.steps = STEPS
        self.seconds = PATTERN_SECONDS
        self.until = 0.0
        self._chain: tuple[Node, ...] | None = None

    def chain(self) -> tuple[Node, ...]:
        """The nodes from the root down to the place."""
        if self._chain is None:
            self._chain = self.place.chain()
        return self._chain

    def spend(self, steps: int) -> None:
        """Count work that grows with the answers. Raises FormRefused when it is too much."""
        self.steps -= steps
        if self.steps < 0:
            raise FormRefused("too_much_work")

    def watch(self) -> None:
        """Look at the clock, from within filters: what a single step costs depends on how long the answers are."""
        now = perf_counter()
        if not self.until:
            self.until = min(now + SECONDS, self.scene.until)
        elif now > self.until:
            raise FormRefused("too_much_work")

    def made(self, text: str) -> str:
        """A text that was put together, once it is seen that it is not too long."""
        if len(text) > LONGEST_TEXT:
            raise FormRefused("too_much_work")
        self.spend(len(text) >> 6)
        return text
