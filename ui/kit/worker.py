# SPDX-License-Identifier: Apache-2.0
"""One thread owns the database; windows ask it to `read` or to `change` and get the answer on the window's thread.

Jobs run one after another, so a read asked after a change sees that change. A job that was cancelled, or whose asker is
gone, is silent. Nothing here ever calls ``processEvents``.
"""

from __future__ import annotations

import inspect
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from queue import PriorityQueue
from typing import Any, Protocol

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

PATIENCE_CURSOR_MS = 300
PATIENCE_PANEL_MS = 600

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Opened(Protocol):
    """What the worker needs of an open centre (`db.centre.Centre`)."""

    @property
    def folder(self) -> Path: ...
    @property
    def viewer(self) -> Any: ...
    @property
    def profile(self) -> Any: ...
    def read(self) -> AbstractContextManager[Any]: ...
    def change(self) -> AbstractContextManager[Any]: ...
    def close(self) -> None: ...


class Cancelled(Exception):
    """Raised inside a job when the person pressed Cancel; rolls a change back."""


class Progress:
    """What a job tells while it runs: ``progress(done, total)``, which raises `Cancelled` when asked to stop."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.text = ""
        self.cancelled = False

    def __call__(self, done: int = 0, total: int = 0, text: str = "") -> None:
        self.done, self.total = done, total
        self.text = text or self.text
        if self.cancelled:
            raise Cancelled


class Job:
    """One thing asked of the worker; `cancel` makes it end early or, at the latest, makes its answer vanish."""

    def __init__(self, kind: str, fn: Callable[..., Any], done: Done | None, failed: Failed | None) -> None:
        self.kind = kind
        self.fn = fn
        self.done = done
        self.failed = failed
        self.finished: Callable[[], None] | None = None
        self.owner: QObject | None = _owner_of(done)
        self.cancellable = False
        self.what = ""
        self.replaces = ""
        self.quiet = False
        self.gives_way = False
        self.progress = Progress()

    def cancel(self) -> None:
        """Ask the job to stop at its next look at the flag."""
        self.progress.cancelled = True

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.progress.cancelled and (self.owner is None or shiboken6.isValid(self.owner))


class Worker(QObject):
    """The one database thread. Make it before there is a centre, `attach` the centre when it is open."""

    changed = Signal(object)
    """``{noun: {ids}}`` after every change that was kept."""
    went_wrong = Signal(object)
    """An exception nobody else wanted to hear about."""
    slow = Signal(object)
    """A `Job` that takes longer than 600 ms, then None when there is none any more."""
    busy = Signal(bool)

    _landed = Signal()

    def __init__(self, centre: Opened | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._centre = centre
        self._pending: list[Job] = []
        self._queue: PriorityQueue[tuple[int, int, Job | None]] = PriorityQueue()
        self._numbers = count()
        self._carried_out: deque[tuple[Job, Any, Exception | None, Any]] = deque()
        self._cursor_shown = False
        self._panel_shown = False
        self._cursor_timer = _single_shot(self, PATIENCE_CURSOR_MS, self._show_cursor)
        self._panel_timer = _single_shot(self, PATIENCE_PANEL_MS, self._show_panel)
        self._landed.connect(self._deliver)  # emitted on the other thread, so it is queued for this one
        self._thread = threading.Thread(target=self._work, name="centre", daemon=True)
        self._thread.start()

    # What windows use

    @property
    def centre(self) -> Opened | None:
        """The open centre, None while locked."""
        return self._centre

    def attach(self, centre: Opened) -> None:
        """Work on this centre from now on."""
        self._centre = centre

    def read(
        self,
        fn: Callable[..., Any],
        done: Done,
        failed: Failed | None = None,
        *,
        replaces: str = "",
        cancellable: bool = False,
        what: str = "",
        quiet: bool = False,
        gives_way: bool = False,
        finished: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run ``fn(session)`` or ``fn(session, progress)`` without writing; ``done(result)`` on the window's thread.

        `replaces`: a newer job of the same name makes the older one vanish (a search at each key).
        `quiet`: never show a busy cursor or the panel for it. `finished` is called in any case, cancelled or not.
        `gives_way`: it waits until nothing else does; whatever is asked while it runs ends it, and it is begun anew.
        `owner`: the answer vanishes when this widget is gone (taken from `done` when that is a widget's method).
        """
        job = Job("read", fn, done, failed)
        job.gives_way = gives_way
        return self._take(
            job, replaces=replaces, cancellable=cancellable, what=what, quiet=quiet, finished=finished, owner=owner
        )

    def change(
        self,
        fn: Callable[..., Any],
        done: Done | None = None,
        failed: Failed | None = None,
        *,
        cancellable: bool = False,
        what: str = "",
        quiet: bool = False,
        finished: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run ``fn(session[, progress])`` in one transaction; it is kept as a whole or not at all. Emits `changed`."""
        job = Job("change", fn, done, failed)
        return self._take(job, cancellable=cancellable, what=what, quiet=quiet, finished=finished, owner=owner)

    def run(
        self,
        fn: Callable[..., Any],
        done: Done | None = None,
        failed: Failed | None = None,
        *,
        cancellable: bool = False,
        what: str = "",
        quiet: bool = False,
        finished: Callable[[], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run ``fn()`` or ``fn(progress)`` on the database thread without a session (open, back up, draw a PDF)."""
        job = Job("run", fn, done, failed)
        return self._take(job, cancellable=cancellable, what=what, quiet=quiet, finished=finished, owner=owner)

    def leave_centre(self, done: Done | None = None) -> Job:
        """Close the centre after everything asked so far; reads asked later are dropped until one is attached."""
        return self.run(self._leave, done, quiet=True)

    def is_changing(self) -> bool:
        """Whether a change is waiting or running (drafts do not count)."""
        return any(job.kind == "change" and not job.quiet for job in self._pending)

    def is_idle(self) -> bool:
        """Whether nothing at all is waiting or running."""
        return not self._pending

    def close(self, patience: float = 20.0) -> bool:
        """Finish the changes, drop the reads, close the centre on its own thread; False when it would not end."""
        for job in self._pending:
            if job.kind == "read":
                job.cancel()
        if self._thread.is_alive():
            self._put(None)
            self._thread.join(patience)
        self._rest()
        return not self._thread.is_alive()

    # The window's side

    def _take(self, job: Job, *, replaces: str = "", **traits: Any) -> Job:
        for name, trait in traits.items():
            if name != "owner" or trait is not None:
                setattr(job, name, trait)
        if replaces:
            job.replaces = replaces
            for other in self._pending:
                if other.replaces == replaces:
                    other.cancel()
        self._pending.append(job)
        self._put(job)
        self._mind()
        return job

    def _put(self, job: Job | None) -> None:
        rank = int(job is not None and job.gives_way)
        self._queue.put((rank, next(self._numbers), job))

    def _deliver(self) -> None:
        job, result, error, changed = self._carried_out.popleft()
        if job in self._pending:
            self._pending.remove(job)
        self._mind()
        try:
            self._tell(job, result, error)
        finally:
            if changed:
                self.changed.emit(changed)

    def _tell(self, job: Job, result: Any, error: Exception | None) -> None:
        try:
            if isinstance(error, Cancelled) or not job.wanted:
                return
            if error is None:
                if job.done is not None:
                    job.done(result)
            elif job.failed is not None:
                job.failed(error)
            else:
                self.went_wrong.emit(error)
        finally:
            if job.finished is not None and (job.owner is None or shiboken6.isValid(job.owner)):
                job.finished()

    def _mind(self) -> None:
        if not any(not job.quiet for job in self._pending):
            self._rest()
        elif not self._cursor_timer.isActive() and not self._cursor_shown:
            self._cursor_timer.start()
            self._panel_timer.start()
        elif self._panel_shown:
            self._show_panel()

    def _rest(self) -> None:
        self._cursor_timer.stop()
        self._panel_timer.stop()
        if self._cursor_shown:
            self._cursor_shown = False
            QGuiApplication.restoreOverrideCursor()
            self.busy.emit(False)
        if self._panel_shown:
            self._panel_shown = False
            self.slow.emit(None)

    def _show_cursor(self) -> None:
        self._cursor_shown = True
        QGuiApplication.setOverrideCursor(QtCore.Qt.CursorShape.BusyCursor)
        self.busy.emit(True)

    def _show_panel(self) -> None:
        running = next((job for job in self._pending if not job.quiet), None)
        if running is not None:
            self._panel_shown = True
            self.slow.emit(running)

    # The database thread

    def _work(self) -> None:
        while (job := self._queue.get()[-1]) is not None:
            result = self._carry_out(job)
            if isinstance(result[1], _GaveWay):
                self._put(job)
                del result
                continue
            # A job holds the widget that waits for it. This thread lets go of it before the window's hears of it:
            # were this the last to hold it, Qt's objects would be destroyed here, with their timers still running.
            self._carried_out.append((job, *result))
            del job, result
            self._land()
        self._leave()

    def _is_awaited(self) -> bool:
        """Whether somebody waits for something that gives no way. Only this thread takes from the queue."""
        return bool(self._queue.queue) and self._queue.queue[0][0] == 0

    def _leave(self) -> None:
        centre, self._centre = self._centre, None
        if centre is not None:
            centre.close()

    def _land(self) -> None:
        try:
            self._landed.emit()
        except RuntimeError:
            return  # the window side is gone already; what was committed stays

    def _carry_out(self, job: Job) -> tuple[Any, Exception | None, Any]:
        try:
            if not job.wanted and (job.kind == "read" or job.progress.cancelled):
                raise Cancelled
            return self._in_session(job)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told on the window's thread
            return None, error, None

    def _in_session(self, job: Job) -> tuple[Any, Exception | None, Any]:
        extra = (job.progress,) if _takes(job.fn, 1 if job.kind == "run" else 2) else ()
        if job.kind == "run":
            return job.fn(*extra), None, None
        centre = self._centre
        if centre is None:
            raise Cancelled
        with centre.read() if job.kind == "read" else centre.change() as session:
            result = self._giving_way(job, session) if job.gives_way else self._asked(job, session, extra)
        return result, None, session.info.pop("changed", None) if job.kind == "change" else None

    def _asked(self, job: Job, session: Any, extra: tuple[Progress, ...]) -> Any:
        """A long read that may be cancelled is so in the middle of a question too, not only where it looks up."""
        if job.kind != "read" or not job.cancellable:
            return job.fn(session, *extra)
        from db.giving_way import stops_when

        with stops_when(session, lambda: job.progress.cancelled):
            return job.fn(session, *extra)

    def _giving_way(self, job: Job, session: Any) -> Any:
        from db.giving_way import stops_when

        try:
            with stops_when(session, lambda: job.progress.cancelled or self._is_awaited()):
                return job.fn(session)
        except Exception as error:
            if self._is_awaited() and not job.progress.cancelled:
                raise _GaveWay from error
            raise


class _GaveWay(Exception):
    """Somebody waits: what was begun is begun anew later."""


def _owner_of(done: Done | None) -> QObject | None:
    owner = getattr(done, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def _takes(fn: Callable[..., Any], count: int) -> bool:
    """Whether `fn` can be called with this many positional arguments, all without a default."""
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return False
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(p.kind in kinds and p.default is inspect.Parameter.empty for p in parameters) >= count


def _single_shot(parent: QObject, ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(slot)
    return timer
