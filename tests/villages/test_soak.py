"""Many laptops, many sticks: lost, brought twice, brought in any order; in the end everybody has what is theirs.

Everything is real: folders on the disk, files on sticks. With CENTRE_EXAMPLES it is 200 bundles among 20 laptops, which
takes two minutes of a core; every day it is a few.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.centre import Centre
from db.exchange import pairing
from db.exchange.joining import join_centre
from db.exchange.receiving import Arrived, receive
from db.exchange.sending import send
from db.keys import Stretch
from resource_centre.access import COLLECTOR
from resource_centre.exchange.identity import own_site
from resource_centre.exchange.scope import rows_in, scope_of, withheld
from resource_centre.log import doctor
from resource_centre.log.shape import logged_records
from resource_centre.records import Account, Address, Person, new_id
from resource_centre.records.base import table_of
from resource_centre.records.exchange import Peer

VILLAGES = [f"52.03.0{place}.200{number}" for place in range(1, 5) for number in range(1, 4)]
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)
LAPTOPS, BUNDLES = (20, 200) if "CENTRE_EXAMPLES" in os.environ else (3, 18)
SEED = 20261122
LOST, TWICE = 0.25, 0.2


@dataclass
class Village:
    """A laptop with its villages."""

    site: str
    centre: Centre
    villages: list[str]


@dataclass
class District:
    """A centre, its laptops, and the bundles that are under way as (who it is for, file)."""

    office: Centre
    sticks: Path
    chance: random.Random
    villages: list[Village] = field(default_factory=list)
    under_way: list[tuple[Village | None, Path]] = field(default_factory=list)
    sent: int = 0
    lost: int = 0
    again: int = 0
    people: int = 0

    def add(self, number: int, folder: Path) -> None:
        """A new laptop, for one to three villages."""
        account_id, login = new_id(), f"laptop{number:02}"
        mine = self.chance.sample(VILLAGES, self.chance.randint(1, 3))
        with self.office.change() as session:
            session.add(Account(id=account_id, login=login, name=login, role=COLLECTOR, villages=mine))
            session.flush()
            card = pairing.invite(session, pairing.Invited(login, account_id=account_id))
        joined = join_centre(folder, card, PASSPHRASE, CHEAP)
        with joined.centre.change() as session:
            pairing.confirm(session, joined.site)
            site = own_site(session.connection())
        with self.office.change() as session:
            pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)
        self.villages.append(Village(site, joined.centre, mine))

    def work(self) -> None:
        """Somebody writes something, somewhere."""
        village = self.chance.choice([None, *self.villages])
        desk = self.office if village is None else village.centre
        with desk.change() as session:
            people = session.scalars(sa.select(Person).order_by(Person.id)).all()
            if people and self.chance.random() < 0.5:
                person = self.chance.choice(people)
                person.alias = f"Alias {self.chance.randrange(1000)}"
                if village is None and self.chance.random() < 0.3:
                    move(session, person.id, self.chance.choice(VILLAGES))
                return
            self.people += 1
            person = Person(full_name=f"Orang {self.people}")
            session.add(person)
            session.flush()
            where = self.chance.choice(VILLAGES if village is None else village.villages)
            session.add(Address(person_id=person.id, village_code=where))

    def send(self, village: Village, *, to_office: bool) -> None:
        """A stick is written; it may be lost, or its bundle copied."""
        sender, site = (village.centre, self.office_site) if to_office else (self.office, village.site)
        for one in send(sender, site, self.sticks):
            self.sent += 1
            if self.chance.random() < LOST:
                self.lost += 1
                one.path.unlink()
                continue
            taker = None if to_office else village
            self.under_way += [(taker, one.path)] * (2 if self.chance.random() < TWICE else 1)

    def bring(self) -> Arrived | None:
        """Some stick arrives, not the one that was written first."""
        if not self.under_way:
            return None
        taker, path = self.under_way.pop(self.chance.randrange(len(self.under_way)))
        arrived = receive(self.office if taker is None else taker.centre, path)
        self.again += arrived.receipt.again
        return arrived

    @property
    def office_site(self) -> str:
        with self.office.read() as session:
            return own_site(session.connection())

    def settle(self) -> None:
        """Whatever lies about is brought, then everybody meets once more, there and back, until nothing is new."""
        while self.under_way:
            self.bring()
        for _round in range(2):
            for village in self.villages:
                for one in send(village.centre, self.office_site, self.sticks):
                    receive(self.office, one.path)
            for village in self.villages:
                for one in send(self.office, village.site, self.sticks):
                    receive(village.centre, one.path)


def move(session: Any, person_id: str, village: str) -> None:
    for address in session.scalars(sa.select(Address).where(Address.person_id == person_id)):
        address.village_code = village


def table(centre: Centre, name: str, without: frozenset[str]) -> dict[str, dict[str, Any]]:
    """The rows of a table by id, without what is each installation's own and what is kept back."""
    found = table_of(logged_records()[name])
    columns = [column for column in found.c if column.name != "version" and column.name not in without]
    with centre.engine.connect() as connection:
        rows = connection.execute(sa.select(*columns)).mappings()
        return {str(row["id"]): dict(row) for row in rows}


def is_whole(centre: Centre) -> bool:
    with centre.engine.connect() as connection:
        return list(doctor.examine(connection)) == []


def holds_what_it_may(office: Centre, village: Village) -> bool:
    """Whether the laptop's tables are the part of the centre's that is its own, no row more and none less."""
    with office.read() as session:
        scope = scope_of(session.get_one(Peer, village.site))
        rows = rows_in(session.connection(), scope)
    for name, record in logged_records().items():
        without = frozenset(withheld(record, scope.role))
        held = rows.get(name, frozenset())
        wanted = {i: row for i, row in table(office, name, without).items() if held is None or i in held}
        if table(village.centre, name, without) != wanted:
            return False
    return True


@pytest.fixture
def district(centre, tmp_path):
    (tmp_path / "sticks").mkdir()
    district = District(centre, tmp_path / "sticks", random.Random(SEED))
    for number in range(LAPTOPS):
        district.add(number, tmp_path / f"laptop{number:02}")
    yield district
    for village in district.villages:
        village.centre.close()


@pytest.mark.models
def test_sticks_are_lost_copied_and_mixed_up_and_everybody_has_what_is_theirs_in_the_end(district):
    while district.sent < BUNDLES:
        for _save in range(district.chance.randint(1, 4)):
            district.work()
        district.send(district.chance.choice(district.villages), to_office=district.chance.random() < 0.6)
        if district.chance.random() < 0.7:
            district.bring()
    assert district.lost > 0
    district.settle()
    assert district.again > 0
    assert is_whole(district.office)
    assert len(table(district.office, "person", frozenset())) == district.people
    for village in district.villages:
        assert is_whole(village.centre)
        assert holds_what_it_may(district.office, village)
        [news] = send(village.centre, district.office_site, district.sticks)
        assert news.changes == 0, "the centre said that it holds everything"
