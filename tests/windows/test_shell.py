"""The open centre: where the keys lead, what the lock hides, what the home page says."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from resource_centre import i18n
from resource_centre.clock import today
from resource_centre.records import CounsellingSession, Draft, FollowUp, Person
from ui.idle import Idle
from ui.kit.page import Page
from ui.pages.home import HomePage
from ui.pages.settings import SettingsPage
from ui.shell import Shell
from ui.shell_keys import KeysDialog
from ui.shell_pages import NAVIGATION, PAGES
from ui.unlock import UnlockPage

NAME = "Baiq Nurhayati"


class TypingPage(Page):
    """A page with a line on it, for going to and fro."""

    def __init__(self, desk, key):
        super().__init__(desk, key)
        self.key = key
        self.line = QLineEdit()
        self.line.setAccessibleName(key)
        self.body.addWidget(self.line)
        self.seen = []
        self.stays = False

    def opened(self, subject=None):
        self.seen.append(subject)

    def may_leave(self):
        return not self.stays


@pytest.fixture
def shell(desk, qtbot):
    shell = Shell(
        desk, centre_name="Pusat Layanan Uji", person_name="Ratna", make=lambda key, desk: TypingPage(desk, key)
    )
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    shell.go("home")
    return shell


def test_pages_are_made_only_when_they_are_asked_for(shell):
    assert shell.page("people") is None
    shell.go("people")
    assert shell.page("people") is not None
    assert shell.page("report") is None


def test_control_and_a_number_lead_to_each_place(shell, qtbot):
    for number, key in enumerate(NAVIGATION[:10], 1):
        qtbot.keyClick(shell, Qt.Key(Qt.Key.Key_0 + number % 10), Qt.KeyboardModifier.ControlModifier)
        assert shell.here() == key
        assert shell.navigation.places[key].isChecked()


def test_search_lock_and_the_way_back_have_keys(shell, qtbot):
    shell.go("report")
    qtbot.keyClick(shell, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shell.here() == "people"
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.here() == "report"
    with qtbot.waitSignal(shell.lock):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_f1_shows_the_keys(shell, qtbot):
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    dialog = shell.findChild(KeysDialog)
    assert dialog is not None
    dialog.accept()


def test_a_page_is_told_what_to_open_and_the_right_place_is_lit(shell):
    shell.go("person", "somebody")
    assert shell.page("person").seen == ["somebody"]
    assert shell.navigation.places["people"].isChecked()


def test_a_page_that_is_not_ready_is_not_left(shell):
    shell.page("home").stays = True
    shell.go("people")
    assert shell.here() == "home"
    assert shell.navigation.places["home"].isChecked()


def test_a_bug_on_the_worker_is_told_in_the_banner(shell, desk, qtbot, settled):
    desk.worker.read(lambda _session: 1 // 0, print)
    settled(desk.worker)
    assert "mistake" in shell.banner.text()


def test_the_registry_names_every_page_and_its_title():
    assert set(NAVIGATION) <= set(PAGES)
    for _title, where in PAGES.values():
        module, _colon, name = where.partition(":")
        assert module.startswith("ui.pages.")
        assert name.endswith("Page")


def test_the_names_of_all_places_are_read_whole(each_language, shell):
    places = shell.navigation.places.values()
    assert [place.text() for place in places if place.isVisible() and place.sizeHint().width() > place.width()] == []


def test_names_and_letters_everywhere(each_language, desk, qtbot, complaints, theme):
    for make in (HomePage, SettingsPage):
        shell = Shell(desk, centre_name="Pusat", person_name="Ratna", make=lambda _key, desk, make=make: make(desk))
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        shell.go("home")
        page = shell.page("home")
        for tab in range(page.tabs.count() if make is SettingsPage else 1):
            if make is SettingsPage:
                page.tabs.setCurrentIndex(tab)
            assert complaints(shell) == [], (make.__name__, tab)


# Home


@pytest.fixture
def home(desk, qtbot, settled):
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.opened()
    settled(desk.worker)
    return page


def seen(home, column):
    return [home.waiting.data(home.waiting.index(row, column)) for row in range(home.waiting.rowCount())]


def promise(session, name, days_ago):
    person = Person(full_name=name, sex="P", registered_on=today())
    session.add(person)
    session.flush()
    session.add(FollowUp(person_id=person.id, due_on=today() - dt.timedelta(days=days_ago), purpose="Kunjungan"))
    session.add(CounsellingSession(person_id=person.id, held_on=today(), attendance="hadir"))
    return person.id


def test_an_empty_centre_has_an_honest_home(home):
    assert [card.figure.text() for card in home.cards.values()] == ["0"] * 5
    assert seen(home, 0) == []
    assert "no backup" in words_of(home)


def words_of(home):
    layout = home.attention
    return " ".join(item.widget().text() for n in range(layout.count()) if (item := layout.itemAt(n)).widget())


def test_who_is_waiting_is_seen_at_once_and_leads_to_the_person(home, desk, qtbot, settled):
    ids = []
    desk.worker.change(lambda session: ids.extend(promise(session, *who) for who in ((NAME, 0), ("Rohani", 12))))
    settled(desk.worker)
    settled(desk.worker)
    assert seen(home, 0) == [NAME, "Rohani"]
    assert seen(home, 1) == ["today", "12 days late"]
    assert home.cards["persons_served"].figure.text() == "2"
    home.list.chosen.emit(home.waiting.row(0).id)
    assert desk.went == [("person", ids[0])]


def test_what_needs_attention_can_be_done_from_there(home, desk, settled, centre):
    home._back_up()
    settled(desk.worker)
    settled(desk.worker)
    assert "no backup" not in words_of(home)
    assert len(list((centre.folder / "backups").iterdir())) == 1


def test_a_form_begun_and_not_saved_is_remembered(home, desk, settled, centre):
    desk.worker.change(
        lambda session: session.add(
            Draft(account_id=centre.viewer.account_id, form="counselling", body={"a": 1}, saved_ms=1)
        )
    )
    settled(desk.worker)
    home.opened()
    settled(desk.worker)
    assert "1 form was begun" in words_of(home)
    go_on = home.attention.itemAt(1).widget()
    assert go_on.accessibleName().startswith("Go on with it")
    go_on.click()
    assert desk.went == [("counselling",)]


# Settings


@pytest.fixture
def settings(desk, qtbot, settled):
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


def tab_of(settings, name, desk, settled):
    for place in range(settings.tabs.count()):
        if type(settings.tabs.widget(place)).__name__ == name:
            settings.tabs.setCurrentIndex(place)
            settled(desk.worker)
            return settings.tabs.widget(place)
    raise AssertionError(name)


def test_a_new_account_can_sign_in(settings, desk, settled, centre_folder):
    from db.centre import open_centre

    tab = tab_of(settings, "Accounts", desk, settled)
    for name, value in (("name", "Lalu Fauzi"), ("login", "fauzi"), ("role", "counsellor")):
        tab.new.editor(name).set_value(value)
    tab.new.passphrase._box.line.setText("gunung rinjani tinggi")
    tab.new.add.click()
    settled(desk.worker)
    settled(desk.worker)
    assert [tab.rows.row(place).login for place in range(tab.rows.rowCount())] == ["fauzi", "ibu.ratna"]
    open_centre(centre_folder, login="fauzi", passphrase="gunung rinjani tinggi", alongside=True).close()


def test_a_taken_sign_in_name_is_said_beside_it(settings, desk, settled):
    tab = tab_of(settings, "Accounts", desk, settled)
    for name, value in (("name", "Ratna Kedua"), ("login", "IBU.RATNA"), ("role", "counsellor")):
        tab.new.editor(name).set_value(value)
    tab.new.passphrase._box.line.setText("gunung rinjani tinggi")
    tab.new.add.click()
    settled(desk.worker)
    assert "taken" in tab.new.rows["login"].note.text()


def test_ones_own_passphrase_changes_only_with_the_old_one(settings, desk, settled, centre_folder):
    from db.centre import open_centre

    tab = tab_of(settings, "OwnPassphrase", desk, settled)
    for old in ("salah sama sekali", "kopi hangat di pagi hari"):
        tab.old.line.setText(old)
        for line in (tab.new, tab.again):
            line.line.setText("hujan turun di sawah")
        tab.save.click()
        settled(desk.worker)
        if old.startswith("salah"):
            assert "not your present" in tab.ask_old.note.text()
    open_centre(centre_folder, login="ibu.ratna", passphrase="hujan turun di sawah", alongside=True).close()


def test_the_centre_can_be_renamed_but_not_its_letters(settings, desk, settled, centre):
    from resource_centre.services.accounts import centre_profile

    tab = tab_of(settings, "Centre", desk, settled)
    assert tab.form.editor("site_code").line.isReadOnly()
    tab.form.editor("name").line.setText("Rumah Migran")
    tab.save.click()
    settled(desk.worker)
    with centre.read() as session:
        profile = centre_profile(session)
    assert (profile.name, profile.site_code) == ("Rumah Migran", "LTM")


def test_colours_change_at_once_and_are_remembered(settings, desk, settled):
    tab = tab_of(settings, "Computer", desk, settled)
    tab.theme.set_value("dark")
    tab.theme.settled.emit()
    assert desk.theme.is_dark()
    assert desk.preferences.theme == "dark"


# Lock


def test_the_title_names_nobody(opened, qtbot):
    title = opened.window.windowTitle()
    opened.open.shell.go("settings")
    assert opened.window.windowTitle() == title == "Resource Centre"


def test_locking_hides_everything_and_closes_the_file(opened, qtbot, sign_in):
    shell = opened.open.shell
    shell.go("settings")
    opened.open.lock()
    qtbot.waitUntil(opened.worker.is_idle)
    page = opened.window.shown()
    assert isinstance(page, UnlockPage)
    assert not shell.isVisible()
    assert opened.worker.centre is None
    assert page.login.text() == "ibu.ratna"
    sign_in(opened)
    qtbot.waitUntil(lambda: opened.window.shown() is shell, timeout=20_000)
    assert shell.here() == "settings"


def test_locking_closes_dialogs_too(opened, qtbot, settled):
    opened.open.shell.show_keys()
    dialog = opened.open.shell.findChild(KeysDialog)
    opened.open.lock()
    settled(opened.worker)
    assert not any(one is not opened.window and one.isVisible() for one in opened.app.topLevelWidgets())
    assert dialog is not None


def test_somebody_else_after_the_lock_sees_nothing_of_the_person_before(opened, qtbot, sign_in, settled):
    from db.first_day import AccountAnswers

    centre = opened.worker.centre
    opened.worker.run(
        lambda: centre.add_account(
            AccountAnswers(login="fauzi", name="Lalu Fauzi", role="counsellor"), "rinjani tinggi"
        )
    )
    settled(opened.worker)
    shell = opened.open.shell
    opened.open.lock()
    settled(opened.worker)
    sign_in(opened, "rinjani tinggi", "fauzi")
    qtbot.waitUntil(lambda: isinstance(opened.window.shown(), Shell), timeout=20_000)
    assert opened.window.shown() is not shell
    settled(opened.worker)


def test_the_lock_comes_by_itself_when_nobody_is_there(opened, qtbot):
    opened.open._idle.set_minutes(0.002)
    qtbot.waitUntil(lambda: isinstance(opened.window.shown(), UnlockPage), timeout=5000)


def test_a_touch_keeps_the_lock_away(qapp, qtbot, theme):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    idle = Idle(qapp, line, 0.005)
    over = []
    idle.over.connect(lambda: over.append(True))
    for _touch in range(6):
        qtbot.keyClick(line, Qt.Key.Key_A)
        qtbot.wait(100)
    assert over == []
    qtbot.waitUntil(lambda: over == [True], timeout=3000)
    never = Idle(qapp, line, 0)
    assert not never._timer.isActive()


def test_what_is_typed_is_kept_when_the_lock_comes(opened, qtbot, sign_in, settled):
    shell = opened.open.shell
    shell.go("settings")
    page = shell.page("settings")
    tab = next(
        page.tabs.widget(n) for n in range(page.tabs.count()) if type(page.tabs.widget(n)).__name__ == "Accounts"
    )
    tab.new.editor("name").line.setText(NAME)
    opened.open.lock()
    settled(opened.worker)
    sign_in(opened)
    qtbot.waitUntil(lambda: opened.window.shown() is shell, timeout=20_000)
    assert tab.new.editor("name").line.text() == NAME


def test_the_language_changes_the_open_window(opened, qtbot, settled):
    opened.open.shell.go("settings")
    opened.open._speak("id")
    settled(opened.worker)
    assert i18n.language() == "id"
    assert opened.open.shell.navigation.places["people"].accessibleName() == "Orang"
    assert opened.open.shell.here() == "settings"


def test_closing_waits_for_nothing_when_all_is_saved(opened):
    assert opened.may_close()


def test_the_window_is_where_it_was(opened, preferences, qapp, make_program, centre_folder):
    opened.window.resize(900, 611)  # the test's screen is 800 by 800
    opened.may_close()
    opened.open.lock()
    again = make_program(centre_folder)
    assert again.window.height() == 611
