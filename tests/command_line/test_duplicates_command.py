"""Scanning a list for people who are in it twice, from a terminal."""

import csv
import io
from pathlib import Path

import pytest

from ui.cli.main import main

PEOPLE = Path(__file__).parents[1] / "fixtures" / "people" / "list.csv"
FEBRL = """\
rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id
rec-1-org, maya, tolland, 12, wattle street, rose farm, ashgrove, 4060, qld, 19710304, 5550001
rec-1-dup-0, tolland, maya, 12, rose farm, watle street, ashgrove, 4006, qld, 19710304, 5550010
rec-2-org, maya, brennan, 7, kingfisher close, , ashgrove, 4060, qld, 19820911, 5550777
"""


@pytest.fixture
def scan(tmp_path: Path):
    """Scans a list and gives what was written."""

    def run(given: Path | str, *words: str, result: int = 0) -> list[dict[str, str]]:
        if isinstance(given, str):
            (tmp_path / "in.csv").write_text(given, encoding="utf-8")
            given = tmp_path / "in.csv"
        to = tmp_path / "out.csv"
        called = ("duplicates", "scan", "--input", str(given), "--output", str(to), "--language", "en", *words)
        assert main(called) == result
        return list(csv.DictReader(io.StringIO(to.read_text("utf-8")))) if to.exists() else []

    return run


def test_pairs_are_written_with_score_and_reasons(scan, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = scan(PEOPLE)
    assert list(pairs[0]) == ["a", "b", "score", "reasons"]
    assert all(pair["a"] < pair["b"] and 0.5 <= float(pair["score"]) <= 1 for pair in pairs)
    assert any("the same name; " in pair["reasons"] for pair in pairs)
    said = capsys.readouterr()
    assert f"{len(pairs)} pairs are likely one person" in said.err
    assert said.out == ""


def test_without_numbers_no_reason_is_a_number(scan) -> None:
    assert any("NIK" in pair["reasons"] for pair in scan(PEOPLE))
    pairs = scan(PEOPLE, "--without-numbers")
    assert pairs
    assert not any("NIK" in pair["reasons"] or "passport" in pair["reasons"] for pair in pairs)


def test_reasons_can_be_codes(scan) -> None:
    reasons = {code for pair in scan(PEOPLE, "--codes") for code in pair["reasons"].split("; ")}
    assert "same_birth" in reasons
    assert all(code.replace("_", "").isalpha() for code in reasons)


def test_headings_of_other_lists_are_understood(scan) -> None:
    (pair,) = scan(FEBRL)
    assert (pair["a"], pair["b"]) == ("rec-1-dup-0", "rec-1-org")
    assert "a NIK that differs in one digit" in pair["reasons"]


def test_an_indonesian_register_with_semicolons_is_understood(scan, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Nama Lengkap;Tgl Lahir;Desa;Catatan\nSiti Aminah;17-05-1984;Suralaga;x\nSt. Amina;17/5/1984;Suralaga;\n"
    (pair,) = scan(text)
    assert (pair["a"], pair["b"]) == ("2", "3"), "without a column of ids a record is called by its line"
    assert "columns not recognised: Catatan" in capsys.readouterr().err


def test_a_list_of_nobody_has_no_pairs(scan) -> None:
    assert scan("id,name\n") == []


def test_a_list_without_names_is_refused(scan, capsys: pytest.CaptureFixture[str]) -> None:
    scan("id,colour\n1,red\n", result=1)
    assert "no heading for names" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"\xff\xfe\x00name", b"name\n\x00\n" + b'"' + b"x" * 200_000])
def test_a_file_that_is_no_list_is_refused_in_words(scan, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    scan(tmp_path / "odd.csv", result=3)


def test_a_file_that_is_not_there_is_said(scan, tmp_path: Path) -> None:
    scan(tmp_path / "nowhere.csv", result=3)


def test_nothing_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert main(("duplicates", "scan", "--input", str(PEOPLE), "--output", str(tmp_path / "folder"))) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
