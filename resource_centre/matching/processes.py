# SPDX-License-Identifier: Apache-2.0
"""A scan by several processes at once: each is given the list through a pipe and works on piece after piece of it.

Nothing of the list is written anywhere. What a process that died was working on is done by the others, or here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Final, cast

from resource_centre.matching.people import People
from resource_centre.matching.rules import rule
from resource_centre.matching.work import Alone, Hands, Stopped, Work

AHEAD: Final = 2
"""Pieces a process has been given: one it works on and the next."""
LOOK_UP: Final = 0.2
"""Seconds after which it is asked whether to stop, however long a piece takes."""
_LOST: Final = (EOFError, OSError)

Piece = tuple[int, str, tuple[Any, ...]]


def engage(people: People, stop: Callable[[], bool]) -> Hands:
    """As many processes as this machine has cores to work on a long list; a short one is sooner done here."""
    number = min(cores(), int(rule("most_processes")))
    if number < 2 or len(people) < rule("alone_below"):
        return Alone(people, stop)
    try:
        return Processes(people, stop, number)
    except _LOST:
        return Alone(people, stop)


def cores() -> int:
    """The cores this program may use."""
    allowed: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


class Processes:
    """So many processes, each with the whole list in its compact form."""

    def __init__(self, people: People, stop: Callable[[], bool], number: int) -> None:
        self._people, self._stop = people, stop
        self._given: dict[Connection, deque[Piece]] = {}
        self._again: deque[Piece] = deque()
        self._running: list[BaseProcess] = []
        self._alone: Alone | None = None
        try:
            self._start(number)
        except BaseException:
            self.close()
            raise

    def _start(self, number: int) -> None:
        # Begun anew and not forked: a fork would share the database's file and the window's threads.
        fresh = multiprocessing.get_context("spawn")
        for _number in range(number):
            here, there = fresh.Pipe()
            process = fresh.Process(target=serve, args=(there,), name="comparing", daemon=True)
            process.start()
            there.close()
            self._running.append(process)
            self._given[here] = deque()
        for connection in self._given:
            for name, column in self._people.columns.items():
                self._ask()
                connection.send((name, column))
            connection.send(None)

    def each(self, task: str, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """What the method of `Work` called `task` makes of each of these, in their order."""
        pieces = ((number, task, one) for number, one in enumerate(arguments))
        made: dict[int, Any] = {}
        done = 0
        while self._give(pieces) or made:
            self._ask()
            while done in made:
                yield made.pop(done)
                done += 1
            made.update(self._take())

    def close(self) -> None:
        """End them, whatever they are doing: what they made was taken, the rest is made anew."""
        for connection in self._given:
            connection.close()
        for process in self._running:
            process.terminate()
            process.join()
        self._given, self._running = {}, []

    def _ask(self) -> None:
        if self._stop():
            raise Stopped

    def _give(self, pieces: Iterator[Piece]) -> bool:
        """Hand out pieces; whether there is any to wait for."""
        for connection, given in list(self._given.items()):
            while len(given) < AHEAD and (piece := self._again.popleft() if self._again else next(pieces, None)):
                given.append(piece)
                try:
                    connection.send(piece)
                except _LOST:
                    self._lose(connection)
                    break
        if not self._given and not self._again and (piece := next(pieces, None)):
            self._again.append(piece)
        return bool(self._again) or any(self._given.values())

    def _take(self) -> dict[int, Any]:
        """What was made meanwhile."""
        if not self._given:
            return self._make_here()
        made: dict[int, Any] = {}
        for connection in cast("list[Connection]", wait(list(self._given), LOOK_UP)):
            try:
                fine, result = connection.recv()
            except _LOST:
                self._lose(connection)
                continue
            number, _task, _arguments = self._given[connection].popleft()
            if not fine:
                raise result
            made[number] = result
        return made

    def _lose(self, connection: Connection) -> None:
        self._again.extend(self._given.pop(connection))
        connection.close()

    def _make_here(self) -> dict[int, Any]:
        if not self._again:
            return {}
        self._alone = self._alone or Alone(self._people, self._stop)
        number, task, arguments = self._again.popleft()
        (result,) = self._alone.each(task, [arguments])
        return {number: result}


def serve(connection: Connection) -> None:
    """What such a process does until it is ended: take the list, then make of each piece what is asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who stops the scan ends this process
    _give_way()
    try:
        work = Work(_received(connection))
    except _LOST:
        return
    pieces: SimpleQueue[Piece] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, pieces), daemon=True).start()
    while True:
        _number, task, arguments = pieces.get()
        connection.send(_made(work, task, arguments))


def _received(connection: Connection) -> People:
    people = People()
    while (part := connection.recv()) is not None:
        name, column = part
        people.columns[name] = column
    people.settle()
    return people


def _made(work: Work, task: str, arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, getattr(work, task)(*arguments)
    except Exception as error:  # noqa: BLE001 - raised where the scan was asked for
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, one line ago
        except Exception:  # noqa: BLE001 - not every exception can be sent
            return False, RuntimeError(type(error).__name__)
        return False, error


def _listen(connection: Connection, pieces: SimpleQueue[Piece]) -> None:
    """Always ready to take more, so that nobody waits for a pipe that is full on both sides."""
    try:
        while True:
            pieces.put(connection.recv())
    except _LOST:
        os._exit(0)  # whoever asked is gone


def _give_way() -> None:
    """Let whoever works at this computer go first."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        ctypes.windll.kernel32.SetPriorityClass(ctypes.windll.kernel32.GetCurrentProcess(), below_normal)
    else:
        os.nice(5)
