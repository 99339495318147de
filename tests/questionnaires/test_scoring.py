# SPDX-License-Identifier: Apache-2.0
"""Scores: exactly what an independent calculation gives, with what is missing, and never from too little."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from resource_centre.questionnaires.form import Choice, Form, Group, Question
from resource_centre.questionnaires.scoring import Scorer, change, form_scores, rounded, score
from resource_centre.questionnaires.weight_reading import weights_of
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import Weights, shipped_weights

REASONS = ("unknown", "refused", "not_asked", "not_applicable")


def _made(rows: list[tuple[Any, ...]], **facts: str) -> Weights:
    """A set of (scale, question, answer, score, weight, composite weight, applies)."""
    names = ("scale", "question", "answer", "score", "weight", "composite_weight", "applicable")
    told = {
        "form_id": "own", "set_id": "w", "version": "1", "official": "no", "coverage": "0.80",
        "calculation": "weighted_mean",
    }  # fmt: skip
    return weights_of({"facts": told | facts, "rows": [dict(zip(names, map(str, row), strict=True)) for row in rows]})


def _random_set(seed: int) -> Weights:
    """Three scales with uneven weights, an answer that means "not applicable" here and there, a question left out."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[Any, ...]] = []
    for scale in ("economic", "social", "psychosocial"):
        for number in range(int(chance.integers(3, 11))):
            weight, composite = (f"{one:.4f}" for one in chance.random(2))
            if number == 2:
                weight = ""
            for answer in "abcd":
                applies = "NA" if answer == "d" and number % 4 == 1 else "yes"
                worth = "" if applies == "NA" else f"{chance.random():.3f}"
                rows.append((scale, f"{scale}_{number}", answer, worth, weight, composite, applies))
    return _made(rows, coverage=f"{chance.uniform(0.3, 0.95):.2f}")


def _random_answers(weights: Weights, chance: np.random.Generator) -> tuple[dict[str, str], dict[str, str]]:
    answers: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for question in weights.questions:
        draw = chance.random()
        if draw < 0.85:
            answers[question] = str(chance.choice(list("abcd")))
        elif draw < 0.97:
            reasons[question] = str(chance.choice(REASONS))
    return answers, reasons


def _by_numpy(weights: Weights, answers: dict[str, str], reasons: dict[str, str]) -> dict[str, float]:
    """The formula of the domain reference written once more, with masked arrays; NaN for no score."""
    table = {(row.question, row.answer): row for row in weights.rows}
    questions = list(weights.questions)
    chosen = [table.get((question, answers.get(question, ""))) for question in questions]
    some = [next(row for row in weights.rows if row.question == question) for question in questions]
    na = np.array([
        (row is not None and not row.applies) or reasons.get(question) == "not_applicable"
        for row, question in zip(chosen, questions, strict=True)
    ])  # fmt: skip
    worth = np.array([np.nan if row is None or row.score is None else float(row.score) for row in chosen])
    scales = np.array([row.scale for row in some])
    weight = np.array([np.nan if row.weight is None else float(row.weight) for row in some])
    composite = np.array([float(row.composite_weight or 0) for row in some])
    answered = ~na & ~np.isnan(worth)
    found: dict[str, float] = {}
    for scale in dict.fromkeys(scales):
        of = (scales == scale) & ~np.isnan(weight)
        applicable = weight[of & ~na].sum()
        given = weight[of & answered].sum()
        enough = applicable > 0 and given > 0 and given / applicable >= float(weights.coverage) - 1e-12
        found[scale] = float((weight * worth)[of & answered].sum() / given) if enough else np.nan
    total = composite[answered].sum()
    covered = not any(np.isnan(value) for value in found.values())
    found["composite"] = float((composite * worth)[answered].sum() / total) if covered and total else np.nan
    return found


@pytest.mark.parametrize("seed", range(40))
def test_scores_are_those_of_an_independent_calculation(seed: int) -> None:
    weights = _random_set(seed)
    chance = np.random.default_rng(seed + 1000)
    for _turn in range(50):
        answers, reasons = _random_answers(weights, chance)
        expected = _by_numpy(weights, answers, reasons)
        ours = score(None, weights, answers, reasons)
        given = {one.scale: np.nan if one.value is None else float(one.value) for one in ours.scales}
        assert given == pytest.approx(expected, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("seed", range(10))
def test_the_quick_way_for_many_gives_the_same_as_the_careful_one(seed: int) -> None:
    weights = _random_set(seed)
    scorer = Scorer(weights)
    chance = np.random.default_rng(seed)
    for _turn in range(50):
        answers, reasons = _random_answers(weights, chance)
        careful = [None if one.value is None else float(one.value) for one in scorer.scores(answers, reasons).scales]
        assert list(scorer.values(answers, reasons)) == careful


def _five(weights: tuple[str, ...], coverage: str = "0.80") -> Weights:
    rows = [("economic", f"q{number}", "yes", "1", weight, "1", "yes") for number, weight in enumerate(weights)]
    return _made(rows, coverage=coverage)


def test_exactly_four_fifths_of_the_weight_are_enough() -> None:
    """A tenth and a tenth and a tenth are three tenths here, as they are on paper."""
    weights = _five(("0.1", "0.1", "0.1", "0.1", "0.1"))
    four = {f"q{number}": "yes" for number in range(4)}
    assert score(None, weights, four).of("economic").coverage == Fraction(4, 5)
    assert score(None, weights, four).value("economic") == 1


def test_a_hair_below_four_fifths_gives_no_score() -> None:
    weights = _five(("0.1", "0.1", "0.1", "0.1", "0.10000000000000000001"))
    four = {f"q{number}": "yes" for number in range(4)}
    assert score(None, weights, four).value("economic") is None
    assert score(None, weights, four).value("composite") is None


def test_what_does_not_apply_leaves_both_sums_and_what_is_refused_counts_as_missing() -> None:
    weights = _five(("1", "1", "1", "1", "1"))
    three = {"q0": "yes", "q1": "yes", "q2": "yes"}
    away = score(None, weights, three, {"q3": "not_applicable", "q4": "not_applicable"}).of("economic")
    assert (away.value, away.coverage, away.applicable) == (Fraction(1), Fraction(1), 3)
    kept_back = score(None, weights, three, {"q3": "refused", "q4": "unknown"}).of("economic")
    assert (kept_back.value, kept_back.coverage, kept_back.missing) == (None, Fraction(3, 5), ("q3", "q4"))


def test_an_answer_the_set_does_not_know_counts_as_missing() -> None:
    found = score(None, _five(("1",) * 5), {f"q{number}": "maybe" for number in range(5)}).of("economic")
    assert (found.answered, found.missing) == (0, ("q0", "q1", "q2", "q3", "q4"))


def test_a_scale_in_which_nothing_applies_has_no_score_and_leaves_no_composite() -> None:
    rows = [(scale, scale, "yes", "1", "1", "1", "yes") for scale in ("economic", "social")]
    found = score(None, _made(rows), {"economic": "yes"}, {"social": "not_applicable"})
    assert (found.value("economic"), found.value("social"), found.value("composite")) == (Fraction(1), None, None)


def test_scores_below_nought_are_reckoned_as_well() -> None:
    rows = [("a", "q", "low", "-2", "1", "1", "yes"), ("a", "q", "high", "2", "1", "1", "yes")]
    rows += [("a", "r", "low", "-1", "3", "1", "yes")]
    found = score(None, _made(rows, low="-2", high="2"), {"q": "high", "r": "low"})
    assert found.value("a") == Fraction(-1, 4)


def test_weights_with_many_decimals_stay_exact() -> None:
    rows = [("a", f"q{n}", "yes", f"0.{n}3333333333333333", f"0.{n}1111111111111111", "1", "yes") for n in range(1, 8)]
    found = score(None, _made(rows), {f"q{n}": "yes" for n in range(1, 8)})
    parts = [(Fraction(f"0.{n}1111111111111111"), Fraction(f"0.{n}3333333333333333")) for n in range(1, 8)]
    assert found.value("a") == sum(w * s for w, s in parts) / sum(w for w, _s in parts)


def test_nothing_is_rounded_before_it_is_shown_and_halves_go_up() -> None:
    assert [rounded(Fraction(57, 200)), rounded(Fraction(1, 3)), rounded(Fraction(-57, 200))] == [
        "0.29",
        "0.33",
        "-0.29",
    ]
    assert rounded(Fraction(-1, 1000)) == "0.00"


def test_two_questions_of_one_name_are_not_taken_for_one() -> None:
    with pytest.raises(WeightsRefused, match="asked_twice"):
        score(None, _five(("1",) * 5), {"first/q0": "yes", "second/q0": "yes"})


YES_NO = (Choice("yes"), Choice("no"))


def _form(*children: Question | Group, version: str = "1") -> Form:
    return Form("own", "Own", version, "own", children, lists={"yes_no": YES_NO})


def _asked(path: str, **more: Any) -> Question:
    return Question(path, "select_one", choices="yes_no", **more)


def _stay(relevant: str = " /own/stay  = 'no'") -> Form:
    return _form(_asked("stay"), Group("leaving", (_asked("leaving/wish"),), relevant=relevant))


def _stay_set(coverage: str = "0.80") -> Weights:
    rows = [("a", question, "yes", "1", "1", "1", "yes") for question in ("stay", "wish")]
    rows += [("a", question, "no", "0", "1", "1", "yes") for question in ("stay", "wish")]
    return _made(rows, coverage=coverage)


def test_a_question_that_was_skipped_by_its_condition_is_not_missing() -> None:
    found = score(_stay(), _stay_set(), {"stay": "yes"}).of("a")
    assert (found.value, found.applicable, found.missing) == (Fraction(1), 1, ())


def test_a_question_that_should_have_been_asked_is_missing() -> None:
    found = score(_stay(), _stay_set(), {"stay": "no"}).of("a")
    assert (found.value, found.applicable, found.missing) == (None, 2, ("wish",))


def test_a_condition_on_what_is_calculated_is_followed_to_its_answers() -> None:
    reckoned = Question("reckoned", "calculate", calculation="if( /own/stay = 'no', 'go', 'keep')")
    form = _form(_asked("stay"), reckoned, _asked("wish", relevant=" /own/reckoned  = 'go'"))
    scorer = Scorer(_stay_set(), form)
    kept = scorer.scores({"stay": "yes", "reckoned": "keep"})
    gone = scorer.scores({"stay": "no", "reckoned": "go"})
    assert (kept.of("a").missing, gone.of("a").missing) == ((), ("wish",))


def test_weights_of_another_questionnaire_are_refused() -> None:
    with pytest.raises(WeightsRefused, match="wrong_form"):
        score(_form(_asked("stay")), shipped_weights("rss")[0], {})


def test_a_change_is_told_only_within_one_set() -> None:
    before = score(None, _five(("1",) * 5), {f"q{number}": "yes" for number in range(5)})
    after = score(None, _five(("1", "1", "1", "1", "2")), {f"q{number}": "yes" for number in range(5)})
    assert change(before, before) == {"economic": 0, "composite": 0}
    with pytest.raises(WeightsRefused, match="other_weights"):
        change(before, after)
    with pytest.raises(WeightsRefused, match="other_instrument"):
        change(before, replace(before, questionnaire="another"))
    with pytest.raises(WeightsRefused, match="other_calculation"):
        change(before, replace(before, calculation="weighted_mean/2"))


def test_a_change_from_nothing_is_not_a_change() -> None:
    weights = _five(("1",) * 5)
    nothing, everything = score(None, weights, {}), score(None, weights, {f"q{number}": "yes" for number in range(5)})
    assert change(nothing, everything) == {"economic": None, "composite": None}


def _reckoning(calculation: str, version: str = "1") -> Form:
    calculations = [Question(name, "calculate", calculation=calculation) for name in ("score", "score_part", "points")]
    return _form(_asked("stay"), *calculations, version=version)


def test_what_a_form_reckons_itself_is_taken_by_its_name() -> None:
    found = form_scores(_reckoning("1 + 1"), {"score": "2", "score_part": "0.5", "points": "9"})
    assert {one.scale: one.value for one in found.scales} == {"score": 2, "score_part": Fraction(1, 2)}


@pytest.mark.parametrize("text", ["", "NaN", "many", "1e5", "Infinity"])
def test_a_calculation_that_came_to_no_number_is_no_figure(text: str) -> None:
    assert form_scores(_reckoning("1"), {"score": text}).value("score") is None


def test_versions_that_reckon_alike_are_compared_and_others_are_not() -> None:
    first, second = (
        form_scores(_reckoning("1", version), {"score": text}) for version, text in (("1", "2"), ("2", "5"))
    )
    assert change(first, second)["score"] == 3
    with pytest.raises(WeightsRefused, match="other_calculation"):
        change(first, form_scores(_reckoning("2"), {"score": "5"}))


def test_bands_are_off_until_somebody_turns_them_on() -> None:
    bands = shipped_weights("rss")[0].bands
    assert bands.label(Fraction(1, 5), "en") == ""
    on = replace(bands, shown=True)
    assert [on.label(Decimal(text), "en") for text in ("0.32", "0.33", "0.66")] == [
        "Intensive follow-up", "Regular follow-up", "Light follow-up",
    ]  # fmt: skip
