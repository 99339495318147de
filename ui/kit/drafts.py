# SPDX-License-Identifier: Apache-2.0
"""What is typed and not yet saved is kept within two seconds, and offered again after a crash.

One draft per account, form and record. A page makes a `DraftKeeper` for its form; the keeper looks at what is typed a
moment after the last key, but never later than `LATEST_MS` after the first, and writes it through the worker.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from ui.kit.worker import Worker

PAUSE_MS = 700
LATEST_MS = 1500


class Typing(Protocol):
    """What a keeper needs of a form: everything typed as plain JSON, and back."""

    def typed(self) -> dict[str, Any]: ...
    def restore(self, typed: dict[str, Any]) -> None: ...


class Drafts(QObject):
    """Reads and writes drafts through the worker, and knows all living keepers so that a crash can flush them."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = worker
        self._keepers: weakref.WeakSet[DraftKeeper] = weakref.WeakSet()

    def keep(self, form: str, typing: Typing, *, record_id: str | None = None, parent: QObject) -> DraftKeeper:
        """A keeper for one form; connect the form's `edited` signal to its `touch`."""
        keeper = DraftKeeper(self, form, typing, record_id, parent)
        self._keepers.add(keeper)
        return keeper

    def find(
        self,
        form: str,
        record_id: str | None,
        found: Callable[[dict[str, Any] | None], None],
        owner: QObject | None = None,
    ) -> None:
        """What was typed in this form and never saved, or None; silent when `owner` is gone meanwhile."""
        self.worker.read(lambda session: _body_of(session, form, record_id), found, quiet=True, owner=owner)

    def flush(self) -> None:
        """Write everything that is typed now; before locking, closing, or when something went wrong."""
        for keeper in list(self._keepers):
            if isValid(keeper):  # a form that Qt deleted may still await Python's collector
                keeper.write_now()


class DraftKeeper(QObject):
    """Keeps the draft of one form until `saved` or `discard`."""

    def __init__(self, drafts: Drafts, form: str, typing: Typing, record_id: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._typing = typing
        self.form = form
        self.record_id = record_id
        self._dirty = False
        self._written: dict[str, Any] | None = None
        self._pause = self._timer(PAUSE_MS)
        self._latest = self._timer(LATEST_MS)

    def touch(self) -> None:
        """Something was typed."""
        self._dirty = True
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def write_now(self) -> None:
        """Write the draft if anything was typed since the last time."""
        self._pause.stop()
        self._latest.stop()
        if not self._dirty:
            return
        self._dirty = False
        body = self._typing.typed()
        if body != self._written:
            self._written = body
            form, record = self.form, self.record_id
            self._drafts.worker.change(lambda session: _write(session, form, record, body), quiet=True)

    def offer(self, found: Callable[[dict[str, Any]], None]) -> None:
        """Look for a draft of an earlier run and call `found` with it; nothing happens when there is none.

        Somebody may type before the answer is here: the draft wins over those few letters, and they fill its gaps.
        """
        before = self._typing.typed()

        def answer(body: dict[str, Any] | None) -> None:
            if not body:
                return
            now = self._typing.typed()
            if now == before:
                found(body)
            else:
                found({**{name: said for name, said in now.items() if said != before.get(name)}, **body})
                self.touch()

        self._drafts.find(self.form, self.record_id, answer, owner=self)

    def discard(self) -> None:
        """The typing was saved for real, or is not wanted any more: forget the draft."""
        self._dirty = False
        self._written = None
        self._pause.stop()
        self._latest.stop()
        form, record = self.form, self.record_id
        self._drafts.worker.change(lambda session: _forget(session, form, record), quiet=True)

    saved = discard

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(self.write_now)
        return timer


def _body_of(session: Any, form: str, record_id: str | None) -> dict[str, Any] | None:
    from resource_centre.services.drafts import draft_of

    draft = draft_of(session, form=form, record_id=record_id)
    return None if draft is None else dict(draft.body)


def _write(session: Any, form: str, record_id: str | None, body: dict[str, Any]) -> None:
    from resource_centre.services.drafts import save_draft

    save_draft(session, form=form, body=body, record_id=record_id)


def _forget(session: Any, form: str, record_id: str | None) -> None:
    from resource_centre.services.drafts import discard_draft

    discard_draft(session, form=form, record_id=record_id)
