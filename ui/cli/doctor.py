# SPDX-License-Identifier: Apache-2.0
"""`resource-centre doctor`: prove that a centre is whole."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _
from ui.cli import sign_in

if TYPE_CHECKING:
    from db.centre import Centre

HELP: Final = N_("check that a centre is whole: the file, and that the records are what the trail says")
NOT_WHOLE: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which centre, and who asks."""
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Look at everything and change nothing; 3 when something is not as it should be."""
    with sign_in.open_centre(options, alongside=True) as centre:
        return 0 if report(centre) else NOT_WHOLE


def report(centre: Centre) -> bool:
    """Say what was looked at and how it is, by record id and never with what stands in it; True when all is well."""
    from db.doctor import examine

    for sentence in centre.warnings:
        print(sentence)
    whole = True
    for result in examine(centre):
        print(result.words(), flush=True)
        for finding in result.findings:
            print(f"  {finding}")
        whole = whole and result.well
    print(_("The centre is whole.") if whole else _("The centre is not whole. Restore the newest backup."))
    return whole
