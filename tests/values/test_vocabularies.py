# SPDX-License-Identifier: Apache-2.0
"""Every code list is complete in both languages, says where it comes from, and knows what people write."""

import csv
import re
from pathlib import Path

import pytest

import resource_centre
from resource_centre import i18n
from resource_centre.vocabulary import COLUMNS, fold_label, vocabulary, vocabulary_names

FOLDER = Path(resource_centre.__file__).parent / "data" / "vocabularies"
PROMISED = {
    "sex",
    "education",
    "marital_status",
    "service_type",
    "channel",
    "client_type",
    "return_type",
    "occupation",
    "country",
    "regularity",
    "placement_scheme",
    "employer_type",
    "voluntariness",
    "counselling_type",
    "counselling_mode",
    "attendance",
    "session_attendance",
    "training_type",
    "module",
    "target_group",
    "case_status",
    "priority",
    "closure_reason",
    "relation",
    "identifier_kind",
    "address_kind",
    "role",
    "unanswered",
    "risk_level",
    "follow_up_result",
    "outcome",
    "vulnerability_flag",
    "age_band",
    "complaint_type",
    "document_type",
    "recruiter_type",
    "literacy",
    "counselling_kind",
}


def test_all_promised_lists_exist():
    assert set(vocabulary_names()) >= PROMISED


@pytest.mark.parametrize("name", vocabulary_names())
def test_a_list_is_well_formed(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert len({row["code"] for row in rows}) == len(rows)
    assert len({row["order"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[\w./+-]+", row["code"]), row["code"]
        assert row["label_id"].strip(), row["code"]
        assert row["label_en"].strip(), row["code"]
        assert row["source"].strip(), row["code"]
        assert row["verified"] in {"yes", "no"}, row["code"]
        assert None not in row.values(), f"a cell too few in {row['code']}"
        assert None not in row, f"a cell too many in {row['code']}"


@pytest.mark.parametrize("name", vocabulary_names())
def test_no_wording_of_a_list_stands_for_two_codes(name):
    wordings: dict[str, str] = {}
    for term in vocabulary(name):
        for written in {fold_label(word) for word in (term.code, term.label_id, term.label_en, *term.synonyms)}:
            assert wordings.setdefault(written, term.code) == term.code, written


@pytest.mark.parametrize("name", vocabulary_names())
def test_codes_labels_and_synonyms_all_lead_to_their_code(name):
    for term in vocabulary(name):
        for written in (term.code, term.label_id, term.label_en.upper(), f" {term.label_id}. ", *term.synonyms):
            assert vocabulary(name).find(written) == term.code, written


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("sex", "Lk", "L"),
        ("sex", "PEREMPUAN", "P"),
        ("sex", "w", "P"),
        ("country", "Malasyia", "MYS"),
        ("country", "KSA", "SAU"),
        ("country", "Hongkong", "HKG"),
        ("country", "H.K.", "HKG"),
        ("country", "Korsel", "KOR"),
        ("country", "UEA", "ARE"),
        ("country", "Cote d'Ivoire", "CIV"),
        ("country", "TURKIYE", "TUR"),
        ("occupation", "A.B.K.", "ABK"),
        ("occupation", "ladang sawit", "KEBUN"),
        ("occupation", "jaga orang tua", "CAREGIVER"),
        ("return_type", "pulang krn sakit", "SAKIT"),
        ("return_type", "habis kontrak", "KONTRAK_SELESAI"),
        ("return_type", "di-deportasi", "DEPORTASI"),
        ("service_type", "konseling keluarga", "CNS_PSY_FAM"),
        ("counselling_kind", "psikologis", "CNS_PSY_IND"),
        ("client_type", "Purna", "returnee"),
        ("module", "Utang dan pinjaman", "M4"),
        ("attendance", "✓", "H"),
        ("education", "SMA/MA", "slta"),
    ],
)
def test_the_words_of_registers_are_known(name, written, code):
    assert vocabulary(name).find(written) == code


@pytest.mark.parametrize(
    ("name", "written"), [("country", "Atlantis"), ("return_type", ""), ("sex", "   "), ("sex", "LP")]
)
def test_what_is_not_known_is_not_guessed(name, written):
    assert vocabulary(name).find(written) is None


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("country", "Malaisya", "MYS"),
        ("country", "Singapore (Changi)", "SGP"),
        ("occupation", "perawt lansia", "CAREGIVER"),
        ("return_type", "pulang krn sakit lambung", "SAKIT"),
    ],
)
def test_a_slip_is_offered_with_its_likeness_and_never_found(name, written, code):
    assert vocabulary(name).find(written) is None
    offered, likeness = vocabulary(name).closest(written)
    assert offered == code
    assert 0.8 < likeness < 1


@pytest.mark.parametrize(
    ("name", "written"),
    [("return_type", "bukan deportasi"), ("return_type", "sakit lalu deportasi"), ("country", "zzz"), ("country", "")],
)
def test_what_could_be_two_things_or_none_is_not_offered(name, written):
    assert vocabulary(name).closest(written) is None


def test_countries_are_all_there_and_named_as_people_here_do():
    countries = vocabulary("country")
    assert len(countries) == 249
    assert [countries.label(code, "id") for code in ("TWN", "KOR", "HKG", "SAU")] == [
        "Taiwan",
        "Korea Selatan",
        "Hong Kong",
        "Arab Saudi",
    ]
    assert countries.codes[0] == "MYS", "the destinations come first"
    assert all(term.extra["alpha2"].isupper() for term in countries)


def test_age_bands_cover_every_age_once():
    bands = [term for term in vocabulary("age_band") if term.extra["min"]]
    covered = [age for band in bands for age in range(int(band.extra["min"]), int(band.extra["max"] or 120) + 1)]
    assert covered == list(range(121))


def test_occupations_carry_four_figures_of_isco():
    for term in vocabulary("occupation"):
        assert term.extra["isco"] == "" or re.fullmatch(r"\d{4}", term.extra["isco"])


def test_every_kind_of_counselling_is_a_service():
    for term in vocabulary("counselling_kind"):
        assert term.extra["service_type"] in vocabulary("service_type")


def test_labels_follow_the_language():
    term = vocabulary("return_type")["DEPORTASI"]
    with i18n.using("en"):
        assert term.label() == "Deportation"
    with i18n.using("id"):
        assert term.label() == "Deportasi"
    assert term.label("en") == "Deportation"
    assert vocabulary("return_type").label("FROM_A_NEWER_PROGRAM") == "FROM_A_NEWER_PROGRAM"
    assert vocabulary("return_type").label(None) == ""


@pytest.mark.parametrize("name", ["nothing", "../vocabularies/sex", "sex.csv", ""])
def test_an_unknown_list_is_an_error(name):
    with pytest.raises(KeyError):
        vocabulary(name)
