"""Some people are called Jumlah or Total: a line is a total only where the rest of it looks like one."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook

HEADINGS = ["No", "NIK", "Nama", "JK", "Tanggal Lahir", "Desa", "No HP", "Tgl Lapor"]
FIRST = [1, "5203014512840001", "Siti Aminah", "P", "05-12-1984", "Korleko", "081234567890", "03/02/2026"]


@pytest.fixture
def read(tmp_path, understood):
    """What is made of these lines: of each, by its number, the name that was read, or why it was left out."""

    def read(*lines, headings=HEADINGS, first=FIRST):
        book = Workbook()
        for line in (headings, first, *lines):
            book.active.append(line)
        path = tmp_path / "register.xlsx"
        book.save(path)
        result, _rows = understood(path)
        assert result.rows[0].values["name"] == first[headings.index("Nama")]
        people = {row.row: row.values["name"] for row in result.rows[1:]}
        return people | {line.row: f"({line.reason})" for line in result.left_out}

    return read


@pytest.mark.parametrize("name", ["Jumlah", "JUMLAH HASANAH", "Total Sri", "Sum", "Inaq Jumlah"])
@pytest.mark.parametrize(
    "rest",
    [
        ["P", None, "Korleko", None, None],
        [None, "17-08-1990", "Korleko", None, None],
        [None, dt.date(1990, 8, 17), None, None, None],
        [None, 1990, "Korleko", None, "04/02/2026"],
        [None, None, "Korleko", "081333444555", None],
        ["P", "17-08-1990", "Korleko", 81333444555, dt.date(2026, 2, 4)],
    ],
    ids=["sex", "birth", "birth date", "year of birth", "telephone", "everything"],
)
def test_who_is_called_total_is_somebody(read, name, rest):
    assert read([2, None, name, *rest], [None, None, name, *rest]) == {3: name, 4: name}


def test_somebody_called_total_is_known_by_an_identity_number(read):
    assert read([None, "5203014512850002", "Jumlah", None, None, None, None, None]) == {3: "Jumlah"}


@pytest.mark.parametrize(
    "line",
    [
        [None, None, "Jumlah", 12, None, None, None, 12],
        [None, None, "Jumlah", "P", 12, None, None, None],
        [None, None, "Jumlah", None, None, 4, None, 12],
        [None, 12, "Total", "P", None, None, None, None],
        [None, None, "Rata-rata", None, 1984.5, None, None, None],
        [None, None, "Jumlah perempuan", "P", None, None, None, 12],
        [None, None, "Total laki-laki", "L", None, None, None, None],
        [None, None, "Jumlah: 12", "P", None, None, None, None],
        [None, None, "Total 12 orang", "P", "1984", None, None, None],
        ["Jumlah", None, 12, None, None, None, None, None],
        [None, None, "Jumlah", None, None, None, None, dt.date(2026, 2, 28)],
    ],
)
def test_a_total_stays_a_total(read, line):
    assert read(line) == {3: "(total)"}


def test_who_is_called_total_came_to_a_training_too(read):
    headings = ["No", "Nama", "JK", "Modul", "Tanggal Mulai", "Desa", "Pre", "Post"]
    first = [1, "Siti Aminah", "P", "Menabung", "03/02/2026", "Korleko", 40, 80]
    assert read(
        [2, "Jumlah", "P", "Menabung", "03/02/2026", "Korleko", 50, 90],
        [None, "Jumlah", 2, None, None, None, 90, 170],
        [None, "Rata-rata", None, None, None, None, 45, 85],
        headings=headings,
        first=first,
    ) == {3: "Jumlah", 4: "(total)", 5: "(total)"}
