# SPDX-License-Identifier: Apache-2.0
"""Cyclic garbage is collected on the window's thread only.

A collection that starts on the database thread may free widgets there, and Qt aborts. Same cure as in Anki.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000


def collect_on_this_thread(parent: QObject) -> QTimer:
    """Switch the automatic collector off and collect from a timer owned by `parent`."""
    gc.disable()
    timer = QTimer(parent)
    timer.setInterval(LOOK_EVERY_MS)
    timer.timeout.connect(_collect_what_is_due)
    timer.start()
    return timer


def _collect_what_is_due() -> None:
    young, middle, old = gc.get_count()
    first, second, third = gc.get_threshold()
    if old > third:
        gc.collect(2)
    elif middle > second:
        gc.collect(1)
    elif young > first:
        gc.collect(0)
