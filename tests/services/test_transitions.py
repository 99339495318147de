"""A case, a referral or a complaint goes from state to state, and every step is kept."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

import pytest

from resource_centre.errors import Refused
from resource_centre.records import Case
from resource_centre.services.cases import open_case
from resource_centre.services.intake import register_intake
from resource_centre.services.transitions import asks_reason, begin, move, next_states, steps_of
from resource_centre.vocabulary import vocabulary

LISTS = {"Case": "case_status", "Referral": "referral_status", "Complaint": "complaint_status"}


@pytest.fixture
def case(session, register):
    return open_case(session, person_id=register("Sumiati"))


def rows():
    file = resources.files("resource_centre") / "data" / "transitions.csv"
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


def test_every_step_is_kept_with_who_when_and_why(session, case, today):
    move(session, case, "asesmen")
    move(session, case, "ditangguhkan", reason="  in hospital ", on=today - dt.timedelta(days=1))
    assert case.status == "ditangguhkan"
    kept = {
        (step.before, step.after, step.moved_on, step.reason, step.who) for step in steps_of(session, "Case", case.id)
    }
    assert kept >= {
        ("baru", "asesmen", today, None, "Ratna Uji"),
        ("asesmen", "ditangguhkan", today - dt.timedelta(days=1), "in hospital", "Ratna Uji"),
    }


def test_the_last_step_comes_first(either_centre, today):
    with either_centre.change() as session:
        who = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        case = open_case(session, person_id=who)
        for state in ("asesmen", "perencanaan", "berjalan"):
            move(session, case, state)
        assert [step.after for step in steps_of(session, "Case", case.id)][:3] == ["berjalan", "perencanaan", "asesmen"]


def test_a_step_that_does_not_follow_is_refused_and_nothing_is_written(session, case):
    before = steps_of(session, "Case", case.id)
    with pytest.raises(Refused) as refused:
        move(session, case, "dibuka_kembali", reason="came back")
    assert [(one.field, one.code) for one in refused.value.problems] == [("status", "no_such_step")]
    assert (case.status, steps_of(session, "Case", case.id)) == ("baru", before)


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_suspending_asks_why(session, case, reason):
    with pytest.raises(Refused) as refused:
        move(session, case, "ditangguhkan", reason=reason)
    assert [(one.field, one.code) for one in refused.value.problems] == [("reason", "required")]
    assert case.status == "baru"


def test_a_step_cannot_be_taken_tomorrow(session, case, today):
    with pytest.raises(Refused, match="check"):
        move(session, case, "asesmen", on=today + dt.timedelta(days=1))


def test_what_changes_with_the_step_is_checked_with_it(session, case, today):
    with pytest.raises(Refused) as refused:
        move(session, case, "ditutup", also={"closed_on": today, "closure_reason": "BORED"})
    assert {one.field for one in refused.value.problems} == {"closure_reason"}


def test_the_first_state_is_kept_too(session, case, today):
    begin(session, case, on=today - dt.timedelta(days=4))
    assert (None, "baru") in {(step.before, step.after) for step in steps_of(session, "Case", case.id)}


def test_a_second_window_is_told(session, case):
    opened = case.version
    move(session, case, "asesmen")
    with pytest.raises(Refused, match="changed_meanwhile"):
        move(session, case, "perencanaan", version=opened)


def test_a_state_nobody_knows_has_no_next_one():
    assert next_states("Case", None) == next_states("Case", "beku") == next_states("Person", "baru") == ()
    assert asks_reason("Case", "beku", "baru") is False


@pytest.mark.parametrize("about", sorted({row["about"] for row in rows()}))
def test_the_steps_are_between_states_of_the_list_and_lead_to_each(about):
    states = vocabulary(LISTS[about])
    own = [row for row in rows() if row["about"] == about]
    reached = {row["to"] for row in own}
    assert {row["from"] for row in own} | reached <= set(states.codes)
    assert set(states.codes) - reached <= {states.codes[0]}
    assert all(row["source"] and row["verified"] in ("yes", "no") and row["reason"] in ("yes", "no") for row in own)


def test_a_closed_case_can_only_be_opened_again():
    assert next_states("Case", "ditutup") == ("dibuka_kembali",)
    assert asks_reason("Case", "ditutup", "dibuka_kembali")
    assert Case.__name__ in LISTS
