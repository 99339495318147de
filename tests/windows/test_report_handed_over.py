# SPDX-License-Identifier: Apache-2.0
"""A month's report that is handed over is known as such; one that is only looked at is not."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from resource_centre.records import MonthReport
from resource_centre.services import month_reports
from ui.pages import report as report_page
from ui.pages.report import ReportPage


@pytest.fixture
def page(desk, monkeypatch, show_page, tmp_path):
    """Last month's report; it is saved as october.pdf."""
    for module in (report_page, month_reports):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "october"), ""))
    return show_page(ReportPage(desk), timeout=30_000)


def reported(centre):
    with centre.read() as session:
        return [(one.month, one.reported_on) for one in session.scalars(select(MonthReport))]


def test_a_report_that_is_only_saved_is_not_handed_over(page, settled, centre):
    assert page.handed_over.isVisible()
    assert not page.handed_over.isChecked()
    page.save_pdf()
    settled(page.desk.worker)
    assert reported(centre) == []


def test_a_report_said_to_be_handed_over_is_known_from_then_on(page, settled, centre):
    page.handed_over.click()
    page.save_pdf()
    settled(page.desk.worker)
    assert reported(centre) == [("2026-10", dt.date(2026, 11, 22))]
    assert page.known_reported.text() == "Handed over on 22 November 2026."
    assert page.handed_over.isHidden()


def test_figures_for_other_programs_are_no_report(page, settled, centre):
    page.handed_over.click()
    page.save_json()
    settled(page.desk.worker)
    assert reported(centre) == []


def test_a_copy_that_could_not_be_written_hands_nothing_over(page, settled, centre, monkeypatch, tmp_path, desk):
    nowhere = tmp_path / "nowhere" / "october"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))
    page.handed_over.click()
    page.save_pdf()
    settled(desk.worker)
    assert reported(centre) == []


def test_a_month_that_is_not_over_is_not_handed_over(page, settled):
    page.opened("2026-11")
    settled(page.desk.worker, timeout=30_000)
    assert page.paper.month == "2026-11"
    assert page.handed_over.isHidden()
