# SPDX-License-Identifier: Apache-2.0
"""`resource-centre paper`: a paper as PDF, blank for a day without electricity, or about one record."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import N_, _, language
from ui.cli import sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.papers.kinds import MadePaper

HELP: Final = N_("write a form or a letter as PDF, blank or about one record")
PAPERS: Final = (
    "intake", "consent", "plan", "referral", "appointment", "case_summary", "closing", "week_list", "complaint",
    "questionnaire", "savings_goal", "budget", "debt_plan", "remittance", "group_meeting_sheet", "group_share_out",
    "group_summary", "attendance", "test_before", "test_after", "answer_key", "evaluation_forms", "certificates",
    "event_report", "dialogue_minutes", "village_list",
)  # fmt: skip
BLANK: Final = (
    "intake", "consent", "plan", "referral", "appointment", "closing", "questionnaire", "budget", "remittance",
    "attendance", "village_list",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which paper, blank or of whom, and where to write it."""
    parser.add_argument("paper", choices=PAPERS, metavar=_("PAPER"), help=", ".join(PAPERS))
    parser.add_argument("--blank", action="store_true", help=_("to be filled in by hand; no centre is opened"))
    parser.add_argument(
        "--number", metavar=_("NUMBER"),
        help=_("number of the client, case, referral, complaint, event or group; for the week's list its first day"),
    )  # fmt: skip
    parser.add_argument(
        "--form", metavar=_("NAME"),
        help=_("which questionnaire, such as rss; a blank one of the centre's own needs --centre"),
    )  # fmt: skip
    parser.add_argument("--form-language", default="", metavar=_("LANGUAGE"), help=_("as the form itself calls it"))
    parser.add_argument("--on", metavar=_("DAY"), help=_("day on which the questionnaire was asked, as 2026-11-22"))
    parser.add_argument("--output", required=True, type=Path, metavar=_("FILE"), help=_("where to write; a .pdf"))
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the paper whole or not at all."""
    from reports.kit.files import write_whole
    from reports.papers.copies import write_down
    from resource_centre.services.paper_copies import COMMAND, copy_failed

    if options.output.suffix != ".pdf":
        raise sign_in.CalledWrongly("pdf_ending")
    if options.blank:
        write_whole(options.output, _blank(options).pdf)
        return 0
    _refuse_unknown(options)
    # Beside an open window too: what is added, the trail of what left, is typed in no window.
    with sign_in.open_centre(options, alongside=True) as centre:
        with centre.read() as session:
            record_id, made = _about(session, options)
        with centre.change() as session:
            leaving = write_down(session, made, COMMAND, lambda copy: _made(session, options, record_id, copy))
        try:
            write_whole(options.output, leaving.paper.pdf)
        except EnvironmentFailed:
            with centre.change() as session:
                copy_failed(session, leaving.copies)
            raise
    return 0


def _blank(options: argparse.Namespace) -> MadePaper:
    from reports.papers.kinds import make_blank

    if options.paper not in BLANK:
        raise sign_in.CalledWrongly("not_blank")
    if options.paper == "questionnaire":
        return _blank_questionnaire(options)
    return make_blank(options.paper, language=options.language or language())


def _blank_questionnaire(options: argparse.Namespace) -> MadePaper:
    """From the shelf of the program without a centre; the centre's own version where a centre is named."""
    from reports.papers.kinds import make_blank, make_paper

    if options.form is None:
        raise sign_in.CalledWrongly("which_form")
    spoken = {"form_language": options.form_language}
    if options.centre is None:
        return make_blank("questionnaire", language=options.language or language(), form=options.form, **spoken)
    # What comes with the program is put on the centre's shelf by asking it, not by printing it.
    with sign_in.open_centre(options, alongside=True) as centre, centre.read() as session:
        chosen = options.language or language()
        return make_paper(session, "questionnaire", options.form, language=chosen, blank=True, **spoken)


def _refuse_unknown(options: argparse.Namespace) -> None:
    """What was not told is asked for before a centre is opened."""
    if options.number is None and options.paper not in ("week_list", "village_list"):
        raise sign_in.CalledWrongly("which_number")
    if options.paper == "questionnaire":
        if options.form is None:
            raise sign_in.CalledWrongly("which_form")
        _day(options.on)


def _about(session: Session, options: argparse.Namespace) -> tuple[str | None, MadePaper]:
    """The record the paper is about, and the paper as its next copy."""
    record_id = _record(session, options)
    return record_id, _made(session, options, record_id)


def _made(session: Session, options: argparse.Namespace, record_id: str | None, copy: int | None = None) -> MadePaper:
    from reports.papers.kinds import make_paper

    spoken = {"form_language": options.form_language} if options.paper == "questionnaire" else {}
    return make_paper(session, options.paper, record_id, language=options.language, copy=copy, **spoken)


def _record(session: Session, options: argparse.Namespace) -> str | None:
    from reports.papers.numbers import answers_by, record_for

    if options.paper != "questionnaire":
        return record_for(session, options.paper, options.number)
    return answers_by(session, options.form, options.number, _day(options.on))


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise sign_in.CalledWrongly("day") from None
