# SPDX-License-Identifier: Apache-2.0
"""`resource-centre send`: write bundles for another computer onto a stick."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from resource_centre.i18n import N_, _
from ui.cli import exchange_partners, sign_in

HELP: Final = N_("write what another computer has not yet into a bundle")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """To whom, and where the bundle is to lie."""
    exchange_partners.add_partner(
        parser, "--to", _("the laptop, by the two signs of its numbers (on a laptop: the centre)")
    )
    parser.add_argument(
        "--into", type=Path, required=True, metavar=_("FOLDER"), help=_("folder for the bundle, for example a stick")
    )
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Send, and print each bundle with the words that its receipt must have too."""
    from db.exchange.sending import send
    from resource_centre.errors import EnvironmentFailed, Refused
    from ui.cli.exchange_words import sent_lines

    with sign_in.open_centre(options) as centre:
        with centre.read() as session:
            site = exchange_partners.partner(session, options.partner).site
        if not options.into.is_dir():
            raise EnvironmentFailed("file_missing")
        try:
            with exchange_partners.stoppable() as stop:
                sent = send(centre, site, options.into, told=exchange_partners.tell_stage, stop=stop)
        except Refused as error:
            if error.code != "stopped":
                raise
            print(error.words(), file=sys.stderr)
            return exchange_partners.INTERRUPTED
        finally:
            exchange_partners.end_stages()
    for one in sent:
        print("\n".join(sent_lines(one)))
    return 0
