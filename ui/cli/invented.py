# SPDX-License-Identifier: Apache-2.0
"""An invented centre for the demo: people who do not exist, and a register about them as counsellors keep one.

Everything follows from the day it is made on. The NIKs begin with 99, a province that is never given out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre.places import gazetteer

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SEED: Final = 2026
PEOPLE: Final = 54
MONTHS: Final = 4
A_MONTH: Final = 12
VILLAGES: Final = (
    "52.03.14.2001", "52.03.03.2005", "52.03.03.2004", "52.03.13.2007", "52.03.13.2008", "52.03.08.2011",
    "52.03.08.2007", "52.03.04.2013", "52.02.08.2001", "52.01.12.2002", "52.08.05.2003",
)  # fmt: skip

WOMEN: Final = (
    "Siti Maimunah", "Baiq Rukmini", "Fatmawati", "Nurhayati", "Rohana", "Sumiati", "Ni Luh Suarni", "Zaenab",
    "Muslimah", "Hajah Aminah", "Sri Wahyuni", "Raehanun",
)  # fmt: skip
MEN: Final = (
    "Muhammad Zainuddin", "Lalu Sukri", "Agus Salim", "Ketut Sudarma", "Rusdi", "Yusuf", "Marzuki", "Zulkarnain",
    "Abdul Hafiz", "Sahrul", "Muhammad Ilham", "Mahsun",
)  # fmt: skip
SECOND: Final = ("", "Efendi", "Hasan", "Lestari", "Ramdani", "Hakim", "Utami", "Arifin", "Jaya", "Puspita")
COUNTRIES: Final = (
    "Malaysia",
    "MALAYSIA",
    "Malasyia",
    "Taiwan",
    "Hong Kong",
    "HK",
    "Arab Saudi",
    "Singapura",
    "Korsel",
)
JOBS: Final = ("PRT", "Kebun sawit", "Buruh bangunan", "Perawat lansia", "Buruh pabrik", "ABK")
RETURNS: Final = (
    "Selesai kontrak",
    "habis kontrak",
    "Dideportasi",
    "deport",
    "Pulang sendiri",
    "PHK",
    "pulang krn sakit",
)
REMARKS: Final = (None, None, "gaji tdk dibayar 5 bln", "ingin buka warung", "paspor ditahan majikan")
COUNSELLING: Final = ("Hukum", "Keluarga", "Keuangan", "psikologis", "Konseling reintegrasi")
MONTH_NAMES: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip

REGISTER_HEADINGS: Final = (
    "No", "Tgl Lapor", "Nama Lengkap", "NIK", "L/P", "Tempat Lahir", "Tgl Lahir", "Desa/Kel", "Kecamatan", "Kab/Kota",
    "No. HP/WA", "Negara Penempatan", "Pekerjaan", "Tgl Pulang", "Jenis Kepulangan", "Keterangan",
)  # fmt: skip
COUNSELLING_HEADINGS: Final = (
    "Tanggal", "Nama Klien", "NIK", "Sesi ke-", "Jenis Konseling", "Durasi (menit)", "Masalah", "Tindak Lanjut",
    "Konselor",
)  # fmt: skip
TRAINING_HEADINGS: Final = (
    "Tgl Mulai", "Tgl Selesai", "Desa", "Kecamatan", "Materi", "Fasilitator", "Nama Peserta", "L/P", "Umur",
    "Status Peserta", "Pre Test", "Post Test", "Hari 1", "Hari 2",
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist."""

    name: str
    sex: str
    born: date
    nik: str
    phone: str
    village: str
    district: str
    regency: str


def last_month(today: date) -> date:
    """The first day of the month before this one."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def people(chance: random.Random, count: int = PEOPLE) -> list[Invented]:
    """That many people, no two with the same name."""
    names = [(name, second, sex) for sex, firsts in (("P", WOMEN), ("L", MEN)) for name in firsts for second in SECOND]
    return [
        _person(f"{first} {second}".strip(), sex, serial, chance)
        for serial, (first, second, sex) in enumerate(chance.sample(names, count), start=1)
    ]


def _person(name: str, sex: str, serial: int, chance: random.Random) -> Invented:
    born = date(chance.randint(1972, 2003), chance.randint(1, 12), chance.randint(1, 28))
    day = born.day + (40 if sex == "P" else 0)
    _province, regency, district, village = (place.name for place in gazetteer().path(chance.choice(VILLAGES))[:4])
    return Invented(
        name=name,
        sex=sex,
        born=born,
        nik=f"990101{day:02}{born:%m%y}{serial:04}",
        phone=f"0812 0000 {serial:04}",
        village=village,
        district=district,
        regency=regency,
    )


def write_register(file: Path, *, today: date) -> None:
    """Write the workbook a counsellor might have kept over the last months: three sheets, with their habits."""
    from openpyxl import Workbook

    chance = random.Random(SEED)  # noqa: S311 - the same people every time is the point
    known = people(chance)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    _register(sheet, known, today, chance)
    _counselling(book.create_sheet("Konseling"), known, today, chance)
    _training(book.create_sheet("Literasi Keuangan"), known, last_month(today), chance)
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)


def _register(sheet: Worksheet, known: list[Invented], today: date, chance: random.Random) -> None:
    sheet.title = "Data Purna PMI"
    sheet.append(["DATA PURNA PEKERJA MIGRAN INDONESIA"])
    sheet.append([f"Pusat Layanan Migran - Tahun {today.year}"])
    sheet.append([])
    for title in ("A1:P1", "A2:P2"):
        sheet.merge_cells(title)
    sheet.append(list(REGISTER_HEADINGS))
    number = 0
    for place, first in enumerate(_months(today)):
        group = known[place * A_MONTH : (place + 1) * A_MONTH]
        if place:
            group = [*group, _spelt_otherwise(known[place])]
        days = sorted(chance.randint(1, 28) for _ in group)
        rows = [
            (one, first.replace(day=day))
            for one, day in zip(group, days, strict=True)
            if first.replace(day=day) < today
        ]
        for someone, reported in rows:
            number += 1
            sheet.append(_register_row(number, someone, reported, chance))
        if first < today.replace(day=1):
            sheet.append([None, None, f"Jumlah bulan {MONTH_NAMES[first.month - 1]}: {len(rows)} orang"])


def _months(today: date) -> list[date]:
    """The first days of the last months and of this one."""
    this = today.replace(day=1)
    return [_months_before(this, back) for back in range(MONTHS, -1, -1)]


def _register_row(number: int, someone: Invented, reported: date, chance: random.Random) -> list[Any]:
    returned = reported - timedelta(days=chance.randint(20, 200))
    sexes = ("P", "Perempuan", "Pr") if someone.sex == "P" else ("L", "Laki-laki", "Lk")
    # What a spreadsheet does to a long number typed without a quote: it keeps fifteen digits.
    nik: Any = int(someone.nik) // 10 * 10 if number % 17 == 0 else someone.nik
    return [
        number,
        _written(reported, chance),
        someone.name,
        nik,
        chance.choice(sexes),
        someone.regency.removeprefix("Kabupaten "),
        _written(someone.born, chance),
        chance.choice(("", "Ds. ", "Desa ")) + someone.village,
        someone.district,
        someone.regency.replace("Kabupaten", chance.choice(("Kabupaten", "Kab."))),
        someone.phone,
        chance.choice(COUNTRIES),
        chance.choice(JOBS),
        _written(returned, chance),
        chance.choice(RETURNS),
        chance.choice(REMARKS),
    ]


def _counselling(sheet: Worksheet, known: list[Invented], today: date, chance: random.Random) -> None:
    sheet.append(list(COUNSELLING_HEADINGS))
    for someone in known[:20]:
        first = _months_before(today.replace(day=1), chance.randint(0, 2)).replace(day=chance.randint(1, 12))
        dates = [first + timedelta(days=7 * back) for back in range(chance.randint(1, 3))]
        for session, held in enumerate((one for one in dates if one < today), start=1):
            sheet.append([
                _written(held, chance), someone.name, someone.nik, session, chance.choice(COUNSELLING),
                chance.choice((30, 45, 60, "1 jam")), "Kesulitan ekonomi", "Konseling lanjutan", "Ratna",
            ])  # fmt: skip


def _training(sheet: Worksheet, known: list[Invented], month: date, chance: random.Random) -> None:
    sheet.append(list(TRAINING_HEADINGS))
    for back, topic in ((1, "Mengelola remitansi"), (0, "Anggaran rumah tangga")):
        starts = _months_before(month, back).replace(day=9)
        host = known[back]
        for someone in known[back * 12 : back * 12 + 12]:
            before = chance.randint(20, 60)
            sheet.append([
                starts, starts + timedelta(days=1), host.village, host.district, topic, "Ratna", someone.name,
                someone.sex, starts.year - someone.born.year, chance.choice(("Purna PMI", "purna")), before,
                min(100, before + chance.randint(-3, 40)), chance.choice("HHHhv"), chance.choice("HHHA"),
            ])  # fmt: skip


def _spelt_otherwise(someone: Invented) -> Invented:
    """The same person, written down by somebody else."""
    name = someone.name.replace("Muhammad", "Moh.").replace("Siti", "St.").upper()
    return Invented(**{**vars(someone), "name": name})


def _written(day: date, chance: random.Random) -> Any:
    """A date in one of the shapes found in one column."""
    return chance.choice(
        (day, day, day, f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}")
    )


def _months_before(first: date, count: int) -> date:
    for _ in range(count):
        first = last_month(first)
    return first
