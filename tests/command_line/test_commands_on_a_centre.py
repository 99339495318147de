"""Backup, doctor and report on a real centre, as somebody at a terminal meets them."""

import json
from pathlib import Path

import pytest

from db.centre import open_centre
from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls a command for the centre, with the passphrase in a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object, login: str = LOGIN) -> int:
        who = ["--centre", centre_folder, "--login", login, "--passphrase-file", secret, "--language", "en"]
        return main([*map(str, words), *map(str, who)])

    return run


def test_a_backup_opens_with_the_same_passphrase(call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("backup") == 0
    folder = Path(capsys.readouterr().out.strip().partition(": ")[2])
    with open_centre(folder, login=LOGIN, passphrase=PASSPHRASE) as again, again.read() as session:
        assert session.info["viewer"].role == "coordinator"


def test_the_doctor_finds_a_new_centre_whole(call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("doctor") == 0
    assert "whole" in capsys.readouterr().out


def test_the_doctor_finds_a_row_changed_behind_the_logs_back(
    call, centre_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from db.engine import connect_raw
    from db.folder import DATABASE
    from db.keys import read_slots

    key = read_slots(centre_folder).open(LOGIN, PASSPHRASE).key
    connection = connect_raw(centre_folder / DATABASE, key)
    connection.execute("UPDATE account SET name = 'Somebody Else'")
    connection.close()
    assert call("doctor") == 3
    said = capsys.readouterr()
    assert "Records against the change log: NOT in order\n  account " in said.out
    assert "Somebody" not in said.out + said.err


def test_the_doctor_looks_while_the_windows_are_open(centre, call, capsys: pytest.CaptureFixture[str]) -> None:
    with centre.read():
        assert call("doctor") == 0
    assert capsys.readouterr().err == ""


def test_a_wrong_name_or_passphrase_gives_no_hint_which(call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("doctor", login="nobody") == 3
    assert capsys.readouterr().err == "The sign-in name or the passphrase is not right.\n"


def test_the_month_is_printed_or_written_as_figures(call, tmp_path: Path) -> None:
    paper, figures = tmp_path / "october.pdf", tmp_path / "october.json"
    assert call("report", "monthly", "--month", "2026-10", "--output", paper) == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert call("report", "monthly", "--month", "2026-10", "--output", figures) == 0
    assert json.loads(figures.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("month", "name", "code"),
    [("2026-13", "a.pdf", 2), ("October", "a.pdf", 2), ("2026-10", "a.docx", 2), ("2026-10", "nowhere/a.pdf", 3)],
)
def test_a_report_that_cannot_be_written_is_said_so(
    call, tmp_path: Path, month: str, name: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("report", "monthly", "--month", month, "--output", tmp_path / name) == code
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / name).exists()
