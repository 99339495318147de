# SPDX-License-Identifier: Apache-2.0
"""A report of any days: which they are, and that their figures are those of its months together."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.monthly.figures import report_figures
from reports.monthly.periods import Period, period_of, span_of
from resource_centre.services.month_narratives import write_narrative

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31))


@pytest.mark.parametrize(
    ("code", "first", "last", "length"),
    [
        ("2026-02", "2026-02-01", "2026-02-28", "month"),
        ("2024-Q1", "2024-01-01", "2024-03-31", "quarter"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quarter"),
        ("2026-H1", "2026-01-01", "2026-06-30", "half"),
        ("2026-H2", "2026-07-01", "2026-12-31", "half"),
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("2026-02-01/2026-04-30", "2026-02-01", "2026-04-30", "days"),
        ("2025-12-01/2026-02-28", "2025-12-01", "2026-02-28", "days"),
        ("2026-10-05/2026-10-05", "2026-10-05", "2026-10-05", "days"),
    ],
)
def test_a_period_is_written_as_it_is_read(code, first, last, length):
    period = period_of(code)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert (period.length, period.code) == (length, code)


@given(DAYS, DAYS)
def test_whatever_the_days_their_code_gives_them_back(one, other):
    period = Period(min(one, other), max(one, other))
    assert period_of(period.code) == period


@given(DAYS, DAYS, DAYS)
def test_the_three_periods_of_a_report_lie_in_one_another(one, other, started):
    span = span_of(Period(min(one, other), max(one, other)), started)
    assert span.project.first <= span.year.first <= span.month.first
    assert len({period.last for period in span}) == 1


@given(DAYS, DAYS)
def test_the_whole_months_of_a_period_are_in_it_and_no_other(one, other):
    period = Period(min(one, other), max(one, other))
    inside = [month for month in period.months if period.first <= period_of(month).first]
    assert inside == period.months
    around = {f"{day:%Y-%m}" for day in (period.first, period.last)}
    held = {m for m in around if period_of(m).first >= period.first and period_of(m).last <= period.last}
    assert held <= set(period.months)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-Q5", "2026-H3", "2026-10-05", "2026-10-05/2026-10-04", "x/y", "٢٠٢٦"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        period_of(text)


@pytest.mark.parametrize(
    ("code", "beside"),
    [("2026-01", True), ("2026-10", True), ("2026-Q1", False), ("2026-Q3", True), ("2026", False),
     ("2025-11-01/2026-02-28", False)],
)  # fmt: skip
def test_the_year_so_far_stands_beside_what_is_shorter(code, beside):
    assert span_of(code, dt.date(2025, 1, 1)).has_year is beside


def test_a_quarter_is_its_months_and_people_in_it_count_once(desk):
    woman = desk.person(registered="2026-07-05", stay=("MYS", "2026-06", "KONTRAK_SELESAI"))
    man = desk.person("Budi Santoso", sex="L", registered="2026-09-01", stay=("HKG", "2026-08", "PHK"))
    for on in ("2026-07-06", "2026-08-03", "2026-09-30"):
        desk.counselled(woman, on)
    desk.counselled(man, "2026-09-02")
    desk.counselled(man, "2026-10-01")
    quarter = report_figures(desk.session, period_of("2026-Q3"))
    assert quarter.indicator("counselling_sessions").month == 4
    assert quarter.indicator("persons_served").month.total == 2
    assert quarter.indicator("returnees_registered").month.total == 2
    assert quarter.indicator("counselling_sessions").year == 4
    assert all(quarter.identities().values())
    assert quarter.closing is None


def test_some_days_count_only_what_lies_in_them(desk):
    woman = desk.person(registered="2025-12-20")
    for on in ("2025-12-30", "2026-01-02", "2026-01-09"):
        desk.counselled(woman, on)
    turn = report_figures(desk.session, period_of("2025-12-28/2026-01-08"))
    assert turn.indicator("counselling_sessions").month == 2
    assert turn.indicator("new_clients").month.total == 1
    assert all(turn.identities().values())


def test_a_report_of_several_months_tells_what_was_written_to_each(desk):
    for month, words in (("2026-07", "Kelas pertama"), ("2026-09", "Dua kelompok baru")):
        write_narrative(desk.session, month, {"achievements": words})
    quarter = report_figures(desk.session, period_of("2026-Q3"))
    assert {month: told["achievements"] for month, told in quarter.narratives.items()} == {
        "2026-07": "Kelas pertama",
        "2026-09": "Dua kelompok baru",
    }


def test_a_project_that_began_within_the_year_counts_from_where_the_year_does(desk):
    from resource_centre.records import CentreProfile

    profile = desk.session.query(CentreProfile).first()
    profile.project_starts_on = "2026-06"
    woman = desk.person(registered="2026-02-02")
    desk.counselled(woman, "2026-02-03")
    figures = desk.month("2026-10")
    assert figures.project.first == dt.date(2026, 1, 1)
    assert figures.indicator("counselling_sessions").project == 1
