# SPDX-License-Identifier: Apache-2.0
"""Two laptops hand over the same month: figures and digest stay those of one of them, and the other is told of."""

import datetime as dt

import pytest

from resource_centre.services import month_reports
from resource_centre.services.kept_figures import digest_of
from resource_centre.services.month_reports import kept_month, report_month

MONTH = "2026-10"


def figures(served, hour="09:00:00"):
    return {
        "month": MONTH,
        "version": "1",
        "cut_off": f"2026-11-03T{hour}",
        "R1": [{"code": "persons_served", "month": served}],
    }


@pytest.fixture
def two(new_desk, monkeypatch):
    monkeypatch.setattr(month_reports, "today", lambda: dt.date(2026, 11, 3))
    return new_desk("A"), new_desk("B")


def hand_over(desk, told, on=3):
    with desk.open() as session:
        report_month(session, MONTH, on=dt.date(2026, 11, on), figures=told)


def exchange(here, there):
    here.take_in(there.entries())
    there.take_in(here.entries())
    assert here.everything() == there.everything()


def kept(desk):
    with desk.open() as session:
        return kept_month(session, MONTH)


@pytest.mark.parametrize("hours", [(0, 1), (1, 0), (0, 0)])
def test_with_different_figures_those_of_one_are_kept_whole(two, hours):
    for served, (desk, later) in enumerate(zip(two, hours, strict=True), 45):
        desk.clock += later * 3_600_000
        hand_over(desk, figures(served), on=3 + served - 45)
    exchange(*two)
    found = kept(two[0])
    assert found == kept(two[1])
    assert found.differs
    assert digest_of(found.figures) == found.digest
    assert found.figures["R1"][0]["month"] - 45 == found.reported_on.day - 3


def test_with_the_same_figures_counted_at_another_hour_nothing_differs(two):
    for hour, desk in zip(("09:00:00", "10:00:00"), two, strict=True):
        hand_over(desk, figures(45, hour))
    exchange(*two)
    assert not kept(two[0]).differs
    assert kept(two[0]).figures["R1"][0]["month"] == 45


def test_a_laptop_that_knows_of_it_hands_over_nothing_else(two):
    here, there = two
    hand_over(here, figures(45))
    there.take_in(here.entries())
    hand_over(there, figures(46))
    exchange(here, there)
    assert kept(there).figures == figures(45)
    assert not kept(there).differs
