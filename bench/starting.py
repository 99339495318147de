# SPDX-License-Identifier: Apache-2.0
"""From the start of the process to the first painted window and to a usable home page, against a bare Qt window.

Every start is a process of its own; `bench.started` is what those of the program run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.ratio import Measured, from_times

ROUNDS = 7
BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QTabWidget, QWidget
class Window(QTabWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic(), 0, flush=True)
        os._exit(0)
app = QApplication(sys.argv)
window = Window()
for tab in range(6):
    page = QWidget()
    form = QFormLayout(page)
    for field in range(12):
        form.addRow(f"Field {field}", QLineEdit())
    window.addTab(page, f"Tab {tab}")
window.show()
app.exec()
"""


def starting(folder: Path, login: str, passphrase: str) -> list[Measured]:
    """Both starts, each in turn with the bare window."""
    bare = (sys.executable, "-c", BARE)
    first = (sys.executable, "-m", "bench.started", str(folder))
    home = (*first, login, passphrase)
    for command in (bare, first, home):
        _clocked(command)
    firsts, homes, resident = [], [], 0
    for _round in range(ROUNDS):
        firsts.append((_clocked(first)[0], _clocked(bare)[0]))
        took, resident = _clocked(home)
        homes.append((took, _clocked(bare)[0]))
    floor = "a bare PySide6 window, 6 tabs of 12 fields"
    return [
        from_times("start to the first painted window", floor, firsts, aim="1.3"),
        from_times("start to a usable home page", floor, homes, aim="4.5", note=f"{resident} MiB resident (aim 180)"),
    ]


def _clocked(command: tuple[str, ...]) -> tuple[float, int]:
    """Milliseconds from the start of the process to the moment it reports, and the MiB it reports."""
    environment = {**os.environ}
    if not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    began = time.monotonic()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    reached, resident = ended.stdout.split()
    return (float(reached) - began) * 1000, int(resident)
