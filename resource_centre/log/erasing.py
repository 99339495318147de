# SPDX-License-Identifier: Apache-2.0
"""Gone for ever: an erased record, and with it whatever anybody ever said to be its own.

That a record is erased follows from the set of entries alone: from an entry that erases it, or from one that names an
erased record as the one it belongs to. So it is the same everywhere, in whatever order entries come. Of the entries
about it nothing stays but that they were, and whose they were: from this whatever comes later is known to go too.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log.fold import Entry
from resource_centre.log.shape import canonical, logged_records
from resource_centre.log.writing import CHUNK, recording
from resource_centre.records.attachment import Attachment, AttachmentContent
from resource_centre.records.base import table_of
from resource_centre.records.change import ERASE, Change, Erasure
from resource_centre.records.dialogue import PracticeFile
from resource_centre.records.exchange import DuplicatePair, ScanPiece
from resource_centre.records.local import Draft, ImportRow

BLANK: Final = "{}"
"""The body of an entry about an erased record that belonged to nobody."""
OWNERS: Final = ("person_id", "participation_id", "a_id", "b_id")
"""The fields that name whose a record is. They hold ids and nothing else."""
GONE: Final = "erased"
"""In `Session.info` when this transaction erased something: after it, no trace may stay in the file either."""
_NAMED_BY: Final = {"person": ("person_id", "a_id", "b_id"), "participation": ("participation_id",)}
"""By which of the owners' fields records of these tables are named; lines of sheets are about them, too."""
_AT_ONCE: Final = 20
"""What is looked for in one reading of a whole table."""

Row = tuple[str, str]
"""Table and record."""


def erased_ids(connection: sa.Connection) -> frozenset[str]:
    """Every record that is gone."""
    return frozenset(connection.scalars(sa.select(Erasure.row_id)))


def goes_with(entries: Iterable[Entry], erased: Collection[str]) -> bool:
    """Whether a record belongs, or ever was said to belong, to one that is erased."""
    return any(str(entry.body[name][0]) in erased for entry in entries for name in OWNERS if name in entry.body)


def is_blank(text: str) -> bool:
    """Whether a body says nothing but whose the record was: the digest of such an entry is that of what it said."""
    return text == BLANK or json.loads(text).keys() <= set(OWNERS)


def blanked(text: str) -> str:
    """What stays of a body."""
    return canonical({name: said for name, said in json.loads(text).items() if name in OWNERS})


def erased_rows(connection: sa.Connection) -> frozenset[Row]:
    """Every record that is gone, with its table."""
    return frozenset((tbl, row_id) for tbl, row_id in connection.execute(sa.select(Erasure.tbl, Erasure.row_id)))


def belonging_to(connection: sa.Connection, rows: Iterable[Row]) -> set[Row]:
    """The records, not erased yet, that some entry says belong to these. Read from the log, which knows also of those
    that are in no table."""
    found: set[Row] = set()
    gone = sa.select(Erasure.row_id)
    said = [f'"{name}":["{row_id}",' for tbl, row_id in sorted(rows) for name in _NAMED_BY.get(tbl, ())]
    for some in _chunks(said, _AT_ONCE):
        says = sa.or_(*(Change.body.contains(words) for words in some))
        wanted = sa.select(Change.tbl, Change.row_id).where(says, Change.row_id.not_in(gone)).distinct()
        with recording(connection):
            found.update((tbl, row_id) for tbl, row_id in connection.execute(wanted))
    return found


def erase_rows(connection: sa.Connection, tbl: str, ids: Sequence[str]) -> None:
    """These records go out of their table, and every word about them out of the log and out of what is kept beside it.

    The list of lost values is the caller's. To be called while recording.
    """
    if not ids:
        return
    files = _files_of(connection, tbl, ids)
    table = table_of(logged_records()[tbl])
    connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
    _blank(connection, ids)
    known = set(connection.scalars(sa.select(Erasure.row_id).where(Erasure.row_id.in_(ids))))
    new = [{"row_id": one, "tbl": tbl} for one in ids if one not in known]
    if new:
        connection.execute(sa.insert(Erasure), new)
    _forget_files(connection, files)
    _forget_beside(connection, tbl, ids)


def _blank(connection: sa.Connection, ids: Sequence[str]) -> None:
    table = table_of(Change)
    wanted = sa.select(table.c.site, table.c.seq, table.c.body)
    said = connection.execute(wanted.where(table.c.row_id.in_(ids), table.c.kind != ERASE)).all()
    left = [{"of": site, "number": seq, "left": blanked(body)} for site, seq, body in said if not is_blank(body)]
    if left:
        here = (table.c.site == sa.bindparam("of"), table.c.seq == sa.bindparam("number"))
        connection.execute(sa.update(table).where(*here).values(body=sa.bindparam("left")), left)


def _files_of(connection: sa.Connection, tbl: str, ids: Sequence[str]) -> list[str]:
    if tbl != Attachment.__tablename__:
        return []
    table = table_of(Attachment)
    wanted = sa.select(table.c.digest).where(table.c.id.in_(ids), table.c.digest.is_not(None))
    return list(connection.scalars(wanted))


def _forget_files(connection: sa.Connection, digests: Sequence[str]) -> None:
    unnamed = sorted(set(digests) - named_files(connection, digests))
    if unnamed:
        table = table_of(AttachmentContent)
        connection.execute(sa.delete(table).where(table.c.digest.in_(unnamed)))


def named_files(connection: sa.Connection, digests: Iterable[str]) -> set[str]:
    """Those of these files that a record here names."""
    found: set[str] = set()
    for some in _chunks(digests):
        for record in (Attachment, PracticeFile):
            table = table_of(record)
            here = sa.select(table.c.digest).where(table.c.digest.in_(some))
            with recording(connection):
                found.update(connection.scalars(here))
    return found


def _forget_beside(connection: sa.Connection, tbl: str, ids: Sequence[str]) -> None:
    """What somebody has typed and not saved, lines of imported sheets, and likely duplicates.

    A line of a sheet keeps its fingerprint, so that the same sheet does not bring back who is gone.
    """
    draft, line, pair, piece = (table_of(one) for one in (Draft, ImportRow, DuplicatePair, ScanPiece))
    connection.execute(sa.delete(draft).where(draft.c.record_id.in_(ids)))
    if tbl not in _NAMED_BY:
        return
    blank: dict[str, Any] = {"raw": {}, "values": {}, "problems": [], "written": []}
    connection.execute(sa.update(line).where(line.c.person_id.in_(ids)).values(blank))
    for some in _chunks(ids, _AT_ONCE):
        wrote = sa.or_(*(sa.cast(line.c.written, sa.Text).contains(one) for one in some))
        connection.execute(sa.update(line).where(wrote).values(blank))
    pairs = sa.or_(pair.c.a_id.in_(ids), pair.c.b_id.in_(ids))
    if connection.execute(sa.delete(pair).where(pairs)).rowcount:
        connection.execute(sa.delete(piece))


def refuse_erased(connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Nothing is written any more about what is gone; `rows` are column values."""
    if connection.execute(sa.select(Erasure.row_id).limit(1)).first() is None:
        return
    named = {str(one) for row in rows for name in ("id", *OWNERS) if (one := row.get(name)) is not None}
    for some in _chunks(named):
        if connection.execute(sa.select(Erasure.row_id).where(Erasure.row_id.in_(some)).limit(1)).first():
            raise Refused("not_found")


def _chunks(ids: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    left = sorted(ids)
    for start in range(0, len(left), size):
        yield left[start : start + size]
