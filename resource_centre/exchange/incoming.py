# SPDX-License-Identifier: Apache-2.0
"""Taking in what a peer told: the entries it may bring, what left our villages, and which of ours it holds by now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.access import DROP_BOX, ONLY_CASE_WORKERS, ONLY_COORDINATORS, may_read, viewer_of
from resource_centre.clock import wall_ms
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.dots import Dots
from resource_centre.exchange.identity import own_role
from resource_centre.exchange.outgoing import IN, OUT, Row
from resource_centre.exchange.row_scopes import flipped, give_back, inside, note
from resource_centre.exchange.scope import HEAD_OFFICE, LAPTOP, scope_of
from resource_centre.log.erasing import named_files
from resource_centre.log.receive import receive, refold
from resource_centre.log.shape import logged_records
from resource_centre.log.writing import recording
from resource_centre.records import AttachmentContent, Conflict
from resource_centre.records.base import table_of
from resource_centre.records.change import PUT
from resource_centre.records.exchange import Bundle, Peer
from resource_centre.roles import CASE_WORKERS

File = tuple[str, bytes, bytes | None]
Entry = dict[str, Any]
Progress = Callable[[str, int, int], None]
"""Is told the stage, "taking in" or "putting in place", how many are done, and of how many if that is known."""
DAY_MS: Final = 86_400_000


@dataclass(frozen=True)
class Message:
    """What a bundle said, checked as far as a file can be. `changes` gives the entries anew at each call."""

    id: str
    link_no: int
    part: int
    parts: int
    made_ms: int
    digest: str
    heard: tuple[str, ...]
    heard_to: int
    held: Dots
    changes: Callable[[], Iterable[Entry]]
    drops: Sequence[Row] = ()
    files: Callable[[], Iterable[File]] = tuple


@dataclass(frozen=True)
class Receipt:
    """What became of a bundle: entries it held, how many were new, and distinct records by table.

    `people` are the persons in it. `again` when it had been taken in before;
    `ahead_days` when the clock it was made by is that far ahead of ours.
    """

    bundle: str
    link_no: int
    changes: int
    new_changes: int
    records: dict[str, int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    returned: int = 0
    conflicts: int = 0
    ahead_days: int = 0
    again: bool = False


def take_in(session: Session, peer: Peer, message: Message, told: Progress | None = None) -> Receipt:
    """Take in a bundle: the caller commits, or rolls back what raised. What `told` raises stops it.

    Raises `Refused` for what this peer may not bring, `log.receive.Fork` when an entry bears the name of another one.
    """
    connection = session.connection()
    before = session.get(Bundle, message.id)
    if before is not None:
        if before.digest != message.digest:
            raise EnvironmentFailed("bundle_damaged")
        return again(before)
    conflicts = _conflicts(connection)
    tally = _Tally()
    if own_role(connection) == LAPTOP:
        new = _take_in_as_laptop(session, message, tally, told)
    else:
        allowed = _allowed(peer, message.changes())
        new = _receive(session, tally.counting(allowed), told, trusted=peer.role != LAPTOP)
    _keep_files(connection, message.files())
    _hear(session, peer, message)
    if own_role(connection) == LAPTOP:
        tally.returned = give_back(session, Dots.from_json(peer.known))
    session.add(_audit(session, peer, message, tally, new))
    session.flush()
    ahead = max(0, (message.made_ms - wall_ms()) // DAY_MS)
    found = max(0, _conflicts(connection) - conflicts)
    return Receipt(
        message.id, message.link_no, tally.changes, new, tally.records(), tuple(sorted(tally.people)), tally.returned,
        found, ahead,
    )  # fmt: skip


def _take_in_as_laptop(session: Session, message: Message, tally: _Tally, told: Progress | None) -> int:
    """Two readings: which records the centre says are ours, then the entries of those."""
    connection = session.connection()
    rows = {(change["tbl"], change["row_id"]) for change in message.changes() if change["kind"] == PUT}
    back = flipped(connection, message.link_no, rows)
    note(connection, message.link_no, rows, inside=True)
    note(connection, message.link_no, message.drops, inside=False)
    ours = inside(connection, rows)
    entries = (one for one in message.changes() if one["kind"] != PUT or (one["tbl"], one["row_id"]) in ours)
    new = _receive(session, tally.counting(entries), told, trusted=True)
    # A record that comes back may bring nothing that was not here all the time.
    refold(session, back)
    return new


def _receive(session: Session, entries: Iterable[Entry], told: Progress | None, *, trusted: bool) -> int:
    if told is None:
        return receive(session, entries, trusted=trusted).new
    placed = partial(told, "putting in place")
    return receive(session, entries, trusted=trusted, progress=lambda n: told("taking in", n, 0), placed=placed).new


class _Tally:
    """Counts what goes past."""

    def __init__(self) -> None:
        self.changes = 0
        self.returned = 0
        self.people: set[str] = set()
        self._rows: dict[str, set[str]] = {}

    def counting(self, changes: Iterable[Entry]) -> Iterator[Entry]:
        for change in changes:
            self.changes += 1
            self._rows.setdefault(change["tbl"], set()).add(change["row_id"])
            if change["tbl"] == "person":
                self.people.add(change["row_id"])
            yield change

    def records(self) -> dict[str, int]:
        return {table: len(rows) for table, rows in sorted(self._rows.items())}


def _allowed(peer: Peer, changes: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, as long as they are such as this peer may bring."""
    if peer.role == HEAD_OFFICE:
        for _change in changes:
            raise Refused("bundle_not_allowed")
    if peer.role != LAPTOP:
        yield from changes
        return
    role, own = scope_of(peer).role, {peer.site, *peer.formerly}
    tables = {name for name, record in logged_records().items() if _may_bring(record, role)}
    for change in changes:
        if change["site"] not in own or change["kind"] != PUT or change["tbl"] not in tables:
            raise Refused("bundle_not_allowed")
        yield change


def _may_bring(record: type[Any], role: str) -> bool:
    name = record.__name__
    if name in ONLY_COORDINATORS or (name in ONLY_CASE_WORKERS and role not in CASE_WORKERS):
        return False
    return may_read(role, record) or name in DROP_BOX


def _keep_files(connection: sa.Connection, files: Iterable[File]) -> None:
    """Keep the files that a record here names: not those of somebody who was erased since the bundle was written."""
    table = table_of(AttachmentContent)
    for digest, content, preview in files:
        if hashlib.sha256(content).hexdigest() != digest:
            raise EnvironmentFailed("bundle_damaged")
        if not named_files(connection, [digest]):
            continue
        with recording(connection):
            known = connection.scalar(sa.select(table.c.digest).where(table.c.digest == digest))
            if known is None:
                connection.execute(sa.insert(table), {"digest": digest, "content": content, "preview": preview})


def _hear(session: Session, peer: Peer, message: Message) -> None:
    """What the peer says it holds counts until it says it anew; an older bundle tells nothing."""
    if message.link_no > peer.known_no:
        peer.known, peer.known_no = message.held.to_json(), message.link_no
    peer.heard_to = max(peer.heard_to, message.heard_to)
    peer.last_received = max(peer.last_received, message.link_no)
    confirmed = sa.select(Bundle).where(
        Bundle.site == peer.site, Bundle.direction == OUT, Bundle.confirmed_ms.is_(None), Bundle.id.in_(message.heard)
    )
    for bundle in session.scalars(confirmed):
        bundle.confirmed_ms = wall_ms()


def _audit(session: Session, peer: Peer, message: Message, tally: _Tally, new: int) -> Bundle:
    return Bundle(
        id=message.id,
        site=peer.site,
        direction=IN,
        link_no=message.link_no,
        part=message.part,
        parts=message.parts,
        at_ms=wall_ms(),
        account_id=viewer_of(session).account_id,
        changes=tally.changes,
        new_changes=new,
        counts=tally.records(),
        digest=message.digest,
        contents={},
        dropped=[list(row) for row in message.drops],
    )


def again(before: Bundle) -> Receipt:
    """What is said of a bundle that was taken in before."""
    return Receipt(before.id, before.link_no, before.changes, 0, dict(before.counts), again=True)


def _conflicts(connection: sa.Connection) -> int:
    with recording(connection):
        return connection.scalar(sa.select(sa.func.count()).select_from(table_of(Conflict))) or 0
