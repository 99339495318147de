# SPDX-License-Identifier: Apache-2.0
"""The forms about a person, filled in as in a conversation: what is skipped, what is said back, what it comes to."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from resource_centre.questionnaires.form import Form, Question
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.scoring import form_scores, score
from resource_centre.questionnaires.weights import shipped_weights

FOLDER = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"
SCREENINGS = ["quick_screen", "forced_labour"]
FORMS = [*SCREENINGS, "rss", "vulnerability", "needs", "who5", "phq2", "satisfaction", "follow_up_3", "follow_up_6"]
AGREED = {"private_place": "yes", "agreed_to_talk": "yes"}


@cache
def _form(name: str) -> Form:
    return read_form(FOLDER / f"{name}.md")


class Interview:
    """A filling-in in which questions go by their names."""

    def __init__(self, form: str, answers: Mapping[str, str] | None = None, *, language: str = INDONESIAN) -> None:
        self.form = _form(form)
        self.live = LiveForm(self.form, language=language)
        self.places = {question.name: question.path for question in self.form.questions()}
        for name, answer in (answers or {}).items():
            self.live.answer(self.places[name], answer)

    def asks(self, *names: str) -> set[str]:
        """Those of the names that are asked or shown now."""
        return {name for name in names if self.live.state(self.places[name]).relevant}

    def value(self, name: str) -> str | None:
        return self.live.state(self.places[name]).value

    def offers(self, name: str) -> set[str]:
        return {choice.name for choice in self.live.choices(self.places[name])}


def _answer_at_random(live: LiveForm, places: list[str], chance: random.Random) -> None:
    for place in places:
        item = live.item(place)
        if not isinstance(item, Question) or not item.asked or not live.state(place).relevant:
            continue
        if item.kind.startswith("select"):
            live.answer(place, chance.choice([choice.name for choice in live.choices(place)]))
        elif item.kind in {"integer", "text"}:
            live.answer(place, str(chance.randrange(10**6)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_chosen_can_be_kept_and_taken_up_again(form: str, seed: int) -> None:
    live = LiveForm(_form(form), language=INDONESIAN)
    _answer_at_random(live, list(live.places()), random.Random(seed))
    assert live.problems() == ()
    assert LiveForm(_form(form), live.answers(), live.unanswered()).answers() == live.answers()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", [INDONESIAN, ENGLISH])
def test_everything_that_is_shown_has_words_in_the_language_of_the_interview(form: str, language: str) -> None:
    live = LiveForm(_form(form), language=language)
    shown = [place for place in live.places() if getattr(live.item(place), "asked", True)]
    assert [place for place in shown if not live.label(place).strip()] == []


@pytest.mark.parametrize("form", [name for name in FORMS if name not in SCREENINGS])
def test_nobody_has_to_answer_anything(form: str) -> None:
    assert LiveForm(_form(form)).problems() == ()


# The survey of reintegration


def test_why_somebody_looks_for_work_is_asked_only_when_they_do() -> None:
    assert Interview("rss", {"looking_for_work": "no"}).asks("looking_reason") == set()
    assert Interview("rss", {"looking_for_work": "yes"}).asks("looking_reason") == {"looking_reason"}


def test_wish_or_need_to_leave_is_asked_only_of_who_cannot_stay() -> None:
    assert Interview("rss", {"able_to_stay": "yes"}).asks("leave_wish_or_need", "leave_reason") == set()
    assert Interview("rss", {"able_to_stay": "no"}).asks("leave_wish_or_need") == {"leave_wish_or_need"}


def _best(form: Form) -> dict[str, str]:
    rows = [row for row in shipped_weights("rss")[0].rows if row.score is not None]
    names = {row.question for row in rows} - {"leave_wish_or_need"}
    best = {name: max((r for r in rows if r.question == name), key=lambda r: r.score or 0).answer for name in names}
    return {question.path: best[question.name] for question in form.questions() if question.name in best}


def test_the_best_of_all_answers_is_one_in_every_dimension() -> None:
    form = _form("rss")
    scores = score(form, shipped_weights("rss")[0], _best(form))
    assert [scores.value(one.scale) for one in scores.scales] == [1, 1, 1, 1]


def test_a_home_without_school_age_children_loses_nothing_by_it() -> None:
    form = _form("rss")
    scores = score(form, shipped_weights("rss")[0], {**_best(form), "social/children_in_school": "tanpa_anak"})
    assert (scores.value("social"), scores.of("social").applicable) == (1, 9)


def test_why_somebody_looks_for_work_counts_nowhere_until_it_is_verified() -> None:
    form = _form("rss")
    answers = {**_best(form), "economic/looking_for_work": "yes"}
    scores = [
        score(form, shipped_weights("rss")[0], {**answers, "economic/looking_reason": reason})
        for reason in ("belum_bekerja", "gaji_rendah")
    ]
    assert {(one.value("economic"), one.of("economic").applicable) for one in scores} == {
        (scores[0].value("economic"), 9)
    }


# Screenings


@pytest.mark.parametrize("form", SCREENINGS)
@pytest.mark.parametrize("answers", [{}, {"private_place": "no"}, {"private_place": "yes", "agreed_to_talk": "no"}])
def test_a_screening_asks_nothing_before_the_place_is_safe_and_the_person_willing(
    form: str, answers: dict[str, str]
) -> None:
    interview = Interview(form, answers)
    gate = {"before", "private_place", "not_here", "agreed_to_talk", "not_now", "points", "indication"}
    assert interview.asks(*(set(interview.places) - gate)) == set()


@pytest.mark.parametrize("form", SCREENINGS)
def test_a_no_taken_back_hides_what_was_answered(form: str) -> None:
    interview = Interview(form, {**AGREED, next(iter(_indicators(form))): "yes"})
    interview.live.answer(interview.places["private_place"], "no")
    assert interview.live.answers() == {interview.places["private_place"]: "no"}


def _indicators(form: str) -> list[str]:
    group = "questions/" if form == "quick_screen" else "indicators/"
    return [question.name for question in _form(form).questions() if question.path.startswith(group)]


@pytest.mark.parametrize(("form", "many"), [("quick_screen", 7), ("forced_labour", 11)])
def test_a_screening_has_as_many_questions_as_it_says(form: str, many: int) -> None:
    assert len(_indicators(form)) == many


@pytest.mark.parametrize(
    ("form", "yes", "indication"),
    [
        ("quick_screen", (), "no"),
        ("quick_screen", ("long_hours",), "no"),
        ("quick_screen", ("long_hours", "fees_from_pay"), "yes"),
        ("quick_screen", ("papers_withheld",), "yes"),
        ("forced_labour", ("ilo_wages",), "no"),
        ("forced_labour", ("ilo_wages", "ilo_overtime"), "yes"),
        ("forced_labour", ("ilo_debt",), "yes"),
    ],
)
def test_a_screening_says_refer_or_nothing_noted(form: str, yes: tuple[str, ...], indication: str) -> None:
    interview = Interview(form, {**AGREED, **dict.fromkeys(_indicators(form), "no"), **dict.fromkeys(yes, "yes")})
    assert interview.value("indication") == indication
    assert interview.asks("refer", "no_indication") == {"refer" if indication == "yes" else "no_indication"}


@pytest.mark.parametrize("form", SCREENINGS)
def test_a_question_that_is_refused_stops_no_screening(form: str) -> None:
    interview = Interview(form, AGREED)
    for name in _indicators(form):
        interview.live.answer(interview.places[name], None, "refused")
    assert (interview.live.problems(), interview.value("indication")) == ((), "no")


# Vulnerability and needs


def test_flags_are_offered_where_they_belong() -> None:
    interview = Interview("vulnerability")
    person, household = interview.offers("individual_flags"), interview.offers("household_flags")
    assert person & household == {"tidak_ada"}
    assert {"HAMIL", "LANSIA"} <= person
    assert {"HUTANG", "ORTU_TUNGGAL"} <= household


@pytest.mark.parametrize(
    ("form", "question", "answer"),
    [
        ("vulnerability", "household_risks", "tidak_ada pertengkaran"),
        ("needs", "social_tried", "desa belum"),
        ("follow_up_3", "services_received", "belum_ada modal_usaha"),
        ("follow_up_3", "income_sources", "upah tidak_ada"),
    ],
)
def test_nothing_and_something_at_once_is_refused(form: str, question: str, answer: str) -> None:
    interview = Interview(form, {"social_needs": "berobat"} if form == "needs" else {})
    interview.live.answer(interview.places[question], answer)
    assert [problem.code for problem in interview.live.problems()] == ["constraint"]


def test_what_comes_first_is_one_of_the_needs_that_were_named() -> None:
    interview = Interview("needs", {"economic_needs": "kur modal_usaha", "psychosocial_needs": "konseling_keluarga"})
    assert interview.offers("first_need") == {"kur", "modal_usaha", "konseling_keluarga"}


def test_each_part_of_the_needs_offers_its_own_and_other() -> None:
    interview = Interview("needs")
    offered = [interview.offers(f"{part}_needs") for part in ("economic", "social", "psychosocial")]
    assert set.intersection(*offered) == {"lain"}
    assert sum(map(len, offered)) == len(_form("needs").lists["need"]) + 2


def test_what_was_tried_is_asked_of_a_need_that_there_is() -> None:
    assert Interview("needs").asks("social_urgency", "social_tried", "first_need") == set()
    interview = Interview("needs", {"social_needs": "berobat", "social_tried": "desa"})
    assert interview.asks("social_urgency", "social_tried_result") == {"social_urgency", "social_tried_result"}


# Well-being


WHO5 = ("cheerful", "calm", "active", "rested", "interested")


@pytest.mark.parametrize(("answers", "points", "told"), [("00000", "0", True), ("33222", "48", True)])
def test_a_low_mood_is_something_to_talk_about(answers: str, points: str, told: bool) -> None:
    interview = Interview("who5", dict(zip(WHO5, answers, strict=True)))
    assert (interview.value("score"), "low" in interview.asks("low")) == (points, told)


@pytest.mark.parametrize(("answers", "points"), [("33322", "52"), ("55555", "100")])
def test_a_better_mood_is_left_at_that(answers: str, points: str) -> None:
    interview = Interview("who5", dict(zip(WHO5, answers, strict=True)))
    assert (interview.value("score"), interview.asks("low")) == (points, set())


def test_the_note_names_the_figure_and_no_illness() -> None:
    interview = Interview("who5", dict.fromkeys(WHO5, "1"), language=ENGLISH)
    assert "20 of 100" in interview.live.label(interview.places["low"])
    assert "not a diagnosis" in interview.live.label(interview.places["low"])


@pytest.mark.parametrize("form", ["who5", "phq2"])
def test_a_question_left_out_leaves_no_score(form: str) -> None:
    asked = [question.name for question in _form(form).questions() if question.path.startswith("items/")]
    interview = Interview(form, dict.fromkeys(asked[1:], "0"))
    interview.live.answer(interview.places[asked[0]], None, "refused")
    assert interview.value("score") in {None, ""}
    assert interview.asks("low" if form == "who5" else "high") == set()


@pytest.mark.parametrize(("interest", "down", "told"), [(1, 1, False), (2, 1, True), (0, 3, True), (3, 3, True)])
def test_three_of_six_points_are_something_to_talk_about(interest: int, down: int, told: bool) -> None:
    interview = Interview("phq2", {"little_interest": str(interest), "feeling_down": str(down)})
    assert interview.value("score") == str(interest + down)
    assert (interview.asks("high") == {"high"}) is told


# Satisfaction and follow-up


SIX = ("repatriation", "counselling", "economic_support", "social_support", "community_support", "overall")


def test_six_answers_have_a_total_and_fewer_only_a_mean() -> None:
    interview = Interview("satisfaction", dict.fromkeys(SIX, "puas"))
    assert (interview.value("total"), interview.value("score")) == ("24", "4")
    interview.live.answer(interview.places["repatriation"], None, "not_applicable")
    assert interview.value("total") in {None, ""}
    assert form_scores(interview.form, interview.live.answers()).of("score").shown() == "4.00"


def test_nothing_said_is_no_satisfaction_at_all() -> None:
    assert Interview("satisfaction").value("score") in {None, ""}


def test_leave_to_use_words_is_asked_when_there_are_words() -> None:
    assert Interview("satisfaction").asks("may_use_words") == set()
    assert Interview("satisfaction", {"comment": "Petugasnya ramah."}).asks("may_use_words") == {"may_use_words"}


@pytest.mark.parametrize("amount", ["-1", "1000000001"])
def test_an_amount_beyond_reason_is_refused_in_words(amount: str) -> None:
    interview = Interview("follow_up_3", {"monthly_income": amount})
    assert interview.live.state(interview.places["monthly_income"]).message.startswith("Tulis jumlah rupiah")


def test_how_much_is_asked_of_who_saved_or_paid() -> None:
    assert Interview("follow_up_3").asks("saved_amount", "saved_where", "repaid_amount") == set()
    saved = Interview("follow_up_3", {"saved_last_month": "yes", "has_debt": "yes", "repaid_debt": "yes"})
    assert saved.asks("saved_amount", "saved_where", "repaid_amount") == {
        "saved_amount",
        "saved_where",
        "repaid_amount",
    }


@pytest.mark.parametrize(("who", "warned"), [("klien", False), ("keluarga", True), ("pendamping", True)])
def test_who_asks_the_family_is_told_to_keep_what_the_person_said(who: str, warned: bool) -> None:
    assert (Interview("follow_up_6", {"who_answers": who}).asks("not_the_person") != set()) is warned
