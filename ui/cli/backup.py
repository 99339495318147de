# SPDX-License-Identifier: Apache-2.0
"""`resource-centre backup`: an encrypted copy of the centre's file, checked after writing."""

from __future__ import annotations

import argparse

from resource_centre.i18n import N_, _
from ui.cli import sign_in

HELP = N_("make a backup of a centre")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which centre, and who asks."""
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the backup into the centre's folder and say where it is."""
    centre = sign_in.open_centre(options, alongside=True)
    try:
        print(_("Backup written: {file}").format(file=centre.backup()))
    finally:
        centre.close()
    return 0
