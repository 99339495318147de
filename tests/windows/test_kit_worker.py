"""The one database thread: answers on the window's thread, changes whole or not at all, cancelling silent."""

import threading
import time
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from PySide6.QtGui import QGuiApplication
from sqlalchemy import func, select

from resource_centre.errors import Refused
from resource_centre.records import Person
from ui.kit.progress_panel import ProgressPanel
from ui.kit.worker import Cancelled

SIGN_IN = {"login": "ibu.ratna", "passphrase": "kopi hangat di pagi hari"}


def somebody(name="Siti Aminah"):
    return Person(full_name=name, sex="P")


def people(session):
    return session.scalar(select(func.count()).select_from(Person))


def test_work_is_done_beside_the_window_and_told_on_its_thread(worker, qtbot, settled):
    heard = []
    worker.read(
        lambda _session: threading.current_thread().name, lambda name: heard.append((name, QThread.currentThread()))
    )
    settled(worker)
    assert heard == [("centre", QGuiApplication.instance().thread())]


def test_a_change_is_kept_and_says_what_changed(worker, qtbot, settled):
    person = somebody()
    with qtbot.waitSignal(worker.changed) as told:
        worker.change(lambda session: session.add(person))
    assert told.args[0]["Person"] == {person.id}
    counted = []
    worker.read(people, counted.append)
    settled(worker)
    assert counted == [1]


def test_a_read_asked_after_a_change_sees_it(worker, settled):
    counted = []
    worker.change(lambda session: (time.sleep(0.05), session.add(somebody())))
    worker.read(people, counted.append)
    settled(worker)
    assert counted == [1]


def test_a_change_that_fails_leaves_nothing_behind(worker, settled):
    failed, changed, counted = [], [], []
    worker.changed.connect(changed.append)

    def half(session):
        session.add(somebody())
        session.flush()
        raise Refused("out_of_scope")

    worker.change(half, lambda _result: pytest.fail("told as done"), failed.append)
    worker.read(people, counted.append)
    settled(worker)
    assert [error.code for error in failed] == ["out_of_scope"]
    assert (counted, changed) == ([0], [])


def test_an_error_nobody_listens_for_is_told_once(worker, qtbot):
    with qtbot.waitSignal(worker.went_wrong) as told:
        worker.read(lambda _session: 1 // 0, print)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_cancelled_change_is_silent_and_undone(worker, settled, qtbot):
    begun, ended, counted = threading.Event(), [], []

    def long_work(session, progress):
        session.add(somebody())
        session.flush()
        begun.set()
        for step in range(1000):
            progress(step, 1000)
            time.sleep(0.005)

    job = worker.change(long_work, pytest.fail, pytest.fail, cancellable=True, finished=lambda: ended.append(True))
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    worker.read(people, counted.append)
    settled(worker)
    assert (counted, ended) == ([0], [True])


def test_a_newer_search_makes_the_older_one_vanish(worker, settled):
    heard = []
    for text in ("s", "si", "sit"):
        worker.read(lambda _session, text=text: (time.sleep(0.01), text)[1], heard.append, replaces="search")
    settled(worker)
    assert heard == ["sit"]


def test_an_answer_for_a_window_that_is_gone_is_dropped(worker, settled):
    class Asker(QObject):
        def answer(self, _result):
            pytest.fail("told to somebody gone")

    asker = Asker()
    worker.read(lambda _session: time.sleep(0.05), asker.answer)
    import shiboken6

    shiboken6.delete(asker)
    settled(worker)


def test_patience_busy_cursor_then_a_panel_with_a_cancel_that_stops_it(worker, qtbot, settled):
    panel = ProgressPanel(worker)
    qtbot.addWidget(panel)
    stopped = threading.Event()

    def long_work(_session, progress):
        try:
            for step in range(2000):
                progress(step, 2000)
                time.sleep(0.005)
        except Cancelled:
            stopped.set()
            raise

    began = time.monotonic()
    worker.change(long_work, cancellable=True, what="Reading the register…")
    assert QGuiApplication.overrideCursor() is None
    qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is not None, timeout=2000)
    assert time.monotonic() - began >= 0.27
    assert QGuiApplication.overrideCursor().shape() == Qt.CursorShape.BusyCursor
    assert panel.isHidden()
    qtbot.waitUntil(panel.isVisible, timeout=2000)
    assert time.monotonic() - began >= 0.55
    qtbot.waitUntil(lambda: panel.bar.value() > 0)
    panel.cancel.click()
    settled(worker)
    assert stopped.is_set()
    assert panel.isHidden()
    assert QGuiApplication.overrideCursor() is None


def test_quiet_work_shows_nothing(worker, qtbot, settled):
    worker.read(lambda _session: time.sleep(0.5), lambda _nothing: None, quiet=True)
    qtbot.wait(400)
    assert QGuiApplication.overrideCursor() is None
    settled(worker)


def test_closing_finishes_what_is_being_saved(qapp, centre_folder):
    from db.centre import open_centre
    from ui.kit.worker import Worker

    worker = Worker(open_centre(centre_folder, **SIGN_IN))
    worker.change(lambda session: (time.sleep(0.2), session.add(somebody())))
    worker.read(lambda _session: pytest.fail("a read was not dropped"), print)
    assert worker.close()
    with open_centre(centre_folder, **SIGN_IN) as again, again.read() as session:
        assert people(session) == 1


def test_nothing_is_read_while_the_centre_is_locked(worker, settled):
    worker.leave_centre()
    worker.read(lambda _session: pytest.fail("read a locked centre"), print)
    settled(worker)
    assert worker.centre is None


class Waiting:
    """Somebody who waits for an answer and is forgotten by everybody else; says on which thread they went."""

    went: ClassVar[list[str]] = []

    def hear(self, _answer):
        pass

    def __del__(self):
        self.went.append(threading.current_thread().name)


def test_who_waits_is_never_let_go_of_on_the_database_thread(worker, settled):
    Waiting.went.clear()
    for _time in range(200):
        worker.read(lambda _session: sum(range(2000)), Waiting().hear, quiet=True)
        settled(worker)
    assert len(Waiting.went) == 200
    assert set(Waiting.went) == {threading.main_thread().name}


LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) SELECT count(*) FROM n"


def test_long_figures_let_everybody_else_go_first(worker, qtbot, settled):
    from sqlalchemy import text

    told, begun = [], threading.Event()

    def figures(session):
        many = 2_000_000_000 if not begun.is_set() else 10
        begun.set()
        return session.scalar(text(LONG.format(many=many)))

    worker.read(figures, told.append, quiet=True, gives_way=True)
    assert begun.wait(5)
    worker.read(lambda _session: "a search", told.append)
    settled(worker)
    assert told == ["a search", 10]


def test_a_long_read_is_cancelled_in_the_middle_of_a_question(worker, settled):
    from sqlalchemy import text

    begun, told = threading.Event(), []

    def figures(session):
        begun.set()
        return session.scalar(text(LONG.format(many=2_000_000_000)))

    job = worker.read(figures, told.append, told.append, cancellable=True)
    assert begun.wait(5)
    job.cancel()
    settled(worker)
    worker.read(lambda _session: "a search", told.append)
    settled(worker)
    assert told == ["a search"]


def test_what_waits_already_goes_before_long_figures(worker, settled):
    told, go = [], threading.Event()
    worker.read(lambda _session: go.wait(5), told.append)
    worker.read(lambda _session: "figures", told.append, gives_way=True)
    worker.read(lambda _session: "a search", told.append)
    go.set()
    settled(worker)
    assert told == [True, "a search", "figures"]


def test_leaving_does_not_wait_for_long_figures(qapp, centre_folder):
    from sqlalchemy import text

    from db.centre import open_centre
    from ui.kit.worker import Worker

    begun = threading.Event()

    def figures(session):
        begun.set()
        return session.scalar(text(LONG.format(many=2_000_000_000)))

    worker = Worker(open_centre(centre_folder, **SIGN_IN))
    worker.read(figures, lambda _count: None, quiet=True, gives_way=True)
    assert begun.wait(5)
    assert worker.close(patience=5)


def test_figures_that_fail_by_themselves_are_not_tried_for_ever(worker, settled):
    told = []
    worker.read(lambda _session: 1 / 0, print, told.append, gives_way=True)
    settled(worker)
    assert [type(error) for error in told] == [ZeroDivisionError]
