# SPDX-License-Identifier: Apache-2.0
"""Who works with the centre, until when, and what they contribute."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.services.commitment_lists import Wanted, find_commitments
from resource_centre.services.partner_contributions import (
    ContributionTotal,
    add_contribution,
    change_contribution,
    contribution_totals,
    contributions_of,
    withdraw_contribution,
)
from resource_centre.services.partners import (
    agreements_running_out,
    change_partner,
    partner_names,
    partner_warnings,
    partners_list,
    withdraw_partner,
    write_partner,
)
from resource_centre.services.practices import practices_list
from resource_centre.services.training import record_training

TODAY = dt.date(2026, 11, 20)
UNION = {"name": "Serikat Buruh Migran Uji", "sector": "organisasi_pmi"}
GIVEN = {"kind": "uang", "contributed_on": dt.date(2026, 9, 1), "amount": 2_500_000}


@pytest.fixture
def union(session):
    return write_partner(session, UNION)


@pytest.fixture
def dialogue(session):
    event = {"training_type": "dialog", "topic": "Boss to boss", "starts_on": dt.date(2026, 9, 16)}
    return record_training(session, event=event)


def wrong(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def names(rows):
    return [row.name for row in rows]


def test_a_partner_is_put_on_the_list(session, union):
    change_partner(session, union.id, {"contact_person": "Sekretariat", "phone": "0812 9000 0001"})
    [row] = partners_list(session)
    assert (row.name, row.sector, row.country, row.contributions) == (UNION["name"], "organisasi_pmi", "IDN", 0)
    assert union.phone == "+6281290000001"
    assert list(doctor.examine(session.connection())) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": " "}, ("name", "required")),
        ({"sector": None}, ("sector", "required")),
        ({"sector": "sirkus"}, ("sector", "not_in_list")),
        ({"country": "Atlantis"}, ("country", "not_in_list")),
        ({"phone": "call us"}, ("phone", "phone_form")),
        ({"partner_since": dt.date(2026, 11, 21)}, ("partner_since", "date_in_future")),
        (
            {"partner_since": dt.date(2026, 1, 1), "agreement_until": dt.date(2025, 12, 31)},
            ("agreement_until", "ends_before_start"),
        ),
        ({"partner_since": dt.date(2026, 1, 1), "ended_on": dt.date(2025, 12, 31)}, ("ended_on", "ends_before_start")),
    ],
)
def test_what_is_no_partner_is_named(session, given, problem):
    with pytest.raises(Refused) as refused:
        write_partner(session, UNION | given)
    assert wrong(refused) == [problem]
    assert partners_list(session) == []


def test_the_same_name_twice_is_warned_of_and_not_refused(session, union):
    [problem] = partner_warnings(session, "SERIKAT buruh migran  uji")
    assert (problem.field, problem.code, problem.severity) == ("name", "known_partner", "warning")
    assert partner_warnings(session, union.name, partner_id=union.id) == []
    assert partner_warnings(session, "Dinas Tenaga Kerja") == []
    assert partner_warnings(session, None) == []
    write_partner(session, UNION)
    assert len(partners_list(session)) == 2


def test_partners_are_found_by_their_words(session, union):
    write_partner(session, {"name": "Universitas Uji", "sector": "pendidikan", "country": "PHL"})
    assert names(partners_list(session, text="uji uni")) == ["Universitas Uji"]
    assert names(partners_list(session, text="migrant workers")) == [union.name]
    assert names(partners_list(session, text="nobody")) == []


def test_what_is_pasted_into_a_search_may_hold_anything(either_centre):
    with either_centre.read() as session:
        for pasted in ("uji\x00", "\x00", "\ud800", "\u202euji", "%_\\"):
            assert partners_list(session, text=pasted) == []
            assert practices_list(session, pasted) == []
            assert not find_commitments(session, Wanted(text=pasted), on=TODAY)


def test_who_is_no_partner_any_more_stands_with_the_others_only_when_asked(session, union):
    change_partner(session, union.id, {"ended_on": dt.date(2026, 11, 1)})
    assert partners_list(session) == []
    assert names(partners_list(session, idle=True)) == [union.name]


def test_partner_names_are_suggested(session, union):
    write_partner(session, {"name": "Universitas Uji", "sector": "pendidikan"})
    assert partner_names(session, "uni") == ["Universitas Uji"]
    assert partner_names(session, "UJI") == [union.name, "Universitas Uji"]
    assert partner_names(session, "") == [union.name, "Universitas Uji"]
    assert partner_names(session, "x%") == []


def test_agreements_that_run_out_are_listed_the_earliest_first(session):
    for name, until, ended_on in (
        ("over", dt.date(2026, 11, 19), None),
        ("last day", TODAY, None),
        ("in three months", dt.date(2027, 2, 20), None),
        ("later", dt.date(2027, 2, 21), None),
        ("left", dt.date(2026, 12, 1), dt.date(2026, 10, 1)),
        ("without", None, None),
    ):
        write_partner(session, {"name": name, "sector": "lsm", "agreement_until": until, "ended_on": ended_on})
    rows = agreements_running_out(session, TODAY)
    assert [(row.name, row.agreement(TODAY)) for row in rows] == [
        ("over", "over"), ("last day", "running_out"), ("in three months", "running_out"),
    ]  # fmt: skip


def test_a_month_that_is_shorter_ends_earlier(session):
    write_partner(session, {"name": "end of February", "sector": "lsm", "agreement_until": dt.date(2027, 2, 28)})
    assert names(agreements_running_out(session, dt.date(2026, 11, 30))) == ["end of February"]


def test_a_contribution_to_an_event_stands_with_both(session, union, dialogue):
    add_contribution(session, union.id, GIVEN, event_id=dialogue.id)
    add_contribution(session, union.id, {"kind": "tempat", "contributed_on": TODAY, "what": "Hall"})
    [to_event] = contributions_of(session, event_id=dialogue.id)
    assert (to_event.partner, to_event.event_topic, to_event.amount) == (union.name, "Boss to boss", 2_500_000)
    assert [row.kind for row in contributions_of(session, partner_id=union.id)] == ["tempat", "uang"]
    assert partners_list(session)[0].contributions == 2


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"amount": None}, ("amount", "required")),
        ({"amount": 0}, ("amount", "zero_amount")),
        ({"amount": -1}, ("amount", "negative")),
        ({"amount": "much"}, ("amount", "not_a_number")),
        ({"currency": "XXX"}, ("currency", "not_in_list")),
        ({"contributed_on": None}, ("contributed_on", "required")),
        ({"contributed_on": dt.date(2026, 11, 21)}, ("contributed_on", "promised_only")),
        ({"kind": "apa saja"}, ("kind", "not_in_list")),
    ],
)
def test_what_is_no_contribution_is_named(session, union, given, problem):
    with pytest.raises(Refused) as refused:
        add_contribution(session, union.id, GIVEN | given)
    assert wrong(refused) == [problem]
    assert contributions_of(session, partner_id=union.id) == []


def test_an_amount_has_a_currency(session, union):
    given = add_contribution(session, union.id, GIVEN)
    with pytest.raises(Refused) as refused:
        change_contribution(session, given.id, {"currency": None})
    assert wrong(refused) == [("currency", "required")]


def test_what_is_promised_may_come_later_and_is_then_given(session, union):
    promise = add_contribution(session, union.id, GIVEN | {"contributed_on": dt.date(2027, 1, 10), "promised": True})
    with pytest.raises(Refused) as refused:
        change_contribution(session, promise.id, {"promised": False})
    assert wrong(refused) == [("contributed_on", "promised_only")]
    change_contribution(session, promise.id, {"promised": False, "contributed_on": TODAY})
    [row] = contributions_of(session, partner_id=union.id)
    assert (row.promised, row.contributed_on) == (False, TODAY)


def test_who_has_left_contributes_nothing_afterwards(session, union):
    change_partner(session, union.id, {"ended_on": dt.date(2026, 8, 31)})
    with pytest.raises(Refused) as refused:
        add_contribution(session, union.id, GIVEN)
    assert wrong(refused) == [("contributed_on", "partner_ended")]


def test_an_event_nobody_knows_gets_nothing(session, union):
    with pytest.raises(Refused) as refused:
        add_contribution(session, union.id, GIVEN, event_id="00000000-0000-4000-8000-000000000000")
    assert refused.value.code == "not_found"


def test_a_contribution_is_taken_back_with_a_reason(session, union):
    given = add_contribution(session, union.id, GIVEN)
    with pytest.raises(Refused) as refused:
        withdraw_contribution(session, given.id, " ")
    assert wrong(refused) == [("void_reason", "withdrawal_reason")]
    withdraw_contribution(session, given.id, "Written down twice.")
    assert contribution_totals(session) == []


def test_a_partner_put_on_the_list_by_mistake_is_taken_off(session, union):
    given = add_contribution(session, union.id, GIVEN)
    with pytest.raises(Refused) as refused:
        withdraw_partner(session, union.id, "By mistake.")
    assert wrong(refused) == [("name", "partner_contributed")]
    withdraw_contribution(session, given.id, "Of somebody else.")
    withdraw_partner(session, union.id, "By mistake.")
    assert partners_list(session, idle=True) == []


def test_sums_are_kept_per_kind_and_currency_and_promises_apart(either_centre):
    with either_centre.session() as session:
        union, fund = write_partner(session, UNION), write_partner(session, UNION | {"name": "Dana Uji"})
        event = record_training(session, event={"training_type": "dialog", "starts_on": dt.date(2026, 9, 16)})
        march = dt.date(2026, 3, 1)
        add_contribution(session, union.id, GIVEN, event_id=event.id)
        add_contribution(session, union.id, GIVEN | {"amount": 500_000, "contributed_on": march})
        add_contribution(session, fund.id, GIVEN | {"amount": 2**40, "promised": True})
        add_contribution(session, fund.id, GIVEN | {"amount": 300, "currency": "USD"})
        add_contribution(session, fund.id, {"kind": "tempat", "contributed_on": march})
        assert contribution_totals(session) == [
            ContributionTotal("uang", "IDR", 2, 1, 3_000_000, 2**40),
            ContributionTotal("uang", "USD", 1, 0, 300, 0),
            ContributionTotal("tempat", "IDR", 1, 0, 0, 0),
        ]
        assert [one.given for one in contribution_totals(session, event_id=event.id)] == [2_500_000]
        assert [one.given for one in contribution_totals(session, partner_id=union.id)] == [3_000_000]
        in_march = contribution_totals(session, since=march, until=march)
        assert [(one.kind, one.given) for one in in_march] == [("uang", 500_000), ("tempat", 0)]


def test_a_village_account_reads_partners_but_no_event_of_elsewhere(session, collector_session, union):
    event = record_training(
        session,
        event={"training_type": "dialog", "starts_on": TODAY, "village_code": "52.03.02.2001", "topic": "There"},
    )
    add_contribution(session, union.id, GIVEN, event_id=event.id)
    session.commit()
    collector = collector_session("52.03.01.2001")
    [row] = contributions_of(collector, partner_id=union.id)
    assert (row.partner, row.event_topic) == (union.name, None)
    with pytest.raises(Refused):
        add_contribution(collector, union.id, GIVEN, event_id=event.id)
