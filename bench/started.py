# SPDX-License-Identifier: Apache-2.0
"""What `bench.starting` runs in a process of its own: the program as people start it, telling when it got there.

It loads nothing that the program does not load itself.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.program import Program


def main(folder: str, login: str = "", passphrase: str = "") -> int:
    """Start the program; report when it is painted or, with a passphrase, when the home page shows its figures."""
    from ui.start import main as start

    def watch(program: Program) -> None:
        from PySide6.QtCore import QTimer

        if passphrase:
            program.window.painted.connect(lambda: QTimer.singleShot(0, lambda: program.unlock(login, passphrase)))
            _report_when_home(program)
        else:
            program.window.painted.connect(_report)

    return start(["--centre", folder], watch=watch)


def _report() -> None:
    print(time.monotonic(), _resident(), flush=True)
    os._exit(0)


def _report_when_home(program: Program) -> None:
    enter = program.enter

    def enter_and_report(centre: Any) -> None:
        from ui.pages.home import HomePage

        shown = HomePage.show_looked

        def show_and_report(page: HomePage, looked: Any) -> None:
            shown(page, looked)
            page.grab()
            _report()

        HomePage.show_looked = show_and_report  # type: ignore[assignment,method-assign]
        enter(centre)

    program.enter = enter_and_report  # type: ignore[method-assign]


def _resident() -> int:
    """Resident memory now, in MiB."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
