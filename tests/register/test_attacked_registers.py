"""Habits that once made the reader lose or misread cells, each as an office would have them."""

import datetime as dt

import pytest
from openpyxl import Workbook

from resource_centre.places import gazetteer
from resource_centre.registers.cells import SexHabit, read_minutes, read_phone_cell, read_sex
from resource_centre.registers.dates import DateHabit, read_date
from resource_centre.registers.headings import guesses
from resource_centre.registers.villages import split_address

TODAY = dt.date(2026, 11, 22)
BIRTHS = DateHabit(indonesian=True, birth=True, today=TODAY, column_order="dmy")


@pytest.fixture
def read(understood, tmp_path):
    """Write sheets given as name -> lines, read them, and answer the values of the rows in order."""

    def read_sheets(**sheets):
        book = Workbook()
        book.remove(book.active)
        for name, lines in sheets.items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        path = tmp_path / "register.xlsx"
        book.save(path)
        result, _ = understood(path)
        return [row.values for row in result.rows]

    return read_sheets


PARTICIPANTS = ["No", "Nama Peserta", "L/P", "Pre Test", "Post Test", "Hari 1", "Hari 2"]


def event(day, place, subject):
    """An event with its own title lines above its own headings."""
    title = [["Tanggal", ":", day], ["Tempat", ":", place], ["Materi", ":", subject], PARTICIPANTS]
    people = [[1, "Sumarni", "P", 40, 70, "H", "H"], [2, "Suparman", "L", 50, 60, "H", "A"]]
    return [*title, *people, ["Jumlah hadir", None, None, None, None, 2, 1], []]


def test_the_second_event_on_a_sheet_is_not_given_the_place_of_the_first(read):
    rows = read(
        Pelatihan=[
            *event("3 s/d 4 April 2026", "Desa Korleko Selatan Kec. Labuhan Haji", "Mengelola remitansi"),
            *event("10-11 Mei 2026", "Desa Tumbuh Mulia Kec. Suralaga", "Anggaran rumah tangga"),
        ]
    )
    assert [(row["start"], row["village"], row["module"], row["days"]) for row in rows] == [
        ("2026-04-03", "52.03.17.2011", "M5", 2), ("2026-04-03", "52.03.17.2011", "M5", 1),
        ("2026-05-10", "52.03.13.2007", "M2", 2), ("2026-05-10", "52.03.13.2007", "M2", 1),
    ]  # fmt: skip


def test_an_event_written_only_beside_its_first_participant(read):
    headings = ["Tgl Mulai", "Desa", "Kecamatan", "Materi", "Nama Peserta", "L/P", "Pre Test", "Hari 1"]
    first = ["03-04-2026", "Korleko Selatan", "Labuhan Haji", "Menabung"]
    second = ["10-05-2026", "Tumbuh Mulia", "Suralaga", "Menabung"]
    rest = [None] * 4
    people = [[*event, name, "P", 40, "H"] for event, name in (
        (first, "Sumarni"), (rest, "Ngatini"), (rest, "Wartini"), (second, "Sumarni"), (rest, "Endang"))]  # fmt: skip
    rows = read(Pelatihan=[headings, *people])
    assert [row["start"] for row in rows] == ["2026-04-03"] * 3 + ["2026-05-10"] * 2
    assert [row["village"] for row in rows] == ["52.03.17.2011"] * 3 + ["52.03.13.2007"] * 2


def test_one_cell_left_empty_is_not_filled_from_above(read):
    headings = ["Tgl Mulai", "Desa", "Kecamatan", "Materi", "Nama Peserta", "L/P", "Pre Test", "Hari 1"]
    days = ["03-04-2026", "03-04-2026", None, "03-04-2026", "03-04-2026"]
    people = [[day, "Korleko Selatan", "Labuhan Haji", "Menabung", f"Siti {letter}ni", "P", 40, "H"]
              for day, letter in zip(days, "ABCDE", strict=True)]  # fmt: skip
    assert [row["start"] for row in read(Pelatihan=[headings, *people])][2] is None


def test_whoever_signs_a_register_is_not_in_it_and_the_village_may_stand_above_its_people(read):
    headings = ["No", "Nama", "NIK", "JK", "Negara", "Tgl Pulang", "Tgl Lapor"]
    rows = read(
        Data=[
            headings,
            ["DESA SIKUR SELATAN KECAMATAN SIKUR"],
            [1, "Suparman", "5203011010790001", "L", "Malaysia", "3/1/2026", "5/1/2026"],
            ["DESA TERARA KECAMATAN TERARA"],
            [1, "Wartini", "5203015010790002", "P", "Malaysia", "3/1/2026", "5/1/2026"],
            [None, "Mengetahui,", None, None, None, "Selong, 3 Maret 2026"],
            [None, "NIP. 19880101 201001 1 003", "NIP. 19700101 199003 1 001"],
            [None, None, "NIP. 19700101 199003 1 001"],
        ]
    )
    assert [(row["name"], row["village"]) for row in rows] == [
        ("Suparman", "52.03.04.2013"), ("Wartini", "52.03.03.2005"),
    ]  # fmt: skip


def test_a_month_before_the_year_of_birth_is_kept(read):
    lines = [["Nama", "NIK", "TTL", "Negara", "Tgl Lapor"]]
    lines.append(["Baharuddin", "7304011005840001", "Sinjai, Mei 1984", "Malaysia", "5/1/2026"])
    lines.append(["Hasnah", "7304015205840001", "Sinjai, 12 Mei 1984", "Malaysia", "5/1/2026"])
    rows = read(Data=lines)
    assert [(row["birth_place"], row["born"]) for row in rows] == [("Sinjai", "1984-05"), ("Sinjai", "1984-05-12")]


@pytest.mark.parametrize(
    ("address", "levels"),
    [
        ("Desa Kemang Kec. Sanga Desa Kab. Musi Banyuasin", ("Kemang", "Sanga Desa", "Musi Banyuasin")),
        ("Banjar Agung, Cipocok Jaya, Kota Serang", ("Banjar Agung", "Cipocok Jaya", "Kota Serang")),
        ("Banjar Tegeha - Banjar - Buleleng", ("Banjar Tegeha", "Banjar", "Buleleng")),
        ("Cibodas / Banjar / Pandeglang", ("Cibodas", "Banjar", "Pandeglang")),
        ("Dusun Krajan, Sukodono, Dampit, Malang", ("Sukodono", "Dampit", "Malang")),
        ("Kota Batu, Kota Agung, Tanggamus", ("Kota Batu", "Kota Agung", "Tanggamus")),
        ("Krajan, Sukodono, Kec. Dampit, Kab. Malang", ("Sukodono", "Dampit", "Malang")),
        (
            "Ds. Suka Banjar Kec. Lumbok Seminung Kab. Lampung Barat",
            ("Suka Banjar", "Lumbok Seminung", "Lampung Barat"),
        ),
    ],
)
def test_names_of_places_that_look_like_labels(address, levels):
    found = split_address(address)
    assert (found["village"], found["district"], found["regency"]) == levels


@pytest.mark.parametrize(
    ("village", "district", "code"),
    [("Totsan", "Batang Batang", "35.29.16.2005"), ("Susuk", "Kelumbayan", "18.06.17.2002")],
)
def test_a_slip_in_an_old_spelling_and_a_name_without_its_kind(village, district, code):
    assert gazetteer().match(village=village, district=district).code == code


def test_an_address_nobody_can_read_is_put_on_the_list(understood, tmp_path):
    book = Workbook()
    book.active.append(["Nama", "NIK", "Alamat", "Negara", "Tgl Lapor"])
    book.active.append(["Sumarni", "3507015207900004", "Dsn Krajan RT 1 RW 2 Sukodono Dampit", "Taiwan", "5/1/2026"])
    book.save(tmp_path / "register.xlsx")
    result, _ = understood(tmp_path / "register.xlsx")
    assert result.rows[0].values["village"] is None
    assert result.rows[0].has("village_unknown", "village")


def test_one_number_is_not_made_of_two():
    assert read_phone_cell("081234567890 (2)").value == "+6281234567890"
    assert read_phone_cell("081234567890\n085712345678").value == "+6281234567890"


@pytest.mark.parametrize(("text", "minutes"), [("09.00-10.30", 90), ("1½ jam", 90), ("1 jam 30", 90), ("1/2 jam", 30)])
def test_lengths_of_sessions(text, minutes):
    assert read_minutes(text, "Durasi").value == minutes


@pytest.mark.parametrize("text", ["12–08–1984", "12--08--1984", "12 Agustus 1984 (KTP)"])
def test_dates_with_something_more(text):
    assert read_date(text, BIRTHS).value == "1984-08-12"


@pytest.mark.parametrize(("text", "sex"), [("Perempun", "P"), ("Laki-laki (L)", "L"), ("Ny.", "P"), ("Laki laki", "L")])
def test_words_for_the_sexes(text, sex):
    assert read_sex(text, SexHabit()).value == sex


@pytest.mark.parametrize(
    ("heading", "field"),
    [("N I K", "nik"), ("Tiba di Indonesia", "returned"), ("Hadir (H2)", "day:2"), ("Bekerja di Negara", "country")],
)
def test_headings_of_other_offices(heading, field):
    assert guesses(heading)[0].field == field
