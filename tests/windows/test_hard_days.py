# SPDX-License-Identifier: Apache-2.0
"""Days on which everything goes wrong at the desk: said with the field and the reason, and nothing typed is lost."""

import datetime as dt
import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from resource_centre import clock
from resource_centre.records import MigrationEpisode, Person
from resource_centre.services.formats import LONGEST
from ui.kit.editors import ParagraphEditor
from ui.pages.person import PersonPage
from ui.shell import Shell

TEN_MEGABYTES = 10_000_000
YEAR = dt.timedelta(days=365)


@pytest.fixture
def page(aminah, desk, show_page):
    return show_page(PersonPage(desk), aminah)


@pytest.fixture
def copied(qapp):
    """Puts a text on the clipboard."""

    def put(text):
        data = QMimeData()
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)

    yield put
    QGuiApplication.clipboard().clear()


def paste(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_ten_megabytes_pasted_into_a_note_do_not_stop_the_window(page, copied, qtbot):
    page.edit_person()
    copied("panjang " * (TEN_MEGABYTES // 8))
    remarks = page.form.form.rows["remarks"]
    began = time.monotonic()
    paste(qtbot, remarks.editor.main)
    assert time.monotonic() - began < 5
    assert len(remarks.editor.typed()) == LONGEST["paragraph"]
    assert "Only the first 20,000 characters fit here" in remarks.note.text()


def test_what_fitted_is_saved(page, copied, qtbot, settled, desk, centre, aminah):
    page.edit_person()
    copied("a" * TEN_MEGABYTES)
    paste(qtbot, page.form.form.editor("remarks").main)
    page.form.save()
    settled(desk.worker)
    with centre.read() as session:
        assert session.get(Person, aminah).remarks == "a" * LONGEST["paragraph"]


def test_ten_megabytes_pasted_into_a_line_are_told_of(page, copied, qtbot):
    page.edit_person()
    copied("a" * TEN_MEGABYTES)
    alias = page.form.form.rows["alias"]
    paste(qtbot, alias.editor.main)
    qtbot.waitUntil(lambda: "Only the first 200 characters fit here" in alias.note.text())


def test_a_text_that_grew_too_long_by_typing_is_kept_and_not_saved(page, settled, desk, qtbot):
    page.edit_person()
    remarks = page.form.form.rows["remarks"]
    remarks.editor.text.setPlainText("a" * LONGEST["paragraph"])
    remarks.editor.main.setFocus()
    qtbot.keyClicks(remarks.editor.main, "bcd")
    page.form.save()
    settled(desk.worker)
    assert remarks.note.text() == "This is too long."
    assert len(remarks.editor.typed()) == LONGEST["paragraph"] + 3


def test_the_window_takes_as_much_as_the_centre_keeps(qtbot):
    editor = ParagraphEditor()
    qtbot.addWidget(editor)
    assert editor.text.longest == LONGEST["paragraph"]


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"departure_date": "2019", "return_date": "2018"}, "return_date", "The return is before the departure."),
        ({"departure_date": "1980", "return_date": "2001"}, "departure_date", "This is before the date of birth."),
        ({"departure_date": "2019", "return_date": "2031-01"}, "return_date", "This date is in the future."),
    ],
)
def test_dates_that_cannot_be_are_refused_at_their_field(page, settled, desk, centre, answers, field, words):
    page.add_stay()
    page.form.form.set_values({"destination_country": "MYS", "return_type": "DEPORTASI", **answers})
    page.form.save()
    settled(desk.worker)
    assert page.form.form.rows[field].note.text() == words
    with centre.read() as session:
        assert session.query(MigrationEpisode).count() == 0


def test_a_clock_set_back_a_year_is_told_at_opening_with_what_to_do(
    centre_folder, make_program, sign_in, qtbot, monkeypatch
):
    real = clock.wall_ms
    monkeypatch.setattr("resource_centre.clock.wall_ms", lambda: real() - int(YEAR.total_seconds() * 1000))
    program = make_program(centre_folder)
    sign_in(program)
    qtbot.waitUntil(lambda: isinstance(program.window.shown(), Shell), timeout=20_000)
    shell = program.window.shown()
    qtbot.waitUntil(lambda: "Set its date and time before you go on" in shell.banner.text(), timeout=10_000)


@pytest.mark.slow
def test_a_photo_of_sixty_megapixels_is_attached_while_the_window_goes_on(page, settled, desk, centre, aminah, qtbot):
    from io import BytesIO

    from PIL import Image

    from resource_centre.services.attachments import attachments_of

    made = BytesIO()
    Image.linear_gradient("L").resize((10_000, 6_000)).save(made, "JPEG", quality=60)
    page.attachments.take([made.getvalue()])
    qtbot.wait(50)
    assert page.isEnabled()
    settled(desk.worker, timeout=60_000)
    page.attachments.dialog.form.set_values({"title": "Rumah"})
    page.attachments.dialog.save()
    settled(desk.worker)
    with centre.read() as session:
        (kept,) = attachments_of(session, aminah)
    assert kept.size < 10_000_000
