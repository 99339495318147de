# SPDX-License-Identifier: Apache-2.0
"""Long work tells now and then that it goes on, so that it can be stopped between two rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Final

OFTEN: Final = 250
"""Rows between two beats: a fraction of a second."""
_beat: ContextVar[Callable[[], None]] = ContextVar("beat", default=lambda: None)


@contextmanager
def beating(tell: Callable[[], None]) -> Iterator[None]:
    """While this lasts `tell` is called now and then, in this thread only; what it raises ends the work."""
    rows = count(1)

    def told() -> None:
        if next(rows) % OFTEN == 0:
            tell()

    token = _beat.set(told)
    try:
        yield
    finally:
        _beat.reset(token)


def beat() -> None:
    """A row is done."""
    _beat.get()()
