# SPDX-License-Identifier: Apache-2.0
"""A register goes in, somebody settles who is who, and every month's report says what the register says.

What it says is counted here in plain Python from the truth file, which tells of every row what it means. The large
register lies beside the project; where it is absent its tests say so. The small one is written by the test.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import sqlalchemy as sa

from resource_centre.records import ImportRow
from resource_centre.registers.importing import import_register
from resource_centre.registers.settling import count_to_settle, settle_as_other, settle_as_same

REGISTER = Path(__file__).parents[3] / "shared" / "data" / "register-lombok-2026.xlsx"
MONTHS = [f"2026-{number:02}" for number in range(1, 13)]
ON_LEAVE = "CUTI"


# --- what the truth says, in plain Python ------------------------------------------------------------------------


def first_rows(truth):
    """Of everybody in the register their first row."""
    rows = {}
    for row in sorted(truth["register"], key=lambda row: (row["reported"], row["row"])):
        rows.setdefault(row["person"], row)
    return rows


def returnees(truth, month, field=None):
    """People by their first row in the register, by sex or by another field, without those on leave."""
    rows = [
        row for row in first_rows(truth).values() if row["reported"][:7] == month and row["return_type"] != ON_LEAVE
    ]
    return Counter(row[field or "sex"] for row in rows)


def visits(truth, month):
    """Different (person, day) pairs of the register by sex: one visit to the front desk each."""
    return Counter(
        sex
        for _person, _day, sex in {
            (row["person"], row["reported"], row["sex"]) for row in truth["register"] if row["reported"][:7] == month
        }
    )


def sessions(truth, month):
    return [row for row in truth["counselling"] if row["date"][:7] == month]


def lines(truth, month):
    return [row for row in truth["training"] if row["start"][:7] == month]


def pairs(truth, month):
    return [
        (row["pre"], row["post"]) for row in lines(truth, month) if row["pre"] is not None and row["post"] is not None
    ]


def served(truth, month):
    """Different people with a counselling session or a training."""
    return {row["person"] for row in (*sessions(truth, month), *lines(truth, month)) if row["person"] is not None}


# --- what a person does with the list to settle ------------------------------------------------------------------


def settle(session, truth):
    """Settle who is who as the truth says. Returns who each person of the truth is in the centre."""
    meant = {(kind, row["row"]): row["person"] for kind in ("register", "counselling", "training")
             for row in truth[kind]}  # fmt: skip
    order = {"register": 0, "counselling": 1, "training": 2}
    rows = sorted(session.scalars(sa.select(ImportRow)), key=lambda row: (order[kind_of(row)], row.row))
    known = {}
    for row in rows:
        if row.status == "new" and row.person_id is not None:
            known.setdefault(meant[kind_of(row), row.row], row.person_id)
    for row in rows:
        if row.status != "likely_duplicate":
            continue
        person = meant[kind_of(row), row.row]
        if person in known and known[person] != row.person_id:
            settle_as_same(session, row.id, known[person])
        else:
            settle_as_other(session, row.id)
            if person is not None and row.person_id is not None:
                known[person] = row.person_id
    found = defaultdict(set)
    for row in rows:
        if row.person_id is not None:
            found[meant[kind_of(row), row.row]].add(row.person_id)
    return dict(found)


def kind_of(row):
    return row.values["kind_of_sheet"]


def by_sex(count):
    return {sex: number for sex, number in (("L", count.men), ("P", count.women), ("?", count.unknown)) if number}


def codes(lines_):
    return {line.code: line.month.total for line in lines_ if line.month.total}


def matches_the_truth(figures, truth, month):
    """Every figure of the month that a register has something to say about."""

    def month_of(code):
        return figures.indicator(code).month

    assert by_sex(month_of("returnees_registered")) == returnees(truth, month)
    assert codes(figures.return_types) == returnees(truth, month, "return_type")
    assert codes(figures.destinations) == returnees(truth, month, "country")
    assert by_sex(month_of("contacts")) == visits(truth, month)
    assert month_of("counselling_sessions") == len(sessions(truth, month))
    assert month_of("persons_counselled").total == len({row["person"] for row in sessions(truth, month)})
    assert month_of("training_events") == len({row["event"] for row in lines(truth, month)})
    assert month_of("training_participants").total == len(lines(truth, month))
    assert month_of("persons_served").total == len(served(truth, month))
    assert all(check.holds for check in figures.checks)
    matches_the_tests(figures.training_month.all_gain, pairs(truth, month))


def matches_the_tests(gain, both):
    assert gain.pairs == len(both)
    assert gain.improved == sum(post > pre for pre, post in both)
    assert gain.passed == sum(post >= 70 for _pre, post in both)
    expected = sum(post - pre for pre, post in both) / len(both) if both else None
    assert gain.mean_gain == (pytest.approx(expected) if both else None)


# --- the register beside the project -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def truth():
    file = REGISTER.with_suffix(".truth.json")
    if not file.exists():
        pytest.skip("the register to try with is not beside the project")
    return json.loads(file.read_text())


@pytest.fixture(scope="module")
def taken_in(truth, make_either_centre):
    """A centre with the register, before and after somebody has settled the list: figures of every month."""
    from reports.monthly.figures import monthly_figures

    with make_either_centre("sqlite") as centre:
        with centre.change() as session:
            import_register(session, REGISTER)
        found = {}
        with centre.read() as session:
            found["before"] = {month: monthly_figures(session, month) for month in MONTHS}
        with centre.change() as session:
            found["known"] = settle(session, truth)
        with centre.read() as session:
            found["after"] = {month: monthly_figures(session, month) for month in MONTHS}
            found["left"] = count_to_settle(session)
            found["statuses"] = Counter(row.status for row in session.scalars(sa.select(ImportRow)))
        yield found


@pytest.mark.parametrize("month", MONTHS)
def test_the_month_says_what_the_register_says(taken_in, truth, month):
    matches_the_truth(taken_in["after"][month], truth, month)


def test_october_has_its_forty_five_rows(taken_in, truth):
    assert sum(row["reported"][:7] == "2026-10" for row in truth["register"]) == 45
    october = taken_in["after"]["2026-10"]
    assert october.indicator("contacts").month.total == 45
    assert october.indicator("contacts").year.total == truth["summary"]["register_rows"]


def test_the_year_has_the_sums_of_the_truth(taken_in, truth):
    year = taken_in["after"]["2026-12"]
    summary = truth["summary"]
    assert year.indicator("counselling_sessions").year == summary["counselling_rows"]
    assert year.indicator("training_events").year == summary["training_events"]
    assert year.indicator("training_participants").year.total == summary["training_rows"]
    assert year.training_year.all_gain.pairs == summary["matched_pairs"]
    assert year.indicator("mean_gain").year == pytest.approx(summary["mean_gain"], abs=0.0005)
    on_leave = sum(row["return_type"] == ON_LEAVE for row in first_rows(truth).values())
    assert year.indicator("returnees_registered").year.total == summary["people_in_register"] - on_leave


@pytest.mark.parametrize("month", MONTHS)
def test_what_needs_no_decision_is_right_before_anybody_decides(taken_in, truth, month):
    figures = taken_in["before"][month]
    assert by_sex(figures.indicator("contacts").month) == visits(truth, month)
    assert figures.indicator("counselling_sessions").month == len(sessions(truth, month))
    assert figures.indicator("training_events").month == len({row["event"] for row in lines(truth, month)})
    assert figures.indicator("training_participants").month.total == len(lines(truth, month))
    matches_the_tests(figures.training_month.all_gain, pairs(truth, month))


@pytest.mark.parametrize("month", MONTHS)
def test_nobody_is_registered_twice_before_anybody_decides(taken_in, truth, month):
    found = by_sex(taken_in["before"][month].indicator("returnees_registered").month)
    assert not Counter(found) - returnees(truth, month)


def test_everybody_of_the_truth_is_one_person_in_the_centre(taken_in, truth):
    known = taken_in["known"]
    assert set(known) >= {row["person"] for kind in ("register", "counselling") for row in truth[kind]}
    assert {person: ids for person, ids in known.items() if len(ids) != 1} == {}
    assert len(set.union(*known.values())) == len(known)
    assert taken_in["statuses"]["likely_duplicate"] == 0


# --- a small register, the same in every checkout ----------------------------------------------------------------

SMALL = {
    "register": [
        {"row": 4, "person": 1, "reported": "2026-09-30", "sex": "P", "return_type": "PHK", "country": "TWN"},
        {"row": 5, "person": 2, "reported": "2026-10-01", "sex": "L", "return_type": "DEPORTASI", "country": "MYS"},
        {"row": 6, "person": 3, "reported": "2026-10-12", "sex": "P", "return_type": "CUTI", "country": "HKG"},
        {"row": 7, "person": 1, "reported": "2026-10-20", "sex": "P", "return_type": "PHK", "country": "TWN"},
        {"row": 8, "person": 4, "reported": "2026-10-31", "sex": "P", "return_type": "SAKIT", "country": "SAU"},
        {"row": 9, "person": 2, "reported": "2026-11-03", "sex": "L", "return_type": "DEPORTASI", "country": "MYS"},
    ],
    "counselling": [
        {"row": 2, "person": 1, "date": "2026-10-01"},
        {"row": 3, "person": 2, "date": "2026-10-05"},
        {"row": 4, "person": 1, "date": "2026-10-31"},
        {"row": 5, "person": 3, "date": "2026-11-02"},
    ],
    "training": [
        {"row": 2, "event": 1, "start": "2026-10-06", "person": 4, "pre": 40, "post": 75},
        {"row": 3, "event": 1, "start": "2026-10-06", "person": None, "pre": 55, "post": None},
        {"row": 4, "event": 1, "start": "2026-10-06", "person": None, "pre": 70, "post": 65},
        {"row": 5, "event": 2, "start": "2026-11-10", "person": 4, "pre": 50, "post": 90},
    ],
}  # fmt: skip
"""What the sheets below mean, in the form of the truth file; person 2 comes back misspelt and without his NIK."""

SHEETS = {
    "Data Purna PMI": [
        ["DATA PURNA PEKERJA MIGRAN INDONESIA"],
        [],
        ["No", "Tgl Lapor", "Nama Lengkap", "NIK", "L/P", "Tgl Lahir", "Desa/Kel", "Kecamatan", "Kab/Kota", "No. HP/WA",
         "Negara Penempatan", "Pekerjaan", "Tgl Pulang", "Jenis Kepulangan"],
        [1, "30/9/2026", "Sumiati Rahayu", "5203015505840001", "P", "15-05-1984", "Tanjung Luar", "Keruak",
         "Kab. Lombok Timur", "0812-3456-7801", "Taiwan", "PRT", "12/08/2026", "PHK"],
        [2, "1 Oktober 2026", "Lalu Muhamad Zaini", "5203011203790002", "L", "12 Maret 1979", "Ds. Tanjung Luar",
         "Keruak", "Lotim", "081234567802", "Malaysia", "Kebun sawit", "20-08-2026", "dideportasi"],
        [3, "12-10-2026", "Baiq Rohani", "5203016407920003", "Pr", "24/7/1992", "Tanjung Luar", "Keruak",
         "Lombok Timur", None, "Hongkong", "PRT", "01/10/2026", "cuti"],
        [4, "20/10/2026", "SUMIYATI RAHAYU", "5203.0155.0584.0001", "P", "15/5/84", "Tanjung Luar", "Keruak",
         "Lombok Timur", "081234567801", "Taiwan", "PRT", "12/08/2026", "di-PHK"],
        [5, "31 Oktober 2026", "Hikmah Wardani", "5203014101880004", "P", "1 Januari 1988", "Tanjung Luar", "Keruak",
         "Lombok Timur", "081234567804", "Saudi Arabia", "PRT", "15-09-2026", "pulang sakit"],
        [6, "3-11-2026", "Lalu Muh. Zaeni", None, "L", "12-03-1979", "Tanjung Luar", "Keruak", "Lombok Timur",
         "081234567802", "Malaysia", "Kebun sawit", "20-08-2026", "deportasi"],
    ],
    "Konseling": [
        ["Tanggal", "Nama Klien", "NIK", "Sesi ke-", "Jenis Konseling", "Durasi (menit)", "Konselor"],
        ["1 Oktober 2026", "Sumiati Rahayu", "5203015505840001", 1, "Reintegrasi", 60, "Ratna"],
        ["5/10/2026", "Lalu Muhamad Zaini", "5203011203790002", 1, "Keluarga", 45, "Ratna"],
        ["31-10-2026", "Sumiati Rahayu", "5203015505840001", 2, "Reintegrasi", 60, "Ratna"],
        ["2 November 2026", "Baiq Rohani", "5203016407920003", 1, "Reintegrasi", 60, "Ratna"],
    ],
    "Literasi Keuangan": [
        ["Tgl Mulai", "Tgl Selesai", "Desa", "Kecamatan", "Materi", "Fasilitator", "Nama Peserta", "L/P", "Umur",
         "Status Peserta", "Pre Test", "Post Test", "Hari 1", "Hari 2"],
        ["6 Oktober 2026", "7 Oktober 2026", "Tanjung Luar", "Keruak", "Menabung", "Ratna", "Hikmah Wardani", "P", 38,
         "Purna PMI", 40, 75, "H", "H"],
        ["6/10/2026", "7/10/2026", "Ds. Tanjung Luar", "Keruak", "Menabung", "Ratna", "Nurul Aini", "P", 30, "Keluarga",
         55, None, "H", "A"],
        ["6-10-2026", "7-10-2026", "Tanjung Luar", "Keruak", "Menabung", "Ratna", "Sahrul Gunawan", "L", 24, "CPMI",
         70, 65, "v", "H"],
        ["10 November 2026", "10 November 2026", "Tanjung Luar", "Keruak", "Menabung", "Ratna", "Hikmah Wardani", "P",
         38, "Purna PMI", 50, 90, "H", None],
    ],
}  # fmt: skip


@pytest.fixture
def small_register(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


@pytest.fixture
def small_office(either_centre, small_register, desk_of):
    """A centre with the small register, settled; a desk to ask for its months."""
    with either_centre.change() as session:
        import_register(session, small_register)
        settle(session, SMALL)
    with either_centre.read() as session:
        yield desk_of(session)


def test_a_small_register_in_every_month(small_office):
    for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
        matches_the_truth(small_office.month(month), SMALL, month)


def test_its_october_as_one_counts_it_on_ones_fingers(small_office):
    october = small_office.month("2026-10")
    figures = {one.code: getattr(one.month, "total", one.month) for one in october.indicators}
    expected = {
        "persons_served": 3, "new_clients": 3, "returning_clients": 0, "contacts": 4, "returnees_registered": 2,
        "counselling_sessions": 3, "persons_counselled": 2, "training_events": 1, "training_participants": 3,
        "mean_gain": None, "reached_pass_mark": None,
    }  # fmt: skip
    assert {code: figures[code] for code in expected} == expected
    assert codes(october.return_types) == {"DEPORTASI": 1, "SAKIT": 1}
    gain = october.training_month.all_gain
    assert (gain.pairs, gain.mean_gain, gain.passed) == (2, 15.0, 1)


def test_taking_it_in_twice_changes_no_figure(centre, small_register, desk_of):
    def october():
        with centre.read() as session:
            return {name: value for name, value in desk_of(session).month().as_dict().items() if name != "cut_off"}

    with centre.change() as session:
        import_register(session, small_register)
    once = october()
    with centre.change() as session:
        import_register(session, small_register)
    assert october() == once


def test_taking_the_import_back_leaves_an_empty_month(centre, small_register, desk_of):
    from resource_centre.registers.importing import undo_import

    with centre.change() as session:
        taken = import_register(session, small_register)
    with centre.change() as session:
        undo_import(session, taken.batch_id)
    with centre.read() as session:
        figures = desk_of(session).month()
    assert {code for code in (one.code for one in figures.indicators) if _some(figures.indicator(code).month)} == set()


def _some(value):
    return getattr(value, "total", value)
