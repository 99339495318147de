"""A plan is made with the person, in good time, put in force, and followed by a new version."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.records import FollowUp, PlanAction, PlanGoal, PlanNeed
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.people import record_episode
from resource_centre.services.plans import (
    activate_plan,
    add_part,
    begin_plan,
    change_part,
    change_plan,
    current_plan,
    end_plan,
    goals_of_case,
    measure_of,
    new_edition,
    plans_of,
    sheet_of,
    suggested_action,
    take_back_part,
)
from resource_centre.vocabulary import vocabulary

DAY = dt.timedelta(days=1)
GOAL = {"dimension": "ekonomi", "goal": "A stall of her own"}


@pytest.fixture
def case(session, register, today):
    return open_case(session, person_id=register("Sumiati"), on=today - 40 * DAY)


@pytest.fixture
def plan(session, case):
    return begin_plan(session, case.id, {"own_goal": "my own stall"})


def came_back(session, case, day):
    record_episode(session, case.person_id, {"destination_country": "MYS", "return_date": day})


def test_a_plan_begins_as_a_draft_of_the_first_version(case, plan, today):
    assert (plan.edition, plan.status, plan.made_on, plan.person_id) == (1, "draf", today, case.person_id)


def test_two_drafts_at_once_are_refused(session, case, plan):
    with pytest.raises(Refused) as refused:
        begin_plan(session, case.id)
    assert [(one.field, one.code) for one in refused.value.problems] == [("made_on", "draft_begun")]


def test_a_need_knows_its_dimension(session, plan):
    need = add_part(session, PlanNeed, plan.id, {"need": "sekolah_anak"})
    assert need.dimension == "sosial"


@pytest.mark.parametrize("need", [term.code for term in vocabulary("need")])
def test_every_need_suggests_an_action_with_a_service_of_the_list(need):
    suggested = suggested_action(need)
    assert suggested["action"]
    assert suggested["service_type"] is None or suggested["service_type"] in vocabulary("service_type")
    assert suggested["dimension"] is None or suggested["dimension"] in vocabulary("dimension")


def test_nothing_is_suggested_for_a_need_nobody_knows():
    assert suggested_action("kapal") == {}


def test_costs_are_added_up_by_dimension_without_what_was_cancelled(session, plan):
    for dimension, cost, status in (
        ("ekonomi", 2_500_000, "direncanakan"), ("ekonomi", 500_000, "selesai"), ("sosial", 150_000, "berjalan"),
        ("sosial", 999, "dibatalkan"), ("psikososial", None, "direncanakan"),
    ):  # fmt: skip
        values = {"dimension": dimension, "action": "something", "cost": cost, "status": status}
        add_part(session, PlanAction, plan.id, values)
    sheet = sheet_of(session, plan.id)
    assert (sheet.costs, sheet.cost) == ({"ekonomi": 3_000_000, "sosial": 150_000}, 3_150_000)


def test_an_empty_plan_is_not_put_in_force(session, plan):
    with pytest.raises(Refused, match="empty_plan"):
        activate_plan(session, plan.id)


def test_a_plan_in_force_plans_its_follow_ups_and_the_case_is_under_way(session, case, plan, today):
    add_part(session, PlanGoal, plan.id, GOAL)
    activate_plan(session, plan.id)
    assert (plan.status, case.status) == ("aktif", "berjalan")
    planned = [one for one in session.scalars(select(FollowUp)) if one.plan_id == plan.id]
    assert planned
    assert min(one.due_on for one in planned) == today + 14 * DAY


def test_reached_and_done_without_a_day_are_so_today(session, plan, today):
    goal = add_part(session, PlanGoal, plan.id, GOAL)
    action = add_part(session, PlanAction, plan.id, {"dimension": "ekonomi", "action": "find a place"})
    change_part(session, PlanGoal, goal.id, {"state": "tercapai"})
    change_part(session, PlanAction, action.id, {"status": "selesai", "done_on": today - DAY})
    assert (goal.reached_on, action.done_on) == (today, today - DAY)


def test_an_action_is_not_due_before_it_starts(session, plan, today):
    values = {"dimension": "ekonomi", "action": "find a place", "starts_on": today, "due_on": today - DAY}
    with pytest.raises(Refused) as refused:
        add_part(session, PlanAction, plan.id, values)
    assert [(one.field, one.code) for one in refused.value.problems] == [("due_on", "ends_before_start")]


def test_a_plan_is_not_reviewed_before_it_was_made(session, plan, today):
    with pytest.raises(Refused) as refused:
        change_plan(session, plan.id, {"review_on": today - DAY})
    assert [one.field for one in refused.value.problems] == ["review_on"]


def test_it_is_signed_with_a_thumbprint_but_not_tomorrow(session, plan, today):
    change_plan(session, plan.id, {"client_signed_on": today, "client_signed_how": "cap_jempol"})
    assert plan.client_signed_how == "cap_jempol"
    with pytest.raises(Refused):
        change_plan(session, plan.id, {"counsellor_signed_on": today + DAY})


def test_a_new_version_takes_over_what_is_still_meant(session, case, plan):
    add_part(session, PlanNeed, plan.id, {"need": "modal_usaha", "description": "an oven"})
    goal = add_part(session, PlanGoal, plan.id, GOAL)
    add_part(session, PlanGoal, plan.id, {**GOAL, "goal": "abroad again", "state": "dibatalkan"})
    for words, status in (("oven", "berjalan"), ("course", "selesai"), ("visa", "dibatalkan")):
        values = {"dimension": "ekonomi", "action": words, "status": status, "goal_id": goal.id}
        add_part(session, PlanAction, plan.id, values)
    activate_plan(session, plan.id)
    new = new_edition(session, plan.id)
    sheet = sheet_of(session, new.id)
    assert (new.edition, new.status, new.own_goal, plan.status) == (2, "draf", "my own stall", "aktif")
    assert [need.description for need in sheet.needs] == ["an oven"]
    assert [one.goal for one in sheet.goals] == ["A stall of her own"]
    assert [(one.action, one.goal_id) for one in sheet.actions] == [("oven", sheet.goals[0].id)]
    assert current_plan(session, case.id) is plan


def test_only_one_version_is_in_force(session, case, plan):
    add_part(session, PlanGoal, plan.id, GOAL)
    activate_plan(session, plan.id)
    new = new_edition(session, plan.id)
    activate_plan(session, new.id)
    assert [(one.edition, one.status) for one in plans_of(session, case.id)] == [(2, "aktif"), (1, "dibatalkan")]
    assert current_plan(session, case.id) is new


def test_follow_ups_are_not_planned_twice_by_a_new_version(session, plan):
    add_part(session, PlanGoal, plan.id, GOAL)
    activate_plan(session, plan.id)
    before = len(session.scalars(select(FollowUp)).all())
    activate_plan(session, new_edition(session, plan.id).id)
    assert len(session.scalars(select(FollowUp)).all()) == before


def test_a_version_that_has_ended_is_not_changed(session, plan):
    goal = add_part(session, PlanGoal, plan.id, GOAL)
    activate_plan(session, plan.id)
    end_plan(session, plan.id, completed=True)
    for attempt in (
        lambda: add_part(session, PlanGoal, plan.id, GOAL),
        lambda: change_part(session, PlanGoal, goal.id, {"state": "tercapai"}),
        lambda: take_back_part(session, PlanGoal, goal.id, "wrong"),
        lambda: change_plan(session, plan.id, {"own_goal": "other"}),
        lambda: activate_plan(session, plan.id),
    ):
        with pytest.raises(Refused, match="plan_ended"):
            attempt()


def test_the_plan_of_a_closed_case_is_not_changed(session, case, plan):
    close_case(session, case_id=case.id, reason="PINDAH")
    with pytest.raises(Refused, match="case_closed"):
        add_part(session, PlanGoal, plan.id, GOAL)


def test_a_second_window_on_a_goal_is_told(session, plan):
    goal = add_part(session, PlanGoal, plan.id, GOAL)
    opened = goal.version
    change_part(session, PlanGoal, goal.id, {"goal": "Two stalls"})
    with pytest.raises(Refused, match="changed_meanwhile"):
        change_part(session, PlanGoal, goal.id, {"goal": "No stall"}, version=opened)


def test_goals_count_when_the_plan_is_in_force_and_are_counted_at_closing(session, case, plan):
    for state in ("tercapai", "berjalan", "sebagian"):
        add_part(session, PlanGoal, plan.id, {**GOAL, "state": state})
    assert goals_of_case(session, case.id) == (0, 0)
    activate_plan(session, plan.id)
    assert goals_of_case(session, case.id) == (3, 1)
    close_case(session, case_id=case.id, reason="TUJUAN_TERCAPAI")
    assert (case.goals_planned, case.goals_reached) == (3, 1)


@pytest.mark.parametrize(
    ("returned", "made_after", "within"),
    [
        ("2026-10-20", 30, True),
        ("2026-10-20", 31, False),
        ("2026-08", 10, True),
        ("2026-08", 70, False),
        ("2026-08", 40, None),
    ],
)
def test_a_plan_is_in_good_time_within_thirty_days_of_the_return(session, case, returned, made_after, within):
    came_back(session, case, returned)
    first = dt.date.fromisoformat(returned if len(returned) > 7 else f"{returned}-01")
    made_on = first + made_after * DAY
    plan = begin_plan(session, case.id, on=made_on)
    add_part(session, PlanGoal, plan.id, GOAL)
    activate_plan(session, plan.id)
    measure = measure_of(session, case, on=dt.date(2026, 11, 20))
    assert (measure.within, measure.made_on, measure.since_intake) == (within, made_on, False)


def test_without_a_return_the_days_are_counted_from_the_opening(session, case, today):
    measure = measure_of(session, case, on=today)
    assert (measure.since_intake, measure.due_on, measure.within) == (True, today - 10 * DAY, False)
    assert measure_of(session, case, on=today - 20 * DAY).within is None


def test_a_draft_is_not_a_plan_yet(session, case, plan, today):
    assert measure_of(session, case, on=today).made_on is None


def test_the_first_version_counts_not_the_last(session, case, plan, today):
    add_part(session, PlanGoal, plan.id, GOAL)
    change_plan(session, plan.id, {"made_on": today - 20 * DAY})
    activate_plan(session, plan.id)
    activate_plan(session, new_edition(session, plan.id, on=today).id)
    assert measure_of(session, case, on=today).made_on == today - 20 * DAY
