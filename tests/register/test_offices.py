"""Registers of offices that never saw ours: whatever the headings, the order and the habits."""

import datetime as dt

import pytest
from openpyxl import Workbook


def test_an_office_in_east_java_with_groups_of_headings_months_and_totals(understood, blitar):
    result, _ = understood(blitar)
    assert [(row.row, row.values["name"]) for row in result.rows] == [
        (8, "Slamet Hariyanto"), (9, "SRI WAHYUNI"), (14, "Slamet  Hariyanto"),
    ]  # fmt: skip
    first, second, third = result.rows
    assert {name: first.values[name] for name in ("reported", "nik", "sex", "born", "birth_place", "village")} == {
        "reported": "2026-01-05", "nik": "3505011205880003", "sex": "L", "born": "1988-05-12",
        "birth_place": "Blitar", "village": "35.05.05.2005",
    }  # fmt: skip
    assert (first.values["country"], first.values["job"], first.values["return_type"]) == (
        "HKG", "BANGUNAN", "KONTRAK_SELESAI",
    )  # fmt: skip
    assert second.values["nik"] == "3505015207900004"
    assert second.values["phone"] == "+6281234567891"
    assert second.values["reported"] == "2026-01-13"
    assert third.values["returned"] == "2025-11"
    assert {sheet.name: sheet.kind for sheet in result.sheets} == {"Lembar 1": "register", "Salinan lama": None}


def test_what_nobody_can_read_is_listed_with_its_place(understood, blitar):
    _, rows = understood(blitar)
    found = {problem.field: problem for problem in rows["Lembar 1", 14].problems}
    assert found["nik"].code == "nik_damaged"
    assert found["nik"].as_written == "3505011205880000"
    assert found["country"].code == "two_answers"
    assert found["country"].as_json()["column"] == "J"
    assert rows["Lembar 1", 14].values["nik"] == "damaged"
    assert rows["Lembar 1", 14].values["country"] is None


def test_a_nik_that_lost_its_last_digit_at_the_very_same_name_is_the_same_person(understood, blitar):
    _, rows = understood(blitar)
    assert rows["Lembar 1", 14].status == "known"
    assert rows["Lembar 1", 14].person == rows["Lembar 1", 8].person


def test_lines_about_nobody_are_left_out_and_said(understood, blitar):
    result, _ = understood(blitar)
    reasons = {line.row: line.reason for line in result.left_out}
    assert reasons[7] == "separator"
    assert reasons[10] == "total"
    assert reasons[12] == "heading"
    assert reasons[15] == "total"
    assert reasons[18] == "note"


def test_an_english_partner_with_american_dates(understood, makassar):
    _, rows = understood(makassar)
    first, second = rows["Returnees", 5], rows["Returnees", 6]
    assert (first.values["reported"], first.values["born"], first.values["returned"]) == (
        "2026-05-13", "1985-04-13", "2026-03-29",
    )  # fmt: skip
    assert second.values["reported"] == "2026-05-04"
    assert second.values["returned"] == "2026-04"
    assert first.values["phone"] == "+60123456789"
    assert (first.values["country"], first.values["job"], first.values["sex"]) == ("SAU", "PRT", "P")


def test_a_counselling_log_finds_its_people_by_nik_and_offers_those_of_the_same_name(understood, makassar):
    _, rows = understood(makassar)
    by_nik, by_name = rows["Counselling log", 2], rows["Counselling log", 3]
    assert by_nik.values["kind"] == "CNS_FAM"
    assert (by_nik.values["session"], by_nik.values["minutes"]) == (2, 60)
    assert by_nik.person == rows["Returnees", 5].person
    assert by_name.status == "likely_duplicate"
    assert [one.row for one in by_name.likely] == [6]
    assert by_name.person != rows["Returnees", 6].person


def test_an_attendance_sheet_with_merged_events(understood, makassar):
    _, rows = understood(makassar)
    first, second = rows["Attendance", 3], rows["Attendance", 4]
    assert first.event == second.event == 0
    assert second.values["start"] == "2026-07-01"
    assert second.values["village"] == first.values["village"] == "73.71.01.1006"
    assert (first.values["pre"], first.values["post"]) == (40, 80)
    assert (second.values["pre"], second.values["post"]) == (35, None)
    assert (first.values["marks"], first.values["days"]) == ("HT", 2)
    assert second.values["days"] == 1


def _save(tmp_path, *lines, name="x.xlsx"):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(tmp_path / name)
    return tmp_path / name


def test_an_event_named_above_the_table_holds_for_every_line(understood, tmp_path):
    path = _save(
        tmp_path,
        ["DAFTAR HADIR LITERASI KEUANGAN"],
        ["Tanggal", ": 12 s/d 13 Maret 2026"],
        ["Desa : Selong"],
        ["Kecamatan", None, "Selong"],
        ["Materi : Anggaran rumah tangga"],
        ["Narasumber : Pak Asep"],
        ["No", "Nama Peserta", "L/P", "Nilai Pre", "Nilai Post", "Hari I", "Hari II"],
        [1, "Siti Aminah", "P", "45,5", 80, "v", "x"],
        [2, "Basri", "L", 30, "-", "x", "v"],
        [None, "Rata-rata", None, 37, 80],
    )
    result, rows = understood(path, home=("52.03",))
    assert len(result.rows) == 2
    row = rows["Sheet", 8]
    assert (row.values["start"], row.values["end"]) == ("2026-03-12", "2026-03-13")
    assert row.values["module"] == "M2"
    assert row.values["facilitator"] == "Pak Asep"
    assert (row.values["pre"], row.values["marks"], row.values["days"]) == (45.5, "HA", 1)


def test_marks_that_say_as_above_take_the_cell_above(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Tgl Lapor", "Nama", "NIK", "Negara", "Tgl Pulang"],
        ["13/01/2026", "Budi", "3505011205880003", "Malaysia", "24/12/2025"],
        ['"', "Tini", "3505015205880003", "sda", "idem"],
    )
    _, rows = understood(path)
    assert rows["Sheet", 3].values["reported"] == "2026-01-13"
    assert rows["Sheet", 3].values["country"] == "MYS"
    assert rows["Sheet", 3].values["returned"] == "2025-12-24"


def test_a_column_told_by_hand_wins_and_other_columns_stay(understood, tmp_path):
    from resource_centre.registers.tables import Mapping_

    path = _save(
        tmp_path,
        ["Kapan", "Nama", "NIK", "Negara", "Tgl Pulang"],
        ["13/01/2026", "Budi", "3505011205880003", "Malaysia", "24/12/2025"],
    )
    _, rows = understood(path, mappings=(Mapping_({"Kapan": "reported"}),))
    assert rows["Sheet", 2].values["reported"] == "2026-01-13"
    assert rows["Sheet", 2].values["returned"] == "2025-12-24"


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["NAMA PMI", "NO. KTP", "EKS NEGARA", "TGL TIBA", "SEBAB DIPULANGKAN"], "register"),
        (["Full name", "National ID", "Returned from", "Arrival date", "Return category"], "register"),
        (["Tgl Layanan", "Klien", "NIK", "Jenis Layanan", "Lama", "RTL"], "counselling"),
        (["Tanggal", "Nama Klien", "Pertemuan ke-", "Bidang Konseling", "Petugas"], "counselling"),
        (["Peserta", "Usia", "Tes Awal", "Tes Akhir", "H1", "H2"], "training"),
        (["Date", "Course", "Participant", "Before", "After", "Day 1"], "training"),
        (["nama_lengkap", "TglLahir", "no_hp", "jenis_kelamin", "kab_kota", "negara_tujuan"], "register"),
    ],
)
def test_the_kind_of_sheet_is_known_by_its_headings(headings, kind, tmp_path):
    from resource_centre.registers.files import read_book
    from resource_centre.registers.tables import find_head

    path = _save(tmp_path, ["Judul"], [], headings, ["x"] * len(headings))
    head = find_head(read_book(path).sheets[0])
    assert head is not None
    assert (head.kind, head.first) == (kind, 3)
    assert [column.heading for column in head.unknown] == []


def test_letters_that_may_mean_either_sex_are_not_read(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Tgl Lapor", "Nama", "JK", "Negara"],
        ["13/01/2026", "Budi", "P", "Malaysia"],
        ["14/01/2026", "Tini", "W", "Malaysia"],
    )
    _, rows = understood(path)
    assert rows["Sheet", 2].values["sex"] is None
    assert rows["Sheet", 2].problems[0].code == "sex_letter"
    assert rows["Sheet", 3].values["sex"] == "P"


def test_dates_that_could_be_two_days_are_left_open_until_the_column_tells(understood, tmp_path):
    headings = ["Name", "ID number", "Country", "Date of return", "Registered on"]
    open_ones = _save(tmp_path, headings, ["Ann", "3505011205880003", "Oman", "3/4/2026", dt.date(2026, 6, 1)])
    _, rows = understood(open_ones)
    problem = rows["Sheet", 2].problems[0]
    assert rows["Sheet", 2].values["returned"] is None
    assert (problem.code, problem.options) == ("date_order", ("2026-04-03", "2026-03-04"))
    told = _save(
        tmp_path,
        headings,
        ["Ann", "3505011205880003", "Oman", "3/4/2026", dt.date(2026, 6, 1)],
        ["Ben", "3505011305880003", "Oman", "25/4/2026", dt.date(2026, 6, 2)],
        name="y.xlsx",
    )
    _, rows = understood(told)
    assert rows["Sheet", 2].values["returned"] == "2026-04-03"


def test_a_nik_settles_which_way_round_a_birth_date_stands(understood, tmp_path):
    path = _save(
        tmp_path, ["Name", "ID number", "Country", "Date of birth"], ["Ann", "3505014304880003", "Oman", "3/4/1988"]
    )
    _, rows = understood(path)
    assert rows["Sheet", 2].values["born"] == "1988-04-03"


def test_a_nik_that_contradicts_its_row_is_said_and_nothing_is_overwritten(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Nama", "NIK", "L/P", "Tgl Lahir", "Negara"],
        ["Budi", "3505011205880003", "P", "13-05-1988", "Oman"],
        ["Tono", "3505011405880003", "L", "14-05-1988", "Oman"],
    )
    _, rows = understood(path)
    row = rows["Sheet", 2]
    assert (row.values["nik"], row.values["sex"], row.values["born"]) == ("3505011205880003", "P", "1988-05-13")
    assert {problem.code for problem in row.problems} >= {"nik_sex", "nik_birth"}


def test_one_nik_at_two_very_different_names_joins_nobody(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Nama", "NIK", "Negara", "Tgl Pulang"],
        ["Budi Santoso", "3505011205880003", "Oman", "24/12/2025"],
        ["Kasmawati", "3505011205880003", "Oman", "25/12/2025"],
    )
    _, rows = understood(path)
    assert rows["Sheet", 2].person != rows["Sheet", 3].person
    assert rows["Sheet", 3].status == "likely_duplicate"
    assert any(problem.code == "nik_other_name" for problem in rows["Sheet", 3].problems)


def test_names_alone_join_nobody(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Nama", "Desa", "Kecamatan", "Kabupaten", "Negara", "Tgl Pulang"],
        ["Siti Aminah", "Selong", "Selong", "Lombok Timur", "Oman", "24/12/2025"],
        ["Siti Aminah", "Selong", "Selong", "Lombok Timur", "Oman", "25/12/2025"],
    )
    _, rows = understood(path)
    assert rows["Sheet", 2].person != rows["Sheet", 3].person
    assert rows["Sheet", 3].status == "likely_duplicate"
    assert rows["Sheet", 3].likely[0].reasons == ("same_name", "same_village")


def test_the_same_line_twice_is_taken_once(understood, tmp_path):
    line = ["Siti Aminah", "Selong", "Selong", "Lombok Timur", "Oman", "24/12/2025"]
    path = _save(tmp_path, ["Nama", "Desa", "Kecamatan", "Kabupaten", "Negara", "Tgl Pulang"], line, line)
    _, rows = understood(path)
    assert [rows["Sheet", 2].status, rows["Sheet", 3].status] == ["new", "repeated"]


def test_right_to_left_marks_controls_and_formulas_do_no_harm(understood, tmp_path):
    path = _save(
        tmp_path,
        ["Nama", "NIK", "Negara", "Tgl Pulang", "Keterangan"],
        ["\u202eBudi\u200b <b>", "3505011205880003", "Oman", "24/12/2025", "=cmd|' /C calc'!A0"],
    )
    _, rows = understood(path)
    row = rows["Sheet", 2]
    assert row.values["name"] == "Budi <b>"
    assert row.values["remarks"] == "=cmd|' /C calc'!A0"


def test_columns_without_a_telling_heading_are_known_by_what_stands_in_them(understood, tmp_path):
    lines = [
        [f"Orang {chr(65 + n)}", f"35050112058800{n:02d}", "LPLPLP"[n], ["Oman", "Qatar"][n % 2], f"08123456780{n}"]
        for n in range(6)
    ]
    path = _save(tmp_path, ["Nama", "Nomor Dokumen", "Kol 3", "Lokasi X", "Kolom E", "Tgl Pulang", "Tgl Lapor"], *lines)
    result, rows = understood(path)
    values = rows["Sheet", 2].values
    assert (values["nik"], values["sex"], values["country"], values["phone"]) == (
        "3505011205880000", "L", "OMN", "+6281234567800",
    )  # fmt: skip
    assert {column.field for column in result.sheets[0].columns if column.by == "contents"} == {
        "nik", "sex", "country", "phone",
    }  # fmt: skip
