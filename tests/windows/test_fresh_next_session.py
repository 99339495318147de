# SPDX-License-Identifier: Apache-2.0
"""Another session of somebody who came before, on another matter, written down without the mouse."""

import datetime as dt
import time

from PySide6.QtCore import Qt
from sqlalchemy import select

from resource_centre import i18n
from resource_centre.clock import today
from resource_centre.records import CounsellingSession, FollowUp
from resource_centre.services.counselling import record_session
from resource_centre.services.intake import register_intake
from ui.kit.editors_codes import CodeEditor
from ui.pages.counselling import CounsellingPage
from ui.pages.training import TrainingPage


def test_the_kind_of_last_time_is_replaced_by_what_is_typed(centre, desk, qtbot, settled, press, show_page):
    i18n.set_language("id")
    before = today() - dt.timedelta(days=20)
    with centre.change() as session:
        who = register_intake(session, person={"full_name": "Sumarni <b>", "sex": "P"}).person_id
        record_session(session, person_id=who, values={"held_on": before, "service_type": "CNS_FIN"})
    page = show_page(CounsellingPage(desk), who)
    started = time.monotonic()
    assert page.form.editor("service_type").value() == "CNS_FIN"
    press("reint\t\t45\t")
    page.form.editor("topic").main.setFocus()
    press("Rencana usaha\t")
    soon = today() + dt.timedelta(days=3)
    page.form.editor("next_on").main.setFocus()
    press(f"{soon.day}-{soon.month}")
    assert str(soon.year) in page.form.rows["next_on"].note.text()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert time.monotonic() - started < 10
    with centre.read() as session:
        held = session.scalars(select(CounsellingSession).order_by(CounsellingSession.held_on)).all()[-1]
        (due,) = session.scalars(select(FollowUp))
    assert (held.service_type, held.topic, held.next_on) == ("CNS_REINT", "Rencana usaha", soon)
    assert (due.person_id, due.due_on) == (who, soon)


def test_a_later_word_of_an_answer_finds_it_when_no_other_has_it(qtbot):
    choices = [("a", "Konseling reintegrasi"), ("b", "Konseling keluarga"), ("c", "Konseling keluarga besar")]
    editor = CodeEditor(choices)
    qtbot.addWidget(editor)
    for typed, value in (("reint", "a"), ("kel", None), ("re", None), ("besar", "c"), ("kons", None)):
        editor.set_typed(typed)
        editor._settle()
        assert editor.value() == value


def test_the_first_day_of_a_new_course_is_replaced_by_what_is_typed(desk, press, show_page):
    page = show_page(TrainingPage(desk), "new")
    assert page.sheet.form.editor("starts_on").value() == today()
    press("3-9-2026")
    assert page.sheet.form.editor("starts_on").value() == dt.date(2026, 9, 3)
