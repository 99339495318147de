# SPDX-License-Identifier: Apache-2.0
"""Taking in a register, against openpyxl reading the same file."""

from __future__ import annotations

import random
import tempfile
from itertools import count
from pathlib import Path

from openpyxl import Workbook, load_workbook

from bench.centres import new_centre
from bench.ratio import Measured, paired
from bench.stock import FAMILY, GIVEN
from resource_centre.places import gazetteer

HEADINGS = (
    "No", "Tgl Lapor", "Nama Lengkap", "NIK", "L/P", "Tempat Lahir", "Tgl Lahir", "Desa/Kel", "Kecamatan", "Kab/Kota",
    "No. HP/WA", "Negara Penempatan", "Pekerjaan", "Tgl Pulang", "Jenis Kepulangan", "Keterangan",
)  # fmt: skip


def importing(rows: int) -> Measured:
    """A register of so many people into an empty centre; each round into a new one."""
    from resource_centre.registers.files import read_book
    from resource_centre.registers.importing import preview, write_understood

    with tempfile.TemporaryDirectory() as folder:
        file, number = write_register(Path(folder) / "register.xlsx", rows), count()

        def ours() -> None:
            with new_centre(Path(folder) / f"centre-{next(number)}") as centre, centre.change() as session:
                write_understood(session, preview(session, read_book(file)))

        def bare() -> None:
            book = load_workbook(file, read_only=True, data_only=True)
            for sheet in book:
                for _row in sheet.iter_rows(values_only=True):
                    pass

        what = f"import of a register of {rows:,} rows, into a new centre"
        return paired(what, "openpyxl reading the file", ours, bare, rounds=3, aim="3")


def write_register(at: Path, rows: int) -> Path:
    """An invented register as counsellors keep them; NIKs begin with 99, which is no province."""
    chance = random.Random(11)
    places = gazetteer()
    villages = [place.code for place in places.find("lombok", limit=400) if place.level == "village"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data Purna PMI")
    sheet.append(["DATA PURNA PEKERJA MIGRAN INDONESIA"])
    sheet.append(HEADINGS)
    for place in range(rows):
        village = places.path(chance.choice(villages))
        day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1960, 2005)
        woman = chance.random() < 0.7
        sheet.append(
            [
                place + 1,
                f"{chance.randrange(1, 29):02}-{chance.randrange(1, 11):02}-2026",
                f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {place:05}".translate(
                    str.maketrans("0123456789", "abdegijklm")
                ),
                f"990101{day + 40 * woman:02}{month:02}{year % 100:02}{place % 9999 + 1:04}",
                "P" if woman else "L",
                village[1].name,
                f"{day:02}/{month:02}/{year}",
                f"Ds. {village[3].name}",
                village[2].name,
                village[1].name,
                f"0812{place:08}",
                chance.choice(("Malaysia", "Taiwan", "Hongkong", "Arab Saudi")),
                chance.choice(("PRT", "Buruh bangunan", "Kebun sawit")),
                f"{chance.randrange(1, 29):02}-{chance.randrange(1, 13):02}-2025",
                chance.choice(("Selesai kontrak", "Deportasi", "Sakit")),
                None,
            ]
        )
    book.save(at)
    return at
