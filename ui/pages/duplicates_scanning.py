# SPDX-License-Identifier: Apache-2.0
"""Looking through the whole centre on the worker's thread: stages and counts in sight, and a Cancel that keeps work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.worker import Job, Progress
from ui.pages.duplicates_words import stage_words


def look_through(
    desk: Desk, owner: QWidget, done: Callable[[Any], object], failed: Callable[[Exception], object]
) -> Job:
    """Scan, then call `done` with the `Outcome`, also of a scan that was stopped."""
    centre: Any = desk.worker.centre
    kept: list[tuple[Any, Exception | None]] = []

    def on_the_worker(progress: Progress) -> None:
        try:
            kept.append((_scan(centre, progress), None))
        except Exception as error:  # noqa: BLE001 - told on the window's thread, whether it was cancelled or not
            kept.append((None, error))

    def over() -> None:
        desk.worker.slow.emit(None)
        from resource_centre.errors import Refused

        result, error = kept.pop() if kept else (None, Refused("stopped"))
        if error is None:
            done(result)
        else:
            failed(error)

    what = _("Looking through the whole centre")
    job = desk.worker.run(on_the_worker, what=what, cancellable=True, finished=over, owner=owner)
    desk.worker.slow.emit(job)
    return job


def _scan(centre: Any, progress: Progress) -> Any:
    from resource_centre.services.duplicate_scan import scan_centre

    def told(stage: str, done: int, every: int) -> None:
        progress.done, progress.total = done, every
        progress.text = stage_words(stage, done, every)

    with centre.change() as session:
        return scan_centre(session, told, lambda: progress.cancelled, session.commit)
