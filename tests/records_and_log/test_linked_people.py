# SPDX-License-Identifier: Apache-2.0
"""Records of one person: whatever is linked, undone, written and carried in whatever order, everybody has the same."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_centre.access import COLLECTOR, Viewer
from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.log.bulk import insert_new
from resource_centre.log.forgetting import forget_rows
from resource_centre.log.shape import logged_records
from resource_centre.log.voiding import void
from resource_centre.records import Address, Conflict, Contact, HouseholdMember, Person, new_id
from resource_centre.records.base import table_of
from resource_centre.records.exchange import PersonLink
from resource_centre.services.person_links import link_id

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "6"))
VILLAGE = "52.03.01.2001"
DESKS = st.integers(0, 2)
WHICH = st.integers(0, 5)
STEP = st.one_of(
    st.tuples(st.just("register"), DESKS, st.sampled_from(["Sumiati", "Rohani"])),
    st.tuples(st.just("rename"), DESKS, WHICH, st.sampled_from(["Sri", "Ayu"])),
    st.tuples(st.just("home"), DESKS, WHICH),
    st.tuples(st.just("sheet"), DESKS, WHICH, WHICH),
    st.tuples(st.just("hand_on"), DESKS, WHICH, WHICH),
    st.tuples(st.just("void"), DESKS, WHICH),
    st.tuples(st.just("link"), DESKS, WHICH, WHICH),
    st.tuples(st.just("link"), DESKS, WHICH, WHICH),
    st.tuples(st.just("apart"), DESKS, WHICH, WHICH),
    st.tuples(st.just("undo"), DESKS, WHICH),
    st.tuples(st.just("carry"), DESKS, DESKS, st.floats(0.3, 1.0)),
    st.tuples(st.just("carry"), DESKS, DESKS, st.just(1.0)),
)


class Desks:
    """Three laptops that link people, undo it, and write about any of the records meanwhile."""

    def __init__(self, new_desk: Any, seed: int) -> None:
        self.desks = [new_desk(letter) for letter in "ABC"]
        self.chance = random.Random(seed)
        for name in ("Sumiati", "Sumyati", "Rohani", "Baiq"):
            self.register(self.desks[0], name)
        for desk in self.desks[1:]:
            desk.take_in(self.desks[0].entries())

    def step(self, what: str, place: int, *rest: Any) -> None:
        desk = self.desks[place]
        getattr(self, what)(desk, *rest)
        is_whole(desk)

    def register(self, desk: Any, name: str) -> None:
        with desk.open() as session:
            session.add(Person(full_name=name))

    def rename(self, desk: Any, which: int, name: str) -> None:
        with desk.open() as session:
            if person := pick(session, which):
                person.full_name = name

    def home(self, desk: Any, which: int) -> None:
        with desk.open() as session:
            if person := pick(session, which):
                session.add(Address(person_id=person.id, village_code=VILLAGE))

    def sheet(self, desk: Any, which: int, relative: int) -> None:
        """Many lines at once, as a register brings them."""
        with desk.open() as session:
            here, there = pick(session, which), pick(session, relative)
            if here and there:
                insert_new(session, HouseholdMember, [{"person_id": here.id, "relative_id": there.id}])

    def hand_on(self, desk: Any, which: int, to: int) -> None:
        """A contact may turn out to be somebody else's."""
        with desk.open() as session:
            here, there = pick(session, which), pick(session, to)
            if here and there:
                contact = Contact(person_id=here.id, village_code=VILLAGE)
                session.add(contact)
                session.flush()
                contact.person_id = there.id

    def void(self, desk: Any, which: int) -> None:
        with desk.open() as session:
            if person := pick(session, which):
                void(session, person, "entered twice")

    def link(self, desk: Any, which: int, other: int) -> None:
        self.decide(desk, which, other, "same")

    def apart(self, desk: Any, which: int, other: int) -> None:
        self.decide(desk, which, other, "different")

    def decide(self, desk: Any, which: int, other: int, verdict: str) -> None:
        with desk.open() as session:
            here, there = pick(session, which), pick(session, other)
            if here is None or there is None or here is there:
                return
            say(session, here.id, there.id, verdict)

    def undo(self, desk: Any, which: int) -> None:
        with desk.open() as session:
            links = session.scalars(sa.select(PersonLink).order_by(PersonLink.id)).all()
            if links:
                void(session, links[which % len(links)], "undone")

    def carry(self, desk: Any, to: int, share: float) -> None:
        entries = desk.entries()
        some = self.chance.sample(entries, int(len(entries) * share))
        self.desks[to].take_in(some + some[:3], self.chance)
        is_whole(self.desks[to])

    def everybody_tells_everybody(self, new_desk: Any) -> None:
        self.desks.append(new_desk("D"))
        for _round in range(2):
            for desk in self.desks:
                for other in self.desks:
                    other.take_in(desk.entries(), self.chance)


def say(session: Any, a: str, b: str, verdict: str = "same") -> PersonLink:
    found = session.get(PersonLink, link_id(a, b))
    if found is None:
        found = PersonLink(id=link_id(a, b), a_id=min(a, b), b_id=max(a, b), verdict=verdict)
        session.add(found)
    else:
        found.verdict, found.voided, found.void_reason = verdict, False, None
    session.flush()
    return found


def pick(session: Any, which: int) -> Person | None:
    people = session.scalars(sa.select(Person).order_by(Person.id)).all()
    return people[which % len(people)] if people else None


def is_whole(desk: Any) -> None:
    with desk.engine.connect() as connection:
        assert list(doctor.examine(connection)) == []


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEP, min_size=5, max_size=30), st.integers(0, 1_000_000))
def test_desks_agree_on_who_is_one_person(new_desk, steps, seed):
    village = Desks(new_desk, seed)
    for step in steps:
        village.step(*step)
    village.everybody_tells_everybody(new_desk)
    first, *others = [desk.everything() for desk in village.desks]
    assert all(other == first for other in others)
    for desk in village.desks:
        is_whole(desk)


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEP, min_size=5, max_size=30), st.integers(0, 1_000_000))
def test_when_every_link_is_undone_the_tables_are_those_of_a_centre_without_links(new_desk, steps, seed):
    village = Desks(new_desk, seed)
    for step in steps:
        village.step(*step)
    village.everybody_tells_everybody(new_desk)
    here, never = village.desks[0], new_desk("E")
    with here.open() as session:
        for one in session.scalars(sa.select(PersonLink)):
            void(session, one, "undone")
    never.take_in([one for one in here.entries() if one["tbl"] != "person_link"])
    assert without_links(here) == without_links(never)


def without_links(desk: Any) -> dict[str, list[Any]]:
    found = {}
    with desk.engine.connect() as connection:
        for name, record in logged_records().items():
            columns = [column for column in table_of(record).c if column.name != "version"]
            if name != "person_link":
                wanted = sa.select(*columns).order_by(table_of(record).c.id)
                found[name] = [tuple(row) for row in connection.execute(wanted)]
    return found


@pytest.fixture
def pair(desk):
    """Two records of one person, each with a home; the first is the older."""
    with desk.open() as session:
        ids = []
        for name in ("Sumiati", "Sumyati"):
            person = Person(full_name=name)
            session.add(person)
            session.flush()
            session.add(Address(person_id=person.id, village_code=VILLAGE))
            ids.append(person.id)
    return ids


def test_what_is_about_the_younger_record_bears_the_older_ones_id(desk, pair):
    older, younger = pair
    with desk.open() as session:
        say(session, younger, older)
        assert set(session.scalars(sa.select(Address.person_id))) == {older}
        assert (session.get(Person, younger).same_as, session.get(Person, younger).voided) == (older, True)


def test_what_is_written_for_the_younger_record_is_the_persons_and_stays_written_so(desk, pair):
    older, younger = pair
    with desk.open() as session:
        say(session, older, younger)
        new = Address(person_id=younger, village_code=VILLAGE)
        session.add(new)
        session.flush()
        assert new.person_id == older
    body = next(entry["body"] for entry in desk.entries() if entry["row_id"] == new.id)
    assert younger in body
    assert older not in body


def test_records_already_read_follow_when_a_link_is_made_and_undone(desk, pair):
    older, younger = pair
    with desk.open() as session:
        home = session.scalars(sa.select(Address).where(Address.person_id == younger)).one()
        made = say(session, older, younger)
        assert home.person_id == older
        void(session, made, "undone")
        assert home.person_id == younger
        home.hamlet = "Dasan Baru"
    is_whole(desk)


def test_of_three_the_link_in_the_middle_undone_leaves_two(desk, pair):
    older, younger = pair
    with desk.open() as session:
        third = Person(full_name="Sumiyati")
        session.add(third)
        say(session, older, younger)
        middle = say(session, younger, third.id)
        assert session.get(Person, third.id).same_as == older
        void(session, middle, "undone")
        assert session.get(Person, third.id).same_as is None
        assert session.get(Person, younger).same_as == older


def told(desk, *tables):
    return [one for one in desk.entries() if one["tbl"] in tables]


def owners(desk):
    with desk.open() as session:
        return set(session.scalars(sa.select(Address.person_id)))


def test_a_link_that_arrives_after_the_records_or_before_makes_them_one(desk, pair, new_desk):
    late, early = new_desk("B"), new_desk("C")
    with desk.open() as session:
        say(session, *pair)
    late.take_in(told(desk, "person", "address"))
    assert owners(late) == set(pair)
    late.take_in(told(desk, "person_link"))
    early.take_in(told(desk, "person_link"))
    early.take_in(told(desk, "address"))
    early.take_in(told(desk, "person"))
    assert owners(late) == owners(early) == {pair[0]}
    assert late.everything() == early.everything() == desk.everything()


def test_a_link_undone_elsewhere_parts_them_here(desk, pair, new_desk):
    there = new_desk("B")
    with desk.open() as session:
        made = say(session, *pair)
    there.take_in(desk.entries())
    with desk.open() as session:
        void(session, session.get(PersonLink, made.id), "undone")
    there.take_in(told(desk, "person_link"))
    assert owners(there) == set(pair)
    assert there.everything() == desk.everything()


def test_a_sheet_that_names_the_younger_record_is_the_persons(desk, pair):
    older, younger = pair
    with desk.open() as session:
        say(session, older, younger)
        insert_new(session, Address, [{"person_id": younger, "village_code": VILLAGE}])
    assert owners(desk) == {older}
    is_whole(desk)


def test_a_chain_of_many_is_one_person_wherever_it_is_taken_hold_of(desk):
    with desk.open() as session:
        people = [Person(full_name="Sumiati") for _one in range(6)]
        session.add_all(people)
        session.flush()
        ids = sorted(person.id for person in people)
        for here, there in zip(ids[::-1], ids[-2::-1], strict=False):
            say(session, here, there)
        session.add(Address(person_id=ids[-1], village_code=VILLAGE))
        assert set(session.scalars(sa.select(Person.id).where(Person.voided.is_(False)))) == {ids[0]}
    assert owners(desk) == {ids[0]}
    is_whole(desk)


def test_a_link_that_is_given_back_parts_them_on_the_laptop(desk, pair):
    with desk.open() as session:
        made = say(session, *pair)
        forget_rows(session, [("person_link", made.id)], lambda _dot: False)
    assert owners(desk) == set(pair)
    is_whole(desk)


def test_two_desks_that_disagree_leave_it_to_be_settled_and_agree_meanwhile(desk, pair, new_desk):
    there = new_desk("B")
    there.take_in(desk.entries())
    for at, verdict in ((desk, "same"), (there, "different")):
        with at.open() as session:
            say(session, *pair, verdict)
    desk.take_in(there.entries())
    there.take_in(desk.entries())
    assert desk.everything() == there.everything()
    with desk.open() as session:
        assert session.scalars(sa.select(Conflict.field)).all() == ["verdict"]


def test_a_collector_says_of_nobody_that_they_are_one(desk, pair):
    collector = Viewer(new_id(), COLLECTOR, frozenset([VILLAGE]))
    with pytest.raises(Refused) as refused, desk.open(collector) as session:
        say(session, *pair)
    assert refused.value.code == "not_allowed"
    assert owners(desk) == set(pair)
