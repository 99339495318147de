# SPDX-License-Identifier: Apache-2.0
"""Guessing slowed down: each wrong passphrase makes the next try wait longer, also after a restart.

The count lies beside the keys. Who can delete it can also copy the whole folder and guess elsewhere; against that
stands Argon2id. This is for the person at the keyboard.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db.files import write_whole
from resource_centre.errors import EnvironmentFailed

FILE = "attempts.json"
FREE_TRIES = 3
LONGEST_WAIT = 30.0


def waiting_time(folder: Path, now: float | None = None) -> float:
    """Seconds until the next try is let through."""
    failed, last = _read(folder)
    if failed < FREE_TRIES:
        return 0.0
    whole = min(LONGEST_WAIT, 2.0 ** (failed - FREE_TRIES))
    passed = (time.time() if now is None else now) - last
    return whole if passed < 0 else max(0.0, whole - passed)


def begin_try(folder: Path, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait as long as earlier failures ask for, then count this try as failed until `passed` says otherwise."""
    wait = waiting_time(folder)
    if wait:
        sleep(wait)
    _write(folder, _read(folder)[0] + 1)


def passed(folder: Path) -> None:
    """The right passphrase was given: forget the failures."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def _read(folder: Path) -> tuple[int, float]:
    try:
        content = json.loads((folder / FILE).read_bytes())
        return max(0, int(content["failed"])), float(content["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0.0


def _write(folder: Path, failed: int) -> None:
    content = json.dumps({"failed": failed, "last": time.time()}).encode()
    try:
        write_whole(folder / FILE, content)
    except EnvironmentFailed:
        # A full or read-only disk must not keep the right person out; opening will say what is wrong.
        return
