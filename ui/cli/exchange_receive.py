# SPDX-License-Identifier: Apache-2.0
"""`resource-centre receive`: take bundles in, each whole or not at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _
from ui.cli import exchange_partners, sign_in

if TYPE_CHECKING:
    from db.centre import Centre

HELP: Final = N_("take in bundles of other computers, in whatever order they come")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which bundles."""
    parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"), help=_("the bundles, files ending in .rcb"))
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Take in one after the other and say what became of each; the exit code is that of the worst."""
    worst = 0
    with sign_in.open_centre(options) as centre, exchange_partners.stoppable() as stop:
        for file in options.files:
            code = _receive(centre, file, stop)
            if code == exchange_partners.INTERRUPTED:
                return code
            worst = max(worst, code)
    return worst


def _receive(centre: Centre, file: Path, stop: exchange_partners.Stop) -> int:
    """One file; what is wrong with it is said and does not stop the next."""
    from db.exchange.receiving import receive
    from ui.cli.exchange_words import arrived_lines
    from ui.cli.main import tell

    try:
        arrived = receive(centre, file, told=exchange_partners.tell_stage, stop=stop)
    except Exception as problem:  # noqa: BLE001 - told in words
        exchange_partners.end_stages()
        print(f"{file.name}: ", end="", file=sys.stderr)
        code = tell(problem)
        return exchange_partners.INTERRUPTED if getattr(problem, "code", "") == "stopped" else code
    exchange_partners.end_stages()
    print("\n".join(arrived_lines(file.name, arrived)), flush=True)
    return 0
