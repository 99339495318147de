# SPDX-License-Identifier: Apache-2.0
"""The lists of consent, plan, referral, complaint, protection and counselling carry what the services read in them."""

import re

import pytest
from sqlalchemy import inspect

from resource_centre.records import Base, fields_of
from resource_centre.vocabulary import fold_label, vocabulary, vocabulary_names

RECORDS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda record: record.__name__)
CODED = [(record, field) for record in RECORDS for field in fields_of(record) if field.vocabulary]
DIAGNOSES = re.compile(
    r"\b(depresi|depression|bipolar|skizo|schizo|psikosis|psycho|ptsd|fobia|phobia|gangguan|disorder)"
)
SELF_HARM = re.compile(r"\b(bunuh|suicid|menyakiti diri|self harm|mengakhiri hidup)")
HIV = re.compile(r"\b(hiv|aids|odha|odhiv|arv|reaktif|reactive)\b")


def wordings(name):
    return [fold_label(words) for term in vocabulary(name) for words in (term.label_id, term.label_en, *term.synonyms)]


def test_every_list_a_field_names_exists():
    assert {field.vocabulary for _record, field in CODED} <= set(vocabulary_names())


def test_what_a_new_record_begins_with_is_in_its_list():
    for record, field in CODED:
        default = inspect(record).columns[field.name].default
        if default is not None:
            assert default.arg in vocabulary(field.vocabulary), f"{record.__name__}.{field.name}"


def test_an_urgency_has_its_hours():
    assert {term.code: term.extra["hours"] for term in vocabulary("referral_urgency")} == {
        "darurat": "24",
        "mendesak": "72",
        "normal": "336",
    }


def test_an_interval_is_either_of_days_or_of_months_and_a_date_of_ones_own_is_neither():
    known = {term.code: (term.extra["days"], term.extra["months"]) for term in vocabulary("follow_up_interval")}
    assert known == {
        "2_minggu": ("14", ""),
        "1_bulan": ("", "1"),
        "3_bulan": ("", "3"),
        "6_bulan": ("", "6"),
        "12_bulan": ("", "12"),
        "lain": ("", ""),
    }


def test_satisfaction_has_five_points():
    assert [term.extra["points"] for term in vocabulary("satisfaction")] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    "name",
    [
        "referral_status",
        "complaint_status",
        "complaint_result",
        "protection_state",
        "plan_status",
        "goal_state",
        "action_status",
        "case_status",
    ],
)
def test_a_state_is_open_or_closed(name):
    assert {term.group for term in vocabulary(name)} == {"open", "closed"}


def test_a_mark_or_a_spoken_word_needs_a_witness():
    needing = [term.code for term in vocabulary("consent_mode") if term.extra["witness"] == "yes"]
    assert needing == ["cap_jempol", "lisan_saksi"]


def test_only_the_consent_to_the_service_itself_has_no_end():
    endless = [term.code for term in vocabulary("consent_purpose") if not term.extra["expires_months"]]
    assert endless == ["layanan"]


def test_papers_are_printed_in_a_language_the_program_has():
    assert {term.extra["papers"] for term in vocabulary("language")} == {"id", "en"}


@pytest.mark.parametrize("name", ["need", "referral_service", "assistance_kind", "visit_reason"])
def test_what_is_asked_for_leads_to_a_service_we_know(name):
    services = {term.extra["service_type"] for term in vocabulary(name)} - {""}
    assert services
    assert services <= set(vocabulary("service_type").codes)


def test_a_need_belongs_to_a_dimension():
    assert {term.group for term in vocabulary("need") if term.code != "lain"} == set(vocabulary("dimension").codes)


@pytest.mark.parametrize("name", ["complaint_type", "return_type"])
def test_a_top_tier_kind_says_which_concern_it_becomes_and_leaves_one_merged_entry(name):
    for term in vocabulary(name):
        assert (term.extra["top_tier"] == "yes") == (term.extra["concern"] in vocabulary("protection_concern"))
    assert vocabulary(name)["PERLINDUNGAN_KHUSUS"].extra["top_tier"] == "no"


def test_every_top_tier_flag_is_a_concern():
    flags = {term.code for term in vocabulary("vulnerability_flag") if term.extra["top_tier"] == "yes"}
    assert flags <= set(vocabulary("protection_concern").codes)


def test_a_concern_has_an_urgency_of_cases():
    assert {term.extra["priority"] for term in vocabulary("protection_concern")} <= set(vocabulary("priority").codes)


@pytest.mark.parametrize("name", ["observation", "session_topic", "health_condition", "disability"])
def test_what_anybody_may_read_names_no_diagnosis_and_no_risk_of_self_harm(name):
    found = [words for words in wordings(name) if DIAGNOSES.search(words) or SELF_HARM.search(words)]
    assert found == []


@pytest.mark.parametrize("name", vocabulary_names())
def test_no_list_names_hiv(name):
    assert [words for words in wordings(name) if HIV.search(words)] == []


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("currency", "rp", "IDR"),
        ("currency", "RM", "MYR"),
        ("language", "Sasak", "sas"),
        ("lender", "bank emok", "rentenir"),
        ("lender", "pinjol", "pinjol"),
        ("remittance_channel", "western union", "mto"),
        ("provider_type", "LBH", "obh_lbh"),
        ("provider_type", "P2TP2A", "uptd_ppa"),
        ("need", "hutang", "konseling_utang"),
        ("heard_from", "FB", "media_sosial"),
        ("consent_mode", "sidik jari", "cap_jempol"),
        ("referral_status", "kadaluarsa", "kedaluwarsa"),
        ("legal_step", "LP", "lp_polisi"),
        ("complaint_party", "calo", "sponsor"),
        ("follow_up_interval", "3 bulan", "3_bulan"),
        ("session_place", "home visit", "rumah"),
    ],
)
def test_what_people_write_leads_to_the_code(name, written, code):
    assert vocabulary(name).find(written) == code


def test_what_says_who_somebody_is_never_stands_beside_a_case_code():
    identifying = {term.code for term in vocabulary("referral_data") if term.extra["identifying"] == "yes"}
    assert identifying == {"nama", "nik", "paspor", "alamat", "telepon_aman", "wali"}
