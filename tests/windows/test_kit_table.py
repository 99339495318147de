"""Long lists: pages as one scrolls, old rows until new ones are there, the marked row stays marked."""

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ui.kit.table import PAGE, Column, Rows, RowsView

TOTAL = 1050


@dataclass(frozen=True)
class Line:
    id: str
    number: int


def lines(first, count):
    return [Line(f"r{number}", number) for number in range(first, min(first + count, TOTAL))]


def fetch(_session, last, limit):
    return lines(last.number + 1 if last else 0, limit)


@pytest.fixture
def rows(worker, settled):
    rows = Rows(
        worker, [Column("Number", lambda line: str(line.number), right=True), Column("Id", lambda line: line.id)]
    )
    rows.ask(fetch)
    settled(worker)
    return rows


@pytest.fixture
def view(rows, qtbot, theme):
    view = RowsView(rows, "Lines", nothing="Nobody found.")
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def test_only_a_page_is_read_at_first(rows):
    assert rows.rowCount() == PAGE
    assert rows.canFetchMore(QModelIndex())


def test_scrolling_down_brings_the_rest_without_gaps(rows, view, worker, settled, qtbot):
    for _page in range(10):
        view.scrollToBottom()
        settled(worker)
    assert [rows.row(place).number for place in range(rows.rowCount())] == list(range(TOTAL))
    assert not rows.canFetchMore(QModelIndex())


def test_a_page_is_not_asked_for_twice(rows, worker, settled):
    rows.fetchMore(QModelIndex())
    rows.fetchMore(QModelIndex())
    assert not rows.canFetchMore(QModelIndex())
    settled(worker)
    assert rows.rowCount() == 2 * PAGE


def test_the_old_rows_stay_while_a_change_runs(rows, view, worker, settled):
    go_on = threading.Event()
    worker.change(lambda _session: go_on.wait(5))
    rows.refresh()
    assert rows.rowCount() == PAGE
    assert rows.data(rows.index(3, 0)) == "3"
    go_on.set()
    settled(worker)
    assert rows.rowCount() == PAGE


def test_a_new_search_replaces_a_page_still_on_its_way(rows, worker, settled):
    rows.fetchMore(QModelIndex())
    rows.ask(lambda _session, _last, _limit: [Line("only", 7)])
    settled(worker)
    assert [rows.row(place).id for place in range(rows.rowCount())] == ["only"]
    assert not rows.canFetchMore(QModelIndex())


def test_the_marked_row_stays_marked_after_a_refresh(rows, view, worker, settled):
    view.selectRow(120)
    rows.refresh()
    settled(worker)
    assert view.current_id() == "r120"


def test_the_list_scrolls_up_before_it_is_replaced(rows, view, worker, settled, monkeypatch):
    order = []
    monkeypatch.setattr(view, "scrollToTop", lambda: order.append(("top", rows.rowCount())))
    rows.modelReset.connect(lambda: order.append(("reset", rows.rowCount())))
    rows.ask(lambda _session, _last, _limit: [])
    settled(worker)
    assert order == [("top", PAGE), ("reset", 0)]


def test_a_change_of_the_right_noun_refreshes(rows, worker, settled, qtbot):
    from resource_centre.records import Person

    rows.refresh_on("Person")
    with qtbot.waitSignal(rows.modelReset):
        worker.change(lambda session: session.add(Person(full_name="Ani", sex="P")))


def test_enter_and_double_click_choose(view, qtbot):
    view.selectRow(2)
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == ["r2"]


def test_an_empty_list_says_so(rows, view, worker, settled, qtbot):
    rows.ask(lambda _session, _last, _limit: [])
    settled(worker)
    empty = view.viewport().grab().toImage()
    rows.show_rows([Line("a", 1)])
    assert empty != view.viewport().grab().toImage()
    assert view.accessibleName() == "Lines"


def test_only_what_is_needed_is_answered(rows):
    index = rows.index(0, 0)
    assert rows.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert rows.data(index, Qt.ItemDataRole.TextAlignmentRole) == int(
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Number"
