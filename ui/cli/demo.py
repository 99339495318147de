# SPDX-License-Identifier: Apache-2.0
"""`resource-centre demo`: an invented centre, from a counsellor's spreadsheet to the printed month.

Everything goes through the services the windows use. What it makes lies in one folder and may be thrown away.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import LANGUAGES, N_, _, language
from ui.cli.invented import SEED, last_month, people, write_register

if TYPE_CHECKING:
    from db.centre import Centre
    from ui.cli.demo_day import Day

HELP: Final = N_("make an invented centre, work a day in it, print last month, and open it")
LOGIN: Final = "ratna"
PASSPHRASE: Final = "semua orang di sini rekaan"  # noqa: S105 - of a centre of invented people; it is printed
PARTICIPANTS: Final = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to put everything, and whether to open the window at the end."""
    parser.add_argument(
        "--into", type=Path, default=Path("out"), metavar=_("FOLDER"), help=_("where to put it all (else: out)")
    )
    parser.add_argument("--no-window", action="store_true", help=_("save pictures instead of opening a window"))


def run(options: argparse.Namespace) -> int:
    """Do it all, say each step in a line, and open the program on the centre."""
    into: Path = options.into
    centre = new_centre(into / "demo")
    with centre:
        bring_in(centre, into)
        day = work(centre)
        for code in LANGUAGES:
            print_month(centre, into, code)
    return look(into, day, window=not options.no_window and has_display())


def new_centre(folder: Path) -> Centre:
    """A new centre in this folder, instead of the one an earlier demo left there; no other is ever removed."""
    from db import folder as centre_folder
    from db.centre import AccountAnswers, CentreAnswers, create_centre

    if centre_folder.is_centre(folder):
        _remove(folder)
    profile = CentreAnswers(
        name="Pusat Layanan Migran Rinjani (rekaan)", place_code="52.03", site_code="DMO", language=language()
    )
    account = AccountAnswers(login=LOGIN, name="Ratna", language=language())
    centre, _recovery = create_centre(folder, profile=profile, account=account, passphrase=PASSPHRASE)
    (folder / "INVENTED.txt").write_text("A demo made this centre. Everybody in it is invented.\n", encoding="utf-8")
    print(_("An invented centre, encrypted, in {folder}").format(folder=folder))
    return centre


def _remove(folder: Path) -> None:
    from db import folder as centre_folder

    if not (folder / "INVENTED.txt").is_file():
        raise EnvironmentFailed("already_a_centre")
    lock = centre_folder.take_lock(folder)
    if lock:
        lock.close()
    shutil.rmtree(folder)


def bring_in(centre: Centre, into: Path) -> None:
    """Write a register as counsellors keep them, and import it."""
    from resource_centre.clock import today
    from resource_centre.registers.importing import import_register

    file = into / "register.xlsx"
    write_register(file, today=today())
    print(_("A register as counsellors keep them: {file}").format(file=file))
    with centre.change() as session:
        counts = import_register(session, file).counts
    told = {
        _("new"): counts.get("new", 0),
        _("already known"): counts.get("known", 0),
        _("for a person to decide"): counts.get("likely_duplicate", 0),
        _("incomplete"): counts.get("incomplete", 0),
    }
    lines = ", ".join(f"{words} {count}" for words, count in told.items())
    print(_("Imported {n} rows: {lines}").format(n=counts["rows"], lines=lines))


def work(centre: Centre) -> Day:
    """An intake and the case that follows, a counselling session, questionnaires, a training, late last month; and what
    else the centre teaches."""
    from resource_centre.clock import today
    from ui.cli.demo_day import record_day
    from ui.cli.demo_learning import record_learning

    day = last_month(today()).replace(day=20)
    everybody = people(random.Random(SEED))  # noqa: S311
    with centre.change() as session:
        done = record_day(session, day=day, participants=everybody[:PARTICIPANTS])
        record_learning(session, done.training_id, day, everybody[PARTICIPANTS:])
    print(_("Recorded: an intake, a counselling session, questionnaires, a training with attendance and scores"))
    print(_("Recorded: trainers and whom they trained, a dialogue, a broadcast, a savings group"))
    return done


def print_month(centre: Centre, into: Path, code: str) -> None:
    """Last month's report in one language."""
    from resource_centre.clock import today
    from ui.cli.report import write_report

    month = last_month(today())
    paper = into / f"report-{month:%Y-%m}-{code}.pdf"
    write_report(centre, month=f"{month:%Y-%m}", language=code, output=paper)
    print(_("Last month's report: {file}").format(file=paper))


def look(into: Path, day: Day, *, window: bool) -> int:
    """Open the program on the centre, or save pictures of its windows where there is no screen."""
    if not window:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from db.centre import open_centre
    from ui.cli import pictures

    centre = open_centre(into / "demo", login=LOGIN, passphrase=PASSPHRASE)
    settings = into / "demo-settings.ini"
    if window:
        print(
            _("The program opens; sign in again with {login} and the passphrase: {passphrase}").format(
                login=LOGIN, passphrase=PASSPHRASE
            )
        )
        return pictures.stay(pictures.open_program(centre, language=language(), settings=settings))
    print(_("There is no screen here, so the windows are saved as pictures instead:"))
    pages: dict[str, object] = {
        "home": None, "front_desk": None, "people": None, "person": day.person_id,
        "intake": ("person", day.person_id), "cases": None, "case": day.case_id, "counselling": day.person_id,
        "follow_ups": None, "referrals": None, "training": day.training_id, "questionnaires": ("rss", "figures"),
        "import": None, "report": None, "settings": None,
    }  # fmt: skip
    for file in pictures.save_pictures(centre, language=language(), folder=into, pages=pages, settings=settings):
        print(f"  {file}")
    return 0


def has_display() -> bool:
    """Whether a window can be shown and what it needs of the system is there."""
    from ui import libraries

    return libraries.has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
