# SPDX-License-Identifier: Apache-2.0
"""Indicators by objective, by goal and in the logframe; what each project paid for."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.monthly.figures import report_figures
from reports.monthly.frames import FrameIndicator
from reports.monthly.frames_own import read_formula
from reports.monthly.frames_values import counted_cell, from_target_cell
from reports.monthly.periods import month_of
from reports.monthly.report import report_of
from reports.monthly.values import MONEY, value_cell
from resource_centre.i18n import using
from resource_centre.services.assistance import record_assistance
from resource_centre.services.indicator_definitions import Definition
from resource_centre.services.indicator_editions import write_edition, write_indicator
from resource_centre.services.indicator_targets import set_target
from resource_centre.services.logframe import write_line
from resource_centre.services.projects import write_project

OCTOBER = month_of("2026-10")
WOMEN = {
    "indicator": "women_trained", "valid_from": dt.date(2026, 1, 1), "name_en": "Women from East Lombok trained",
    "name_id": "Perempuan Lombok Timur terlatih", "text_en": "By residence.", "unit": "people",
    "formula": "participants/sex=P", "gcm": ["18"], "sdg": ["4.4"],
}  # fmt: skip


def defined(**about):
    return Definition("x", 1, dt.date.min, "percent", cumulative=False, **about)


def report(session, language="en", **asked):
    return report_of(report_figures(session, OCTOBER, **asked), language)


def words_of(section):
    return [row.words[0] for table in section.tables for row in table.rows]


def section(session, key, language="en", **asked):
    return next(one for one in report(session, language, **asked).sections if one.key == key)


def values(section, row):
    table = section.tables[0]
    found = next(one for one in table.rows if one.key == row)
    return {column.key: cell.value for column, cell in zip(table.columns, found.cells, strict=True) if not cell.blank}


@pytest.mark.parametrize(
    ("baseline", "target", "reached", "share"),
    [
        (40, 80, 60, 50),
        (40, 20, 30, 50),
        (40, 20, 20, 100),
        (40, 20, 50, -50),
        (40, 40, 40, None),
        (None, 80, 60, None),
    ],
)
def test_a_share_goes_its_way_from_the_baseline_to_the_target_up_or_down(baseline, target, reached, share):
    one = FrameIndicator(defined(baseline=baseline), year=reached, target=target)
    assert one.share == share


def test_what_grows_over_the_year_begins_at_nought_whatever_the_baseline():
    people = Definition("x", 1, dt.date.min, "people", cumulative=True, baseline=300)
    assert FrameIndicator(people, year=20, target=40).share == 50


def test_of_what_is_better_in_small_numbers_no_share_is_told_but_whether_it_is_met():
    fewer = Definition("x", 1, dt.date.min, "count", cumulative=True, direction="fewer")
    one = FrameIndicator(fewer, year=8, target=10)
    assert (one.share, one.difference, one.met) == (None, -2, True)
    assert FrameIndicator(fewer, year=12, target=10).met is False


def test_indicators_stand_under_their_objectives_in_the_order_of_the_numbers(desk):
    desk.helped(desk.person(), "2026-10-05")
    found = section(desk.session, "gcm")
    heads = [row.key for row in found.tables[0].rows if row.kind == "section"]
    assert heads == sorted(heads, key=int)
    assert values(found, "21.persons_served")["month.total"] == 1
    assert "People served" in words_of(found)


def test_a_figure_in_a_frame_is_the_one_of_the_headline(desk):
    desk.helped(desk.person(), "2026-10-05")
    made = report(desk.session)
    cells = dict(made.table("gcm").cells())
    for table in made.tables():
        cells |= dict(table.cells())
    for key, cell in made.table("gcm").cells():
        if key.endswith(".total") and not cell.blank:
            assert cells[cell.of[0]].value == cell.value, key


def test_sdg_targets_stand_in_the_order_of_their_numbers(desk):
    desk.helped(desk.person(), "2026-10-05")
    heads = [row.key for row in section(desk.session, "sdg").tables[0].rows if row.kind == "section"]
    assert "10.7" in heads
    assert heads == sorted(heads, key=lambda code: [int(part) for part in code.split(".")])


@pytest.fixture
def women(desk):
    """Two women and a man at a training in October; the indicator counts the women."""
    sheet = [desk.person(sex="P"), desk.person("Wati", sex="P"), desk.person("Budi", sex="L")]
    desk.trained("2026-10-06", *({"name": "X", "person_id": one, "days": "H"} for one in sheet), module="M1")
    write_indicator(desk.session, WOMEN)
    return desk.session


def test_an_indicator_of_the_centres_own_is_counted_and_defined(women):
    set_target(women, "women_trained", 2026, 8)
    found = section(women, "gcm")
    assert values(found, "18.own-women_trained") == {
        "month.total": 2, "year.total": 2, "project.total": 2, "target": 8, "reached": 25,
    }  # fmt: skip
    told = {key: (term, text) for key, term, text in report(women).facts.definitions}
    assert told["indicator.women_trained"][0] == "Women from East Lombok trained"
    assert "Edition 1, valid from 1 January 2026" in told["indicator.women_trained"][1]


def test_an_own_indicator_is_named_in_the_language_of_the_report(women):
    assert "Perempuan Lombok Timur terlatih" in words_of(section(women, "gcm", "id"))


@pytest.mark.parametrize("formula", ["participants/sex", "nothing", "participants/colour=red", "", None, "services/"])
def test_a_formula_nobody_understands_is_none(formula):
    assert read_formula(formula) is None


def test_a_formula_is_read_back_as_it_was_written_and_put_into_words():
    read = read_formula("participants/sex=P/regency=52.03")
    assert str(read) == "participants/sex=P/regency=52.03"
    with using("en"):
        assert read.words() == "Participants in training (Female · Kabupaten Lombok Timur)"


def test_money_is_of_one_currency():
    assert read_formula("assistance_amount").where == {"currency": "IDR"}


def test_an_old_report_is_read_with_the_definition_of_its_time(desk):
    desk.helped(desk.person(), "2026-10-05")
    write_edition(
        desk.session, "persons_served", {"valid_from": dt.date(2026, 11, 1), "name_en": "People helped", "gcm": ["7"]}
    )
    assert "People served" in words_of(section(desk.session, "gcm"))
    later = report_of(report_figures(desk.session, month_of("2026-11")), "en")
    gcm = next(one for one in later.sections if one.key == "gcm")
    assert "People helped" in words_of(gcm)
    assert "indicator.persons_served" in {key for key, _term, _text in later.facts.definitions}


def test_the_logframe_shows_its_lines_with_what_they_are_measured_by(women):
    goal = {"level": "goal", "code": "1", "statement": "Who comes home stays well.", "assumptions": "Peace."}
    write_line(women, None, goal)
    output = {"level": "output", "code": "1.1", "statement": "Women know.", "indicators": ["women_trained"]}
    write_line(women, None, output | {"means": "Attendance sheets"})
    found = section(women, "logframe")
    assert words_of(found) == [
        "Goal 1  Who comes home stays well.", "Assumed: Peace.", "Output 1.1  Women know.",
        "Women from East Lombok trained", "Verified by: Attendance sheets",
    ]  # fmt: skip
    assert values(found, "1.own-women_trained")["year.total"] == 2


def test_a_report_on_a_project_has_its_logframe_and_its_targets_but_no_baseline_of_the_centre(women):
    project = write_project(women, {"code": "ILO-26", "name": "Safe return"})
    write_edition(
        women, "persons_served",
        {"valid_from": dt.date(2026, 9, 1), "baseline": 7, "baseline_on": dt.date(2025, 12, 31)},
    )  # fmt: skip
    line = {"level": "goal", "code": "1", "statement": "Paid.", "indicators": ["persons_served"]}
    write_line(women, project.id, line)
    write_line(women, None, line | {"statement": "The centre's."})
    set_target(women, "persons_served", 2026, 30, fund="ILO-26")
    own = section(women, "logframe", fund="ILO-26")
    assert own.heading == "Logical framework of Safe return"
    assert values(own, "0.persons_served") == {
        "month.total": 0, "year.total": 0, "project.total": 0, "target": 30, "reached": 0,
    }  # fmt: skip
    assert values(section(women, "logframe"), "0.persons_served")["baseline"] == 7


def test_each_project_with_what_it_paid_and_how_much_of_its_budget(desk):
    session = desk.session
    write_project(session, {"code": "ILO-26", "name": "Safe return", "donor": "Uji Fund", "budget": 10_000_000})
    woman, man = desk.person(sex="P"), desk.person("Budi", sex="L")
    for person in (woman, woman, man):
        desk.helped(person, "2026-10-05").fund = "ilo-26"
    desk.helped(woman, "2026-10-06")
    given = {"kind": "modal_usaha", "given_on": dt.date(2026, 10, 7), "amount": 2_500_000, "fund": "ILO-26"}
    record_assistance(session, person_id=woman, values=given)
    session.flush()
    found = section(session, "projects")
    assert words_of(found)[0] == "ILO-26  Safe return · Uji Fund"
    people = values(found, "ILO-26.people")
    assert (people["month.L"], people["month.P"], people["month.total"]) == (1, 1, 2)
    assert values(found, "ILO-26.services")["project.total"] == 3
    assert values(found, "ILO-26.amount.IDR")["month.total"] == 2_500_000
    assert values(found, "ILO-26.used") == {"project.total": 25}
    assert values(found, "-.services")["month.total"] == 1


def test_what_is_told_of_a_project_is_what_its_own_report_says(desk):
    session = desk.session
    write_project(session, {"code": "ILO-26", "name": "Safe return"})
    for number in range(3):
        desk.helped(desk.person(f"Wati {number}", sex="P"), "2026-10-05").fund = "ILO-26"
    event = desk.trained("2026-10-06", {"name": "X", "sex": "L", "days": "H"}, module="M1")
    event.fund = "ilo-26"
    session.flush()
    told = report_figures(session, OCTOBER).frames.projects[0]
    own = report_figures(session, OCTOBER, fund="ILO-26")
    assert told.services.month == own.indicator("services").month
    assert told.participants.month == own.indicator("training_participants").month
    assert told.events[0] == own.indicator("training_events").month
    assert told.people.month == own.indicator("persons_served").month


def test_a_centre_without_projects_prints_none(desk):
    desk.helped(desk.person(), "2026-10-05")
    assert "projects" not in {one.key for one in report(desk.session).sections}


def test_frames_of_a_place_have_no_targets(women):
    set_target(women, "women_trained", 2026, 8)
    found = section(women, "gcm", place="52.03")
    assert "target" not in {column.key for column in found.tables[0].columns}


def test_frames_are_in_the_data_without_a_word_that_somebody_wrote(women):
    write_line(women, None, {"level": "goal", "code": "1", "statement": "Secret plans."})
    data = report_figures(women, OCTOBER).in_full()["frames"]
    assert "Secret plans" not in str(data)
    assert {"code": "1", "level": "goal", "indicators": []} in data["logframe"]


@pytest.mark.parametrize("code", sorted(MONEY))
def test_rupiah_are_no_count_of_anybody_wherever_they_stand(code):
    assert value_cell(4, "count", code).unit == "money"
    assert counted_cell(4, "count", code).unit == "money"
    assert from_target_cell(4, "count", code, ()).unit == "money"
