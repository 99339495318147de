"""Whose cases there are: lists, caseloads, hand-over, and what is late; advice asked and answered."""

from __future__ import annotations

import datetime as dt

import pytest

from db.engine import WRITES
from db.first_day import session_factory
from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, Viewer, viewer_of
from resource_centre.errors import Refused
from resource_centre.records import Account, FollowUp, PlanGoal
from resource_centre.services.advice import advice_on, advice_waiting, answer_advice, ask_advice, count_waiting
from resource_centre.services.case_marks import caseloads, marks_of
from resource_centre.services.cases import change_case, close_case, open_case
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.people import record_episode
from resource_centre.services.plans import activate_plan, add_part, begin_plan
from resource_centre.services.supervision import (
    CLOSED,
    HANDED_OVER,
    LATE,
    NOBODY,
    cases_page,
    counsellors,
    count_cases,
    hand_over,
    take_case,
)
from resource_centre.services.transitions import steps_of

DAY = dt.timedelta(days=1)


def account(session, name, role=COUNSELLOR, *, active=True):
    made = Account(login=name.lower(), name=name, role=role, active=active)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def dewi(session):
    return account(session, "Dewi")


@pytest.fixture
def case_of(session, register, today):
    """Opens a case of somebody for a counsellor."""

    def opened(name, counsellor=None, *, days=3, **values):
        who = register(name)
        return open_case(session, person_id=who, values={"counsellor_id": counsellor, **values}, on=today - days * DAY)

    return opened


@pytest.fixture
def as_counsellor(centre, session):
    """A session of another account of the same centre."""

    def opened(account_id, role=COUNSELLOR):
        session.commit()
        factory = session_factory(Viewer(account_id, role), session.info["site"])
        return factory(bind=centre.engine.execution_options(**WRITES))

    return opened


def names(rows):
    return [row.full_name for row in rows]


def test_the_most_pressing_cases_come_first_then_the_newest(session, case_of, dewi):
    case_of("Sumiati", dewi.id, days=1)
    case_of("Wahyuni", dewi.id, days=9, priority="mendesak")
    case_of("Mahrip", dewi.id, days=2)
    case_of("Zainuddin", dewi.id, days=30, priority="darurat")
    assert names(cases_page(session)) == ["Zainuddin", "Wahyuni", "Sumiati", "Mahrip"]


def test_pages_follow_each_other_without_gap_or_repetition(session, case_of, dewi):
    for number in range(7):
        case_of(f"Nomor {number}", dewi.id, days=number % 3, priority=("biasa", "darurat", None)[number % 3])
    whole = names(cases_page(session))
    found, last = [], None
    while page := cases_page(session, after=last and last.cursor, limit=2):
        found += names(page)
        last = page[-1]
    assert found == whole
    assert len(set(found)) == 7


def test_a_list_is_narrowed_by_counsellor_and_state(session, case_of, dewi):
    case_of("Sumiati", dewi.id, status="berjalan")
    case_of("Wahyuni", None)
    gone = case_of("Mahrip", dewi.id)
    close_case(session, case_id=gone.id, reason="PINDAH")
    assert names(cases_page(session, counsellor=dewi.id)) == ["Sumiati"]
    assert names(cases_page(session, counsellor=NOBODY)) == ["Wahyuni"]
    assert names(cases_page(session, state="berjalan")) == ["Sumiati"]
    assert names(cases_page(session, state=CLOSED)) == ["Mahrip"]
    assert (count_cases(session), count_cases(session, state=CLOSED)) == (2, 1)


def test_a_row_says_how_long_back_what_comes_next_and_what_is_late(session, case_of, dewi, today):
    case = case_of("Sumiati", dewi.id, days=50)
    record_episode(session, case.person_id, {"destination_country": "MYS", "return_date": "2026-10-01"})
    plan_follow_up(session, person_id=case.person_id, due_on=today - 2 * DAY)
    (row,) = cases_page(session, on=today)
    assert (row.since.days, row.next_on, row.counsellor) == (50, today - 2 * DAY, "Dewi")
    assert row.marks.words() == ("1 follow-up late", "no plan")


def test_only_what_is_late_can_be_listed(session, case_of, dewi, today):
    late = case_of("Sumiati", dewi.id)
    case_of("Wahyuni", dewi.id)
    case_of("Mahrip", dewi.id, days=40)
    plan_follow_up(session, person_id=late.person_id, due_on=today - DAY)
    assert set(names(cases_page(session, state=LATE, on=today))) == {"Sumiati", "Mahrip"}
    assert count_cases(session, state=LATE, on=today) == 2


def test_a_plan_in_force_is_no_longer_missing_but_may_want_a_review(session, case_of, dewi, today):
    case = case_of("Sumiati", dewi.id, days=50)
    plan = begin_plan(session, case.id, {"review_on": today}, on=today - 9 * DAY)
    add_part(session, PlanGoal, plan.id, {"dimension": "ekonomi", "goal": "a stall"})
    assert marks_of(session, {case.id: case.person_id}, on=today)[case.id].no_plan
    activate_plan(session, plan.id)
    marks = marks_of(session, {case.id: case.person_id}, on=today)[case.id]
    assert (marks.no_plan, marks.reviews) == (False, 1)


def test_what_waits_in_a_closed_case_is_not_late(session, case_of, dewi, today):
    case = case_of("Sumiati", dewi.id, days=50)
    plan_follow_up(session, person_id=case.person_id, due_on=today - DAY)
    close_case(session, case_id=case.id, reason="PINDAH")
    assert caseloads(session, on=today) == []


def test_caseloads_are_counted_by_counsellor(session, case_of, dewi, today):
    case_of("Sumiati", dewi.id, priority="darurat")
    late = case_of("Wahyuni", dewi.id, days=40)
    case_of("Mahrip", None)
    plan_follow_up(session, person_id=late.person_id, due_on=today - DAY)
    plan_follow_up(session, person_id=late.person_id, due_on=today - 2 * DAY)
    found = [(one.name, one.cases, one.urgent, one.follow_ups, one.no_plan) for one in caseloads(session, on=today)]
    assert found == [("", 1, 0, 0, 0), ("Dewi", 2, 1, 2, 1)]


def test_the_figures_are_the_same_on_both_databases(either_centre):
    from resource_centre.services.intake import register_intake

    day = dt.date(2026, 11, 20)
    with either_centre.change() as session:
        for number in range(3):
            who = register_intake(session, person={"full_name": f"Orang {number}", "sex": "P"}, open_case=True)
            change_case(session, who.case_id, {"priority": "mendesak" if number else "biasa"})
            plan_follow_up(session, person_id=who.person_id, due_on=day - number * DAY)
        (load,) = caseloads(session, on=day)
        assert (load.cases, load.urgent, load.follow_ups) == (3, 2, 2)
        first = cases_page(session, on=day, limit=1)
        assert len(cases_page(session, on=day, after=first[-1].cursor)) == 2
        assert len(cases_page(session, on=day, state=LATE)) == 2


def test_a_caseload_is_handed_over_with_its_follow_ups_and_each_case_says_so(session, case_of, dewi, today):
    joko = account(session, "Joko")
    case, other = case_of("Sumiati", dewi.id), case_of("Wahyuni", dewi.id)
    stays = case_of("Mahrip", joko.id)
    planned = plan_follow_up(session, person_id=case.person_id, due_on=today + DAY, responsible_id=dewi.id)
    assert hand_over(session, dewi.id, joko.id, reason="Dewi leaves") == 2
    assert {case.counsellor_id, other.counsellor_id, stays.counsellor_id} == {joko.id}
    assert session.get(FollowUp, planned.id).responsible_id == joko.id
    (step,) = steps_of(session, HANDED_OVER, case.id)
    assert (step.before, step.after, step.reason, step.who) == (dewi.id, joko.id, "Dewi leaves", "Ratna Uji")
    assert [one.after for one in steps_of(session, "Case", case.id)] == ["baru"]


def test_some_cases_may_be_handed_over_and_closed_ones_never_are(session, case_of, dewi):
    joko = account(session, "Joko")
    case, other, closed = (case_of(name, dewi.id) for name in ("Sumiati", "Wahyuni", "Mahrip"))
    close_case(session, case_id=closed.id, reason="PINDAH")
    assert hand_over(session, dewi.id, joko.id, reason="too many", case_ids=[case.id, closed.id]) == 1
    assert (case.counsellor_id, other.counsellor_id, closed.counsellor_id) == (joko.id, dewi.id, dewi.id)


def test_cases_nobody_has_are_given_to_somebody(session, case_of, dewi):
    case = case_of("Sumiati", None)
    assert hand_over(session, None, dewi.id, reason="new here") == 1
    assert case.counsellor_id == dewi.id


@pytest.mark.parametrize(("role", "active"), [(COLLECTOR, True), (COUNSELLOR, False)])
def test_nobody_gets_cases_who_cannot_work_on_them(session, case_of, dewi, role, active):
    other = account(session, "Joko", role, active=active)
    case_of("Sumiati", dewi.id)
    with pytest.raises(Refused) as refused:
        hand_over(session, dewi.id, other.id, reason="leaves")
    assert [one.field for one in refused.value.problems] == ["to_account"]


def test_a_counsellor_hands_nothing_over(session, case_of, dewi, as_counsellor):
    case_of("Sumiati", dewi.id)
    with as_counsellor(dewi.id) as own, pytest.raises(Refused, match="not_allowed"):
        hand_over(own, dewi.id, viewer_of(session).account_id, reason="no time")


def test_a_counsellor_takes_a_case_nobody_has_and_no_other(session, case_of, dewi, as_counsellor):
    case = case_of("Sumiati", None)
    with as_counsellor(dewi.id) as own:
        assert take_case(own, case.id).counsellor_id == dewi.id
        with pytest.raises(Refused, match="changed_meanwhile"):
            take_case(own, case.id)


def test_who_left_is_listed_as_long_as_they_have_cases(session, case_of, dewi):
    joko = account(session, "Joko", active=False)
    account(session, "Inaq", COLLECTOR)
    assert [one.name for one in counsellors(session)] == ["Dewi", "Ratna Uji"]
    case_of("Sumiati", joko.id)
    assert [(one.name, one.active) for one in counsellors(session)][-1] == ("Joko", False)


# Advice


def test_a_question_is_asked_answered_and_stays(session, case_of, dewi, as_counsellor, today):
    case = case_of("Sumiati", dewi.id)
    with as_counsellor(dewi.id) as own:
        asked = ask_advice(own, case.id, "May she go home?").id
        own.commit()
    session.expire_all()
    assert [(one.question, one.asked_by, one.waits) for one in advice_waiting(session)] == [
        ("May she go home?", "Dewi", True)
    ]
    answer_advice(session, asked, "Not before the village head was there.")
    (kept,) = advice_on(session, case.id)
    assert (kept.answer, kept.answered_by, kept.waits) == ("Not before the village head was there.", "Ratna Uji", False)
    assert count_waiting(session) == 0


def test_a_question_needs_words_and_an_open_case(session, case_of, dewi):
    case = case_of("Sumiati", dewi.id)
    with pytest.raises(Refused) as refused:
        ask_advice(session, case.id, "  ")
    assert [(one.field, one.code) for one in refused.value.problems] == [("question", "required")]
    close_case(session, case_id=case.id, reason="PINDAH")
    with pytest.raises(Refused, match="case_closed"):
        ask_advice(session, case.id, "May she go home?")


def test_only_who_supervises_answers(session, case_of, dewi, as_counsellor):
    asked = ask_advice(session, case_of("Sumiati", dewi.id).id, "May she go home?").id
    with as_counsellor(dewi.id) as own, pytest.raises(Refused, match="not_allowed"):
        answer_advice(own, asked, "Yes.")


def test_a_village_collector_reads_no_advice(session, case_of, dewi, collector_session):
    ask_advice(session, case_of("Sumiati", dewi.id).id, "May she go home?")
    session.commit()
    assert advice_waiting(collector_session("52.03.01.2001")) == []
    assert viewer_of(session).role == COORDINATOR
