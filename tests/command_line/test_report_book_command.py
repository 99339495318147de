"""`resource-centre report book` on a real centre: the pages that were picked in the window, made by command."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from resource_centre.records import PaperCopy
from resource_centre.services.report_book import Plan, save_page
from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls the command for the centre, with the passphrase in a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> int:
        who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", secret, "--language", "en"]
        return main(["report", "book", "--month", "2026-10", *map(str, words), *map(str, who)])

    return run


@pytest.fixture
def book(centre):
    """Two pages in the book."""
    with centre.change() as session:
        save_page(session, "Sessions by sex", Plan("attended", rows="sex"))
        save_page(session, "Thirteen months", Plan("served", count=13, shown="lines"))


def test_all_pages_are_written_and_the_trail_says_so(call, book, centre, tmp_path, capsys) -> None:
    file = tmp_path / "book.csv"
    assert call("--output", file) == 0
    lines = list(csv.DictReader(StringIO(file.read_text("utf-8-sig"), newline="")))
    assert len({line["table"] for line in lines}) == 2
    assert "Written" in capsys.readouterr().out
    with centre.read() as session:
        assert [(one.kind, one.number) for one in session.query(PaperCopy)] == [("report_book", "2026-10")]


@pytest.mark.parametrize("more", [("--audience", "public"), ("--place", "52.03"), ("--project", "ILO-26")])
def test_the_book_is_internal_and_its_pages_say_what_they_are_about(call, book, tmp_path, more, capsys) -> None:
    file = tmp_path / "book.csv"
    assert call("--output", file, *more) == 2
    assert "internal" in capsys.readouterr().err
    assert not file.exists()


def test_an_empty_book_is_said_to_be_empty(call, centre, tmp_path, capsys) -> None:
    centre.close()
    assert call("--output", tmp_path / "book.pdf") == 2
    assert "empty" in capsys.readouterr().err
