"""Small invented registers, each with the habits of one office, written as real files by openpyxl."""

import datetime as dt

import pytest
from openpyxl import Workbook

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def blitar(tmp_path):
    """A regency office in East Java: groups of headings in two lines, numbered columns, months, totals, signatures."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Lembar 1"
    sheet["A1"] = "PEMERINTAH KABUPATEN BLITAR"
    sheet["A2"] = "REKAPITULASI KEPULANGAN PEKERJA MIGRAN"
    sheet.merge_cells("A1:O1")
    groups = ["No", "Identitas", None, None, None, "Alamat Asal", None, None, "No HP", "Penempatan", None,
              "Kepulangan", None, "Tgl Lapor", "Ket"]  # fmt: skip
    below = [None, "NIK", "Nama", "JK", "Tempat, Tgl Lahir", "Desa/Kelurahan", "Kecamatan", "Kabupaten", None,
             "Negara", "Pekerjaan", "Tanggal", "Jenis", None, None]  # fmt: skip
    sheet.append([])
    sheet.append(groups)
    sheet.append(below)
    for cells in ("B4:E4", "F4:H4", "J4:K4", "L4:M4", "A4:A5", "I4:I5", "N4:N5", "O4:O5"):
        sheet.merge_cells(cells)
    sheet.append([f"({number})" for number in range(1, 16)])
    sheet.append(["BULAN JANUARI 2026"])
    sheet.append([1, "3505011205880003", "Slamet Hariyanto", "L", "Blitar, 12 Mei 1988", "Bakung", "Kec. Bakung",
                  "BLITAR", "0812-3456-7890", "Hongkong", "Tukang", "24/12/2025", "Habis Kontrak", "5 Jan 2026",
                  None])  # fmt: skip
    sheet.append([2, "3505.0152.0790.0004", "SRI WAHYUNI", "Pr", "Blitar, 12-07-90", "Ds. Bululawang", "Bakung",
                  "Kab. Blitar", 81234567891, "Taiwan", "jaga orang tua", "12/01/26", "di-PHK", "13/01/26",
                  "perlu modal"])  # fmt: skip
    sheet.append(["JUMLAH", None, 2, 1, None, None, None, None, None, None, None, None, 1])
    sheet.append(["BULAN PEBRUARI 2026"])
    sheet.append(groups)
    sheet.append(below)
    sheet.append([3, 3505011205880000, "Slamet  Hariyanto", "Lk", "Blitar, 1988", "BAKUNG", "Bakung", "Blitar",
                  "081234567890 (adik)", "Malaysia/Singapura", "kebun sawit", "Nopember 2025", "deport",
                  dt.date(2026, 2, 3), None])  # fmt: skip
    sheet.append(["TOTAL KESELURUHAN", None, 3])
    sheet.append([])
    sheet.append([None, "Catatan: data sementara"])
    sheet.append([None, None, "Mengetahui,", None, None, None, None, None, None, None, "Blitar, 28 Februari 2026"])
    sheet.append([None, None, "Drs. H. Suyono"])
    old = book.create_sheet("Salinan lama")
    old.sheet_state = "hidden"
    old.append(["Nama", "NIK", "Negara", "Tgl Pulang"])
    old.append(["Orang Lama", "3505010101900001", "Malaysia", "1/1/2020"])
    path = tmp_path / "blitar.xlsx"
    book.save(path)
    return path


@pytest.fixture
def makassar(tmp_path):
    """An English-speaking partner in South Sulawesi: three sheets, American dates, merged events, P and A."""
    book = Workbook()
    people = book.active
    people.title = "Returnees"
    people["B2"] = "Migrant Resource Centre - returnee register"
    people.append([])
    people.append([None, "Date of registration", "ID Number", "Full Name", "Sex (M/F)", "Date of Birth", "Village",
                   "Sub-district", "Regency / City", "Mobile Number", "Country of Destination", "Occupation",
                   "Date of Return", "Reason for Return"])  # fmt: skip
    people.append([None, "5/13/2026", "7371015304850002", "Hj. Rosmiati", "F", "April 13, 1985", "Mariso", "Mariso",
                   "Kota Makassar", "+60 12-345 6789", "Saudi Arabia", "Housemaid", "3/29/2026",
                   "Contract completed"])  # fmt: skip
    people.append([None, "5/4/2026", "7371011203790005", "Daeng Tompo", "M", "12-Mar-79", "Mariso", "Mariso",
                   "Kota Makassar", 85255556666, "Malaysia", "Plantation worker", "April 2026",
                   "Deported"])  # fmt: skip
    people.append([None, "Total: 2 persons"])
    log = book.create_sheet("Counselling log")
    log.append(["Session Date", "Client Name", "National ID", "Session No.", "Type of Counselling",
                "Duration (minutes)", "Counsellor"])  # fmt: skip
    log.append(["6/14/2026", "Rosmiati", "7371015304850002", "2nd", "Family", "1 hour", "Ani"])
    log.append(["6/2/2026", "Daeng Tompo", None, 1, "Legal", 45, "Ani"])
    training = book.create_sheet("Attendance")
    training.append(["Start date", "End date", "Village", "District", "Module", "Trainer", "Participant", "Sex",
                     "Age", "Test score", None, "Attendance", None])  # fmt: skip
    training.append([None] * 9 + ["Before", "After", "Day 1", "Day 2"])
    training.append([dt.date(2026, 7, 1), dt.date(2026, 7, 2), "Mariso", "Mariso", "Budgeting", "Ani",
                     "Hj. Rosmiati", "F", 41, "40%", "80/100", "P", "L"])  # fmt: skip
    training.append([None] * 6 + ["Kasmawati", "F", 30, 35, None, "P", "A"])
    training.merge_cells("J1:K1")
    training.merge_cells("L1:M1")
    for column in "ABCDEF":
        training.merge_cells(f"{column}3:{column}4")
    path = tmp_path / "makassar.xlsx"
    book.save(path)
    return path


@pytest.fixture
def understood():
    """Reads a file as the import does; rows by (sheet, line)."""
    from resource_centre.registers.read import Circumstances, read_register

    def read(path, **about):
        result = read_register(path, Circumstances(today=TODAY, **about))
        return result, {(row.sheet, row.row): row for row in result.rows}

    return read
