# SPDX-License-Identifier: Apache-2.0
"""The sheets a family takes home: one page each, in either language, with the figures of the window."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.papers.kinds import make_blank, make_paper

OF = {"savings_goal": "goal", "budget": "budget", "debt_plan": "debt_plan", "remittance": "remittance"}


def sheet(story, kind, language):
    return make_paper(story.session, kind, getattr(story, OF[kind]), language=language)


@pytest.mark.parametrize("kind", ["budget", "remittance"])
def test_a_blank_sheet_has_a_line_for_everything_and_names_nobody(kind):
    content = make_blank(kind, language="en", centre="Pusat Uji").content
    assert content.heading.blank
    assert not any(value for _name, value in content.facts)
    assert len(content.tables[0].rows) >= 15


@pytest.mark.parametrize("kind", ["budget", "remittance"])
def test_a_blank_sheet_is_one_page(kind):
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(make_blank(kind, language="id").pdf)
    count = len(document)
    document.close()
    assert count == 1


def test_a_goal_says_how_much_each_month(story):
    content = sheet(story, "savings_goal", "en").content
    # 3.600.000 in the months left until the 25th of October, rounded up to a thousand.
    from resource_centre.clock import today
    from resource_centre.money.goals import months_until

    months = months_until(today(), dt.date(2027, 10, 25))
    assert content.figures[0].value == f"Rp{-(-3_600_000 // (months * 1000)) * 1000:,}".replace(",", ".")
    assert content.figures[1].value == "Rp400.000"


def test_a_month_has_its_sums(story):
    content = sheet(story, "budget", "en").content
    assert [one.value for one in content.figures] == ["Rp2.000.000", "Rp1.900.000", "Rp100.000"]
    assert any("35 %" in words.replace("\u00a0", " ") for words in content.said)


def test_a_plan_out_of_debt_names_what_is_not_in_it(story):
    content = sheet(story, "debt_plan", "en").content
    assert content.figures[1].value == "5 months"
    assert any("Moneylender" in words for words in content.said)


def test_a_short_way_out_of_debt_is_told_month_by_month(story):
    content = sheet(story, "debt_plan", "en").content
    assert [(one.title, len(one.rows)) for one in content.tables] == [("In this order", 1), ("Month by month", 5)]


def test_a_long_way_out_of_debt_is_told_to_the_last_debt(story):
    """50 months: twelve by themselves, three years, two months more; nothing is lost between them."""
    from resource_centre.services.debt_plans import change_debt_plan, debts_seen, ways_out

    change_debt_plan(story.session, story.debt_plan, {"monthly": 29_000})
    way = ways_out(debts_seen(story.session, story.person), 29_000)["avalanche"]
    _debts, months, years = sheet(story, "debt_plan", "en").content.tables
    assert (len(months.rows), len(years.rows)) == (12, -(-(len(way.months) - 12) // 12))
    assert years.title == "After that, year by year"
    paid = sum(int(row[1].removeprefix("Rp").replace(".", "")) for row in (*months.rows, *years.rows))
    assert paid == 900_000 + way.interest
    assert years.rows[-1][3] == "Rp0"


def test_money_sent_home_keeps_the_day_of_its_rate(story):
    content = sheet(story, "remittance", "en").content
    assert [one.value for one in content.figures] == ["RM500", "4.8\u00a0%", "Rp1.750.000"]
    assert content.figures[2].note == "at Rp3,500 on 1 November 2026"
