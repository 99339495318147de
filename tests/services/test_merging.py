"""Two records side by side, merged by somebody who looked, and taken apart again after months."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.records import Identifier, Person, PersonLink
from resource_centre.services.find_number import find_number
from resource_centre.services.merging import merge, side_by_side, unmerge
from resource_centre.services.people import change_person, person_record
from resource_centre.services.person_links import resolve


@pytest.fixture
def two(register):
    """Ids of two records of one person, the older first."""
    older = register("Siti Aminah", birth_date="1984", phone="081234567890")
    return older, register("Siti Amina", birth_date="1984-05-17", mother_name="Rohani")


@pytest.fixture
def person(session):
    return lambda person_id: session.get(Person, person_id)


def test_what_differs_is_shown_and_what_only_one_says_is_suggested(session, two):
    side = side_by_side(session, *reversed(two))
    assert (side.a_id, side.b_id) == two
    assert {line.field.name for line in side.different} == {"full_name", "birth_date", "mother_name"}
    assert side.suggested == ("mother_name",)


def test_what_each_holds_is_counted(session, two):
    holdings = {one.noun: (one.a, one.b) for one in side_by_side(session, *two).holdings}
    assert holdings["address"] == (1, 1)
    assert holdings["identifier"] == (1, 0)


def test_an_equal_nik_is_told(session, two):
    for person_id in two:
        session.add(Identifier(person_id=person_id, kind="nik", value="9903015705840001",
                               lookup="nik:9903015705840001"))  # fmt: skip
    session.flush()
    assert side_by_side(session, *two).same_nik


def test_chosen_values_are_the_persons_and_the_others_stay(session, two, person):
    merge(session, *two, ["birth_date"])
    assert (person(two[0]).birth_date, person(two[0]).full_name) == ("1984-05-17", "Siti Aminah")


def test_the_decision_keeps_what_was_there_before(session, two):
    made = merge(session, *two, ["birth_date", "mother_name"])
    assert made.taken == {"birth_date": ["1984", "1984-05-17"], "mother_name": [None, "Rohani"]}


def test_both_numbers_find_the_person(session, two, person):
    numbers = [person(one).number for one in two]
    merge(session, *two)
    assert [find_number(session, number).person_id for number in numbers] == [two[0], two[0]]


def test_taken_apart_everything_is_as_it_was(session, two, person):
    before = [{name: getattr(person(one), name) for name in ("full_name", "birth_date", "mother_name")} for one in two]
    made = merge(session, *two, ["full_name", "birth_date", "mother_name"])
    unmerge(session, made.id)
    after = [{name: getattr(person(one), name) for name in before[0]} for one in two]
    assert after == before
    assert [len(person_record(session, one).addresses) for one in two] == [1, 1]


def test_what_was_changed_since_stays_when_they_are_taken_apart(session, two, person):
    made = merge(session, *two, ["birth_date", "mother_name"])
    change_person(session, two[0], {"birth_date": "1985"})
    unmerge(session, made.id)
    assert (person(two[0]).birth_date, person(two[0]).mother_name) == ("1985", None)


def test_why_there_was_no_answer_comes_back_too(session, two, person):
    change_person(session, two[0], {}, {"mother_name": "refused"})
    made = merge(session, *two, ["mother_name"])
    assert person(two[0]).unanswered == {}
    unmerge(session, made.id)
    assert person(two[0]).unanswered == {"mother_name": "refused"}


def test_taken_apart_while_the_person_is_one_with_a_third(session, two, person, register):
    third = register("Siti Aminnah")
    merge(session, *two)
    made = merge(session, two[0], third, [])
    unmerge(session, made.id)
    assert (resolve(session, two[1]), resolve(session, third)) == (two[0], third)


def test_a_merge_that_does_not_fit_changes_nothing(session, two, register):
    with pytest.raises(Refused):
        merge(session, *two, ["number"])
    assert session.scalars(select(PersonLink)).all() == []
