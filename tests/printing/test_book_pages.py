# SPDX-License-Identifier: Apache-2.0
"""Pages of the report book: what was picked by hand is counted again for every period."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.book.behind import page_of_figure, records_behind_page
from reports.book.counting import CannotBeMade, page_figures, periods_of
from reports.book.laying_out import page_section
from reports.book.report import book_report, page_key, pages_in_report
from reports.disclosure.publication import published
from reports.measures.catalogue import MEASURES
from reports.monthly.figures import report_figures
from reports.monthly.periods import period_of
from reports.monthly.report import report_of
from reports.monthly.scope import Scope
from resource_centre.i18n import using
from resource_centre.records import SavedReport
from resource_centre.services.kept_figures import same_figures
from resource_centre.services.report_book import Plan, page_of_book, save_page

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
OCTOBER = period_of("2026-10")


@pytest.fixture
def autumn(desk):
    """Three women and a man, counselled from August to October in two districts."""
    women = [desk.person(f"Perempuan {letter}", village=HERE, registered="2026-07-01") for letter in "ABC"]
    man = desk.person("Budi Santoso", sex="L", village=THERE, registered="2026-07-01")
    for person, days in (
        (women[0], ("2026-08-03", "2026-10-05", "2026-10-12")),
        (women[1], ("2026-10-06",)),
        (women[2], ("2026-09-07", "2026-10-07")),
        (man, ("2026-10-08",)),
    ):
        for day in days:
            desk.counselled(person, day)
    return desk


def section_of(desk, plan, asked=OCTOBER, language="en", title="Counselled"):
    page = save_page(desk.session, title, plan)
    with using(language):
        return page_section(page_figures(desk.session, page, asked), page_key(page), language)


def grid(section):
    (table,) = section.tables
    return {row.key: [cell.value for cell in row.cells] for row in table.rows}


def test_sessions_by_district_and_sex_with_what_they_come_to_together(autumn):
    section = section_of(autumn, Plan("attended", rows="district", columns="sex"))
    assert [column.key for column in section.tables[0].columns] == ["month.L", "month.P", "month.total"]
    assert grid(section) == {"52.03.01": [0, 4, 4], "52.03.02": [1, 0, 1], "total": [1, 4, 5]}


def test_different_people_are_not_added_up_over_months(autumn):
    section = section_of(autumn, Plan("counselled", rows="sex", count=3))
    assert [column.heading for column in section.tables[0].columns] == ["Aug 26", "Sept 26", "Oct 26"]
    assert grid(section) == {"L": [0, 0, 1], "P": [1, 1, 3], "total": [1, 1, 4]}
    quarter = section_of(autumn, Plan("counselled", length="quarter"), period_of("2026-Q3"))
    assert grid(quarter) == {"total": [2]}


def test_quarters_stand_beside_one_another_until_that_of_the_month_asked_for():
    plan = Plan("attended", length="quarter", count=4)
    assert [period.code for period in periods_of(plan, OCTOBER)] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


def test_a_page_of_a_month_is_made_for_a_quarter_of_its_last_month():
    assert [one.code for one in periods_of(Plan("attended"), period_of("2026-Q3"))] == ["2026-09"]
    assert [one.code for one in periods_of(Plan("attended"), period_of("2026-10-05/2026-10-20"))] == [
        "2026-10-05/2026-10-20"
    ]


def test_a_page_about_one_district_counts_only_there_and_says_so(autumn):
    page = save_page(autumn.session, "Sessions", Plan("attended", place="52.03.02"))
    (section,) = book_report(autumn.session, [page], OCTOBER, "id").sections
    assert section.heading.startswith("Sessions · ")
    assert grid(section) == {"total": [1]}


@pytest.mark.parametrize("shown", ["bars", "lines", "across"])
def test_a_chart_shows_the_figures_of_its_table(autumn, shown):
    section = section_of(autumn, Plan("attended", rows="sex", count=3, shown=shown))
    (chart,) = section.charts
    cells = dict(section.tables[0].cells())
    assert chart.kind == shown
    assert {series.name: series.values for series in chart.series} == {"Male": (0, 0, 1), "Female": (1, 1, 4)}
    for series in chart.series:
        assert [cells[key].value for key in series.of] == list(series.values)


def test_a_page_with_nothing_in_it_says_so_and_draws_no_chart(desk):
    section = section_of(desk, Plan("attended", rows="sex", shown="bars"))
    assert section.charts == ()
    assert grid(section) == {"total": [0]}


def test_every_measure_can_be_a_page_and_every_breakdown_of_each_kind_of_count(autumn):
    tried = set()
    for measure in MEASURES.values():
        for rows in ("", *(code for code in measure.by if (code, measure.counts) not in tried)):
            tried.add((rows, measure.counts))
            section = section_of(autumn, Plan(measure.code, rows=rows))
            assert section.tables[0].rows or section.tables[0].empty


def test_money_is_of_one_currency_or_told_by_it(autumn):
    from resource_centre.services.assistance import record_assistance

    person = autumn.person("Dewi", registered="2026-10-01")
    for currency, amount in (("IDR", 500_000), ("MYR", 300)):
        values = {"kind": "alat_usaha", "given_on": OCTOBER.first, "currency": currency, "amount": amount}
        record_assistance(autumn.session, person_id=person, values=values)
    section = section_of(autumn, Plan("assistance_amount"))
    assert (grid(section), section.notes) == ({"total": [500_000]}, ("Money in IDR.",))
    both = section_of(autumn, Plan("assistance_amount", rows="currency"))
    assert {row.key for row in both.tables[0].rows} == {"IDR", "MYR"}


def test_what_stands_in_the_month_is_about_the_months_own_place(autumn):
    save_page(autumn.session, "Sessions", Plan("attended", in_report=True))
    save_page(autumn.session, "Only in the book", Plan("attended"))
    (found,) = pages_in_report(autumn.session, OCTOBER, Scope("52.03.01"))
    assert (found.page.title, found.value(OCTOBER)) == ("Sessions", 4)


def test_a_page_is_printed_with_the_month_and_is_no_figure_of_it(autumn):
    before = autumn.month("2026-10").as_kept()
    save_page(autumn.session, "Attendances of October", Plan("attended", in_report=True))
    figures = autumn.month("2026-10")
    headings = [section.heading for section in report_of(figures, "en").sections]
    assert "Attendances of October" in headings
    assert same_figures(before, figures.as_kept())


def test_a_page_of_a_newer_program_says_so_instead_of_stopping_the_book(autumn):
    page = save_page(autumn.session, "A", Plan("attended"))
    later = save_page(autumn.session, "B", Plan("attended", rows="by_the_moon"))
    record = autumn.session.get(SavedReport, page.id)
    record.plan = {**record.plan, "measure": "moons"}
    autumn.session.flush()
    pages = [page_of_book(autumn.session, one.id) for one in (page, later)]
    with pytest.raises(CannotBeMade):
        page_figures(autumn.session, pages[0], OCTOBER)
    sections = book_report(autumn.session, pages, OCTOBER, "en").sections
    assert [bool(section.texts) for section in sections] == [True, True]


def test_a_page_of_the_book_never_leaves_the_centre_for_publication(autumn):
    page = save_page(autumn.session, "Sessions", Plan("attended", rows="district", columns="sex"))
    shown = published(book_report(autumn.session, [page], OCTOBER, "en"), 5)
    assert list(shown.tables()) == []
    assert shown.sections[0].notes


def test_what_somebody_called_a_page_is_not_published(autumn):
    page = save_page(autumn.session, "Perempuan A dan kasusnya", Plan("attended"))
    shown = published(book_report(autumn.session, [page], OCTOBER, "en"), 5)
    assert [section.heading for section in shown.sections] == ["Report book"]


def test_a_figure_of_a_page_in_the_report_of_a_place_opens_the_records_of_that_place(autumn):
    save_page(autumn.session, "Sessions", Plan("attended", in_report=True))
    figures = report_figures(autumn.session, OCTOBER, place="52.03.01")
    tables = [table for table in report_of(figures, "en").tables() if table.title == "Sessions"]
    ((key, cell),) = tables[0].cells()
    page = page_of_figure(autumn.session, key)
    opened = records_behind_page(autumn.session, page, OCTOBER, key, within=Scope("52.03.01"))
    assert (cell.value, opened.total) == (4, 4)
    assert page_of_figure(autumn.session, "R1/persons_served/month.total") is None


def test_as_many_records_stand_behind_a_figure_as_it_says(autumn):
    for plan in (Plan("attended", rows="district", columns="sex"), Plan("attended", rows="sex", count=3)):
        page = save_page(autumn.session, "Sessions", plan)
        for table in book_report(autumn.session, [page], OCTOBER, "en").tables():
            for key, cell in table.cells():
                opened = records_behind_page(autumn.session, page, OCTOBER, key)
                assert opened.total == opened.value == cell.value


def test_two_pages_never_share_a_figures_key(autumn):
    plan = Plan("attended")
    pages = [save_page(autumn.session, title, plan) for title in ("A", "B")]
    copies = [replace(page, title="A") for page in pages]
    keys = [
        key for table in book_report(autumn.session, copies, OCTOBER, "en").tables() for key, _cell in table.cells()
    ]
    assert len(keys) == len(set(keys)) == 2
