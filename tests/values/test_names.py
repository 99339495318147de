# SPDX-License-Identifier: Apache-2.0
"""One person, many spellings; two people, one common name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.values.names import fold_name, name_tokens, similarity, split_name


@pytest.mark.parametrize(
    "spellings",
    [
        ("Soekarno", "Sukarno", "SUKARNO", " sukarno "),
        ("Djoemiati", "Jumiati", "Jumiatti"),
        ("Moh. Syahrul", "Muhammad Sjahrul", "Mohd Sahrul", "Muh Syahrul", "M. Syahrul", "Mochamad Syahrul"),
        ("St. Aminah", "Siti Aminah", "Sitti Aminah"),
        ("Hj. Siti Aisyah", "Hajah Siti Aisyah", "Siti Aisjah", "Ibu Siti Aisah"),
        ("H. Abdul Rahman, S.Pd.I", "Abd. Rahman", "Drs.H.Abd.Rahman,MM", "Abdul Rahman S.Pd"),
        ("Achmad Zaenal", "Ahmad Zainal", "Akhmad Zainal"),
        ("Nu'man", "Numan", "Nu’man"),
        ("Tjandra", "Chandra", "Candra"),
        ("Noor Hayati", "Nur Hayati", "Nur Hajati".replace("j", "y")),
        ("Ramadhan", "Ramadan"),
        ("Taufiq", "Taufik"),
        ("Arief", "Arif"),
        ("José", "Jose"),
        ("Rusdi bin Mahmud", "Rusdi bin H. Mahmud", "Rusdi Mahmud"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(spellings):
    assert len({fold_name(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rohana", "Rohani"), ("Siti Aminah", "Siti Fatimah"), ("Suryani", "Suryana"), ("Muhammad Ali", "Muhammad Yusuf")],
)
def test_different_names_stay_different(one, other):
    assert fold_name(one) != fold_name(other)


def test_a_single_word_is_a_whole_name():
    assert name_tokens("Sumiati") == ("sumiati",)
    assert fold_name("Haji") == "haji", "a title standing alone is the name"
    assert fold_name("H.") == "h"


def test_titles_and_degrees_are_left_out_but_names_like_them_stay():
    assert fold_name("Prof. Dr. Ir. Sri Rahayu, M.Sc., Ph.D") == "sri rahayu"
    assert fold_name("Soemarni, SE., MM.") == "sumarni"
    assert fold_name("Made Ibunda") == "made ibunda"
    assert fold_name("Lalu Wirajaya, Mataram") == "lalu wirajaya mataram"


def test_the_fathers_name_is_told_apart():
    assert split_name("Zulkarnain Wati bin H. Mahmud") == (("zulkarnain", "wati"), ("mahmud",))
    assert split_name("Bin Ali").father == ()


@given(st.text(max_size=60))
def test_folding_is_single_spaced_and_settles(text):
    folded = fold_name(text)
    assert folded == " ".join(folded.split())
    assert "  " not in folded


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=40))
def test_case_and_spacing_never_matter(text):
    assert fold_name(text.upper()) == fold_name(f"  {text.replace(' ', '   ')} ")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_from_both_sides(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == pytest.approx(similarity(other, one))


def test_likeness_ranks_as_a_person_would():
    same = similarity("Sukri Hasan", "Soekri Hassan")
    turned = similarity("Hasan Sukri", "Sukri Hasan")
    glued = similarity("Nurhayati", "Nur Hayati")
    slip = similarity("Fatmawati Puspita", "Fatmawti Puspita")
    shorter = similarity("Sumiati", "Sumiati Utami")
    common = similarity("Siti Aminah", "Siti Fatimah")
    assert same == 1.0
    assert min(turned, glued, slip) > 0.9
    assert 0.6 < shorter < min(turned, glued, slip)
    assert common < 0.5


def test_a_fathers_name_helps_and_its_absence_hardly_hurts():
    assert similarity("Rusdi bin Mahmud", "Rusdi bin Hasan") < similarity("Rusdi bin Mahmud", "Rusdi") < 1.0
    assert similarity("Rusdi bin Mahmud", "Rusdi Mahmud") > 0.95


def test_no_name_is_like_nothing():
    assert similarity("", "Sumiati") == 0.0
    assert similarity("...", "...") == 0.0
