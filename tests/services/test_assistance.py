# SPDX-License-Identifier: Apache-2.0
"""What people were given, and what others added to it."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.services.assistance import change_assistance, record_assistance
from resource_centre.services.cases import open_case
from resource_centre.services.contributions import (
    Leverage,
    SourceTotal,
    change_contribution,
    contributions,
    contributions_to,
    leverage,
    record_contribution,
    totals_by_source,
)
from resource_centre.services.intake import register_intake

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)
STOVE = {"kind": "alat_usaha", "form": "barang", "amount": 2_000_000, "description": "Stove and pans", "fund": "GIZ"}


@pytest.fixture
def sumiati(register):
    return register("Sumiati")


@pytest.fixture
def stove(session, sumiati):
    return record_assistance(session, person_id=sumiati, values=STOVE).id


@pytest.fixture
def add(session):
    def added(source, amount, **more):
        links = {name: more.pop(name) for name in ("assistance_id", "person_id") if name in more}
        return record_contribution(session, values={"source": source, "amount": amount, **more}, **links)

    return added


def test_assistance_belongs_to_the_open_case_and_is_in_rupiah_unless_said(session, sumiati):
    case = open_case(session, person_id=sumiati)
    given = record_assistance(session, person_id=sumiati, values=STOVE)
    assert (given.case_id, given.given_on, given.currency, given.amount) == (case.id, TODAY, "IDR", 2_000_000)
    assert change_assistance(session, given.id, {"receipt": "K-17"}).receipt == "K-17"


def test_assistance_of_tomorrow_is_refused(session, sumiati):
    with pytest.raises(Refused) as refused:
        record_assistance(session, person_id=sumiati, values=STOVE | {"given_on": TODAY + DAY})
    assert [(one.field, one.code) for one in refused.value.problems] == [("given_on", "date_in_future")]


def test_a_contribution_to_an_assistance_is_its_persons(session, sumiati, stove, add):
    made = add("diaspora", 1_000_000, assistance_id=stove, contributor="Ikatan Warga Lombok")
    assert made.person_id == sumiati
    assert [one.id for one in contributions_to(session, stove)] == [made.id]


def test_sources_and_currencies_are_kept_apart_and_promises_too(session, stove, add):
    add("diaspora", 1_000_000, assistance_id=stove)
    add("diaspora", 500_000)
    add("diaspora", 300, currency="HKD")
    add("migran", 200_000, state="dijanjikan")
    add("proyek", 4_000_000)
    assert totals_by_source(session) == [
        SourceTotal("migran", "IDR", 1, 0, 200_000),
        SourceTotal("diaspora", "HKD", 1, 300, 0),
        SourceTotal("diaspora", "IDR", 2, 1_500_000, 0),
        SourceTotal("proyek", "IDR", 1, 4_000_000, 0),
    ]


def test_what_others_add_is_measured_against_what_we_gave(session, stove, add):
    add("proyek", 5_000_000)
    add("diaspora", 300, currency="HKD")
    add("migran", 9_000_000, state="dijanjikan")
    found = leverage(session)
    assert found == [Leverage("IDR", 2_000_000, 5_000_000), Leverage("HKD", 0, 300)]
    assert [one.ratio for one in found] == [2.5, None]


def test_a_promise_that_is_kept_counts_from_then_on(session, add):
    made = add("desa", 700_000, state="dijanjikan")
    change_contribution(session, made.id, {"state": "diterima"})
    assert totals_by_source(session) == [SourceTotal("desa", "IDR", 1, 700_000, 0)]


def test_only_the_period_counts(session, add):
    add("desa", 1, given_on=TODAY - 40 * DAY)
    add("desa", 2)
    month = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert [one.received for one in totals_by_source(session, *month)] == [2]
    assert [one.received for one in leverage(session, *month)] == [2]


def test_an_amount_needs_its_currency(session, add):
    made = add("desa", 5)
    with pytest.raises(Refused) as refused:
        change_contribution(session, made.id, {"currency": None})
    assert [one.field for one in refused.value.problems] == ["currency"]


def test_both_databases_add_up_and_list_the_newest_first(either_centre):
    with either_centre.change() as session:
        person = register_intake(session, person={"full_name": "Sumiati", "sex": "P"}).person_id
        for days, amount in ((3, 10), (1, 20), (2, 40)):
            record_contribution(
                session, values={"source": "desa", "amount": amount, "given_on": TODAY - days * DAY}, person_id=person
            )
    with either_centre.read() as session:
        assert totals_by_source(session) == [SourceTotal("desa", "IDR", 3, 70, 0)]
        found = []
        while page := contributions(session, after=found[-1].cursor if found else None, limit=2):
            found += page
        assert [(row.amount, row.full_name) for row in found] == [(20, "Sumiati"), (40, "Sumiati"), (10, "Sumiati")]
