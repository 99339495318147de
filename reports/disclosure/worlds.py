# SPDX-License-Identifier: Apache-2.0
"""Another world in which everything published would be just as it is, and a hidden number would be another one.

Where there is such a world nobody can know the number, whatever they reckon with: not by adding and subtracting, nor
from knowing that counts are whole and not below nought, nor from what the signs for hidden numbers say. It is looked
for by changing the number by one and then setting right, one after the other, what no longer adds up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from reports.disclosure.net import Limits, Net

ROUNDS: Final = 5
"""So often a search begins anew, each time in another order: most searches are short, some orders lead nowhere."""
DEAD_ENDS: Final = 12
"""After so many dead ends a round gives up. A number without a world gets company, which is safe and rarely needed."""
_FARTHEST: Final = 500
_CHOICES: Final = 12
_LOOKED_AT: Final = 6
_LED_THERE: Final = 8
"""So many changes before a dead end are taken to have led to it."""
_OF_ITSELF: Final = 3


@dataclass
class Search:
    """One round; `stuck` are the lines that could not be set right or led there, with how often."""

    net: Net
    limits: Sequence[Limits]
    random: Random
    moved: dict[int, int] = field(default_factory=dict)
    stuck: Counter[int] = field(default_factory=Counter)
    _broken: dict[int, int] = field(default_factory=dict)
    """Lines that do not add up, with by how much they are wrong."""
    _below: dict[int, int] = field(default_factory=dict)
    """By how much the sides of comparisons differ from what they are."""
    _left: int = DEAD_ENDS

    def found(self, cell: int, step: int) -> bool:
        """Whether the cell can be `step` more; `moved` is by how much each cell differs in that world."""
        if not self._may(cell, step):
            return False
        self._move(cell, step)
        return self._set_right()

    def _set_right(self) -> bool:
        if not self._broken:
            return True
        line, options = self._narrowest()
        if not options or len(self.moved) > _FARTHEST:
            self._dead_end(line)
            return False
        for cell, step in options:
            if self._left <= 0:
                return False
            self._move(cell, step)
            if self._set_right():
                return True
            self._move(cell, -step)
            del self.moved[cell]
        return False

    def _dead_end(self, line: int) -> None:
        self._left -= 1
        self.stuck[line] += _OF_ITSELF
        for cell in list(self.moved)[-_LED_THERE:]:
            self.stuck.update(one for one, _sign in self.net.lines_of[cell])

    def _narrowest(self) -> tuple[int, list[tuple[int, int]]]:
        """Of the newest broken lines the one with the fewest ways to set it right, the best way first."""
        best: tuple[int, list[tuple[int, int]]] | None = None
        for line in list(reversed(self._broken))[:_LOOKED_AT]:
            options = self._options(line)
            if best is None or len(options) < len(best[1]):
                best = (line, options)
            if len(options) < 2:
                break
        assert best is not None
        line, options = best
        return line, sorted(options, key=self._harm)[:_CHOICES]

    def _options(self, line: int) -> list[tuple[int, int]]:
        wrong = self._broken[line]
        found = []
        for cell, sign in self.net.open[line].items():
            if cell not in self.moved and wrong % sign == 0 and self._may(cell, -wrong // sign):
                found.append((cell, -wrong // sign))
        return found

    def _may(self, cell: int, step: int) -> bool:
        least, most = self.limits[cell]
        return least <= (self.net.values[cell] or 0) + step <= most

    def _harm(self, option: tuple[int, int]) -> tuple[int, float]:
        """How many lines are broken more than before."""
        cell, step = option
        harm = 0
        for line, sign in self.net.lines_of[cell]:
            if self.net.slack[line] is None:
                was = self._broken.get(line, 0)
                harm += (was + sign * step != 0) - (was != 0)
        return harm, self.random.random()

    def _move(self, cell: int, step: int) -> None:
        self.moved[cell] = step
        for line, sign in self.net.lines_of[cell]:
            self._change(line, sign * step)

    def _change(self, line: int, by: int) -> None:
        slack = self.net.slack[line]
        if slack is None:
            wrong = self._broken.pop(line, 0) + by
        else:
            self._below[line] = self._below.get(line, 0) + by
            self._broken.pop(line, None)
            wrong = min(0, slack + self._below[line])
        if wrong:
            self._broken[line] = wrong


def another_world(net: Net, limits: Sequence[Limits], cell: int) -> tuple[dict[int, int] | None, list[int]]:
    """By how much cells differ in a world where this one does, or None with the lines that stood in the way."""
    stuck: Counter[int] = Counter()
    for beginning in range(ROUNDS):
        for step in (1, -1):
            chance = Random(f"{cell}/{beginning}")  # noqa: S311 - the same draw every time, for nobody to guess
            search = Search(net, limits, chance)
            if search.found(cell, step):
                return search.moved, []
            stuck += search.stuck
    return None, [line for line, _times in stuck.most_common()]
