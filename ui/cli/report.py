# SPDX-License-Identifier: Apache-2.0
"""`resource-centre report monthly`: the month as PDF, or its typed figures as JSON."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _, language
from ui.cli import sign_in

if TYPE_CHECKING:
    from db.centre import Centre

HELP: Final = N_("print the month's report, or write its figures")
MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, which month, and where to write it."""
    parser.add_argument("report", choices=("monthly",), metavar=_("REPORT"), help=_("the month's figures and tables"))
    parser.add_argument("--month", required=True, metavar=_("YEAR-MONTH"), help=_("the month, for example 2026-10"))
    parser.add_argument(
        "--output", required=True, type=Path, metavar=_("FILE"),
        help=_("where to write; the ending decides: .pdf or .json"),
    )  # fmt: skip
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report in the language asked for; nothing is written when anything fails."""
    if not MONTH.fullmatch(options.month):
        raise sign_in.CalledWrongly("month")
    if options.output.suffix not in (".pdf", ".json"):
        raise sign_in.CalledWrongly("ending")
    with sign_in.open_centre(options, alongside=True) as centre:
        write_report(centre, month=options.month, language=options.language or language(), output=options.output)
    return 0


def write_report(centre: Centre, *, month: str, language: str, output: Path) -> None:
    """Write a month's report whole or not at all; raises EnvironmentFailed when it cannot be written."""
    from reports.monthly.figures import monthly_figures

    with centre.read() as session:
        figures = monthly_figures(session, month)
    if output.suffix == ".json":
        from reports.kit.files import write_whole

        write_whole(output, json.dumps(figures.as_dict(), ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        from reports.monthly.document import draw_monthly_report

        draw_monthly_report(figures, output, language=language)
