# SPDX-License-Identifier: Apache-2.0
"""What a peer is still to be told: every entry it may hold and has not said it holds, and what it must give back.

Nothing is ever taken for delivered because it was sent. A peer says in each of its bundles which entries it holds;
whatever is missing there goes out again, so that a lost stick heals itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from resource_centre.exchange.dots import Dot, Dots
from resource_centre.exchange.identity import own_role, own_sites
from resource_centre.exchange.scope import HEAD_OFFICE, LAPTOP, Rows, Scope, is_withheld, rows_in, scope_of, withheld
from resource_centre.log.refolding import BLANK
from resource_centre.log.shape import canonical, logged_records
from resource_centre.log.upcasting import names_now
from resource_centre.log.writing import CHUNK, recording
from resource_centre.records.attachment import AttachmentContent
from resource_centre.records.base import table_of
from resource_centre.records.change import ERASE, Change
from resource_centre.records.exchange import Bundle, Peer, RowScope

OUT: Final = "out"
IN: Final = "in"
WITH_FILES: Final = ("attachment", "practice_file")
RECEIPTS: Final = 200
"""Bundles a receipt names: older ones were named before."""
Row = tuple[str, str]
"""Table and record."""


@dataclass(frozen=True)
class Parcel:
    """What one peer is to be told. `dots` are the entries, in the order they are sent; `held` is what we hold."""

    dots: tuple[Dot, ...]
    drops: tuple[Row, ...]
    held: Dots
    heard: tuple[str, ...]
    heard_to: int

    @property
    def contents(self) -> Dots:
        """The entries as a set."""
        return Dots.of(self.dots)


def parcel_for(connection: sa.Connection, peer: Peer) -> Parcel:
    """What `peer` is to be told now."""
    known = Dots.from_json(peer.known)
    dots: list[Dot] = []
    drops: list[Row] = []
    if own_role(connection) == LAPTOP:
        dots = list(_unconfirmed(connection, known))
    elif peer.role in (HEAD_OFFICE, LAPTOP):  # a head office writes nothing for its centres
        dots, drops = _in_scope(connection, peer, known)
    heard = _heard(connection, peer.site)
    return Parcel(tuple(dots), tuple(drops), _held(connection, peer), heard, peer.last_received)


def unconfirmed(connection: sa.Connection, peer: Peer) -> int:
    """How many entries of a laptop the centre has not said it holds."""
    return sum(1 for _dot in _unconfirmed(connection, Dots.from_json(peer.known)))


def changes_of(connection: sa.Connection, peer: Peer, dots: Sequence[Dot]) -> Iterator[dict[str, Any]]:
    """These entries as column values of `Change`, less the fields that are kept back from this peer."""
    scope = None if own_role(connection) == LAPTOP else scope_of(peer)
    table = table_of(Change)
    for start in range(0, len(dots), CHUNK):
        for site, first, last in Dots.of(dots[start : start + CHUNK]).runs():
            here = (table.c.site == site, table.c.seq.between(first, last))
            with recording(connection):
                rows = connection.execute(sa.select(table).where(*here).order_by(table.c.seq)).mappings().all()
            yield from (told for row in rows if (told := _without_withheld(dict(row), scope)) is not None)


def files_of(connection: sa.Connection, peer: Peer, dots: Sequence[Dot]) -> Iterator[tuple[str, bytes, bytes | None]]:
    """Digest, bytes and small picture of the files that attachments among these entries name, each once."""
    told: set[str] = set()
    for change in changes_of(connection, peer, dots):
        digest = _names_a_file(change)
        if digest is None or digest in told:
            continue
        told.add(digest)
        wanted = sa.select(AttachmentContent.digest, AttachmentContent.content, AttachmentContent.preview)
        with recording(connection):
            found = connection.execute(wanted.where(AttachmentContent.digest == digest)).first()
        if found is not None:
            yield found[0], found[1], found[2]


def sizes_of(connection: sa.Connection, dots: Sequence[Dot]) -> Iterator[tuple[Dot, int]]:
    """Each entry with the bytes of its body and of the file it names."""
    table = table_of(Change)
    told = sa.case((table.c.tbl.in_(WITH_FILES), table.c.body), else_=BLANK)
    columns = (table.c.site, table.c.seq, table.c.tbl, sa.func.length(table.c.body), told.label("body"))
    for start in range(0, len(dots), CHUNK):
        for site, first, last in Dots.of(dots[start : start + CHUNK]).runs():
            here = (table.c.site == site, table.c.seq.between(first, last))
            with recording(connection):
                rows = connection.execute(sa.select(*columns).where(*here).order_by(table.c.seq)).all()
            for row in rows:
                yield (row.site, row.seq), row[3] + _file_size(connection, {"tbl": row.tbl, "body": row.body})


def _file_size(connection: sa.Connection, change: dict[str, Any]) -> int:
    digest = _names_a_file(change)
    if digest is None:
        return 0
    wanted = sa.select(sa.func.length(AttachmentContent.content)).where(AttachmentContent.digest == digest)
    with recording(connection):
        return connection.scalar(wanted) or 0


def _names_a_file(change: dict[str, Any]) -> str | None:
    if change["tbl"] not in WITH_FILES:
        return None
    value = json.loads(change["body"]).get("digest")
    return str(value[0]) if value and value[0] else None


def _unconfirmed(connection: sa.Connection, known: Dots) -> Iterator[Dot]:
    wanted = sa.select(Change.site, Change.seq).where(Change.site.in_(own_sites(connection)))
    with recording(connection):
        rows = connection.execute(wanted.order_by(Change.site, Change.seq)).all()
    return ((site, seq) for site, seq in rows if (site, seq) not in known)


def _in_scope(connection: sa.Connection, peer: Peer, known: Dots) -> tuple[list[Dot], list[Row]]:
    rows = rows_in(connection, scope_of(peer))
    on_the_way = _on_the_way(connection, peer)
    dots: list[Dot] = []
    strangers: dict[Row, None] = {}
    erased: set[str] = set()
    for dot, tbl, row_id, kind in _every_entry(connection):
        if kind == ERASE:
            erased.add(row_id)
        if _may_hold(rows, tbl, row_id) or (kind == ERASE and tbl in rows):
            if dot not in known:
                dots.append(dot)
        elif dot in known or dot in on_the_way:
            strangers[(tbl, row_id)] = None
    # What is erased goes by its own entry, which nobody gives back.
    return dots, [row for row in strangers if row[1] not in erased]


def _every_entry(connection: sa.Connection) -> Iterator[tuple[Dot, str, str, str]]:
    columns = (Change.site, Change.seq, Change.tbl, Change.row_id, Change.kind)
    wanted = sa.select(*columns).order_by(Change.site, Change.seq).execution_options(yield_per=2000)
    with recording(connection):
        for site, seq, tbl, row_id, kind in connection.execute(wanted):
            yield (site, seq), tbl, row_id, kind


def _may_hold(rows: Rows, tbl: str, row_id: str) -> bool:
    if tbl not in rows:
        return False
    held = rows[tbl]
    return held is None or row_id in held


def _on_the_way(connection: sa.Connection, peer: Peer) -> Dots:
    """What was sent in bundles the peer had not taken in when it last said what it holds."""
    sent = sa.select(Bundle.contents).where(
        Bundle.site == peer.site, Bundle.direction == OUT, Bundle.link_no > peer.heard_to
    )
    found = Dots()
    for contents in connection.scalars(sent):
        found |= Dots.from_json(contents)
    return found


def _held(connection: sa.Connection, peer: Peer) -> Dots:
    """What we hold: of a laptop's own entries when it is told so, of everything when we tell a centre."""
    wanted = sa.select(Change.site, Change.seq).order_by(Change.site, Change.seq)
    if peer.role in (LAPTOP, HEAD_OFFICE):
        wanted = wanted.where(Change.site.in_([peer.site, *peer.formerly]))
    else:
        # What was given back is asked for anew when it becomes ours again.
        outside = sa.select(RowScope.row_id).where(RowScope.inside.is_(sa.false()))
        wanted = wanted.where(Change.row_id.not_in(outside))
    with recording(connection):
        return Dots.of((site, seq) for site, seq in connection.execute(wanted.execution_options(yield_per=2000)))


def _heard(connection: sa.Connection, site: str) -> tuple[str, ...]:
    """The bundles taken in from a site, newest first, as far back as a receipt is of use."""
    wanted = sa.select(Bundle.id).where(Bundle.site == site, Bundle.direction == IN)
    return tuple(connection.scalars(wanted.order_by(Bundle.link_no.desc()).limit(RECEIPTS)))


def _without_withheld(change: dict[str, Any], scope: Scope | None) -> dict[str, Any] | None:
    """The entry as this peer may have it; None when nothing but what is kept back is in it."""
    record = logged_records().get(change["tbl"])
    if scope is None or scope.confidential or record is None or not withheld(record, scope.role):
        return change
    body = json.loads(change["body"])
    # An older program may have called a field otherwise, or had two in one.
    names = {name: names_now(change["tbl"], change["schema_no"], name, said) for name, said in body.items()}
    kept = {name for name, now in names.items() if any(is_withheld(record, scope.role, one) for one in (name, *now))}
    left = {name: said for name, said in body.items() if name not in kept}
    if body and not left:
        return None
    return change if len(left) == len(body) else {**change, "body": canonical(left)}
