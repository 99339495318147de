# SPDX-License-Identifier: Apache-2.0
"""Short texts in two columns, as equal as they can be: lines across a whole page are too long to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from reports.kit import styles

GUTTER: Final = styles.STEP * 2
WIDTH: Final = (styles.CONTENT_WIDTH - GUTTER) / 2
Block = Sequence[Flowable]
"""What is not parted, such as a term and what it means."""


def height_of(block: Block) -> float:
    """How high a block is in a column."""
    heights: list[float] = [part.wrap(WIDTH, styles.PAGE[1])[1] + part.getSpaceAfter() for part in block]
    return sum(heights)


class TwoColumns(Flowable):
    """Blocks down the left column and on down the right one. A block higher than a page cannot be drawn."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self._heights = tuple(height_of(block) for block in self._blocks)
        self._first = self._balance()
        self.width = styles.CONTENT_WIDTH
        self.height = max(sum(self._heights[: self._first]), sum(self._heights[self._first :]))

    def _balance(self) -> int:
        """How many blocks stand in the left column, so that the higher of the two is as low as it can be."""
        whole, left, best = sum(self._heights), 0.0, (sum(self._heights), len(self._heights))
        for count, height in enumerate(self._heights, start=1):
            left += height
            best = min(best, (max(left, whole - left), count))
        return best[1]

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The measured size."""
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What fits into two columns of the room there is, and the rest; nothing when not even one block does."""
        taken = self._fill(self._fill(0, aH), aH)
        if taken in (0, len(self._blocks)):
            return []
        return [TwoColumns(self._blocks[:taken]), TwoColumns(self._blocks[taken:])]

    def _fill(self, start: int, room: float) -> int:
        while start < len(self._blocks) and self._heights[start] <= room:
            room -= self._heights[start]
            start += 1
        return start

    def draw(self) -> None:
        """The left column, then the right one."""
        self._draw(self._blocks[: self._first], 0.0)
        self._draw(self._blocks[self._first :], WIDTH + GUTTER)

    def _draw(self, blocks: Sequence[Block], x: float) -> None:
        y = self.height
        for block in blocks:
            for part in block:
                y -= part.wrap(WIDTH, styles.PAGE[1])[1]
                part.drawOn(self.canv, x, y)
                y -= part.getSpaceAfter()
