"""What goes wrong is told once, in words, without anything anybody typed; and the typing is kept."""

import logging
import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.records import Draft, Person, fields_of
from ui.kit.form import Form
from ui.kit.messages import Banner, Messages, catch_bugs, words_for

SECRET = "Siti Aminah 5203015705840001"


@pytest.fixture
def messages():
    return Messages()


@pytest.fixture
def banner(messages, qtbot):
    banner = Banner(messages)
    qtbot.addWidget(banner)
    return banner


def test_a_refusal_has_its_own_words(banner, messages):
    messages.show_error(Refused("out_of_scope"))
    assert banner.text() == Refused("out_of_scope").words()
    assert banner.property("tone") == "warning"


def test_what_the_disk_says_is_put_into_words():
    import errno

    told = words_for(OSError(errno.ENOSPC, "No space left on device"))
    assert told.text == EnvironmentFailed("disk_full").words()
    assert told.tone == "error"


def test_our_bug_is_one_sentence_and_the_log_holds_no_value(banner, messages, caplog):
    with caplog.at_level(logging.ERROR):
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            messages.show_error(error)
    assert "mistake in the program" in banner.text()
    assert SECRET not in banner.text() + caplog.text
    assert "ValueError at test_kit_messages.py" in caplog.text


def test_the_banner_can_be_acted_on_and_closed(banner, messages):
    acted = []
    messages.tell("You were writing an intake.", action=("Continue", lambda: acted.append(True)))
    banner._action.click()
    assert acted == [True]
    assert banner.text() == ""
    messages.tell("Again")
    banner._shut.click()
    assert banner.text() == ""


def test_a_bug_saves_what_is_typed(messages, banner, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    saved = []
    catch_bugs(messages, lambda: saved.append(True))
    error = RuntimeError(SECRET)
    sys.excepthook(RuntimeError, error, None)
    assert saved == [True]
    assert "kept" in banner.text()


@pytest.fixture
def form(desk, qtbot):
    form = Form(desk.places)
    form.add_fields(fields_of(Person), "full_name", "sex", "remarks")
    qtbot.addWidget(form)
    return form


def drafts_in(centre):
    with centre.read() as session:
        return [(draft.form, draft.body) for draft in session.scalars(select(Draft))]


def test_typing_is_in_the_file_within_two_seconds_even_while_one_types_on(desk, form, centre, qtbot, settled):
    keeper = desk.drafts.keep("intake", form, parent=form)
    form.edited.connect(lambda _name: keeper.touch())
    line = form.editor("full_name").line
    waited = 0
    while not drafts_in(centre):
        qtbot.keyClicks(line, "a")
        qtbot.wait(100)
        waited += 100
        assert waited <= 2000
    settled(desk.worker)
    ((name, body),) = drafts_in(centre)
    assert name == "intake"
    assert body["full_name"]["typed"].startswith("aaa")


def test_a_draft_is_offered_to_the_next_run_and_forgotten_when_saved(desk, form, qtbot, settled, centre):
    keeper = desk.drafts.keep("intake", form, parent=form)
    form.editor("full_name").line.setText("Siti")
    keeper.touch()
    desk.drafts.flush()
    settled(desk.worker)
    form.clear()
    offered = []
    again = desk.drafts.keep("intake", form, parent=form)
    again.offer(offered.append)
    settled(desk.worker)
    form.restore(offered[0])
    assert form.values("full_name") == {"full_name": "Siti"}
    again.saved()
    settled(desk.worker)
    assert drafts_in(centre) == []


def test_drafts_of_two_records_do_not_mix(desk, form, settled):
    first = desk.drafts.keep("person", form, record_id="01890000-0000-7000-8000-000000000001", parent=form)
    form.editor("full_name").line.setText("Ani")
    first.touch()
    first.write_now()
    found = []
    desk.drafts.find("person", None, found.append)
    desk.drafts.find("person", "01890000-0000-7000-8000-000000000001", found.append)
    settled(desk.worker)
    assert found[0] is None
    assert found[1]["full_name"] == {"typed": "Ani"}


KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from db.centre import open_centre
from resource_centre.records import Person, fields_of
from ui.kit.drafts import Drafts
from ui.kit.form import Form
from ui.kit.worker import Worker
worker = Worker(open_centre(Path(sys.argv[1]), login="ibu.ratna", passphrase="kopi hangat di pagi hari"))
form = Form()
form.add_fields(fields_of(Person), "full_name")
keeper = Drafts(worker).keep("intake", form, parent=form)
form.edited.connect(lambda _name: keeper.touch())
worker.change(lambda session: session.add(Person(full_name="Rohani", sex="P")))
QTest.keyClicks(form.editor("full_name").line, "Siti Aminah")
print("typed", flush=True)
app.exec()
"""


def test_a_killed_program_has_lost_neither_what_was_saved_nor_what_was_typed(centre_folder):
    from db.centre import open_centre

    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(centre_folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "typed\n"
    time.sleep(3)
    program.kill()
    program.communicate()
    with open_centre(centre_folder, login="ibu.ratna", passphrase="kopi hangat di pagi hari") as again:
        ((form, body),) = drafts_in(again)
        with again.read() as session:
            names = session.scalars(select(Person.full_name)).all()
    assert (form, body) == ("intake", {"full_name": {"typed": "Siti Aminah"}})
    assert names == ["Rohani"]
