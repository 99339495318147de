# SPDX-License-Identifier: Apache-2.0
"""Surveys of a centre's people: scored, followed over time, compared before and after, told only of enough people."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from statistics import fmean, stdev

import pytest

from resource_centre import i18n
from resource_centre.errors import Refused
from resource_centre.questionnaires.weight_reading import weights_of
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import shipped_weights
from resource_centre.services.distributions import distributions
from resource_centre.services.intake import register_intake
from resource_centre.services.intervals import t_quantile
from resource_centre.services.questionnaires import form_of, newest_version, publish
from resource_centre.services.responses import response, save_response, void_response
from resource_centre.services.scores import matched, scores_of, trend
from resource_centre.services.weight_sets import (
    bring_back_weights,
    choose_weights,
    load_weights,
    show_bands,
    weight_sets,
    weights_in_use,
    withdraw_weights,
)

APRIL, OCTOBER, NOVEMBER = (dt.date(2026, month, 5) for month in (4, 10, 11))


@pytest.fixture
def surveys(session):
    return Surveys(session)


class Surveys:
    """People are registered and answer the survey of reintegration."""

    def __init__(self, session):
        self.session = session
        self.version = newest_version(session, "rss")
        self.form = form_of(session, self.version.id)
        self.places = {question.name: question.path for question in self.form.questions()}

    def person(self, name="Siti Aminah"):
        who = {"full_name": name, "sex": "P", "unanswered": {}}
        home = {"village_code": "52.03.01.2001"}
        return register_intake(self.session, person=who, address=home, episode=None, on=APRIL).person_id

    def answers(self, share=1.0, **said):
        """For each question the answer that is worth about this share of the best."""
        given = {}
        for question in shipped_weights("rss")[0].questions:
            rows = [row for row in shipped_weights("rss")[0].rows if row.question == question and row.applies]
            given[question] = min(rows, key=lambda row: abs(float(row.score) - share)).answer
        if given["able_to_stay"] == "yes":
            del given["leave_wish_or_need"]
        return {self.places[name]: text for name, text in (given | said).items() if text}

    def answered(self, person, on, share=1.0, occasion="midline", state="complete", why=None, **said):
        why = {self.places[name]: reason for name, reason in (why or {}).items()}
        return save_response(
            self.session, None, version_id=self.version.id, answers=self.answers(share, **said), unanswered=why,
            state=state, person_id=person, asked_on=on, occasion=occasion,
        )  # fmt: skip


def official(**facts):
    """The equal weights again, but housing counts four times, and they are called official."""
    content = shipped_weights("rss")[0].content
    rows = [row | ({"weight": "4"} if row["question"] == "housing_standard" else {}) for row in content["rows"]]
    told = {
        "set_id": "iom",
        "version": "2",
        "official": "yes",
        "source": "a letter",
        "caution_id": "",
        "caution_en": "",
    }
    return weights_of({"facts": content["facts"] | told | facts, "rows": [row | {"set_id": "iom"} for row in rows]})


def test_a_survey_is_scored_and_says_that_the_score_is_not_official(surveys):
    siti = surveys.person()
    surveys.answered(siti, APRIL, housing_standard="buruk")
    (point,) = trend(surveys.session, siti, "rss")
    assert [scale.name for scale in point.scales] == ["economic", "social", "psychosocial", "composite"]
    assert [point.scores.value(scale.name) for scale in point.scales] == [
        1, Fraction(37, 40), 1, 1 - Fraction(3, 4) / 28,
    ]  # fmt: skip
    assert (point.scores.official, point.caution, point.bands) == (False, "Unofficial score (equal weights)", {})
    i18n.set_language("id")
    assert trend(surveys.session, siti, "rss")[0].caution == "Skor tidak resmi (bobot setara)"


def test_what_was_skipped_by_its_condition_does_not_lower_what_is_covered(surveys):
    siti = surveys.person()
    surveys.answered(siti, APRIL)
    surveys.answered(siti, OCTOBER, able_to_stay="no", leave_wish_or_need="", why={"leave_wish_or_need": "refused"})
    stays, goes = (point.scores.of("psychosocial") for point in trend(surveys.session, siti, "rss"))
    assert (stays.applicable, stays.missing) == (9, ())
    assert (goes.applicable, goes.missing) == (10, ("leave_wish_or_need",))


def test_the_scores_of_one_filling_in_stand_beside_it(surveys):
    held = surveys.answered(surveys.person(), APRIL)
    found = scores_of(surveys.session, response(surveys.session, held))
    assert found is not None
    assert found.value("composite") == 1


def test_a_trend_runs_by_day_and_only_over_what_is_complete_and_valid(surveys):
    siti = surveys.person()
    surveys.answered(siti, NOVEMBER, 1.0)
    surveys.answered(siti, APRIL, 0.5, occasion="baseline")
    surveys.answered(siti, OCTOBER, state="begun")
    void_response(surveys.session, surveys.answered(siti, OCTOBER), "asked somebody else")
    surveys.answered(surveys.person("Baiq"), OCTOBER)
    points = trend(surveys.session, siti, "rss")
    assert [(point.asked_on, point.comparable) for point in points] == [(APRIL, False), (NOVEMBER, True)]


def test_when_official_weights_arrive_every_score_is_reckoned_anew_and_no_longer_called_unofficial(surveys):
    siti = surveys.person()
    surveys.answered(siti, APRIL, housing_standard="sangat_buruk")
    (before,) = trend(surveys.session, siti, "rss")
    load_weights(surveys.session, official(), form=surveys.form)
    (after,) = trend(surveys.session, siti, "rss")
    assert before.scores.value("social") == Fraction(9, 10)
    assert after.scores.value("social") == Fraction(9, 13)
    assert (after.scores.official, after.caution) == (True, "")


def test_official_comes_before_unofficial_and_the_newest_first(surveys):
    session = surveys.session
    old = load_weights(session, official(version="1.9"), form=surveys.form)
    new = load_weights(session, official(version="1.10"), form=surveys.form)
    load_weights(session, official(official="no", version="99", caution_en="ours"), form=surveys.form)
    assert [row.id for row in weight_sets(session, "rss")][:2] == [new, old]
    withdraw_weights(session, "rss", new)
    assert weights_in_use(session, "rss").version == "1.9"
    bring_back_weights(session, "rss", new)
    assert weights_in_use(session, "rss").version == "1.10"


def test_the_same_weights_loaded_twice_are_one_set(surveys):
    first, second = (load_weights(surveys.session, official(), form=surveys.form) for _ in range(2))
    assert first == second
    assert len(weight_sets(surveys.session, "rss")) == 2


def test_a_coordinator_may_choose_the_equal_weights_all_the_same(surveys):
    load_weights(surveys.session, official(), form=surveys.form)
    equal = next(row.id for row in weight_sets(surveys.session, "rss") if row.shipped)
    choose_weights(surveys.session, "rss", equal)
    assert not weights_in_use(surveys.session, "rss").official


def test_without_any_set_left_there_is_no_score(surveys):
    siti = surveys.person()
    surveys.answered(siti, APRIL)
    (only,) = weight_sets(surveys.session, "rss")
    withdraw_weights(surveys.session, "rss", only.id)
    assert trend(surveys.session, siti, "rss") == []


def test_bands_are_turned_on_without_changing_a_score(surveys):
    siti = surveys.person()
    surveys.answered(siti, APRIL, 0.0)
    (before,) = trend(surveys.session, siti, "rss")
    (only,) = weight_sets(surveys.session, "rss")
    show_bands(surveys.session, "rss", only.id, shown=True, limits=("0.4", "0.7"))
    (after,) = trend(surveys.session, siti, "rss")
    assert after.bands["composite"] == "Intensive follow-up"
    assert (after.scores.basis, after.scores.value("composite")) == (
        before.scores.basis, before.scores.value("composite"),
    )  # fmt: skip


def test_weights_for_other_questions_are_not_loaded(surveys):
    content = official().content
    wrong = [row | ({"question": "house"} if row["question"] == "housing_standard" else {}) for row in content["rows"]]
    with pytest.raises(WeightsRefused) as refused:
        load_weights(surveys.session, weights_of(content | {"rows": wrong}), form=surveys.form)
    assert {problem.code for problem in refused.value.problems} == {"unknown_question"}


def test_a_village_account_loads_no_weights(surveys, collector_session):
    with pytest.raises(Refused, match="not_allowed"):
        load_weights(collector_session("52.03.01.2001"), official(), form=surveys.form)


def matched_people(surveys, count, after=OCTOBER):
    for number in range(count):
        who = surveys.person(f"Sumiati {number}")
        surveys.answered(who, APRIL, 0.5, occasion="baseline")
        worse = dict.fromkeys(("housing_standard", "housing_access")[: number % 3], "sangat_buruk")
        surveys.answered(who, after, 1.0, occasion="endline", **worse)


def test_before_and_after_are_compared_over_the_same_people(surveys):
    matched_people(surveys, 6)
    surveys.answered(surveys.person("Only once"), APRIL)
    found = matched(surveys.session, "rss")
    social = next(one for one in found.scales if one.scale.name == "social")
    points = [(first.scores.value("social"), last.scores.value("social")) for first, last in _trends(surveys)]
    rises = [float(after - before) for before, after in points]
    reach = 2.5706 * stdev(rises) / 6**0.5
    assert (found.pairs, found.single, social.n) == (6, 1, 6)
    assert (social.before, social.after, social.change) == pytest.approx(
        (fmean(float(before) for before, _after in points), fmean(float(after) for _b, after in points), fmean(rises))
    )
    assert (social.low, social.high) == pytest.approx((fmean(rises) - reach, fmean(rises) + reach), abs=1e-4)
    assert found.caution == "Unofficial score (equal weights)"


def _trends(surveys):
    from sqlalchemy import select

    from resource_centre.records import Person

    found = (trend(surveys.session, who, "rss") for who in surveys.session.scalars(select(Person.id)))
    return [points for points in found if len(points) == 2]


def test_of_fewer_than_five_no_mean_is_told(surveys):
    matched_people(surveys, 4)
    found = matched(surveys.session, "rss")
    assert (found.pairs, [(one.n, one.change, one.suppressed) for one in found.scales]) == (4, [(4, None, True)] * 4)


def test_only_who_was_asked_again_in_the_period_is_matched(surveys):
    matched_people(surveys, 5)
    whole_month = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert matched(surveys.session, "rss", whole_month).pairs == 5
    assert matched(surveys.session, "rss", (NOVEMBER, NOVEMBER)).pairs == 0


def test_a_village_account_reads_no_confidential_survey(surveys, collector_session):
    matched_people(surveys, 5)
    surveys.session.commit()
    village = collector_session("52.03.01.2001")
    assert matched(village, "rss").pairs == 0
    assert distributions(village, "rss").n == 0


def test_every_kind_of_no_answer_is_told_apart(surveys):
    for number, why in enumerate(["unknown", "refused", "refused", "not_applicable", "not_asked", None, "given"]):
        said = {} if why == "given" else {"water_access": ""}
        reasons = {"water_access": why} if why not in (None, "given") else None
        surveys.answered(surveys.person(f"Sumiati {number}"), APRIL, why=reasons, **said)
    found = distributions(surveys.session, "rss")
    counts = {one.name: one for one in found.questions}
    water = counts["water_access"]
    assert (found.n, water.answered) == (7, 1)
    assert water.reasons == {"unknown": 1, "refused": 2, "not_applicable": 1, "not_asked": 1, "blank": 1}
    assert {one.name: one.count for one in water.choices} == {
        "sangat_baik": 1, "baik": 0, "cukup": 0, "buruk": 0, "sangat_buruk": 0,
    }  # fmt: skip
    assert counts["leave_wish_or_need"].reasons == {"skipped": 7}


def test_answers_of_fewer_than_five_people_are_not_spread_out(surveys):
    for number in range(4):
        surveys.answered(surveys.person(f"Sumiati {number}"), APRIL)
    found = distributions(surveys.session, "rss")
    assert (found.n, found.suppressed, found.questions) == (4, True, ())


def _own_form(version, kind, more=""):
    from resource_centre.questionnaires.reading import read_form

    text = f"""| survey | | | |
| | type | name | label |
| | {kind} | income | Income |
| | select_one yn | saves | Saves |
{more}
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings | | | |
| | form_title | form_id | version |
| | Own | own | {version} |
"""
    return read_form(text, name="own.md")


def test_versions_are_joined_by_name_where_the_kinds_agree(session):
    first = publish(session, _own_form("1", "text"), kind="survey", about="person", sensitivity="ordinary", on=APRIL)
    second = publish(
        session, _own_form("2", "integer"), kind="survey", about="person", sensitivity="ordinary", on=OCTOBER
    )
    for number in range(6):
        version, income = ((first, "little"), (second, str(100 + number)))[number % 2]
        answers = {"income": income, "saves": "yes"}
        where = {"asked_on": NOVEMBER, "village_code": "52.03.01.2001"}
        save_response(session, None, version_id=version.id, answers=answers, state="complete", **where)
    counts = {one.name: one for one in distributions(session, "own").questions}
    assert (counts["saves"].answered, counts["saves"].choices[0].count) == (6, 6)
    assert (counts["income"].kind, counts["income"].answered, counts["income"].left_out) == ("integer", 3, 3)
    numbers = counts["income"].numbers
    assert (numbers.least, numbers.median, numbers.greatest) == (101, 103, 105)


def test_a_well_being_scale_is_scored_by_its_own_calculation(session):
    from resource_centre.questionnaires.live import LiveForm

    version = newest_version(session, "who5")
    live = LiveForm(form_of(session, version.id))
    siti = Surveys(session).person()
    for place in live.places():
        offered = live.choices(place)
        if offered:
            live.answer(place, offered[0].name)
    save_response(session, None, version_id=version.id, answers=live.answers(), state="complete", person_id=siti,
                  asked_on=APRIL)  # fmt: skip
    (point,) = trend(session, siti, "who5")
    assert point.scores.value("score") in (0, 100)
    assert point.caution == "Not a diagnosis. Something to talk about."


def test_scores_are_the_same_on_both_databases(either_centre):
    with either_centre.session() as session:
        surveys = Surveys(session)
        matched_people(surveys, 5)
        found = matched(session, "rss")
        rises = [
            [after.scores.value(scale.name) - before.scores.value(scale.name) for scale in after.scales]
            for before, after in _trends(surveys)
        ]
        means = [float(sum(column) / 5) for column in zip(*rises, strict=True)]
        assert [one.change for one in found.scales] == pytest.approx(means)
        assert distributions(session, "rss").n == 10


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 12.7062), (2, 4.3027), (4, 2.7764), (5, 2.5706), (9, 2.2622), (30, 2.0423)]
)
def test_the_interval_stands_on_the_printed_table_of_students_t(freedom, expected):
    assert t_quantile(0.975, freedom) == pytest.approx(expected, abs=5e-5)


def test_weights_of_a_newer_program_are_passed_over(surveys):
    from resource_centre.records import WeightSet

    for content in ({}, {"facts": {"form_id": "rss"}, "rows": [{"scale": 3}]}, {"facts": {}, "rows": []}):
        surveys.session.add(WeightSet(questionnaire="rss", set_name="later", official=True, content=content))
    surveys.session.flush()
    assert [row.weights.name for row in weight_sets(surveys.session, "rss")] == ["equal"]
