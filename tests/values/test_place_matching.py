# SPDX-License-Identifier: Apache-2.0
"""What a register says about a village leads to its code, or to nobody's guess."""

import random

import pytest

from resource_centre.place_matching import PLACE_WORDS
from resource_centre.places import gazetteer


@pytest.fixture(scope="module")
def places():
    return gazetteer()


SIKUR_SELATAN = "52.03.04.2013"


@pytest.mark.parametrize(
    ("village", "district", "regency", "expected"),
    [
        ("Sikur Selatan", "Sikur", "Lombok Timur", SIKUR_SELATAN),
        ("DS. SIKUR SELATAN", "KEC. SIKUR", "KAB. LOMBOK TIMUR", SIKUR_SELATAN),
        ("desa  sikur  selatan", "Kecamatan Sikur", "Kabupaten Lombok  Timur", SIKUR_SELATAN),
        ("Sikur Sel.", "Sikur", "Lotim", SIKUR_SELATAN),
        ("SikurSelatan", "sikur", "Lombok Tmr", SIKUR_SELATAN),
        ("Sikur Slt", "Sikur", "Lombok Tim.", SIKUR_SELATAN),
        ("Sikur Selatn", "Sikur", "Lombok Timur", SIKUR_SELATAN),
        ("Dsn. Montong, Ds. Sikur Selatan Kec. Sikur Kab. Lotim", None, None, SIKUR_SELATAN),
        ("Sikur Selatan, Sikur, Lombok Timur", None, None, SIKUR_SELATAN),
        ("Jl. Mawar RT 01/RW 02 Desa Sikur Selatan", "Sikur", "Lombok Timur", SIKUR_SELATAN),
        ("Dusun Sikur Selatan", "Sikur", "Lombok Timur", SIKUR_SELATAN),
        ("Akar-Akar", "Bayan", "KLU", "52.08.04.2005"),
        ("Pringgarata", "Pringgarata", "Loteng", "52.02.08.2001"),
        ("Kuranji", "Labuapy", "Lobar", "52.01.08.2008"),
        ("Soekaradja", "Jerowaru", "Lombok Timur", "52.03.20.2002"),
        ("Kel. Ampenan Tengah", "Ampenan", "Mataram", "52.71.01.1005"),
        ("Desa Baru", "Alas", "Sumbawa", "52.04.05.2002"),
        ("Aik Mel", "Aikmel", "Lombok Timur", "52.03.09.2002"),
        ("Sikur Selatan", "Kec. Sikur, Kab. Lombok Timur", None, SIKUR_SELATAN),
        ("Sikur Selatan", "Kec. Sikur Kab. Lombok Timur", None, SIKUR_SELATAN),
        ("Sikur Selatan", "Sikur", "Lombok Timur, NTB", SIKUR_SELATAN),
        ("Sikur Selatan", "Sikur", "Kab. Lombok Timur NTB", SIKUR_SELATAN),
        ("Sikur Selatan", "Sikur", "Lombk Timur", SIKUR_SELATAN),
        ("Sikur Selatan", "Sikur", "NTB", SIKUR_SELATAN),
        ("HU'U", "Hu`u", "Dompu", "52.05.03.2003"),
        ("Desa Huu", "Hu’u", "Kab. Dompu", "52.05.03.2003"),
    ],
)
def test_the_habits_of_registers_are_understood(places, village, district, regency, expected):
    match = places.match(village=village, district=district, regency=regency)
    assert (match.code, match.problem) == (expected, None)


def test_village_and_district_alone_are_enough_when_only_one_fits(places):
    assert places.match(village="Ds. Korleko Selatan", district="Labuhan Haji").code == "52.03.17.2011"


def test_how_sure_the_reading_is_can_be_told(places):
    def how(village, district="Sikur", regency="Lombok Timur"):
        return places.match(village=village, district=district, regency=regency).how

    assert how("Sikur Selatan") == "exact"
    assert how("Soekaradja", "Jerowaru") == "spelling"
    assert how("Sikur Sel.") == "abbreviated"
    assert how("Sikur Selatan", regency="Lotim") == "abbreviated"
    assert how("Tetebatoh Selatan") == "misspelt"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"village": ""}, "place_missing"),
        ({"village": None, "district": "Sikur"}, "place_missing"),
        ({"village": "Sukaraja"}, "village_ambiguous"),
        ({"village": "Sukaraja", "regency": "Lombok Barat Daya"}, "regency_unknown"),
        ({"village": "Sikur", "district": "Sikur", "regency": "Lombok"}, "regency_unknown"),
        ({"village": "Sikur", "regency": "Lombok Timur", "province": "NTT"}, "regency_elsewhere"),
        ({"village": "Labuapi", "district": "Labuapi", "regency": "Lombok Timur"}, "district_elsewhere"),
        ({"village": "Sikur", "district": "Xyzzy", "regency": "Lombok Timur"}, "district_unknown"),
        ({"village": "Sukaraja", "district": "Sikur", "regency": "Lombok Timur"}, "village_elsewhere"),
        ({"village": "Xyzzy", "district": "Sikur", "regency": "Lombok Timur"}, "village_unknown"),
        ({"village": "Sikur Timur", "district": "Sikur", "regency": "Lombok Timur"}, "village_unknown"),
    ],
)
def test_what_is_unclear_gets_a_reason_and_no_code(places, cells, problem):
    match = places.match(**cells)
    assert (match.code, match.problem) == (None, problem)
    assert problem in PLACE_WORDS


def test_several_villages_are_listed_for_a_person_to_choose(places):
    match = places.match(village="Sukaraja")
    assert len({place.code for place in match.candidates}) > 1
    assert all(place.name.replace(" ", "").lower() == "sukaraja" for place in match.candidates)
    hinted = places.match(village="Sukaraja", within="52.03")
    assert hinted.code == "52.03.20.2002"
    assert hinted.hint_used


def test_the_contradicting_village_is_offered(places):
    match = places.match(village="Labuapi", district="Labuapi", regency="Lombok Timur")
    assert [place.code for place in match.candidates] == ["52.01.08.2010"]
    assert match.known == "52.03"


def test_the_centres_area_decides_only_between_equals(places):
    own = ("52.01", "52.02")
    assert places.match(village="Sukaraja", within="52").code is None, "two of them lie in the province"
    assert places.match(village="Sikur", district="Sikur", within=own).code == "52.03.04.2002"
    assert places.match(village="Selong Belanak", within="33").problem == "village_far"


def test_two_villages_of_one_name_in_one_district_stay_two(places):
    match = places.match(village="Panipahan", district="Pasir Limau Kapas", regency="Rokan Hilir")
    assert match.problem == "village_ambiguous"
    assert len(match.candidates) == 2


def test_numbers_and_directions_are_never_corrected(places):
    for village in ("Sikur Barat", "Montong Baan Selatan"):
        turned = village.replace("Barat", "Utara").replace("Selatan", "Barat")
        match = places.match(village=turned, district="Sikur", regency="Lombok Timur")
        assert match.code is None or places.name(match.code) == turned


def test_the_district_is_known_even_when_the_village_is_not(places):
    assert places.match(village="Xyzzy", district="Sikur", regency="Lotim").known == "52.03.04"


def test_all_over_the_country_the_right_village_or_none(places):
    rng = random.Random(11)
    right = wrong = 0
    for code in rng.sample([code for code, _ in places.villages_below(None)], 200):
        province, regency, district, village = places.path(code)
        match = places.match(
            village=rng.choice(["", "Ds. ", "Desa ", "KEL. "]) + rng.choice([village.name, village.name.upper()]),
            district=rng.choice(["", "Kec. "]) + district.name.lower(),
            regency=regency.name.replace("Kabupaten", rng.choice(["Kab.", "Kabupaten", "KAB"])),
            province=rng.choice([province.name, None]),
        )
        right += match.code == code
        wrong += match.code not in {code, None}
    assert wrong == 0
    assert right >= 198
