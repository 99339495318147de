# SPDX-License-Identifier: Apache-2.0
"""The way into a centre as far as its key: no table is touched, so it needs none of what tables need to be loaded."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from db import folder, keys, patience


@dataclass(frozen=True)
class Door:
    """A folder that is held for this program, and the key that its passphrase gave out."""

    folder: Path
    unlocked: keys.Unlocked
    lock: IO[bytes] | None

    def leave(self) -> None:
        """Let other programs have the folder."""
        if self.lock:
            self.lock.close()


def unlock(
    at: Path,
    *,
    login: str,
    passphrase: str,
    alongside: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Door:
    """Get the key out of its slot; the refusals are those of `db.centre.open_centre`."""
    folder.read_marker(at)
    lock = None if alongside else folder.take_lock(at)
    try:
        patience.begin_try(at, sleep)
        unlocked = keys.read_slots(at).open(login, passphrase)
        patience.passed(at)
    except BaseException:
        if lock:
            lock.close()
        raise
    return Door(at, unlocked, lock)
