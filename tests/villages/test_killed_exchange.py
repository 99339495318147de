"""Sending and receiving by real programs on real folders: killed, out of room, without their stick, two at once.

Whatever happens, the folder opens, the tables are as before or as after and what the log says, the stick holds whole
bundles or none, and the next try completes.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import db
from db.centre import Centre, open_centre
from db.exchange import pairing
from db.exchange.joining import join_centre
from db.exchange.looking_in import look_into
from db.exchange.receiving import receive
from db.keys import Stretch
from resource_centre.access import COLLECTOR
from resource_centre.exchange.identity import SIGN
from resource_centre.log import doctor
from resource_centre.records import Account, Address, Change, LocalSetting, Person, new_id
from resource_centre.records.exchange import Bundle
from ui.cli import exchange_partners
from ui.cli.main import main

VILLAGE = "52.03.01.2001"
CENTRE = ("ibu.ratna", "kopi hangat di pagi hari")
LAPTOPS = ("pak.amin", "bu.wati")
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)
BATCH = 60
KILLS = max(2, int(os.environ.get("CENTRE_EXAMPLES", "0")) // 3)

# A program that is loaded and makes others of itself: `start` gives the number of one that runs a command, `wait` what
# became of it. Killing one of them is killing a program in the midst of its work, not while it is being loaded.
MOTHER = """
import json, os, resource, sys
import db.centre, db.exchange.sending, db.exchange.receiving, resource_centre.log.receive, pyrage, nacl.signing
import ui.cli.exchange_words
from ui.cli.main import main
print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "wait" in asked:
        print(os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1]), flush=True)
        continue
    child = os.fork()
    if child:
        print(child, flush=True)
        continue
    said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ["RESOURCE_CENTRE_PASSPHRASE"] = asked["passphrase"]
    if asked["room"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["room"], asked["room"]))
    try:
        code = main(asked["words"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        code = 99
    os._exit(code)
"""
pytestmark = [
    pytest.mark.attacks,
    pytest.mark.skipif(os.name == "nt", reason="neither kill -9 nor limits of room on Windows"),
]


@dataclass(frozen=True)
class State:
    """What an installation holds, when its folder opened and its tables were what the log says."""

    names: frozenset[str]
    rows: int
    changes: int
    bundles: frozenset[str]


@dataclass
class Desk:
    """A folder and who works on it, open only while something is asked or done."""

    folder: Path
    login: str
    passphrase: str

    def open(self):
        centre = open_centre(self.folder, login=self.login, passphrase=self.passphrase)
        assert not centre.copied, "a program that was killed is not taken for another computer"
        return centre

    def state(self) -> State:
        with self.open() as centre:
            with centre.engine.connect() as connection:
                assert list(doctor.examine(connection)) == []
            with centre.read() as session:
                return State(
                    frozenset(session.scalars(sa.select(Person.full_name))),
                    session.scalar(sa.select(sa.func.count()).select_from(Address)) or 0,
                    session.scalar(sa.select(sa.func.count()).select_from(Change)) or 0,
                    frozenset(session.scalars(sa.select(Bundle.id).where(Bundle.direction == "in"))),
                )

    def register(self, begin: str, count: int = BATCH) -> frozenset[str]:
        names = frozenset(f"{begin} {number}" for number in range(count))
        with self.open() as centre, centre.change() as session:
            people = [Person(full_name=name) for name in sorted(names)]
            session.add_all(people)
            session.flush()
            session.add_all(Address(person_id=person.id, village_code=VILLAGE) for person in people)
        return names

    def words(self, *words: object) -> list[str]:
        return [*map(str, words), "--centre", str(self.folder), "--login", self.login, "--language", "en"]

    def call(self, *words: object) -> int:
        """The command in this program, undisturbed."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RESOURCE_CENTRE_PASSPHRASE", self.passphrase)
            return main(self.words(*words))


class Programs:
    """Runs commands each in a program of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mother = subprocess.Popen(
            [sys.executable, "-c", MOTHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(db.__path__[0]).parent,
        )
        assert self._answer() == "ready"

    def start(self, desk: Desk, *words: object, room: int | None = None) -> Running:
        """Begin a command; with `room` it can make no file longer than so many bytes."""
        said = self._folder / f"said-{new_id()}"
        asked = {"words": desk.words(*words), "passphrase": desk.passphrase, "room": room, "said": str(said)}
        return Running(self, int(self.ask(asked)), said)

    def ask(self, asked: dict[str, Any]) -> str:
        assert self._mother.stdin
        self._mother.stdin.write(json.dumps(asked) + "\n")
        self._mother.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._mother.stdout
        return self._mother.stdout.readline().strip()

    def seconds(self, desk: Desk, *words: object) -> float:
        """How long the command takes; it must go well."""
        begun = time.monotonic()
        assert self.start(desk, *words).end() == 0
        return time.monotonic() - begun

    def killed(self, after: float, desk: Desk, *words: object) -> bool:
        """Kill the command after so many seconds; False when it was done before."""
        code = self._signalled(signal.SIGKILL, after, desk, *words)
        assert code in (0, -signal.SIGKILL)
        return code != 0

    def interrupted(self, after: float, desk: Desk, *words: object) -> bool:
        """Press Ctrl+C after so many seconds; False when it was done before."""
        code = self._signalled(signal.SIGINT, after, desk, *words)
        assert code in (0, 130)
        return code != 0

    def _signalled(self, how: int, after: float, desk: Desk, *words: object) -> int:
        running = self.start(desk, *words)
        time.sleep(after)
        os.kill(running.number, how)  # one that has ended stays until it is waited for
        return running.end()

    def close(self) -> None:
        """End the mother, who has no children left."""
        with self._mother:
            assert self._mother.stdin
            self._mother.stdin.close()


@dataclass(frozen=True)
class Running:
    """A command that was begun."""

    programs: Programs
    number: int
    said_in: Path

    def end(self) -> int:
        """Wait for it; its exit code."""
        return int(self.programs.ask({"wait": self.number}))

    @property
    def said(self) -> str:
        """What it printed, on both streams."""
        return self.said_in.read_text()


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    programs = Programs(tmp_path_factory.mktemp("programs"))
    yield programs
    programs.close()


@pytest.fixture(scope="module")
def masters(master_centre, tmp_path_factory):
    """A centre and two paired laptops that nobody has opened; copy them."""
    folder = tmp_path_factory.mktemp("masters")
    shutil.copytree(master_centre, folder / "centre")
    with open_centre(folder / "centre", login=CENTRE[0], passphrase=CENTRE[1]) as centre:
        for name in LAPTOPS:
            _pair(centre, folder / name, name)
        _forget_opening(centre)
    return folder


def _pair(centre: Centre, at: Path, login: str) -> None:
    account = Account(id=new_id(), login=login, name=login, role=COLLECTOR, villages=[VILLAGE])
    with centre.change() as session:
        session.add(account)
        session.flush()
        card = pairing.invite(session, pairing.Invited(login, account_id=account.id))
    joined = join_centre(at, card, PASSPHRASE, CHEAP)
    with joined.centre as laptop:
        with laptop.change() as session:
            pairing.confirm(session, joined.site)
        _forget_opening(laptop)
    with centre.change() as session:
        pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)


def _forget_opening(centre: Centre) -> None:
    """Of a folder that was never opened, every copy is as good as the first."""
    with centre.engine.begin() as connection:
        connection.execute(sa.delete(LocalSetting).where(LocalSetting.name == SIGN))


@pytest.fixture
def office(masters, tmp_path):
    return Desk(shutil.copytree(masters / "centre", tmp_path / "centre"), *CENTRE)


@pytest.fixture
def laptop(masters, tmp_path):
    return Desk(shutil.copytree(masters / "pak.amin", tmp_path / "pak.amin"), "pak.amin", PASSPHRASE)


@pytest.fixture
def other_laptop(masters, tmp_path):
    return Desk(shutil.copytree(masters / "bu.wati", tmp_path / "bu.wati"), "bu.wati", PASSPHRASE)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "letter.txt").write_text("somebody else's")
    return tmp_path / "stick"


def bundles(stick: Path) -> list[Path]:
    return sorted(stick.glob("*.rcb"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kept(stick: Path) -> bool:
    """Whether what lay on the stick before is as it was, and nothing but it and whole names is there."""
    others = [path.name for path in stick.iterdir() if path.suffix not in (".rcb", ".rcb-unfinished")]
    return others == ["letter.txt"] and (stick / "letter.txt").read_text() == "somebody else's"


@pytest.mark.models
def test_killed_while_sending_the_stick_has_a_whole_bundle_or_none(programs, office, laptop, stick):
    chance = random.Random(20261122)
    registered = laptop.register("Sumiati")
    takes = programs.seconds(laptop, "send", "--into", stick)
    before = laptop.state()
    interrupted = 0
    for _kill in range(KILLS):
        interrupted += programs.killed(chance.uniform(0, takes), laptop, "send", "--into", stick)
        assert laptop.state() == before
        assert kept(stick)
    assert interrupted, "no kill came in time"
    with office.open() as centre:
        for bundle in bundles(stick):
            assert look_into(centre, bundle).header.changes == 2 * BATCH
    assert laptop.call("send", "--into", stick) == 0
    assert {path.suffix for path in stick.iterdir()} == {".txt", ".rcb"}, "the leavings are cleared away"
    assert office.call("receive", *reversed(bundles(stick))) == 0
    after = office.state()
    assert after.names == registered
    assert after.rows == BATCH


@pytest.mark.models
def test_killed_while_receiving_the_tables_are_as_before_or_as_after(programs, office, laptop, stick):
    chance = random.Random(22112026)
    laptop.register("Pertama")
    laptop.call("send", "--into", stick)
    takes = programs.seconds(office, "receive", *bundles(stick))
    interrupted = finished = 0
    for kill in range(KILLS):
        if not kill or finished:
            laptop.register(f"Nomor {kill}")
            for old in bundles(stick):
                old.unlink()
            laptop.call("send", "--into", stick)
            [bundle] = bundles(stick)
            there, before, finished = digest(bundle), office.state(), 0
            after_names = laptop.state().names
        interrupted += programs.killed(chance.uniform(0, takes), office, "receive", bundle)
        now = office.state()
        finished = now != before
        if finished:
            assert now.names == after_names
            assert (now.rows, now.changes - before.changes) == (len(after_names), 2 * (now.rows - before.rows))
            assert len(now.bundles) == len(before.bundles) + 1
        assert digest(bundle) == there
        assert kept(stick)
    assert interrupted, "no kill came in time"
    assert office.call("receive", bundle) == 0
    last = office.state()
    assert last.names == after_names
    assert last.rows == len(after_names)


def test_ctrl_c_ends_it_at_once_and_leaves_nothing_half(programs, office, laptop, stick):
    chance = random.Random(5)
    registered = laptop.register("Sumiati", 700)
    before = laptop.state()
    takes = programs.seconds(laptop, "send", "--into", stick)
    interrupted = 0
    for _press in range(KILLS):
        interrupted += programs.interrupted(chance.uniform(0.05, takes), laptop, "send", "--into", stick)
        assert laptop.state() == before
        assert {path.suffix for path in stick.iterdir()} == {".txt", ".rcb"}
    for _press in range(KILLS):
        interrupted += programs.interrupted(chance.uniform(0.05, 2 * takes), office, "receive", bundles(stick)[0])
        assert office.state().names in (frozenset(), registered)
    assert interrupted, "Ctrl+C always came too late"
    assert office.call("receive", *bundles(stick)) == 0
    assert office.state().names == registered


@pytest.mark.parametrize("room", [1, 24, 100])
def test_without_room_on_the_disk_nothing_is_sent_in_half(programs, laptop, stick, room):
    registered = laptop.register("Sumiati")
    sending = programs.start(laptop, "send", "--into", stick, room=room * 1024)
    assert sending.end() in (0, 3)
    assert laptop.state().names == registered
    assert kept(stick)
    assert len(bundles(stick)) == sending.said.count("To read aloud")
    assert sending.said.count("\n") == 1 or bundles(stick)
    assert laptop.call("send", "--into", stick) == 0
    assert {path.suffix for path in stick.iterdir()} == {".txt", ".rcb"}


@pytest.mark.parametrize("room", [8, 400, 1200])
def test_without_room_on_the_disk_nothing_is_taken_in_in_half(programs, office, laptop, stick, room):
    registered = laptop.register("Sumiati", 200)
    laptop.call("send", "--into", stick)
    [bundle] = bundles(stick)
    before = office.state()
    receiving = programs.start(office, "receive", bundle, room=room * 1024)
    code, after = receiving.end(), office.state()
    assert (code, after) == (3, before) or (code == 0 and after.names == registered)
    assert code == 0 or receiving.said.count("\n") == 1
    assert office.call("receive", bundle) == 0
    assert office.state().names == registered


@pytest.fixture
def here(monkeypatch):
    """Calls a command in this program; `at` is called with each stage it tells."""

    def call(desk: Desk, *words: object, at=None) -> int:
        monkeypatch.setenv("RESOURCE_CENTRE_PASSPHRASE", desk.passphrase)
        monkeypatch.setattr(exchange_partners, "tell_stage", lambda stage, _done, _all: at(stage) if at else None)
        return main(desk.words(*words))

    return call


@pytest.mark.parametrize("moment", ["gathering", "writing"])
def test_a_stick_pulled_while_sending(here, laptop, stick, capsys, moment):
    laptop.register("Sumiati", 600 if moment == "writing" else 5)
    before, seen = laptop.state(), []

    def pull(stage: str) -> None:
        seen.append(stage)
        if stage == moment and stick.exists():
            shutil.rmtree(stick)

    assert here(laptop, "send", "--into", stick, at=pull) == 3
    assert moment in seen
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert laptop.state() == before
    stick.mkdir()
    assert here(laptop, "send", "--into", stick) == 0
    [bundle] = bundles(stick)
    assert bundle.stem.endswith("-2"), "a number is never given twice"


def test_a_stick_pulled_before_it_is_read(here, office, laptop, stick):
    laptop.register("Sumiati", 5)
    here(laptop, "send", "--into", stick)
    [bundle], before = bundles(stick), office.state()
    taken = bundle.read_bytes()
    assert here(office, "receive", bundle, at=lambda _stage: bundle.unlink(missing_ok=True)) == 3
    assert office.state() == before
    bundle.write_bytes(taken)
    assert here(office, "receive", bundle) == 0


def test_two_receive_the_same_at_once(programs, office, laptop, stick):
    registered = laptop.register("Sumiati")
    laptop.call("send", "--into", stick)
    both = [programs.start(office, "receive", *bundles(stick)) for _ in range(2)]
    codes = [one.end() for one in both]
    assert 0 in codes
    assert set(codes) <= {0, 3}
    state = office.state()
    assert (state.names, state.rows, len(state.bundles)) == (registered, BATCH, 1)


def test_two_bundles_at_once_are_both_there_in_the_end(programs, office, laptop, other_laptop, tmp_path):
    sticks, registered = [], set()
    for desk in (laptop, other_laptop):
        stick = tmp_path / f"stick of {desk.login}"
        stick.mkdir()
        registered |= desk.register(desk.login)
        desk.call("send", "--into", stick)
        sticks.append(stick)
    started = [(stick, programs.start(office, "receive", *bundles(stick))) for stick in sticks]
    for stick, one, code in [(stick, one, one.end()) for stick, one in started]:
        assert code in (0, 3)
        if code:
            assert "in use" in one.said
            assert office.call("receive", *bundles(stick)) == 0
    assert office.state().names == registered


def test_what_is_no_whole_bundle_is_refused_in_a_sentence_and_changes_nothing(here, office, laptop, stick, capsys):
    laptop.register("Sumiati", 20)
    here(laptop, "send", "--into", stick)
    [bundle], before = bundles(stick), office.state()
    whole, chance = bundle.read_bytes(), random.Random(7)
    attacks = [whole[: chance.randrange(len(whole))] for _ in range(12)]
    attacks += [flipped(whole, chance.randrange(len(whole)), chance.randrange(8)) for _ in range(12)]
    attacks += [chance.randbytes(chance.randrange(5000)) for _ in range(6)]
    attacks += [b"", whole + b"x", whole * 2, b"RCCARD1:abc", b"Sumiati,Lombok\n" * 100]
    files = []
    for number, content in enumerate(attacks):
        files.append(stick / f"attack-{number}.rcb")
        files[-1].write_bytes(content)
    capsys.readouterr()
    assert here(office, "receive", *files) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == len(files)
    assert "Sumiati" not in said.err
    assert here(office, "inspect", files[0]) == 3
    assert office.state() == before
    assert here(office, "receive", files[3], bundle) == 3
    assert len(office.state().names) == 20


def flipped(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


def test_a_bundle_of_another_laptop_is_not_taken_by_this_one(office, laptop, other_laptop, stick):
    laptop.register("Sumiati", 3)
    laptop.call("send", "--into", stick)
    before = other_laptop.state()
    assert other_laptop.call("receive", *bundles(stick)) == 3
    assert other_laptop.state() == before
    with office.open() as centre:
        assert receive(centre, bundles(stick)[0]).receipt.new_changes == 6
