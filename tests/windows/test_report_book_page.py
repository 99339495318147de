# SPDX-License-Identifier: Apache-2.0
"""The coordinator picks figures by hand, keeps them in the report book and makes them again next month."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from resource_centre.roles import COLLECTOR
from resource_centre.services.counselling import record_session
from resource_centre.services.drafts import draft_of
from resource_centre.services.report_book import Plan, pages_of_book, save_page
from ui.pages import report_book as book_page
from ui.pages import report_book_form, report_period
from ui.pages.report_book import ReportBookPage
from ui.pages.report_opened import FigureDialog
from ui.pages.report_saving import SaveDialog

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def sunday(monkeypatch):
    monkeypatch.setattr(report_period, "today", lambda: TODAY)
    monkeypatch.setattr(report_book_form, "PAUSE_MS", 0)


@pytest.fixture
def counselled(centre, client):
    """Aminah was counselled three times in October and once in September."""
    with centre.change() as session:
        for day in ("2026-09-07", "2026-10-05", "2026-10-12", "2026-10-19"):
            on = dt.date.fromisoformat(day)
            record_session(session, person_id=client.person_id, values={"service_type": "CNS_REINT"}, on=on)


@pytest.fixture
def book(centre):
    """Puts a page into the book."""

    def put(title, **plan):
        with centre.change() as session:
            return save_page(session, title, Plan(**{"measure": "attended", **plan})).id

    return put


@pytest.fixture
def kept(centre):
    """What stands in the book in the end."""

    def read():
        with centre.read() as session:
            return pages_of_book(session)

    return read


@pytest.fixture
def page(desk, show_page):
    return lambda subject=None: show_page(ReportBookPage(desk), subject)


def pick(form, qtbot, box, code):
    """Choose as somebody does with the arrow keys and Enter."""
    place = box.findData(code)
    assert place >= 0
    box.setCurrentIndex(place)
    box.activated.emit(place)


def figures(page):
    cells = page.table.cells
    return [
        [cells.data(cells.index(line, column)) for column in range(cells.columnCount())]
        for line in range(cells.rowCount())
    ]


def test_a_page_is_picked_seen_and_kept(page, counselled, kept, qtbot, desk, settled):
    shown = page()
    qtbot.keyClick(shown, Qt.Key.Key_F2)
    settled(desk.worker)
    form = shown.form
    pick(form, qtbot, form.measure, "attended")
    pick(form, qtbot, form.rows, "sex")
    qtbot.waitUntil(lambda: figures(shown) == [["Female", "3"], ["Together", "3"]])
    assert form.title.text().endswith(" · Sex")
    qtbot.keyClick(form.measure, Qt.Key.Key_S, CTRL)
    settled(desk.worker)
    (only,) = kept()
    assert only.plan == Plan("attended", rows="sex")
    assert shown.form is None
    assert shown.page().id == only.id


def test_the_same_page_is_made_for_another_month(page, counselled, book, desk, settled):
    book("Sessions")
    shown = page()
    assert figures(shown)[0][1] == "3"
    shown.period.set_code("2026-09")
    shown.period.chosen.emit()
    settled(desk.worker)
    assert figures(shown)[0][1] == "1"


def test_months_beside_one_another_are_drawn_as_a_chart(page, counselled, book):
    book("Sessions", count=3, shown="lines")
    shown = page()
    assert shown.chart.isVisible()
    assert shown.chart.chart.series[0].values == (0, 1, 3)


def test_a_figure_of_a_page_opens_its_records(page, counselled, book, qtbot, desk, settled):
    book("Sessions", rows="sex", count=3)
    shown = page()
    cells = shown.table.cells
    shown.table.setCurrentIndex(cells.index(0, 3))
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    settled(desk.worker)
    opened = shown.findChild(FigureDialog)
    assert opened.figure.value == "3"
    assert opened.rows.rowCount() == opened.behind.total == 3
    opened.reject()


def test_pages_are_put_in_order_by_keyboard(page, book, kept, qtbot, desk, settled):
    for title in ("A", "B", "C"):
        book(title)
    shown = page()
    qtbot.keyClick(shown.list, Qt.Key.Key_Down, ALT)
    settled(desk.worker)
    assert [one.title for one in kept()] == ["B", "A", "C"]
    assert shown.page().title == "A"


def test_what_was_picked_and_not_saved_is_there_again(page, centre, qtbot, desk, settled):
    shown = page("new")
    form = shown.form
    pick(form, qtbot, form.measure, "referrals")
    qtbot.keyClicks(form.title, " per bulan")
    qtbot.keyClick(form.title, Qt.Key.Key_Escape)
    settled(desk.worker)
    with centre.read() as session:
        assert draft_of(session, form="report_book") is not None
    shown.begin()
    settled(desk.worker)
    assert shown.form.measure.currentData() == "referrals"
    assert shown.form.title.text().endswith(" per bulan")


def test_a_page_without_a_title_is_refused_and_the_typing_stays(page, kept, qtbot, desk, settled):
    shown = page("new")
    shown.form.title.clear()
    shown.form.save()
    settled(desk.worker)
    assert kept() == []
    assert shown.form.problem.isVisible()
    assert shown.window().focusWidget() is shown.form.title


def test_the_columns_give_way_to_several_periods(page, desk, settled, qtbot):
    form = page("new").form
    pick(form, qtbot, form.columns, "sex")
    pick(form, qtbot, form.count, 13)
    assert not form.columns.isEnabled()
    assert (form.plan().columns, form.plan().count) == ("", 13)


def test_a_page_is_taken_out_when_it_is_meant(page, book, kept, monkeypatch, desk, settled):
    book("A")
    shown = page()
    monkeypatch.setattr(book_page, "ask", lambda *_words, **_more: False)
    shown.take_out()
    settled(desk.worker)
    assert len(kept()) == 1
    monkeypatch.setattr(book_page, "ask", lambda *_words, **_more: True)
    shown.take_out()
    settled(desk.worker)
    assert kept() == []
    assert not shown.table.isVisible()


def test_the_whole_book_is_saved_as_a_file(page, counselled, book, monkeypatch, tmp_path, qtbot, desk, settled):
    book("Sessions")
    book("Sessions of women", rows="sex")
    target = tmp_path / "book.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked, **_more: (str(target), ""))
    shown = page()
    shown.save_book()
    settled(desk.worker)
    dialog = shown.findChild(SaveDialog)
    dialog.kinds.button(3).click()
    dialog.accept_choice()
    settled(desk.worker)
    assert "Sessions of women" in target.read_text(encoding="utf-8-sig")


def test_the_page_opens_and_has_names_for_everything_in_each_language(page, each_language, book, complaints):
    book("A", rows="sex", shown="bars")
    shown = page()
    assert complaints(shown) == []
    shown.change()
    assert complaints(shown) == []


def test_a_collector_reads_the_book_and_picks_nothing(page, counselled, book, qtbot, monkeypatch, desk):
    book("Sessions", rows="sex")
    monkeypatch.setattr(desk.worker.centre, "viewer", replace(desk.worker.centre.viewer, role=COLLECTOR))
    shown = page()
    assert shown.lines.rowCount() == 1
    assert not shown.new_button.isVisible()
    assert not shown.off_button.isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_F2)
    shown.change()
    assert shown.form is None


def test_an_impatient_press_opens_one_dialog(page, counselled, book, desk, settled):
    book("Sessions")
    shown = page()
    shown.save_book()
    shown.save_book()
    settled(desk.worker)
    assert len(shown.findChildren(SaveDialog)) == 1
