# SPDX-License-Identifier: Apache-2.0
"""`resource-centre doctor`: prove that a centre is whole."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _, ngettext
from ui.cli import sign_in

if TYPE_CHECKING:
    from db.centre import Centre
    from resource_centre.log.doctor import Finding

HELP: Final = N_("check that a centre is whole: the file, and that the records are what the trail says")
NOT_WHOLE: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which centre, and who asks."""
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Look at everything and change nothing; 3 when something is not as it should be."""
    with sign_in.open_centre(options, alongside=True) as centre:
        return NOT_WHOLE if report(examine(centre), centre) else 0


def examine(centre: Centre) -> list[Finding]:
    """What in this centre is not what its log says; raises EnvironmentFailed `damaged` when the file is torn."""
    from db import backup
    from resource_centre.log import doctor

    with centre.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            backup.check_pages(connection)
        return list(doctor.examine(connection))


def report(found: list[Finding], centre: Centre) -> bool:
    """Say what was found, by table and never with what stands in the records; True when anything was."""
    from db import backup

    for sentence in centre.warnings:
        print(sentence)
    if not found:
        with centre.engine.connect() as connection:
            rows = sum(backup.row_counts(connection).values())
        print(_("The centre is whole: the file is sound and {n} rows agree with the trail.").format(n=rows))
        return False
    for table, count in sorted(Counter(one.tbl for one in found).items()):
        text = ngettext(
            "{table}: {n} record is not what the trail says", "{table}: {n} records are not what the trail says", count
        )
        print(text.format(table=table, n=count))
    return True
