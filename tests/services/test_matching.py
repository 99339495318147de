"""One person written down twice is found again, two people of one household stay two."""

import csv
import random
from pathlib import Path

import pytest

from resource_centre.matching.births import LEVELS as BIRTH_LEVELS
from resource_centre.matching.births import compare_births
from resource_centre.matching.descriptions import describe
from resource_centre.matching.groups import same_people
from resource_centre.matching.names import LEVELS, Name, compare_names
from resource_centre.matching.scan import scan
from resource_centre.matching.table import read_people
from resource_centre.matching.weights import KINDS, first_weights
from resource_centre.values.names import sound_key, sound_words

PEOPLE = Path(__file__).parents[1] / "fixtures" / "people"
NAMES = ("Rohani", "Sukarno", "Halimah", "Wirawan", "Mardiana", "Gunadi", "Kalsum", "Jumahir", "Nuraini", "Sahabudin")


def named(text):
    heard = sound_words(text)
    return Name(heard.own, heard.spelt)


def level(one, other, known=()):
    return LEVELS[compare_names(named(one), named(other), set(known).__contains__)[0]]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Muhammad Sjahrul", "Moh. Syahrul", "same"),
        ("Siti Aminah", "St. Amina", "same"),
        ("Soerjadi Widjaja", "Suryadi Wijaya", "same"),
        ("Tjahyo Djunaedi", "Cahyo Junaidi", "same"),
        ("Hj. Safitri Rahayu", "SAPITRI  RAHAJU", "same"),
        ("Nur Hayati", "Nurhayati", "same"),
        ("Andi Salim", "SalimAndi", "same"),
        ("Hasan bin Ali", "binti Ali Hasan", "same"),
        ("Ramadhan Husein", "Husain Ramadan", "same"),
        ("Suharti Lestari", "Suhatri Lestari", "slip"),
        ("Endang", "Enadng", "slip"),
        ("Fathurrahman Hidayat", "Fathurahmn Hidyat", "slips"),
        ("Kartini Utami", "Kartini", "shorter"),
        ("Kartini Utami", "Kartini Lestari", "partly"),
        ("Siti Aminah", "Siti Rohani", "other"),
        ("Slamet", "Bambang", "other"),
    ],
)
def test_how_two_names_agree(one, other, found):
    assert level(one, other) == level(other, one) == found


def test_two_names_of_their_own_are_not_a_slip():
    rohana, rohani = sound_key("Rohana"), sound_key("Rohani")
    assert level("Rohana Utami", "Rohani Utami") == "slip"
    assert level("Rohana Utami", "Rohani Utami", known=(rohana, rohani)) == "alike"


def test_a_title_alone_is_no_name():
    assert describe({"name": "Hj."}).words == ()


@pytest.mark.parametrize(("written", "sex"), [("Wanita", "P"), ("pria", "L"), ("F", "P"), ("?", ""), ("", "")])
def test_sex_is_read_in_many_words(written, sex):
    assert describe({"name": "Rohani", "sex": written}).sex == sex


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("19840517", "19840517", "same"),
        ("19840305", "19840503", "turned"),
        ("19840517", "19850517", "slip"),
        ("19840517", "19840518", "slip"),
        ("19840517", "19840529", "day"),
        ("19840517", "1984", "fits"),
        ("19840517", "19840101", "fits"),
        ("19840517", "1985", "nearly_fits"),
        ("19840517", "19841117", "near"),
        ("19840517", "19840817", "slip"),
        ("19840517", "19561123", "other"),
        ("19841705", "19840517", "turned"),
    ],
)
def test_how_two_dates_of_birth_agree(one, other, found):
    assert BIRTH_LEVELS[compare_births(one, other)] == BIRTH_LEVELS[compare_births(other, one)] == found


def test_a_nik_says_when_somebody_was_born_and_falls_silent_with_the_numbers():
    person = describe({"name": "Rohani", "birth_date": "1984", "nik": "9903015705840001"})
    assert person.births == ("19840517",)
    assert person.without_numbers().births == ("1984",)


def test_shipped_chances_are_chances():
    for kind, table in zip(KINDS[:2], first_weights(), strict=False):
        for levels in table:
            assert sum(levels) == pytest.approx(1, abs=0.03), kind


def household(count):
    """Families of two, brother and sister or brothers of one name, all with one telephone and mother each."""
    chance = random.Random(3)
    for number in range(count):
        family = {"phone": f"+62812{number:07}", "mother_name": f"{chance.choice(NAMES)} {chance.choice(NAMES)}",
                  "village": f"99.01.02.{2000 + number % 20}"}  # fmt: skip
        first = chance.choice(NAMES)
        for year in (1970, 1975):
            born = f"{year + number % 25}-{1 + number % 12:02}-{1 + (number * 7 + year) % 28:02}"
            yield {**family, "name": f"{first if number % 3 else chance.choice(NAMES)} {chance.choice(NAMES)}",
                   "birth_date": born, "sex": "L"}  # fmt: skip


def test_brothers_and_sisters_are_two_people():
    found = scan([describe(one) for one in household(150)]).found
    assert found == ()


def test_somebody_written_twice_is_found_among_households():
    rows = list(household(100))
    again = {**rows[10], "name": rows[10]["name"].upper().replace("U", "OE"), "birth_date": rows[10]["birth_date"][:4]}
    (pair,) = scan([describe(one) for one in [*rows, again]]).found
    assert (pair.one, pair.other) == (10, len(rows))
    assert pair.chance > 0.5
    assert pair.reasons[:3] == ("same_phone", "same_name", "birth_agrees")


@pytest.mark.parametrize("without", [True, False])
def test_a_list_never_seen_is_matched_well(without):
    people = read_people(PEOPLE / "list.csv")
    records = [one.without_numbers() for one in people.records] if without else people.records
    with (PEOPLE / "pairs.csv").open(encoding="utf-8") as file:
        true = {(row["a"], row["b"]) for row in csv.DictReader(file)}
    found = {tuple(sorted((people.ids[one.one], people.ids[one.other]))) for one in scan(records).found}
    right = len(found & true)
    assert 2 * right / (len(found) + len(true)) > (0.9 if without else 0.93)


def test_the_same_list_gives_the_same_pairs():
    records = read_people(PEOPLE / "list.csv").records[:150]
    assert scan(records) == scan(records)


def test_nobody_and_one_person_are_no_pairs():
    assert scan([]).found == ()
    assert scan([describe({"name": "Rohani"})]).found == ()


def test_what_is_one_person_twice_is_one_person_thrice():
    chances = {(0, 1): 0.99, (1, 2): 0.95, (0, 2): 0.3}
    assert same_people(chances, lambda *_pair: 0.0, 0.5) == {(0, 1): 0.99, (1, 2): 0.95, (0, 2): 0.95}


def test_a_poor_record_does_not_make_two_people_one():
    chances = {(0, 1): 0.9, (1, 2): 0.8}
    assert same_people(chances, lambda *_pair: 0.001, 0.5) == {(0, 1): 0.9}
