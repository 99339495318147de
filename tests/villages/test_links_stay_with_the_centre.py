# SPDX-License-Identifier: Apache-2.0
"""A link shows a village the records of both: no laptop brings one, however it came to have it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from resource_centre.access import COORDINATOR
from resource_centre.errors import Refused
from resource_centre.exchange.scope import CENTRE, LAPTOP
from resource_centre.records import Address, Person
from resource_centre.records.exchange import PersonLink
from resource_centre.services.person_links import link

HERE, ELSEWHERE = "52.03.01.2001", "52.03.02.2001"


@pytest.fixture
def places(new_place):
    """A centre and a laptop of one village that have met."""
    centre, laptop = new_place("centre"), new_place("laptop", LAPTOP, [HERE])
    centre.meet(laptop, LAPTOP, [HERE])
    laptop.meet(centre, CENTRE)
    yield centre, laptop
    for place in (centre, laptop):
        place.close()


def register(place, name, village):
    with place.open() as session:
        person = Person(full_name=name, sex="P")
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, village_code=village))
        return person.id


def test_a_link_from_a_village_is_not_taken_and_nobody_elses_records_go_there(places):
    centre, laptop = places
    stranger = register(centre, "Rohani", ELSEWHERE)
    ours = register(laptop, "Sumiati", HERE)
    centre.unpack(laptop, laptop.pack(centre))
    forger = replace(laptop, viewer=replace(laptop.viewer, role=COORDINATOR, villages=None))
    with forger.open() as session:
        session.add(PersonLink(a_id=min(ours, stranger), b_id=max(ours, stranger), verdict="same"))
    with pytest.raises(Refused) as refused:
        centre.unpack(laptop, laptop.pack(centre))
    assert refused.value.code == "bundle_not_allowed"
    with centre.open() as session:
        assert session.scalars(sa.select(PersonLink)).all() == []


def test_a_link_of_the_centre_brings_both_records_to_the_village_of_one(places):
    centre, laptop = places
    ours, stranger = register(centre, "Sumiati", HERE), register(centre, "Sumyati", ELSEWHERE)
    with centre.open() as session:
        link(session, ours, stranger)
    laptop.unpack(centre, centre.pack(laptop))
    assert laptop.table("person")[stranger]["same_as"] == ours
    assert {row["person_id"] for row in laptop.table("address").values()} == {ours}
    assert laptop.is_whole()
