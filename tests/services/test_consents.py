# SPDX-License-Identifier: Apache-2.0
"""Asking before using: what was agreed to, refused, taken back, and when it ends."""

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.records import Consent, new_id
from resource_centre.services.check import check_record
from resource_centre.services.consent_texts import consent_text
from resource_centre.services.consents import (
    consent_for,
    consent_states,
    consents_of,
    may_use,
    record_consent,
    withdraw_consent,
)
from resource_centre.vocabulary import vocabulary

MONTHS_AGO = dt.date(2026, 3, 2)


@pytest.fixture
def decide(session):
    """Writes a decision down: in writing and given, unless told otherwise."""

    def decided(person_id, purpose="rujukan", **values):
        values = {"purpose": purpose, "decision": "diberikan", "mode": "tertulis", **values}
        return record_consent(session, person_id=person_id, values=values)

    return decided


def standings(session, person_id, **when):
    return {one.purpose: one.standing for one in consent_states(session, person_id, **when)}


def test_nobody_has_agreed_before_being_asked(session, register):
    person_id = register()
    assert not may_use(session, person_id, "rujukan")
    assert set(standings(session, person_id).values()) == {"not_asked"}
    assert list(standings(session, person_id)) == list(vocabulary("consent_purpose").codes)


def test_agreeing_to_one_purpose_agrees_to_no_other(session, register, decide):
    person_id = register()
    decide(person_id, "rujukan")
    assert may_use(session, person_id, "rujukan")
    assert not may_use(session, person_id, "foto_cerita")


def test_a_refusal_is_kept_and_asks_for_no_mode_witness_or_guardian(session, register, decide):
    child = register("Made Uji", birth_date="2015-05-01")
    refusal = decide(child, "foto_cerita", decision="ditolak", mode=None)
    assert refusal.decided_on == dt.date(2026, 11, 20)
    assert consent_for(session, child, "foto_cerita").standing == "refused"


@pytest.mark.parametrize("purpose", vocabulary("consent_purpose").codes)
def test_a_consent_ends_after_the_months_of_its_purpose(session, register, decide, purpose):
    months = int(vocabulary("consent_purpose")[purpose].extra["expires_months"] or 0)
    given = decide(register(), purpose, decided_on=MONTHS_AGO)
    whole_years = dt.date(MONTHS_AGO.year + months // 12, MONTHS_AGO.month, MONTHS_AGO.day)
    assert given.expires_on == (whole_years if months else None)


def test_on_its_last_day_a_consent_still_counts(session, register, decide):
    person_id = register()
    last = decide(person_id, decided_on=MONTHS_AGO).expires_on
    assert may_use(session, person_id, "rujukan", last)
    assert not may_use(session, person_id, "rujukan", last + dt.timedelta(days=1))
    assert consent_for(session, person_id, "rujukan", last + dt.timedelta(days=1)).standing == "expired"


def test_a_consent_of_the_31st_ends_with_the_shorter_month(session, register, decide):
    given = decide(register(), decided_on=dt.date(2024, 2, 29))
    assert given.expires_on == dt.date(2025, 2, 28)


def test_an_earlier_end_that_was_agreed_stays(session, register, decide):
    soon = dt.date(2026, 12, 1)
    assert decide(register(), expires_on=soon).expires_on == soon


def test_the_latest_word_counts(session, register, decide):
    person_id = register()
    decide(person_id, decided_on=MONTHS_AGO)
    decide(person_id, decision="ditolak")
    assert not may_use(session, person_id, "rujukan")
    assert may_use(session, person_id, "rujukan", dt.date(2026, 11, 19))
    assert len(consents_of(session, person_id)) == 2


def test_two_decisions_of_one_day_the_later_one_counts(session, register, decide):
    person_id = register()
    decide(person_id, decision="ditolak")
    decide(person_id)
    assert may_use(session, person_id, "rujukan")


def test_withdrawing_ends_a_consent_that_day_and_no_older_one_comes_back(session, register, decide):
    person_id = register()
    decide(person_id, decided_on=MONTHS_AGO)
    newer = decide(person_id, decided_on=dt.date(2026, 10, 1))
    withdraw_consent(session, newer.id, why="Takut dikenali tetangga")
    assert not may_use(session, person_id, "rujukan")
    assert may_use(session, person_id, "rujukan", dt.date(2026, 11, 19))
    assert consent_for(session, person_id, "rujukan").standing == "withdrawn"


def test_what_was_refused_or_withdrawn_cannot_be_withdrawn(session, register, decide):
    person_id = register()
    given, refused = decide(person_id), decide(person_id, "foto_cerita", decision="ditolak")
    withdraw_consent(session, given.id)
    for one in (given, refused):
        with pytest.raises(Refused) as caught:
            withdraw_consent(session, one.id)
        assert [problem.code for problem in caught.value.problems] == ["not_given"]


def test_a_withdrawal_before_the_consent_is_refused(session, register, decide):
    given = decide(register())
    with pytest.raises(Refused) as caught:
        withdraw_consent(session, given.id, on=MONTHS_AGO)
    assert [(one.field, one.code) for one in caught.value.problems] == [("withdrawn_on", "ends_before_start")]


@pytest.mark.parametrize("mode", vocabulary("consent_mode").codes)
def test_the_list_of_modes_says_who_needs_a_witness(mode):
    values = {"purpose": "rujukan", "decision": "diberikan", "mode": mode, "decided_on": MONTHS_AGO}
    problems = check_record(Consent, values, on=dt.date(2026, 11, 20))
    needed = vocabulary("consent_mode")[mode].extra["witness"] == "yes"
    assert [(one.field, one.code) for one in problems] == ([("witness", "witness_needed")] if needed else [])
    assert not check_record(Consent, values | {"witness": "Bu Kadus"}, on=dt.date(2026, 11, 20))


def test_a_child_agrees_with_a_guardian_only(session, register, decide):
    child = register("Made Uji", birth_date="2008-11-21")
    with pytest.raises(Refused) as caught:
        decide(child)
    assert [(one.field, one.code) for one in caught.value.problems] == [("guardian", "guardian_needed")]
    decide(child, guardian="Ni Ketut Uji", guardian_relation="orang_tua")
    assert may_use(session, child, "rujukan")


def test_on_the_eighteenth_birthday_nobody_else_is_needed(session, register, decide):
    decide(register("Made Uji", birth_date="2008-11-20"))


def test_it_is_the_age_on_the_day_of_the_decision_that_counts(session, register, decide):
    grown = register("Made Uji", birth_date="2008-06-01")
    with pytest.raises(Refused):
        decide(grown, decided_on=MONTHS_AGO)


def test_a_decision_of_tomorrow_is_refused(session, register, decide):
    with pytest.raises(Refused) as caught:
        decide(register(), decided_on=dt.date(2026, 11, 21))
    assert [problem.code for problem in caught.value.problems] == ["date_in_future"]


def test_what_was_said_about_one_referral_counts_for_that_referral_only(session, register, decide):
    person_id, referral, other = register(), new_id(), new_id()
    decide(person_id)
    decide(person_id, referral_id=referral, decision="ditolak")
    assert not may_use(session, person_id, "rujukan", referral_id=referral)
    assert may_use(session, person_id, "rujukan", referral_id=other)
    assert may_use(session, person_id, "rujukan")


def test_a_consent_taken_back_as_a_slip_of_the_pen_does_not_count(session, register, decide):
    from resource_centre.services.entries import take_back

    person_id = register()
    take_back(session, Consent, decide(person_id).id, "Salah orang")
    assert consent_for(session, person_id, "rujukan").standing == "not_asked"


def test_every_purpose_has_a_text_in_both_languages_and_says_that_refusing_costs_nothing():
    for purpose in vocabulary("consent_purpose").codes:
        for language, free in (("id", "boleh menolak"), ("en", "may say no")):
            text = consent_text(purpose, language)
            assert (text.language, text.version) == (language, "1")
            assert free in text.text
            assert "{" not in text.text


def test_the_version_and_the_language_read_out_are_written_down(session, register, decide):
    given = decide(register(preferred_language="sas"))
    assert (given.text_version, given.language) == ("1", "id")
    assert decide(register("Ana Uji", preferred_language="en")).language == "en"
