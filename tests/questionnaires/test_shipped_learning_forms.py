# SPDX-License-Identifier: Apache-2.0
"""The forms of learning beside the tests: scores that add up, and an audit that asks about the centre only."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from resource_centre.questionnaires.form import Form, Question
from resource_centre.questionnaires.live import Facts, LiveForm
from resource_centre.questionnaires.reading import read_form

FOLDER = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"
DONT_KNOW = "tidak_tahu"
TODAY = dt.date(2026, 11, 22)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _form(name: str) -> Form:
    return read_form(FOLDER / f"{name}.md")


def _items(form: str) -> list[Question]:
    return [one for one in _form(form).questions() if one.kind == "select_one"]


def _filled(form: str, answers: Mapping[str, str], language: str = INDONESIAN) -> LiveForm:
    facts = Facts(today=TODAY)
    live = LiveForm(_form(form), language=language, facts=facts)
    places = {one.name: one.path for one in _form(form).questions()}
    for name, answer in answers.items():
        live.answer(places[name], answer)
    return live


def _figures(form: str, answers: Mapping[str, str]) -> dict[str, float]:
    """What the form reckons, by name; a figure that it leaves empty is missing."""
    given = _filled(form, answers).answers()
    calculated = {one.path for one in _form(form).questions() if one.kind == "calculate"}
    return {path.rpartition("/")[2]: float(text) for path, text in given.items() if path in calculated and text}


# The survey after OECD/INFE

BEST = {
    "time_value": "less",
    "loan_interest": "0",
    "simple_interest": "1020000",
    "compound_interest": "more",
    "risk_return": "true",
    "inflation": "true",
    "diversification": "true",
    "decides_money": "together",
    "money_practices": "plan notes",
    "saved_ways": "group",
    "considers": "1",
    "pays_on_time": "2",
    "watches_money": "1",
    "long_term_goals": "2",
    "chose_product": "yes",
    "compared": "several_places",
    "informed_by": "official people",
    "fell_short": "no",
    "live_for_today": "5",
    "rather_spend": "5",
    "money_to_spend": "5",
}
WORST = {
    "time_value": DONT_KNOW,
    "loan_interest": "25000",
    "simple_interest": "1002000",
    "compound_interest": "more",
    "risk_return": DONT_KNOW,
    "inflation": "false",
    "diversification": DONT_KNOW,
    "decides_money": "others",
    "money_practices": "none",
    "saved_ways": "none",
    "considers": "3",
    "pays_on_time": "4",
    "watches_money": "5",
    "long_term_goals": "3",
    "chose_product": "no",
    "fell_short": "yes",
    "coped": "cut moneylender",
    "live_for_today": "1",
    "rather_spend": "1",
    "money_to_spend": "1",
}
OECD = ("knowledge", "behaviour", "attitude_2018", "total_2018", "attitude_2022", "total_2022", "percent_2022")


def _oecd(answers: Mapping[str, str]) -> dict[str, float]:
    figures = _figures("oecd_infe", answers)
    return {name: figures[name] for name in OECD if name in figures}


def test_the_best_answers_reach_the_upper_ends() -> None:
    assert _oecd(BEST) == dict(zip(OECD, (7, 9, 5, 21, 4, 20, 100), strict=True))


def test_the_worst_answers_reach_the_lower_ends() -> None:
    assert _oecd(WORST) == dict(zip(OECD, (0, 0, 1, 1, 0, 0, 0), strict=True))


def test_the_ends_are_those_that_are_told_of_the_figures() -> None:
    told = {row["scale"]: (float(row["low"]), float(row["high"])) for row in _rows("scales.csv")}
    assert {name: told[name] for name in OECD} == {name: (_oecd(WORST)[name], _oecd(BEST)[name]) for name in OECD}


def test_compound_interest_counts_only_beside_simple_interest() -> None:
    assert _oecd({**BEST, "simple_interest": "1002000"})["knowledge"] == 5


def test_no_interest_is_an_answer_and_an_empty_one_is_not() -> None:
    without = {name: answer for name, answer in BEST.items() if name != "loan_interest"}
    assert _oecd(without)["knowledge"] == 6


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({"decides_money": "others"}, 8),
        ({"money_practices": "app"}, 8),
        ({"saved_ways": "none"}, 8),
        ({"considers": "3"}, 8),
        ({"chose_product": "no"}, 7),
        ({"informed_by": "none"}, 8),
        ({"informed_by": "none", "compared": "none"}, 7),
        ({"informed_by": "seller", "compared": "none"}, 8),
        ({"fell_short": "yes", "coped": "savings sold"}, 9),
        ({"fell_short": "yes", "coped": "cut shop_credit"}, 8),
        ({"fell_short": "yes"}, 8),
    ],
)
def test_behaviour_counts_what_was_done(changed: dict[str, str], points: int) -> None:
    assert _oecd({**BEST, **changed})["behaviour"] == points


def test_without_attitude_there_is_no_total_but_knowledge_stays() -> None:
    partly = {name: answer for name, answer in BEST.items() if name != "rather_spend"}
    assert _oecd(partly) == {"knowledge": 7, "behaviour": 9, "attitude_2022": 4, "total_2022": 20, "percent_2022": 100}


def test_nothing_answered_gives_no_figure() -> None:
    assert _oecd({}) == {}


def _reckoned(a: Mapping[str, str]) -> dict[str, float]:
    """The same figures, reckoned here from the description in domain reference 4.4."""
    simple = a["simple_interest"] == "1020000"
    knowledge = [
        a["time_value"] == "less",
        a["loan_interest"] == "0",
        simple,
        simple and a["compound_interest"] == "more",
    ]
    knowledge += [a[name] == "true" for name in ("risk_return", "inflation", "diversification")]
    doing = set(a["money_practices"].split()) - {"none"}
    debt = {"pawned", "borrowed_family", "shop_credit", "borrowed_formal", "online_loan", "moneylender"}
    informed = set(a["informed_by"].split()) - {"none"}
    product = 2 if informed & {"independent", "official"} else int(bool(informed) or a["compared"].endswith("place"))
    product = max(product, int(a["compared"] == "several_places"))
    behaviour = [a["decides_money"] in {"alone", "together"} and len(doing) > 1, a["saved_ways"] != "none"]
    behaviour += [a[name] in {"1", "2"} for name in ("considers", "pays_on_time", "watches_money", "long_term_goals")]
    behaviour += [a["fell_short"] == "no" or not debt & set(a["coped"].split())]
    old = sum(int(a[name]) for name in ("live_for_today", "rather_spend", "money_to_spend")) / 3
    new = (int(a["live_for_today"]) + int(a["money_to_spend"])) / 2 - 1
    known, done = sum(knowledge), sum(behaviour) + (product if a["chose_product"] == "yes" else 0)
    totals = (known + done + old, new, known + done + new, (known + done + new) * 5)
    return dict(zip(OECD, (known, done, old, *totals), strict=True))


def _anybody(dice: random.Random) -> dict[str, str]:
    form = _form("oecd_infe")
    answers = {"loan_interest": dice.choice(["0", "25000"]), "simple_interest": dice.choice(["1020000", "1002000"])}
    for item in form.questions():
        names = [choice.name for choice in form.lists.get(item.choices, ())]
        if item.kind == "select_one":
            answers[item.name] = dice.choice(names)
        elif item.kind == "select_multiple":
            several = dice.sample([name for name in names if name != "none"], dice.randint(1, 3))
            answers[item.name] = " ".join(["none"] if "none" in names and dice.random() < 0.3 else several)
    return answers


def test_figures_of_anybody_are_those_reckoned_independently() -> None:
    dice = random.Random(20261122)
    for answers in (_anybody(dice) for _ in range(60)):
        assert _oecd(answers) == pytest.approx(_reckoned(answers), abs=0.01)


# Before and after an event


def _messages(form: str, answers: Mapping[str, str]) -> list[str]:
    return [problem.field for problem in _filled(form, answers).problems() if problem.code == "constraint"]


@pytest.mark.parametrize(
    ("form", "question", "answer"),
    [
        ("training_needs", "wanted_modules", "M1 M2 M3 M4"),
        ("training_needs", "barriers", "none work"),
        ("training_needs", "support", "none breaks"),
        ("training_needs", "hours_at_most", "9"),
        ("oecd_infe", "money_practices", "plan none"),
        ("oecd_infe", "loan_interest", "-1"),
        ("validation", "days_after", "-1"),
        ("mainstreaming_audit", "audited_on", "2026-11-23"),
    ],
)
def test_what_cannot_be_is_said(form: str, question: str, answer: str) -> None:
    assert [field.rpartition("/")[2] for field in _messages(form, {question: answer})] == [question]


def test_needs_count_what_is_answered() -> None:
    figures = _figures("training_needs", {"know_m01": "1", "know_m04": "4", "do_m02": "2"})
    assert (figures["know_mean"], figures["do_mean"]) == (2.5, 2)


def test_needs_ask_for_help_and_never_for_an_illness_or_an_amount() -> None:
    text = (FOLDER / "training_needs.md").read_text("utf-8")
    assert re.findall(r"(?i)\bRp\d|rupiah|disabilitas|disability|diagnos", text) == []


def test_the_reaction_asks_what_was_gained_in_the_topics_dealt_with_only() -> None:
    live = _filled("reaction", {"topics": "M2 M4"})
    gains = [place for place in live.places() if "/gain_m" in place and live.state(place).relevant]
    assert [place.rpartition("/")[2] for place in gains] == ["gain_m02", "gain_m04"]


def test_the_reaction_has_means_of_what_was_answered() -> None:
    figures = _figures("reaction", {"content_useful": "5", "content_clear": "4", "topics": "M3", "gain_m03": "3"})
    assert (figures["content_mean"], figures["gain_mean"]) == (4.5, 3)
    assert "facilitation_mean" not in figures


@pytest.mark.parametrize("form", ["reaction", "observation", "validation"])
def test_what_is_about_an_event_asks_for_nobodys_name(form: str) -> None:
    asked = {question.name for question in _form(form).questions()}
    assert [name for name in asked if re.search(r"(?:^|_)(?:name|nama|nik|phone|address)(?:_|$)", name)] == []


OBSERVED = ("preparation", "time_keeping", "attention", "logistics", "relevance", "participant_feedback")


def test_a_perfect_training_has_thirty_points() -> None:
    assert _figures("observation", dict.fromkeys(OBSERVED, "5")) == {"observed": 6, "total": 30, "percent": 100}


def test_what_was_not_observed_does_not_count() -> None:
    answers = {**dict.fromkeys(OBSERVED, "4"), "logistics": "not_observed"}
    assert _figures("observation", answers) == {"observed": 5, "total": 20, "percent": 80}


def test_nothing_observed_is_no_score() -> None:
    assert _figures("observation", dict.fromkeys(OBSERVED, "not_observed")) == {"observed": 0}


def test_a_quotation_needs_leave_to_be_used() -> None:
    live = _filled("validation", {"quote": "Sekarang saya mencatat belanja."})
    assert live.state("quote_allowed").relevant
    assert not _filled("validation", {}).state("quote_allowed").relevant


# The centre's audit of itself


def _points() -> list[Question]:
    return _items("mainstreaming_audit")


def _sections() -> Iterator[str]:
    return (row["scale"] for row in _rows("scales.csv") if row["form_id"] == "mainstreaming_audit")


@pytest.mark.parametrize(("answer", "percent"), [("yes", 100), ("partly", 50), ("no", 0)])
def test_every_section_of_the_audit_has_its_share(answer: str, percent: float) -> None:
    figures = _figures("mainstreaming_audit", {one.name: answer for one in _points()})
    shares = [figures["percent" if section == "percent" else f"{section}_percent"] for section in _sections()]
    assert shares == [percent] * 10


def test_what_does_not_apply_to_the_centre_is_not_counted() -> None:
    answers = {"women_lead": "not_applicable", "policy_written": "yes", "code_of_conduct": "no"}
    figures = _figures("mainstreaming_audit", answers)
    assert (figures["policy_counted"], figures["policy_percent"], figures["percent"]) == (2, 50, 50)
    assert "data_percent" not in figures


def test_the_audit_counts_what_has_no_date_yet() -> None:
    answers = {"budget": "no", "channel": "partly", "budget_action": "Usulkan anggaran", "budget_due": "2026-12-31"}
    figures = _figures("mainstreaming_audit", {"audited_on": TODAY.isoformat(), **answers})
    assert (figures["to_improve"], figures["without_date"]) == (2, 1)


def test_an_action_cannot_be_due_before_the_audit() -> None:
    answers = {"budget": "no", "budget_action": "Usulkan anggaran", "budget_due": "2026-11-01"}
    assert _messages("mainstreaming_audit", {"audited_on": TODAY.isoformat(), **answers}) == ["resources/budget_due"]


def test_evidence_is_asked_of_what_is_there_and_action_of_what_is_not() -> None:
    live = _filled("mainstreaming_audit", {"budget": "yes", "focal_person": "no"})
    relevant = {place.rpartition("/")[2]: live.state(place).relevant for place in live.places()}
    assert (relevant["budget_evidence"], relevant["budget_action"]) == (True, False)
    assert (relevant["focal_person_evidence"], relevant["focal_person_action"]) == (False, True)


@pytest.mark.parametrize(("language", "said"), [(INDONESIAN, "75 persen dari 2"), (ENGLISH, "75 per cent of the 2")])
def test_the_summary_says_the_figures_in_words(language: str, said: str) -> None:
    live = _filled("mainstreaming_audit", {"budget": "yes", "channel": "partly"}, language)
    assert said in live.label("summary/summary_total")


def test_the_audit_is_of_about_thirty_points_in_nine_sections() -> None:
    assert len(_points()) == 30
    assert len({one.path.partition("/")[0] for one in _points()}) == 9
