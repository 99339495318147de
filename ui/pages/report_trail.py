# SPDX-License-Identifier: Apache-2.0
"""A report that leaves is written down first; when it could not be made after all, that is written down too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.kit.desk import Desk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

REPORT = "report"
BOOK = "report_book"


class Trail:
    """The way of one copy out of the centre: `begin`, then one of `made` and `not_made`."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk, self._owner = desk, owner
        self._copies: tuple[str, ...] = ()

    def begin(self, write: Callable[[Session], tuple[str, ...]], go_on: Callable[[], object]) -> None:
        """Write the copy down with `write`, which gives the ids, and go on once that is safe."""

        def written(copies: tuple[str, ...]) -> None:
            self._copies = copies
            go_on()

        self._desk.worker.change(write, written, owner=self._owner)

    def made(self) -> None:
        """The copy is there."""
        self._copies = ()

    def not_made(self, _error: object = None) -> None:
        """The disk or the printer refused, or somebody stopped it; nothing happens for a copy that is there."""
        copies, self._copies = self._copies, ()
        if copies:
            self._desk.worker.change(lambda session: _failed(session, copies), owner=self._owner, quiet=True)


def write_copy(
    session: Session, kind: str, way: str, *, number: str, audience: str = "internal", locked: bool = False
) -> tuple[str, ...]:
    """Write down a copy of a report, told by its period and place. The ids under which that is."""
    from resource_centre.services.paper_copies import record_copy

    written = record_copy(session, kind, way=way, number=number, audience=audience, locked=locked)
    return tuple(one.id for one in written)


def _failed(session: Session, copies: tuple[str, ...]) -> None:
    from resource_centre.services.paper_copies import copy_failed

    copy_failed(session, copies)
