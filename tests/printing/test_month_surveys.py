# SPDX-License-Identifier: Apache-2.0
"""Questionnaires in the month's report: means, before against after, how answers are spread, with their cautions."""

from __future__ import annotations

import datetime as dt
import json
import re
from statistics import fmean

import pytest

from reports.monthly.document import draw_monthly_report
from reports.monthly.figures import monthly_figures
from resource_centre.learning.gains import Missing
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.scales import data_rows
from resource_centre.questionnaires.weights import shipped_weights
from resource_centre.services.distributions import distributions
from resource_centre.services.questionnaires import form_of, newest_version
from resource_centre.services.responses import save_response
from resource_centre.services.scores import trend
from resource_centre.services.training import event_sheet


class Asking:
    """People of a desk answer questionnaires; days are written as 2026-10-31."""

    def __init__(self, desk, day):
        self.desk = desk
        self.session = desk.session
        self.day = day

    def survey(self, who, on, share, occasion="midline", **said):
        rows = [row for row in shipped_weights("rss")[0].rows if row.applies and row.score is not None]
        worth = {}
        for row in rows:
            worth.setdefault(row.question, []).append(row)
        best = {name: min(some, key=lambda row: abs(float(row.score) - share)).answer for name, some in worth.items()}
        return self.answers("rss", who, on, best | said, occasion)

    def answers(self, name, who, on, given, occasion="any", **about):
        version = newest_version(self.session, name)
        form = form_of(self.session, version.id)
        live = LiveForm(form)
        places = {question.name: question.path for question in form.questions()}
        for question, text in given.items():
            reason = text[1:] if text.startswith("?") else None
            live.answer(places[question], None if reason else text, reason)
        return save_response(
            self.session, None, version_id=version.id, answers=live.answers(), unanswered=live.unanswered(),
            state="complete", person_id=who, asked_on=self.day(on), occasion=occasion, **about,
        )  # fmt: skip


@pytest.fixture
def asking(desk):
    return Asking(desk, dt.date.fromisoformat)


def a_year_of_surveys(asking, people=7):
    """Everybody is asked in March and again in October; satisfaction and well-being besides."""
    for number in range(people):
        who = asking.desk.person(f"Sumiati {number}")
        asking.survey(who, "2026-03-05", 0.5, "baseline", water_access="?refused" if number == 1 else "cukup")
        asking.survey(who, f"2026-10-{5 + number:02}", 1.0, "endline", housing_standard=("buruk", "baik")[number % 2])
        overall = ("sangat_puas", "puas", "biasa")[number % 3]
        asking.answers("satisfaction", who, "2026-10-20", {"overall": overall, "counselling": "puas"})
        asking.answers(
            "who5", who, "2026-10-21",
            dict.fromkeys(("cheerful", "calm", "active", "rested", "interested"), str(number % 6)),
        )  # fmt: skip


def line(figures, scale, questionnaire="rss"):
    survey = figures.surveys.of(questionnaire)
    return next(one for one in survey.scales if one.scale == scale)


def test_means_are_of_those_asked_in_the_period(asking):
    a_year_of_surveys(asking)
    figures = asking.desk.month("2026-10")
    social = line(figures, "social")
    assert (figures.surveys.of("rss").filled_in, social.n) == ((7, 14, 14), (7, 14, 14))
    assert social.mean[0] == pytest.approx(fmean([0.925, 0.975, 0.925, 0.975, 0.925, 0.975, 0.925]))


def test_before_and_after_are_of_the_same_people_and_stand_in_the_headline(asking):
    a_year_of_surveys(asking)
    figures = asking.desk.month("2026-10")
    from sqlalchemy import select

    from resource_centre.records import Person

    rises = []
    for who in asking.session.scalars(select(Person.id)):
        first, last = trend(asking.session, who, "rss")
        rises.append(float(last.scores.value("composite") - first.scores.value("composite")))
    composite = line(figures, "composite")
    assert composite.matched[0].n == 7
    assert figures.indicator("survey_change").month == composite.matched[0].change == pytest.approx(fmean(rises))
    assert figures.indicator("survey_change").year == pytest.approx(fmean(rises))


def test_a_month_before_anybody_was_asked_again_has_no_change(asking):
    a_year_of_surveys(asking)
    figures = asking.desk.month("2026-09")
    assert figures.indicator("survey_change").project is None
    assert line(figures, "social").matched[2].n == 0


def test_of_fewer_than_five_neither_mean_nor_change_nor_answers_are_told(asking):
    a_year_of_surveys(asking, people=4)
    figures = asking.desk.month("2026-10")
    assert line(figures, "social").n[0] == 4
    assert line(figures, "social").mean[0] is None
    assert line(figures, "social").matched[2].change is None
    assert figures.indicator("satisfied").month is None
    spread = {one.questionnaire: one for one in figures.surveys.spread}
    assert (spread["who5"].n, spread["who5"].questions, spread["who5"].suppressed) == (4, (), True)


def test_satisfied_are_the_answers_worth_four_and_five(asking):
    a_year_of_surveys(asking)
    assert asking.desk.month("2026-10").indicator("satisfied").month == pytest.approx(100 * 12 / 14)


def test_what_protection_officers_read_is_never_in_the_report(asking):
    from resource_centre.access import Viewer
    from resource_centre.roles import PROTECTION_OFFICER

    officer = Viewer(asking.session.info["viewer"].account_id, PROTECTION_OFFICER, frozenset())
    asking.session.info["viewer"] = officer
    for number in range(6):
        who = asking.desk.person(f"Sumiati {number}")
        asking.answers("quick_screen", who, "2026-10-05", {"private_place": "yes", "agreed_to_talk": "no"})
    assert distributions(asking.session, "quick_screen").n == 6
    assert asking.desk.month("2026-10").surveys.found == ()


def test_a_survey_of_somebody_elsewhere_is_not_in_the_report_of_a_place(asking):
    a_year_of_surveys(asking)
    there = monthly_figures(asking.session, "2026-10", place="52.03.02.2001")
    here = monthly_figures(asking.session, "2026-10", place="52.03.01")
    assert (there.surveys.found, here.surveys.of("rss").filled_in[0]) == ((), 7)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_table_says_that_the_score_is_not_official_and_decides_nothing(asking, tmp_path, language):
    import pypdfium2 as pdfium

    a_year_of_surveys(asking)
    path = draw_monthly_report(asking.desk.month("2026-10"), tmp_path / "month.pdf", language=language)
    document = pdfium.PdfDocument(path)
    text = [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    caution = {"id": "Skor tidak resmi (bobot setara)", "en": "Unofficial score (equal weights)"}[language]
    nothing = {"id": "Skor tidak pernah menentukan", "en": "A score never decides"}[language]
    assert caution in " ".join(text[:2])  # in the lines of the first table, which goes on over the page
    with_figures = [page for page in text if re.search(r"R17 ", page)]
    assert with_figures
    assert all(caution in page and nothing in page for page in with_figures)
    answered = {"id": "Apakah saat ini Bapak/Ibu bekerja?", "en": "Are you working at present?"}[language]
    assert answered in " ".join(text)


def test_the_figures_of_questionnaires_are_in_the_json(asking):
    a_year_of_surveys(asking)
    told = json.loads(json.dumps(asking.desk.month("2026-10").as_dict()))
    rss = next(one for one in told["R17"] if one["questionnaire"] == "rss")
    assert rss["caution"] == {"id": "Skor tidak resmi (bobot setara)", "en": "Unofficial score (equal weights)"}
    assert rss["scales"][0]["project"]["matched"]["n"] == 7
    water = next(one for one in told["answers"][0]["questions"] if one["name"] == "water_access")
    assert (water["answered"], water["reasons"]) == (13, {"refused": 1})


def test_the_figures_are_the_same_on_both_databases(either_centre, desk_of):
    with either_centre.session() as session:
        asking = Asking(desk_of(session), dt.date.fromisoformat)
        a_year_of_surveys(asking, people=5)
        figures = asking.desk.month("2026-10")
        here = monthly_figures(session, "2026-10", place="52.03")
    assert [round(one.mean[0], 4) for one in figures.surveys.of("rss").scales] == [1.0, 0.945, 1.0, 0.9804]
    assert figures.indicator("satisfied").month == pytest.approx(90)
    assert here.surveys == figures.surveys


def quiz(asking, line_id, who, on, right, occasion):
    """The test of module 1 with so many right answers."""
    keys = {row["question"]: row["key"] for row in data_rows("items.csv") if row["form_id"] == "test_m01"}
    given = {name: key if at < right else "tidak_tahu" for at, (name, key) in enumerate(keys.items())}
    return asking.answers("test_m01", who, on, given, occasion, participation_id=line_id)


def test_a_test_answered_as_a_questionnaire_is_in_the_table_of_gains(either_centre, desk_of):
    with either_centre.session() as session:
        figures_of_gains(Asking(desk_of(session), dt.date.fromisoformat))


def figures_of_gains(asking):
    siti = asking.desk.person("Siti", sex="P")
    event = asking.desk.trained(
        "2026-10-05",
        {"person_id": siti, "days": "H"},
        {"name": "Lalu", "sex": "L", "days": "H"},
        {"name": "Baiq", "sex": "P", "days": "H", "pre_score": 20, "post_score": 30},
        {"name": "Sri", "sex": "P", "days": "H"},
        module="M4",
    )
    lines = [(row.id, row.person_id) for row in event_sheet(asking.session, event.id).rows]
    quiz(asking, *lines[0], "2026-10-05", 2, "before")
    quiz(asking, *lines[0], "2026-10-06", 6, "after")
    quiz(asking, *lines[1], "2026-10-05", 4, "before")
    quiz(asking, *lines[2], "2026-10-05", 8, "before")
    quiz(asking, *lines[2], "2026-10-06", 8, "after")
    found = {(one.module, one.sex): one for one in asking.desk.month("2026-10").training_month.gains}
    first = found["M1", "all"]
    assert (first.pairs, first.mean_pre, first.mean_post, first.passed) == (2, 62.5, 87.5, 2)
    assert first.gain.missing == Missing(post=1, both=1)
    assert (found["M4", "all"].pairs, found["M4", "all"].mean_gain, found["M4", "all"].untested) == (1, 10, 3)
    assert (found["all", "all"].pairs, found["M1", "P"].pairs) == (3, 2)
