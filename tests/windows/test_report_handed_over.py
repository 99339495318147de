# SPDX-License-Identifier: Apache-2.0
"""A month's report that is handed over is known as such; one that is only looked at is not."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from resource_centre.records import MonthReport
from resource_centre.services import month_reports
from resource_centre.services.contacts import record_service
from ui.pages import report as report_page
from ui.pages import report_leaving, report_period
from ui.pages.report import ReportPage
from ui.pages.report_saving import Leaving, SaveDialog


@pytest.fixture
def page(desk, monkeypatch, show_page, tmp_path):
    """Last month's report; it is saved as october.pdf."""
    for module in (report_page, report_period, report_leaving, month_reports):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 11, 22))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "october"), ""))
    return show_page(ReportPage(desk), timeout=30_000)


def reported(centre):
    with centre.read() as session:
        return [(one.month, one.reported_on) for one in session.scalars(select(MonthReport))]


def kept(centre):
    with centre.read() as session:
        return month_reports.kept_month(session, "2026-10")


def test_a_report_that_is_only_saved_is_not_handed_over(page, settled, centre):
    assert page.hand_over.box.isVisible()
    assert not page.hand_over.box.isChecked()
    page.save_as(Leaving(".pdf"))
    settled(page.desk.worker)
    assert reported(centre) == []


def test_a_report_said_to_be_handed_over_is_known_from_then_on(page, settled, centre):
    page.hand_over.box.click()
    page.save_as(Leaving(".pdf"))
    settled(page.desk.worker)
    assert reported(centre) == [("2026-10", dt.date(2026, 11, 22))]
    assert page.hand_over.known.text() == f"As handed over on 22 November 2026, digest {kept(centre).digest[:12]}."
    assert page.hand_over.box.isHidden()
    assert page.hand_over.what_it_means.isHidden()


def test_figures_for_other_programs_are_no_report(page, settled, centre):
    page.hand_over.box.click()
    page.save_as(Leaving(".json"))
    settled(page.desk.worker)
    assert reported(centre) == []


def test_a_copy_that_could_not_be_written_hands_nothing_over(page, settled, centre, monkeypatch, tmp_path, desk):
    nowhere = tmp_path / "nowhere" / "october"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))
    page.hand_over.box.click()
    page.save_as(Leaving(".pdf"))
    settled(desk.worker)
    assert reported(centre) == []


def test_a_month_that_is_not_over_is_not_handed_over(page, settled):
    page.opened("2026-11")
    settled(page.desk.worker, timeout=30_000)
    assert page.paper.chosen.month == "2026-11"
    assert page.hand_over.box.isHidden()


def test_what_handing_over_means_is_said_before(page):
    assert page.hand_over.what_it_means.isVisible()
    assert "correction" in page.hand_over.what_it_means.text()


def test_the_figures_kept_are_those_on_the_pages_and_nobody_counts_again(page, settled, centre, monkeypatch):
    printed = page.paper.figures.as_kept()
    page.hand_over.box.click()
    page.save_as(Leaving(".pdf"))
    settled(page.desk.worker, timeout=30_000)
    assert kept(centre).figures == printed
    assert page.paper.figures.closing.digest == kept(centre).digest
    assert page.paper.figures.cut_off.isoformat(timespec="seconds") >= printed["cut_off"]


def test_a_month_that_has_changed_since_is_called_restated_in_the_window_too(page, settled, centre, client):
    page.hand_over.box.click()
    page.save_as(Leaving(".pdf"))
    settled(page.desk.worker, timeout=30_000)
    with centre.change() as session:
        record_service(
            session, person_id=client.person_id, values={"service_type": "INF_RIGHTS"}, on=dt.date(2026, 10, 9)
        )
    page.make()
    settled(page.desk.worker, timeout=30_000)
    assert page.hand_over.known.text().startswith("Restated: figures have changed since this report was handed over")
    assert [one.code for one in page.paper.figures.closing.handed_over.was][:2] == ["persons_served", "new_clients"]


def test_by_keyboard_alone_a_report_is_handed_over(page, settled, centre, press, qtbot):
    page.choices.language.setFocus()
    for _step in range(8):
        if page.hand_over.box.hasFocus():
            break
        press("\t")
    press(" ")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.findChild(SaveDialog).isActiveWindow())
    press("\n")
    settled(page.desk.worker, timeout=30_000)
    assert kept(centre) is not None


def test_neither_a_quarter_nor_a_place_nor_a_publication_closes_a_month(page, settled):
    chosen = page.choices.value()
    for other in ({"period": "2026-Q3"}, {"place": "52.03"}, {"threshold": 5}):
        page.choices.show_chosen(replace(chosen, **other))
        page.make()
        settled(page.desk.worker, timeout=30_000)
        assert page.hand_over.isHidden()
