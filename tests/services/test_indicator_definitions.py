# SPDX-License-Identifier: Apache-2.0
"""What indicators mean: editions in force from a day on, and never changed once a report was handed over."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.i18n import using
from resource_centre.services.indicator_definitions import (
    definition_on,
    definitions_on,
    editions_of,
    shipped_definitions,
    values_of,
)
from resource_centre.services.indicator_editions import (
    correct_edition,
    withdraw_edition,
    write_edition,
    write_indicator,
)
from resource_centre.services.indicator_targets import remove_target, set_target, target_of, targets_of
from resource_centre.services.logframe import write_line
from resource_centre.services.month_reports import report_month
from resource_centre.vocabulary import vocabulary

NOVEMBER = dt.date(2026, 11, 1)
OCTOBER_ENDS = dt.date(2026, 10, 31)
OWN = {
    "indicator": "women_trained", "valid_from": NOVEMBER, "name_en": "Women trained", "name_id": "Perempuan terlatih",
    "text_en": "Women at a training.", "unit": "people", "formula": "participants/sex=P", "gcm": ["18"],
}  # fmt: skip
STRICTER = {"valid_from": NOVEMBER, "text_en": "Only who stayed an hour.", "gcm": ["21"]}


def wrong(refused):
    return {one.field: one.code for one in refused.value.problems}


def test_every_shipped_indicator_is_defined_in_both_languages_within_known_frames():
    for one in shipped_definitions().values():
        for language in ("id", "en"):
            assert one.name(language), one.code
            assert len(one.text(language)) > 20, one.code
        assert one.names["id"] != one.names["en"], one.code
        assert set(one.gcm) <= set(vocabulary("gcm_objective").codes), one.code
        assert set(one.sdg) <= set(vocabulary("sdg_target").codes), one.code
        assert one.unit in vocabulary("indicator_unit").codes, one.code


def test_the_names_of_definitions_are_those_of_the_printed_table():
    from reports.monthly.words import INDICATORS, INSET
    from resource_centre.i18n import _

    for language in ("id", "en"):
        with using(language):
            printed = {code: _(words) for code, words in INDICATORS.items() if code not in INSET}
        assert {code: shipped_definitions()[code].name(language) for code in printed} == printed


def test_a_new_edition_is_in_force_from_its_day_and_the_old_one_before(session):
    write_edition(session, "persons_served", STRICTER)
    assert definition_on(session, "persons_served", OCTOBER_ENDS).edition == 1
    now = definition_on(session, "persons_served", NOVEMBER)
    assert (now.edition, now.text("en"), now.gcm) == (2, "Only who stayed an hour.", ("21",))
    assert now.name("id") == "Orang yang dilayani"
    assert now.formula == "R1/persons_served"


def test_an_edition_comes_after_the_one_before(session):
    write_edition(session, "persons_served", STRICTER)
    with pytest.raises(Refused) as refused:
        write_edition(session, "persons_served", STRICTER)
    assert wrong(refused) == {"valid_from": "edition_not_later"}
    assert len(editions_of(session, "persons_served")) == 2


def test_an_edition_is_corrected_until_a_report_was_handed_over_with_it(session):
    made = write_edition(session, "persons_served", STRICTER | {"valid_from": dt.date(2026, 10, 1)})
    correct_edition(session, made.id, {"text_en": "Half an hour."}, version=made.version)
    assert definition_on(session, "persons_served", NOVEMBER).text("en") == "Half an hour."
    report_month(session, "2026-10")
    for act in (
        lambda: correct_edition(session, made.id, {"text_en": "Silently different."}),
        lambda: withdraw_edition(session, made.id, "Nobody will notice"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert wrong(refused) == {"valid_from": "edition_closed"}
    assert definition_on(session, "persons_served", OCTOBER_ENDS).text("en") == "Half an hour."


def test_nothing_is_defined_anew_for_a_time_that_was_reported(session):
    report_month(session, "2026-10")
    with pytest.raises(Refused) as refused:
        write_edition(session, "persons_served", STRICTER | {"valid_from": OCTOBER_ENDS})
    assert wrong(refused) == {"valid_from": "edition_closed"}
    assert write_edition(session, "persons_served", STRICTER).edition == 2


def test_only_the_last_edition_is_corrected(session):
    first = write_edition(session, "persons_served", STRICTER)
    write_edition(session, "persons_served", STRICTER | {"valid_from": dt.date(2026, 12, 1)})
    with pytest.raises(Refused) as refused:
        correct_edition(session, first.id, {"text_en": "Other."})
    assert wrong(refused) == {"valid_from": "edition_closed"}


def test_an_edition_taken_back_leaves_the_one_before_and_its_number(session):
    made = write_edition(session, "persons_served", STRICTER)
    withdraw_edition(session, made.id, "Too strict")
    assert definition_on(session, "persons_served", NOVEMBER).edition == 1
    assert write_edition(session, "persons_served", STRICTER).edition == 3


def test_a_centre_has_indicators_of_its_own_behind_those_of_the_program(session):
    write_indicator(session, OWN | {"indicator": "Women_Trained"})
    found = definitions_on(session, NOVEMBER)
    assert list(found)[-1] == "women_trained"
    assert (found["women_trained"].own, found["women_trained"].cumulative) == (True, True)
    assert "women_trained" not in definitions_on(session, OCTOBER_ENDS)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"indicator": "persons_served"}, {"indicator": "already_taken"}),
        ({"indicator": "women trained"}, {"indicator": "not_an_indicator_code"}),
        ({"indicator": None}, {"indicator": "required"}),
        ({"formula": None}, {"formula": "not_a_figure"}),
        ({"name_en": None, "name_id": None}, {"name_id": "required"}),
        ({"gcm": ["24"]}, {"gcm": "not_in_list"}),
        ({"baseline": 12}, {"baseline_on": "required"}),
        ({"baseline": 120, "baseline_on": NOVEMBER, "unit": "percent"}, {"baseline": "out_of_range"}),
        ({"valid_from": None}, {"valid_from": "required"}),
    ],
)
def test_what_an_own_indicator_lacks_is_named(session, changed, problem):
    with pytest.raises(Refused) as refused:
        write_indicator(session, OWN | changed)
    assert wrong(refused) == problem


def test_an_own_indicator_that_a_logframe_names_is_not_taken_back(session):
    made = write_indicator(session, OWN)
    write_line(session, None, {"level": "output", "code": "1", "statement": "X", "indicators": ["women_trained"]})
    with pytest.raises(Refused) as refused:
        withdraw_edition(session, made.id, "By mistake")
    assert wrong(refused) == {"indicator": "indicator_in_use"}


def test_the_name_of_one_language_stands_for_the_other(session):
    write_indicator(session, OWN | {"name_id": None})
    assert definition_on(session, "women_trained", NOVEMBER).name("id") == "Women trained"


def test_a_new_edition_begins_with_what_the_last_one_says(session):
    write_indicator(session, OWN)
    begun = values_of(definition_on(session, "women_trained", NOVEMBER)) | {"valid_from": dt.date(2027, 1, 1)}
    again = write_edition(session, "women_trained", begun)
    assert (again.edition, again.formula, again.name_en) == (2, "participants/sex=P", "Women trained")


def test_own_indicators_have_targets_and_projects_their_own(session):
    write_indicator(session, OWN)
    set_target(session, "women_trained", 2026, 40)
    set_target(session, "women_trained", 2026, 15, fund="ilo-26")
    assert targets_of(session, 2026)["women_trained"].target == 40
    assert targets_of(session, 2026, fund="ILO-26")["women_trained"].target == 15
    remove_target(session, "women_trained", 2026, "Agreed anew", fund="ILO-26")
    assert targets_of(session, 2026, fund="ILO-26") == {}
    assert target_of(session, "women_trained", 2026).target == 40


def test_collectors_define_nothing(collector_session):
    for act in (write_indicator, lambda session, values: write_edition(session, "persons_served", values)):
        with pytest.raises(Refused, match="not_allowed"):
            act(collector_session(), OWN)


def test_editions_are_kept_alike_on_both_databases(either_centre):
    with either_centre.change() as session:
        write_indicator(session, OWN | {"baseline": 12.5, "baseline_on": dt.date(2025, 12, 31)})
    with either_centre.read() as session:
        found = definition_on(session, "women_trained", NOVEMBER)
        assert (found.baseline, found.gcm) == (12.5, ("18",))
