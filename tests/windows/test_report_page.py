# SPDX-License-Identifier: Apache-2.0
"""The month is looked at, saved and printed."""

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from resource_centre.services.counselling import record_session
from resource_centre.services.intake import register_intake
from ui.pages import report as report_page
from ui.pages.report import ReportPage, months


@pytest.fixture
def served(centre):
    """Two people served in October 2026, one session each."""
    with centre.change() as session:
        for name, sex in (("Siti Aminah", "P"), ("Lalu Ahmad", "L")):
            person = register_intake(session, person={"full_name": name, "sex": sex}, on=dt.date(2026, 10, 2)).person_id
            record_session(session, person_id=person, values={"service_type": "CNS_REINT"}, on=dt.date(2026, 10, 9))


@pytest.fixture
def page(desk, served, monkeypatch, show_page):
    monkeypatch.setattr(report_page, "today", lambda: dt.date(2026, 11, 22))
    return show_page(ReportPage(desk), timeout=30_000)


def words(page):
    return [label.text().strip() for label in page.table.findChildren(type(page.title))]


def test_last_month_is_ready_with_its_figures_and_real_pages(page):
    assert page.month.currentText() == "October 2026"
    said = words(page)
    assert said[said.index("People served") + 1] == "2"
    assert said[said.index("Counselling sessions held") + 1] == "2"
    assert len(page.preview.pages) >= 2
    first = page.preview.pages[0]
    assert first.accessibleName() == f"Page 1 of {len(page.preview.pages)}"
    assert first.height() > 900


def test_another_month_and_language_make_another_paper(page, qtbot, settled, desk):
    page.language.set_value("id")
    page.opened("2026-09")
    settled(desk.worker, timeout=30_000)
    assert page.paper.month == "2026-09"
    assert page.paper.file_name == "laporan-bulanan-2026-09"
    said = words(page)
    assert "0" in said


def test_the_pdf_is_saved_where_one_says_and_its_folder_offered(page, tmp_path, settled, desk, monkeypatch, qtbot):
    told = []
    desk.messages.told.connect(told.append)
    target = tmp_path / "october"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    saved = tmp_path / "october.pdf"
    assert saved.read_bytes() == page.paper.pdf
    assert saved.read_bytes().startswith(b"%PDF")
    assert told[-1].text == "Saved as october.pdf."
    assert told[-1].action[0] == "Open the folder"


def test_the_typed_figures_are_saved_for_other_programs(page, tmp_path, settled, desk, monkeypatch):
    target = tmp_path / "figures.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.save_json()
    settled(desk.worker)
    figures = json.loads(target.read_text())
    assert "Siti" not in target.read_text()
    assert figures["month"] == "2026-10"


def test_a_folder_that_cannot_be_written_is_told_in_words(page, tmp_path, desk, monkeypatch, qtbot):
    wrong = []
    desk.worker.went_wrong.connect(wrong.append)
    nowhere = str(tmp_path / "nowhere" / "x.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (nowhere, ""))
    page.save_pdf()
    qtbot.waitUntil(lambda: len(wrong) == 1)
    assert wrong[0].words() == "The file cannot be written there."


def test_every_page_reaches_the_printer(page, tmp_path, settled, desk, qtbot, monkeypatch):
    import pypdfium2

    told = []
    desk.messages.told.connect(told.append)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    page.print()
    settled(desk.worker, timeout=30_000)
    qtbot.waitUntil(lambda: bool(told))
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == len(page.preview.pages)
    printed.close()


def test_nothing_of_a_report_stays_on_the_disk(page, tmp_path, settled, desk, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page.make()
    settled(desk.worker, timeout=30_000)
    assert page.paper is not None
    assert list(tmp_path.glob("report-*")) == []


def test_a_cancelled_report_says_so(page, settled, desk):
    page.make()
    for job in list(desk.worker._pending):
        job.cancel()
    settled(desk.worker, timeout=30_000)
    assert not page.pdf_button.isEnabled()


def test_months_are_named_in_the_language_of_the_screen(each_language):
    names = dict(months(dt.date(2026, 1, 5)))
    assert names["2026-01"] == {"id": "Januari 2026", "en": "January 2026"}[each_language]
    assert names["2025-12"] == {"id": "Desember 2025", "en": "December 2025"}[each_language]


def test_keyboard_and_screen_reader_reach_everything(page, each_language, complaints):
    assert complaints(page) == []
