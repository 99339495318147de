# SPDX-License-Identifier: Apache-2.0
"""The coordinator writes what figures do not say, and what the year is to come to."""

import csv
from importlib import resources

import pytest
from sqlalchemy import func, select

from resource_centre.errors import Refused
from resource_centre.records import IndicatorTarget, MonthNarrative
from resource_centre.services.indicator_targets import indicator_kinds, remove_target, set_target, target_of, targets_of
from resource_centre.services.month_narratives import narrative_of, told, write_narrative

WRITTEN = {"achievements": "Dua desa baru.", "challenges": "Hujan.", "next_plan": "Pelatihan."}
STORY = "Seorang ibu pulang dan membuka warung."


def refused_fields(call, *args, **more):
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return {problem.field: problem.code for problem in refused.value.problems} or refused.value.code


def test_what_is_written_to_a_month_is_there_the_next_time_and_to_no_other_month(session):
    write_narrative(session, "2026-10", WRITTEN)
    assert narrative_of(session, "2026-10").achievements == "Dua desa baru."
    assert narrative_of(session, "2026-09").achievements is None


def test_looking_at_a_month_writes_nothing(session):
    assert narrative_of(session, "2026-10").version == 0
    session.flush()
    assert session.scalar(select(func.count()).select_from(MonthNarrative)) == 0


def test_texts_are_told_in_the_order_of_the_report_without_the_empty_ones(session):
    write_narrative(session, "2026-10", {"next_plan": "B", "achievements": "A", "challenges": "  "})
    assert list(told(session, "2026-10").items()) == [("achievements", "A"), ("next_plan", "B")]
    assert told(session, "2026-09") == {}


@pytest.mark.parametrize("agreed", [None, False])
def test_a_story_without_consent_is_refused_and_the_question_named(session, agreed):
    values = {"story": STORY, "story_agreed": agreed}
    assert refused_fields(write_narrative, session, "2026-10", values) == {"story_agreed": "story_not_agreed"}
    assert session.scalar(select(func.count()).select_from(MonthNarrative)) == 0


def test_consent_cannot_be_taken_back_under_a_story_that_stays(session):
    write_narrative(session, "2026-10", {"story": STORY, "story_agreed": True})
    assert told(session, "2026-10") == {"story": STORY}
    refused = refused_fields(write_narrative, session, "2026-10", {"story_agreed": False})
    assert refused == {"story_agreed": "story_not_agreed"}
    write_narrative(session, "2026-10", {"story": None, "story_agreed": False})
    assert told(session, "2026-10") == {}


def test_a_story_never_names_hiv_while_the_centre_may_speak_of_its_work(session):
    values = {"story": "Ia hidup dengan HIV.", "story_agreed": True}
    assert refused_fields(write_narrative, session, "2026-10", values) == {"story": "names_hiv"}
    assert write_narrative(session, "2026-10", {"achievements": "Penyuluhan HIV di dua desa."}).version == 1


def test_a_text_longer_than_any_report_is_refused(session):
    assert refused_fields(write_narrative, session, "2026-10", {"challenges": "a" * 20_001}) == {
        "challenges": "too_long"
    }


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-13", "whole_month"), ("2026", "whole_month"), ("", "whole_month"), ("2026-12", "date_in_future")],
)
def test_only_a_month_that_has_begun_is_written_to(session, month, code):
    assert refused_fields(write_narrative, session, month, WRITTEN) == {"month": code}


def test_of_two_windows_the_second_is_told(session):
    opened = narrative_of(session, "2026-10").version
    write_narrative(session, "2026-10", {"achievements": "A"}, version=opened)
    late = refused_fields(write_narrative, session, "2026-10", {"achievements": "B"}, version=opened)
    assert late == "changed_meanwhile"
    now = narrative_of(session, "2026-10")
    assert write_narrative(session, "2026-10", {"challenges": "C"}, version=now.version).achievements == "A"


def test_a_village_laptop_neither_reads_nor_writes_what_was_written(session, role):
    write_narrative(session, "2026-10", WRITTEN)
    collector = role(session, "collector")
    assert told(collector, "2026-10") == {}
    assert refused_fields(narrative_of, collector, "2026-10") == "not_allowed"
    assert refused_fields(write_narrative, collector, "2026-10", {"achievements": "x"}) == "not_allowed"


def test_every_indicator_says_where_it_comes_from():
    file = resources.files("resource_centre") / "data" / "indicators.csv"
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert [row["code"] for row in rows] == list(indicator_kinds())
    assert len(rows) == len(indicator_kinds())
    for row in rows:
        assert row["source"], row["code"]
        assert row["verified"] in ("yes", "no")
        assert row["cumulative"] in ("yes", "no")
        assert row["unit"] in ("people", "count", "hours", "percent", "points", "score")
        assert row["cumulative"] == "no" or row["unit"] in ("people", "count", "hours"), row["code"]


def test_targets_of_a_year_stand_in_the_order_of_the_report(session):
    set_target(session, "villages_covered", 2026, 12)
    set_target(session, "persons_served", 2026, 240, "Perjanjian hibah")
    set_target(session, "persons_served", 2027, 300)
    found = targets_of(session, 2026)
    assert {code: one.target for code, one in found.items()} == {"persons_served": 240, "villages_covered": 12}
    assert list(found) == ["persons_served", "villages_covered"]
    assert found["persons_served"].source == "Perjanjian hibah"


def test_a_target_set_again_replaces_the_first(session):
    set_target(session, "persons_served", 2026, 240)
    set_target(session, "persons_served", 2026, 260)
    assert targets_of(session, 2026)["persons_served"].target == 260
    assert session.scalar(select(func.count()).select_from(IndicatorTarget)) == 1


def test_a_target_taken_away_can_be_set_again(session):
    set_target(session, "persons_served", 2026, 240)
    remove_target(session, "persons_served", 2026, "wrong year")
    assert targets_of(session, 2026) == {}
    assert target_of(session, "persons_served", 2026).target is None
    set_target(session, "persons_served", 2026, 250, version=0)
    assert targets_of(session, 2026)["persons_served"].target == 250


def test_a_target_is_not_taken_away_without_a_reason(session):
    set_target(session, "persons_served", 2026, 240)
    assert refused_fields(remove_target, session, "persons_served", 2026, " ") == {"void_reason": "required"}


@pytest.mark.parametrize(
    ("indicator", "year", "target", "refused"),
    [
        ("nothing_of_the_kind", 2026, 5, {"indicator": "not_in_list"}),
        ("persons_served", 26, 5, {"year": "out_of_range"}),
        ("persons_served", 2026, None, {"target": "required"}),
        ("persons_served", 2026, -1, {"target": "negative"}),
        ("persons_served", 2026, float("nan"), {"target": "not_a_number"}),
        ("persons_served", 2026, "many", {"target": "not_a_number"}),
        ("saved_for_goals", 2026, 10**11 + 1, {"target": "out_of_range"}),
        ("satisfied", 2026, 101, {"target": "out_of_range"}),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_and_named(session, indicator, year, target, refused):
    assert refused_fields(set_target, session, indicator, year, target) == refused


def test_of_two_windows_on_a_target_the_second_is_told(session):
    opened = target_of(session, "persons_served", 2026).version
    set_target(session, "persons_served", 2026, 240, version=opened)
    assert refused_fields(set_target, session, "persons_served", 2026, 250, version=opened) == "changed_meanwhile"


def test_a_village_laptop_sets_no_targets(session, role):
    collector = role(session, "collector")
    assert refused_fields(set_target, collector, "persons_served", 2026, 5) == "not_allowed"


@pytest.mark.parametrize("amount", [0, 0.25, 10**11])
def test_both_databases_hold_the_least_and_the_highest_target(either_centre, amount):
    with either_centre.change() as session:
        set_target(session, "saved_for_goals", 2026, amount)
    with either_centre.read() as session:
        assert targets_of(session, 2026)["saved_for_goals"].target == amount
