# SPDX-License-Identifier: Apache-2.0
"""Telephones in villages: the form is saved for chosen villages, and what they send is taken in as it is exported."""

import re
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from resource_centre.access import COLLECTOR
from resource_centre.records import Person
from ui.pages import imports_phone_form
from ui.pages.import_register import ImportPage
from ui.pages.imports_phone_form import PhoneFormSheet

SELONG, KELAYU = "52.03.07.1002", "52.03.07.1003"


@pytest.fixture
def page(desk, show_page):
    return show_page(ImportPage(desk))


@pytest.fixture
def told(desk):
    found = []
    desk.messages.told.connect(found.append)
    return found


@pytest.fixture
def form_file(tmp_path, monkeypatch):
    """Where the form is saved: nobody is asked."""
    path = tmp_path / "form.xlsx"
    monkeypatch.setattr(imports_phone_form, "ask_where", lambda *_asked: path)
    return path


@pytest.fixture
def written(page, form_file, push, settled):
    """The form for two villages, saved from the page."""
    push(page, "&Form for phones…")
    page.sheet.form.set_values({"villages": [SELONG, KELAYU]})
    page.sheet.save_button.click()
    settled(page.desk.worker)
    return form_file


@pytest.fixture
def export(tmp_path):
    """What Kobo makes of answers to a form: the names of groups and questions as headings, and its own columns."""

    def made(form, *submissions, words=False):
        questions = questions_of(form)
        book = Workbook()
        sheet = book.active
        sheet.append([*(one[1] if words else one[0] for one in questions), "_id", "_uuid", "_submission_time"])
        for number, answers in enumerate(submissions, start=1):
            said = [answers.get(path.partition("/")[2], "") for path, _label in questions]
            sheet.append([*said, number, f"aaaa-{answers['name']}", "2026-10-05T23:30:00"])
        path = tmp_path / "export.xlsx"
        book.save(path)
        return path

    return made


def questions_of(form):
    """Each question of an XLSForm: its name within its group, and its words."""
    rows = list(load_workbook(form)["survey"].iter_rows(values_only=True))
    place = {heading: at for at, heading in enumerate(rows[0])}
    label = next(at for heading, at in place.items() if heading.startswith("label"))
    group, found = "", []
    for row in rows[1:]:
        kind, name = row[place["type"]], row[place["name"]]
        if kind == "begin_group":
            group = name
        elif kind not in ("end_group", "start", "end"):
            found.append((f"{group}/{name}", row[label]))
    return found


def villages_in(form):
    rows = load_workbook(form)["choices"].iter_rows(values_only=True)
    return [name for kind, name, *_labels in rows if kind == "village"]


def take_in(page, path, settled):
    page.read_file(path)
    settled(page.desk.worker)
    page.take_in()
    settled(page.desk.worker)


def people(centre):
    with centre.read() as session:
        return sorted(session.scalars(select(Person.full_name).where(~Person.voided)))


SITI = {"reported": "2026-10-05", "village": SELONG, "name": "Siti Aminah", "sex": "P", "country": "MYS"}
BUDI = {"reported": "2026-10-06", "village": KELAYU, "name": "Budi", "sex": "L"}


def test_the_form_is_for_the_villages_that_were_chosen(written):
    assert villages_in(written) == [SELONG, KELAYU]


def test_answers_to_the_form_come_in_and_nobody_says_what_a_column_is(written, page, export, centre, settled):
    page.read_file(export(written, SITI, BUDI))
    settled(page.desk.worker)
    assert [column.heading for sheet in page.looked.understood.sheets for column in sheet.unknown] == []
    page.take_in()
    settled(page.desk.worker)
    assert people(centre) == ["Budi", "Siti Aminah"]


def test_an_export_that_holds_everything_again_brings_only_what_is_new(written, page, export, centre, settled):
    take_in(page, export(written, SITI), settled)
    take_in(page, export(written, SITI, BUDI), settled)
    assert people(centre) == ["Budi", "Siti Aminah"]


def test_the_same_export_twice_says_that_nothing_was_new(written, page, export, settled, told):
    for _time in range(2):
        take_in(page, export(written, SITI), settled)
    assert told[-1].text == "There was nothing new in this file; nothing was written."


def test_an_export_with_the_questions_words_is_refused_and_says_how_to_export(
    written, page, export, centre, settled, told
):
    page.read_file(export(written, SITI, words=True))
    settled(page.desk.worker)
    assert "XML values and headers" in told[-1].text
    assert people(centre) == []
    assert page.looked is None


def test_without_a_village_nothing_is_saved(page, form_file, push):
    push(page, "&Form for phones…")
    page.sheet.save()
    assert page.sheet.form.rows["villages"].note.text()
    assert not form_file.exists()


def test_a_collector_chooses_among_the_own_villages(desk, on_screen, form_file, settled, monkeypatch):
    own = replace(desk.worker.centre.viewer, role=COLLECTOR, villages=frozenset({SELONG, KELAYU}))
    monkeypatch.setattr(desk.worker.centre, "viewer", own)
    sheet = on_screen(PhoneFormSheet(desk, lambda: None))
    ticks = sheet.form.editor("villages").ticks
    assert [re.split(",", tick.text())[0] for tick in ticks.values()] == ["Selong", "Kelayu Selatan"]
    ticks[KELAYU].click()
    sheet.save()
    settled(desk.worker)
    assert villages_in(form_file) == [SELONG]


def test_escape_leads_back_and_the_villages_are_not_lost(page, push, qtbot, settled):
    push(page, "&Form for phones…")
    page.sheet.form.set_values({"villages": [SELONG]})
    page.sheet.draft.touch()
    page.sheet.draft.write_now()
    settled(page.desk.worker)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.sheet is None)
    push(page, "&Form for phones…")
    qtbot.waitUntil(lambda: page.sheet.form.values()["villages"] == [SELONG])


def test_keyboard_and_screen_reader_find_everything(page, push, complaints, each_language):
    page.show_phone_form()
    assert complaints(page) == []
