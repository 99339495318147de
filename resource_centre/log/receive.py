# SPDX-License-Identifier: Apache-2.0
"""Entries from elsewhere: the union of both sets, and the touched records folded anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.log.erasing import is_blank
from resource_centre.log.many import insert_rows
from resource_centre.log.refolding import BLANK, Placed, Row, refold
from resource_centre.log.shape import digest
from resource_centre.log.writing import CHUNK, recording
from resource_centre.pause import collector_paused
from resource_centre.records.base import table_of
from resource_centre.records.change import Change

__all__ = ["BATCH", "BLANK", "Fork", "Received", "receive", "refold"]

BATCH: Final = 2000
"""Entries looked at together: enough that statements cost little, few enough that memory does not grow."""

Dot = tuple[str, int]
Entry = dict[str, Any]
"""Column values of `Change`."""
Progress = Callable[[int], None]


class Fork(Exception):
    """Two different entries bear the same name: a copied or restored laptop. Nothing may be taken in."""


@dataclass(frozen=True)
class Received:
    """What became of entries: how many were new, how many were here already, and of which records the new ones are."""

    new: int
    known: int
    rows: frozenset[Row]


def receive(
    session: Session,
    changes: Iterable[Entry],
    *,
    trusted: bool = False,
    progress: Progress | None = None,
    placed: Placed | None = None,
) -> Received:
    """Take in entries, given as column values of `Change`, in any order, twice or not.

    `progress` is told how many entries were read, then `placed` how many records were set right.

    `trusted` is for entries that somebody we rely on has taken fields out of: their digest is that of the whole.
    Raises `Fork` when a known name comes with another content, or an entry is not what its digest says: the caller
    rolls back then.
    """
    session.flush()
    with collector_paused():
        received, news = _read_in(session, changes, trusted=trusted, progress=progress)
        refold(session, received.rows, placed, news=news)
    session.expire_all()
    return received


def _read_in(
    session: Session, changes: Iterable[Entry], *, trusted: bool, progress: Progress | None
) -> tuple[Received, set[Dot] | None]:
    """What was read, and the names of all entries that say more than was said before; None when some did already."""
    connection = session.connection()
    rows: set[Row] = set()
    news, whole = set[Dot](), False
    new = seen = 0
    for batch in _batches(changes):
        fresh, fuller = _news_of(connection, batch, trusted=trusted)
        with recording(connection):
            insert_rows(connection, table_of(Change), fresh)
            _complete(connection, fuller)
        rows.update((change["tbl"], change["row_id"]) for change in (*fresh, *fuller))
        if fuller:
            whole = True
        news.update((one["site"], one["seq"]) for one in fresh)
        new, seen = new + len(fresh), seen + len(batch)
        if progress is not None:
            progress(seen)
    return Received(new, seen - new, frozenset(rows)), None if whole else news


def _batches(changes: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(changes)
    while batch := list(islice(left, BATCH)):
        yield batch


def _news_of(connection: sa.Connection, batch: list[Entry], *, trusted: bool) -> tuple[list[Entry], list[Entry]]:
    """The entries of this batch that are new, each once, and those of which less is here than now comes.

    A blanked one, or one that fields were kept back from, gives way to the same entry whole.
    """
    found: dict[Dot, Entry] = {}
    for change in batch:
        dot = (change["site"], change["seq"])
        before = found.setdefault(dot, change)
        if before["digest"] != change["digest"] or not (trusted or _is_what_it_says(change)):
            raise Fork(f"{dot[0]}:{dot[1]}")
        if len(before["body"]) < len(change["body"]):
            found[dot] = change
    ours = _held(connection, found)
    fuller = []
    for dot, (digest_held, length) in ours.items():
        theirs = found.pop(dot)
        if digest_held != theirs["digest"]:
            raise Fork(f"{dot[0]}:{dot[1]}")
        if length < len(theirs["body"]):
            fuller.append(theirs)
    return list(found.values()), fuller


def _complete(connection: sa.Connection, fuller: list[Entry]) -> None:
    if fuller:
        here = (Change.site == sa.bindparam("of"), Change.seq == sa.bindparam("number"))
        put = sa.update(table_of(Change)).where(*here).values(body=sa.bindparam("whole"))
        said = [{"of": one["site"], "number": one["seq"], "whole": one["body"]} for one in fuller]
        connection.execute(put, said)


def _is_what_it_says(change: Entry) -> bool:
    # What was blanked by an erasure keeps the digest of what it was.
    if change["body"] == BLANK:
        return True
    proof = digest(change["site"], change["seq"], change["tbl"], change["row_id"], change["body"])
    return bool(proof == change["digest"] or is_blank(change["body"]))


def _held(connection: sa.Connection, dots: Iterable[Dot]) -> dict[Dot, tuple[str, int]]:
    """Digest and length of body of those of these entries that are here."""
    by_site: dict[str, list[int]] = {}
    for site, seq in dots:
        by_site.setdefault(site, []).append(seq)
    found: dict[Dot, tuple[str, int]] = {}
    for site, numbers in by_site.items():
        asked = set(numbers)
        for here in _numbered(sorted(numbers)):
            length = sa.func.length(Change.body)
            wanted = sa.select(Change.seq, Change.digest, length).where(Change.site == site, here)
            with recording(connection):
                rows = connection.execute(wanted).all()
            found.update(((site, seq), (one, length)) for seq, one, length in rows if seq in asked)
    return found


def _numbered(numbers: list[int]) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions that together are met by these numbers and, when they lie close, by few others."""
    if numbers[-1] - numbers[0] < 2 * len(numbers):
        yield Change.seq.between(numbers[0], numbers[-1])
        return
    for start in range(0, len(numbers), CHUNK):
        yield Change.seq.in_(numbers[start : start + CHUNK])
