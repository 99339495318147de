"""Opening a centre: painted before anything heavy, wrong passphrases without a hint, another way in by the sheet."""

import json
import os
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import Qt

from resource_centre import i18n
from resource_centre.errors import EnvironmentFailed
from ui.first_start import FirstStart
from ui.libraries import has_display, missing_packages
from ui.shell import Shell
from ui.start import EXIT_LIBRARIES, EXIT_NO_DISPLAY, main
from ui.unlock import UnlockPage
from ui.unlock_recovery import RecoveryPage

FIRST_PAINT = """
import json, sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from pathlib import Path
from ui.kit.preferences import Preferences
from ui.program import Program
folder = Path(sys.argv[1])
program = Program(app, Preferences(QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)), folder)
heavy = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "babel", "rapidfuzz", "sqlcipher3", "nacl", "phonenumbers")
program.window.painted.connect(lambda: print(json.dumps([n for n in heavy if n in sys.modules]), flush=True))
def look():
    if program.worker.is_idle() and "sqlalchemy" in sys.modules:
        print("loaded afterwards", flush=True)
        app.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
program.start()
app.exec()
program.worker.close()
"""


def test_the_first_window_is_painted_before_anything_heavy_is_loaded(centre_folder):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(centre_folder)],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert json.loads(first) == []
    assert second == "loaded afterwards"


def test_the_right_passphrase_leads_home(opened, preferences, centre_folder):
    assert opened.open.shell.here() == "home"
    assert (preferences.login, preferences.centre) == ("ibu.ratna", centre_folder)


def test_a_wrong_passphrase_gives_no_hint_and_keeps_the_name(make_program, sign_in, centre_folder, qtbot):
    program = make_program(centre_folder)
    page = program.window.shown()
    told = set()
    for login, passphrase in (("ibu.ratna", "salah sama sekali"), ("nobody", "kopi hangat di pagi hari")):
        sign_in(program, passphrase, login)
        qtbot.waitUntil(page.open_button.isEnabled, timeout=20_000)
        told.add(page.told.text())
        assert page.passphrase.text() == ""
        assert page.login.text() == login
    assert told == {EnvironmentFailed("wrong_passphrase").words()}


def test_after_several_wrong_attempts_it_takes_longer_and_says_so(make_program, sign_in, centre_folder, qtbot):
    program = make_program(centre_folder)
    page = program.window.shown()
    page._patience.setInterval(300)
    (centre_folder / "attempts.json").write_text(json.dumps({"failed": 4, "last": time.time()}))
    sign_in(program, "salah sama sekali")
    qtbot.waitUntil(lambda: "wrong attempts" in page.told.text(), timeout=5000)
    qtbot.waitUntil(page.open_button.isEnabled, timeout=20_000)
    assert page.told.text() == EnvironmentFailed("wrong_passphrase").words()


def test_nothing_typed_is_asked_for_beside_the_field(make_program, centre_folder):
    page = make_program(centre_folder).window.shown()
    page.open_button.click()
    assert page.ask_login.note.isVisibleTo(page)
    assert page.ask_passphrase.note.isVisibleTo(page)


def test_the_passphrase_can_be_looked_at(make_program, centre_folder, qtbot):
    page = make_program(centre_folder).window.shown()
    line = page.passphrase.line
    assert line.echoMode() == line.EchoMode.Password
    page.passphrase.show_button.click()
    assert line.echoMode() == line.EchoMode.Normal


def test_enter_goes_from_the_name_to_the_passphrase_and_opens(make_program, centre_folder, qtbot):
    program = make_program(centre_folder)
    page = program.window.shown()
    asked = []
    page.asked_to_open.disconnect(program.unlock)
    page.asked_to_open.connect(lambda *typed: asked.append(typed))
    qtbot.keyClicks(page.login, "ani")
    qtbot.keyClick(page.login, Qt.Key.Key_Return)
    qtbot.keyClicks(page.passphrase.line, "rahasia")
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    assert asked == [("ani", "rahasia")]


def test_the_language_switches_at_once_and_is_remembered(make_program, centre_folder, preferences):
    program = make_program(centre_folder)
    program.window.shown().language_chosen.emit("id")
    assert i18n.language() == "id"
    assert preferences.language == "id"
    assert program.window.shown().open_button.text() == "&Buka"


@pytest.mark.parametrize("page", [UnlockPage, RecoveryPage])
def test_everything_has_a_name_and_a_letter_of_its_own(each_language, page, qtbot, tmp_path, complaints, theme):
    window = page(tmp_path)
    qtbot.addWidget(window)
    window.resize(1000, 640)
    window.show()
    assert complaints(window) == []


def test_the_recovery_sheet_opens_and_sets_a_new_passphrase(make_program, sign_in, centre_folder, recovery_text, qtbot):
    program = make_program(centre_folder)
    program.window.shown().wants_recovery.emit()
    page = program.window.shown()
    page.login.setText("ibu.ratna")
    page.key.setPlainText(recovery_text.lower())
    for line in (page.passphrase, page.again):
        line.line.setText("hujan turun di sawah")
    page.open_button.click()
    qtbot.waitUntil(lambda: isinstance(program.window.shown(), Shell), timeout=20_000)


def test_a_mistyped_group_of_the_sheet_is_named(make_program, centre_folder, recovery_text):
    program = make_program(centre_folder)
    program.window.shown().wants_recovery.emit()
    page = program.window.shown()
    groups = recovery_text.split("-")
    groups[2] = ("A" if groups[2][0] != "A" else "B") + groups[2][1:]
    page.login.setText("ibu.ratna")
    page.key.setPlainText(" ".join(groups))
    page.open_button.click()
    assert "group 3" in page.ask_key.note.text()


def test_a_folder_that_is_no_centre_leads_to_the_first_start(make_program, tmp_path):
    assert isinstance(make_program(tmp_path / "empty").window.shown(), FirstStart)


def test_a_stick_that_is_not_plugged_in_is_asked_for(make_program, preferences, tmp_path):
    preferences.centre = tmp_path / "stick"
    page = make_program(None).window.shown()
    assert isinstance(page, UnlockPage)
    assert "stick" in page.told.text()


def test_a_folder_with_other_things_in_it_is_no_centre_and_is_left_alone(make_program, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    page = make_program(tmp_path / "photos").window.shown()
    assert isinstance(page, UnlockPage)
    assert page.told.text() == EnvironmentFailed("not_a_centre").words()


def test_a_centre_that_is_open_elsewhere_is_said_to_be_in_use(make_program, sign_in, centre_folder, centre, qtbot):
    program = make_program(centre_folder)
    page = program.window.shown()
    sign_in(program)
    qtbot.waitUntil(page.open_button.isEnabled, timeout=20_000)
    assert page.told.text() == EnvironmentFailed("locked").words()


def test_a_damaged_centre_is_told_in_words(make_program, sign_in, centre_folder, qtbot):
    (centre_folder / "centre.db").write_bytes(b"not a database" * 500)
    program = make_program(centre_folder)
    page = program.window.shown()
    sign_in(program)
    qtbot.waitUntil(page.open_button.isEnabled, timeout=20_000)
    assert page.told.text() == EnvironmentFailed("damaged").words()


def refuses(*names):
    def load(name):
        if name in names:
            raise OSError(name)

    return load


def test_missing_system_libraries_are_named_as_packages():
    load = refuses("libxcb-cursor.so.0", "libGL.so.1")
    assert missing_packages({}, load, "linux") == ("libgl1", "libxcb-cursor0")
    assert missing_packages({"QT_QPA_PLATFORM": "offscreen"}, load, "linux") == ("libgl1",)
    assert missing_packages({}, load, "win32") == ()


def test_the_program_says_which_packages_are_missing_before_qt_could_abort(monkeypatch, capsys):
    monkeypatch.setattr("ui.libraries.missing_packages", lambda: ("libgl1", "libxcb-cursor0"))
    monkeypatch.setattr("ui.libraries.has_display", lambda: True)
    assert main([]) == EXIT_LIBRARIES
    assert "sudo apt install libgl1 libxcb-cursor0" in capsys.readouterr().err


def test_without_a_screen_the_program_says_so(monkeypatch, capsys):
    monkeypatch.setattr("ui.libraries.has_display", lambda: False)
    assert main([]) == EXIT_NO_DISPLAY
    assert "no screen" in capsys.readouterr().err
    assert not has_display({}, "linux")
    assert has_display({"DISPLAY": ":0"}, "linux")
