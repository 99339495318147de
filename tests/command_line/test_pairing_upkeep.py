# SPDX-License-Identifier: Apache-2.0
"""What comes after the pairing, from a terminal: other villages, a withdrawn card, a copied laptop, new keys."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.centre import AccountAnswers, open_centre
from db.exchange import own_keys, pairing, recovery
from db.exchange.joining import join_centre
from db.keys import Stretch
from resource_centre.access import COLLECTOR, COUNSELLOR
from resource_centre.records import Account, Address, Person, new_id
from resource_centre.records.exchange import Peer
from ui.cli.main import main

VILLAGE, OTHER = "52.03.01.2001", "52.03.02.2001"
LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"
AMIN, HIS = "pak.amin", "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


class Terminal:
    """Calls commands on a folder; `said` and `complained` are what the last one printed."""

    def __init__(self, capsys, monkeypatch, folder: Path, login: str, passphrase: str) -> None:
        self.folder, self.login, self.passphrase = folder, login, passphrase
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.said = self.complained = ""

    def call(self, *words: object) -> int:
        self._monkeypatch.setenv("RESOURCE_CENTRE_PASSPHRASE", self.passphrase)
        self._capsys.readouterr()
        here = ("--centre", str(self.folder), "--login", self.login, "--language", "en")
        code = main([*map(str, words), *here])
        self.said, self.complained = self._capsys.readouterr()
        return code

    def opened(self):
        return open_centre(self.folder, login=self.login, passphrase=self.passphrase)

    def register(self, name: str, village: str = VILLAGE, **known: str) -> None:
        with self.opened() as centre, centre.change() as session:
            person = Person(full_name=name, **known)
            session.add(person)
            session.flush()
            session.add(Address(person_id=person.id, village_code=village))

    def names(self) -> list[str]:
        with self.opened() as centre, centre.read() as session:
            return sorted(session.scalars(sa.select(Person.full_name)))


@pytest.fixture
def terminal(capsys, monkeypatch):
    """Makes a terminal on a folder, for an account."""
    return lambda folder, login, passphrase: Terminal(capsys, monkeypatch, folder, login, passphrase)


@pytest.fixture
def office(terminal, centre_folder):
    """The coordinator at the centre, where Pak Amin has an account for his village."""
    office = terminal(centre_folder, LOGIN, PASSPHRASE)
    with office.opened() as centre, centre.change() as session:
        session.add(Account(id=new_id(), login=AMIN, name="Amin Uji", role=COLLECTOR, villages=[VILLAGE]))
    return office


@pytest.fixture
def amin(office, terminal, tmp_path):
    """Pak Amin at his laptop, paired and compared."""
    with office.opened() as centre:
        with centre.change() as session:
            account = session.scalars(sa.select(Account.id).where(Account.login == AMIN)).one()
            card = pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account))
        joined = join_centre(tmp_path / "laptop", card, HIS, CHEAP)
        with joined.centre as laptop:
            with laptop.change() as session:
                pairing.confirm(session, joined.site)
            with centre.change() as session:
                pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)
    return terminal(tmp_path / "laptop", AMIN, HIS)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def carry(stick):
    """Sends at one place and receives at the other; returns the exit code there."""

    def carried(sender, receiver):
        before = set(stick.iterdir())
        assert sender.call("send", "--into", stick) == 0
        [bundle] = set(stick.iterdir()) - before
        return receiver.call("receive", bundle)

    return carried


@pytest.fixture
def invited(office, tmp_path):
    """Two cards that nobody has answered."""
    for name in ("Laptop satu", "Laptop dua"):
        card = tmp_path / f"{name}.rccard"
        assert office.call("pair", "invite", "--name", name, "--account", AMIN, "--output", card) == 0


def test_other_villages_go_with_the_next_bundle_and_take_back_what_is_not_theirs_any_more(office, amin, carry):
    office.register("Sumiati")
    office.register("Rohani", OTHER)
    carry(office, amin)
    assert amin.names() == ["Sumiati"]
    assert office.call("pair", "villages", "--village", OTHER) == 0
    assert carry(office, amin) == 0
    assert amin.names() == ["Rohani"]


def test_whoever_signs_in_there_works_in_the_same_villages(office, amin):
    office.call("pair", "villages", "--village", OTHER, "--village", VILLAGE)
    with office.opened() as centre, centre.read() as session:
        assert session.scalars(sa.select(Account.villages).where(Account.login == AMIN)).one() == [VILLAGE, OTHER]
        assert session.scalars(sa.select(Peer.villages)).one() == [VILLAGE, OTHER]


def test_a_pairing_that_is_over_goes_on(office, amin, carry, stick):
    with office.opened() as centre, centre.change() as session:
        session.scalars(sa.select(Peer)).one().expires_on = dt.date(2020, 1, 1)
    assert office.call("send", "--into", stick) == 1
    assert "let the pairing go on" in office.complained
    assert office.call("pair", "extend", "--until", "soon") == 2
    assert office.call("pair", "extend", "--until", "2099-12-31") == 0
    assert carry(office, amin) == 0


@pytest.mark.parametrize("village", ["52.03", "99.99.99.9999", "Selong"])
def test_only_villages_that_there_are_can_be_given(office, amin, village):
    assert office.call("pair", "villages", "--village", VILLAGE, "--village", village) == 2
    assert "No place has this code" in office.complained


def test_a_card_that_waits_is_listed_and_withdrawn(office, invited):
    office.call("pair", "list")
    assert office.said.count("card not answered yet") == 2
    assert office.call("pair", "withdraw") == 2
    assert "Which card?" in office.complained
    assert office.call("pair", "withdraw", "--card", "Laptop dua") == 0
    office.call("pair", "list")
    assert "Laptop dua" not in office.said
    assert "Laptop satu" in office.said


def test_nobody_joins_with_a_withdrawn_card(office, invited, terminal, tmp_path):
    office.call("pair", "withdraw", "--card", "Laptop dua")
    reply = tmp_path / "a.rcreply"
    with (tmp_path / "Laptop dua.rccard").open() as card:
        joined = join_centre(tmp_path / "late", card.read().strip(), HIS, CHEAP)
    joined.centre.close()
    reply.write_text(joined.reply)
    assert office.call("pair", "answer", "--file", reply) == 1
    assert office.call("pair", "withdraw", "--card", "Laptop dua") == 2


def test_a_laptop_whose_disk_was_copied_is_repaired_and_its_work_arrives(
    office, amin, terminal, tmp_path, carry, monkeypatch
):
    states = tmp_path / "state", tmp_path / "state of the copy"
    monkeypatch.setenv("XDG_STATE_HOME", str(states[0]))
    amin.register("Sumiati")
    shutil.copytree(amin.folder, tmp_path / "copy")
    shutil.copytree(*states)
    amin.register("Baiq")
    twin = terminal(tmp_path / "copy", AMIN, HIS)
    assert carry(amin, office) == 0
    monkeypatch.setenv("XDG_STATE_HOME", str(states[1]))
    twin.register("Rohani")
    assert carry(twin, office) == 3
    assert "Repair" in office.complained
    assert twin.call("pair", "repair") == 0
    assert "have new numbers" in twin.said
    assert carry(twin, office) == 0
    assert "was copied or restored" in office.said
    assert office.names() == ["Baiq", "Rohani", "Sumiati"]


def test_a_centre_is_not_repaired_like_a_laptop(office, amin):
    assert office.call("pair", "repair") == 2
    assert "village laptop" in office.complained


def test_a_renewed_key_opens_what_comes_and_the_old_one_what_was_on_its_way(office, amin, stick, carry):
    amin.register("Sumiati")
    amin.call("send", "--into", stick)
    [underway] = stick.iterdir()
    with office.opened() as centre, centre.read() as session:
        before = own_keys.public_age_key(session.connection())
    assert office.call("pair", "renew-key") == 0
    with office.opened() as centre, centre.read() as session:
        assert own_keys.public_age_key(session.connection()) != before
    assert office.call("receive", underway) == 0
    assert carry(office, amin) == 0
    amin.register("Rohani")
    assert carry(amin, office) == 0
    assert office.names() == ["Rohani", "Sumiati"]


def test_the_sheet_for_bundles_is_drawn_and_bundles_are_closed_for_it(office, tmp_path):
    sheet = tmp_path / "sheet.pdf"
    assert office.call("pair", "recovery-sheet", "--output", sheet) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    with office.opened() as centre, centre.read() as session:
        assert len(recovery.recipients(session.connection())) == 1


def test_a_sheet_that_cannot_be_written_does_not_count(office, tmp_path):
    assert office.call("pair", "recovery-sheet", "--output", tmp_path / "nowhere" / "sheet.pdf") == 3
    with office.opened() as centre, centre.read() as session:
        assert recovery.recipients(session.connection()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("villages", "--village", OTHER),
        ("extend",),
        ("withdraw",),
        ("renew-key",),
        ("recovery-sheet", "--output", "s.pdf"),
    ],
)
def test_who_is_no_coordinator_changes_no_pairing(office, amin, terminal, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with office.opened() as centre:
        centre.add_account(AccountAnswers(login="rohani", name="Rohani Uji", role=COUNSELLOR), HIS)
    for one in (terminal(office.folder, "rohani", HIS), amin):
        assert one.call("pair", *words) != 0
        assert one.said == ""
    assert not (tmp_path / "s.pdf").exists()


def test_a_receipt_says_that_somebody_may_be_known_and_what_lists_them(office, amin, carry):
    known = {"sex": "P", "birth_date": "1984-05-17", "mother_name": "Rohani"}
    office.register("Siti Aminah", **known)
    amin.register("Siti Aminnah", **known)
    assert carry(amin, office) == 0
    assert "1 pair of records may be one person" in office.said
    assert "resource-centre duplicates" in office.said
    assert "Siti" not in office.said
