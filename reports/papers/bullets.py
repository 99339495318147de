# SPDX-License-Identifier: Apache-2.0
"""Lists of short sentences, each behind a dot; a sentence that goes on stands below its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.fonts import REGULAR
from reports.kit.text import lines, plain

_INDENT: Final = 9.0
_SIZE: Final = styles.SMALL.size + 0.7
_LEADING: Final = 11.4


class Bullet(Flowable):
    """One sentence of a list, as wide as it is told."""

    def __init__(self, words: str, width: float) -> None:
        super().__init__()
        self._words = plain(words)
        self.width = width
        self.spaceAfter = 1.6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its lines."""
        self._lines = lines(self._words, REGULAR, _SIZE, self.width - _INDENT)
        self.height = len(self._lines) * _LEADING
        return self.width, self.height

    def draw(self) -> None:
        """The dot, then the words."""
        canvas: Any = self.canv
        canvas.setFillColor(styles.FAINT)
        canvas.circle(2.2, self.height - _SIZE * 0.62, 1.3, stroke=0, fill=1)
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, _SIZE)
        for number, line in enumerate(self._lines):
            canvas.drawString(_INDENT, self.height - _SIZE - number * _LEADING, line)


def bullets(listed: Sequence[str], width: float) -> list[Flowable]:
    """A dot before each."""
    return [Bullet(one, width) for one in listed]
