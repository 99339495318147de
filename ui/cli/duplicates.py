# SPDX-License-Identifier: Apache-2.0
"""`resource-centre duplicates`: who is in a list more than once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from resource_centre.i18n import N_, _, ngettext

HELP: Final = N_("look through a list for people who are in it more than once")
ACTIONS: Final = ("scan",)
STEPS: Final = {
    "candidates": N_("looking for pairs worth comparing"),
    "comparing": N_("comparing"),
    "learning": N_("learning from the list what is rare in it"),
    "grouping": N_("putting pairs together"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which list, and where the pairs go."""
    parser.add_argument("action", choices=ACTIONS, metavar="scan", help=_("compare everybody in a list"))
    parser.add_argument(
        "--input",
        type=Path,
        required=True,
        metavar=_("FILE"),
        help=_("the list, a .csv with headings: id, name, sex, birth_date, village, phone, mother_name, nik, passport"),
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar=_("FILE"), help=_("where the pairs go: a, b, score, reasons")
    )
    parser.add_argument(
        "--without-numbers", action="store_true", help=_("compare as if nobody had a NIK or a passport")
    )
    parser.add_argument("--codes", action="store_true", help=_("write the reasons as codes, for other programs"))


def run(options: argparse.Namespace) -> int:
    """Scan, write the pairs, and say how many there are."""
    from resource_centre.matching.scan import scan
    from resource_centre.matching.table import read_people, write_pairs

    people = read_people(options.input)
    if people.unknown:
        print(_("columns not recognised: {names}").format(names=", ".join(people.unknown)), file=sys.stderr)
    records = people.records
    if options.without_numbers:
        records = tuple(record.without_numbers() for record in records)
    scanned = scan(records, _tell)
    write_pairs(options.output, people, scanned.found, codes=options.codes)
    _say(len(records), scanned.compared, len(scanned.found))
    return 0


def _tell(step: str) -> None:
    """What is being done, for somebody who waits; a file or another program gets none of it."""
    if sys.stderr.isatty():
        print(_("… {step}").format(step=_(STEPS[step])), file=sys.stderr, flush=True)


def _say(people: int, compared: int, found: int) -> None:
    lines = (
        ngettext("{n} person in the list", "{n} people in the list", people).format(n=people),
        ngettext("{n} pair compared", "{n} pairs compared", compared).format(n=compared),
        ngettext("{n} pair is likely one person", "{n} pairs are likely one person", found).format(n=found),
    )
    print("\n".join(lines), file=sys.stderr)
