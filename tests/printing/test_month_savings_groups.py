# SPDX-License-Identifier: Apache-2.0
"""R22: what the month's report says of savings groups."""

import datetime as dt

import pytest

from reports.monthly.figures import monthly_figures
from resource_centre.services.group_meetings import carry_out_share_out, save_meeting
from resource_centre.services.savings_groups import add_member, begin_cycle, change_member, start_group

RULES = {"name": "Mawar", "village_code": "52.03.01.2001", "share_value": 5000, "loan_fee": 2.0}


@pytest.fixture
def group(session):
    return start_group(session, RULES | {"cycle_begins_on": dt.date(2025, 11, 1)})


@pytest.fixture
def members(session, group):
    named = (("Sumiati", "P"), ("Baiq Ratna", "P"), ("Lalu Ahmad", "L"), ("Nur", None))
    return [add_member(session, group.id, {"name": name, "sex": sex}).id for name, sex in named]


def meet(session, group, on, counted, *lines):
    return save_meeting(session, group.id, {"held_on": on, "cash_counted": counted}, lines)


def test_groups_members_savings_and_loans_at_the_end_of_the_month(session, group, members):
    meet(session, group, dt.date(2025, 12, 5), 10_000, {"member_id": members[0], "shares": 2})
    meet(
        session, group, dt.date(2026, 9, 5), 5000,
        {"member_id": members[1], "shares": 1, "loan": 10_000, "months": 1},
    )  # fmt: skip
    meet(session, group, dt.date(2026, 10, 5), 10_000, {"member_id": members[2], "shares": 1})
    change_member(session, members[3], {"left_on": dt.date(2026, 10, 20)})
    found = monthly_figures(session, "2026-10").savings_groups
    assert (found.groups, found.members.women, found.members.men, found.members.unknown) == (1, 2, 1, 0)
    assert (found.saved_now, found.outstanding, found.overdue, found.at_risk) == (20_000, 10_000, 10_000, 0)
    assert (found.meetings, found.saved) == ((1, 2, 3), (5000, 10_000, 20_000))
    later = monthly_figures(session, "2026-11").savings_groups
    assert (later.at_risk, later.meetings) == (1, (0, 2, 3))


def test_a_share_out_is_counted_in_its_month_and_its_savings_no_longer(session, group, members):
    meet(session, group, dt.date(2026, 9, 5), 10_000, {"member_id": members[0], "shares": 2})
    carry_out_share_out(session, group.id, {"held_on": dt.date(2026, 10, 5), "cash_counted": 0})
    begin_cycle(session, group.id, {"cycle_begins_on": dt.date(2026, 11, 1)})
    october = monthly_figures(session, "2026-10").savings_groups
    assert (october.groups, october.saved_now, october.share_outs[0], october.shared_out[0]) == (1, 0, 1, 10_000)
    assert monthly_figures(session, "2026-09").savings_groups.saved_now == 10_000


def test_only_groups_of_the_place_are_counted(session, group, members):
    assert monthly_figures(session, "2026-10", place="52.03.02").savings_groups.groups == 0
    assert monthly_figures(session, "2026-10", place="52.03.01").as_dict()["R22"]["groups"]["members"]["total"] == 4
