# SPDX-License-Identifier: Apache-2.0
"""The questionnaires that come with the program: whole, in both languages, on the shelf, and true to their weights."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.reading import read_form

FOLDER = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
FORMS = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != "README")
WEIGHED = sorted(path.name.removesuffix(".weights.csv") for path in FOLDER.glob("*.weights.csv"))
LANGUAGES = ("Bahasa Indonesia (id)", "English (en)")
SPOKEN = ("label", "hint", "constraint_message", "required_message")
UNSPOKEN = {"calculate", "end_group", "end_repeat", "start", "end", "today", "username", "deviceid"}
NAMES_HIV = re.compile(r"(?i)\b(hiv\w*|aids|odha|odhiv|arv|reaktif|reactive)\b")


def _codes(vocabulary: str) -> set[str]:
    return {row["code"] for row in _rows(f"../vocabularies/{vocabulary}.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _form(form: str) -> Form:
    return read_form(FOLDER / f"{form}.md")


def _sheets(form: str) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    return _form(form).sheets


def _sheet_rows(form: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for sheet in ("survey", "choices"):
        yield from ((f"{sheet} {row.get('name', '')}", row) for row in _sheets(form)[sheet])


def _choices(form: str, question: str) -> set[str]:
    kind = next(row["type"] for row in _sheets(form)["survey"] if row.get("name") == question)
    return {row["name"] for row in _sheets(form)["choices"] if row["list_name"] == kind.split()[-1]}


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_is_read_without_a_complaint(form: str) -> None:
    assert _form(form).warnings == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_says_everything_in_both_languages(form: str) -> None:
    one_sided = [
        (place, word)
        for place, row in _sheet_rows(form)
        for word in SPOKEN
        if len([1 for language in LANGUAGES if row.get(f"{word}::{language}", "").strip()]) == 1
    ]
    assert one_sided == []


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_is_shown_has_a_label(form: str) -> None:
    asked = [(place, row) for place, row in _sheet_rows(form) if row.get("type") not in UNSPOKEN]
    assert [place for place, row in asked if not row.get(f"label::{LANGUAGES[0]}")] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_forms_constraint_says_what_is_wrong(form: str) -> None:
    silent = [
        row["name"]
        for row in _sheets(form)["survey"]
        if row.get("constraint") and not row.get(f"constraint_message::{LANGUAGES[0]}")
    ]
    assert silent == []


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_is_called_as_its_file_and_speaks_indonesian_first(form: str) -> None:
    read = _form(form)
    assert (read.name, read.default_language, read.languages) == (form, LANGUAGES[0], LANGUAGES)
    assert re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", read.version)


def test_no_form_about_a_person_names_hiv() -> None:
    of_the_centre = {row["form_id"] for row in _rows("shelf.csv") if row["about"] == "centre"}
    texts = {form: (FOLDER / f"{form}.md").read_text("utf-8") for form in FORMS if form not in of_the_centre}
    assert [form for form, text in texts.items() if NAMES_HIV.search(text)] == []


def test_every_form_is_on_the_shelf_and_the_shelf_holds_nothing_else() -> None:
    assert sorted(row["form_id"] for row in _rows("shelf.csv")) == FORMS


@pytest.mark.parametrize("row", _rows("shelf.csv"), ids=lambda row: row["form_id"])
def test_the_shelf_says_what_a_form_is_for_and_where_it_comes_from(row: dict[str, str]) -> None:
    assert row["kind"] in _codes("questionnaire_kind")
    assert row["about"] in _codes("questionnaire_about")
    assert row["sensitivity"] in _codes("questionnaire_sensitivity")
    assert {row["oral"], row["verified"]} <= {"yes", "no"}
    assert set(row["occasions"].split("|")) <= _codes("response_occasion")
    assert all(row.values())


@pytest.mark.parametrize("row", _rows("shelf.csv"), ids=lambda row: row["form_id"])
def test_the_shelf_calls_a_form_by_its_title(row: dict[str, str]) -> None:
    assert row["title_id"] == _form(row["form_id"]).title


def test_what_a_screening_finds_is_for_the_protection_officer_only() -> None:
    assert {row["sensitivity"] for row in _rows("shelf.csv") if row["kind"] == "screening"} == {"protected"}


def test_a_figure_the_form_reckons_is_a_calculation_of_that_form() -> None:
    for row in _rows("scales.csv"):
        reckoned = {one["name"] for one in _sheets(row["form_id"])["survey"] if one["type"] == "calculate"}
        assert not row["calculated_by"] or row["calculated_by"] in reckoned, row
        assert float(row["low"]) < float(row["high"])
        assert row["better"] in {"up", "down"}


@pytest.mark.parametrize("form", WEIGHED)
def test_weights_speak_of_questions_and_answers_that_exist(form: str) -> None:
    for row in _rows(f"{form}.weights.csv"):
        assert row["answer"] in _choices(form, row["question"]), row


@pytest.mark.parametrize("form", WEIGHED)
def test_every_answer_of_a_weighed_question_has_its_row(form: str) -> None:
    rows = _rows(f"{form}.weights.csv")
    for question in {row["question"] for row in rows}:
        given = [row["answer"] for row in rows if row["question"] == question]
        assert sorted(given) == sorted(_choices(form, question))


@pytest.mark.parametrize("form", WEIGHED)
def test_scores_lie_between_nought_and_one(form: str) -> None:
    rows = [row for row in _rows(f"{form}.weights.csv") if row["weight"] and row["applicable"] == "yes"]
    assert [row for row in rows if not 0 <= float(row["score"]) <= 1] == []


@pytest.mark.parametrize("form", WEIGHED)
def test_a_question_weighs_the_same_in_all_its_rows(form: str) -> None:
    rows = _rows(f"{form}.weights.csv")
    weights = {(r["set_id"], r["question"], r["scale"], r["weight"], r["composite_weight"]) for r in rows}
    assert len(weights) == len({(row["set_id"], row["question"]) for row in rows})


@pytest.mark.parametrize("form", WEIGHED)
def test_weights_belong_to_a_set_and_a_scale_that_are_described(form: str) -> None:
    sets = {(row["form_id"], row["set_id"]) for row in _rows("weight_sets.csv")}
    scales = {(row["form_id"], row["scale"]) for row in _rows("scales.csv")}
    for row in _rows(f"{form}.weights.csv"):
        assert (form, row["set_id"]) in sets
        assert (form, row["scale"]) in scales


def test_no_band_is_shown_and_no_set_official_before_it_is_verified() -> None:
    for row in _rows("weight_sets.csv"):
        assert row["verified"] == "yes" or (row["official"], row["bands_shown"]) == ("no", "no"), row


def test_the_survey_of_reintegration_has_ten_elements_in_each_dimension() -> None:
    rows = _rows("rss.weights.csv")
    elements = {scale: {r["question"] for r in rows if r["scale"] == scale} for scale in {r["scale"] for r in rows}}
    assert {scale: len(names) for scale, names in elements.items()} == {
        "economic": 10,
        "social": 10,
        "psychosocial": 10,
    }


LISTS = [
    ("needs", "need", "need"),
    ("needs", "priority", "priority"),
    ("satisfaction", "satisfaction", "satisfaction"),
    ("follow_up_3", "savings_place", "savings_place"),
    ("follow_up_6", "savings_place", "savings_place"),
    ("follow_up_6", "intention_remigrate", "intention_remigrate"),
    ("vulnerability", "risk_level", "risk_level"),
    ("rss", "satisfaction", "satisfaction"),
]


@pytest.mark.parametrize(("form", "answers", "vocabulary"), LISTS)
def test_a_list_that_the_program_has_is_used_as_it_is(form: str, answers: str, vocabulary: str) -> None:
    kept = [(row["code"], row["label_id"], row["label_en"]) for row in _rows(f"../vocabularies/{vocabulary}.csv")]
    choices = [row for row in _sheets(form)["choices"] if row["list_name"] == answers]
    assert [(row["name"], *(row[f"label::{language}"] for language in LANGUAGES)) for row in choices] == kept


def test_the_vulnerability_assessment_asks_for_every_flag_but_those_of_the_top_tier() -> None:
    flags = {row["code"] for row in _rows("../vocabularies/vulnerability_flag.csv") if row["top_tier"] != "yes"}
    assert _choices("vulnerability", "individual_flags") == flags | {"tidak_ada"}


@pytest.mark.parametrize(("form", "part"), [("quick_screen", "quick"), ("forced_labour", "ilo")])
def test_a_screening_asks_and_counts_what_the_program_counts(form: str, part: str) -> None:
    points = {row["name"]: row["points"] for row in _rows("../screening_questions.csv") if row["part"] == part}
    reckoned = next(row["calculation"] for row in _sheets(form)["survey"] if row.get("name") == "points")
    assert dict(re.findall(r"if\(\$\{(\w+)\} = 'yes', (\d), 0\)", reckoned)) == points


@pytest.mark.parametrize("form", ["quick_screen", "forced_labour"])
def test_a_screening_indicates_where_the_program_does(form: str) -> None:
    threshold = next(row["value"] for row in _rows("../service_rules.csv") if row["name"] == "screening_points")
    reckoned = next(row["calculation"] for row in _sheets(form)["survey"] if row.get("name") == "indication")
    assert f">= {threshold}," in reckoned


@pytest.mark.parametrize("form", ["quick_screen", "forced_labour"])
def test_a_screening_calls_nobody_a_victim(form: str) -> None:
    assert re.findall(r"(?i)korban|victim", (FOLDER / f"{form}.md").read_text("utf-8")) == []


def test_the_two_follow_ups_ask_alike_so_that_they_can_be_compared() -> None:
    asked = [{row.get("name"): row for row in _sheets(form)["survey"]} for form in ("follow_up_3", "follow_up_6")]
    assert [name for name, row in asked[0].items() if name != "welcome" and asked[1].get(name) != row] == []
