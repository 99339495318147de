# SPDX-License-Identifier: Apache-2.0
"""Telephone and passport numbers as registers hold them."""

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.values.passport import read_passport
from resource_centre.values.phone import read_phone, show_phone

mobiles = st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True)


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62812.3456.7890", "+6281234567890"),
        ("+62 (0)812-3456-7890", "+6281234567890"),
        ("+62 0812 3456 7890", "+6281234567890"),
        ("8745091166", "+628745091166"),  # the spreadsheet ate the 0
        ("81234567890.0", "+6281234567890"),
        ("8.1234567890E10", "+6281234567890"),
        ("HP: 081234567890", "+6281234567890"),
        ("021-5551234", "+62215551234"),
        ("+852 6123 4567", "+85261234567"),
        ("+886 912 345 678", "+886912345678"),
        ("60123456789", "+60123456789"),
    ],
)
def test_a_number_in_use_becomes_one_form(written, e164):
    reading = read_phone(written)
    assert (reading.e164, reading.valid) == (e164, True)


def test_what_stands_beside_the_number_is_kept():
    assert read_phone("081405785245 (istri)").note == "istri"
    assert read_phone("No. HP 081405785245 suami").note == "suami"
    assert read_phone("081234567890 / 081311112222").note == "081311112222"


def test_a_possible_number_that_nobody_has_is_marked():
    reading = read_phone("08121234")
    assert reading.e164 is not None
    assert not reading.valid


@pytest.mark.parametrize("written", ["", "tidak ada", "-", "123", "٠٨١٢٣٤٥٦٧٨٩٠", "8.1E10"])
def test_no_number_is_no_number(written):
    assert read_phone(written).e164 is None


@given(mobiles, st.sampled_from(["0", "62", "+62", "", "+620"]))
def test_our_rule_for_mobiles_agrees_with_the_library(mobile, start):
    reading = read_phone(start + mobile)
    parsed = phonenumbers.parse(reading.e164, None)
    assert reading.e164 == f"+62{mobile}"
    assert phonenumbers.is_valid_number(parsed)
    assert show_phone(reading.e164) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


@given(mobiles)
def test_the_shown_number_reads_back(mobile):
    assert read_phone(show_phone(f"+62{mobile}")).e164 == f"+62{mobile}"


def test_foreign_numbers_are_shown_with_their_country():
    assert show_phone("+85261234567") == "+852 6123 4567"
    assert show_phone("+62215551234") == "(021) 5551234"
    assert show_phone("not a number") == "not a number"


@given(st.text(max_size=30))
def test_no_text_makes_the_phone_reader_stumble(text):
    reading = read_phone(text)
    assert reading.e164 is None or reading.e164.startswith("+")


def test_an_indonesian_mobile_does_not_load_the_large_library():
    code = (
        "import sys; from resource_centre.values.phone import read_phone, show_phone; "
        "show_phone(read_phone('081234567890 (istri)').e164); sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("written", "value", "warnings"),
    [
        ("c 1234567", "C1234567", ()),
        ("XD123456", "XD123456", ()),
        ("AB1234567", "AB1234567", ("passport_unusual",)),
        ("123456789", "123456789", ("passport_unusual",)),
    ],
)
def test_document_numbers_are_tidied_and_only_odd_ones_warned_of(written, value, warnings):
    reading = read_passport(written)
    assert (reading.value, reading.errors, reading.warnings) == (value, (), warnings)


@pytest.mark.parametrize("written", ["", "C12", "C12345678901", "hilang?", "Ｃ1234567"])
def test_impossible_document_numbers_are_errors(written):
    assert read_passport(written).errors == ("passport_shape",)
