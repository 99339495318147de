# SPDX-License-Identifier: Apache-2.0
"""Questionnaires as papers from a terminal: from the shelf, from a file, and with the answers of a client."""

import datetime as dt
from pathlib import Path

import pytest

from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"
FORM = """
| settings | | | | |
| | form_title | form_id | version | default_language |
| | Boissons | drinks | 3 | Français (fr) |
| survey | | | | |
| | type | name | label::Français (fr) | label::English (en) |
| | text | q | Que buvez-vous ? | What do you drink? |
"""


def words_of(path: Path) -> str:
    """What can be read on the pages."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path.read_bytes())
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Where the paper is written."""
    return tmp_path / "paper.pdf"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A form of one's own in two languages."""
    file = tmp_path / "drinks.md"
    file.write_text(FORM, encoding="utf-8")
    return file


@pytest.fixture
def signed_in(centre_folder: Path, tmp_path: Path) -> list[str]:
    """How a command is told which centre and who."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return ["--centre", str(centre_folder), "--login", LOGIN, "--passphrase-file", str(secret)]


@pytest.fixture
def number(centre_folder: Path) -> str:
    """The number of a client who was asked about her mood."""
    from db.centre import open_centre
    from resource_centre.records import Person
    from resource_centre.services.intake import register_intake
    from resource_centre.services.questionnaires import newest_version
    from resource_centre.services.responses import save_response

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        who = {"full_name": "Siti Aminah", "sex": "P"}
        person_id = register_intake(session, person=who, on=dt.date(2026, 11, 2)).person_id
        version = newest_version(session, "phq2").id
        about = {"person_id": person_id, "asked_on": dt.date(2026, 11, 12)}
        save_response(session, None, version_id=version, answers={}, state="begun", **about)
        return str(session.get_one(Person, person_id).number)


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Survei Keberlanjutan"), ("en", "Reintegration Sustainability")]
)
def test_a_blank_one_of_the_program_needs_no_centre(paper: Path, language: str, words: str) -> None:
    called = ["paper", "questionnaire", "--blank", "--form", "rss", "--language", language, "--output", str(paper)]
    assert main(called) == 0
    assert words in words_of(paper)


def test_a_blank_one_from_the_shelf_of_a_centre_bears_its_name(paper: Path, signed_in: list[str]) -> None:
    called = ["paper", "questionnaire", "--blank", "--form", "who5", "--language", "en", "--output", str(paper)]
    assert main([*called, *signed_in]) == 0
    assert "Pusat Layanan" in words_of(paper)


def test_a_form_in_a_file_is_written_in_a_language_of_its_own(form: Path, paper: Path) -> None:
    called = ["questionnaire", "print", str(form), "--form-language", "Français (fr)", "--output", str(paper)]
    assert main(called) == 0
    assert "Que buvez-vous ?" in words_of(paper)


def test_a_form_in_a_file_is_written_in_the_language_of_the_command(form: Path, paper: Path) -> None:
    called = ["questionnaire", "print", str(form), "--language", "en", "--heading", "Centre Sasak"]
    assert main([*called, "--output", str(paper)]) == 0
    words = words_of(paper)
    assert "What do you drink?" in words
    assert "Centre Sasak" in words


def test_a_number_and_a_form_give_the_answers(paper: Path, signed_in: list[str], number: str) -> None:
    called = ["paper", "questionnaire", "--form", "phq2", "--number", number, "--on", "2026-11-12", "--language", "en"]
    assert main([*called, "--output", str(paper), *signed_in]) == 0
    assert number in words_of(paper)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--blank",), 2),
        (("--blank", "--form", "no_such_form"), 1),
        (("--form", "rss"), 2),
        (("--number", "LTM-26-A1-C0009-X"), 2),
        (("--form", "rss", "--number", "LTM-26-A1-C0009-X"), 1),
        (("--form", "rss", "--number", "LTM-26-A1-C0009-X", "--on", "yesterday"), 2),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    paper: Path, signed_in: list[str], words: tuple[str, ...], code: int
) -> None:
    who = [] if "no_such_form" in words else signed_in
    assert main(["paper", "questionnaire", *words, "--language", "en", "--output", str(paper), *who]) == code
    assert not paper.exists()


@pytest.mark.parametrize(
    ("file", "words", "code"),
    [("missing.md", (), 3), ("drinks.md", ("--form-language", "Sasak"), 2), ("broken.md", (), 1)],
)
def test_a_form_that_cannot_be_read_is_said_and_nothing_is_written(
    form: Path, paper: Path, file: str, words: tuple[str, ...], code: int
) -> None:
    (form.parent / "broken.md").write_text("| survey | |\n| | type |\n| | teleport |\n", encoding="utf-8")
    called = ["questionnaire", "print", str(form.parent / file), *words, "--language", "en", "--output", str(paper)]
    assert main(called) == code
    assert not paper.exists()
