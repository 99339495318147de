# SPDX-License-Identifier: Apache-2.0
"""A savings group: its rules, its members, its meetings, and everything a box cannot do."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.services.group_meetings import (
    carry_out_share_out,
    lines_of,
    meetings_of,
    preview_share_out,
    save_meeting,
    take_back_meeting,
)
from resource_centre.services.savings_groups import (
    add_member,
    begin_cycle,
    books_of,
    change_group,
    change_member,
    groups_list,
    members_of,
    start_group,
    take_off,
)

VILLAGE = "52.03.01.2001"
OTHER_VILLAGE = "52.03.02.2001"
RULES = {
    "name": "Mawar", "village_code": VILLAGE, "cycle_begins_on": dt.date(2026, 1, 1), "share_value": 5000,
    "most_shares": 5, "loan_fee": 2.0, "meets": "bulanan",
}  # fmt: skip


def day(month, on=10):
    return dt.date(2026, month, on)


@pytest.fixture
def group(session):
    return start_group(session, RULES)


@pytest.fixture
def members(session, group):
    return [add_member(session, group.id, {"name": name, "sex": "P"}).id for name in ("Sumiati", "Baiq Ratna", "Inaq")]


def meet(session, group, month, counted, *lines, **more):
    return save_meeting(session, group.id, {"held_on": day(month), "cash_counted": counted, **more}, lines)


def wrong(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_meeting_is_written_down_in_one_go(session, group, members):
    first, second, third = members
    meet(
        session, group, 1, 42_000,
        {"member_id": first, "present": True, "shares": 5, "social_in": 2000},
        {"member_id": second, "present": True, "shares": 3, "social_in": 2000, "fine": 1000},
        {"member_id": third, "social_in": 0},
        cost=3000,
    )  # fmt: skip
    books = books_of(session, group.id)
    assert (books.box, books.social, books.fund_cash) == (42_000, 4000, 38_000)
    assert (books.cycle.savings, books.cycle.shares, books.cycle.income, books.cycle.losses) == (40_000, 8, 1000, 3000)
    assert list(doctor.examine(session.connection())) == []


def test_what_was_written_is_read_back_for_correction(session, group, members):
    line = {"member_id": members[0], "present": True, "shares": 4, "loan": 8000, "months": 2, "social_in": 1000}
    meet(session, group, 1, 13_000, line)
    [meeting] = meetings_of(session, group.id)
    assert lines_of(meeting) == {members[0]: line}


def test_a_box_that_does_not_come_out_is_refused(session, group, members):
    with pytest.raises(Refused) as refused:
        meet(session, group, 1, 24_000, {"member_id": members[0], "shares": 5})
    assert wrong(refused) == [("cash_counted", "box_differs")]
    assert meetings_of(session, group.id) == []


def test_a_box_nobody_counted_is_refused(session, group, members):
    with pytest.raises(Refused) as refused:
        meet(session, group, 1, None, {"member_id": members[0], "shares": 5})
    assert wrong(refused) == [("cash_counted", "count_box")]


def test_a_difference_with_its_reason_goes_into_the_books(session, group, members):
    meet(session, group, 1, 24_000, {"member_id": members[0], "shares": 5}, difference_why="A torn note")
    meet(session, group, 2, 49_000, {"member_id": members[0], "shares": 5})
    books = books_of(session, group.id)
    assert (books.box, books.cycle.losses, books.cycle.fund) == (49_000, 1000, 49_000)
    assert books.unexplained == ()


def test_a_correction_shows_where_a_count_no_longer_comes_out_until_somebody_says_why(session, group, members):
    first = meet(session, group, 1, 25_000, {"member_id": members[0], "shares": 5})
    second = meet(session, group, 2, 50_000, {"member_id": members[0], "shares": 5})
    lines = [{"member_id": members[0], "shares": 4}]
    save_meeting(session, group.id, {"held_on": day(1), "cash_counted": 20_000}, lines, meeting_id=first.id)
    assert [one.difference for one in books_of(session, group.id).unexplained] == [5000]
    explained = {"held_on": day(2), "cash_counted": 50_000, "difference_why": "Paid late"}
    lines = [{"member_id": members[0], "shares": 5}]
    save_meeting(session, group.id, explained, lines, meeting_id=second.id)
    books = books_of(session, group.id)
    assert (books.unexplained, books.cycle.income, books.box) == ((), 5000, 50_000)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"shares": 6}, ("rows.0.shares", "too_many_shares")),
        ({"shares": -1}, ("rows.0.shares", "negative")),
        ({"shares": 1.5}, ("rows.0.shares", "not_a_number")),
        ({"fine": -500}, ("rows.0.fine", "negative")),
        ({"repaid": 1}, ("rows.0.repaid", "above_debt")),
        ({"written_off": 1}, ("rows.0.written_off", "above_debt")),
        ({"loan": 5000}, ("rows.0.months", "months_needed")),
        ({"loan": 5001, "months": 1, "shares": 1}, ("rows.0.loan", "above_box")),
        ({"loan": 5001, "months": 1, "shares": 1, "social_in": 9000}, ("rows.0.loan", "above_box")),
        ({"social_out": 1, "shares": 1}, ("rows.0.social_out", "above_social_fund")),
    ],
)
def test_a_line_that_cannot_be_is_refused_where_it_stands(session, group, members, line, problem):
    with pytest.raises(Refused) as refused:
        meet(session, group, 1, 0, {"member_id": members[0], **line})
    assert problem in wrong(refused)
    assert meetings_of(session, group.id) == []


def test_more_than_is_owed_is_not_paid_back(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 5, "loan": 20_000, "months": 3})
    with pytest.raises(Refused) as refused:
        meet(session, group, 2, 25_001, {"member_id": members[0], "repaid": 20_001})
    assert wrong(refused) == [("rows.0.repaid", "above_debt")]


def test_the_oldest_loan_is_paid_back_first(session, group, members):
    meet(session, group, 1, 15_000, {"member_id": members[0], "shares": 5, "loan": 10_000, "months": 1})
    meet(session, group, 2, 30_000, {"member_id": members[0], "shares": 5, "loan": 10_000, "months": 1})
    meet(session, group, 3, 42_000, {"member_id": members[0], "repaid": 12_000})
    assert [loan.outstanding for loan in books_of(session, group.id).loans] == [0, 8000]


def test_who_has_left_cannot_buy(session, group, members):
    change_member(session, members[0], {"left_on": day(2, 1)})
    with pytest.raises(Refused) as refused:
        meet(session, group, 2, 5000, {"member_id": members[0], "shares": 1})
    assert wrong(refused) == [("rows.0.shares", "member_left")]


def test_who_owes_something_has_not_left(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 5, "loan": 20_000, "months": 3})
    with pytest.raises(Refused) as refused:
        change_member(session, members[0], {"left_on": day(2)})
    assert wrong(refused) == [("left_on", "member_in_debt")]


@pytest.mark.parametrize("on", [day(2), day(1)])
def test_meetings_come_in_their_order(session, group, members, on):
    meet(session, group, 2, 0, {"member_id": members[0], "present": True})
    with pytest.raises(Refused) as refused:
        save_meeting(session, group.id, {"held_on": on, "cash_counted": 0}, [])
    assert wrong(refused) == [("held_on", "meeting_order")]


def test_a_meeting_before_the_cycle_is_refused(session, group, members):
    with pytest.raises(Refused) as refused:
        save_meeting(session, group.id, {"held_on": dt.date(2025, 12, 31), "cash_counted": 0}, [])
    assert wrong(refused) == [("held_on", "before_cycle")]


def test_a_correction_that_a_later_meeting_stands_on_is_refused(session, group, members):
    first = meet(session, group, 1, 5000, {"member_id": members[0], "shares": 5, "loan": 20_000, "months": 3})
    meet(session, group, 2, 25_000, {"member_id": members[0], "repaid": 20_000})
    with pytest.raises(Refused) as refused:
        lines = [{"member_id": members[0], "shares": 5}]
        save_meeting(session, group.id, {"held_on": day(1), "cash_counted": 25_000}, lines, meeting_id=first.id)
    assert refused.value.code == "later_meeting"


def test_a_share_costs_the_same_for_a_whole_cycle(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 1})
    with pytest.raises(Refused) as refused:
        change_group(session, group.id, {"share_value": 10_000})
    assert wrong(refused) == [("share_value", "rule_in_use")]


def test_a_client_is_in_a_group_once_and_under_their_own_name(session, group, register):
    known = register("Lalu Ahmad", sex="L")
    member = add_member(session, group.id, {"name": "Ahmad", "person_id": known})
    assert (member.name, member.sex) == ("Lalu Ahmad", "L")
    with pytest.raises(Refused) as refused:
        add_member(session, group.id, {"name": "Ahmad", "person_id": known})
    assert wrong(refused) == [("name", "already_member")]


def test_a_light_name_is_linked_to_a_client_later(session, group, members, register):
    known = register("Sumiati Aminah", sex="P")
    change_member(session, members[0], {"person_id": known})
    assert members_of(session, group.id)[0].name == "Sumiati Aminah"


def test_who_is_in_the_books_is_not_taken_off(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 1})
    with pytest.raises(Refused):
        take_off(session, members[0], "by mistake")
    take_off(session, members[1], "by mistake")
    assert [one.id for one in members_of(session, group.id)] == [members[0], members[2]]


def test_the_share_out_leaves_what_does_not_divide_in_the_box(session, group, members):
    meet(
        session, group, 1, 26_000,
        {"member_id": members[0], "shares": 2, "social_in": 10_000},
        {"member_id": members[1], "shares": 1, "fine": 1000},
    )  # fmt: skip
    planned = preview_share_out(session, group.id)
    assert (planned.fund, planned.per_share, planned.remainder, planned.left_in_box) == (16_000, 5333, 1, 10_001)
    carry_out_share_out(session, group.id, {"held_on": day(2), "cash_counted": 10_001})
    begin_cycle(session, group.id, {"cycle_begins_on": day(2)})
    save_meeting(
        session, group.id, {"held_on": day(3), "cash_counted": 15_001}, [{"member_id": members[0], "shares": 1}]
    )
    assert books_of(session, group.id).cycle.fund == 5001


def test_nothing_is_shared_out_while_a_loan_is_outstanding(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 5, "loan": 20_000, "months": 3})
    with pytest.raises(Refused) as refused:
        carry_out_share_out(session, group.id, {"held_on": day(2), "cash_counted": 0})
    assert wrong(refused) == [("loans", "loans_outstanding")]
    meet(session, group, 2, 5000, {"member_id": members[0], "written_off": 20_000})
    assert preview_share_out(session, group.id).per_share == 1000


def test_a_share_out_is_counted_too(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 1})
    with pytest.raises(Refused) as refused:
        carry_out_share_out(session, group.id, {"held_on": day(2), "cash_counted": 1})
    assert wrong(refused) == [("cash_counted", "box_differs")]


def test_after_the_share_out_a_new_cycle_comes_first(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 1})
    closed = carry_out_share_out(session, group.id, {"held_on": day(1), "cash_counted": 0})
    with pytest.raises(Refused) as refused:
        meet(session, group, 2, 5000, {"member_id": members[0], "shares": 1})
    assert wrong(refused) == [("held_on", "cycle_shared_out")]
    take_back_meeting(session, closed.id, "counted wrong")
    meet(session, group, 2, 10_000, {"member_id": members[0], "shares": 1})
    assert books_of(session, group.id).cycle.savings == 10_000


def test_a_new_cycle_does_not_begin_before_the_old_one_was_shared_out(session, group, members):
    with pytest.raises(Refused) as refused:
        begin_cycle(session, group.id, {"cycle_begins_on": day(5)})
    assert wrong(refused) == [("cycle_begins_on", "cycle_under_way")]


def test_loans_fall_late_and_at_risk(session, group, members):
    meet(session, group, 1, 5000, {"member_id": members[0], "shares": 5, "loan": 20_000, "months": 1})
    books = books_of(session, group.id)
    late = {on: (books.overdue(on), books.at_risk_share(on, 30)) for on in (day(2), day(2, 11), day(3, 12), day(3, 13))}
    assert late == {day(2): (0, 0), day(2, 11): (20_000, 0), day(3, 12): (20_000, 0), day(3, 13): (20_000, 1)}
    assert books.utilisation == 0.8


def test_a_collector_sees_the_groups_of_their_villages_only(centre, collector_session, session, group, members):
    start_group(session, RULES | {"name": "Melati", "village_code": OTHER_VILLAGE})
    session.commit()
    theirs = collector_session(VILLAGE)
    assert [(one.name, one.members) for one in groups_list(theirs)] == [("Mawar", 3)]
    with pytest.raises(Refused):
        start_group(theirs, RULES | {"village_code": OTHER_VILLAGE})
    theirs.rollback()
    with pytest.raises(Refused):
        members = collector_session(OTHER_VILLAGE)
        save_meeting(members, group.id, {"held_on": day(1), "cash_counted": 0}, [])
