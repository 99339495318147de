# SPDX-License-Identifier: Apache-2.0
"""The window program's front door: say in plain words what is missing, else paint first and load the rest later."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from resource_centre.i18n import _

EXIT_LIBRARIES = 3
EXIT_NO_DISPLAY = 4


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """`--centre FOLDER` and, for measuring, `--quit-when-painted`."""
    parser = argparse.ArgumentParser(prog="resource-centre-window", description=_("Open a centre in windows."))
    parser.add_argument("--centre", type=Path, metavar="FOLDER", help=_("the folder of the centre to open"))
    parser.add_argument("--quit-when-painted", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; the exit code is 3 when system libraries are missing and 4 when there is no display."""
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
    from ui.program import run

    return run(options.centre, quit_when_painted=options.quit_when_painted)


if __name__ == "__main__":
    raise SystemExit(main())
