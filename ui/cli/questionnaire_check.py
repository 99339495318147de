# SPDX-License-Identifier: Apache-2.0
"""`resource-centre questionnaire check`: whether a form can be asked, and what is wrong with it where."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from resource_centre.questionnaires.form import Form
    from resource_centre.questionnaires.refusals import FormRefused

HELP: Final = N_("say whether a form (XLSForm) can be asked here, and what is wrong with it where")
REFUSED: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which form, and how the answer is written."""
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the form: .xlsx, .xls, .csv or .md"))
    parser.add_argument(
        "--with",
        dest="companions",
        type=Path,
        action="append",
        default=[],
        metavar=_("FILE"),
        help=_("a list that the form takes from a file (.csv, .geojson, .xml); may be given several times"),
    )
    parser.add_argument("--json", action="store_true", help=_("write what was found for other programs"))


def run(options: argparse.Namespace) -> int:
    """Read the form and say what it is; raises FormRefused unless it is to be told as JSON."""
    from resource_centre.questionnaires.reading import read_form
    from resource_centre.questionnaires.refusals import FormRefused

    try:
        form = read_form(options.file, companions={path.name: _bytes(path) for path in options.companions})
    except FormRefused as refused:
        if not options.json:
            raise
        print(json.dumps(_refusal(refused), ensure_ascii=False, indent=1))
        return REFUSED
    print(json.dumps(_facts(form), ensure_ascii=False, indent=1) if options.json else "\n".join(_lines(form)))
    return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as reason:
        raise EnvironmentFailed("file_missing") from reason
    except OSError as reason:
        raise EnvironmentFailed("file_unreadable") from reason


def _facts(form: Form) -> dict[str, object]:
    questions = list(form.questions())
    return {
        "accepted": True,
        "form_id": form.name,
        "title": form.title,
        "version": form.version,
        "questions": len(questions),
        "asked": sum(question.asked and question.kind != "note" for question in questions),
        "languages": [language for language in form.languages if language],
        "warnings": list(form.warnings),
    }


def _refusal(refused: FormRefused) -> dict[str, object]:
    problems = [
        {
            "sheet": getattr(one, "sheet", ""),
            "row": getattr(one, "row", 0),
            "column": getattr(one, "column", ""),
            "code": one.code,
            "words": one.words(),
        }
        for one in refused.problems
    ]
    return {"accepted": False, "code": refused.code, "words": refused.words(), "problems": problems}


def _lines(form: Form) -> list[str]:
    asked = sum(question.asked and question.kind != "note" for question in form.questions())
    names = ", ".join(language for language in form.languages if language)
    lines = [
        _("{title} ({name}), version {version}").format(
            title=form.title, name=form.name, version=form.version or _("not given")
        ),
        ngettext("{n} question is asked", "{n} questions are asked", asked).format(n=asked),
    ]
    if names:
        lines.append(_("languages: {names}").format(names=names))
    lines.append(_("This form can be asked."))
    if form.warnings:
        lines.append(_("Please note:"))
        lines += [f"  {warning}" for warning in form.warnings]
    return lines
