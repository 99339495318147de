# SPDX-License-Identifier: Apache-2.0
"""What somebody else has saved while a form was open, told field by field with who and when."""

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.records import Person
from resource_centre.services.meanwhile import Answer, answers_of, meanwhile
from resource_centre.services.people import change_person
from resource_centre.services.voiding import void_record

FIELDS = ("alias", "safe_phone", "birth_place")


@pytest.fixture
def opened(session, register):
    """A person, and the answers a form was opened with."""
    person_id = register(alias="Minah")
    session.commit()
    return person_id, answers_of(session.get(Person, person_id), FIELDS)


@pytest.fixture
def differences(session, opened):
    """By field name, when these answers are typed on top of what was opened."""

    def found(**typed):
        person_id, before = opened
        mine = {**before, **{name: Answer(value) for name, value in typed.items()}}
        return {one.field.name: one for one in meanwhile(session, Person, person_id, before, mine).differences}

    return found


def test_nothing_differs_while_nobody_saves(differences):
    assert differences(alias="Inaq Minah") == {}


def test_both_sides_and_who_wrote_the_other(session, opened, differences):
    change_person(session, opened[0], {"alias": "Bik Minah"})
    session.commit()
    one = differences(alias="Inaq Minah")["alias"]
    assert (one.opened.value, one.mine.value, one.theirs.value) == ("Minah", "Inaq Minah", "Bik Minah")
    assert one.in_conflict
    assert one.who == "Ratna Uji"
    assert abs(one.at - dt.datetime.now().astimezone()) < dt.timedelta(minutes=5)


def test_what_one_side_left_alone_is_no_conflict(session, opened, differences):
    change_person(session, opened[0], {"birth_place": "Selong"})
    session.commit()
    assert not differences(alias="Inaq Minah")["birth_place"].in_conflict


def test_the_same_number_spelt_otherwise_is_no_conflict(session, opened, differences):
    change_person(session, opened[0], {"safe_phone": "+6281234567890"})
    session.commit()
    assert not differences(safe_phone="0812-3456-7890")["safe_phone"].in_conflict


def test_a_reason_against_an_answer_is_a_conflict(session, opened, differences):
    change_person(session, opened[0], {"alias": None}, {"alias": "refused"})
    session.commit()
    one = differences(alias="Inaq Minah")["alias"]
    assert one.in_conflict
    assert one.theirs == Answer(None, "refused")


def test_the_version_to_save_on_is_the_present_one(session, opened):
    person_id, before = opened
    change_person(session, person_id, {"alias": "Bik Minah"})
    session.commit()
    found = meanwhile(session, Person, person_id, before, before)
    assert found.version == session.get(Person, person_id).version


def test_a_record_that_is_not_valid_any_more_is_said_to_be_gone(session, opened):
    person_id, before = opened
    void_record(session, Person, person_id, reason="Tercatat dua kali.")
    with pytest.raises(Refused):
        meanwhile(session, Person, person_id, before, before)
