"""`resource-centre import`, typed."""

import json

import pytest

from ui.cli.main import main


@pytest.fixture(autouse=True)
def _nobody_is_signed_in(monkeypatch):
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


def test_a_dry_run_needs_no_centre_and_writes_what_was_understood(makassar, tmp_path, capsys):
    out = tmp_path / "out.json"
    assert main(["import", str(makassar), "--dry-run", "--json", str(out), "--language", "en"]) == 0
    said = json.loads(out.read_text())
    assert [row["row"] for row in said["rows"]] == [5, 6, 2, 3, 3, 4]
    assert set(said["rows"][0]) >= {"sheet", "row", "status", "person", "values", "problems"}
    assert said["rows"][0]["values"]["country"] == "SAU"
    assert said["rows"][0]["values"]["returned"] == "2026-03-29"
    printed = capsys.readouterr().out
    assert "Returnees: register of returnees, headings in line 4, 2 rows" in printed
    assert "Rosmiati" not in printed


def test_problems_are_said_by_sheet_line_and_column_without_what_stands_there(blitar, capsys):
    assert main(["import", str(blitar), "--dry-run", "--language", "en"]) == 0
    printed = capsys.readouterr().out
    assert "Lembar 1 14 B Identitas - NIK: The spreadsheet kept this NIK as a number" in printed
    assert "3505011205880000" not in printed
    assert "Salinan lama: a hidden sheet, left out" in printed


def test_a_register_is_taken_in_and_undone(makassar, centre_folder, tmp_path, capsys):
    secret = tmp_path / "passphrase"
    secret.write_text("kopi hangat di pagi hari\n")
    door = ["--centre", str(centre_folder), "--login", "ibu.ratna", "--passphrase-file", str(secret)]
    assert main(["import", str(makassar), *door, "--language", "en"]) == 0
    printed = capsys.readouterr().out
    number = printed.rpartition("--undo ")[2].strip()
    assert main(["import", str(makassar), *door, "--language", "en"]) == 0
    assert "Nothing new in this file; nothing was changed." in capsys.readouterr().out
    assert main(["import", "--undo", number, *door, "--language", "en"]) == 0
    assert "18 records are no longer valid." in capsys.readouterr().out
    assert main(["import", "--undo", number, *door, "--language", "en"]) == 1


def test_a_column_is_told_on_the_command_line(tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_text("Kapan;Nama;NIK;Negara\n13/01/2026;Budi;3505011205880003;Oman\n")
    out = tmp_path / "out.json"
    call = ["import", str(file), "--dry-run", "--json", str(out), "--language", "en"]
    assert main(call) == 0
    assert json.loads(out.read_text())["rows"][0]["values"]["reported"] is None
    assert main([*call, "--column", "Kapan=reported"]) == 0
    assert json.loads(out.read_text())["rows"][0]["values"]["reported"] == "2026-01-13"
    assert main([*call, "--column", "Kapan"]) == 2


def test_a_file_that_is_no_register_is_refused_in_words(tmp_path, capsys):
    file = tmp_path / "a.xlsx"
    file.write_text("not a workbook")
    assert main(["import", str(file), "--dry-run", "--language", "en"]) == 1
    assert "called a workbook but is not one" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "nowhere.xlsx"), "--dry-run", "--language", "en"]) == 3
    assert main(["import", "--dry-run", "--language", "en"]) == 2


def test_the_answer_cannot_be_written_into_a_folder_that_is_not_there(makassar, tmp_path, capsys):
    out = tmp_path / "nowhere" / "out.json"
    assert main(["import", str(makassar), "--dry-run", "--json", str(out), "--language", "en"]) == 3


def test_the_form_for_telephones_is_written_for_villages(tmp_path, capsys):
    from openpyxl import load_workbook

    form = tmp_path / "village.xlsx"
    assert main(["import", "--phone-form", str(form), "--village", "52.03.01.2001"]) == 0
    book = load_workbook(form)
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert main(["import", "--phone-form", str(form), "--village", "nowhere", "--language", "en"]) == 1
    assert "villages" in capsys.readouterr().err
