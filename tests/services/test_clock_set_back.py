# SPDX-License-Identifier: Apache-2.0
"""A clock set back is noticed by what was saved last, and nothing that is saved suffers from it."""

import datetime as dt

import pytest

from resource_centre import clock
from resource_centre.records import Person
from resource_centre.services.clock_check import clock_behind, last_saved
from resource_centre.services.people import change_person
from resource_centre.services.trail import trail_of

YEAR_MS = 365 * 24 * 3_600_000
HOUR_MS = 3_600_000


@pytest.fixture
def set_clock(monkeypatch):
    """Sets the clock forward or back by milliseconds."""
    real = clock.wall_ms

    def by(milliseconds):
        for module in ("resource_centre.clock", "resource_centre.log.writing"):
            monkeypatch.setattr(f"{module}.wall_ms", lambda: real() + milliseconds)

    return by


def test_a_clock_that_goes_right_is_not_spoken_of(session, register):
    register()
    assert clock_behind(session) is None


def test_a_clock_a_year_behind_is_noticed(session, register, set_clock):
    register()
    set_clock(-YEAR_MS)
    found = clock_behind(session)
    assert found == last_saved(session)
    assert abs(found - dt.datetime.now().astimezone()) < dt.timedelta(minutes=5)


def test_a_few_minutes_are_no_reason_to_worry(session, register, set_clock):
    register()
    set_clock(-HOUR_MS // 2)
    assert clock_behind(session) is None


def test_what_is_saved_with_a_wrong_clock_still_comes_after_what_was_there(session, register, set_clock):
    person_id = register()
    set_clock(-YEAR_MS)
    change_person(session, person_id, {"alias": "Minah"})
    session.commit()
    session.expire_all()
    assert session.get(Person, person_id).alias == "Minah"
    assert len(trail_of(session, person_id)) == 2
