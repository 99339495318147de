# SPDX-License-Identifier: Apache-2.0
"""The report as typed tables: every figure is found by its key, and what hangs together is known and adds up."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reports.monthly.figures import report_figures
from reports.monthly.periods import period_of
from reports.monthly.relations import relations
from reports.monthly.report import report_of
from reports.tables.model import Column, Row, Section, Table, figure

LANGUAGES = ("id", "en")


PERIODS = ("2026-10", "2026-Q4", "2026-H2", "2026", "2026-08-05/2026-10-20", "2025-12-01/2026-01-31", "2027-01")


@pytest.fixture(scope="module")
def figures(make_either_centre, desk_of, on_friday):
    """The figures of several periods of a centre with some of everything; nobody changes them."""
    with on_friday(), make_either_centre("sqlite") as centre, centre.session() as session:
        some_of_everything(desk_of(session))
        return {period: report_figures(session, period_of(period)) for period in PERIODS}


@pytest.fixture(scope="module")
def october(figures):
    return figures["2026-10"]


@pytest.fixture(scope="module")
def report(october):
    return report_of(october, "en")


def some_of_everything(desk):
    from resource_centre.services.cases import open_case

    for at in range(7):
        who = desk.person(
            f"Sumiati {at}", sex=("P", "L", None)[at % 3], birth_date="1990", village=VILLAGES[at],
            stay=("MYS", "2026-08", "PHK") if at < 5 else None, registered="2026-10-01",
        )  # fmt: skip
        for visit, attendance in enumerate(("hadir", "tidak_hadir")[: 1 + (at < 4)]):
            desk.counselled(who, f"2026-{10 - at % 2:02}-{2 + visit:02}", attendance=attendance)
        if at < 3:
            open_case(desk.session, person_id=who, values={}, on=dt.date(2026, 8 + at, 5))
        desk.visited("2026-10-05", who)
    lines = [
        {"name": f"Baiq {at}", "sex": "PL"[at % 2], "days": "H", "pre_score": 40, "post_score": 60 + at}
        for at in range(13)
    ]
    desk.trained("2026-10-09", *lines, hours=3, module="M2")
    desk.trained("2026-09-09", *lines[:6], module="M1", training_type="tot")


VILLAGES = (
    "52.03.01.2001", "52.03.01.2002", "52.03.02.2001", "52.01.01.2002", "52.01.01.2002", "52.03.01.2001", None,
)  # fmt: skip


def cells_of(report):
    return {key: cell for table in report.tables() for key, cell in table.cells()}


def value(report, key):
    return cells_of(report)[key].value


def test_no_two_figures_have_the_same_key(report):
    keys = [key for table in report.tables() for key, _cell in table.cells()]
    assert len(keys) == len(set(keys)) > 300
    assert all(key.count("/") == 2 for key in keys)


def test_keys_are_the_same_in_every_language_and_words_are_not(october):
    ours, theirs = (report_of(october, language) for language in LANGUAGES)
    assert cells_of(ours) == cells_of(theirs)
    assert [section.key for section in ours.sections] == [section.key for section in theirs.sections]
    said = [(one.heading, other.heading) for one, other in zip(ours.sections, theirs.sections, strict=True)]
    assert [one for one, other in said if one == other and not one.isupper()] == []


def test_a_figure_is_found_by_table_line_and_column(october, report):
    served = october.indicator("persons_served")
    assert value(report, "R1/persons_served/month.P") == served.month.women
    assert value(report, "R1/persons_served/year.total") == served.year.total
    assert value(report, "R4/52.03.01.2001/month.total") == next(
        line.month.total for line in october.places if line.code == "52.03.01.2001"
    )


def test_every_sum_that_is_known_holds(report):
    known = [*(one for table in report.tables() for one in table.sums), *relations(report)]
    cells = cells_of(report)
    assert len(known) > 200
    for one in known:
        assert cells[one.total].value == sum(cells[part].value for part in one.parts), one


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("R1/persons_served/month.L", ("R1/new_clients/month.L", "R1/returning_clients/month.L")),
        ("R1/contacts/year.total", ("R1/contacts/year.L", "R1/contacts/year.P", "R1/contacts/year.unknown")),
        ("R4/52.03.01/month.total", ("R4/52.03.01.2001/month.total", "R4/52.03.01.2002/month.total")),
        ("R4/52/year.P", ("R4/52.01/year.P", "R4/52.03/year.P")),
        ("R4/total/month.total", ("R4/52/month.total", "R4/unknown/month.total")),
        ("R13/together/year.P", ("R13/open_at_start/year.P", "R13/opened/year.P", "R13/reopened/year.P")),
        ("R13/together/month.P", ("R13/closed/month.P", "R13/open_at_end/month.P")),
        ("R21.month/M2/month.pairs", ("R21.month/M2.L/month.pairs", "R21.month/M2.P/month.pairs")),
        ("R20/total/year.total", ("R20/kelas/year.total", "R20/tot/year.total")),
        ("trend/2026-10/total", ("trend/2026-10/returning", "trend/2026-10/new")),
    ],
)  # fmt: skip
def test_what_is_a_sum_of_what_is_known(report, total, parts):
    known = {(one.total, frozenset(one.parts)) for table in report.tables() for one in table.sums}
    assert (total, frozenset(parts)) in known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("R1/persons_served/month.total", "R4/total/month.total"),
        ("R1/new_clients/month.P", "R2/total/month.new.P"),
        ("R1/returnees_registered/year.L", "R6/total/year.L"),
        ("R1/cases_open_at_end/month.total", "R13/open_at_end/month.total"),
        ("R1/counselling_sessions/month.total", "R15/held/month.total"),
        ("R1/training_participants/month.P", "R20/total/month.P"),
        ("R1/persons_served/month.total", "trend/2026-10/total"),
    ],
)
def test_one_figure_in_two_tables_is_known_to_be_the_same(report, one, other):
    assert (one, (other,)) in {(each.total, each.parts) for each in relations(report)}


def test_in_january_month_and_year_are_known_to_be_the_same(figures):
    made = report_of(figures["2027-01"], "en")
    same = {(one.total, one.parts) for one in relations(made)}
    assert ("R1/contacts/year.total", ("R1/contacts/month.total",)) in same
    assert ("R4/total/year.P", ("R4/total/month.P",)) in same
    assert not [one for one in relations(report_of(figures["2026-10"], "en")) if "year." in one.total and "month." in
                str(one.parts)]  # fmt: skip


def test_no_figure_that_counts_people_stands_outside_every_sum(report):
    """A figure in no equation may be hidden alone; only those of the project that are told once may be."""
    told = {cell for table in report.tables() for one in table.sums for cell in one.cells()}
    told |= {cell for one in relations(report) for cell in one.cells()}
    alone = [
        key for key, cell in cells_of(report).items() if cell.unit == "people" and cell.counted and key not in told
    ]
    assert [
        key for key in alone if key.startswith(("R1/", "R2/", "R4/", "R6/", "R7/", "R13")) and "project" not in key
    ] == []


def test_what_is_worked_out_names_figures_that_are_there(report):
    cells = cells_of(report)
    for key, cell in cells.items():
        assert set(cell.of) <= cells.keys(), key


def test_a_table_says_by_which_definitions_it_is_counted(report):
    known = {key for key, _term, _text in report.facts.definitions}
    for table in report.tables():
        assert set(table.terms) <= known, table.key
    for row in report.table("R1").rows:
        assert set(row.terms) <= known, row.key


def test_columns_bear_hashtags_that_a_schema_knows(report):
    for table in report.tables():
        for column in table.columns:
            hashtag, *attributes = column.hxl.split("+")
            assert hashtag in ("#reached", "#indicator", "#output", "#value", "#targeted"), (table.key, column.key)
            assert all(one.replace("_", "").replace(".", "").isalnum() for one in attributes), column.hxl


def test_different_people_are_no_sum_of_months_and_events_are(report):
    assert not report.table("R4").additive
    assert not report.table("R13").additive
    assert report.table("R20").additive
    assert report.table("R6").additive


def test_the_whole_report_says_the_same_as_its_figures(october, report):
    assert report.data["R1"] == october.as_dict()["R1"]
    assert report.rows() == sum(len(table.rows) for table in report.tables())


@pytest.mark.parametrize(
    ("period", "heading", "title", "words", "year", "project"),
    [
        ("2026-10", "Month", "Monthly report", "October 2026", True, "Since 1 Jan"),
        ("2026-Q4", "Quarter", "Quarterly report", "Quarter 4 of 2026", True, "Since 1 Jan"),
        ("2026-H2", "Half-year", "Half-yearly report", "Second half of 2026", True, "Since 1 Jan"),
        ("2026", "Year", "Annual report", "2026", False, "Since 1 Jan"),
        ("2026-08-05/2026-10-20", "Period", "Report", "5 August 2026 to 20 October 2026", True, "Since 1 Jan"),
        ("2025-12-01/2026-01-31", "Period", "Report", "1 December 2025 to 31 January 2026", False, "Since 1 Dec 2025"),
    ],
)
def test_a_report_of_other_days_says_so(figures, period, heading, title, words, year, project):
    made = report_of(figures[period], "en")
    groups = list(dict.fromkeys(column.group for column in made.table("R4").columns))
    assert groups == [heading, *(["Year"] if year else []), project]
    assert (made.facts.title, made.facts.period_words) == (title, words)
    assert [key for key, _first, _last in made.facts.periods] == ["month", *(["year"] if year else []), "project"]
    every = [*(one for table in made.tables() for one in table.sums), *relations(made)]
    cells = cells_of(made)
    assert all(cells[one.total].value == sum(cells[part].value for part in one.parts) for one in every)


def test_nothing_of_a_longer_period_is_called_the_months(figures):
    made = report_of(figures["2026-Q4"], "en")
    said = [section.heading for section in made.sections]
    said += [words for table in made.tables() for words in (table.title, *(column.group for column in table.columns))]
    assert "Month" not in said
    assert not [words for words in said if "the month" in words]
    assert made.facts.definitions[0][2].startswith("The days named at the head of the report")


def test_an_empty_centre_has_its_tables_and_says_why_they_are_empty(desk):
    made = report_of(desk.month(), "en")
    empty = [table for table in made.tables() if not table.rows]
    assert {table.key for table in empty} >= {"R2", "R4", "R6", "R7", "R15", "R20"}
    assert all(table.empty for table in empty)


def test_a_place_of_which_the_village_is_not_known_is_not_said_to_be_its_villages(october):
    places = tuple(
        dataclasses.replace(line, month=line.month + line.month) if line.code == "52.03.01" else line
        for line in october.places
    )
    table = report_of(dataclasses.replace(october, places=places), "en").table("R4")
    assert "R4/52.03.01/month.total" not in {
        one.total for one in table.sums if any("52.03.01.2001" in str(part) for part in one.parts)
    }


def test_the_line_for_protection_is_the_only_one_of_its_table_in_which_nought_tells(october):
    from reports.monthly.counts import BySex, Line
    from reports.monthly.vulnerability import MERGED

    one = BySex(women=1)
    special = dataclasses.replace(october, return_types=(*october.return_types, Line(MERGED, one, one, one)))
    table = report_of(special, "en").table("R6")
    assert {row.key: table.topic_of(row) for row in table.rows} == {"PHK": "", MERGED: "trafficking", "total": ""}


def test_whether_anybody_is_in_that_line_does_not_decide_where_its_table_is_published(october):
    assert report_of(october, "en").table("R6").topic == "trafficking"


def test_what_may_be_published_hides_small_numbers_of_every_table(report):
    from reports.disclosure.publication import published

    shown = published(report, 5, relations=relations(report))
    assert shown.facts.hidden > 100
    for table in shown.tables():
        for key, cell in table.cells():
            assert cell.hidden or not cell.counted or cell.value is None or not 0 < cell.value < 5, key


@pytest.mark.parametrize(("part", "hidden"), [(0, False), (1, True), (4, True), (16, False), (31, True), (32, False)])
def test_a_share_from_which_a_few_could_be_reckoned_is_not_published(october, part, hidden):
    from reports.disclosure.publication import published

    pairs = figure(32, "people")
    share = figure(100 * part / 32, "percent", of=("R21.month/all/month.pairs",), pairs=32, part=part)
    columns = (Column("month.pairs", "Pairs"), Column("month.passed", "Passed"))
    table = Table("R21.month", "Tests", ("",), columns, (Row("all", ("All",), (pairs, share)),))
    made = dataclasses.replace(report_of(october, "en"), sections=(Section("R21", "Tests", (table,)),))
    assert cells_of(published(made, 5))["R21.month/all/month.passed"].hidden == hidden


def test_a_report_says_by_its_codes_what_it_is_about(desk):
    figures = report_figures(desk.session, period_of("2026-10"), place="52.03", fund="ILO-26")
    facts = report_of(figures, "en").facts
    assert (facts.place, facts.fund) == ("52.03", "ILO-26")
