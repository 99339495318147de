"""Files that are no registers: each gets a sentence that says what to do, and nothing is read half."""

import zipfile

import pytest
from openpyxl import Workbook

from resource_centre.errors import EnvironmentFailed
from resource_centre.registers.files import read_book
from resource_centre.registers.read import Circumstances, read_register
from resource_centre.registers.refusals import FileRefused


def _refusal(path):
    with pytest.raises(FileRefused) as caught:
        read_book(path)
    assert caught.value.words().endswith(".")
    return caught.value.code


def _file(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_text_file_that_is_called_a_workbook(tmp_path):
    assert _refusal(_file(tmp_path, "a.xlsx", b"Nama;NIK\nBudi;35")) == "not_a_workbook"


def test_a_workbook_behind_a_password(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert _refusal(_file(tmp_path, "a.xlsx", content)) == "encrypted"


def test_an_old_excel_file_whatever_it_is_called(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le")
    assert _refusal(_file(tmp_path, "a.xls", content)) == "old_excel"
    assert _refusal(_file(tmp_path, "b.xlsx", content)) == "old_excel"


def test_a_web_page_that_is_called_a_spreadsheet(tmp_path):
    assert _refusal(_file(tmp_path, "a.xls", b"<html><table><tr><td>Nama")) == "html"


def test_an_empty_file(tmp_path):
    assert _refusal(_file(tmp_path, "a.xlsx", b"")) == "empty_file"
    assert _refusal(_file(tmp_path, "a.csv", b" \n")) == "empty_file"


def test_a_picture(tmp_path):
    assert _refusal(_file(tmp_path, "a.png", b"\x89PNG\r\n")) == "unknown_ending"
    assert _refusal(_file(tmp_path, "a.csv", b"Nama\0\0\x01\x02")) == "not_text"


def test_other_zip_files(tmp_path):
    for name, parts, code in (
        ("a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
        ("a.xlsb", {"xl/workbook.bin": "x"}, "binary_excel"),
        ("a.docx", {"word/document.xml": "<x/>"}, "not_a_workbook"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as book:
            for part, text in parts.items():
                book.writestr(part, text)
        assert _refusal(tmp_path / name) == code


def _workbook(tmp_path):
    book = Workbook()
    book.active.append(["Nama", "NIK", "Negara"])
    for number in range(200):
        book.active.append([f"Orang {number}", f"35050112058{number:05d}", "Oman"])
    book.save(tmp_path / "whole.xlsx")
    return tmp_path / "whole.xlsx"


@pytest.mark.parametrize("part", [0.3, 0.7, 0.98])
def test_a_workbook_cut_short(tmp_path, part):
    content = _workbook(tmp_path).read_bytes()
    assert _refusal(_file(tmp_path, "cut.xlsx", content[: int(len(content) * part)])) == "damaged_workbook"


def test_a_workbook_with_broken_insides(tmp_path):
    whole = _workbook(tmp_path)
    for broken in (b"<worksheet><sheetData><row r='1'><c r='A1'>", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'):
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as new:
            for name in old.namelist():
                new.writestr(name, broken if "sheet1" in name else old.read(name))
        assert _refusal(tmp_path / "broken.xlsx") == "damaged_workbook"


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with (
        zipfile.ZipFile(_workbook(tmp_path)) as old,
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/sheet2.xml", b"0" * 80_000_000)
    assert (tmp_path / "bomb.xlsx").stat().st_size < 200_000
    assert _refusal(tmp_path / "bomb.xlsx") == "too_large"


def test_a_workbook_without_a_table(tmp_path):
    book = Workbook()
    book.active["A1"] = "Laporan"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(FileRefused) as caught:
        read_register(tmp_path / "a.xlsx", Circumstances())
    assert caught.value.code == "no_table"


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    with pytest.raises(EnvironmentFailed) as missing:
        read_book(tmp_path / "nowhere.xlsx")
    assert missing.value.code == "file_missing"
    with pytest.raises(EnvironmentFailed) as folder:
        read_book(tmp_path)
    assert folder.value.code == "file_unreadable"


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")]
)
def test_text_tables_of_every_make(tmp_path, separator, encoding):
    lines = [["DAFTAR PMI – NTT"], ["NAMA", "NO. KTP", "EKS NEGARA", "TGL TIBA"],
             ["Yohanés Bria", "5304011205880003", "Malaysia", "24/12/2025"]]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("\r\n".join(separator.join(line) for line in lines), encoding=encoding, newline="")
    rows = read_register(path, Circumstances()).rows
    assert [(row.row, row.values["name"], row.values["returned"]) for row in rows] == [
        (3, "Yohanés Bria", "2025-12-24")
    ]


def test_a_formula_gives_its_result_and_without_one_its_text(tmp_path):
    book = Workbook()
    book.active.append(["Nama", "NIK", "Negara"])
    book.active.append(['=UPPER("budi")', "3505011205880003", "Oman"])
    book.save(tmp_path / "a.xlsx")
    row = read_book(tmp_path / "a.xlsx").sheets[0].lines[2]
    assert row[0] == '=UPPER("budi")'
