# SPDX-License-Identifier: Apache-2.0
"""`resource-centre report`: the month's report, or that of any time, as the file's ending says; figures of training."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _, language
from ui.cli import report_period, sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.centre import Centre
    from reports.data import Written
    from reports.monthly.periods import Period
    from reports.tables.model import Report

HELP: Final = N_("print the month's report, or write figures of a month or of training")
AUDIENCES: Final = ("internal", "public")
BOOK: Final = "book"
_KINDS: Final = {"monthly": "report", BOOK: "report_book"}
"""What each report is called in the trail of papers."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of what time and place, for whom, and where to write it."""
    parser.add_argument(
        "report", choices=("monthly", BOOK, "training"), metavar=_("REPORT"),
        help=_(
            "monthly: the figures and tables of a month or any other time; book: the pages of the report book; "
            "training: what was taught and learnt"
        ),
    )  # fmt: skip
    report_period.add_arguments(parser)
    parser.add_argument("--place", metavar=_("CODE"), help=_("only this place and those in it, for example 52.03"))
    parser.add_argument(
        "--project", "--fund", dest="fund", metavar=_("CODE"), help=_("only what this project or fund pays for")
    )
    parser.add_argument(
        "--audience", choices=AUDIENCES, default="internal", metavar="|".join(AUDIENCES),
        help=_("public: for publication, small numbers are left out; else internal"),
    )  # fmt: skip
    parser.add_argument(
        "--threshold", type=int, choices=(3, 5, 10), metavar="3|5|10",
        help=_("public: numbers below this one are left out; else 5"),
    )  # fmt: skip
    parser.add_argument(
        "--with-words", action="store_true", help=_("public: with what was written to the month; read it once more")
    )
    parser.add_argument("--password", action="store_true", help=_("encrypt the file; you are asked for its password"))
    parser.add_argument(
        "--password-file", type=Path, metavar=_("FILE"), help=_("file whose first line is the password of the file")
    )
    parser.add_argument(
        "--output", required=True, type=Path, metavar=_("FILE"),
        help=_("where to write; the ending decides: .pdf, .html, .xlsx, .csv, .hxl.csv or .json (training: .json)"),
    )  # fmt: skip
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report in the language asked for; nothing is written when anything fails."""
    if options.report == "training":
        return _training(options)
    password = _checked(options)
    period = report_period.period_asked(options)
    if period is None:
        raise sign_in.CalledWrongly("month")
    # Beside an open window too: what is added, the trail of what left, is typed in no window.
    with sign_in.open_centre(options, alongside=True) as centre:
        report = _counted(centre, period, options)
        written = _leave(centre, report, options, period.code, password)
    _tell(written, protected=password is not None)
    return 0


def _leave(centre: Centre, report: Report, options: argparse.Namespace, code: str, password: str | None) -> Written:
    """First the trail, then the file; when there is none after all, the trail says so."""
    from resource_centre.services.paper_copies import COMMAND, copy_failed, record_copy

    number = " ".join(part for part in (code, options.place, options.fund) if part)
    told = {"number": number, "audience": options.audience, "locked": password is not None}
    with centre.change() as session:
        copies = [one.id for one in record_copy(session, _KINDS[options.report], way=COMMAND, **told)]
    try:
        return _write(report, options.output, password)
    except BaseException:
        with centre.change() as session:
            copy_failed(session, copies)
        raise


def write_report(centre: Centre, *, month: str, language: str, output: Path) -> None:
    """Write a month's internal report as the file's ending says, whole or not at all.

    Raises EnvironmentFailed when it cannot be written.
    """
    from reports.monthly.figures import monthly_figures
    from reports.monthly.report import report_of

    with centre.read() as session:
        report = report_of(monthly_figures(session, month), language)
    _write(report, output, None)


def _checked(options: argparse.Namespace) -> str | None:
    """Refuses what can be refused before anything is counted; the password of the file, if it is to have one."""
    from reports.data import NotWritten, check_password, ending_of

    try:
        ending_of(options.output)
    except NotWritten:
        raise sign_in.CalledWrongly("ending") from None
    if options.threshold is not None and options.audience != "public":
        raise sign_in.CalledWrongly("threshold")
    if options.with_words and options.audience != "public":
        raise sign_in.CalledWrongly("with_words")
    if options.report == BOOK and (options.audience == "public" or options.place or options.fund):
        raise sign_in.CalledWrongly("book_only")
    password = _password(options)
    if password is not None:
        check_password(password)
    return password


def _password(options: argparse.Namespace) -> str | None:
    if options.password_file is not None:
        return sign_in.first_line(options.password_file)
    if not options.password:
        return None
    if not sys.stdin.isatty():
        raise sign_in.CalledWrongly("which_password")
    password = getpass.getpass(_("Password of the file: "))
    if getpass.getpass(_("Once more: ")) != password:
        raise sign_in.CalledWrongly("password_twice")
    return password


def _report(session: Session, period: Period, options: argparse.Namespace, code: str) -> Report:
    if options.report == BOOK:
        return _book(session, period, code)
    from reports.monthly.figures import report_figures
    from reports.monthly.report import report_of
    from resource_centre.places import gazetteer
    from resource_centre.services.projects import funds_known

    if options.place is not None and gazetteer().place(options.place) is None:
        raise sign_in.CalledWrongly("place")
    if options.fund is not None and options.fund.upper() not in funds_known(session):
        raise sign_in.CalledWrongly("project")
    return report_of(report_figures(session, period, place=options.place, fund=options.fund), code)


def _book(session: Session, period: Period, code: str) -> Report:
    from reports.book.report import book_report
    from resource_centre.services.report_book import pages_of_book

    pages = pages_of_book(session)
    if not pages:
        raise sign_in.CalledWrongly("book_empty")
    return book_report(session, pages, period, code)


def _counted(centre: Centre, period: Period, options: argparse.Namespace) -> Report:
    """The report for its audience. It is counted while others may save; one for publication is kept before it leaves,
    and hides what those published meanwhile would give away."""
    code = options.language or language()
    with centre.read() as session:
        whole = _report(session, period, options, code)
        if options.audience != "public":
            return whole
        from reports.disclosure.keeping import keep, prepare, published_so_far
        from resource_centre.services.accounts import own_account
        from resource_centre.services.rules import rule

        threshold = int(rule("publication_threshold")) if options.threshold is None else options.threshold
        words = options.with_words
        before, shown = published_so_far(session), prepare(session, whole, threshold, words=words)
    with centre.change() as session:
        if published_so_far(session) != before:
            shown = prepare(session, whole, threshold, words=words)
        keep(session, whole, shown, by=own_account(session).name)
    return shown


def _write(report: Report, output: Path, password: str | None) -> Written:
    from reports.data import write

    return write(report, output, password=password)


def _tell(written: Written, *, protected: bool) -> None:
    for file in written.files:
        print(_("Written: {file}").format(file=file))
    print(_("Rows: {rows}. Figures: {figures}.").format(rows=written.rows, figures=written.figures))
    if not protected:
        print(_("The file is not encrypted: whoever finds it can read it."), file=sys.stderr)


def _training(options: argparse.Namespace) -> int:
    from reports.training.figures import training_figures

    period = report_period.period_asked(options) or report_period.this_year()
    if options.output.suffix != ".json":
        raise sign_in.CalledWrongly("json_ending")
    _refuse_for_training(options)
    with sign_in.open_centre(options, alongside=True) as centre:
        with centre.read() as session:
            figures = training_figures(session, period)
        _write_figures(figures.as_dict(), options.output)
    return 0


def _refuse_for_training(options: argparse.Namespace) -> None:
    """What the figures of training do not have is not silently left out."""
    asked = (options.place, options.fund, options.threshold, options.password_file, options.password or None,
             options.with_words or None)  # fmt: skip
    if options.audience != "internal" or any(one is not None for one in asked):
        raise sign_in.CalledWrongly("training_only")


def _write_figures(figures: dict[str, Any], output: Path) -> None:
    from reports.kit.files import write_whole

    write_whole(output, json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
