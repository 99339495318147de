# SPDX-License-Identifier: Apache-2.0
"""The front desk: somebody comes in, perhaps without a name, and something may become of it."""

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.records import Case, Contact, Service
from resource_centre.services.cases import open_case
from resource_centre.services.contacts import (
    LastUsed,
    case_from_contact,
    contacts_of_day,
    last_used,
    link_contact,
    record_contact,
    take_back_contact,
)
from resource_centre.services.intake import register_intake
from resource_centre.services.protection import mark_of

TODAY = dt.date(2026, 11, 20)
VILLAGE = "52.03.01.2001"


@pytest.fixture
def contact(session):
    """Somebody unnamed who walked in and got information on safe migration."""

    def made(services=("INF_MIGR",), **values):
        values = {"channel": "walk_in", "client_type": "prospective", "sex": "P", "village_code": VILLAGE, **values}
        return record_contact(session, values=values, services=services, person_id=values.pop("person_id", None))

    return made


def test_a_contact_needs_no_name_and_says_who_received_it(session, contact):
    made = contact(reasons=["info_migrasi_aman", "pelatihan"], heard_from="pemdes", minutes=5, outcome="done")
    assert (made.person_id, made.held_on, made.staff) == (None, TODAY, "Ratna Uji")
    (row,) = contacts_of_day(session, TODAY)
    assert (row.name, row.channel, row.outcome) == (None, "walk_in", "done")
    assert (row.reasons, row.services) == (("info_migrasi_aman", "pelatihan"), ("INF_MIGR",))


def test_the_days_contacts_are_of_that_day_the_last_one_first(session, contact, register):
    person_id = register()
    contact(held_on=dt.date(2026, 11, 19))
    first, last = contact(), contact(person_id=person_id, services=())
    rows = contacts_of_day(session, TODAY)
    assert [row.id for row in rows] == [last.id, first.id]
    assert [(row.name, row.services) for row in rows] == [("Siti Aminah", ()), (None, ("INF_MIGR",))]


def test_the_next_contact_begins_with_channel_and_village_of_the_last(session, contact):
    assert last_used(session) == LastUsed()
    contact(channel="phone", village_code="52.03.02.2001")
    contact(channel="whatsapp")
    assert last_used(session) == LastUsed("whatsapp", VILLAGE)


def test_a_contact_of_tomorrow_is_refused(session, contact):
    with pytest.raises(Refused) as caught:
        contact(held_on=dt.date(2026, 11, 21))
    assert [(one.field, one.code) for one in caught.value.problems] == [("held_on", "date_in_future")]


def test_an_unnamed_contact_becomes_somebodys_with_its_services(session, contact, register):
    made, person_id = contact(), register()
    link_contact(session, made.id, person_id)
    assert session.get(Contact, made.id).person_id == person_id
    assert session.scalars(select(Service.person_id)).all() == [person_id]
    with pytest.raises(Refused, match="not_found"):
        link_contact(session, made.id, register("Ana Uji"))


def test_with_a_name_the_desk_no_longer_says_who_was_trafficked(session, contact, register):
    made, person_id = contact(client_type="survivor"), register()
    link_contact(session, made.id, person_id)
    assert session.get(Contact, made.id).client_type == "returnee"
    assert mark_of(session, person_id) is not None


def test_an_intake_takes_the_contact_with_it(session, contact):
    made = contact()
    saved = register_intake(session, person={"full_name": "Baiq Uji", "sex": "P"}, contact_id=made.id)
    assert contacts_of_day(session, TODAY)[0].person_id == saved.person_id


def test_a_contact_becomes_a_case_once(session, contact, register):
    made = contact(person_id=register())
    opened = case_from_contact(session, made.id)
    assert (opened.contact_id, made.case_id, made.outcome) == (made.id, opened.id, "became_case")
    assert case_from_contact(session, made.id).id == opened.id
    assert len(session.scalars(select(Case)).all()) == 1


def test_with_a_case_open_already_it_belongs_to_that(session, contact, register):
    person_id = register()
    running = open_case(session, person_id=person_id)
    made = contact(person_id=person_id)
    assert case_from_contact(session, made.id, outcome="referred").id == running.id
    assert (made.case_id, made.outcome) == (running.id, "referred")


def test_of_nobody_there_is_no_case(session, contact):
    with pytest.raises(Refused) as caught:
        case_from_contact(session, contact().id)
    assert [(one.field, one.code) for one in caught.value.problems] == [("person_id", "unnamed")]


def test_a_contact_written_by_mistake_is_taken_back_with_its_services(session, contact):
    take_back_contact(session, contact().id, "Tertukar")
    assert contacts_of_day(session, TODAY) == []
    assert session.scalars(select(Service).where(Service.voided.is_(False))).all() == []


def test_a_village_collector_sees_the_contacts_of_their_villages(session, contact, collector_session):
    contact()
    contact(village_code="52.03.02.2001")
    session.commit()
    rows = contacts_of_day(collector_session(VILLAGE), TODAY)
    assert [row.village_code for row in rows] == [VILLAGE]
