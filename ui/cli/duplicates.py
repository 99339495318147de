# SPDX-License-Identifier: Apache-2.0
"""`resource-centre duplicates`: who is in a list, or in a whole centre, more than once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _, ngettext
from ui.cli import sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HELP: Final = N_("look through a list, or a whole centre, for people who are in it more than once")
ACTIONS: Final = ("scan",)
SHOWN: Final = 200
STEPS: Final = {
    "reading": N_("reading"),
    "candidates": N_("looking for pairs worth comparing"),
    "comparing": N_("comparing"),
    "learning": N_("learning from the list what is rare in it"),
    "grouping": N_("putting pairs together"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which list, and where the pairs go."""
    parser.add_argument(
        "action", choices=ACTIONS, nargs="?", metavar="scan", help=_("compare everybody in a list or centre")
    )
    parser.add_argument(
        "--input",
        type=Path,
        metavar=_("FILE"),
        help=_("the list, a .csv with headings: id, name, sex, birth_date, village, phone, mother_name, nik, passport"),
    )
    parser.add_argument("--output", type=Path, metavar=_("FILE"), help=_("where the pairs go: a, b, score, reasons"))
    parser.add_argument(
        "--without-numbers", action="store_true", help=_("compare as if nobody had a NIK or a passport")
    )
    parser.add_argument("--codes", action="store_true", help=_("write the reasons as codes, for other programs"))
    decide = parser.add_mutually_exclusive_group()
    two = (_("NUMBER"), _("NUMBER"))
    decide.add_argument("--merge", nargs=2, metavar=two, help=_("these two client numbers are one person"))
    decide.add_argument("--unmerge", nargs=2, metavar=two, help=_("take back that these two are one person"))
    decide.add_argument(
        "--apart", nargs=2, metavar=two, help=_("these two are different people: do not propose them again")
    )
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """A list that is named is scanned and its pairs are written; else a centre is scanned, or told what was decided."""
    if options.input is None:
        return _in_a_centre(options)
    if options.output is None:
        raise sign_in.CalledWrongly("which_output")
    from resource_centre.matching.people import People
    from resource_centre.matching.scan import scan
    from resource_centre.matching.table import read_people, write_pairs

    people = read_people(options.input)
    if people.unknown:
        print(_("columns not recognised: {names}").format(names=", ".join(people.unknown)), file=sys.stderr)
    records = people.records
    if options.without_numbers:
        records = People(record.without_numbers() for record in records)
    scanned = scan(records, _tell)
    write_pairs(options.output, people, scanned.found, codes=options.codes)
    _say(len(records), scanned.compared, len(scanned.found))
    return 0


def _in_a_centre(options: argparse.Namespace) -> int:
    with sign_in.open_centre(options) as centre, centre.change() as session:
        for numbers, decide in ((options.merge, _merge), (options.unmerge, _unmerge), (options.apart, _keep_apart)):
            if numbers:
                decide(session, *(_person(session, number) for number in numbers))
                return 0
        _scan(session)
    return 0


def _scan(session: Session) -> None:
    from resource_centre.services.duplicate_scan import proposed, scan_centre

    begun: list[str] = []

    def told(stage: str, _done: int, _whole: int) -> None:
        if stage not in begun:
            begun.append(stage)
            _tell(stage)

    outcome = scan_centre(session, told, keep=session.commit)
    for one in proposed(session, SHOWN):
        both = f"{one.a_number or '-'} {one.a_name}\t{one.b_number or '-'} {one.b_name}"
        print(f"{one.score}\t{both}\t{', '.join(one.words())}")
    _say(outcome.people, outcome.compared, outcome.pairs)


def _person(session: Session, number: str) -> str:
    """The record that bears this number, also when it is one person with another."""
    from sqlalchemy import select

    from resource_centre.errors import Refused
    from resource_centre.records import Person
    from resource_centre.values.numbers import read_number

    reading = read_number(number)
    wanted = select(Person.id).where(Person.number == (reading.text if reading else number))
    found = session.scalars(wanted.limit(1)).first()
    if found is None:
        raise Refused("not_found")
    return str(found)


def _merge(session: Session, a_id: str, b_id: str) -> None:
    """Gaps are filled from the other record; where both say something, the record that stays is believed."""
    from resource_centre.services.merging import merge, side_by_side

    merge(session, a_id, b_id, side_by_side(session, a_id, b_id).suggested)


def _unmerge(session: Session, a_id: str, b_id: str) -> None:
    from resource_centre.services.merging import unmerge
    from resource_centre.services.person_links import link_id

    unmerge(session, link_id(a_id, b_id))


def _keep_apart(session: Session, a_id: str, b_id: str) -> None:
    from resource_centre.services.person_links import keep_apart

    keep_apart(session, a_id, b_id)


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
