# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire form`: the form asked now as an XLSForm, for Kobo or to be changed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from resource_centre.i18n import N_, _
from ui.cli import sign_in

HELP: Final = N_("write the form that is asked now as an XLSForm, for Kobo or to be changed")
ENDINGS: Final = (".xlsx", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which questionnaire, and where to write it."""
    parser.add_argument("name", metavar=_("NAME"), help=_("the questionnaire, for example rss"))
    parser.add_argument("--output", required=True, type=Path, metavar=_("FILE"), help=_("where to write; .xlsx or .md"))
    sign_in.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write it whole or not at all."""
    from reports.kit.files import write_whole
    from resource_centre.questionnaires.writing import as_markdown, workbook_of
    from resource_centre.services.questionnaires import form_of, newest_version

    if options.output.suffix not in ENDINGS:
        raise sign_in.CalledWrongly("form_ending")
    with sign_in.open_centre(options) as centre, centre.change() as session:
        form = form_of(session, newest_version(session, options.name).id)
    content = workbook_of(form) if options.output.suffix == ".xlsx" else as_markdown(form).encode()
    write_whole(options.output, content)
    return 0
