# SPDX-License-Identifier: Apache-2.0
"""Take a register into the centre as one act, look before doing it, and undo it as one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre import records
from resource_centre.access import viewer_of
from resource_centre.clock import today, wall_ms
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_profile
from resource_centre.log.many import insert_rows
from resource_centre.pause import collector_paused
from resource_centre.records import ImportBatch, ImportMapping, ImportRow, Logged, new_id
from resource_centre.records.base import table_of
from resource_centre.records.owned import Owned
from resource_centre.registers.files import Book, read_book
from resource_centre.registers.known import chunks, fingerprints_seen, people_meant
from resource_centre.registers.read import Circumstances, understand_book
from resource_centre.registers.rows import Row, Understood
from resource_centre.registers.tables import Mapping_
from resource_centre.registers.writing import MAIN_DATE, Drafted, Writer

UNDO_REASON: Final = "import undone"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Imported:
    """What one import has done; `batch_id` is None when the file held nothing new."""

    batch_id: str | None
    counts: dict[str, int]


@dataclass(frozen=True)
class Undone:
    """What undoing an import has marked as not valid, and how many people stay because they have been back."""

    voided: int
    people_kept: int


def preview(session: Session, book: Book, mappings: Iterable[Mapping_] = ()) -> Understood:
    """The dry run: everything the file says, in the light of what the centre knows. Writes nothing."""
    profile = own_profile(session)
    home = (profile.place_code,) if profile is not None and profile.place_code else ()
    about = Circumstances(
        today=today(),
        mappings=(*mappings, *remembered_mappings(session)),
        home=home,
        meet=lambda rows: people_meant(session, rows),
        seen=lambda fingerprints: fingerprints_seen(session, fingerprints),
    )
    with collector_paused():
        return understand_book(book, about)


def import_register(
    session: Session, source: Path | Book, *, mappings: Iterable[Mapping_] = (), progress: Progress | None = None
) -> Imported:
    """Take a register in. Rows met before change nothing; the batch can be undone as one act with `undo_import`."""
    book = source if isinstance(source, Book) else read_book(source)
    settled = list(mappings)
    understood = preview(session, book, settled)
    if progress:
        progress(1, 2)
    result = write_understood(session, understood)
    remember_mappings(session, understood, settled)
    if progress:
        progress(2, 2)
    return result


def write_understood(session: Session, understood: Understood) -> Imported:
    """Write what a dry run has understood; see `import_register`."""
    with collector_paused():
        return _write(session, understood)


def _write(session: Session, understood: Understood) -> Imported:
    for row in understood.rows:
        if row.status in {"new", "known", "likely_duplicate"} and not can_be_written(row):
            row.status = "incomplete"
    counts = understood.counts()
    fresh = [row for row in understood.rows if row.status != "imported"]
    if not fresh:
        return Imported(None, counts)
    writer = Writer(session)
    drafted = writer.write(fresh)
    batch_id = _note_batch(session, understood, counts)
    _note_rows(session, batch_id, fresh, drafted, writer.ids)
    return Imported(batch_id, counts)


def can_be_written(row: Row) -> bool:
    """Whether a row says enough: who it is about, and when it was where a record needs a day."""
    named = bool(row.values.get("name")) or row.known_id is not None
    if row.kind == "register":
        return named and row.person is not None
    dated = bool(row.values.get(MAIN_DATE[row.kind]))
    return named and dated and (row.kind == "training" or row.person is not None)


def _note_batch(session: Session, understood: Understood, counts: dict[str, int]) -> str:
    batch = ImportBatch(
        id=new_id(),
        account_id=viewer_of(session).account_id,
        file_digest=understood.fingerprint,
        imported_ms=wall_ms(),
        mapping={sheet.name: {c.heading: c.field for c in sheet.columns} for sheet in understood.sheets},
        counts=dict(counts),
    )
    session.add(batch)
    session.flush()
    return batch.id


def _note_rows(session: Session, batch_id: str, rows: list[Row], drafted: Drafted, ids: dict[int, str]) -> None:
    account = viewer_of(session).account_id
    insert_rows(
        session.connection(),
        table_of(ImportRow),
        [
            {
                "id": new_id(),
                "batch_id": batch_id,
                "account_id": account,
                "sheet": row.sheet,
                "row": row.row,
                "fingerprint": row.fingerprint,
                "status": row.status,
                "raw": row.raw,
                "values": row.values | {"kind_of_sheet": row.kind, "likely": _likely(row, ids)},
                "problems": [problem.as_json() for problem in row.problems],
                "person_id": ids.get(row.person) if row.person is not None else None,
                "written": drafted.by_row.get((row.sheet, row.row), []),
            }
            for row in rows
        ],
    )


def _likely(row: Row, ids: dict[int, str]) -> list[dict[str, Any]]:
    found = []
    for one in row.likely:
        person_id = one.known_id or (ids.get(one.person) if one.person is not None else None)
        if person_id is not None:
            found.append({"person_id": person_id, "score": round(one.score, 2), "reasons": list(one.reasons)})
    return found


def remembered_mappings(session: Session) -> list[Mapping_]:
    """How columns were settled before, for headings seen before."""
    return [
        Mapping_(fields=dict(one.mapping.get("fields", {})), kind=one.mapping.get("kind"))
        for one in session.scalars(sa.select(ImportMapping))
    ]


def remember_mappings(session: Session, understood: Understood, settled: list[Mapping_]) -> None:
    """Keep what somebody corrected about the columns, for the next file with the same headings."""
    for sheet in understood.sheets:
        headings = {column.heading for column in (*sheet.columns, *sheet.unknown)}
        fitting = [one for one in settled if one.fields and set(one.fields) <= headings]
        if not fitting or not sheet.signature:
            continue
        known = session.get(ImportMapping, sheet.signature)
        fields = dict(known.mapping.get("fields", {})) if known is not None else {}
        kind = known.mapping.get("kind") if known is not None else None
        for one in reversed(fitting):
            fields, kind = fields | dict(one.fields), one.kind or kind
        session.merge(ImportMapping(signature=sheet.signature, mapping={"fields": fields, "kind": kind}))
    session.flush()


def imports_done(session: Session) -> list[ImportBatch]:
    """The imports of this centre, the newest first."""
    return list(session.scalars(sa.select(ImportBatch).order_by(ImportBatch.imported_ms.desc())))


def undo_import(session: Session, batch_id: str) -> Undone:
    """Mark everything an import has written as not valid. People who have been back since stay, without its rows."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None or batch.undone_ms is not None:
        raise Refused("not_found")
    written: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(sa.select(ImportRow).where(ImportRow.batch_id == batch_id)):
        for name, record_id in row.written:
            written[name].append(record_id)
    kept = _people_with_more(session, written)
    voided = 0
    for name, ids in written.items():
        record: type[Logged] = getattr(records, name)
        voided += _void_all(session, record, ids, kept)
    batch.undone_ms = wall_ms()
    session.flush()
    return Undone(voided, len(kept))


def _void_all(session: Session, record: type[Logged], ids: list[str], kept: set[str]) -> int:
    count = 0
    for part in chunks(ids):
        for one in session.scalars(sa.select(record).where(record.id.in_(part), record.voided.is_(False))):
            if _stays(one, kept):
                continue
            one.voided, one.void_reason = True, UNDO_REASON
            count += 1
        session.flush()
    return count


def _stays(record: Logged, kept: set[str]) -> bool:
    """Somebody who stays keeps name, numbers and address; the visits and stays of the import go."""
    if isinstance(record, records.Person):
        return record.id in kept
    return isinstance(record, records.Identifier | records.Address) and record.person_id in kept


def _people_with_more(session: Session, written: dict[str, list[str]]) -> set[str]:
    """People made by an import who have records it did not write, such as a session held since."""
    made = written.get("Person", [])
    own = {record_id for ids in written.values() for record_id in ids}
    more: set[str] = set()
    for record in linked_records():
        for part in chunks(made):
            wanted = sa.select(record.person_id, record.id).where(record.person_id.in_(part), record.voided.is_(False))
            more.update(person for person, record_id in session.execute(wanted) if record_id not in own)
    return more


def linked_records() -> tuple[Any, ...]:
    """Every kind of record that may be about a person."""
    answers = (records.Response, records.SensitiveResponse, records.ProtectedResponse)
    linked = (records.Contact, records.Service, records.Participation, records.GroupMember, records.Trainer)
    return (*Owned.__subclasses__(), *linked, *answers)
