# SPDX-License-Identifier: Apache-2.0
"""A record marked as not valid at one desk while somebody writes on in it at another: told, whichever way it went."""

import random

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_centre.log.fold import Entry, fold
from resource_centre.log.recorder import first_body, next_body
from resource_centre.log.voiding import void
from resource_centre.records import Conflict, Person
from resource_centre.records.change import PUT

SITES = "ABC"
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from(SITES), st.sampled_from(["phone", "name"])),
        st.tuples(st.sampled_from(["void", "restore"]), st.sampled_from(SITES), st.none()),
        st.tuples(st.just("tell"), st.sampled_from(SITES), st.sampled_from(SITES)),
    ),
    max_size=14,
)


@pytest.fixture
def both(new_desk):
    """Two desks that know one person."""
    here, there = new_desk("A"), new_desk("B")
    with here.open() as session:
        session.add(person := Person(full_name="Sumiati"))
        session.commit()
        person_id = person.id
    there.take_in(here.entries())
    return here, there, person_id


def exchanged(here, there):
    here.take_in(there.entries())
    there.take_in(here.entries())
    assert here.everything() == there.everything()


def listed(desk):
    with desk.open() as session:
        return session.execute(sa.select(Conflict.field, Conflict.site, Conflict.value)).all()


def mark(desk, person_id):
    with desk.open() as session:
        void(session, session.get(Person, person_id), "entered twice")


def rename(desk, person_id, name="Sumiati Hasan"):
    with desk.open() as session:
        session.get(Person, person_id).full_name = name


def test_an_edit_that_whoever_marked_the_record_had_not_seen_is_told(both):
    here, there, person_id = both
    mark(here, person_id)
    rename(there, person_id)
    exchanged(here, there)
    assert listed(here) == [("voided", "B" * 13, ["full_name"])]


def test_a_mark_made_in_sight_of_the_edit_tells_nothing(both):
    here, there, person_id = both
    rename(there, person_id)
    here.take_in(there.entries())
    mark(here, person_id)
    exchanged(here, there)
    assert listed(here) == []


def test_an_edit_in_sight_of_the_mark_tells_nothing(both):
    here, there, person_id = both
    mark(here, person_id)
    there.take_in(here.entries())
    rename(there, person_id)
    exchanged(here, there)
    assert listed(here) == []


def test_an_edit_after_the_mark_at_the_same_desk_tells_nothing(both):
    here, there, person_id = both
    mark(here, person_id)
    rename(here, person_id)
    exchanged(here, there)
    assert listed(there) == []


def test_marking_it_once_more_in_sight_of_both_settles_it(both):
    here, there, person_id = both
    mark(here, person_id)
    rename(there, person_id)
    exchanged(here, there)
    rename(here, person_id, "Sumiati binti Hasan")
    exchanged(here, there)
    assert listed(there) == []


def test_saying_it_is_valid_after_all_settles_it(both):
    here, there, person_id = both
    mark(here, person_id)
    rename(there, person_id)
    exchanged(here, there)
    with there.open() as session:
        person = session.get(Person, person_id)
        person.voided, person.void_reason = False, None
    exchanged(here, there)
    with here.open() as session:
        assert (session.get(Person, person_id).voided, listed(here)) == (False, [])


def test_a_mark_from_before_marks_said_what_they_saw_tells_nothing():
    born = Entry("A", 1, 1, PUT, {"voided": [False, 1, []], "name": ["Sumiati", 1, []]})
    marked = Entry("A", 2, 2, PUT, {"voided": [True, 2, [["A", 1]]]})
    edit = Entry("B", 1, 3, PUT, {"name": ["Rohani", 2, [["A", 1]]]})
    assert fold([edit, marked, born]).conflicts == {}


class Laptop:
    """What one site knows of one record."""

    def __init__(self, site, born):
        self.site, self.seen, self.written = site, {born.dot: born}, 10

    def write(self, fields, clock):
        self.written += 1
        entry = Entry(self.site, self.written, clock, PUT, next_body(fields, list(self.seen.values())))
        self.seen[entry.dot] = entry


@pytest.mark.models
@settings(deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_what_is_told_is_every_edit_that_no_mark_in_force_saw(steps, chance):
    born = Entry("A", 1, 0, PUT, first_body({"voided": False, "name": "Sumiati", "phone": "0811"}, []))
    laptops = {site: Laptop(site, born) for site in SITES}
    for clock, (what, site, other) in enumerate(steps):
        if what == "tell":
            laptops[other].seen |= laptops[site].seen
        else:
            fields = {"edit": {other: str(clock)}, "void": {"voided": True}, "restore": {"voided": False}}[what]
            laptops[site].write(fields, chance.randrange(100))
    entries = {dot: entry for laptop in laptops.values() for dot, entry in laptop.seen.items()}
    shuffled = list(entries.values()) * 2
    chance.shuffle(shuffled)
    folded = fold(shuffled)
    assert folded == fold(entries.values())
    told = {(head.site, head.seq) for head in folded.conflicts.get("voided", []) if isinstance(head.value, list)}
    assert told == (unseen(entries) if folded.values["voided"] else set())


def unseen(entries):
    """By the letter: entries with a standing value that are no marks and stand in no list of a standing mark's past."""
    replaced = {(name, *dot) for one in entries.values() for name, cell in one.body.items() for dot in cell[2]}
    stands = {dot: {name for name in one.body if (name, *dot) not in replaced} for dot, one in entries.items()}
    marks = [one for dot, one in entries.items() if one.marks and "voided" in stands[dot]]
    saw = {tuple(dot) for one in marks for dot in one.body["voided"][3]}
    saw |= {tuple(dot) for one in entries.values() if one.marks and one.dot in saw for dot in one.body["voided"][3]}
    later = {dot for dot in entries for one in marks if dot[0] == one.site and dot[1] > one.seq}
    edits = {dot for dot, one in entries.items() if not one.marks and stands[dot] - {"voided", "void_reason"}}
    return edits - saw - later


def test_many_entries_in_any_batches_end_as_one_batch_does(new_desk, monkeypatch):
    here, in_one, in_many = new_desk("A"), new_desk("B"), new_desk("C")
    for number in range(5):
        with here.open() as session:
            session.add(person := Person(full_name=f"Orang {number}"))
            session.commit()
        rename(here, person.id, f"Orang lain {number}")
    entries = here.entries()
    in_one.take_in(entries)
    random.Random(4).shuffle(entries)
    monkeypatch.setattr("resource_centre.log.receive.BATCH", 3)
    in_many.take_in(entries)
    assert in_many.everything() == in_one.everything() == here.everything()
