# SPDX-License-Identifier: Apache-2.0
"""A laptop is paired: the card at the centre, the first start on the laptop, the answer, and six words on both."""

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from db.exchange import pairing
from db.exchange.joining import join_centre
from db.keys import Stretch
from resource_centre import i18n
from resource_centre.access import COLLECTOR
from resource_centre.records import Account, PaperCopy, new_id
from resource_centre.records.exchange import Invitation, OwnKey, Peer
from ui.first_start_join import JoinStart
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.messages import Messages
from ui.kit.worker import Worker
from ui.pages.exchange import ExchangePage
from ui.pages.exchange_cards import AnswerSheet, CardSheet, NewPeer
from ui.pages.exchange_six_words import WordsSheet
from ui.shell import Shell

VILLAGE, OTHER = "52.03.01.2001", "52.03.02.2001"
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


def said(page):
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def account(centre):
    made = Account(id=new_id(), login="pak.amin", name="Amin Uji", role=COLLECTOR, villages=[VILLAGE])
    with centre.change() as session:
        session.add(made)
    return made.id


@pytest.fixture
def page(desk, account, show_page):
    return show_page(ExchangePage(desk))


@pytest.fixture
def save_as(monkeypatch):
    """Answers the question where to save."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))


@pytest.fixture
def open_file(monkeypatch):
    """Answers the question for a file."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))


@pytest.fixture
def agree(monkeypatch):
    monkeypatch.setattr("ui.pages.exchange_pairing.ask", lambda *_asked, **_how: True)


@pytest.fixture
def card(centre, account):
    with centre.change() as session:
        return pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account))


def join(card, folder):
    """A laptop somewhere else, without its window."""
    with join_centre(folder, card, PASSPHRASE, CHEAP).centre as laptop, laptop.read() as session:
        site = session.scalars(sa.select(Peer.site)).one()
        return pairing.reply_again(session, site), pairing.words_for(session, site)


def make_card(page, push, settled, name="Laptop Pak Amin", account="Amin Uji"):
    push(page, "Add a la&ptop…")
    settled(page.desk.worker)
    page.sheet.form.editor("name").line.setText(name)
    page.sheet.form.editor("account_id").set_typed(account)
    push(page, "&Make the card")
    settled(page.desk.worker)


def test_a_card_is_made_saved_shown_and_printed(page, push, settled, centre, save_as, tmp_path, monkeypatch):
    make_card(page, push, settled)
    assert isinstance(page.sheet, CardSheet)
    assert "signs in as pak.amin" in said(page)
    assert page.sheet.picture.width() > 200
    save_as(tmp_path / "stick.rccard")
    push(page, "&Save as a file…")
    settled(page.desk.worker)
    assert (tmp_path / "stick.rccard").read_text().startswith("RCCARD1:")
    push(page, "&Copy the text")
    assert QApplication.clipboard().text() == (tmp_path / "stick.rccard").read_text()
    push(page, "&Done")
    settled(page.desk.worker)
    assert page.main.chosen.invitation
    assert "card given out" in said(page)


def test_the_printed_card_is_in_the_trail(page, push, settled, centre, save_as, tmp_path):
    make_card(page, push, settled)
    page.sheet.print()
    settled(page.desk.worker)
    dialog = next(one for one in QApplication.topLevelWidgets() if type(one).__name__ == "PaperDialog")
    assert dialog.paper is not None
    save_as(tmp_path / "card.pdf")
    dialog.save_pdf()
    settled(page.desk.worker)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    with centre.read() as session:
        assert session.scalars(sa.select(PaperCopy.kind)).all() == ["pairing_card"]


def test_what_is_missing_is_said_beside_the_field(page, push, settled, centre):
    make_card(page, push, settled, name="", account="")
    assert isinstance(page.sheet, NewPeer)
    assert page.sheet.form.rows["name"].note.text()
    page.close_sheet()
    settled(page.desk.worker)
    make_card(page, push, settled, account="")
    assert page.sheet.form.rows["account_id"].note.text()
    with centre.read() as session:
        assert session.scalars(sa.select(Invitation)).all() == []


def test_everything_that_is_missing_is_said_at_once(page, push, settled):
    make_card(page, push, settled, name="", account="")
    assert page.sheet.form.rows["name"].note.text()
    assert page.sheet.form.rows["account_id"].note.text()


def test_tab_ends_with_the_buttons_below_from_left_to_right(page, push, settled, press):
    push(page, "Add a la&ptop…")
    settled(page.desk.worker)
    page.sheet.form.editor("expires_on").main.setFocus()
    press("\t")
    assert QApplication.focusWidget() is page.sheet.save_button
    press("\t")
    assert QApplication.focusWidget() is page.sheet.back


def test_a_small_window_shows_what_comes_after_the_card(page, push, settled, qtbot):
    page.resize(660, 470)
    make_card(page, push, settled)
    after = next(one for one in page.sheet.findChildren(QPushButton) if one.text() == "Take the &answer…")
    qtbot.waitUntil(lambda: after.visibleRegion().boundingRect().height() == after.height())


def test_a_laptop_saves_its_answer_again(card, tmp_path, theme, preferences, places, on_screen, settled, save_as):
    with join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP).centre as laptop:
        worker = Worker(laptop)
        desk = Desk(
            worker=worker, messages=Messages(), places=places, drafts=Drafts(worker), preferences=preferences,
            theme=theme, go=lambda *_where: None,
        )  # fmt: skip
        page = on_screen(ExchangePage(desk))
        page.opened()
        settled(worker)
        save_as(tmp_path / "again.rcreply")
        page.main.answer.click()
        settled(worker)
        with laptop.read() as session:
            reply = pairing.reply_again(session, session.scalars(sa.select(Peer.site)).one())
        assert (tmp_path / "again.rcreply").read_text() == reply
        assert worker.close()


def test_the_card_of_a_centre_leads_where_a_centre_joins(page, push, settled):
    from ui.pages.exchange_pairing import show_new

    show_new(page, "centre")
    settled(page.desk.worker)
    page.sheet.form.editor("name").line.setText("Pusat Sakra")
    push(page, "&Make the card")
    settled(page.desk.worker)
    assert "Join a head office" in said(page)
    assert "Join a centre with a card" not in said(page)


def test_an_account_without_villages_is_sent_to_the_settings(page, push, settled, centre):
    with centre.change() as session:
        session.add(Account(id=new_id(), login="bu.sri", name="Sri Uji", role=COLLECTOR, villages=[]))
    make_card(page, push, settled, account="Sri Uji")
    assert "has no villages yet" in page.sheet.form.rows["account_id"].note.text()


def test_a_form_that_was_begun_is_there_again(page, push, settled, centre):
    push(page, "Add a la&ptop…")
    settled(page.desk.worker)
    page.sheet.form.editor("name").line.setText("Laptop tiga")
    page.sheet.form.edited.emit("name")
    page.desk.drafts.flush()
    settled(page.desk.worker)
    page.close_sheet()
    settled(page.desk.worker)
    push(page, "Add a la&ptop…")
    settled(page.desk.worker)
    assert page.sheet.form.editor("name").value() == "Laptop tiga"


def test_the_answer_is_taken_the_words_compared_and_the_laptop_counts(
    page, card, push, settled, centre, open_file, tmp_path
):
    reply, words = join(card, tmp_path / "laptop")
    (tmp_path / "card.rcreply").write_text(reply)
    page.look()
    settled(page.desk.worker)
    push(page, "Take the &answer…")
    assert isinstance(page.sheet, AnswerSheet)
    open_file(tmp_path / "card.rcreply")
    push(page, "From a &file…")
    settled(page.desk.worker)
    assert isinstance(page.sheet, WordsSheet)
    assert [cell.text().split()[1] for cell in page.sheet.words.findChildren(QLabel)] == list(words)
    push(page, "They are the &same")
    settled(page.desk.worker)
    assert "in order" in said(page)
    with centre.read() as session:
        assert session.scalars(sa.select(Peer.confirmed_ms)).one() is not None


def test_words_that_differ_undo_the_pairing(page, card, push, settled, centre, tmp_path, agree):
    reply, _words = join(card, tmp_path / "laptop")
    with centre.change() as session:
        pairing.accept_reply(session, reply)
    page.look()
    settled(page.desk.worker)
    assert "compare the six words" in said(page)
    push(page, "Six &words…")
    settled(page.desk.worker)
    push(page, "They are &not the same…")
    settled(page.desk.worker)
    with centre.read() as session:
        assert session.scalars(sa.select(Peer)).all() == []


@pytest.mark.parametrize("text", ["", "a picture of the sea", "RCREPLY1:abc"])
def test_an_answer_that_is_none_is_refused_beside_the_box(page, card, push, settled, text):
    page.look()
    settled(page.desk.worker)
    push(page, "Take the &answer…")
    page.sheet.text.setPlainText(text)
    push(page, "&Take it")
    settled(page.desk.worker)
    assert "no pairing card" in page.sheet.told.text()
    assert page.sheet.text.toPlainText() == text


def test_a_card_that_was_lost_is_withdrawn(page, card, push, settled, centre, tmp_path, agree):
    page.look()
    settled(page.desk.worker)
    push(page, "Withdra&w the card…")
    settled(page.desk.worker)
    assert page.main.rows.rowCount() == 0
    reply, _words = join(card, tmp_path / "laptop")
    push_answer(page, reply, settled)
    assert "used already" in page.sheet.told.text()


def push_answer(page, reply, settled):
    from ui.pages.exchange_pairing import show_answer

    show_answer(page)
    page.sheet.text.setPlainText(reply)
    page.sheet.take()
    settled(page.desk.worker)


def test_other_villages_are_those_of_account_and_laptop(page, card, push, settled, centre, account, tmp_path):
    reply, _words = join(card, tmp_path / "laptop")
    with centre.change() as session:
        pairing.confirm(session, pairing.accept_reply(session, reply).site)
    page.look()
    settled(page.desk.worker)
    push(page, "&Villages…")
    page.sheet.form.editor("villages").set_value([VILLAGE, OTHER])
    push(page, "&Save")
    settled(page.desk.worker)
    with centre.read() as session:
        assert session.scalars(sa.select(Peer.villages)).one() == [VILLAGE, OTHER]
        assert session.get_one(Account, account).villages == [VILLAGE, OTHER]


def test_the_key_is_renewed_and_the_old_one_kept_for_a_while(page, settled, centre, agree, card):
    from ui.pages.exchange_pairing import renew_key

    renew_key(page)
    settled(page.desk.worker)
    with centre.read() as session:
        retired = session.scalars(sa.select(OwnKey.retired_ms).where(OwnKey.kind == "open")).all()
    assert sorted(one is None for one in retired) == [False, True]


def test_the_recovery_sheet_counts_when_a_group_was_typed_back(page, settled, centre, save_as, tmp_path):
    from db.exchange import recovery
    from ui.pages.exchange_pairing import show_recovery

    show_recovery(page)
    step = page.sheet.step
    step._save(tmp_path / "sheet.pdf")
    settled(page.desk.worker)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    step.typed.setText("00000")
    page.sheet.keep()
    settled(page.desk.worker)
    with centre.read() as session:
        assert recovery.recipients(session.connection()) == []
    step.typed.setText(step._groups[step.asked_for])
    page.sheet.keep()
    settled(page.desk.worker)
    with centre.read() as session:
        assert len(recovery.recipients(session.connection())) == 1


def test_a_centre_joins_its_head_office_and_they_have_the_same_words(
    page, push, settled, centre, copy_of_centre, save_as, tmp_path
):
    """The card of one is answered by the other; both windows show six words."""
    with copy_of_centre() as office:
        with office.change() as session:
            card = pairing.invite(session, pairing.Invited("Pusat Uji", role="centre"))
        from ui.pages.exchange_pairing import join_head_office

        join_head_office(page)
        page.sheet.text.setPlainText(card)
        save_as(tmp_path / "answer.rcreply")
        push(page, "&Join with it")
        settled(page.desk.worker)
        with office.change() as session:
            peer = pairing.accept_reply(session, (tmp_path / "answer.rcreply").read_text())
            words = pairing.words_for(session, peer.site)
    assert isinstance(page.sheet, WordsSheet)
    assert [cell.text().split()[1] for cell in page.sheet.words.findChildren(QLabel)] == list(words)


@pytest.fixture
def copy_of_centre(master_centre, tmp_path):
    """Another centre: made from nothing."""
    from db.centre import AccountAnswers, CentreAnswers, create_centre

    def make():
        profile = CentreAnswers(name="Kantor Pusat Uji", place_code="52.03", site_code="KPU", language="id")
        boss = AccountAnswers(login="kepala", name="Kepala Uji", role="coordinator")
        made, _recovery = create_centre(
            tmp_path / "office", profile=profile, account=boss, passphrase=PASSPHRASE, stretch=CHEAP
        )
        return made

    return make


# On the laptop


def test_a_laptop_joins_from_nothing_with_a_card(
    make_program, places, centre, card, tmp_path, qtbot, open_file, monkeypatch
):
    for module in ("first_start_program", "first_start_join"):
        monkeypatch.setattr(f"ui.{module}.Places", lambda _parent: places)
    stick = tmp_path / "card.rccard"
    stick.write_text(card)
    program = make_program(tmp_path / "new" / "laptop")
    program.window.shown().joining.click()
    page = program.window.shown()
    assert isinstance(page, JoinStart)
    page.go_on()
    assert "Choose the card" in page.card.told.text()
    open_file(stick)
    page.card.file_button.click()
    qtbot.waitUntil(lambda: page.card.card is not None, timeout=10_000)
    assert "Pusat Layanan Uji" in page.card.says.text()
    assert "pak.amin" in page.card.says.text()
    assert page.next.hasFocus(), "Enter does not go on"
    page.go_on()
    page.passphrase.passphrase.line.setText(PASSPHRASE)
    page.passphrase.again.line.setText(PASSPHRASE)
    page.go_on()
    qtbot.waitUntil(lambda: page.sheet is not None, timeout=60_000)
    page.sheet.typed.setText(page.sheet._groups[page.sheet.asked_for])
    page.go_on()
    qtbot.waitUntil(lambda: page.words is not None and bool(page.words.answer.text()), timeout=20_000)
    reply = (tmp_path / "card.rcreply").read_text()
    with centre.change() as session:
        peer = pairing.accept_reply(session, reply)
        ours = pairing.words_for(session, peer.site)
    assert [cell.text().split()[1] for cell in page.words.words.cells] == list(ours)
    page.go_on()
    qtbot.waitUntil(lambda: isinstance(program.window.shown(), Shell), timeout=20_000)
    qtbot.waitUntil(program.worker.is_idle, timeout=10_000)
    shell = program.open.shell
    assert shell.navigation.places["exchange"].accessibleName() == "Hand over"
    assert shell.navigation.places["exchange"].isVisible()
    with program.worker.centre.read() as session:
        assert session.scalars(sa.select(Peer.confirmed_ms)).one() is not None


def test_a_photo_of_the_centres_screen_is_a_card(
    page, card, settled, push, make_program, tmp_path, qtbot, open_file, monkeypatch, places
):
    for module in ("first_start_program", "first_start_join"):
        monkeypatch.setattr(f"ui.{module}.Places", lambda _parent: places)
    make_card(page, push, settled)
    photo = tmp_path / "IMG_0001.png"
    assert page.sheet.picture.grab().save(str(photo))
    program = make_program(tmp_path / "new" / "laptop")
    program.window.shown().joining.click()
    join = program.window.shown()
    open_file(photo)
    join.card.file_button.click()
    qtbot.waitUntil(lambda: join.card.card is not None, timeout=10_000)
    assert join.answers().card == page.sheet._text


def test_a_photo_without_a_card_says_how_to_take_one(make_program, tmp_path, qtbot, open_file):
    photo = tmp_path / "IMG_0002.png"
    picture = QPixmap(300, 200)
    picture.fill(Qt.GlobalColor.white)
    picture.save(str(photo))
    program = make_program(tmp_path / "new" / "laptop")
    program.window.shown().joining.click()
    join = program.window.shown()
    open_file(photo)
    join.card.file_button.click()
    qtbot.waitUntil(lambda: "Photograph it anew" in join.card.told.text(), timeout=10_000)
    assert join.card.card is None


@pytest.mark.parametrize("content", [b"", b"a picture of the sea", b"\xff\xfe\x00", b"RCCARD1:abc", b"x" * 300_000])
def test_a_file_that_is_no_card_is_refused_and_nothing_is_made(make_program, tmp_path, qtbot, open_file, content):
    stick = tmp_path / "card.rccard"
    stick.write_bytes(content)
    program = make_program(tmp_path / "new" / "laptop")
    program.window.shown().joining.click()
    page = program.window.shown()
    open_file(stick)
    page.card.file_button.click()
    qtbot.waitUntil(lambda: "no pairing card" in page.card.told.text(), timeout=10_000)
    page.go_on()
    assert page.steps.currentWidget() is page.card
    assert not (tmp_path / "new").exists()


def test_one_can_go_back_to_making_a_centre(make_program, tmp_path):
    from ui.first_start import FirstStart

    program = make_program(tmp_path / "none")
    program.window.shown().joining.click()
    program.window.shown().back.click()
    assert isinstance(program.window.shown(), FirstStart)


def test_every_sheet_has_names_and_letters_of_its_own(
    each_language, page, card, settled, complaints, places, theme, qtbot, tmp_path
):
    from ui.pages import exchange_pairing as acts

    page.look()
    settled(page.desk.worker)
    for show in (
        lambda: acts.show_new(page, "laptop"),
        lambda: acts.show_new(page, "centre"),
        lambda: acts.show_card(page, page.main.chosen),
        lambda: acts.show_answer(page),
        lambda: acts.show_recovery(page),
        lambda: acts.join_head_office(page),
    ):
        show()
        settled(page.desk.worker)
        assert page.sheet is not None
        assert complaints(page) == [], type(page.sheet).__name__
        page.close_sheet()
        settled(page.desk.worker)
    joining = JoinStart(places, tmp_path / "laptop")
    qtbot.addWidget(joining)
    joining.show()
    assert complaints(joining) == []


@pytest.fixture
def unpaired(card, tmp_path, theme, preferences, places, on_screen, settled):
    """The page of a laptop whose six words were not compared yet."""
    with join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP).centre as laptop:
        worker = Worker(laptop)
        desk = Desk(worker, Messages(), places, Drafts(worker), preferences, theme, go=lambda *_where: None)
        page = on_screen(ExchangePage(desk))
        page.opened()
        settled(worker)
        yield page
        assert worker.close()


def test_on_a_laptop_words_that_differ_say_what_is_to_be_done_by_whom(unpaired, settled, push):
    page = unpaired
    push(page, "Six &words…")
    settled(page.desk.worker)
    push(page, "They are &not the same…")
    assert "Nothing has left this laptop" in said(page)
    assert "makes a new card" in said(page)
    push(page, "&Later")
    settled(page.desk.worker)
    assert not page.main.send.isEnabled()


@pytest.fixture
def differs(unpaired, settled, push):
    """The same page, after somebody said that the words are not the same and has a new card."""
    push(unpaired, i18n._("Six &words…"))
    settled(unpaired.desk.worker)
    push(unpaired, i18n._("They are &not the same…"))
    push(unpaired, i18n._("Use the new &card…"))
    return unpaired


def test_a_laptop_whose_words_differed_uses_a_new_card(
    differs, centre, account, settled, open_file, save_as, push, tmp_path
):
    with centre.change() as session:
        new = pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account))
    (tmp_path / "new.rccard").write_text(new)
    open_file(tmp_path / "new.rccard")
    save_as(tmp_path / "new.rcreply")
    push(differs, "From a &file…")
    settled(differs.desk.worker)
    with centre.change() as session:
        site = pairing.accept_reply(session, (tmp_path / "new.rcreply").read_text()).site
        theirs = pairing.words_for(session, site)
    assert [cell.text().split()[1] for cell in differs.sheet.words.cells] == list(theirs)
    push(differs, "They are the &same")
    settled(differs.desk.worker)
    assert differs.main.send.isEnabled()


def test_a_card_of_somebody_else_is_refused_beside_the_box(differs, centre, settled, push):
    with centre.change() as session:
        other = Account(id=new_id(), login="bu.ani", name="Ani Uji", role="counsellor")
        session.add(other)
        session.flush()
        differs.sheet.text.setPlainText(pairing.invite(session, pairing.Invited("Laptop Ani", account_id=other.id)))
    push(differs, "&Use it")
    settled(differs.desk.worker)
    assert "This card was not made for this" in differs.sheet.told.text()
    assert differs.sheet.text.toPlainText() != ""


def test_the_sheets_of_a_laptop_whose_words_differed_have_names_and_letters_of_their_own(
    each_language, unpaired, settled, push, complaints
):
    from ui.pages import exchange_pairing as acts

    page = unpaired
    push(page, i18n._("Six &words…"))
    settled(page.desk.worker)
    push(page, i18n._("They are &not the same…"))
    assert complaints(page) == []
    acts.join_again(page)
    assert complaints(page) == []
