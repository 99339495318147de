# SPDX-License-Identifier: Apache-2.0
"""Where a table may go on on the next page: rows that belong together are not torn apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TOGETHER: Final = 3
"""So many rows of a table stand on a page at least."""
_BELOW: Final = 2
"""So many rows of a group stand on each side."""
_REST: Final = 8
"""So many rows stand on the last page of a table that has enough of them: fewer look as if they were forgotten."""
_EARLIER: Final = 7
"""A group that begins no more rows than this before the end of the page goes to the next one whole."""


class Breaks:
    """Made of the kind and indent of every row: a section's rows, and rows set in below another, are a group."""

    def __init__(self, rows: Sequence[tuple[str, int]]) -> None:
        self._rows = rows
        self._heads = [-1] * len(rows)
        """Of each row the one it stands under."""
        self._ends = [len(rows)] * len(rows)
        """Of each row the first that does not stand under it any more."""
        open_: list[int] = []
        for at, row in enumerate(rows):
            while open_ and not _under(row, rows[open_[-1]]):
                self._ends[open_.pop()] = at
            self._heads[at] = open_[-1] if open_ else -1
            open_.append(at)

    def above(self, at: int) -> int | None:
        """The row whose words a page that begins with row `at` has to say again."""
        return self._heads[at] if self._heads[at] >= 0 else None

    def cut(self, first: int, last: int, reached: int, *, forced: bool) -> int | None:
        """The first row of the next page when the rows before `reached` have room on this one.

        None when none of the breaks is a good one; `forced` takes a bad one, as another page has no more room.
        """
        places = range(min(reached, last - 1), first, -1)
        good = next((at for at in places if self.allowed(at, first, last)), None)
        if good is None:
            return next((at for at in places if self._rows[at - 1][0] != "section"), None) if forced else None
        return self._with_company(self._earlier(good, first, last), first, last)

    def allowed(self, at: int, first: int, last: int) -> bool:
        """Whether row `at` may begin a page."""
        if at - first < TOGETHER or last - at < TOGETHER or self._rows[at][0] == "total":
            return False
        head = self._heads[at]
        return head < 0 or (at - head > _BELOW and min(self._ends[head], last) - at >= _BELOW)

    def _with_company(self, good: int, first: int, last: int) -> int:
        """An earlier break, where only a few of many rows would be left that are no group of their own."""
        if last - good >= _REST or good - first < 2 * _REST or self._rows[good][0] == "section":
            return good
        return next((at for at in range(last - _REST, first + _REST, -1) if self.allowed(at, first, last)), good)

    def _earlier(self, good: int, first: int, last: int) -> int:
        """The beginning of the group instead, where that leaves little white."""
        if self._rows[good][0] == "section":
            return good
        for at in range(good - 1, max(good - _EARLIER, first), -1):
            if self._rows[at][0] == "section" and self.allowed(at, first, last):
                return at
        return good


def _under(row: tuple[str, int], head: tuple[str, int]) -> bool:
    deeper = row[1] > head[1]
    return deeper or (head[0] == "section" and row[0] not in ("section", "total") and row[1] == head[1])
