# SPDX-License-Identifier: Apache-2.0
"""Which centre, which account, and the passphrase: asked for, from the environment or from a file.

Never an argument: other programs on the machine can read the arguments of this one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.errors import CentreError, EnvironmentFailed
from resource_centre.i18n import N_, _

if TYPE_CHECKING:
    from db.centre import Centre

CENTRE: Final = "RESOURCE_CENTRE_FOLDER"
LOGIN: Final = "RESOURCE_CENTRE_LOGIN"
PASSPHRASE: Final = "RESOURCE_CENTRE_PASSPHRASE"  # noqa: S105 - the variable's name, not what is in it


class CalledWrongly(CentreError):
    """The command was not told what it needs to know."""

    texts = {
        "which_centre": N_("Which centre? Name its folder with --centre."),
        "which_login": N_("Who is this? Name the account with --login."),
        "which_passphrase": N_("There is nobody to ask for the passphrase. Give it with --passphrase-file."),
        "which_output": N_("Where do the pairs go? Name a file with --output."),
        "which_file": N_("Which file? Name the register."),
        "column": N_("A column is told as HEADING=FIELD, for example 'Tgl Datang=reported'."),
        "month": N_("This is not a month. Write for example 2026-10."),
        "pdf_ending": N_("The file's ending says what is written: .pdf."),
        "not_blank": N_("This paper is never blank. Say with --number whom it is about."),
        "which_number": N_("About whom? Name a number with --number, or ask for a --blank form."),
        "which_form": N_("Which questionnaire? Name it with --form, for example --form rss."),
        "form_language": N_("The form has no language of this name."),
        "day": N_("This is not a day. Write for example 2026-11-22."),
        "ending": N_("The file's ending says what is written: .pdf, .html, .xlsx, .csv, .hxl.csv or .json."),
        "json_ending": N_("The figures of training are written as .json. On paper they are in the month's report."),
        "one_period": N_("Of which time? Name a month, a year, or the first and the last day; only one of these."),
        "turned_period": N_("The first day comes after the last one."),
        "quarter": N_("This is not a quarter. Write for example 2026-Q3."),
        "half": N_("This is not a half-year. Write for example 2026-H1."),
        "year": N_("This is not a year. Write for example 2026."),
        "place": N_("No place has this code. Write for example 52.03 for a regency."),
        "project": N_("No project and no record has this code."),
        "threshold": N_("Small numbers are left out only for publication. Add --audience public."),
        "with_words": N_("What was written to the month is left out only for publication. Add --audience public."),
        "book_only": N_("The report book is internal, and each of its pages says what place or project it is about."),
        "book_empty": N_("The report book is empty. Pages are picked in the window, under Reports."),
        "training_only": N_("The figures of training are those of the whole centre, without a password."),
        "which_password": N_("There is nobody to ask for the password. Give it with --password-file."),
        "password_twice": N_("The two passwords are not the same."),
        "form_ending": N_("The file's ending says what is written: .xlsx or .md."),
        "export_ending": N_("The file's ending says what is written: .xlsx, .csv or .zip."),
        "which_partner": N_("Which computer? Name its two signs with --to or --with; pair list shows them."),
        "which_partner_site": N_("Two computers have these signs. Name the long code that pair list shows."),
        "laptop_or_centre": N_("For whom is the card? Name the laptop's account with --account, or say --for-centre."),
        "no_such_login": N_("Nobody here has this sign-in name."),
        "which_card": N_("Which card? Name it with --card; pair list shows those that wait for an answer."),
        "no_such_card": N_("No card of this name waits for an answer."),
        "every_village": N_("This computer holds every village; there is none to choose."),
        "laptop_only": N_("This is for a village laptop. A centre has nothing to be repaired in this way."),
        "passphrase_twice": N_("The two passphrases are not the same."),
        "which_value": N_("A value is named as the list shows it, for example 0123456789abc:17."),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that opens a centre."""
    parser.add_argument(
        "--centre",
        type=Path,
        metavar=_("FOLDER"),
        help=_("folder of the centre (else the variable {name})").format(name=CENTRE),
    )
    parser.add_argument(
        "--login", metavar=_("NAME"), help=_("sign-in name (else the variable {name})").format(name=LOGIN)
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar=_("FILE"),
        help=_("file whose first line is the passphrase (else the variable {name}, else you are asked)").format(
            name=PASSPHRASE
        ),
    )


def open_centre(options: argparse.Namespace, *, alongside: bool = False) -> Centre:
    """The centre the arguments name; `alongside` to look, and to write down what left, beside a program that has
    it open."""
    from db.centre import open_centre as open_folder

    return open_folder(folder(options), login=_login(options), passphrase=_passphrase(options), alongside=alongside)


def folder(options: argparse.Namespace) -> Path:
    """The folder of the centre, whether there is one already or not."""
    named = options.centre or os.environ.get(CENTRE)
    if not named:
        raise CalledWrongly("which_centre")
    return Path(named)


def _login(options: argparse.Namespace) -> str:
    named = options.login or os.environ.get(LOGIN)
    if named:
        return str(named)
    if not sys.stdin.isatty():
        raise CalledWrongly("which_login")
    return input(_("Sign-in name: ")).strip()


def _passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_file is not None:
        return first_line(options.passphrase_file)
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CalledWrongly("which_passphrase")
    return getpass.getpass(_("Passphrase: "))


def new_passphrase(options: argparse.Namespace) -> str:
    """The passphrase of an account whose folder is being made: asked for twice where somebody types it."""
    asked = options.passphrase_file is None and PASSPHRASE not in os.environ
    given = _passphrase(options)
    if asked and getpass.getpass(_("The passphrase once more: ")) != given:
        raise CalledWrongly("passphrase_twice")
    return given


def first_line(file: Path) -> str:
    """What a file with a secret says; raises `EnvironmentFailed` when it cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise EnvironmentFailed("file_missing") from None
    except (OSError, UnicodeDecodeError):
        raise EnvironmentFailed("file_unreadable") from None
    return lines[0] if lines else ""


def day(text: str | None) -> dt.date | None:
    """A day as it was typed; None for none. Raises `CalledWrongly` `day` for what is no day."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise CalledWrongly("day") from None
