# SPDX-License-Identifier: Apache-2.0
"""Long questions that end early: the database looks up now and then whether somebody else waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.orm import Session

STEPS: Final = 20_000
"""After how many steps of SQLite's own it looks up, some milliseconds; where a step is long, later."""


@contextmanager
def stops_when(session: Session, awaited: Callable[[], bool]) -> Iterator[None]:
    """Inside, what the session asks of the database fails as soon as `awaited` says so; what was asked is not known.

    On a server nothing is ended: others do not wait there.
    """
    raw = session.connection().connection.driver_connection
    look_up = getattr(raw, "set_progress_handler", None)
    if look_up is None:
        yield
        return
    look_up(lambda: int(awaited()), STEPS)
    try:
        yield
    finally:
        look_up(None, 0)
