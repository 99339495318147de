"""Laptops that write apart and exchange entries now and then end up with the same centre."""

from __future__ import annotations

import os
import random
import uuid
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.log.receive import Fork, receive
from resource_centre.log.shape import digest
from resource_centre.log.voiding import void
from resource_centre.log.writing import take_numbers
from resource_centre.records import (
    Address,
    Change,
    Conflict,
    Erasure,
    Participation,
    Person,
    Response,
    TrainingEvent,
    new_id,
)
from resource_centre.records.change import ERASE

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "6"))
DAY_MS = 86_400_000
EVENT = new_id()

DESKS = st.integers(0, 2)
STEP = st.one_of(
    st.tuples(st.just("register"), DESKS, st.sampled_from(["Sumiati", "Rohani", "Baiq"])),
    st.tuples(st.just("rename"), DESKS, st.integers(0, 5), st.sampled_from(["Sri", "Ayu", "Dewi"])),
    st.tuples(st.just("answer"), DESKS, st.integers(0, 5), st.sampled_from(["1984", "1990-05", None])),
    st.tuples(st.just("reason"), DESKS, st.integers(0, 5), st.sampled_from(["refused", "unknown", None])),
    st.tuples(st.just("move"), DESKS, st.integers(0, 5), st.sampled_from(["52.03.01.2001", "52.03.02.2001"])),
    st.tuples(st.just("attend"), DESKS, st.integers(0, 5), st.sampled_from(["HH", "HA", "TA"])),
    st.tuples(st.just("ask"), DESKS, st.integers(0, 5), st.sampled_from(["q1", "group/q2"]), st.sampled_from("ab?-")),
    st.tuples(st.just("void"), DESKS, st.integers(0, 5)),
    st.tuples(st.just("erase"), DESKS, st.integers(0, 5)),
    st.tuples(st.just("carry"), DESKS, DESKS, st.floats(0.3, 1.0)),
    st.tuples(st.just("carry"), DESKS, DESKS, st.just(1.0)),
    st.tuples(st.just("clock"), DESKS, st.integers(-11 * 365, 70 * 365)),
)


def erase(desk: Any, row_id: str, tbl: str) -> None:
    """The entry that an erasure is; the program will write it through a form of its own."""
    with desk.open() as session:
        site, seq = take_numbers(session, 1)
        entry = {"site": site, "seq": seq, "wall_ms": desk.clock, "actor": None, "tbl": tbl, "row_id": row_id}
        rest = {"kind": ERASE, "schema_no": 1, "body": "{}", "digest": digest(site, seq, tbl, row_id, "{}")}
        receive(session, [entry | rest])


class Village:
    """Three laptops and what may happen to them."""

    def __init__(self, new_desk: Any, seed: int) -> None:
        self.desks = [new_desk(letter) for letter in "ABC"]
        self.chance = random.Random(seed)

    def step(self, what: str, place: int, *rest: Any) -> None:
        getattr(self, what)(self.desks[place], *rest)
        with self.desks[place].engine.connect() as connection:
            assert list(doctor.examine(connection)) == []

    def register(self, desk: Any, name: str) -> None:
        with desk.open() as session:
            session.add(Person(full_name=name))

    def rename(self, desk: Any, which: int, name: str) -> None:
        self.write(desk, which, "full_name", name)

    def answer(self, desk: Any, which: int, born: str | None) -> None:
        self.write(desk, which, "birth_date", born)

    def reason(self, desk: Any, which: int, reason: str | None) -> None:
        self.write(desk, which, "unanswered", {"birth_date": reason} if reason else {})

    def write(self, desk: Any, which: int, name: str, value: Any) -> None:
        with desk.open() as session:
            person = self.pick(session, which)
            if person is None:
                return
            setattr(person, name, value)
            session.commit()
            session.expire_all()
            row_id = person.id
            assert getattr(person, name) == value
        # Also after folding anew: one's own write stands, whatever the clock says.
        with desk.open() as session:
            from resource_centre.log.receive import refold

            refold(session, [("person", row_id)])
            session.expire_all()
            assert getattr(session.get(Person, row_id), name) == value

    def move(self, desk: Any, which: int, village: str) -> None:
        with desk.open() as session:
            person = self.pick(session, which)
            if person is not None:
                session.add(Address(person_id=person.id, village_code=village))

    def attend(self, desk: Any, which: int, days: str) -> None:
        with desk.open() as session:
            person = self.pick(session, which)
            if person is None:
                return
            natural = str(uuid.uuid5(uuid.UUID(EVENT), person.id))
            line = session.get(Participation, natural)
            if line is None:
                session.add(Participation(id=natural, event_id=EVENT, person_id=person.id, days=days))
            else:
                line.days = days

    def ask(self, desk: Any, which: int, question: str, answer: str) -> None:
        """One answer of one response that every desk knows by the same id; "?" is refused, "-" taken back."""
        with desk.open() as session:
            person = self.pick(session, which)
            if person is None:
                return
            natural = str(uuid.uuid5(uuid.UUID(EVENT), f"asked {person.id}"))
            told = session.get(Response, natural)
            if told is None:
                told = Response(id=natural, version_id=EVENT, person_id=person.id, answers={})
                session.add(told)
            told.answers = {**told.answers, question: answer}
            if answer in "?-":
                told.answers = {place: said for place, said in told.answers.items() if place != question}
            reasons = {place: why for place, why in told.unanswered.items() if place != f"answers.{question}"}
            told.unanswered = reasons | ({f"answers.{question}": "refused"} if answer == "?" else {})

    def void(self, desk: Any, which: int) -> None:
        with desk.open() as session:
            person = self.pick(session, which)
            if person is not None:
                void(session, person, "entered twice")

    def erase(self, desk: Any, which: int) -> None:
        with desk.open() as session:
            person = self.pick(session, which)
            row_id = person.id if person else None
        if row_id:
            erase(desk, row_id, "person")

    def carry(self, desk: Any, to: int, share: float) -> None:
        entries = desk.entries()
        some = self.chance.sample(entries, int(len(entries) * share))
        self.desks[to].take_in(some + some[:3], self.chance)
        with self.desks[to].engine.connect() as connection:
            assert list(doctor.examine(connection)) == []

    def clock(self, desk: Any, days: int) -> None:
        desk.clock = 1_700_000_000_000 + days * DAY_MS

    def pick(self, session: Any, which: int) -> Person | None:
        people = session.scalars(sa.select(Person).order_by(Person.id)).all()
        return people[which % len(people)] if people else None

    def everybody_tells_everybody(self, new_desk: Any) -> None:
        self.desks.append(new_desk("D"))
        for _round in range(2):
            for desk in self.desks:
                for other in self.desks:
                    other.take_in(desk.entries(), self.chance)


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEP, min_size=5, max_size=40), st.integers(0, 1_000_000))
def test_laptops_agree_after_telling_each_other_everything(new_desk, steps, seed):
    village = Village(new_desk, seed)
    for step in steps:
        village.step(*step)
    village.everybody_tells_everybody(new_desk)
    first, *others = [desk.everything() for desk in village.desks]
    assert all(other == first for other in others)
    logs = [sorted((e["site"], e["seq"], e["body"]) for e in desk.entries()) for desk in village.desks]
    assert all(log == logs[0] for log in logs)
    for desk in village.desks:
        with desk.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []


@pytest.fixture
def two(new_desk):
    return new_desk("A"), new_desk("B")


def registered(desk: Any, name: str = "Sumiati") -> str:
    with desk.open() as session:
        person = Person(full_name=name, sex="P", registered_on=date(2026, 10, 5))
        session.add(person)
        session.commit()
        return person.id


def test_the_same_file_twice_changes_nothing(two):
    here, there = two
    registered(here)
    assert there.take_in(here.entries() * 2) == 1
    assert there.take_in(here.entries()) == 0


def test_an_edit_may_arrive_before_the_registration(two):
    here, there = two
    person_id = registered(here)
    with here.open() as session:
        session.add(Address(id=(address := new_id()), person_id=person_id, village_code="52.03.01.2001"))
        session.commit()
        session.get(Address, address).hamlet = "Dasan Baru"
    first_save, edit = [e for e in here.entries() if e["row_id"] == address]
    there.take_in([edit])
    with there.open() as session:
        assert session.get(Address, address) is None
        assert list(doctor.examine(session.connection())) == []
    there.take_in([first_save])
    with there.open() as session:
        assert session.get(Address, address).hamlet == "Dasan Baru"


def test_a_changed_entry_under_a_known_name_is_refused_and_nothing_is_taken_in(two):
    here, there = two
    registered(here)
    there.take_in(here.entries())
    registered(here, "Rohani")
    forged = [dict(entry) for entry in here.entries()]
    forged[0] |= {"body": '{"sex":["L",1,[]]}', "digest": "0" * 64}
    with pytest.raises(Fork):
        there.take_in(forged)
    with there.open() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_an_entry_that_does_not_match_its_digest_is_refused(two):
    here, there = two
    registered(here)
    (entry,) = here.entries()
    with pytest.raises(Fork):
        there.take_in([entry | {"body": entry["body"].replace("Sumiati", "Rohani")}])


def test_two_desks_editing_one_field_leave_the_loser_to_be_settled(two):
    here, there = two
    person_id = registered(here)
    there.take_in(here.entries())
    for desk, phone in ((here, "+62811"), (there, "+62822")):
        with desk.open() as session:
            session.get(Person, person_id).safe_phone = phone
    here.take_in(there.entries())
    there.take_in(here.entries())
    assert here.everything() == there.everything()
    with here.open() as session:
        (lost,) = session.scalars(sa.select(Conflict))
        kept = session.get(Person, person_id).safe_phone
        assert (lost.field, {lost.value, kept}) == ("safe_phone", {"+62811", "+62822"})
        session.get(Person, person_id).safe_phone = "+62833"
        session.commit()
        assert session.scalars(sa.select(Conflict)).all() == []
    there.take_in(here.entries())
    with there.open() as session:
        assert session.get(Person, person_id).safe_phone == "+62833"
        assert session.scalars(sa.select(Conflict)).all() == []


def test_marking_as_not_valid_and_editing_at_once_brings_nothing_back(two):
    here, there = two
    person_id = registered(here)
    there.take_in(here.entries())
    with here.open() as session:
        void(session, session.get(Person, person_id), "entered twice")
    with there.open() as session:
        session.get(Person, person_id).full_name = "Sumiati Hasan"
    here.take_in(there.entries())
    with here.open() as session:
        person = session.get(Person, person_id)
        assert (person.voided, person.full_name) == (True, "Sumiati Hasan")


def test_two_desks_writing_one_attendance_write_one_line(two):
    here, there = two
    person_id = registered(here)
    with here.open() as session:
        session.add(TrainingEvent(id=EVENT, starts_on=date(2026, 11, 3)))
    there.take_in(here.entries())
    natural = str(uuid.uuid5(uuid.UUID(EVENT), person_id))
    for desk, days in ((here, "HH"), (there, "HA")):
        with desk.open() as session:
            session.add(Participation(id=natural, event_id=EVENT, person_id=person_id, days=days))
    here.take_in(there.entries())
    there.take_in(here.entries())
    assert here.everything() == there.everything()
    with here.open() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Participation)) == 1
        assert session.scalars(sa.select(Conflict.field)).all() == ["days"]


def test_an_erased_person_leaves_no_word_anywhere(two):
    here, there = two
    person_id = registered(here, "Sumiati")
    there.take_in(here.entries())
    with there.open() as session:
        session.get(Person, person_id).full_name = "Sumiati Hasan"
    erase(here, person_id, "person")
    here.take_in(there.entries())
    there.take_in(here.entries())
    for desk in (here, there):
        assert not [entry for entry in desk.entries() if "Sumiati" in entry["body"]]
        with desk.open() as session:
            assert session.get(Person, person_id) is None
            assert session.scalars(sa.select(Erasure.row_id)).all() == [person_id]
            session.add(Person(id=person_id, full_name="Sumiati"))
            with pytest.raises(Refused, match="not_found"):
                session.flush()
            session.rollback()


def test_a_third_laptop_takes_in_blanked_entries(two, new_desk):
    here, _there = two
    person_id = registered(here)
    erase(here, person_id, "person")
    third = new_desk("C")
    assert third.take_in(here.entries()) == 2
    assert third.everything() == here.everything()
    with third.open() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Change)) == 2


def test_two_laptops_may_ask_on_with_the_same_questionnaire(new_desk):
    village, centre = new_desk("A"), new_desk("B")
    with village.open() as session:
        session.add(Response(id=EVENT, version_id=EVENT, answers={"work": "yes", "debt": "no"}))
    centre.take_in(village.entries())
    with village.open() as session:
        told = session.get(Response, EVENT)
        told.answers = {**told.answers, "home/roof": "good", "debt": "yes"}
    with centre.open() as session:
        told = session.get(Response, EVENT)
        told.answers = {"work": "yes", "debt": "much", "home/food": "never"}
        told.unanswered = {"answers.health": "refused"}
    village.take_in(centre.entries())
    centre.take_in(village.entries())
    assert village.everything() == centre.everything()
    with centre.open() as session:
        told = session.get(Response, EVENT)
        assert told.answers.keys() == {"work", "debt", "home/roof", "home/food"}
        assert told.unanswered == {"answers.health": "refused"}
        lost = session.scalars(sa.select(Conflict)).all()
        assert [one.field for one in lost] == ["answers.debt"]


def test_only_the_answers_that_changed_are_logged(new_desk):
    desk = new_desk("A")
    with desk.open() as session:
        session.add(Response(id=EVENT, version_id=EVENT, answers={"work": "yes", "debt": "no"}))
    with desk.open() as session:
        told = session.get(Response, EVENT)
        session.expire(told)
        told.answers = {"work": "yes"}
    with desk.open() as session:
        bodies = session.scalars(sa.select(Change.body).order_by(Change.seq)).all()
    assert '"answers.debt":[null,2' in bodies[1]
    assert "work" not in bodies[1]
