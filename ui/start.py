# SPDX-License-Identifier: Apache-2.0
"""The window program's front door: say in plain words what is missing, else paint first and load the rest later."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resource_centre.i18n import _

if TYPE_CHECKING:
    from ui.program import Program

EXIT_LIBRARIES = 3
EXIT_NO_DISPLAY = 4


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """`--centre FOLDER` and, for measuring, `--quit-when-painted`."""
    parser = argparse.ArgumentParser(prog="resource-centre-window", description=_("Open a centre in windows."))
    parser.add_argument("--centre", type=Path, metavar="FOLDER", help=_("the folder of the centre to open"))
    parser.add_argument("--quit-when-painted", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None, *, watch: Callable[[Program], None] | None = None) -> int:
    """Open the window; the exit code is 3 when system libraries are missing and 4 when there is no display.

    `watch` is handed the program before it shows anything, for measuring.
    """
    options = read_arguments(arguments)
    from ui.libraries import has_display, missing_packages

    if not has_display():
        print(_("There is no screen to show a window on."), file=sys.stderr)  # noqa: T201 - there is no window yet
        return EXIT_NO_DISPLAY
    missing = missing_packages()
    if missing:
        print(_("Some system libraries for windows are missing. Install them with:"), file=sys.stderr)  # noqa: T201
        print(f"sudo apt install {' '.join(missing)}", file=sys.stderr)  # noqa: T201
        return EXIT_LIBRARIES
    gc.disable()  # nothing loaded at the start becomes rubbish; later `ui.kit.rubbish` collects
    from ui.plain_imports import import_plainly

    import_plainly()
    from ui.program import run

    return run(options.centre, quit_when_painted=options.quit_when_painted, watch=watch)


if __name__ == "__main__":
    raise SystemExit(main())
