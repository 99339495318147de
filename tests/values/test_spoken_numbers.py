# SPDX-License-Identifier: Apache-2.0
"""Numbers that are read out on the phone and typed again."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.values.numbers import (
    DEVICE_ALPHABET,
    SERIES,
    check_character,
    check_number,
    compose_number,
    read_number,
)

ALPHABET = string.digits + string.ascii_uppercase

numbers = st.builds(
    compose_number,
    site=st.text(string.ascii_uppercase, min_size=3, max_size=3),
    year=st.integers(2000, 2099),
    device=st.text(DEVICE_ALPHABET, min_size=2, max_size=2),
    series=st.sampled_from(sorted(SERIES)),
    counter=st.integers(1, 9_999_999),
)


def test_the_check_character_is_the_published_one():
    # The worked example of the GRid standard, the best-known user of ISO 7064 MOD 37,36.
    assert check_character("A12425GABC1234002") == "M"


def test_a_number_says_where_it_was_made():
    number = compose_number(site="LTM", year=2026, device="B3", series="C", counter=42)
    reading = read_number(number)
    assert number.startswith("LTM-26-B3-C0042-")
    assert (reading.site, reading.year, reading.device, reading.series, reading.counter) == ("LTM", 2026, "B3", "C", 42)
    assert reading.text == number


@given(numbers, st.data())
def test_every_single_wrong_character_shows(number, data):
    place = data.draw(st.sampled_from([i for i, character in enumerate(number) if character != "-"]))
    other = data.draw(st.sampled_from([character for character in ALPHABET if character != number[place]]))
    wrong = number[:place] + other + number[place + 1 :]
    assert not check_number(wrong)
    reading = read_number(wrong)
    assert reading is None or reading.text == number, "only O for 0 and the like may be read as meant"


def test_nearly_every_swap_of_neighbours_shows():
    swaps = missed = 0
    for counter in range(1, 2_000, 7):
        number = compose_number(site="LTM", year=2026, device="B3", series="K", counter=counter).replace("-", "")
        for place in range(len(number) - 1):
            if number[place] == number[place + 1]:
                continue
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            swaps += 1
            missed += read_number(swapped) is not None
    assert swaps > 2_000
    assert missed / swaps < 0.02


@given(numbers)
def test_typing_is_forgiven(number):
    assert read_number(number.lower()).text == number
    assert read_number(number.replace("-", " ")).text == number
    assert read_number(f" {number.replace('-', '')} ").text == number


def test_o_for_0_is_forgiven_where_only_a_figure_can_stand():
    number = compose_number(site="OIL", year=2020, device="00", series="S", counter=101)
    body, check = number[:-1], number[-1]
    assert read_number(body.replace("0", "O").replace("1", "l") + check).text == number


@pytest.mark.parametrize(
    "parts",
    [
        {"site": "LT"},
        {"site": "ltm"},
        {"site": "L1M"},
        {"year": 1999},
        {"device": "O1"},
        {"device": "b3"},
        {"series": "X"},
        {"counter": 0},
        {"counter": 10_000_000},
    ],
)
def test_a_part_that_does_not_fit_is_refused(parts):
    fitting = {"site": "LTM", "year": 2026, "device": "B3", "series": "C", "counter": 1}
    with pytest.raises(ValueError, match="fit"):
        compose_number(**(fitting | parts))


@given(st.text(max_size=24))
def test_other_text_is_no_number(text):
    reading = read_number(text)
    assert reading is None or check_number(reading.text)
