# SPDX-License-Identifier: Apache-2.0
"""What window tests stand on: the bundled font, settings of their own, and a desk on a real encrypted centre."""

import datetime as dt
import gc
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QWidget,
)

from resource_centre import i18n
from resource_centre.services.intake import register_intake
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.messages import Messages
from ui.kit.mnemonics import letter_of
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.kit.theme import Theme
from ui.kit.worker import Worker


@pytest.fixture(scope="session", autouse=True)
def _plain_locale():
    QLocale.setDefault(QLocale(QLocale.Language.English))


@pytest.fixture(scope="module", autouse=True)
def _no_rubbish_for_other_modules():
    """No test elsewhere, with threads of its own, finds widgets of these tests in its rubbish."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def _rubbish_on_this_thread():
    """As in the program: a collection that starts on the database's thread may wait for the window's for ever."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(autouse=True)
def _no_window_is_left():
    """A dialog that a test leaves open is neither found by the next test nor the parent of its windows."""
    yield
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.close()


@pytest.fixture(params=["id", "en"])
def each_language(request):
    """The test runs once in each language."""
    i18n.set_language(request.param)
    return request.param


@pytest.fixture
def preferences(tmp_path):
    """Settings that nobody else reads."""
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def theme(qapp):
    """Light colours, whatever the machine has."""
    theme = Theme(qapp, "light")
    yield theme
    theme.choose("light")
    theme.setParent(None)
    theme.deleteLater()


@pytest.fixture
def worker(qapp, centre):
    """The worker on an open centre; it has ended when the test has."""
    worker = Worker(centre)
    yield worker
    assert worker.close(), "the worker did not end"


@pytest.fixture(scope="session")
def places(qapp):
    """All villages, read once."""
    places = Places()
    from resource_centre.places import gazetteer

    places.gazetteer = gazetteer()
    places._started = True
    return places


@pytest.fixture
def desk(worker, theme, preferences, places):
    """What pages are handed; `desk.went` lists where they wanted to go."""
    went = []
    made = Desk(
        worker=worker,
        messages=Messages(),
        places=places,
        drafts=Drafts(worker),
        preferences=preferences,
        theme=theme,
        go=lambda *where: went.append(where),
    )
    object.__setattr__(made, "went", went)
    worker.went_wrong.connect(made.messages.show_error)
    return made


@pytest.fixture
def settled(qtbot):
    """Wait until a worker has nothing left to do, and its answers have arrived and stand on the screen."""

    def wait(worker, timeout=10_000):
        qtbot.waitUntil(worker.is_idle, timeout=timeout)
        # Qt shows what was laid into a visible page one round of events later.
        QApplication.processEvents()

    return wait


@pytest.fixture
def on_screen(qtbot):
    """Puts a widget on the screen, if not told otherwise as large as a page is at 1366 x 768; it has the keyboard."""

    def put(widget, size=(1158, 690)):
        qtbot.addWidget(widget)
        widget.resize(*size)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return put


@pytest.fixture
def show_page(on_screen, desk, settled):
    """Opens a page as the program does: its first field has the keyboard."""

    def show(page, subject=None, timeout=10_000):
        on_screen(page).opened(subject)
        settled(desk.worker, timeout)
        (page.first_field() or page).setFocus(Qt.FocusReason.TabFocusReason)
        return page

    return show


@pytest.fixture
def press(qtbot):
    """Presses keys, one after the other, wherever the keyboard is; tab and line break are Tab and Enter."""

    def pressed(keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in [keys] if isinstance(keys, Qt.Key) else keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            qtbot.keyClick(target, {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}.get(key, key), modifier)

    return pressed


@pytest.fixture
def focus():
    """Gives a widget the keyboard."""

    def give(widget):
        QTest.qWait(20)  # a list that closes gives the keyboard back to where it was, a moment later
        widget.window().activateWindow()
        QTest.qWaitForWindowActive(widget.window())
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    return give


@pytest.fixture
def push(qtbot, focus):
    """Presses the button with these words as soon as it is there."""

    def pushed(page, words):
        def found():
            return [one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible()]

        qtbot.waitUntil(lambda: bool(found()))
        focus(found()[0])
        qtbot.keyClick(found()[0], Qt.Key.Key_Return)

    return pushed


@pytest.fixture
def fill(focus, press):
    """Types an answer into a question of a form, and goes on with Tab."""

    def typed(form, name, text):
        focus(form.form.editor(name).main)
        press(f"{text}\t")

    return typed


@pytest.fixture
def aminah(centre):
    """Somebody registered in April 2026; their id."""
    with centre.change() as session:
        known = {"full_name": "Siti Aminah", "sex": "P", "birth_date": "1984-05-17"}
        return register_intake(session, person=known, on=dt.date(2026, 4, 2)).person_id


@pytest.fixture
def client(centre):
    """Somebody registered today with an open case: `person_id`, `case_id`."""
    with centre.change() as session:
        return register_intake(session, person={"full_name": "Siti Aminah", "sex": "P"}, open_case=True)


@pytest.fixture
def complaints():
    """What somebody who uses only the keyboard or a screen reader would complain of in a window."""
    return lambda window: [*nameless(window), *clashing_letters(window)]


def nameless(window: QWidget) -> list[str]:
    """Widgets the keyboard reaches that a screen reader cannot name."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or widget.focusPolicy().value == 0 or isinstance(widget, (QMenu, QLabel)):
            continue
        if widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QAbstractScrollArea) and not widget.accessibleName() and _is_only_a_frame(widget):
            continue
        if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text()):
            found.append(f"no name: {type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def clashing_letters(window: QWidget) -> list[str]:
    """Letters that two things in sight both claim with Alt."""
    claimed: dict[str, str] = {}
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not isinstance(widget, (QLabel, QAbstractButton)):
            continue
        letter = letter_of(widget.text())
        if letter and letter in claimed:
            found.append(f"Alt+{letter}: {claimed[letter]} and {widget.text()}")
        elif letter:
            claimed[letter] = widget.text()
    return found


def _is_only_a_frame(widget: QAbstractScrollArea) -> bool:
    return type(widget).__name__ == "QScrollArea" or isinstance(widget.parent(), QTabBar)


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def make_program(qapp, preferences, qtbot, monkeypatch):
    """Starts the window program on a folder, as a person would, and ends it after the test."""
    from ui.program import Program

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = []

    def make(folder):
        preferences.language = i18n.language()
        preferences.theme = "light"
        program = Program(qapp, preferences, folder)
        qtbot.addWidget(program.window)
        made.append(program)
        program.start()
        return program

    yield make
    for program in made:
        assert program.worker.close()
        program.stop_watching()
        program.deleteLater()


@pytest.fixture
def sign_in(qtbot):
    """Types name and passphrase into the unlock window."""

    def type_in(program, passphrase="kopi hangat di pagi hari", login="ibu.ratna"):
        page = program.window.shown()
        page.login.setText(login)
        page.passphrase.line.setText(passphrase)
        page.open_button.click()

    return type_in


@pytest.fixture
def opened(make_program, sign_in, centre_folder, qtbot):
    """The program with the centre open, at home."""
    from ui.shell import Shell

    program = make_program(centre_folder)
    sign_in(program)
    qtbot.waitUntil(lambda: isinstance(program.window.shown(), Shell), timeout=20_000)
    qtbot.waitUntil(program.worker.is_idle, timeout=10_000)
    return program


class Keyboard:
    """Somebody at the keyboard without a mouse: every key goes to whatever has the focus."""

    MOST_TABS = 400

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot
        program.window.activateWindow()

    def focus(self):
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def target(self):
        """Where the system sends a key: to a list that is open, else to the focus."""
        return QApplication.activePopupWidget() or self.focus()

    def press(self, keys, times=1):
        """A key or a chord as it is called on a keyboard: ``Ctrl+S``, ``Tab``, ``Return``."""
        for _time in range(times):
            chord = QKeySequence(keys)[0]
            QTest.keyClick(self.target(), chord.key(), chord.keyboardModifiers())
            self.settle()

    def type(self, words):
        for letter in words:
            QTest.keyClick(self.target(), letter)
        self.settle()

    def to(self, name):
        """Tab until what is called so has the keyboard, or the first choice of a question; fails when none comes by."""
        self.tab_until(lambda widget: self.called(widget) == name or self.called(widget).startswith(f"{name}: "), name)

    def to_beginning(self, words):
        """Tab until what is called something that begins so has the keyboard."""
        self.tab_until(lambda widget: self.called(widget).startswith(words), words)

    def to_kind(self, kind):
        """Tab until a widget of a class has the keyboard."""
        self.tab_until(lambda widget: type(widget).__name__ == kind, kind)

    def tab_until(self, found, what):
        first, seen = None, []
        while not found(widget := self.focus()):
            if widget is first:
                raise AssertionError(f"{what!r} is not among {sorted(set(seen))}")
            first = first or widget
            seen.append(self.called(widget))
            assert len(seen) < self.MOST_TABS, f"{what!r} is not among {sorted(set(seen))}"
            self.tab()

    def tab(self):
        """To the next thing; a list that was open closes and gives the keyboard back a moment later."""
        self.steady()
        QTest.keyClick(self.target(), Qt.Key.Key_Tab)
        self.steady()

    def steady(self):
        """Without a desktop a list of choices that has closed stays the active window: give that back."""
        QApplication.processEvents()
        active = QApplication.activeWindow()
        if isinstance(active, QAbstractItemView) and not active.isVisible():
            self.program.window.activateWindow()
            QTest.qWait(50)

    def answer(self, name, words):
        """Tab to a question and type the answer, in place of what stands there."""
        self.to(name)
        if isinstance(self.focus(), QLineEdit):
            self.press("Ctrl+A")
        self.type(words)

    def choose(self, name, option):
        """Tab to a question of a few choices and take one with the arrows."""
        self.to(name)
        for _step in range(12):
            if self.called(self.focus()) == f"{name}: {option}":
                self.press("Space")
                return
            self.press("Right")
        raise AssertionError(f"{name!r} has no {option!r}")

    def push(self, name):
        """Tab to a button and press it."""
        self.to(name)
        self.press("Space")

    def called(self, widget):
        """What a screen reader would say."""
        return widget.accessibleName() or getattr(widget, "text", lambda: "")().replace("&", "")

    def settle(self):
        """The worker has answered and the window has drawn it."""
        self.qtbot.waitUntil(self.program.worker.is_idle, timeout=10_000)
        QApplication.processEvents()


@pytest.fixture
def keyboard(opened, qtbot):
    """The keyboard of the open program."""
    return Keyboard(opened, qtbot)


@pytest.fixture
def answer(centre):
    """Answers a questionnaire: every question of a list with its choice number `choice`; returns the answers' id."""
    from resource_centre.questionnaires.live import LiveForm
    from resource_centre.services.questionnaires import form_of, newest_version
    from resource_centre.services.responses import save_response

    def answered(name, *, choice=0, why=None, state="complete", **asked):
        with centre.change() as session:
            version = newest_version(session, name).id
            live = LiveForm(form_of(session, version))
            for place in live.places():
                if getattr(live.item(place), "choices", "") and live.state(place).relevant and state == "complete":
                    chosen = live.choices(place)
                    live.answer(place, None if why else chosen[min(choice, len(chosen) - 1)].name, why)
            given = {"answers": live.answers(), "unanswered": live.unanswered(), "state": state}
            return save_response(session, None, version_id=version, **given, **asked)

    return answered
