# SPDX-License-Identifier: Apache-2.0
"""One visitor's morning, from the search to the report, through the real window and with the keyboard only."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.records import CounsellingSession, Person
from ui.shell import Shell
from ui.shell_pages import NEEDS, PAGES


@pytest.fixture
def shell(qtbot, desk, settled):
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    shell = Shell(desk, centre_name="Pusat Layanan Uji", person_name="Ratna Uji")
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    yield shell
    assert wrong == []


def press(qtbot, keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys if isinstance(keys, str) else [keys]:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        qtbot.keyClick(target, {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}.get(key, key), modifier)


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_visitor_is_registered_counselled_and_counted(shell, qtbot, settled, desk, centre):
    shell.go("people")
    settled(desk.worker)
    press(qtbot, "nur hasanah")
    press(qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: shell.here() == "intake")
    intake = shell.page("intake")
    assert intake.form.editor("person.full_name").value() == "Nur Hasanah"
    female = next(one for one in intake.form.editor("person.sex")._group.buttons() if one.text() == "Female")
    female.setFocus()
    press(qtbot, " ")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settled(desk.worker)
    assert "Registered with the number" in shell.banner.text()
    assert intake.view.step == "safe_contact"
    press(qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shell.here() == "person")
    settled(desk.worker)
    assert shell.page("person").title.text() == "Nur Hasanah"

    press(qtbot, Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: shell.here() == "counselling")
    settled(desk.worker)
    press(qtbot, "reint\t\t45\t")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: shell.here() == "person")
    settled(desk.worker)
    qtbot.waitUntil(lambda: any("Counselling session" in one for one in shell.page("person").timeline.lines()))
    with centre.read() as session:
        person = session.scalars(select(Person)).one()
        assert session.scalars(select(CounsellingSession.person_id)).all() == [person.id]

    press(qtbot, Qt.Key.Key_2, CONTROL)
    settled(desk.worker)
    qtbot.waitUntil(lambda: shell.page("people").rows.rowCount() == 1)


def test_every_page_opens_in_each_language_on_an_empty_centre(shell, qtbot, settled, desk, each_language):
    for key in PAGES:
        if key != "person" and desk.may(NEEDS.get(key, "desk")):
            shell.go(key)
            settled(desk.worker, timeout=30_000)
            assert shell.here() == key


def test_going_back_leads_to_where_one_was(shell, qtbot, settled, desk):
    shell.go("people")
    shell.go("training", "new")
    settled(desk.worker)
    shell.go_back()
    assert shell.here() == "people"
