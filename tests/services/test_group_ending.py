# SPDX-License-Identifier: Apache-2.0
"""A savings group is dissolved: once nothing is owed and nothing is in the box, and never for good by mistake."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.services.group_ending import dissolve_group, take_up_group
from resource_centre.services.group_meetings import carry_out_share_out, save_meeting, take_back_meeting
from resource_centre.services.savings_groups import add_member, begin_cycle, start_group

RULES = {
    "name": "Mawar",
    "cycle_begins_on": dt.date(2026, 1, 1),
    "share_value": 5000,
    "founded_on": dt.date(2026, 1, 1),
}
END = {"dissolved_on": dt.date(2026, 11, 1), "dissolved_why": "Anggota pindah"}


@pytest.fixture
def group(session):
    return start_group(session, RULES).id


@pytest.fixture
def member(session, group):
    return add_member(session, group, {"name": "Sumiati", "sex": "P"}).id


@pytest.fixture
def saved(session, group, member):
    """What one member saved at a meeting; their share-out leaves nothing."""
    values = {"held_on": dt.date(2026, 2, 1), "cash_counted": 10_000}
    return save_meeting(session, group, values, [{"member_id": member, "present": True, "shares": 2}])


def share_out(session, group, left=0):
    return carry_out_share_out(session, group, {"held_on": dt.date(2026, 10, 1), "cash_counted": left})


def wrong(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_group_that_shared_out_everything_ends(session, group, saved):
    share_out(session, group)
    ended = dissolve_group(session, group, END)
    assert (ended.state, ended.dissolved_on, ended.dissolved_why) == ("bubar", END["dissolved_on"], "Anggota pindah")


def test_a_group_that_never_met_ends(session, group):
    assert dissolve_group(session, group, END).state == "bubar"


def test_rupiahs_that_do_not_divide_do_not_keep_a_group_alive(session, group, member, saved):
    values = {"held_on": dt.date(2026, 3, 1), "cash_counted": 10_001}
    save_meeting(session, group, {**values, "other_income": 1}, [{"member_id": member, "present": True}])
    share_out(session, group, left=1)
    assert dissolve_group(session, group, END).state == "bubar"


def test_money_in_the_box_stands_in_the_way(session, group, saved):
    with pytest.raises(Refused) as refused:
        dissolve_group(session, group, END)
    assert wrong(refused) == [("dissolved_on", "box_before_end")]


def test_a_social_fund_stands_in_the_way_after_a_share_out_too(session, group, member, saved):
    values = {"held_on": dt.date(2026, 3, 1), "cash_counted": 10_001}
    save_meeting(session, group, values, [{"member_id": member, "present": True, "social_in": 1}])
    share_out(session, group, left=1)
    with pytest.raises(Refused) as refused:
        dissolve_group(session, group, END)
    assert wrong(refused) == [("dissolved_on", "box_before_end")]


def test_a_loan_outstanding_stands_in_the_way(session, group, member, saved):
    values = {"held_on": dt.date(2026, 3, 1), "cash_counted": 0}
    save_meeting(session, group, values, [{"member_id": member, "present": True, "loan": 10_000, "months": 3}])
    with pytest.raises(Refused) as refused:
        dissolve_group(session, group, END)
    assert wrong(refused) == [("dissolved_on", "loans_before_end")]


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ({"dissolved_why": None}, ("dissolved_why", "required")),
        ({"dissolved_on": None}, ("dissolved_on", "required")),
        ({"dissolved_on": dt.date(2026, 9, 30)}, ("dissolved_on", "dissolved_before_meeting")),
        ({"dissolved_on": dt.date(2027, 9, 30)}, ("dissolved_on", "date_in_future")),
    ],
)
def test_the_day_and_the_reason_are_asked(session, group, saved, end, problem):
    share_out(session, group)
    with pytest.raises(Refused) as refused:
        dissolve_group(session, group, END | end)
    assert wrong(refused) == [problem]


@pytest.mark.parametrize(
    "act",
    [
        lambda session, group, _closed: add_member(session, group, {"name": "Baiq"}),
        lambda session, group, _closed: begin_cycle(session, group, {"cycle_begins_on": dt.date(2026, 11, 2)}),
        lambda session, group, _closed: save_meeting(session, group, {"held_on": dt.date(2026, 11, 3)}, []),
        lambda session, _group, closed: take_back_meeting(session, closed.id, "salah"),
        lambda session, group, _closed: dissolve_group(session, group, END),
    ],
)
def test_in_a_group_that_ended_nothing_more_happens(session, group, saved, act):
    closed = share_out(session, group)
    dissolve_group(session, group, END)
    with pytest.raises(Refused) as refused:
        act(session, group, closed)
    assert [one.code for one in refused.value.problems] == ["group_dissolved"]


def test_a_group_dissolved_by_mistake_goes_on_where_it_stood(session, group, saved):
    share_out(session, group)
    dissolve_group(session, group, END)
    again = take_up_group(session, group)
    assert (again.state, again.dissolved_on, again.dissolved_why) == ("dibagi", None, None)


def test_a_group_that_goes_on_is_not_taken_up(session, group):
    with pytest.raises(Refused) as refused:
        take_up_group(session, group)
    assert wrong(refused) == [("dissolved_on", "not_dissolved")]
