# SPDX-License-Identifier: Apache-2.0
"""Family members who are clients too know of each other, from both sides."""

import pytest

from resource_centre.errors import Refused
from resource_centre.records import HouseholdMember
from resource_centre.services.entries import add_entry
from resource_centre.services.family import family_of, link, link_member, unlink
from resource_centre.services.voiding import void_record
from resource_centre.vocabulary import vocabulary


@pytest.fixture
def mother(register):
    return register("Inaq Sahnim")


@pytest.fixture
def aminah(register):
    return register("Siti Aminah")


@pytest.fixture
def ahmad(register):
    return register("Lalu Ahmad", sex="L")


@pytest.fixture
def family(session):
    """Name and relation of everybody in somebody's family."""
    return lambda person_id: {(one.name, one.relation) for one in family_of(session, person_id)}


def test_a_link_is_seen_from_both_sides(session, aminah, mother, family):
    link(session, aminah, mother, "orang_tua")
    assert family(aminah) == {("Inaq Sahnim", "orang_tua")}
    assert family(mother) == {("Siti Aminah", "anak")}


def test_a_husband_has_a_wife(session, aminah, ahmad, family):
    link(session, aminah, ahmad, "suami")
    assert family(ahmad) == {("Siti Aminah", "istri")}


def test_children_of_one_parent_are_brothers_and_sisters(session, aminah, ahmad, mother, family):
    link(session, aminah, mother, "orang_tua")
    link(session, mother, ahmad, "anak")
    assert family(aminah) == {("Inaq Sahnim", "orang_tua"), ("Lalu Ahmad", "sibling")}
    assert family(ahmad) == {("Inaq Sahnim", "orang_tua"), ("Siti Aminah", "sibling")}
    assert {one.relation_words for one in family_of(session, ahmad)} == {"Parent", "Brother or sister"}


def test_a_member_of_the_household_becomes_a_known_person(session, aminah, ahmad, family):
    member = add_entry(session, HouseholdMember, aminah, {"name": "Ahmad", "relation": "anak"})
    assert family(aminah) == {("Ahmad", "anak")}
    link_member(session, member.id, ahmad)
    assert family(aminah) == {("Lalu Ahmad", "anak")}
    assert family(ahmad) == {("Siti Aminah", "orang_tua")}


def test_a_link_is_taken_away_from_either_side_and_the_member_stays(session, aminah, mother, family):
    link(session, aminah, mother, "orang_tua")
    (seen_from_mother,) = family_of(session, mother)
    unlink(session, seen_from_mother.member_id)
    assert family(mother) == set()
    assert family(aminah) == {("Inaq Sahnim", "orang_tua")}
    assert family_of(session, aminah)[0].person_id is None


def test_nobody_is_linked_to_themselves(session, aminah):
    with pytest.raises(Refused) as refused:
        link(session, aminah, aminah, "suami")
    assert refused.value.problems[0].code == "own_record"


def test_two_people_are_linked_once(session, aminah, mother):
    link(session, aminah, mother, "orang_tua")
    with pytest.raises(Refused) as refused:
        link(session, mother, aminah, "anak")
    assert refused.value.problems[0].code == "already_linked"


def test_a_relation_is_needed(session, aminah, mother):
    with pytest.raises(Refused) as refused:
        link(session, aminah, mother, "")
    assert refused.value.problems[0].field == "relation"


def test_a_record_that_is_not_valid_any_more_leaves_the_name(session, aminah, mother, family):
    from resource_centre.records import Person

    link(session, aminah, mother, "orang_tua")
    void_record(session, Person, mother, reason="Tercatat dua kali.")
    assert family(aminah) == {("Inaq Sahnim", "orang_tua")}
    assert family_of(session, aminah)[0].person_id is None


def test_a_collector_does_not_see_family_of_other_villages(session, register, collector_session):
    here, there = register("Siti Aminah"), register("Baiq Ratna", village="52.03.02.2001")
    link(session, there, here, "anak")
    session.commit()
    assert family_of(collector_session("52.03.01.2001"), here) == []


def test_every_relation_has_one_to_answer_it():
    for term in vocabulary("relation"):
        assert term.extra["inverse"] in vocabulary("relation")
