"""Beside the form, somebody already known is found however they are written this time."""

import pytest

from resource_centre.services.duplicates import likely_duplicates

HERE, THERE = "52.03.01.2001", "52.08.01.2001"


@pytest.mark.parametrize(
    "typed",
    [
        {"full_name": "Moh. Sjahrul", "birth_date": "1984-05-17"},
        {"full_name": "SYAHRUL MUHAMMAD", "birth_date": "1984"},
        {"full_name": "H. Muhammad Syahrul bin Amin", "birth_date": "1984-05-17"},
        {"full_name": "Muhammad Sahurl", "birth_date": "1984-05-17"},
        {"full_name": "Muhammadsyahrul", "birth_date": "1984-05-17"},
        {"full_name": "Muhammad Syahrul", "birth_date": "1983-05-17"},
        {"full_name": "Muhammad Syahrul Hidayat", "birth_date": "1984-05-17"},
        {"full_name": "Mohammad Sahrul", "village_code": HERE},
        {"full_name": "Sahrul", "mother_name": "St. Maemunah", "birth_date": "1984", "village_code": HERE},
        {"full_name": "Syahrul", "phone": "0812 3456 7890", "birth_date": "1984"},
    ],
)
def test_one_man_written_in_many_ways(session, register, typed):
    register("Muhammad Syahrul", sex="L", birth_date="1984-05-17", village=HERE, mother_name="Siti Maimunah",
             phone="081234567890")  # fmt: skip
    assert [one.full_name for one in likely_duplicates(session, **typed)] == ["Muhammad Syahrul"]


def test_a_brother_on_the_same_telephone_is_somebody_else(session, register):
    family = {"phone": "081234567890", "mother_name": "Siti Maimunah", "village": HERE, "sex": "L"}
    register("Zainal Arifin", birth_date="1984-05-17", **family)
    asked = {"full_name": "Ridwan Arifin", "birth_date": "1989-11-02", "sex": "L", "village_code": HERE}
    assert likely_duplicates(session, **asked, phone="081234567890", mother_name="Siti Maimunah") == []


def test_a_namesake_is_shown_until_something_speaks_against(session, register):
    register("Sumiati", birth_date="1984-05-17", village=HERE)
    assert [one.full_name for one in likely_duplicates(session, full_name="Soemiati")] == ["Sumiati"]
    assert likely_duplicates(session, full_name="Soemiati", village_code=THERE) == []
    assert likely_duplicates(session, full_name="Soemiati", birth_date="1961-02-03") == []


def test_the_likeliest_comes_first_with_its_chance(session, register):
    register("Sumiati", village=THERE)
    register("Sumiati", birth_date="1984-05-17", village=HERE)
    first, second = likely_duplicates(session, full_name="Sumiati", birth_date="1984-05-17")
    assert first.birth_date == "1984-05-17"
    assert 100 > first.score > second.score > 0
    assert first.village_code == HERE
