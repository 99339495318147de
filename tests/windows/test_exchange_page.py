# SPDX-License-Identifier: Apache-2.0
"""The coordinator's and the collector's day with a stick: two encrypted centres, each behind its own window."""

import datetime as dt
import errno

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QFileDialog, QLabel

from db.exchange import pairing
from db.exchange.joining import join_centre
from db.exchange.sending import send
from db.keys import Stretch
from resource_centre.access import COLLECTOR
from resource_centre.exchange.identity import own_site
from resource_centre.records import Account, Address, Person, new_id
from resource_centre.records.exchange import Bundle, Peer
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.messages import Messages
from ui.kit.progress_panel import ProgressPanel
from ui.kit.worker import Worker
from ui.pages.exchange import ExchangePage

VILLAGE = "52.03.01.2001"
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


def register(centre, name, village=VILLAGE):
    with centre.change() as session:
        person = Person(full_name=name)
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, village_code=village))


def names(centre):
    with centre.read() as session:
        return sorted(session.scalars(sa.select(Person.full_name)))


def site_of(centre):
    with centre.read() as session:
        return own_site(session.connection())


def said(page):
    """Every word in sight."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def account(centre):
    made = Account(id=new_id(), login="pak.amin", name="Amin Uji", role=COLLECTOR, villages=[VILLAGE])
    with centre.change() as session:
        session.add(made)
    return made.id


@pytest.fixture
def joined(centre, account, tmp_path):
    with centre.change() as session:
        card = pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account))
    made = join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP)
    with made.centre:
        yield made


@pytest.fixture
def laptop(centre, joined):
    """A laptop whose six words were compared."""
    with centre.change() as session:
        pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)
    with joined.centre.change() as session:
        pairing.confirm(session, joined.site)
    return joined.centre


@pytest.fixture
def their_desk(laptop, theme, preferences, places):
    """What the laptop's window is handed."""
    worker = Worker(laptop)
    made = Desk(
        worker=worker, messages=Messages(), places=places, drafts=Drafts(worker), preferences=preferences, theme=theme,
        go=lambda *_where: None,
    )  # fmt: skip
    worker.went_wrong.connect(made.messages.show_error)
    yield made
    assert worker.close()


@pytest.fixture
def theirs(their_desk, on_screen, settled):
    """The laptop's page."""
    page = on_screen(ExchangePage(their_desk))
    page.opened()
    settled(their_desk.worker)
    return page


@pytest.fixture
def ours(desk, laptop, show_page):
    """The centre's page."""
    return show_page(ExchangePage(desk))


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """The folder that every question for a folder is answered with."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(folder))
    return folder


@pytest.fixture
def choose(monkeypatch):
    """Answers the question for files."""
    return lambda *files: monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_asked: ([str(file) for file in files], "")
    )


def bundles(stick):
    return sorted(stick.glob("*.rcb"))


def receive(page, choose, settled, *files):
    choose(*files)
    page.receive()
    settled(page.desk.worker)


def test_a_day_in_the_village_is_brought_to_the_centre(ours, theirs, stick, choose, settled, centre, laptop, push):
    register(laptop, "Sumiati")
    theirs.look()
    settled(theirs.desk.worker)
    assert "Unsent: 2 changes" in said(theirs)
    push(theirs, "&Send to centre…")
    settled(theirs.desk.worker)
    [bundle] = bundles(stick)
    written = said(theirs)
    assert bundle.name in written
    assert str(stick) in written
    assert "2 changes" in written
    receive(ours, choose, settled, bundle)
    assert names(centre) == ["Sumiati"]
    receipt = said(ours)
    assert "From Laptop Pak Amin, number 1" in receipt
    assert "1 new person" in receipt
    words = next(one.text() for one in ours.sheet.findChildren(QLabel) if one.property("role") == "recovery")
    assert words in written


def test_the_centre_answers_and_the_laptop_knows_that_its_work_has_arrived(
    ours, theirs, stick, choose, settled, centre, laptop, push
):
    register(laptop, "Sumiati")
    register(centre, "Rohani")
    push(theirs, "&Send to centre…")
    settled(theirs.desk.worker)
    receive(ours, choose, settled, *bundles(stick))
    push(ours, "&Done")
    settled(ours.desk.worker)
    push(ours, "&Send to this laptop…")
    settled(ours.desk.worker)
    [back] = [one for one in bundles(stick) if "Laptop" in said(ours) and one.name in said(ours)]
    theirs.close_sheet()
    receive(theirs, choose, settled, back)
    assert names(laptop) == ["Rohani", "Sumiati"]
    theirs.close_sheet()
    settled(theirs.desk.worker)
    assert "Everything is at the centre." in said(theirs)


def test_several_files_in_any_order_and_one_that_is_no_bundle(ours, stick, choose, settled, centre, laptop, tmp_path):
    register(laptop, "Sumiati")
    [first] = send(laptop, site_of(centre), stick)
    register(laptop, "Rohani")
    [second] = send(laptop, site_of(centre), stick)
    wrong = tmp_path / "holiday.rcb"
    wrong.write_bytes(b"a picture of the sea")
    receive(ours, choose, settled, second.path, wrong, first.path)
    assert names(centre) == ["Rohani", "Sumiati"]
    assert "not a bundle" in said(ours)
    assert "holiday.rcb" in said(ours)
    assert "4 changes, 4 of them new" in said(ours)


def test_the_same_bundle_again_does_nothing_twice(ours, stick, choose, settled, centre, laptop):
    register(laptop, "Sumiati")
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    receive(ours, choose, settled, sent.path)
    assert "taken in before" in said(ours)
    assert names(centre) == ["Sumiati"]


def test_a_bundle_for_somebody_else_is_refused_in_a_sentence(theirs, stick, choose, settled, laptop, centre):
    register(laptop, "Sumiati")
    [sent] = send(laptop, site_of(centre), stick)
    receive(theirs, choose, settled, sent.path)
    assert "cannot be opened here" in said(theirs)
    assert names(laptop) == ["Sumiati"]


def test_a_lost_laptop_is_blocked_and_its_later_work_refused(
    ours, stick, choose, settled, centre, laptop, push, monkeypatch
):
    monkeypatch.setattr("ui.pages.exchange_pairing.ask", lambda *_asked, **_how: True)
    push(ours, "&Block…")
    settled(ours.desk.worker)
    assert "blocked" in said(ours)
    register(laptop, "Sumiati")
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    assert "This laptop is blocked" in said(ours)
    assert names(centre) == []
    push(ours, "&Done")
    push(ours, "&Unblock")
    settled(ours.desk.worker)
    receive(ours, choose, settled, sent.path)
    assert names(centre) == ["Sumiati"]


def test_a_full_stick_is_said_and_nothing_is_lost(theirs, stick, settled, laptop, push, monkeypatch):
    def full(*_asked, **_how):
        raise OSError(errno.ENOSPC, "full")

    told = []
    theirs.desk.messages.told.connect(lambda telling: told.append(telling.text if telling else ""))
    register(laptop, "Sumiati")
    with monkeypatch.context() as patch:
        patch.setattr("db.exchange.bundle.writing.write_fresh", full)
        push(theirs, "&Send to centre…")
        settled(theirs.desk.worker)
    assert "disk is full" in told[-1]
    assert "Unsent: 2 changes" in said(theirs)
    push(theirs, "&Send to centre…")
    settled(theirs.desk.worker)
    assert len(bundles(stick)) == 1


def test_progress_is_in_sight_from_the_first_moment_and_cancel_really_stops(
    theirs, stick, settled, laptop, monkeypatch, qtbot
):
    import threading

    go_on, seen = threading.Event(), []

    def slow(centre, site, into, *, told, stop):
        told("writing", 1000, 3000)
        assert go_on.wait(10)
        return send(centre, site, into, told=told, stop=stop)

    told = []
    theirs.desk.messages.told.connect(lambda telling: told.append(telling.text if telling else ""))
    monkeypatch.setattr("db.exchange.sending.send", slow)
    with laptop.change() as session:
        session.add_all(Person(full_name=f"Warga {number}") for number in range(600))
    panel = ProgressPanel(theirs.desk.worker)
    qtbot.addWidget(panel)
    theirs.send()
    assert not panel.isHidden()
    qtbot.waitUntil(lambda: "1,000 of 3,000" in said_by(panel))
    seen.append(panel.bar.maximum())
    panel.cancel.click()
    go_on.set()
    settled(theirs.desk.worker)
    assert seen == [3000]
    assert panel.isHidden()
    assert "Stopped" in told[-1]
    assert bundles(stick) == []
    assert theirs.main.isEnabled()


def said_by(panel):
    return "\n".join(one.text() for one in panel.findChildren(QLabel))


def test_the_history_shows_a_receipt_again(ours, stick, choose, settled, centre, laptop):
    register(laptop, "Sumiati")
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    words = next(one.text() for one in ours.sheet.findChildren(QLabel) if one.property("role") == "recovery")
    ours.close_sheet()
    ours.tabs.setCurrentIndex(1)
    settled(ours.desk.worker)
    row = ours.history.rows.row(0)
    assert (row.incoming, row.link_no, row.account) == (True, 1, "Ratna Uji")
    ours.history.list.chosen.emit(row.id)
    assert words in said(ours)
    assert "From Laptop Pak Amin" in said(ours)


def test_a_counsellor_sends_and_receives_but_pairs_nobody(desk, laptop, centre, show_page, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(centre, "viewer", replace(centre.viewer, role="counsellor"))
    page = show_page(ExchangePage(desk))
    assert not page.new_button.isVisible()
    assert not page.more.isVisible()
    assert page.receive_button.isVisible()
    for made in (page.main.block, page.main.words, page.main.villages):
        assert not made.isVisible()
    assert page.main.send.isVisible()


def test_a_pairing_that_is_over_says_so(desk, laptop, centre, show_page):
    with centre.change() as session:
        session.scalars(sa.select(Peer)).one().expires_on = dt.date(2020, 1, 1)
    page = show_page(ExchangePage(desk))
    assert "expired" in said(page)
    assert not page.main.send.isEnabled()


def test_a_copied_laptop_is_told_to_repair_and_repairs(ours, theirs, settled, laptop, stick, monkeypatch, push):
    monkeypatch.setattr("ui.pages.exchange.ask", lambda *_asked, **_how: True)
    register(laptop, "Sumiati")
    before = site_of(laptop)
    push(theirs, "This laptop was copied: Re&pair…")
    settled(theirs.desk.worker)
    assert site_of(laptop) != before
    assert "Unsent: 2 changes" in said(theirs)


def test_words_of_a_fork_say_what_to_do():
    from resource_centre.errors import EnvironmentFailed
    from ui.pages.exchange_words import refusal_lines

    assert "Repair" in refusal_lines(EnvironmentFailed("bundle_forked"))[-1]


def test_no_name_clashes_and_everything_has_a_name(each_language, ours, theirs, complaints):
    assert complaints(ours) == []
    assert complaints(theirs) == []


def test_what_was_numbered_and_not_written_is_not_in_the_history(theirs, centre, laptop, settled):
    with laptop.change() as session:
        session.add(
            Bundle(id=new_id(), site=site_of(centre), direction="out", link_no=9, at_ms=1, digest="", contents={})
        )
    theirs.tabs.setCurrentIndex(1)
    settled(theirs.desk.worker)
    assert theirs.history.rows.rowCount() == 0


def test_the_first_page_of_a_laptop_says_what_the_centre_does_not_hold_yet(theirs, laptop, on_screen, settled, qtbot):
    from ui.pages.home import HomePage

    register(laptop, "Sumiati")
    home = on_screen(HomePage(theirs.desk))
    home.opened()
    qtbot.waitUntil(lambda: "2 changes are not at the centre yet." in said(home), timeout=10_000)


def test_enter_does_what_comes_next(ours, stick, settled):
    ours.main.list.chosen.emit(ours.main.chosen.id)
    settled(ours.desk.worker)
    assert len(bundles(stick)) == 1


def test_somebody_who_is_here_already_is_pointed_out(ours, stick, choose, settled, centre, laptop, push):
    for place in (centre, laptop):
        with place.change() as session:
            known = {"full_name": "Siti Sumiati", "sex": "P", "birth_date": "1984-05-17", "mother_name": "Inaq Rohani"}
            session.add(person := Person(**known))
            session.flush()
            session.add(Address(person_id=person.id, village_code=VILLAGE))
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    assert "1 pair of people looks like one person." in said(ours)
    push(ours, "Compare them")
    assert ours.desk.went == [("duplicates",)]


def test_a_value_given_differently_on_both_sides_leads_to_the_decision(
    ours, stick, choose, settled, centre, laptop, push
):
    def rename(place, alias):
        with place.change() as session:
            session.scalars(sa.select(Person)).one().alias = alias

    register(centre, "Sumiati")
    ours.send_into(ours.main.chosen, stick)
    settled(ours.desk.worker)
    from db.exchange.receiving import receive as take_in

    take_in(laptop, bundles(stick)[0])
    rename(centre, "Inaq Sum")
    rename(laptop, "Inaq Mia")
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    assert "1 value differs" in said(ours)
    push(ours, "Decide them")
    assert ours.desk.went == [("conflicts",)]


def test_lists_elsewhere_hear_of_what_came_in(ours, stick, choose, settled, centre, laptop):
    heard = []
    ours.desk.worker.changed.connect(heard.append)
    register(laptop, "Sumiati")
    [sent] = send(laptop, site_of(centre), stick)
    receive(ours, choose, settled, sent.path)
    assert any(len(changed.get("Person", ())) == 1 for changed in heard)


def test_a_stick_that_was_pulled_is_said_and_what_was_chosen_is_proposed_again(theirs, stick, settled, laptop):
    told = []
    theirs.desk.messages.told.connect(lambda telling: told.append(telling.text if telling else ""))
    stick.rmdir()
    theirs.send()
    settled(theirs.desk.worker)
    assert told[-1]
    assert "mistake in the program" not in told[-1]
    assert theirs.main.isEnabled()
    assert theirs.desk.preferences.exchange_folder == stick


def test_a_collector_saves_a_form_for_phones_and_is_told_who_takes_the_answers_in(theirs, push):
    push(theirs, "&Form for phones…")
    assert list(theirs.sheet.form.editor("villages").ticks) == [VILLAGE]
    assert "Give that file to the centre" in said(theirs)


def test_a_missing_stick_is_named_and_the_button_keeps_the_keyboard(theirs, laptop, settled, tmp_path, monkeypatch):
    told = []
    theirs.desk.messages.told.connect(lambda telling: told.append(telling.text if telling else ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path / "pulled"))
    theirs.main.send.setFocus()
    theirs.send()
    settled(theirs.desk.worker)
    assert "Is the stick plugged in?" in told[-1]
    assert theirs.main.send.hasFocus()


def test_only_a_bundle_after_another_says_that_it_holds_what_was_sent_before(theirs, stick, laptop, settled, push):
    register(laptop, "Sumiati")
    theirs.look()
    settled(theirs.desk.worker)
    before = "What was sent before"
    push(theirs, "&Send to centre…")
    settled(theirs.desk.worker)
    assert "nobody else can open it" in said(theirs)
    assert before not in said(theirs)
    push(theirs, "&Done")
    settled(theirs.desk.worker)
    assert "Not confirmed yet: 2 changes" in said(theirs)
    push(theirs, "&Send to centre…")
    settled(theirs.desk.worker)
    assert before in said(theirs)


def test_a_laptop_that_never_sent_has_nothing_to_send(theirs):
    assert "Nothing to send yet." in said(theirs)


def test_what_was_told_before_is_gone_when_something_else_is_opened(ours, settled):
    told = []
    ours.desk.messages.done("It is blocked.")
    ours.desk.messages.told.connect(told.append)
    ours.add_laptop()
    settled(ours.desk.worker)
    assert ours.sheet is not None
    assert told == [None]


def test_many_receipts_leave_the_way_back_in_sight(ours, stick, choose, settled, tmp_path, qtbot):
    files = [tmp_path / f"{number}.rcb" for number in range(8)]
    for file in files:
        file.write_bytes(b"no bundle")
    ours.resize(660, 470)
    receive(ours, choose, settled, *files)
    qtbot.waitUntil(lambda: ours.sheet.back.visibleRegion().boundingRect().height() == ours.sheet.back.height())
    assert ours.sheet.area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(("wide", "shown"), [(1158, True), (690, False)])
def test_a_small_window_leaves_out_the_columns_that_can_be_spared(ours, qtbot, wide, shown):
    ours.resize(wide, 500)
    view = ours.main.list
    qtbot.waitUntil(lambda: view.isColumnHidden(3) is not shown and view.horizontalScrollBar().maximum() == 0)
    assert not view.isColumnHidden(1)


def test_a_laptop_whose_time_is_over_still_sends_and_is_told_what_to_ask_for(theirs, laptop, settled):
    with laptop.change() as session:
        session.scalars(sa.select(Peer)).one().expires_on = dt.date(2020, 1, 1)
    theirs.look()
    settled(theirs.desk.worker)
    assert "can still be sent to the centre" in said(theirs)
    assert theirs.main.send.isEnabled()


def test_the_coordinator_lets_a_pairing_go_on_where_its_villages_are(ours, centre, laptop, settled, push):
    with centre.change() as session:
        session.scalars(sa.select(Peer)).one().expires_on = dt.date(2020, 1, 1)
    ours.look()
    settled(ours.desk.worker)
    assert "expired" in said(ours)
    push(ours, "&Villages…")
    settled(ours.desk.worker)
    ours.sheet.form.editor("expires_on").set_value(dt.date(2099, 12, 31))
    push(ours, "&Save")
    settled(ours.desk.worker)
    assert ours.main.send.isEnabled()
    with centre.read() as session:
        assert session.scalars(sa.select(Peer.expires_on)).one() == dt.date(2099, 12, 31)
