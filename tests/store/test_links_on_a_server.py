# SPDX-License-Identifier: Apache-2.0
"""Two desks of one server at the same moment: one writes about somebody while the other says who is one person."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor
from resource_centre.records import Address, Person, Site
from resource_centre.services.person_links import link, unlink

OTHER_DESK = "B" * 13
A_MOMENT = 0.3

pytestmark = pytest.mark.postgres


@pytest.fixture
def pair(postgres_centre):
    """Two records of one person, the one that will stand for both first, and a second desk."""
    with postgres_centre.change() as session:
        session.add(Site(id=OTHER_DESK, device="B1", last_seq=0))
        people = [Person(full_name=name) for name in ("Sumiati", "Sumyati")]
        session.add_all(people)
        session.flush()
        return sorted(person.id for person in people)


def at_the_other_desk(centre, work):
    """Begin something at the other desk; it may have to wait."""

    def worked():
        with centre.change() as session:
            session.info["site"] = OTHER_DESK
            work(session)

    thread = threading.Thread(target=worked)
    thread.start()
    return thread


def homes(centre):
    with centre.read() as session:
        assert list(doctor.examine(session.connection())) == []
        return set(session.scalars(sa.select(Address.person_id)))


def test_what_is_written_while_two_become_one_is_the_persons(postgres_centre, pair):
    stands, other = pair
    with postgres_centre.change() as session:
        link(session, stands, other)
        desk = at_the_other_desk(postgres_centre, lambda session: session.add(Address(person_id=other)))
        desk.join(A_MOMENT)
        assert desk.is_alive()
    desk.join()
    assert homes(postgres_centre) == {stands}


def test_what_was_being_written_when_two_became_one_is_the_persons(postgres_centre, pair):
    stands, other = pair
    with postgres_centre.change() as session:
        session.add(Address(person_id=other))
        session.flush()
        desk = at_the_other_desk(postgres_centre, lambda session: link(session, stands, other))
        desk.join(A_MOMENT)
    desk.join()
    assert homes(postgres_centre) == {stands}


def test_what_is_written_while_one_becomes_two_is_whose_it_was_written_for(postgres_centre, pair):
    stands, other = pair
    with postgres_centre.change() as session:
        made = link(session, stands, other).id
    with postgres_centre.change() as session:
        unlink(session, made)
        desk = at_the_other_desk(postgres_centre, lambda session: session.add(Address(person_id=other)))
        desk.join(A_MOMENT)
    desk.join()
    assert homes(postgres_centre) == {other}
