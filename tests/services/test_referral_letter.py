# SPDX-License-Identifier: Apache-2.0
"""What a referral's letter tells: exactly what was ticked."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre import i18n
from resource_centre.records import HealthNeed, Household, Referral
from resource_centre.services.cases import open_case
from resource_centre.services.entries import add_entry
from resource_centre.services.providers import add_provider
from resource_centre.services.referral_letter import letter_of
from resource_centre.services.referrals import record_referral
from resource_centre.vocabulary import vocabulary

TODAY = dt.date(2026, 11, 20)
EVERYTHING = {
    "nama": "Sumiati", "tanggal_lahir": "1984-08-05", "jenis_kelamin": "Perempuan", "nik": "9952014508840001",
    "paspor": "C1234567", "telepon_aman": "+6281234567890", "jumlah_keluarga": "4 orang",
    "kebutuhan_khusus": "Kursi roda", "alasan": "Gaji tujuh bulan belum dibayar", "sudah_diberikan": "Konseling",
}  # fmt: skip


@pytest.fixture
def sumiati(session, register):
    """Somebody of whom much is known."""
    person = register(
        "Sumiati", nik="9952014508840001", passport="C1234567", birth_date="1984-08-05", safe_phone="+6281234567890"
    )
    add_entry(session, Household, person, {"men": 1, "women": 1, "boys": 2, "girls": 0})
    add_entry(
        session, HealthNeed, person, {"told_on": TODAY, "disability": [next(iter(vocabulary("disability"))).code]}
    )
    return person


@pytest.fixture
def letter(session, sumiati):
    """Writes a referral with these things ticked and returns its letter, in Indonesian."""
    provider = add_provider(session, {"name": "LBH Mataram", "provider_type": "obh_lbh", "phone": "+62370621234"}).id
    values = {
        "provider_id": provider, "services": ["hukum"], "reason": EVERYTHING["alasan"],
        "already_provided": EVERYTHING["sudah_diberikan"], "special_needs": EVERYTHING["kebutuhan_khusus"],
    }  # fmt: skip

    def make(*ticked, **more):
        made = record_referral(session, person_id=sumiati, values={**values, "shared": list(ticked), **more})
        i18n.set_language("id")
        return letter_of(session, made.id)

    return make


def told(letter):
    return {item.code: item.value for item in letter.items}


@pytest.mark.parametrize("code", sorted(EVERYTHING))
def test_one_tick_puts_one_thing_on_the_letter_and_nothing_else(letter, code):
    made = letter(code)
    assert told(made) == {code: EVERYTHING[code]}
    others = [value for name, value in EVERYTHING.items() if name != code]
    assert not [value for value in others if value in repr(made)]


def test_everything_that_can_be_ticked_is_read_from_somewhere(letter):
    codes = vocabulary("referral_data").codes
    made = letter(*codes)
    assert tuple(told(made)) == codes
    assert {code: told(made)[code] for code in EVERYTHING} == EVERYTHING


def test_health_is_there_only_when_it_is_ticked(letter):
    disability = next(iter(vocabulary("disability"))).label_id
    assert disability not in repr(letter("nama", "alasan", "kebutuhan_khusus"))
    assert told(letter("disabilitas")) == {"disabilitas": disability}


def test_a_case_code_stands_in_place_of_the_name(session, letter, sumiati):
    case = open_case(session, person_id=sumiati)
    made = letter("jenis_kelamin", as_code=True)
    assert (made.client, told(made)) == (case.number, {"kode_kasus": case.number, "jenis_kelamin": "Perempuan"})


def test_somebody_without_a_case_has_the_number_of_a_client(session, letter):
    made = letter(as_code=True)
    assert made.client.split("-")[3].startswith("C")


def test_what_was_ticked_before_the_case_code_was_chosen_is_kept_off_the_letter(session, letter):
    made = letter("nama", "nik", "wali", "alamat", "paspor", "telepon_aman", "desa")
    session.get(Referral, made.referral_id).as_code = True
    session.flush()
    again = letter_of(session, made.referral_id)
    assert set(told(again)) == {"kode_kasus", "desa"}
    assert "Sumiati" not in repr(again)


def test_whom_it_goes_to_and_whom_it_comes_from(letter):
    made = letter("nama")
    assert (made.to.name, made.to.phone, made.by.centre, made.by.name) == (
        "LBH Mataram", "+62370621234", "Pusat Layanan Uji", "Ratna Uji",
    )  # fmt: skip
    assert (made.hours, made.services, made.client) == (336, ("hukum",), "Sumiati")


def test_village_and_district_are_less_than_an_address(letter):
    made = letter("desa")
    assert told(made)["desa"].count(",") == 1
