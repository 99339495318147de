"""Single cells: whatever way a counsellor writes them, read right or not at all."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.registers.cells import (
    MarkHabit,
    NikHabit,
    SexHabit,
    read_count,
    read_mark,
    read_minutes,
    read_nik_cell,
    read_phone_cell,
    read_score,
    read_sex,
)
from resource_centre.registers.codes import read_code
from resource_centre.registers.dates import DateHabit, may_be_same, month_of, read_date, read_dates, surely_after
from resource_centre.registers.villages import split_address
from resource_centre.values.partial_date import agree, earliest, latest

TODAY = dt.date(2026, 11, 22)
INDONESIAN = DateHabit(indonesian=True, birth=False, today=TODAY, column_order="dmy")
BIRTHS = DateHabit(indonesian=True, birth=True, today=TODAY, column_order="dmy")

ID_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2026, 11, 22))


@given(
    DAYS,
    st.sampled_from(
        ["{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{d} {id} {y}", "{id_up} {d}, {y}", "{y}-{m:02}-{d:02}",
         "{d}-{en3}-{y}", "{en} {d}, {y}", "Senin, {d} {id} {y}", " {d:02} / {m:02} / {y} ", "{y}/{m}/{d}",
         "{d} {id3}. {y}", "tgl {d} {id} {y}", "{y}-{m:02}-{d:02} 00:00:00"]
    ),
)  # fmt: skip
def test_every_usual_way_of_writing_a_day_gives_that_day(day, shape):
    names = {"id": ID_MONTHS[day.month - 1], "en": EN_MONTHS[day.month - 1]}
    text = shape.format(
        d=day.day, m=day.month, y=day.year, id=names["id"], en=names["en"], id_up=names["id"].upper(),
        en3=names["en"][:3], id3=names["id"][:3],
    )  # fmt: skip
    assert read_date(text, INDONESIAN).value == day.isoformat()


@given(st.dates(dt.date(1950, 1, 1), dt.date(2012, 12, 31)))
def test_two_figure_years_of_birth_are_never_in_the_future_or_over_a_hundred_years_ago(born):
    reading = read_date(f"{born.day}/{born.month}/{born.year % 100:02d}", BIRTHS)
    assert reading.value in {born.isoformat(), None}
    assert reading.value == born.isoformat() or reading.options


@given(DAYS)
def test_a_spreadsheets_own_dates_are_that_day(day):
    assert read_date(dt.datetime.combine(day, dt.time()), INDONESIAN).value == day.isoformat()
    assert read_date((day - dt.date(1899, 12, 30)).days, INDONESIAN).value == day.isoformat()


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_of_dates_stumble(text):
    value = read_date(text, INDONESIAN).value
    assert value is None or earliest(value) <= latest(value)


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_the_quick_comparisons_agree_with_the_calendar(one, other, first, second):
    a, b = one.isoformat()[:first], other.isoformat()[:second]
    assert may_be_same(a, b) == agree(a, b)
    assert surely_after(a, b) == (earliest(a) > latest(b))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("17 Pebruari 2026", "2026-02-17"), ("5 Nop 2025", "2025-11-05"), ("3 Agt 2025", "2025-08-03"),
        ("3 Ags 25", "2025-08-03"), ("1 Agustsu 2025", "2025-08-01"), ("12-Mei-25", "2025-05-12"),
        ("Mei 2025", "2025-05"), ("05/2025", "2025-05"), (2025, "2025"), ("2025", "2025"), ("00/00/2024", "2024"),
        ("31/02/2025", None), ("tidak jelas", None), (19991, "1954-09-24"), ("12 V 2025", "2025-05-12"),
        ("05032026", "2026-03-05"), ("20260305", "2026-03-05"), ("2nd March 2026", "2026-03-02"),
    ],
)  # fmt: skip
def test_dates_as_registers_have_them(cell, value):
    assert read_date(cell, INDONESIAN).value == value


def test_several_days_in_one_cell():
    first, last = read_dates("3 s/d 4 April 2026", INDONESIAN)
    assert (first.value, last.value) == ("2026-04-03", "2026-04-04")
    first, last = read_dates("30 Maret - 2 April 2026", INDONESIAN)
    assert (first.value, last.value) == ("2026-03-30", "2026-04-02")
    first, last = read_dates("03/04/2026", INDONESIAN)
    assert (first.value, last) == ("2026-04-03", None)


def test_american_dates_that_excel_took_for_itself_are_noticed():
    taken = [dt.datetime.combine(dt.date(2026, month, 3), dt.time()) for month in range(1, 10)]
    cells = taken + [f"{day}/3/2026" for day in range(13, 20)]
    habit = DateHabit.of(cells, indonesian=True, birth=False, today=TODAY)
    assert habit.swapped
    assert read_date(cells[0], habit).options == ("2026-01-03", "2026-03-01")
    assert read_date("13/3/2026", habit).value == "2026-03-13"


@pytest.mark.parametrize("word", ["Agustus", "agt", "Ags", "August", "Agst", "Agutsus"])
def test_august_however_it_is_spelt(word):
    assert month_of(word) == 8


@given(st.integers(10**8, 10**11 - 1), st.sampled_from(["0{}", "62{}", "+62{}", "+62 {}", "0{} (istri)", "HP 0{}"]))
def test_an_indonesian_mobile_number_however_it_is_written(rest, shape):
    number = f"8{str(rest)[:10]}"
    assert read_phone_cell(shape.format(number)).value == f"+62{number}"
    assert read_phone_cell(int(number)).value == f"+62{number}"


def test_telephones_with_something_beside_them():
    assert read_phone_cell("0812-3456-7890 / 0857 1111 2222").problem == "phone_two"
    assert read_phone_cell("081234567890 (istri)").note == "istri"
    assert read_phone_cell("8.12346E+10").problem == "phone_damaged"
    assert read_phone_cell("-") == read_phone_cell(None) == read_phone_cell("tidak ada")
    assert read_phone_cell("pinjam tetangga").problem == "phone_form"


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("5203140306859835", "5203140306859835", ""),
        (" 520303 120584 9523", "5203031205849523", ""),
        ("'5203.0312.0584.9523", "5203031205849523", ""),
        ("5203031205849523 (KTP lama)", "5203031205849523", ""),
        (5203031001729690, "damaged", "nik_damaged"),
        (5.2030310017296e15, "damaged", "nik_damaged"),
        ("5,20303E+15", "damaged", "nik_damaged"),
        (9171014101900001, "damaged", "nik_damaged"),
        (5203031001729691, "5203031001729691", ""),
        ("520303100172969", "invalid", "nik_length"),
        ("52030310017296901", "invalid", "nik_length"),
        ("5203034001729691", "invalid", "nik_form"),
        ("5203031005849523 5203031005849524", "invalid", "two_answers"),
        ("belum ada", None, ""),
        ("hilang", None, "nik_form"),
    ],
)
def test_niks_as_registers_have_them(cell, value, problem):
    reading = read_nik_cell(cell, NikHabit(), TODAY)
    assert (reading.value, reading.problem) == (value, problem)


def test_niks_that_a_text_table_has_already_lost():
    cut = ["5203031001729690", "5203140306859830", "5201072302799170", "5202086811849150", "5203134712859580",
           "5203201805999230"]  # fmt: skip
    habit = NikHabit.of(cut)
    assert read_nik_cell(cut[0], habit, TODAY).problem == "nik_damaged"
    assert not NikHabit.of([f"520303100172969{n}" for n in range(10)]).cut


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("1 jam", 60), ("1,5 jam", 90), ("1 jam 30 menit", 90), ("90 mnt", 90), ("1:30", 90), (dt.time(1, 15), 75),
     ("setengah jam", 30), ("1 jam setengah", 90), (45, 45), ("2 hours", 120), ("45'", 45), ("lama", None)],
)  # fmt: skip
def test_durations(cell, minutes):
    assert read_minutes(cell).value == minutes


def test_a_bare_number_under_hours_is_hours():
    assert read_minutes(1.5, "Lama (jam)").value == 90


@pytest.mark.parametrize(
    ("cell", "score"),
    [(80, 80), ("80%", 80), ("80/100", 80), ("16/20", 80), ("72,5", 72.5), ("-", None), ("120", None), (0, 0)],
)
def test_scores(cell, score):
    assert read_score(cell).value == score


def test_counts():
    assert read_count("35 th", 120).value == 35
    assert read_count("ke-2", 20).value == 2
    assert read_count("III", 20).value == 3
    assert read_count("dua puluh", 120).problem == "not_a_number"


def test_marks_of_attendance():
    indonesian = MarkHabit.of(["v", "x", "v"], indonesian=True)
    assert [read_mark(cell, indonesian).value for cell in ("v", "x", "S", None, "telat")] == ["H", "A", "I", None, "T"]
    ticks = MarkHabit.of(["x", "-", "x"], indonesian=True)
    assert read_mark("x", ticks).value == "H"
    english = MarkHabit.of(["P", "A", "L"], indonesian=False)
    assert [read_mark(cell, english).value for cell in ("P", "L", "E")] == ["H", "T", "I"]
    both = MarkHabit.of(["v", "x", "-"], indonesian=True)
    assert read_mark("x", both).problem == "mark_unknown"


def test_sexes():
    plain = SexHabit.of(["L", "P", "W"])
    words = ("l", "Lk", "Laki - laki", "PR", "W", "F", "M")
    assert [read_sex(cell, plain).value for cell in words] == ["L", "L", "L", "P", "P", "P", "L"]
    men_and_women = SexHabit.of(["P", "W"], by_nik=[("p", "L")] * 3)
    assert read_sex("P", men_and_women).value == "L"


def test_answers_about_somebody_else_are_not_taken_for_the_persons_own():
    assert read_code("return_type", "majikan meninggal").value is None
    assert read_code("return_type", "orang tua sakit").value is None
    assert read_code("return_type", "pulang krn sakit").value == "SAKIT"
    assert read_code("country", "Malaysia (Johor)").value == "MYS"
    assert read_code("country", "Malaysia/Singapura").problem == "two_answers"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Dusun Krajan RT 02/RW 05 Desa Bakung Kec. Bakung Kab. Blitar",
         {"hamlet": "Krajan", "village": "Bakung", "district": "Bakung", "regency": "Blitar"}),
        ("Mamben Daya, Wanasaba, Lombok Timur",
         {"village": "Mamben Daya", "district": "Wanasaba", "regency": "Lombok Timur"}),
        ("Kel. Solor Kec. Kota Lama Kota Kupang",
         {"village": "Solor", "district": "Kota Lama", "regency": "Kota Kupang"}),
    ],
)  # fmt: skip
def test_addresses_in_one_cell(text, levels):
    assert split_address(text) == levels
