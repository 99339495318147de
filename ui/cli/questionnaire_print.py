# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire print`: a form from a file as a blank paper, to be asked with a pencil."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from resource_centre.i18n import N_, _, language
from ui.cli import sign_in

HELP: Final = N_("write a form (XLSForm) as a blank paper; no centre is opened")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which form, in which of its languages, and where to write it."""
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the form: .xlsx, .xls, .csv or .md"))
    parser.add_argument("--output", required=True, type=Path, metavar=_("FILE"), help=_("where to write; a .pdf"))
    parser.add_argument("--form-language", default="", metavar=_("LANGUAGE"), help=_("as the form itself calls it"))
    parser.add_argument(
        "--heading", default="", metavar=_("WORDS"), help=_("what stands above the title, such as the centre's name")
    )


def run(options: argparse.Namespace) -> int:
    """Read the form, and write its paper whole or not at all."""
    from reports.kit.files import write_whole
    from reports.papers.kinds import make_blank
    from resource_centre.questionnaires.reading import read_form

    if options.output.suffix != ".pdf":
        raise sign_in.CalledWrongly("pdf_ending")
    form = read_form(options.file)
    chosen = options.language or language()
    spoken = options.form_language
    if spoken and spoken not in form.languages:
        raise sign_in.CalledWrongly("form_language")
    made = make_blank("questionnaire", language=chosen, centre=options.heading, form=form, form_language=spoken)
    write_whole(options.output, made.pdf)
    return 0
