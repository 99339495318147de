# SPDX-License-Identifier: Apache-2.0
"""What was taught and learnt in a time: one set of numbers for the window, the month's report and the file."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from reports.monthly.periods import Period, month_of
from reports.training.figures import training_figures
from resource_centre.services.commitments import write_commitment
from resource_centre.services.learning_results import event_learning


def people(*scores, sex="P", days="HH"):
    return [
        {"name": f"Baiq {number}", "sex": sex, "age": 30, "days": days, "pre_score": pre, "post_score": post}
        for number, (pre, post) in enumerate(scores)
    ]


SECOND = dt.date(2026, 10, 6)
WOMEN = ((40, 70), (50, 90), (30, 30), (62.5, 75), (20, 80), (55, 60))
MEN = ((10, 90), (35, 40), (45, 45), (60, 70), (25, 55), (70, None))


@pytest.fixture
def event(desk):
    both = [*people(*WOMEN), *people(*MEN, sex="L")]
    return desk.trained("2026-10-05", *both, module="M2", ends_on=SECOND, hours=12)


@pytest.fixture
def handed_on(desk, event):
    """The figures of October as a file holds them."""
    figures = training_figures(desk.session, month_of("2026-10"))
    return json.loads(json.dumps(figures.as_dict(), allow_nan=False))


def test_window_paper_and_file_say_the_same(desk, event, handed_on):
    window, paper = event_learning(desk.session, event.id), desk.month()
    gain = handed_on["learning"]["gain"]
    assert gain == json.loads(json.dumps(window.gain.as_dict()))
    assert gain == json.loads(json.dumps(paper.training_month.all_gain.gain.as_dict()))
    assert gain["mean_gain"] == paper.indicator("mean_gain").month
    assert gain["passed_after"]["percent"] == paper.indicator("reached_pass_mark").month
    assert handed_on["R21"] == json.loads(json.dumps(paper.training_month.as_dict()["gains"]))
    assert handed_on["R20"] == json.loads(json.dumps(paper.training_month.as_dict()["events"]))


def test_the_breakdowns_of_the_file_are_those_of_the_table(handed_on):
    table = {line["sex"]: line for line in handed_on["R21"] if line["module"] == "all"}
    lines = {line["code"]: line["gain"] for line in handed_on["learning"]["by_sex"]}
    assert lines == {sex: {name: table[sex][name] for name in lines[sex]} for sex in ("L", "P")}
    assert (lines["L"]["pairs"], lines["L"]["missing"]["post"]) == (5, 1)


def test_every_level_says_its_number_and_what_is_missing(handed_on):
    levels = [(one["number"], one["title"], one["n"], one["missing"]) for one in handed_on["learning"]["levels"]]
    assert levels == [(1, "Reaction", 0, 12), (2, "Learning", 11, 1), (3, "Behaviour", 0, 0), (4, "Results", 0, 0)]


def test_no_mean_of_a_few_leaves_the_house(desk):
    desk.trained("2026-10-05", *people((40, 70), (50, 90)), *people((10, 20), sex="L"), module="M2", ends_on=SECOND)
    written = training_figures(desk.session, month_of("2026-10")).as_dict()
    assert [line["gain"]["mean_gain"] for line in written["learning"]["by_sex"]] == [None, None]
    assert written["learning"]["gain"]["pairs"] == 3
    told = (written["learning"]["gain"], *(one for one in written["R21"]))
    assert {one[name] for one in told for name in ("mean_gain", "mean_pre", "low", "median_gain", "sd")} == {None}
    (level,) = (one for one in written["learning"]["levels"] if one["number"] == 2)
    assert {one["value"] for one in level["indicators"] if one["code"] != "completed"} == {None}


def test_a_line_that_could_be_reckoned_from_the_others_is_hidden(desk):
    both = [*people(*WOMEN), *people((10, 90), sex="L")]
    desk.trained("2026-10-05", *both, module="M2", ends_on=SECOND)
    found = training_figures(desk.session, month_of("2026-10"))
    shown = {line["code"]: line["gain"] for line in found.as_dict()["learning"]["by_sex"]}
    assert (shown["P"]["mean_gain"], shown["P"]["pairs"], found.learning.by_sex[1].gain.pairs) == (None, 6, 6)


def test_dialogues_of_the_time_and_place_are_told_with_their_commitments(desk):
    held = desk.trained("2026-10-07", {"name": "Seat One", "days": "H", "country": "PHL"}, training_type="dialog")
    agreed = {"what": "A desk at the harbour", "responsible": "Bu Uji", "due_on": dt.date(2026, 10, 20)}
    write_commitment(desk.session, held.id, agreed)
    desk.trained("2026-10-08", {"name": "Seat Two", "days": "H"}, training_type="dialog", village_code="51.01.01.2001")
    written = training_figures(desk.session, month_of("2026-10")).as_dict()["dialogues"]
    assert (written["held"], written["people"], written["commitments"]["overdue"]) == (2, 2, 1)
    assert written["by_country"] == [{"country": "PHL", "people": 1}, {"country": None, "people": 1}]
    there = training_figures(desk.session, month_of("2026-10"), place="51").as_dict()["dialogues"]
    assert (there["held"], there["commitments"]["made"]) == (1, 0)


def test_no_name_stands_in_the_file(desk, event, handed_on):
    desk.trained("2026-10-07", {"name": "Rohani Fatimah", "days": "H"})
    assert "Baiq" not in json.dumps(handed_on)
    assert "Rohani" not in json.dumps(training_figures(desk.session, month_of("2026-10")).as_dict())


def test_any_time_may_be_asked_for(desk, event):
    whole = training_figures(desk.session, Period(dt.date(2026, 10, 5), dt.date(2026, 10, 5)))
    before = training_figures(desk.session, Period(dt.date(2026, 1, 1), dt.date(2026, 10, 4)))
    assert (whole.learning.events, whole.training.all_events.events) == (1, 1)
    assert (before.learning.events, before.training.all_events.events, before.learning.gain.pairs) == (0, 0, 0)
