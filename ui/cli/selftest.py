# SPDX-License-Identifier: Apache-2.0
"""`resource-centre selftest`: does everything the program needs work on this computer?

It makes a centre of its own in a temporary folder, uses it, and leaves nothing behind. The bundle that users install
is tested by it, from an empty folder.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.errors import Bug, EnvironmentFailed
from resource_centre.i18n import LANGUAGES, N_, _

if TYPE_CHECKING:
    from db.centre import Centre

FORM: Final = """
| survey |
| | type | name | label::English (en) | calculation |
| | integer | days | Days | |
| | calculate | weeks | | ${days} * 7 |
"""

HELP: Final = N_("try out on this computer everything the program needs")
NAME: Final = "Siti Percobaan"
VILLAGE: Final = "52.03.14.2001"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder to try in, when not the system's own."""
    parser.add_argument(
        "--in", dest="place", type=Path, metavar=_("FOLDER"), help=_("where to try (else a new folder)")
    )


def run(options: argparse.Namespace) -> int:
    """Do each step and say how long it took; the first that fails ends it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="resource-centre-", dir=options.place) as folder:
        trial = Trial(Path(folder))
        try:
            for words, step in trial.steps():
                started = time.perf_counter()
                step()
                print(f"{_(words)}: {_('works')} ({time.perf_counter() - started:.1f} s)", flush=True)
        finally:
            trial.close()
    print(_("Everything works on this computer."))
    return 0


class Trial:
    """The steps, in their order; each leaves what the next needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = folder / "centre"
        self.passphrase = secrets.token_urlsafe(16)
        self.recovery = ""
        self.centre: Centre | None = None

    def steps(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What is tried, in words, and how."""
        return (
            (N_("A new encrypted centre"), self.make),
            (N_("A wrong passphrase is refused, the right one opens"), self.sign_in),
            (N_("An intake is saved"), self.save),
            (N_("A person is found"), self.search),
            (N_("The records agree with the trail"), self.examine),
            (N_("A backup"), self.back_up),
            (N_("Papers in every language"), self.print_papers),
            (N_("A report as every kind of file, with a password"), self.write_files),
            (N_("Photos and a PDF are attached"), self.attach),
            (N_("A pairing card is read from a picture"), self.read_card),
            (N_("A questionnaire is read, asked and written"), self.ask),
            (N_("A window in every language"), self.show_windows),
        )

    def make(self) -> None:
        """Create the file, migrate it to today's tables, write the first rows; nothing readable may be in it."""
        from db.centre import AccountAnswers, CentreAnswers, create_centre

        profile = CentreAnswers(name="Percobaan", place_code="52.03", site_code="TRY")
        account = AccountAnswers(login="percobaan", name="Percobaan")
        centre, recovery = create_centre(self.at, profile=profile, account=account, passphrase=self.passphrase)
        self.recovery = recovery.text
        centre.close()
        for file in self.at.rglob("*"):
            _expect(not file.is_file() or b"SQLite format" not in file.read_bytes()[:16])

    def sign_in(self) -> None:
        """Open it as a person would."""
        from db.centre import open_centre

        try:
            open_centre(self.at, login="percobaan", passphrase=self.passphrase[::-1]).close()
        except EnvironmentFailed as refusal:
            _expect(refusal.code == "wrong_passphrase")
        else:
            raise Bug("bug")
        self.centre = open_centre(self.at, login="percobaan", passphrase=self.passphrase)

    def save(self) -> None:
        """Register somebody who does not exist."""
        from resource_centre.services.intake import register_intake

        with self._centre().change() as session:
            register_intake(
                session,
                person={"full_name": NAME, "sex": "P", "birth_date": "1990-05"},
                address={"village_code": VILLAGE},
            )

    def search(self) -> None:
        """Find them by a part of the name."""
        from db.search import find_people

        with self._centre().read() as session:
            _expect(len(list(find_people(session, NAME[5:11]))) == 1)

    def examine(self) -> None:
        """Prove the log."""
        from db.doctor import examine

        _expect(all(result.well for result in examine(self._centre())))

    def back_up(self) -> None:
        """Write a checked copy."""
        _expect((self._centre().backup() / "centre.db").stat().st_size > 0)

    def print_papers(self) -> None:
        """The month's report and the recovery sheet as PDF, in each language."""
        from reports.recovery_sheet import draw_recovery_sheet
        from resource_centre.clock import today
        from ui.cli.report import write_report

        month = (today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        sizes = set()
        for language in LANGUAGES:
            paper = self.folder / f"{language}.pdf"
            write_report(self._centre(), month=month, language=language, output=paper)
            sheet = self.folder / f"sheet-{language}.pdf"
            draw_recovery_sheet(sheet, centre_name="Percobaan", recovery=self.recovery, language=language)
            _expect(all(file.read_bytes().startswith(b"%PDF") for file in (paper, sheet)))
            sizes.add(paper.stat().st_size)
        _expect(len(sizes) == len(LANGUAGES))

    def write_files(self) -> None:
        """Encrypted, so that nothing in them is readable."""
        from reports.data import ENDINGS, write
        from reports.monthly.figures import monthly_figures
        from reports.monthly.report import report_of
        from resource_centre.clock import today

        with self._centre().read() as session:
            report = report_of(monthly_figures(session, f"{today():%Y-%m}"), LANGUAGES[0])
        for ending in ENDINGS:
            for file in write(report, self.folder / f"report{ending}", password=self.passphrase).files:
                _expect(b"<table" not in file.read_bytes())

    def attach(self) -> None:
        """Every kind of picture, and one of the papers, kept with the person and read again."""
        from PIL import Image

        from db.search import find_people
        from resource_centre.services.attachments import attach, attachments_of, content_of

        files = {kind: BytesIO() for kind in ("JPEG", "PNG", "WEBP", "TIFF")}
        for kind, file in files.items():
            Image.new("RGB", (320, 200), "white").save(file, kind)
        paper = (self.folder / "id.pdf").read_bytes()
        with self._centre().change() as session:
            person_id = find_people(session, NAME)[0].id
            for content in (*(file.getvalue() for file in files.values()), paper):
                attach(session, person_id, content, title=NAME)
        with self._centre().read() as session:
            kept = attachments_of(session, person_id)
            _expect(len(kept) == len(files) + 1)
            _expect(all(content_of(session, one.id).content and one.preview for one in kept))

    def read_card(self) -> None:
        """A card of this centre as a square code, photographed."""
        from PIL import Image
        from sqlalchemy import select

        from db.exchange import pairing
        from db.exchange.card_files import read_card_file
        from reports.kit.qr import squares
        from resource_centre.records import Account

        with self._centre().change() as session:
            account = session.scalars(select(Account.id)).one()
            card = pairing.invite(session, pairing.Invited(NAME, account_id=account))
        lines = squares(card)
        code = Image.new("L", (len(lines), len(lines)))
        code.putdata([0 if dark else 255 for line in lines for dark in line])
        wall = Image.new("L", (len(lines) * 6, len(lines) * 6), "white")
        wall.paste(code.resize((len(lines) * 4, len(lines) * 4)), (len(lines), len(lines)))
        photo = self.folder / "card.jpg"
        wall.save(photo)
        _expect(read_card_file(photo) == card)

    def ask(self) -> None:
        """A form in a workbook, with an expression, through everything that reads and asks it."""
        from resource_centre.questionnaires.live import LiveForm
        from resource_centre.questionnaires.reading import read_form
        from resource_centre.questionnaires.writing import workbook_of

        form = read_form(FORM, name="trial")
        _expect(read_form(workbook_of(form), name="trial") == form)
        live = LiveForm(form)
        live.answer("days", "3")
        _expect(live.state("weeks").value == "21")

    def show_windows(self) -> None:
        """The program's own window on this centre, drawn without a screen."""
        from db.centre import open_centre
        from ui.cli.pictures import picture_of_program

        for language in LANGUAGES:
            centre = open_centre(self.at, login="percobaan", passphrase=self.passphrase, alongside=True)
            _expect(picture_of_program(centre, language=language, settings=self.folder / "settings.ini"))

    def close(self) -> None:
        """Let go of the file, so that the folder can be removed."""
        if self.centre is not None:
            self.centre.close()

    def _centre(self) -> Centre:
        if self.centre is None:
            raise Bug("bug")
        return self.centre


def _expect(so: bool) -> None:
    if not so:
        raise Bug("bug")
