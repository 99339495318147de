# SPDX-License-Identifier: Apache-2.0
"""What is overdue beyond single promises: cases without contact, and months nobody has handed over."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.records import MonthReport, Person
from resource_centre.services.cases import close_case, open_case
from resource_centre.services.contacts import record_contact, record_service
from resource_centre.services.counselling import record_session
from resource_centre.services.follow_ups import mark_done, plan_follow_up
from resource_centre.services.home import waiting_work
from resource_centre.services.month_reports import months_to_hand_over, report_month
from resource_centre.services.quiet_cases import count_quiet_cases
from resource_centre.services.supervision import QUIET, cases_page, count_cases
from resource_centre.services.voiding import void_record

DAY = dt.timedelta(days=1)


@pytest.fixture
def case(session, register, today):
    """A case that was opened 200 days ago."""
    return open_case(session, person_id=register("Sumiati"), on=today - 200 * DAY)


def quiet(session, today):
    found = cases_page(session, state=QUIET, on=today)
    assert len(found) == count_cases(session, state=QUIET, on=today) == count_quiet_cases(session, on=today)
    return [one.full_name for one in found]


def test_a_case_nobody_has_touched_for_long_is_without_contact(session, case, today):
    assert quiet(session, today) == ["Sumiati"]
    assert waiting_work(session, on=today).quiet_cases == 1


def counselled(session, who, on):
    return record_session(session, person_id=who, values={"service_type": "CNS_REINT"}, on=on)


def helped(session, who, on):
    return record_service(session, person_id=who, values={"service_type": "INF_RIGHTS"}, on=on)


def visited(session, who, on):
    return record_contact(session, values={"channel": "walk_in"}, person_id=who, on=on)


def followed_up(session, who, on):
    planned = plan_follow_up(session, person_id=who, due_on=on)
    return mark_done(session, planned.id, on=on)


@pytest.mark.parametrize("met", [counselled, helped, visited, followed_up])
@pytest.mark.parametrize(("days", "names"), [(90, []), (91, ["Sumiati"])])
def test_whoever_was_met_is_not(session, case, today, met, days, names):
    met(session, case.person_id, today - days * DAY)
    assert quiet(session, today) == names


def test_who_missed_the_appointment_was_not_met(session, case, today):
    missed = {"service_type": "CNS_REINT", "attendance": "tidak_hadir"}
    record_session(session, person_id=case.person_id, values=missed, on=today - DAY)
    assert quiet(session, today) == ["Sumiati"]


def test_what_is_not_valid_is_no_contact(session, case, today):
    held = counselled(session, case.person_id, today - DAY)
    void_record(session, type(held), held.id, reason="written twice")
    assert quiet(session, today) == ["Sumiati"]


def test_a_new_case_and_a_closed_one_are_not_without_contact(session, case, register, today):
    close_case(session, case_id=case.id, reason="PINDAH", on=today - 100 * DAY)
    open_case(session, person_id=register("Mahrip"), on=today - 30 * DAY)
    assert quiet(session, today) == []


def since_september(session, register):
    session.get(Person, register("Sumiati")).registered_on = dt.date(2026, 9, 3)
    session.flush()


def test_the_month_before_is_to_be_handed_over(session, register, today):
    assert months_to_hand_over(session, on=today) == ()
    since_september(session, register)
    assert months_to_hand_over(session, on=today) == ("2026-10",)
    report_month(session, "2026-10")
    assert months_to_hand_over(session, on=today) == ()


def test_months_after_the_last_one_handed_over_wait_in_their_order(session, register, today):
    report_month(session, "2026-07")
    assert months_to_hand_over(session, on=today) == ("2026-08", "2026-09", "2026-10")
    assert months_to_hand_over(session, on=dt.date(2027, 1, 31))[-1] == "2026-12"


def test_a_hand_over_that_is_not_valid_does_not_count(session, register, today):
    since_september(session, register)
    kept = report_month(session, "2026-10")
    void_record(session, MonthReport, kept.id, reason="wrong centre")
    assert months_to_hand_over(session, on=today) == ("2026-10",)


def test_whoever_sees_a_part_only_hands_nothing_over(session, register, today, collector_session):
    since_september(session, register)
    session.commit()
    assert months_to_hand_over(collector_session("52.03.01.2001"), on=today) == ()
