# SPDX-License-Identifier: Apache-2.0
"""Every report that leaves through the window stands in the trail before it is there."""

import datetime as dt

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from resource_centre.services.paper_copies import copies_of
from ui.pages import report as report_page
from ui.pages import report_leaving, report_period
from ui.pages.report import ReportPage
from ui.pages.report_saving import Leaving


@pytest.fixture
def page(desk, show_page, monkeypatch):
    """The report of October 2026."""
    for module in (report_page, report_period, report_leaving):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))
    return show_page(ReportPage(desk), timeout=30_000)


@pytest.fixture
def trail(centre, settled, desk):
    def read():
        settled(desk.worker, timeout=30_000)
        with centre.read() as session:
            return [(row.kind, row.number, row.copy, row.way, row.audience, row.locked) for row in copies_of(session)]

    return read


def test_a_saved_report_is_written_down(page, trail, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "report.csv"), ""))
    page.save_as(Leaving(".csv", "kopi hangat di pagi"))
    assert trail() == [("report", "2026-10", 1, "saved", "internal", True)]


def test_a_disk_that_refuses_is_written_down_too(page, trail, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "no" / "report.csv"), ""))
    page.save_as(Leaving(".csv"))
    assert trail() == [("report", "2026-10", 1, "failed", "internal", False)]


def test_a_printed_report_is_written_down(page, trail, monkeypatch, tmp_path):
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    page.print()
    assert trail() == [("report", "2026-10", 1, "printed", "internal", False)]


def test_who_changes_their_mind_at_the_printer_leaves_no_trail(page, trail, monkeypatch):
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: None)
    page.print()
    assert trail() == []
