# SPDX-License-Identifier: Apache-2.0
"""A NIK tells sex, birth date and first registration; what contradicts the person's answers is only a warning."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.places import gazetteer
from resource_centre.values.nik import NIK_WORDS, mask_nik, read_nik

TODAY = date(2026, 11, 22)


def read(text, **declared):
    return read_nik(text, today=TODAY, **declared)


def test_a_man_and_a_woman_of_the_same_day():
    man, woman = read("3171011708450001"), read("3171015708450001")
    assert (man.ok, man.sex, man.birth_dates) == (True, "L", (date(1945, 8, 17),))
    assert (woman.ok, woman.sex, woman.birth_dates) == (True, "P", (date(1945, 8, 17),))
    assert (man.province, man.regency, man.district) == ("31", "31.71", "31.71.01")


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("3171013002001234", "nik_date"),  # 30 February
        ("3171014008450001", "nik_day"),  # day 40
        ("3171010008450001", "nik_day"),
        ("3171017208450001", "nik_day"),  # day 72
        ("3171018108450001", "nik_day"),  # taken for a man by a validator that counts modulo 40
        ("3171019908450001", "nik_day"),
        ("3171011713450001", "nik_date"),  # month 13
        ("317101170845000", "nik_shape"),
        ("31710117084500012", "nik_shape"),
        ("٣١٧١٠١١٧٠٨٤٥٠٠٠١", "nik_shape"),
        ("", "nik_shape"),
        ("5.20314E+15", "nik_shape"),
    ],
)
def test_an_impossible_number_is_an_error(number, error):
    reading = read(number)
    assert not reading.ok
    assert reading.errors == (error,)


@pytest.mark.parametrize(
    "written", [" 520303 120584 9523", "5203.0312.0584.9523", "'5203031205849523", "5203-0312-0584-9523"]
)
def test_spaces_dots_dashes_and_the_spreadsheet_apostrophe_are_read_over(written):
    assert read(written).value == "5203031205849523"


def test_a_hundred_and_eleven_years_are_too_many():
    assert read("5203031205149523").birth_dates == (date(2014, 5, 12),)


def test_the_century_is_told_by_the_declared_birth_date_else_by_the_age_of_workers_else_not():
    child_or_centenarian = "5203031205209523"
    assert read(child_or_centenarian, born="2020").birth_dates == (date(2020, 5, 12),)
    assert read(child_or_centenarian, born="1920-05").birth_dates == (date(1920, 5, 12),)
    adult = read(child_or_centenarian, adult=True)
    assert adult.birth_dates[0] == date(1920, 5, 12)
    assert "nik_century" not in adult.warnings
    assert "nik_century" in read(child_or_centenarian).warnings


def test_other_answers_than_the_number_warn_and_do_not_refuse():
    reading = read("5203031205849523", born="1985", sex="P")
    assert reading.ok
    assert set(reading.warnings) == {"nik_born_differs", "nik_sex_differs"}
    assert read("5203031205849523", born="1984-05", sex="L").warnings == ()


def test_the_serial_number_0000_warns():
    assert read("5203031205840000").warnings == ("nik_serial",)


def test_places_of_today_are_known_and_old_codes_only_warn():
    places = gazetteer()
    assert read("5203031205849523", places=places).warnings == ()
    assert read("6501011205849523", places=places).ok, "North Kalimantan exists"
    assert read("9601011205849523", places=places).ok, "Southwest Papua exists"
    assert read("5299031205849523", places=places).warnings == ("nik_regency_unknown",)
    assert read("5203991205849523", places=places).warnings == ("nik_district_unknown",)
    assert read("9701011205849523", places=places).errors == ("nik_province",)
    assert read("5401011205849523", places=places).ok, "a province of old keeps its numbers"


def test_invented_people_are_accepted_only_in_the_demo():
    assert read("9901011205849523").errors == ("nik_province",)
    assert read("9901011205849523", demo=True, places=gazetteer()).ok


@given(st.dates(date(1927, 1, 1), TODAY), st.sampled_from("LP"), st.integers(1, 9999))
def test_whoever_is_written_is_read_back(born, sex, serial):
    day = born.day + (40 if sex == "P" else 0)
    number = f"520303{day:02d}{born:%m%y}{serial:04d}"
    reading = read(number, born=born.isoformat(), sex=sex)
    assert reading.ok
    assert reading.warnings == ()
    assert reading.birth_dates == (born,)


@given(st.text(max_size=24))
def test_no_text_makes_it_stumble(text):
    assert set(read(text).errors) <= set(NIK_WORDS)


def test_the_masked_number_hides_birth_date_and_sex():
    assert mask_nik("3171011708450001") == "317101******0001"
    assert mask_nik("31710117") == "********"
