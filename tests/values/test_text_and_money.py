# SPDX-License-Identifier: Apache-2.0
"""Pasted text is cleaned of what nobody sees; amounts are whole rupiah."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.values.money import read_rupiah, show_rupiah
from resource_centre.values.text import neutralise, tidy


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Siti  Aminah ", "Siti  Aminah"),
        ("Siti\x00 Aminah\x07", "Siti Aminah"),
        ("\u202eSiti\u202c", "Siti"),
        ("Jose\u0301", "José"),
        ("baris satu\r\nbaris dua", "baris satu\nbaris dua"),
        ("\ufeffNIK\u200b", "NIK"),
        ("<b>tebal</b>", "<b>tebal</b>"),
        ("a\ud800b", "ab"),
        ("\u00a0", ""),
    ],
)
def test_what_nobody_sees_is_taken_out_and_the_rest_stays(written, kept):
    assert tidy(written) == kept


@given(st.text())
def test_tidy_text_is_tidy(text):
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize("formula", ["=1+1", "+62812", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_formulas_are_made_text(formula):
    assert neutralise(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["Siti", "0812-3456", "", "a=b"])
def test_plain_text_goes_out_as_it_is(text):
    assert neutralise(text) == text


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("Rp1.500.000", 1_500_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("1.500.000,00", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1500000", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("500rb", 500_000),
        ("IDR 750 ribu", 750_000),
        ("2 jt rupiah", 2_000_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(written, amount):
    assert read_rupiah(written) == amount


@pytest.mark.parametrize("written", ["", "gratis", "1.50.000", "Rp", "-5", "1,5", "5 ringgit", "1-2 jt"])
def test_what_is_no_plain_amount_is_not_guessed(written):
    assert read_rupiah(written) is None


@given(st.integers(0, 10**12))
def test_a_shown_amount_reads_back(amount):
    assert read_rupiah(show_rupiah(amount)) == amount


def test_debts_keep_their_sign():
    assert show_rupiah(-25_000) == "-Rp25.000"
