# SPDX-License-Identifier: Apache-2.0
"""From the start of the process to the first painted window and to a usable home page, against a bare Qt window.

Every start is a process of its own; this module is also what those processes run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.ratio import Measured, from_times

ROUNDS = 7
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QTabWidget, QWidget
class Window(QTabWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        app.quit()
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
    """Both starts, in turn with the bare window."""
    bare = (sys.executable, "-c", BARE)
    first = (sys.executable, "-m", "ui.start", "--centre", str(folder), "--quit-when-painted")
    home = (sys.executable, "-m", "bench.starting", str(folder), login, passphrase)
    for command in (bare, first, home):
        _run(command)
    firsts, homes, peak = [], [], 0
    for _round in range(ROUNDS):
        firsts.append((_clocked(first)[0], _clocked(bare)[0]))
        took, resident = _clocked(home)
        homes.append((took, _clocked(bare)[0]))
        peak = max(peak, resident)
    floor = "a bare PySide6 window, 6 tabs of 12 fields"
    return [
        from_times("start to the first painted window", floor, firsts, aim="1.3"),
        from_times("start to a usable home page", floor, homes, aim="4.5", note=f"{peak} MiB resident (aim 180)"),
    ]


def _clocked(command: tuple[str, ...]) -> tuple[float, int]:
    began = time.perf_counter()
    output = _run(command)
    took = (time.perf_counter() - began) * 1000
    return took, int(output) if output.isdigit() else 0


def _run(command: tuple[str, ...]) -> str:
    environment = {**os.environ}
    if not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def main(folder: str, login: str, passphrase: str) -> int:
    """Start the program, sign in as soon as it is painted, leave when the home page shows its figures."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.kit.preferences import Preferences
    from ui.program import Program

    app = QApplication(["resource-centre"])
    program = Program(app, Preferences(), Path(folder))
    program.window.painted.connect(lambda: QTimer.singleShot(0, lambda: program.unlock(login, passphrase)))
    program.start()
    QTimer.singleShot(0, lambda: _leave_when_home(app))
    app.exec()
    print(_resident())
    sys.stdout.flush()
    os._exit(0)


def _leave_when_home(app: Any) -> None:
    from ui.pages.home import HomePage

    shown = HomePage.show_looked

    def show_and_leave(page: HomePage, looked: Any) -> None:
        shown(page, looked)
        page.grab()
        app.quit()

    HomePage.show_looked = show_and_leave  # type: ignore[method-assign]


def _resident() -> int:
    """Resident memory now, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
