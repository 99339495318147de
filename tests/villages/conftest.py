"""A centre and its laptops, each a real encrypted file (or a PostgreSQL database), that exchange bundles in a test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.engine import WRITES, sqlite_engine
from db.first_day import session_factory
from resource_centre.access import COLLECTOR, COORDINATOR, Viewer
from resource_centre.exchange import incoming, outgoing
from resource_centre.exchange.identity import ROLE, SITE, own_sites, remember
from resource_centre.exchange.scope import CENTRE, LAPTOP, rows_in, scope_of, withheld
from resource_centre.log import doctor, guard
from resource_centre.log.erasing import is_blank
from resource_centre.log.shape import logged_records
from resource_centre.log.voiding import void
from resource_centre.records import Address, Change, Conflict, Erasure, LocalSetting, Person, RowScope, Site, new_id
from resource_centre.records.base import table_of
from resource_centre.records.change import PUT
from resource_centre.records.exchange import Bundle, Peer, PersonLink
from resource_centre.services.erasing import erase_person
from resource_centre.services.person_links import link_id

NOON = 1_790_000_000_000
"""Milliseconds since 1970 at which every clock of a test begins."""


@dataclass
class Place:
    """One installation; `clock` is what it believes the time to be, in milliseconds."""

    name: str
    site: str
    engine: sa.Engine
    viewer: Viewer
    file: Path | None = None
    clock: int = NOON

    @contextmanager
    def open(self) -> Iterator[Session]:
        """A session that saves at the end."""
        now = lambda: self.clock  # noqa: E731
        with (
            patch("resource_centre.log.writing.wall_ms", now),
            patch("resource_centre.exchange.incoming.wall_ms", now),
            session_factory(self.viewer, self.site)(bind=self.engine.execution_options(**WRITES)) as session,
        ):
            yield session
            session.commit()

    def meet(self, other: Place, role: str, villages: list[str] | None = None) -> None:
        """From now on this one exchanges with `other`, as what the six words have confirmed."""
        with self.open() as session:
            session.add(
                Peer(
                    site=other.site, name=other.name, role=role, villages=villages, sign_key="", age_key="",
                    paired_ms=NOON, confirmed_ms=NOON, confidential=False, last_sent=0, last_received=0, known_no=0,
                    heard_to=0, known={}, formerly=[],
                )
            )  # fmt: skip

    def pack(self, other: Place) -> Message:
        """What `other` is to be told now, as a bundle that can be lost, copied and brought in any order."""
        with self.open() as session:
            peer = session.get_one(Peer, other.site)
            connection = session.connection()
            parcel = outgoing.parcel_for(connection, peer)
            changes = list(outgoing.changes_of(connection, peer, parcel.dots))
            files = list(outgoing.files_of(connection, peer, parcel.dots))
            peer.last_sent += 1
            number, name = peer.last_sent, new_id()
            contents, dropped = parcel.contents.to_json(), [list(row) for row in parcel.drops]
            session.add(
                Bundle(
                    id=name, site=other.site, direction=outgoing.OUT, link_no=number, part=1, parts=1, at_ms=self.clock,
                    changes=len(changes), new_changes=0, digest=name, contents=contents, dropped=dropped,
                )
            )  # fmt: skip
        return incoming.Message(
            id=name, link_no=number, part=1, parts=1, made_ms=self.clock, digest=name, heard=parcel.heard,
            heard_to=parcel.heard_to, held=parcel.held, changes=lambda: iter(changes), drops=parcel.drops,
            files=lambda: iter(files),
        )  # fmt: skip

    def unpack(self, other: Place, message: Message) -> incoming.Receipt:
        """Take in what `other` packed."""
        with self.open() as session:
            return incoming.take_in(session, session.get_one(Peer, other.site), message)

    def close(self) -> None:
        """Let go of the file and remove it: models make thousands."""
        self.engine.dispose()
        if self.file:
            shutil.rmtree(self.file.parent)

    def entries(self) -> dict[tuple[str, int], str]:
        """The log: table and record of each entry."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(Change.site, Change.seq, Change.tbl, Change.row_id))
            return {(site, seq): f"{tbl} {row_id}" for site, seq, tbl, row_id in rows}

    def bodies(self) -> list[tuple[str, str]]:
        """Of each entry that is no erasure, the record and what it says of it."""
        with self.engine.connect() as connection:
            wanted = sa.select(Change.row_id, Change.body).where(Change.kind == PUT)
            return [(row_id, body) for row_id, body in connection.execute(wanted)]

    def authored(self) -> set[tuple[str, int]]:
        """Every entry this installation wrote, also those it has given back."""
        with self.engine.connect() as connection:
            wanted = sa.select(Site.id, Site.last_seq).where(Site.id.in_(own_sites(connection)))
            return {(site, seq) for site, last in connection.execute(wanted) for seq in range(1, last + 1)}

    def table(self, name: str) -> dict[str, dict[str, Any]]:
        """The rows of a table by id, without what is this installation's own."""
        table = table_of(logged_records()[name])
        columns = [column for column in table.c if column.name != "version"]
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(*columns)).mappings()
            return {str(row["id"]): dict(row) for row in rows}

    def conflicts(self, besides: frozenset[str] = frozenset()) -> set[tuple[str, str, str, int]]:
        """Record, field, site and number of every value that lost, but for those of the fields `besides`."""
        table = table_of(Conflict)
        with self.engine.connect() as connection:
            rows = connection.execute(
                sa.select(table.c.row_id, table.c.field, table.c.site, table.c.seq, table.c.value)
            )
            # Under "voided" stand the fields of an edit that who voided had not seen.
            told = [row for row in rows if row[1] != "voided" or not isinstance(row[4], list) or set(row[4]) - besides]
            return {(row[0], row[1], row[2], row[3]) for row in told if row[1] not in besides}

    def erased(self) -> set[str]:
        """The records that are gone for ever."""
        with self.engine.connect() as connection:
            return set(connection.scalars(sa.select(Erasure.row_id)))

    def given_back(self) -> set[str]:
        """The records the centre said are not in this laptop's villages."""
        with self.engine.connect() as connection:
            return set(connection.scalars(sa.select(RowScope.row_id).where(RowScope.inside.is_(sa.false()))))

    def is_whole(self) -> bool:
        """Whether the tables are what the log says."""
        with self.engine.connect() as connection:
            return list(doctor.examine(connection)) == []


Message = incoming.Message
NewPlace = Callable[..., Place]


@pytest.fixture(scope="session")
def filled_tables(master_centre: Path) -> tuple[Path, bytes, str]:
    """The encrypted file of a new centre, its key, and the id of its coordinator: what every place is a copy of."""
    from db.door import unlock

    door = unlock(master_centre, login="ibu.ratna", passphrase="kopi hangat di pagi hari")
    door.leave()
    from db import folder

    return master_centre / folder.DATABASE, door.unlocked.key, door.unlocked.account


@pytest.fixture(scope="session")
def new_place(
    filled_tables: tuple[Path, bytes, str], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[NewPlace]:
    """Makes installations of one centre: ``new_place("centre")``, ``new_place("laptop", LAPTOP, [village])``; with
    ``server=True`` on PostgreSQL."""
    made: list[sa.Engine] = []
    letters = itertools.cycle("ABCDEFGH")
    source, key, account = filled_tables

    def make(name: str, role: str = CENTRE, villages: list[str] | None = None, *, server: bool = False) -> Place:
        letter, file = next(letters), None
        if server:
            engine = request.getfixturevalue("new_server_tables")()
        else:
            file = tmp_path_factory.mktemp(name) / "centre.db"
            shutil.copyfile(source, file)
            engine = sqlite_engine(file, key)
        made.append(engine)
        return _begin(engine, name, letter, role, villages, account, file)

    yield make
    for engine in made:
        engine.dispose()


def _begin(
    engine: sa.Engine, name: str, letter: str, role: str, villages: list[str] | None, account: str, file: Path | None
) -> Place:
    """Make a copy of the centre an installation of its own."""
    site = letter * 13
    with engine.execution_options(**WRITES).begin() as connection:
        connection.execute(sa.insert(Site).values(id=site, device=f"{letter}1", last_seq=0))
        connection.execute(sa.update(LocalSetting).where(LocalSetting.name == SITE).values(value=site))
        remember(connection, ROLE, role)
    guard.watch(engine)
    viewer = Viewer(account, COORDINATOR) if role != LAPTOP else Viewer(new_id(), COLLECTOR, frozenset(villages or ()))
    return Place(name, site, engine, viewer, file)


HOME_VILLAGES = ["52.03.01.2001", "52.03.02.2001"]
DAY_MS = 86_400_000
THE_MASTERS = ("account", "centre_profile")
"""What a file and a database on a server were copied with: each from a master of its own."""


class Country:
    """A centre, two laptops, and the bundles that lie about; some are never brought, some several times."""

    def __init__(self, new_place: Any, *, server: bool = False) -> None:
        self.centre = new_place("centre", server=server)
        self.laptops = [new_place(f"laptop{at}", LAPTOP, HOME_VILLAGES[at : at + 1]) for at in (0, 1)]
        self.places = [self.centre, *self.laptops]
        self.bundles: list[tuple[Any, Any, Any]] = []
        for at, laptop in enumerate(self.laptops):
            self.centre.meet(laptop, LAPTOP, HOME_VILLAGES[at : at + 1])
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
                if name in THE_MASTERS:
                    continue
                kept = withheld(logged_records()[name], COLLECTOR)
                ours = {i: {k: v for k, v in row.items() if k not in kept} for i, row in laptop.table(name).items()}
                assert ours == rows, name
            hidden = logged_records().keys() - wanted.keys()
            assert not any(laptop.table(name) for name in hidden)
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


@pytest.fixture(scope="session")
def new_country(new_place: NewPlace) -> Callable[..., Country]:
    """Makes a centre with two laptops that know each other; with ``server=True`` the centre is on PostgreSQL."""
    return lambda **how: Country(new_place, **how)
