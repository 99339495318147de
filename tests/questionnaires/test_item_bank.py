# SPDX-License-Identifier: Apache-2.0
"""The tests of the ten modules: every key is right, every amount comes out, and no key gives itself away."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from resource_centre.questionnaires.form import Choice, Form, Question
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.reading import read_form

FOLDER = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"
TESTS = [f"test_m{number:02d}" for number in range(1, 11)]
DONT_KNOW = "tidak_tahu"
NUMBER = re.compile(r"\d+(?:\.\d{3})*")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


BANK = _rows("items.csv")


@cache
def _form(name: str) -> Form:
    return read_form(FOLDER / f"{name}.md")


def _items(form: str) -> list[Question]:
    return [one for one in _form(form).questions() if one.kind == "select_one"]


def _item(row: Mapping[str, str]) -> Question:
    return next(one for one in _items(row["form_id"]) if one.name == row["question"])


def _options(form: str, item: Question) -> dict[str, Choice]:
    return {choice.name: choice for choice in _form(form).lists[item.choices]}


def _numbers(text: str) -> list[int]:
    return [int(found.replace(".", "")) for found in NUMBER.findall(text)]


def _figures(form: str, answers: Mapping[str, str]) -> dict[str, float]:
    """What the test reckons, by name; a figure that it leaves empty is missing."""
    given = LiveForm(_form(form), answers).answers()
    return {name: float(given[name]) for name in ("answered", "score", "percent") if given.get(name)}


def test_the_bank_holds_every_question_of_every_test_once() -> None:
    asked = sorted((form, item.name) for form in TESTS for item in _items(form))
    assert sorted((row["form_id"], row["question"]) for row in BANK) == asked


@pytest.mark.parametrize("form", TESTS)
def test_a_test_has_eight_questions_of_easy_medium_and_hard(form: str) -> None:
    rows = [row for row in BANK if row["form_id"] == form]
    assert len(rows) == 8
    assert {row["difficulty"] for row in rows} == {"easy", "medium", "hard"}


def test_the_bank_speaks_of_the_modules_and_versions_that_there_are() -> None:
    modules = {row["code"] for row in _rows("../vocabularies/module.csv")}
    for row in BANK:
        assert row["module"] in modules
        assert row["form_id"] == f"test_m{int(row['module'][1:]):02d}"
        assert row["version"] == _form(row["form_id"]).version
        assert all(row.values()), row


@pytest.mark.parametrize("row", BANK, ids=lambda row: f"{row['form_id']} {row['question']}")
def test_an_item_has_four_answers_one_of_them_the_key_and_do_not_know(row: dict[str, str]) -> None:
    options = _options(row["form_id"], _item(row))
    assert list(options) == ["a", "b", "c", "d", DONT_KNOW]
    assert row["key"] in {"a", "b", "c", "d"}


@pytest.mark.parametrize("row", BANK, ids=lambda row: f"{row['form_id']} {row['question']}")
def test_no_two_answers_of_an_item_say_the_same(row: dict[str, str]) -> None:
    options = _options(row["form_id"], _item(row)).values()
    for language in (INDONESIAN, ENGLISH):
        assert len({option.label[language] for option in options}) == 5


@pytest.mark.parametrize("row", BANK, ids=lambda row: f"{row['form_id']} {row['question']}")
def test_an_item_names_the_same_numbers_in_both_languages(row: dict[str, str]) -> None:
    item = _item(row)
    for words in (item.label, *(option.label for option in _options(row["form_id"], item).values())):
        assert _numbers(words[INDONESIAN]) == _numbers(words[ENGLISH])


def test_keys_do_not_give_themselves_away_by_their_place() -> None:
    assert all(15 <= [row["key"] for row in BANK].count(letter) <= 25 for letter in "abcd")


@pytest.mark.parametrize("language", [INDONESIAN, ENGLISH])
def test_keys_do_not_give_themselves_away_by_their_length(language: str) -> None:
    longest = 0
    for row in BANK:
        lengths = {name: len(one.label[language]) for name, one in _options(row["form_id"], _item(row)).items()}
        longest += max(lengths, key=lengths.__getitem__) == row["key"] and len(set(lengths.values())) > 2
    assert longest <= len(BANK) / 4


SUMS: dict[tuple[str, str], Callable[..., float]] = {
    ("test_m01", "monthly_saving"): lambda goal, years: goal / (years * 12),
    ("test_m01", "months_left"): lambda goal, saved, monthly: (goal - saved) / monthly,
    ("test_m01", "left_of_wage"): lambda wage, deducted, living: wage - deducted - living,
    ("test_m02", "surplus"): lambda income, spending: income - spending,
    ("test_m02", "small_daily_cost"): lambda daily, days: daily * days,
    ("test_m02", "school_fee"): lambda fee, months: fee / months,
    ("test_m02", "emergency_fund"): lambda spending, months: spending * months,
    ("test_m03", "weekly_saving"): lambda weekly, weeks: weekly * weeks,
    ("test_m03", "interest"): lambda saved, rate, years: saved * rate / 100 * years,
    ("test_m03", "bank_charge"): lambda balance, charge, interest, months: balance - months * (charge - interest),
    ("test_m03", "arisan"): lambda people, share: people * share,
    ("test_m04", "loan_cost"): lambda loan, times, instalment: times * instalment - loan,
    ("test_m04", "moneylender"): lambda loan, rate, months: loan * rate / 100 * months,
    ("test_m04", "month_and_year"): lambda rate: rate * 12,
    ("test_m04", "safe_instalment"): lambda income, share: income * share / 100,
    ("test_m05", "fee_share"): lambda sent, fee: fee / sent * 100,
    ("test_m05", "send_less_often"): lambda fee, times, once: fee * (times - once),
    ("test_m05", "rate_and_fee"): lambda sent, a, rate_a, fee, b, rate_b: max(
        sent / a * rate_a - fee, sent / b * rate_b
    ),
    ("test_m05", "savings_share"): lambda sent, share: sent * share / 100,
    ("test_m06", "family_contribution"): lambda monthly, people, months: monthly * people * months,
    ("test_m06", "own_part"): lambda bill, insured: bill * (100 - insured) / 100,
    ("test_m07", "drain_sum"): lambda _sent, *drained: sum(drained),
    ("test_m08", "goats"): lambda goats, bought, feed, sold: goats * sold - goats * bought - feed,
    ("test_m09", "profit"): lambda sales, goods, other: sales - goods - other,
    ("test_m09", "price"): lambda packets, cost, wanted: (cost + wanted) / packets,
    ("test_m09", "break_even"): lambda fixed, margin: fixed / margin,
    ("test_m10", "first_months"): lambda monthly, months: monthly * months,
    ("test_m10", "months_to_capital"): lambda capital, monthly: capital / monthly,
}
"""What is right follows from the numbers in the question, in the order in which they are said."""

OTHERWISE = {("test_m02", "shortfall"), ("test_m04", "cheapest")}
"""Items with numbers whose key is not one amount; each has a test of its own."""


def _key_of(form: str, question: str) -> str:
    return next(row["key"] for row in BANK if (row["form_id"], row["question"]) == (form, question))


@pytest.mark.parametrize(("form", "question"), SUMS)
def test_the_key_is_what_the_numbers_of_the_question_come_to(form: str, question: str) -> None:
    item = next(one for one in _items(form) if one.name == question)
    right = SUMS[form, question](*_numbers(item.label[INDONESIAN]))
    with_it = [name for name, one in _options(form, item).items() if right in _numbers(one.label[INDONESIAN])]
    assert with_it == [_key_of(form, question)]


def test_every_item_of_sums_is_reckoned_anew() -> None:
    reckoned = set()
    for row in BANK:
        key = _options(row["form_id"], _item(row))[row["key"]]
        if _numbers(key.label[INDONESIAN]) and _numbers(_item(row).label[INDONESIAN]):
            reckoned.add((row["form_id"], row["question"]))
    assert reckoned == set(SUMS) | OTHERWISE


def test_the_family_of_the_budget_is_short_by_what_the_key_says() -> None:
    item = next(one for one in _items("test_m02") if one.name == "shortfall")
    income, *spending = _numbers(item.label[INDONESIAN])
    short = f"{sum(spending) - income:,}".replace(",", ".")
    key = _options("test_m02", item)[_key_of("test_m02", "shortfall")]
    assert (key.label[INDONESIAN], key.label[ENGLISH]) == (f"Kurang Rp{short}", f"Rp{short} is missing")


def test_the_cheapest_lender_asks_for_the_least_back() -> None:
    item = next(one for one in _items("test_m04") if one.name == "cheapest")
    back = {name: _numbers(one.label[INDONESIAN]) for name, one in _options("test_m04", item).items()}
    asked = {name: numbers[0] for name, numbers in back.items() if numbers}
    assert min(asked, key=asked.__getitem__) == _key_of("test_m04", "cheapest")


def _keys(form: str) -> dict[str, str]:
    return {row["question"]: row["key"] for row in BANK if row["form_id"] == form}


@pytest.mark.parametrize("form", TESTS)
def test_all_right_is_full_marks(form: str) -> None:
    assert _figures(form, _keys(form)) == {"answered": 8, "score": 8, "percent": 100}


@pytest.mark.parametrize("form", TESTS)
def test_not_knowing_anything_is_nought(form: str) -> None:
    answers = dict.fromkeys(_keys(form), DONT_KNOW)
    assert _figures(form, answers) == {"answered": 8, "score": 0, "percent": 0}


@pytest.mark.parametrize("form", TESTS)
def test_every_other_answer_counts_nothing(form: str) -> None:
    for step in (1, 2, 3):
        wrong = {name: "abcd"[("abcd".index(key) + step) % 4] for name, key in _keys(form).items()}
        assert _figures(form, wrong)["score"] == 0


def test_what_is_left_out_is_not_right_and_the_share_is_of_all_questions() -> None:
    answers = dict(list(_keys("test_m04").items())[:3])
    assert _figures("test_m04", answers) == {"answered": 3, "score": 3, "percent": 37.5}


def test_a_test_without_an_answer_has_no_score() -> None:
    assert _figures("test_m01", {}) == {"answered": 0}
