# SPDX-License-Identifier: Apache-2.0
"""A report asked for again is built from the same statements: whoever asks, and whatever was recorded meanwhile."""

import pytest

from reports.monthly.periods import Span

HERE, THERE = "52.03.01.2001", "52.03.02.2001"


@pytest.fixture
def two_villages(desk):
    """Somebody of each village was helped in October."""
    for village in (HERE, THERE):
        desk.helped(desk.person(village=village), "2026-10-05")
    desk.session.commit()
    return desk


def test_a_village_sees_its_own_although_the_centre_asked_first(two_villages, collector_session, desk_of):
    assert two_villages.served() == 2
    two_villages.session.commit()
    assert desk_of(collector_session(HERE)).served() == 1


def test_what_was_recorded_meanwhile_is_counted(two_villages):
    before = two_villages.served()
    two_villages.helped(two_villages.person(), "2026-10-06")
    assert two_villages.served() == before + 1


def test_the_same_month_is_not_built_again(two_villages, monkeypatch):
    two_villages.month()

    def built(_span, _day):
        raise AssertionError("a statement is built again")

    monkeypatch.setattr(Span, "level", built)
    two_villages.month()
