# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire export`: the answers to a questionnaire in Kobo's layout, without names."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Final

from resource_centre.i18n import N_, _, ngettext
from ui.cli import sign_in

HELP: Final = N_("write the answers to a questionnaire in Kobo's layout, without names")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which questionnaire, which period, and where to write it."""
    parser.add_argument("name", metavar=_("NAME"), help=_("the questionnaire, for example rss"))
    parser.add_argument(
        "--output",
        required=True,
        type=Path,
        metavar=_("FILE"),
        help=_("where to write; .xlsx, .csv, or .zip for submissions as ODK sends them"),
    )
    parser.add_argument("--since", metavar=_("DAY"), help=_("the first day, for example 2026-01-01"))
    parser.add_argument("--until", metavar=_("DAY"), help=_("the last day"))
    parser.add_argument("--numbers", action="store_true", help=_("with the client number beside each answer"))
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file whole or not at all, and say that it is not encrypted."""
    from reports.kit.files import write_whole
    from resource_centre.services.answer_exports import ENDINGS, count_answers, export_answers

    ending = options.output.suffix.lower()
    if ending not in ENDINGS:
        raise sign_in.CalledWrongly("export_ending")
    since, until = _day(options.since), _day(options.until)
    with sign_in.open_centre(options, alongside=True) as centre, centre.read() as session:
        content = export_answers(
            session, options.name, ending=ending, since=since, until=until, numbers=options.numbers
        )
        count = count_answers(session, options.name, since=since, until=until)
    write_whole(options.output, content)
    print(ngettext("{n} submission", "{n} submissions", count).format(n=count))
    print(_("The file is not encrypted: whoever finds it can read it."), file=sys.stderr)
    return 0


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise sign_in.CalledWrongly("day") from None
