# SPDX-License-Identifier: Apache-2.0
"""`resource-centre report`: the month as PDF or figures, or the figures of training of any time."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _, language
from ui.cli import sign_in

if TYPE_CHECKING:
    from db.centre import Centre
    from reports.monthly.periods import Period

HELP: Final = N_("print the month's report, or write figures of a month or of training")
MONTH: Final = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII)
YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
DAY: Final = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of what time, and where to write it."""
    parser.add_argument(
        "report", choices=("monthly", "training"), metavar=_("REPORT"),
        help=_("monthly: the month's figures and tables; training: what was taught and learnt"),
    )  # fmt: skip
    parser.add_argument("--month", metavar=_("YEAR-MONTH"), help=_("the month, for example 2026-10"))
    parser.add_argument("--year", metavar=_("YEAR"), help=_("training: a whole year, for example 2026"))
    parser.add_argument("--from", dest="since", metavar=_("DAY"), help=_("training: the first day, as 2026-11-22"))
    parser.add_argument("--to", dest="until", metavar=_("DAY"), help=_("training: the last day; else today"))
    parser.add_argument(
        "--output", required=True, type=Path, metavar=_("FILE"),
        help=_("where to write; the ending decides: .pdf or .json (training: .json)"),
    )  # fmt: skip
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report in the language asked for; nothing is written when anything fails."""
    if options.report == "training":
        return _training(options)
    if options.year or options.since or options.until or not MONTH.fullmatch(options.month or ""):
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
        _write_figures(figures.in_full(), output)
    else:
        from reports.monthly.document import draw_monthly_report

        draw_monthly_report(figures, output, language=language)


def _training(options: argparse.Namespace) -> int:
    from reports.training.figures import training_figures

    period = _period(options)
    if options.output.suffix != ".json":
        raise sign_in.CalledWrongly("json_ending")
    with sign_in.open_centre(options, alongside=True) as centre:
        with centre.read() as session:
            figures = training_figures(session, period)
        _write_figures(figures.as_dict(), options.output)
    return 0


def _period(options: argparse.Namespace) -> Period:
    """The time asked for: a month, a year, or from a day to another; without any, this year until today."""
    from reports.monthly.periods import Period, month_of
    from resource_centre.clock import today

    if sum(map(bool, (options.month, options.year, options.since or options.until))) > 1:
        raise sign_in.CalledWrongly("one_period")
    if options.month:
        if not MONTH.fullmatch(options.month):
            raise sign_in.CalledWrongly("month")
        return month_of(options.month)
    if options.year:
        if not YEAR.fullmatch(options.year):
            raise sign_in.CalledWrongly("year")
        return Period(dt.date(int(options.year), 1, 1), dt.date(int(options.year), 12, 31))
    last = _day(options.until) if options.until else today()
    first = _day(options.since) if options.since else last.replace(month=1, day=1)
    if first > last:
        raise sign_in.CalledWrongly("turned_period")
    return Period(first, last)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise sign_in.CalledWrongly("day") from None


def _write_figures(figures: dict[str, Any], output: Path) -> None:
    from reports.kit.files import write_whole

    write_whole(output, json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
