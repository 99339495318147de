# SPDX-License-Identifier: Apache-2.0
"""`resource-centre inspect`: what a bundle holds, without taking it in, and never what stands in a field."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _
from ui.cli import sign_in

if TYPE_CHECKING:
    from db.exchange.looking_in import LookedInto

HELP: Final = N_("list what a bundle holds, without taking it in")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which bundle, and how much of it."""
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the bundle, a file ending in .rcb"))
    parser.add_argument(
        "--all", action="store_true", help=_("list every entry too: of what record, and which fields were written")
    )
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Prove it, list it, apply nothing."""
    from db.exchange.looking_in import look_into

    with sign_in.open_centre(options, alongside=True) as centre:
        looked = look_into(centre, options.file)
        for line in _lines(looked):
            print(line)
        if options.all:
            for line in _entries(looked, centre.viewer.role):
                print(line)
    return 0


def _lines(looked: LookedInto) -> Iterator[str]:
    from ui.cli.exchange_words import aloud_words, changes_words, moment, number_words, records_words

    header = looked.header
    yield _("From {name}, {number}, made {when} by version {version}").format(
        name=looked.sender,
        number=number_words(header.link_no, header.part, header.parts),
        when=moment(header.made_ms),
        version=header.program,
    )
    yield changes_words(header.changes) + (f": {records_words(looked.records)}" if looked.records else "")
    if looked.drops:
        yield _("to be given back: {records}").format(records=records_words(looked.drops))
    if header.files:
        yield _("attached files: {n}").format(n=header.files)
    if looked.taken_in_ms is None:
        yield _("It is whole and was not taken in yet.")
    else:
        yield _("It was taken in on {when}.").format(when=moment(looked.taken_in_ms))
    yield aloud_words(header.body_sha256)


def _entries(looked: LookedInto, role: str) -> Iterator[str]:
    """One line an entry; of records this account may not read, only that there is one."""
    from resource_centre.access import may_read
    from resource_centre.log.shape import logged_records
    from ui.cli.exchange_words import moment

    records = logged_records()
    for change in looked.entries():
        when, record = moment(change["wall_ms"]), records.get(change["tbl"])
        if record is None or not may_read(role, record):
            yield f"{when}  " + _("a record this account may not read")
        else:
            yield f"{when}  {_entry(change)}"


def _entry(change: dict[str, Any]) -> str:
    from resource_centre.records.change import ERASE
    from resource_centre.services.conflict_words import label_of, noun_of

    begin = f"{noun_of(change['tbl'])} {change['row_id']}"
    if change["kind"] == ERASE:
        return f"{begin}: " + _("erased for ever")
    labels = dict.fromkeys(label_of(change["tbl"], name) for name in json.loads(change["body"]))
    return f"{begin}: {', '.join(labels)}"
