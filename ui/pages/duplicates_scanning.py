# SPDX-License-Identifier: Apache-2.0
"""Looking through the whole centre beside the day's work: stages and counts in sight, and a Cancel that keeps work.

People are compared on a thread of its own (and by processes of their own where the centre is large); the database's
thread is only asked for a page of people, or to keep a piece, so that saving and searching hardly wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.worker import Job, Worker
from ui.pages.duplicates_words import stage_words

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def look_through(desk: Desk, owner: QWidget, done: Done, failed: Failed) -> Job:
    """Scan, then call `done` with the `Outcome`, also of a scan that was stopped. One that runs already is joined."""
    scan = _running(desk) or _Scan(desk.worker)
    scan.told.append((owner, done, failed))
    scan.begin()
    return scan.job


def is_looking_through(desk: Desk) -> bool:
    """Whether a scan runs, whoever began it."""
    return _running(desk) is not None


def _running(desk: Desk) -> _Scan | None:
    return next((one for one in desk.worker.findChildren(_Scan) if not one.over), None)


class _Scan(QObject):
    """One scan; it lives with the database's thread, whatever page is open."""

    _asked = Signal(object, object)
    _ended = Signal(object, object)

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self.over = False
        self.told: list[tuple[QWidget, Done, Failed]] = []
        self.job = Job("scan", self._work, None, None)
        self.job.cancellable, self.job.what = True, _("Looking through the whole centre")
        self._worker, self._centre = worker, worker.centre
        self._thread = threading.Thread(target=self._work, name="duplicates", daemon=True)
        # Both are emitted on the scan's thread, so they are queued for the window's.
        self._asked.connect(self._ask)
        self._ended.connect(self._end)
        worker.slow.connect(self._stay_in_sight)
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.job.cancel)

    def begin(self) -> None:
        """Start, once, and come into sight."""
        if not self._thread.is_alive():
            self._thread.start()
        self._worker.slow.emit(self.job)

    # The scan's thread

    def _work(self) -> None:
        from resource_centre.services.duplicate_scan import scan_from_afar

        result: Any = None
        error: Exception | None = None
        try:
            result = scan_from_afar(self._reach, self._tell, lambda: self.job.progress.cancelled)
        except Exception as reason:  # noqa: BLE001 - whatever it is, it is told on the window's thread
            error = reason
        _say(self._ended, result, error)

    def _tell(self, stage: str, done: int, every: int) -> None:
        progress = self.job.progress
        progress.done, progress.total, progress.text = done, every, stage_words(stage, done, every)

    def _reach(self, what: Callable[[Any], Any]) -> Any:
        answer: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()
        if not _say(self._asked, what, answer):
            raise _locked()
        result, error = answer.get()
        if error is not None:
            raise error
        return result

    # The window's thread

    def _ask(self, what: Callable[[Any], Any], answer: SimpleQueue[tuple[Any, Exception | None]]) -> None:
        if self._worker.centre is not self._centre:
            answer.put((None, _locked()))
            return
        self._worker.change(
            what,
            lambda result: answer.put((result, None)),
            lambda error: answer.put((None, error)),
            quiet=True,
            # The centre may have been locked meanwhile; where there was an answer, nobody asks for this one.
            finished=lambda: answer.put((None, _locked())),
        )

    def _end(self, result: Any, error: Exception | None) -> None:
        self.over = True
        self._worker.slow.disconnect(self._stay_in_sight)
        self._worker.slow.emit(None)
        for owner, done, failed in self.told:
            if shiboken6.isValid(owner):
                done(result) if error is None else failed(error)
        self.deleteLater()

    def _stay_in_sight(self, job: Job | None) -> None:
        """Something else took long, and is over."""
        if job is None:
            QTimer.singleShot(0, self._show_again)

    def _show_again(self) -> None:
        if not self.over:
            self._worker.slow.emit(self.job)


def _say(signal: Any, *told: Any) -> bool:
    """Tell the window's thread; False when there is none any more."""
    try:
        signal.emit(*told)
    except RuntimeError:
        return False
    return True


def _locked() -> Exception:
    from resource_centre.errors import Refused

    return Refused("stopped")
