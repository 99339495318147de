# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire import`: submissions of Kobo or ODK taken in as answers, each once."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _
from ui.cli import sign_in

if TYPE_CHECKING:
    from resource_centre.services.submissions import NotTaken, TakenIn, ToLookAt

HELP: Final = N_("take in the submissions of a questionnaire from Kobo or ODK, each once")

MOST_ROWS: Final = 40
"""Rows named on the screen; --json names them all."""

COUNTS: Final = {
    "new": N_("new"),
    "known": N_("taken in before"),
    "to_look_at": N_("of the new ones to look at"),
    "unlinked": N_("of the new ones about nobody by name"),
    "left": N_("left out"),
}


class _OnlyLooking(Exception):
    """Carries what would be done."""

    def __init__(self, taken: TakenIn) -> None:
        super().__init__()
        self.taken = taken


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which questionnaire, which file, and what is known of all its rows."""
    from resource_centre.vocabulary import vocabulary

    parser.add_argument("name", metavar=_("NAME"), help=_("the questionnaire, for example rss"))
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the submissions: .xlsx, .csv, .xml or .zip"))
    parser.add_argument(
        "--person-question",
        default="",
        metavar=_("QUESTION"),
        help=_("the question or column that holds a client number, a case number or a NIK"),
    )
    parser.add_argument(
        "--occasion",
        choices=[term.code for term in vocabulary("response_occasion")],
        help=_("the occasion of every submission"),
    )
    parser.add_argument(
        "--event", default="", metavar=_("NUMBER"), help=_("the training event that every submission is about")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    parser.add_argument("--json", action="store_true", help=_("write what was done for other programs"))
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Take them in, or only say what would become of them."""
    taken = _take(options)
    if options.json:
        print(json.dumps(_as_json(taken), ensure_ascii=False, indent=1))
        return 0
    for name, label in COUNTS.items():
        count = _count(taken, name)
        if count or name in ("new", "known"):
            print(f"{count:7d}  {_(label)}")
    _say_rows(_("To look at:"), taken.to_look_at)
    _say_rows(_("Left out:"), taken.left)
    if taken.batch_id is not None and not options.dry_run:
        told = _("Taken in as import {number}. To undo it: resource-centre import --undo {number}")
        print("\n" + told.format(number=taken.batch_id))
    return 0


def _take(options: argparse.Namespace) -> TakenIn:
    from resource_centre.errors import Refused
    from resource_centre.services.submissions import event_of, take_in_file

    asked = {"occasion": options.occasion} if options.occasion else {}
    try:
        with sign_in.open_centre(options) as centre, centre.change() as session:
            event = event_of(session, options.event)
            if options.event and not event:
                raise Refused("not_found")
            how = {"person_question": options.person_question, **asked, **event}
            taken = take_in_file(session, options.name, options.file, **how)
            if options.dry_run:
                raise _OnlyLooking(taken)
    except _OnlyLooking as looked:
        return looked.taken
    return taken


def _count(taken: TakenIn, name: str) -> int:
    found: Any = getattr(taken, name)
    return found if isinstance(found, int) else len(found)


def _say_rows(title: str, rows: Sequence[ToLookAt | NotTaken]) -> None:
    """Each row and what is wrong with it; never what was answered."""
    if not rows:
        return
    print(f"\n{title}")
    for one in rows[:MOST_ROWS]:
        print("  " + _("Row {row}: {words}").format(row=one.row, words=one.said))
    if len(rows) > MOST_ROWS:
        print("  " + _("and {n} more; --json writes them all").format(n=len(rows) - MOST_ROWS))


def _as_json(taken: TakenIn) -> dict[str, Any]:
    told = {name: [_row(one) for one in getattr(taken, name)] for name in ("to_look_at", "left")}
    return {"new": taken.new, "known": taken.known, "unlinked": taken.unlinked, **told, "import": taken.batch_id}


def _row(one: ToLookAt | NotTaken) -> dict[str, Any]:
    problems = [{"field": found.field, "code": found.code} for found in one.problems]
    return {name: value for name, value in asdict(one).items() if name != "problems"} | {"problems": problems}
