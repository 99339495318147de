# SPDX-License-Identifier: Apache-2.0
"""Sending and receiving on the worker's thread: with stages and counts in sight from the first moment, and a Cancel.

What was done is always told: a Cancel that comes too late does not hide what was written or taken in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.worker import Job, Progress
from ui.pages.exchange_words import stage_words

if TYPE_CHECKING:
    from db.exchange.receiving import Arrived
    from db.exchange.sending import Sent

Told = Callable[[str, int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Taken:
    """What became of one file: it arrived, or why not."""

    file: str
    arrived: Arrived | None = None
    error: Exception | None = None
    new_people: int = 0


def send_to(
    desk: Desk,
    owner: QWidget,
    site: str,
    into: Path,
    done: Callable[[list[Sent]], object],
    failed: Callable[[Exception], object],
) -> Job:
    """Write the bundles for a site into a folder, then call `done`, or `failed` when there are none."""
    centre: Any = desk.worker.centre

    def work(told: Told, stop: Stop) -> list[Sent]:
        from db.exchange.sending import send

        return send(centre, site, into, told=told, stop=stop)

    return _carry_out(desk, owner, work, _("Sending…"), done, failed)


def take_in(
    desk: Desk,
    owner: QWidget,
    files: Sequence[Path],
    done: Callable[[list[Taken]], object],
    failed: Callable[[Exception], object],
) -> Job:
    """Take in files, each in its own transaction, then call `done` with what became of each."""
    centre: Any = desk.worker.centre

    def work(told: Told, stop: Stop) -> list[Taken]:
        found: list[Taken] = []
        for file in files:
            found.append(_one(centre, file, told, stop))
            if stop():
                break
        return found

    return _carry_out(desk, owner, work, _("Receiving…"), done, failed)


def _one(centre: Any, file: Path, told: Told, stop: Stop) -> Taken:
    from db.exchange.receiving import receive

    try:
        before = _people(centre)
        arrived = receive(centre, file, told=told, stop=stop)
        new = max(0, _people(centre) - before)
        return Taken(file.name, arrived, None, new)
    except Exception as error:  # noqa: BLE001 - one file that is refused does not stop the next
        return Taken(file.name, error=error)


def _people(centre: Any) -> int:
    from sqlalchemy import func, select

    from resource_centre.records import Person

    with centre.read() as session:
        return int(session.scalar(select(func.count()).select_from(Person)) or 0)


def _carry_out(
    desk: Desk,
    owner: QWidget,
    work: Callable[[Told, Stop], Any],
    what: str,
    done: Callable[[Any], object],
    failed: Callable[[Exception], object],
) -> Job:
    kept: list[tuple[Any, Exception | None]] = []

    def on_the_worker(progress: Progress) -> None:
        try:
            kept.append((work(_telling(progress), lambda: progress.cancelled), None))
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

    job = desk.worker.run(on_the_worker, what=what, cancellable=True, finished=over, owner=owner)
    desk.worker.slow.emit(job)
    return job


def _telling(progress: Progress) -> Told:
    """What the panel shows; unlike ``progress(...)`` it does not raise: what is being written ends by its `stop`."""

    def told(stage: str, done: int, every: int) -> None:
        progress.done, progress.total = done, every
        progress.text = stage_words(stage, done, every)

    return told
