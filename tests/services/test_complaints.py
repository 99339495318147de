# SPDX-License-Identifier: Apache-2.0
"""A complaint from what happened to the money recovered, in the currency it was earned in."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.problems import WORDS
from resource_centre.records import Complaint, ProtectionConcern
from resource_centre.services.cases import open_case
from resource_centre.services.check import check_record
from resource_centre.services.complaint_list import (
    AmountOf,
    amounts,
    complaints_of,
    count_overdue,
    open_complaints,
    overdue,
    priority_of,
)
from resource_centre.services.complaints import (
    change_complaint,
    close,
    follow_up,
    lodge,
    open_complaint,
    reopen,
    resolve,
)
from resource_centre.services.intake import register_intake
from resource_centre.services.transitions import steps_of
from resource_centre.vocabulary import vocabulary

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)
WAGES = {"complaint_type": "GAJI_TDK_DIBAYAR", "against": "majikan", "currency": "MYR", "claimed": 10_500}


@pytest.fixture
def sumiati(register):
    return register("Sumiati")


def refused_fields(act):
    with pytest.raises(Refused) as refused:
        act()
    assert all(one.code in WORDS for one in refused.value.problems)
    return [(one.field, one.code) for one in refused.value.problems]


def test_a_complaint_has_a_number_and_belongs_to_the_open_case(session, sumiati):
    case = open_case(session, person_id=sumiati)
    made = open_complaint(session, person_id=sumiati, values=WAGES)
    assert (made.status, made.case_id, made.opened_on, made.currency) == ("baru", case.id, TODAY, "MYR")
    assert made.number.split("-")[3].startswith("A0001")


def test_somebody_without_a_case_complains_too(session, sumiati):
    assert open_complaint(session, person_id=sumiati, values=WAGES).case_id is None


def test_wages_are_claimed_awarded_and_recovered_in_ringgit(session, sumiati):
    made = open_complaint(session, person_id=sumiati, values=WAGES, on=TODAY - 90 * DAY)
    lodge(session, made.id, lodged_with="KJRI Kuching", on=TODAY - 80 * DAY, reference="17/2026", legal_step="mediasi")
    follow_up(session, made.id, on=TODAY - 40 * DAY)
    follow_up(session, made.id, on=TODAY - 30 * DAY, note="They have answered")
    resolve(
        session, made.id, result="damai",
        amounts={"awarded": 9_000, "recovered": 8_500, "recovered_on": TODAY - DAY},
    )  # fmt: skip
    close(session, made.id)
    (row,) = complaints_of(session, sumiati)
    assert (row.status, row.result, row.lodged_with) == ("ditutup", "damai", "KJRI Kuching")
    assert amounts([row]) == [AmountOf("MYR", 10_500, 9_000, 8_500)]
    after = [step.after for step in steps_of(session, "Complaint", made.id)]
    assert after == ["ditutup", "selesai", "ditindaklanjuti", "ditindaklanjuti", "dikirim", "baru"]


def test_amounts_of_two_currencies_are_never_added_up(session, sumiati):
    open_complaint(session, person_id=sumiati, values=WAGES)
    open_complaint(session, person_id=sumiati, values=WAGES | {"currency": "IDR", "claimed": 4_000_000})
    open_complaint(session, person_id=sumiati, values=WAGES | {"claimed": 500})
    found = amounts(complaints_of(session, sumiati))
    assert found == [AmountOf("IDR", 4_000_000, 0, 0), AmountOf("MYR", 11_000, 0, 0)]


def test_it_is_lodged_somewhere(session, sumiati):
    made = open_complaint(session, person_id=sumiati, values=WAGES)
    assert refused_fields(lambda: lodge(session, made.id, lodged_with=None)) == [("lodged_with", "required")]


def test_nothing_ends_without_a_result(session, sumiati):
    made = open_complaint(session, person_id=sumiati, values=WAGES)
    assert refused_fields(lambda: resolve(session, made.id, result=None)) == [("result", "required")]
    assert refused_fields(lambda: close(session, made.id, result="dicabut")) == [("reason", "required")]
    close(session, made.id, result="dicabut", reason="Does not want to go on")
    assert (made.status, made.closed_on) == ("ditutup", TODAY)


def test_a_complaint_is_taken_up_again(session, sumiati):
    made = open_complaint(session, person_id=sumiati, values=WAGES)
    resolve(session, made.id, result="menang")
    reopen(session, made.id, reason="The employer did not pay")
    assert (made.status, made.result, made.closed_on) == ("proses", None, None)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"lodged_on": TODAY - 3 * DAY}, ("lodged_on", "before_last_step", "error")),
        ({"recovered_on": TODAY - 3 * DAY}, ("recovered_on", "before_last_step", "error")),
        ({"closed_on": TODAY + DAY}, ("closed_on", "date_in_future", "error")),
        ({"awarded": 5, "recovered": 6, "recovered_on": TODAY}, ("recovered", "recovered_over_awarded", "warning")),
        ({"recovered": 6}, ("recovered_on", "day_missing", "warning")),
        ({"currency": None}, ("currency", "required", "error")),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(values, problem):
    whole = {**WAGES, "opened_on": TODAY - 2 * DAY, **values}
    found = [(one.field, one.code, one.severity) for one in check_record(Complaint, whole, on=TODAY)]
    assert problem in found


@pytest.mark.parametrize(("kind", "days"), [("TDK_PUNYA_ONGKOS", 30), ("GAJI_TDK_DIBAYAR", 14)])
def test_a_complaint_nobody_follows_up_is_overdue(session, sumiati, kind, days):
    made = open_complaint(session, person_id=sumiati, values=WAGES | {"complaint_type": kind}, on=TODAY - days * DAY)
    assert count_overdue(session, on=TODAY) == 0
    (row,) = overdue(session, on=TODAY + 5 * DAY)
    assert (row.id, row.days_late(TODAY + 5 * DAY)) == (made.id, 5)
    follow_up(session, made.id)
    assert count_overdue(session, on=TODAY + 5 * DAY) == 0


def test_every_kind_of_complaint_has_a_priority():
    assert {priority_of(term.code) for term in vocabulary("complaint_type")} == {"urgent", "high", "medium"}


def test_both_databases_put_the_longest_waiting_first(either_centre):
    with either_centre.change() as session:
        person = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        made = [
            open_complaint(session, person_id=person, values=WAGES, on=TODAY - days * DAY).id for days in (20, 40, 30)
        ]
        follow_up(session, made[1])
    with either_centre.read() as session:
        found = []
        while page := open_complaints(session, after=found[-1].cursor if found else None, limit=1):
            found += page
        assert [row.id for row in found] == [made[2], made[0], made[1]]
        assert [row.id for row in overdue(session, on=TODAY)] == [made[2], made[0]]
        assert count_overdue(session, on=TODAY) == 2


TOLD = "He beat me when I asked for my wages"


@pytest.fixture
def officer_session(centre):
    """Opens a session of the protection officer."""
    from db.first_day import session_factory
    from resource_centre.access import PROTECTION_OFFICER, Viewer
    from resource_centre.records import new_id

    with centre.read() as session:
        site = session.info["site"]
    with session_factory(Viewer(new_id(), PROTECTION_OFFICER), site)(bind=centre.engine) as session:
        yield session


def test_violence_is_kept_by_the_protection_officer_and_nobody_else_reads_it(session, sumiati, officer_session):
    made = open_complaint(session, person_id=sumiati, values={"complaint_type": "FISIK", "account": TOLD})
    assert (made.complaint_type, made.account, made.number is None) == ("PERLINDUNGAN_KHUSUS", None, False)
    session.commit()
    assert session.scalars(select(ProtectionConcern)).all() == []
    concern = officer_session.scalars(select(ProtectionConcern)).one()
    assert (concern.complaint_id, concern.kind, concern.detail, concern.account) == (
        made.id, "KEKERASAN", "FISIK", TOLD,
    )  # fmt: skip
    assert priority_of(made.complaint_type) == "urgent"


def test_a_complaint_that_turns_out_to_be_violence_goes_there_too(session, sumiati, officer_session):
    made = open_complaint(session, person_id=sumiati, values=WAGES | {"account": TOLD})
    change_complaint(session, made.id, {"complaint_type": "KEKERASAN_SEKSUAL"})
    assert (made.complaint_type, made.account, made.claimed) == ("PERLINDUNGAN_KHUSUS", None, 10_500)
    session.commit()
    assert [one.kind for one in officer_session.scalars(select(ProtectionConcern))] == ["GBV"]


def test_what_was_withheld_is_not_written_back(session, sumiati):
    made = open_complaint(session, person_id=sumiati, values={"complaint_type": "FISIK"})
    changed = {"account": TOLD, "lodged_with": "Polres"}
    assert refused_fields(lambda: change_complaint(session, made.id, changed)) == [("account", "special_protection")]
    change_complaint(session, made.id, {"lodged_with": "Polres", "complaint_type": "PERLINDUNGAN_KHUSUS"})
    assert made.lodged_with == "Polres"


def test_every_top_tier_kind_has_its_matter():
    for term in vocabulary("complaint_type"):
        assert (term.extra["concern"] in vocabulary("protection_concern")) == (term.extra["top_tier"] == "yes")
