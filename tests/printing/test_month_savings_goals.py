# SPDX-License-Identifier: Apache-2.0
"""R22, first half: goals set and reached, how those under way stand, and what was put aside."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.monthly.figures import monthly_figures
from resource_centre.services.intake import register_intake
from resource_centre.services.savings import change_goal, put_aside, set_goal

DAY = dt.date.fromisoformat


@pytest.fixture
def family(session):
    return register_intake(session, person={"full_name": "Sumiati", "sex": "P"}, on=DAY("2026-08-03")).person_id


@pytest.fixture
def goal(session, family):
    def made(begun, by, target=1_200_000, **more):
        values = {
            "name": "Atap",
            "category": "rumah",
            "target": target,
            "begun_on": DAY(begun),
            "target_on": by,
            **more,
        }
        return set_goal(session, family, values)

    return made


def found(session, month="2026-10"):
    return monthly_figures(session, month).savings_goals


def test_goals_are_counted_when_they_are_set_and_when_they_are_reached(session, goal):
    goal("2026-08-10", DAY("2027-08-10"))
    reached = goal("2026-10-02", DAY("2027-10-02"))
    put_aside(session, reached.id, {"amount": 1_200_000, "saved_on": DAY("2026-11-03")})
    assert (found(session).set, found(session).reached) == ((1, 2, 2), (0, 0, 0))
    assert (found(session, "2026-11").set, found(session, "2026-11").reached) == ((0, 2, 2), (1, 1, 1))


def test_a_goal_reached_later_was_under_way_at_the_end_of_the_month(session, goal):
    one = goal("2026-10-01", DAY("2027-10-01"))
    put_aside(session, one.id, {"amount": 110_000, "saved_on": DAY("2026-10-31")})
    put_aside(session, one.id, {"amount": 1_090_000, "saved_on": DAY("2026-11-05")})
    assert found(session).standings == {"on_track": 1}
    assert found(session, "2026-11").standings == {}


def test_goals_under_way_are_told_by_how_they_stand(session, goal):
    goal("2026-08-10", DAY("2027-08-10"))
    goal("2026-08-10", DAY("2026-09-10"))
    goal("2026-08-10", None)
    given_up = goal("2026-08-10", None)
    change_goal(session, given_up.id, {"state": "batal"})
    assert found(session).standings == {"behind": 1, "day_past": 1, "no_day": 1}


def test_what_was_put_aside_is_less_what_was_taken_out_and_each_currency_by_itself(session, goal):
    rupiah = goal("2026-08-10", None, start_balance=500_000)
    ringgit = goal("2026-08-10", None, currency="MYR", target=900)
    put_aside(session, rupiah.id, {"amount": 300_000, "saved_on": DAY("2026-09-01")})
    put_aside(session, rupiah.id, {"amount": 100_000, "saved_on": DAY("2026-10-01"), "taken_out": True})
    put_aside(session, ringgit.id, {"amount": 50, "saved_on": DAY("2026-10-05")})
    assert found(session).saved == {"IDR": (-100_000, 200_000, 200_000), "MYR": (50, 50, 50)}
    headline = monthly_figures(session, "2026-10").indicator("saved_for_goals")
    assert (headline.month, headline.year, headline.project) == (-100_000, 200_000, 200_000)


def test_a_centre_without_goals_tells_nothing_of_them(session, family):
    figures = monthly_figures(session, "2026-10")
    assert family
    assert not figures.savings_goals.known
    assert "savings_goals_set" not in [one.code for one in figures.indicators]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_table_is_on_paper(session, goal, tmp_path, language):
    import pypdfium2 as pdfium

    from reports.monthly.document import draw_monthly_report

    goal("2026-10-02", DAY("2027-10-02"))
    made = draw_monthly_report(monthly_figures(session, "2026-10"), tmp_path / "month.pdf", language=language)
    document = pdfium.PdfDocument(made)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert {"id": "Tujuan tabungan", "en": "Savings goals"}[language] in words
