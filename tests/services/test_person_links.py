"""Two records, one person: said at the desk, undone at the desk."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from resource_centre.errors import Refused
from resource_centre.records import Address, DuplicatePair, Person, PersonLink
from resource_centre.services.person_links import decided, keep_apart, link, link_id, links_of, resolve, unlink


@pytest.fixture
def two(register):
    """Ids of two records of one person, the one that will stand for both first."""
    return sorted((register("Siti Aminah"), register("Siti Amina")))


def homes(session, person_id):
    return session.scalar(select(func.count()).where(Address.person_id == person_id, Address.voided.is_(False)))


def test_two_desks_that_decide_alike_make_one_decision():
    here, there = "0192d3a0-0000-7000-8000-000000000001", "0192d3a0-0000-7000-8000-000000000002"
    assert link_id(here, there) == link_id(there, here)


def test_one_person_is_one_line_of_every_list_and_has_all_that_both_had(session, two):
    stands, other = two
    link(session, other, stands, ["same_name"], 80)
    assert session.scalars(select(Person.id).where(Person.voided.is_(False))).all() == [stands]
    assert homes(session, stands) == 2


def test_whoever_asks_for_the_other_record_is_led_to_the_person(session, two):
    stands, other = two
    link(session, stands, other)
    assert (resolve(session, other), resolve(session, stands)) == (stands, stands)


def test_undone_both_are_as_they_were(session, two):
    stands, other = two
    unlink(session, link(session, stands, other).id)
    assert (homes(session, stands), homes(session, other)) == (1, 1)
    assert resolve(session, other) == other


def test_undone_and_decided_again_it_is_the_same_decision(session, two):
    first = link(session, *two)
    unlink(session, first.id)
    assert link(session, *two).id == first.id
    assert resolve(session, two[1]) == two[0]


def test_three_records_are_one_person_through_the_one_between(session, two, register):
    third = register("Siti Aminnah")
    link(session, *two)
    link(session, two[1], third)
    assert resolve(session, third) == two[0]
    assert len(links_of(session, third)) == 2


def test_people_kept_apart_are_not_proposed_again(session, two):
    keep_apart(session, *two)
    assert decided(session, two) == {tuple(two)}
    assert homes(session, two[1]) == 1


def test_what_was_decided_is_off_the_work_list(session, two):
    session.add(DuplicatePair(a_id=two[0], b_id=two[1], score=90, reasons=[], found_ms=1))
    session.flush()
    keep_apart(session, *two)
    assert session.get(DuplicatePair, tuple(two)) is None


def test_one_person_is_not_linked_twice(session, two):
    link(session, *two)
    with pytest.raises(Refused) as refused:
        link(session, *two)
    assert refused.value.code == "one_person_already"


def test_somebody_who_is_not_there_is_linked_with_nobody(session, two):
    with pytest.raises(Refused) as refused:
        link(session, two[0], "0192d3a0-0000-7000-8000-00000000dead")
    assert refused.value.code == "not_found"


def test_a_collector_decides_about_nobody_of_another_village(session, two, register, collector_session):
    elsewhere = register("Siti Aminah", village="52.03.02.2001")
    session.commit()
    collector = collector_session("52.03.01.2001")
    with pytest.raises(Refused):
        link(collector, two[0], elsewhere)
    collector.rollback()
    assert session.scalars(select(PersonLink)).all() == []
