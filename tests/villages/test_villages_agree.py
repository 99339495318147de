"""Village laptops and their centre, whatever is lost, repeated or late: in the end each holds what it may, and all."""

from __future__ import annotations

import os
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from resource_centre.access import COLLECTOR
from resource_centre.exchange.scope import CENTRE, LAPTOP, rows_in, scope_of, withheld
from resource_centre.log.erasing import is_blank
from resource_centre.log.shape import logged_records
from resource_centre.log.voiding import void
from resource_centre.records import Address, Person
from resource_centre.records.exchange import Peer, PersonLink
from resource_centre.services.erasing import erase_person
from resource_centre.services.person_links import link_id

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "8"))
VILLAGES = ["52.03.01.2001", "52.03.02.2001"]
DAY_MS = 86_400_000

WHO = st.integers(0, 2)
LAPTOPS = st.integers(1, 2)
STEP = st.one_of(
    st.tuples(st.just("register"), WHO, st.sampled_from(VILLAGES), st.sampled_from(["Sumiati", "Rohani"])),
    st.tuples(st.just("rename"), WHO, st.integers(0, 5), st.sampled_from(["Sri", "Ayu", "Dewi"])),
    st.tuples(st.just("remark"), WHO, st.integers(0, 5), st.sampled_from(["di ladang", "di kota"])),
    st.tuples(st.just("move"), st.just(0), st.integers(0, 5), st.sampled_from(VILLAGES)),
    st.tuples(st.just("void"), WHO, st.integers(0, 5)),
    st.tuples(st.just("link"), st.integers(0, 5), st.integers(0, 5), st.sampled_from(["same", "same", "different"])),
    st.tuples(st.just("part"), st.integers(0, 5)),
    st.tuples(st.just("erase"), st.integers(0, 5)),
    st.tuples(st.just("clock"), WHO, st.integers(-4000, 20000)),
    st.tuples(st.just("up"), LAPTOPS),
    st.tuples(st.just("down"), LAPTOPS),
    st.tuples(st.just("bring"), st.integers(0, 9)),
    st.tuples(st.just("rescope"), LAPTOPS, st.sampled_from([VILLAGES[:1], VILLAGES[1:], VILLAGES])),
    st.tuples(st.just("round"), LAPTOPS),
)


class Country:
    """A centre, two laptops, and the bundles that lie about; some are never brought, some several times."""

    def __init__(self, new_place: Any) -> None:
        self.centre = new_place("centre")
        self.laptops = [new_place(f"laptop{at}", LAPTOP, VILLAGES[at : at + 1]) for at in (0, 1)]
        self.places = [self.centre, *self.laptops]
        self.bundles: list[tuple[Any, Any, Any]] = []
        for at, laptop in enumerate(self.laptops):
            self.centre.meet(laptop, LAPTOP, VILLAGES[at : at + 1])
            laptop.meet(self.centre, CENTRE)

    def step(self, what: str, *rest: Any) -> None:
        getattr(self, what)(*rest)

    def register(self, who: int, village: str, name: str) -> None:
        place = self.places[who]
        if place.viewer.bound is not None and village not in place.viewer.bound:
            return
        with place.open() as session:
            person = Person(full_name=name)
            session.add(person)
            session.flush()
            session.add(Address(person_id=person.id, village_code=village))

    def rename(self, who: int, which: int, name: str) -> None:
        with self.places[who].open() as session:
            if (person := pick(session, which)) is not None:
                person.full_name = name

    def remark(self, who: int, which: int, words: str) -> None:
        with self.places[who].open() as session:
            if (person := pick(session, which)) is not None:
                person.remarks = words

    def move(self, who: int, which: int, village: str) -> None:
        with self.places[who].open() as session:
            if (person := pick(session, which)) is not None:
                for address in session.scalars(sa.select(Address).where(Address.person_id == person.id)):
                    address.village_code = village

    def void(self, who: int, which: int) -> None:
        with self.places[who].open() as session:
            if (person := pick(session, which)) is not None:
                void(session, person, "entered twice")

    def link(self, which: int, other: int, verdict: str) -> None:
        with self.centre.open() as session:
            here, there = pick(session, which), pick(session, other)
            if here is None or there is None or here is there:
                return
            low, high = sorted((here.id, there.id))
            link = session.get(PersonLink, link_id(low, high))
            if link is None:
                link = PersonLink(id=link_id(low, high), a_id=low, b_id=high)
                session.add(link)
            link.verdict, link.voided = verdict, False

    def part(self, which: int) -> None:
        with self.centre.open() as session:
            links = session.scalars(sa.select(PersonLink).order_by(PersonLink.id)).all()
            if links:
                void(session, links[which % len(links)], "undone")

    def erase(self, which: int) -> None:
        with self.centre.open() as session:
            if (person := pick(session, which)) is not None:
                erase_person(session, person.id, "asked_for")

    def clock(self, who: int, days: int) -> None:
        self.places[who].clock += days * DAY_MS

    def up(self, which: int) -> None:
        laptop = self.places[which]
        self.bundles.append((laptop, self.centre, laptop.pack(self.centre)))

    def down(self, which: int) -> None:
        laptop = self.places[which]
        self.bundles.append((self.centre, laptop, self.centre.pack(laptop)))

    def bring(self, which: int) -> None:
        if self.bundles:
            giver, taker, message = self.bundles[which % len(self.bundles)]
            taker.unpack(giver, message)
            assert taker.is_whole()

    def rescope(self, which: int, villages: list[str]) -> None:
        laptop = self.places[which]
        with self.centre.open() as session:
            session.get_one(Peer, laptop.site).villages = villages

    def round(self, which: int) -> None:
        laptop = self.places[which]
        self.centre.unpack(laptop, laptop.pack(self.centre))
        laptop.unpack(self.centre, self.centre.pack(laptop))

    def settle_down(self) -> None:
        """Everything that still lies about is brought, then everybody meets until nothing is left to say."""
        for giver, taker, message in reversed(self.bundles):
            taker.unpack(giver, message)
        for _round in range(3):
            for which in (1, 2):
                self.round(which)

    def everybody_holds_what_they_may(self) -> None:
        """The laptops exactly what is in their villages, the centre whatever anybody ever wrote."""
        here = self.centre.entries()
        for laptop in self.laptops:
            assert laptop.authored() <= here.keys()
            wanted = what_it_may_hold(self.centre, laptop)
            for name, rows in wanted.items():
                kept = withheld(logged_records()[name], COLLECTOR)
                ours = {i: {k: v for k, v in row.items() if k not in kept} for i, row in laptop.table(name).items()}
                assert ours == rows, name
            assert not any(laptop.table(name) for name in logged_records().keys() - wanted.keys())
            held = {row for rows in wanted.values() for row in rows}
            kept = withheld(Person, COLLECTOR)
            assert laptop.conflicts(kept) == {one for one in self.centre.conflicts(kept) if one[0] in held}
        assert all(place.is_whole() for place in self.places)
        self.nothing_is_left_of_the_erased()

    def nothing_is_left_of_the_erased(self) -> None:
        """Neither in tables nor in lists nor in the log, whatever was written on and brought in later."""
        gone = self.centre.erased()
        for place in self.places:
            assert place.erased() <= gone
            assert {row_id for row_id, text in place.bodies() if row_id in gone and not is_blank(text)} == set()
            assert not {row for row, *_value in place.conflicts()} & gone
            assert not any(place.table(name).keys() & gone for name in logged_records())

    def close(self) -> None:
        for place in self.places:
            place.close()


def pick(session: Session, which: int) -> Person | None:
    people = session.scalars(sa.select(Person).order_by(Person.id)).all()
    return people[which % len(people)] if people else None


def what_it_may_hold(centre: Any, laptop: Any) -> dict[str, dict[str, Any]]:
    """The tables of a laptop as the centre's say they must be."""
    with centre.open() as session:
        scope = scope_of(session.get_one(Peer, laptop.site))
        rows = rows_in(session.connection(), scope)
    found = {}
    for name, held in rows.items():
        kept = withheld(logged_records()[name], scope.role)
        table = centre.table(name)
        found[name] = {i: {k: v for k, v in row.items() if k not in kept} for i, row in table.items() if i in held}
    return found


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEP, min_size=5, max_size=30))
def test_in_the_end_every_laptop_holds_what_it_may_and_the_centre_everything(new_place, steps):
    country = Country(new_place)
    try:
        for step in steps:
            country.step(*step)
        country.settle_down()
        country.everybody_holds_what_they_may()
    finally:
        country.close()
