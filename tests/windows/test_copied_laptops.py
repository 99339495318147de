# SPDX-License-Identifier: Apache-2.0
"""A laptop's folder copied, its whole disk copied, or an old backup put back: everybody works on, nothing is lost."""

import shutil
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QFileDialog, QLabel

from db.backup import restore
from db.centre import open_centre
from db.exchange import pairing
from db.exchange.joining import join_centre
from db.keys import Stretch
from resource_centre.access import COLLECTOR
from resource_centre.log import doctor
from resource_centre.records import Account, Address, Person, new_id
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.messages import Messages
from ui.kit.worker import Worker
from ui.pages.exchange import ExchangePage

VILLAGE = "52.03.01.2001"
LOGIN, PASSPHRASE = "pak.amin", "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


@pytest.fixture(autouse=True)
def computer(tmp_path, monkeypatch):
    """Sits down at a computer: what programs remember beside a folder is that computer's own."""

    def sit_down(name="the first laptop"):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / name))
        return tmp_path / name

    sit_down()
    return sit_down


@pytest.fixture
def folder(centre, tmp_path):
    """A paired laptop's folder, closed; somebody was registered there and not brought to the centre yet."""
    account = Account(id=new_id(), login=LOGIN, name="Amin Uji", role=COLLECTOR, villages=[VILLAGE])
    with centre.change() as session:
        session.add(account)
        session.flush()
        card = pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account.id))
    joined = join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP)
    with joined.centre as laptop:
        with laptop.change() as session:
            pairing.confirm(session, joined.site)
        with centre.change() as session:
            pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)
    enter(tmp_path / "laptop").close()
    with enter(tmp_path / "laptop") as laptop:
        register(laptop, "Sumiati")
    return tmp_path / "laptop"


def enter(folder):
    return open_centre(folder, login=LOGIN, passphrase=PASSPHRASE)


def register(centre, name):
    with centre.change() as session:
        person = Person(full_name=name)
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, village_code=VILLAGE))


def names(centre):
    with centre.read() as session:
        return sorted(session.scalars(sa.select(Person.full_name)))


def is_whole(centre):
    with centre.engine.connect() as connection:
        return list(doctor.examine(connection)) == []


def said(page):
    """Every word in sight."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def window(theme, preferences, places, on_screen, settled):
    """Opens a laptop's folder, and the page on which it hands over."""
    with ExitStack() as stack:

        def opened(folder):
            laptop = stack.enter_context(enter(folder))
            worker = Worker(laptop)
            stack.callback(worker.close)
            messages = Messages()
            worker.went_wrong.connect(messages.show_error)
            page = on_screen(
                ExchangePage(
                    Desk(worker, messages, places, Drafts(worker), preferences, theme, go=lambda *_where: None)
                )
            )
            page.opened()
            settled(worker)
            return page

        yield opened


@pytest.fixture
def ours(desk, folder, show_page):
    """The centre's page."""
    return show_page(ExchangePage(desk))


@pytest.fixture
def hand_over(tmp_path, monkeypatch, push, settled):
    """Presses Send on one page and Receive on the other; what the receipt says."""

    def handed(sender, receiver):
        stick = tmp_path / new_id()
        stick.mkdir()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(stick))
        sender.close_sheet()
        settled(sender.desk.worker)
        sender.send()
        settled(sender.desk.worker)
        files = [str(file) for file in stick.glob("*.rcb")]
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: (files, ""))
        receiver.close_sheet()
        settled(receiver.desk.worker)
        receiver.receive()
        settled(receiver.desk.worker)
        return said(receiver)

    return handed


def choose(page, renamed):
    """Choose in the centre's list what the laptop was called before it was copied, or what it became."""
    place = next(at for at, row in enumerate(page.looked.rows) if row.renamed is renamed)
    page.main.list.setCurrentIndex(page.main.list.model().index(place, 0))


def test_a_folder_that_was_copied_works_on_at_both_computers_and_all_of_it_arrives(
    folder, computer, window, ours, hand_over, centre, tmp_path
):
    copy = shutil.copytree(folder, tmp_path / "copy")
    first = window(folder)
    computer("the second laptop")
    second = window(copy)
    assert "counts as a new one" not in said(first)
    assert "counts as a new one" in said(second)
    register(first.desk.worker.centre, "Rohani")
    register(second.desk.worker.centre, "Baiq")
    assert "was copied or restored" not in hand_over(first, ours)
    assert "was copied or restored" in hand_over(second, ours)
    assert names(centre) == ["Baiq", "Rohani", "Sumiati"]
    assert is_whole(centre)


def test_the_centre_answers_the_copy_and_the_copy_stops_speaking_of_it(
    folder, computer, window, ours, hand_over, centre, tmp_path, settled
):
    copy = shutil.copytree(folder, tmp_path / "copy")
    hand_over(window(folder), ours)
    computer("the second laptop")
    second = window(copy)
    register(second.desk.worker.centre, "Baiq")
    hand_over(second, ours)
    register(centre, "Rohani")
    ours.close_sheet()
    choose(ours, renamed=False)
    hand_over(ours, second)
    second.close_sheet()
    settled(second.desk.worker)
    assert "counts as a new one" not in said(second)
    assert names(second.desk.worker.centre) == ["Baiq", "Rohani", "Sumiati"]
    assert is_whole(second.desk.worker.centre)


@pytest.fixture
def twins(folder, computer, window, tmp_path):
    """The same laptop twice, settings and all, as when a whole disk is copied: neither can know of the other."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    shutil.copytree(computer(), tmp_path / "the twin")
    first = window(folder)
    computer("the twin")
    second = window(copy)
    register(first.desk.worker.centre, "Rohani")
    register(second.desk.worker.centre, "Baiq")
    return first, second


def test_a_laptop_whose_whole_disk_was_copied_is_refused_and_told_what_to_press(twins, ours, hand_over, centre):
    first, second = twins
    hand_over(first, ours)
    receipt = hand_over(second, ours)
    assert "Nothing was taken in" in receipt
    assert "open Hand over, choose Repair, send again" in receipt
    assert names(centre) == ["Rohani", "Sumiati"]


def test_its_unsent_work_arrives_under_a_new_name_after_the_repair(
    twins, ours, hand_over, centre, push, settled, monkeypatch
):
    first, second = twins
    hand_over(first, ours)
    hand_over(second, ours)
    monkeypatch.setattr("ui.pages.exchange.ask", lambda *_asked, **_how: True)
    second.close_sheet()
    push(second, "This laptop was copied: Re&pair…")
    settled(second.desk.worker)
    assert "counts as a new one" in said(second)
    assert "was copied or restored" in hand_over(second, ours)
    assert names(centre) == ["Baiq", "Rohani", "Sumiati"]
    assert is_whole(centre)
    assert is_whole(second.desk.worker.centre)


def test_an_old_backup_put_back_is_noticed_and_gets_back_what_it_had_brought(
    folder, window, ours, hand_over, centre, settled
):
    with enter(folder) as laptop:
        backup = laptop.backup()
    before = window(folder)
    register(before.desk.worker.centre, "Rohani")
    hand_over(before, ours)
    before.desk.worker.close()
    restore(backup, folder, login=LOGIN, passphrase=PASSPHRASE)
    again = window(folder)
    assert "counts as a new one" in said(again)
    assert names(again.desk.worker.centre) == ["Sumiati"]
    register(again.desk.worker.centre, "Baiq")
    assert "was copied or restored" in hand_over(again, ours)
    ours.close_sheet()
    settled(ours.desk.worker)
    choose(ours, renamed=False)
    hand_over(ours, again)
    assert names(again.desk.worker.centre) == names(centre) == ["Baiq", "Rohani", "Sumiati"]
    assert is_whole(again.desk.worker.centre)


def test_at_the_door_of_a_copy_the_window_says_what_it_found(folder, computer, make_program, sign_in, qtbot, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    computer("the second laptop")
    program = make_program(copy)
    sign_in(program, PASSPHRASE, LOGIN)
    qtbot.waitUntil(
        lambda: "counts as a new one" in getattr(getattr(program.window.shown(), "banner", None), "text", str)(),
        timeout=20_000,
    )
