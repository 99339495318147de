"""A laptop is paired, hands over on a stick and gets its news, all from a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.centre import open_centre
from resource_centre.access import COLLECTOR
from resource_centre.log import doctor
from resource_centre.records import Account, Address, Person, new_id
from ui.cli.main import main

VILLAGE = "52.03.01.2001"
LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"
AMIN, HIS = "pak.amin", "angin sepoi di tepi sawah"


class Terminal:
    """Calls commands, the passphrase in the environment; `said` is what the last one printed."""

    def __init__(self, capsys, monkeypatch, folder: Path, login: str, passphrase: str) -> None:
        self.folder, self.login, self.passphrase = folder, login, passphrase
        self._capsys, self._monkeypatch = capsys, monkeypatch
        self.said = self.complained = ""

    def call(self, *words: object, language: str = "en") -> int:
        self._monkeypatch.setenv("RESOURCE_CENTRE_PASSPHRASE", self.passphrase)
        self._monkeypatch.setenv("RESOURCE_CENTRE_LOGIN", self.login)
        self._capsys.readouterr()
        code = main([*map(str, words), "--centre", str(self.folder), "--language", language])
        self.said, self.complained = self._capsys.readouterr()
        return code

    def opened(self):
        return open_centre(self.folder, login=self.login, passphrase=self.passphrase)

    def register(self, name: str, village: str = VILLAGE) -> str:
        with self.opened() as centre, centre.change() as session:
            person = Person(full_name=name)
            session.add(person)
            session.flush()
            session.add(Address(person_id=person.id, village_code=village))
            return person.id

    def names(self) -> list[str]:
        with self.opened() as centre, centre.read() as session:
            return sorted(session.scalars(sa.select(Person.full_name)))

    def is_whole(self) -> bool:
        with self.opened() as centre, centre.engine.connect() as connection:
            return list(doctor.examine(connection)) == []


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
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def amin(office, terminal, tmp_path):
    """Pak Amin at his laptop, which is paired but for the six words."""
    laptop = terminal(tmp_path / "laptop", AMIN, HIS)
    card, reply = tmp_path / "amin.rccard", tmp_path / "amin.rcreply"
    assert office.call("pair", "invite", "--name", "Laptop Pak Amin", "--account", AMIN, "--output", card) == 0
    assert laptop.call("pair", "join", "--card", card, "--output", reply) == 0
    return laptop


@pytest.fixture
def paired(amin, office, tmp_path):
    """Pak Amin, after both have read the same words."""
    assert office.call("pair", "answer", "--file", tmp_path / "amin.rcreply") == 0
    assert office.call("pair", "confirm") == 0
    assert amin.call("pair", "confirm") == 0
    return amin


def only(stick: Path) -> Path:
    [bundle] = stick.iterdir()
    return bundle


def aloud(said: str) -> str:
    [words] = [line.partition(": ")[2] for line in said.splitlines() if "To read aloud" in line]
    assert len(words.split()) == 2
    return words


def test_a_new_laptop_is_told_its_recovery_key_and_six_words_that_the_centre_says_too(amin, office, tmp_path):
    assert "Recovery key" in amin.said
    six = amin.said.splitlines()[-1]
    assert office.call("pair", "answer", "--file", tmp_path / "amin.rcreply") == 0
    assert six in office.said.splitlines()
    assert office.call("pair", "words") == 0
    assert office.said.strip() == six


def test_a_recovery_sheet_is_drawn_instead_of_shown(office, terminal, tmp_path):
    card, sheet = tmp_path / "amin.rccard", tmp_path / "sheet.pdf"
    office.call("pair", "invite", "--name", "Laptop", "--account", AMIN, "--output", card)
    laptop = terminal(tmp_path / "laptop", AMIN, HIS)
    answer = ("--output", tmp_path / "a.rcreply", "--recovery-sheet", sheet)
    assert laptop.call("pair", "join", "--card", card, *answer) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "shown this once" not in laptop.said


def test_a_laptop_whose_answer_has_no_place_is_not_made(office, terminal, tmp_path):
    card = tmp_path / "amin.rccard"
    office.call("pair", "invite", "--name", "Laptop", "--account", AMIN, "--output", card)
    laptop = terminal(tmp_path / "laptop", AMIN, HIS)
    assert laptop.call("pair", "join", "--card", card, "--output", tmp_path / "nowhere" / "a.rcreply") == 3
    assert not laptop.folder.exists()


def test_a_lost_answer_is_written_once_more(amin, office, tmp_path):
    (tmp_path / "amin.rcreply").unlink()
    assert amin.call("pair", "reply", "--output", tmp_path / "again.rcreply") == 0
    assert office.call("pair", "answer", "--file", tmp_path / "again.rcreply") == 0


def test_there_and_back_on_a_stick_with_the_same_two_words_on_both_screens(paired, office, stick):
    paired.register("Sumiati")
    office.register("Rohani")
    assert paired.call("send", "--into", stick) == 0
    said_there = aloud(paired.said)
    assert office.call("receive", only(stick)) == 0
    assert aloud(office.said) == said_there
    assert "2 changes, 2 of them new" in office.said
    assert "Laptop Pak Amin" in office.said
    assert "Sumiati" not in office.said
    only(stick).unlink()
    assert office.call("send", "--into", stick) == 0
    assert paired.call("receive", only(stick)) == 0
    assert paired.names() == office.names() == ["Rohani", "Sumiati"]


def test_a_bundle_is_listed_without_being_taken_in(paired, office, stick):
    paired.register("Sumiati")
    paired.call("send", "--into", stick)
    bundle = only(stick)
    assert office.call("inspect", bundle) == 0
    assert "2 changes: " in office.said
    assert "not taken in yet" in office.said
    assert office.names() == []
    assert office.call("inspect", bundle, "--all") == 0
    assert "Full name" in office.said
    assert "Sumiati" not in office.said
    office.call("receive", bundle)
    assert office.call("inspect", bundle) == 0
    assert "It was taken in on" in office.said


def test_a_bundle_shows_nothing_to_whom_it_is_not_for(paired, office, stick):
    paired.register("Sumiati")
    paired.call("send", "--into", stick)
    assert paired.call("inspect", only(stick), "--all") == 3
    assert paired.said == ""
    assert len(paired.complained.splitlines()) == 1


def test_several_bundles_in_any_order_each_with_its_line_and_the_worst_code(paired, office, stick):
    for name in ("Sumiati", "Rohani", "Baiq"):
        paired.register(name)
        paired.call("send", "--into", stick)
    letter = stick / "letter.rcb"
    letter.write_text("Dear centre")
    bundles = sorted(stick.glob("*-[123].rcb"), reverse=True)
    assert office.call("receive", letter, *bundles, stick / "away.rcb") == 3
    assert office.names() == ["Baiq", "Rohani", "Sumiati"]
    assert [line.partition(":")[0] for line in office.said.splitlines() if line[0] != " "] == [
        one.name for one in bundles
    ]
    assert [line.partition(":")[0] for line in office.complained.splitlines()] == ["letter.rcb", "away.rcb"]
    assert office.call("receive", *bundles) == 0
    assert office.said.count("had been taken in before") == 3


def test_before_the_words_are_compared_nothing_is_sent(amin, stick):
    assert amin.call("send", "--into", stick) == 1
    assert "six words" in amin.complained
    assert list(stick.iterdir()) == []


def test_a_blocked_laptop_is_refused_until_it_is_found_again(paired, office, stick):
    paired.register("Sumiati")
    paired.call("send", "--into", stick)
    with office.opened() as centre, centre.read() as session:
        code = session.scalars(sa.text("SELECT device FROM peer")).one()
    assert office.call("pair", "block", "--with", code.lower()) == 0
    assert office.call("receive", only(stick)) == 1
    office.call("pair", "list")
    assert "blocked" in office.said
    assert code in office.said
    assert office.call("pair", "unblock", "--with", code) == 0
    assert office.call("receive", only(stick)) == 0


def test_words_that_differ_undo_the_pairing(amin, office, tmp_path, stick):
    office.call("pair", "answer", "--file", tmp_path / "amin.rcreply")
    assert office.call("pair", "reject") == 0
    assert office.call("pair", "list") == 0
    assert office.said == ""
    assert office.call("send", "--into", stick) == 1


def test_a_laptop_whose_words_differed_answers_a_new_card_and_keeps_its_work(amin, office, tmp_path, stick):
    amin.register("Sumiati")
    office.call("pair", "answer", "--file", tmp_path / "amin.rcreply")
    office.call("pair", "reject")
    card, reply = tmp_path / "again.rccard", tmp_path / "again.rcreply"
    office.call("pair", "invite", "--name", "Laptop Pak Amin", "--account", AMIN, "--output", card)
    assert amin.call("pair", "join", "--card", card, "--output", reply) == 3
    assert amin.call("pair", "join", "--again", "--card", card, "--output", reply) == 0
    words = amin.said.splitlines()[-1]
    assert office.call("pair", "answer", "--file", reply) == 0
    assert words in office.said
    for place in (office, amin):
        assert place.call("pair", "confirm") == 0
    assert amin.call("send", "--into", stick) == 0
    assert office.call("receive", only(stick)) == 0
    assert office.names() == ["Sumiati"]
    assert amin.call("pair", "join", "--again", "--card", card, "--output", reply) == 1
    assert "is paired" in amin.complained


def test_which_of_several_computers_must_be_said(paired, office, terminal, tmp_path, stick):
    card, reply = tmp_path / "two.rccard", tmp_path / "two.rcreply"
    office.call("pair", "invite", "--name", "Laptop dua", "--account", AMIN, "--output", card)
    terminal(tmp_path / "two", AMIN, HIS).call("pair", "join", "--card", card, "--output", reply)
    office.call("pair", "answer", "--file", reply)
    assert office.call("send", "--into", stick) == 2
    assert office.call("send", "--to", "ZZ", "--into", stick) == 1
    assert office.call("pair", "list") == 0
    assert len(office.said.splitlines()) == 2


def test_a_centre_joins_its_head_office(office, terminal, tmp_path, stick):
    from db.centre import AccountAnswers, CentreAnswers, create_centre
    from db.keys import Stretch

    profile = CentreAnswers(name="Kantor Pusat Uji", place_code="52", site_code="KPU", language="id")
    account = AccountAnswers(login="kepala", name="Kepala Uji", role="coordinator")
    cheap = Stretch(operations=1, memory=8192)
    create_centre(tmp_path / "head", profile=profile, account=account, passphrase=HIS, stretch=cheap)[0].close()
    head = terminal(tmp_path / "head", "kepala", HIS)
    card, reply = tmp_path / "centre.rccard", tmp_path / "centre.rcreply"
    assert head.call("pair", "invite", "--name", "Lombok", "--for-centre", "--output", card) == 0
    assert office.call("pair", "join", "--card", card, "--output", reply) == 0
    assert head.call("pair", "answer", "--file", reply) == 0
    for one in (head, office):
        assert one.call("pair", "confirm") == 0
    office.register("Sumiati")
    assert office.call("send", "--into", stick) == 0
    assert head.call("receive", only(stick)) == 0
    assert head.names() == ["Sumiati"]
    assert head.is_whole()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("pair", "invite", "--name", "Laptop", "--output", "x.rccard"), 2),
        (("pair", "invite", "--name", "Laptop", "--account", "nobody", "--output", "x.rccard"), 2),
        (("pair", "invite", "--name", " ", "--account", AMIN, "--output", "x.rccard"), 1),
        (("pair", "invite", "--name", "L", "--account", AMIN, "--expires", "soon", "--output", "x.rccard"), 2),
        (("pair", "invite", "--name", "L", "--account", AMIN, "--output", "nowhere/x.rccard"), 3),
        (("pair", "answer", "--file", "no.rcreply"), 3),
        (("pair", "confirm"), 1),
        (("pair", "words", "--with", "Z9"), 1),
        (("send", "--into", "."), 1),
        (("receive", "no.rcb"), 3),
        (("inspect", "no.rcb"), 3),
        (("conflicts", "settle", "nothing", "full_name"), 1),
        (("conflicts", "settle", "nothing", "full_name", "--choose", "seventeen"), 2),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(office, tmp_path, monkeypatch, words, code):
    monkeypatch.chdir(tmp_path)
    for language in ("en", "id"):
        assert office.call(*words, language=language) == code
        assert office.said == ""
        assert office.complained.strip()
        assert "Traceback" not in office.complained
    assert not (tmp_path / "x.rccard").exists()


def test_a_photo_of_the_square_code_is_a_card(office, terminal, tmp_path):
    from PIL import Image

    from reports.kit.qr import squares

    card, photo = tmp_path / "amin.rccard", tmp_path / "photo.jpg"
    office.call("pair", "invite", "--name", "Laptop", "--account", AMIN, "--output", card)
    modules = squares(card.read_text().strip())
    picture = Image.new("L", (len(modules), len(modules)))
    picture.putdata([0 if dark else 255 for line in modules for dark in line])
    wall = Image.new("L", (700, 800), 200)
    wall.paste(picture.resize((len(modules) * 4,) * 2, Image.Resampling.NEAREST), (90, 120))
    wall.rotate(12, fillcolor=200, resample=Image.Resampling.BICUBIC).save(photo, quality=60)
    laptop = terminal(tmp_path / "laptop", AMIN, HIS)
    assert laptop.call("pair", "join", "--card", photo, "--output", tmp_path / "a.rcreply") == 0
    assert office.call("pair", "answer", "--file", tmp_path / "a.rcreply") == 0


def test_a_card_that_is_no_card_makes_no_laptop(terminal, tmp_path):
    laptop = terminal(tmp_path / "laptop", AMIN, HIS)
    for content in (b"", b"RCCARD1:zzz", bytes(range(256)), b"x" * 100_000):
        (tmp_path / "bad.rccard").write_bytes(content)
        assert laptop.call("pair", "join", "--card", tmp_path / "bad.rccard", "--output", tmp_path / "a") == 3
    assert not laptop.folder.exists()


def test_a_village_account_at_the_centre_neither_sends_nor_lists(office, terminal, stick):
    from db.centre import AccountAnswers

    with office.opened() as centre:
        answers = AccountAnswers(login="desa", name="Desa Uji", role=COLLECTOR, villages=[VILLAGE])
        centre.add_account(answers, HIS)
    village = terminal(office.folder, "desa", HIS)
    for words in (("send", "--into", stick), ("pair", "list"), ("inspect", stick / "no.rcb")):
        assert village.call(*words) == 1
        assert village.said == ""


def test_two_who_wrote_differently_are_listed_and_settled(paired, office, stick):
    person = paired.register("Sumiati")
    paired.call("send", "--into", stick)
    office.call("receive", only(stick))
    only(stick).unlink()
    for one, alias in ((paired, "Sumi"), (office, "Ati")):
        with one.opened() as centre, centre.change() as session:
            session.get_one(Person, person).alias = alias
    paired.call("send", "--into", stick)
    assert office.call("receive", only(stick)) == 0
    assert "1 value differs" in office.said
    assert office.call("conflicts", "list") == 0
    [where] = [line.split() for line in office.said.splitlines() if line.strip().startswith(person)]
    [chosen] = re.findall(r"(\S+:\d+)  Sumi ", office.said)
    assert office.call("conflicts", "settle", *where, f"--choose={chosen}") == 0
    assert office.call("conflicts", "list") == 0
    assert "Nothing waits" in office.said
    with office.opened() as centre, centre.read() as session:
        assert session.get_one(Person, person).alias == "Sumi"
    assert office.is_whole()
