# SPDX-License-Identifier: Apache-2.0
"""The list to settle after an import: who is who, and the cells nobody but a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre import records
from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.problems import Problem
from resource_centre.records import Identifier, ImportBatch, ImportRow, Participation, Person
from resource_centre.registers.importing import can_be_written
from resource_centre.registers.people import REASONS
from resource_centre.registers.readings import WORDS, RowProblem
from resource_centre.registers.rows import Row
from resource_centre.registers.writing import MAIN_DATE, Writer, day_of
from resource_centre.services.protection import carry_over
from resource_centre.services.sealing import seal, tell_officer

CARRIED_OVER: Final = (
    records.ProtectionMark, records.ProtectionConcern, records.ExploitationScreening,
    records.Response, records.SensitiveResponse, records.ProtectedResponse,
)  # fmt: skip
"""What does not keep somebody from being settled: it follows them."""

SAME_PERSON: Final = "settled: the same person"


class SettlingRefused(Refused):
    """Why a row cannot be settled like this."""

    texts = {
        "in_use": N_("This person has been back since. Compare the two records on the person's page."),
        "nothing_to_settle": N_("This row has been settled already."),
        "same_nik": N_("Two people with different NIKs cannot be the same person. Please check the NIK first."),
    }


@dataclass(frozen=True)
class CellProblem(Problem):
    """What is wrong with a corrected cell, in the words of the list to settle."""

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(WORDS[self.code]).format(options="") if self.code in WORDS else super().words()


@dataclass(frozen=True)
class Candidate:
    """Somebody a row may be about, with the reasons in words."""

    person_id: str
    name: str
    number: str | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ToSettle:
    """One row with something to decide."""

    row_id: str
    batch_id: str
    sheet: str
    row: int
    kind: str
    status: str
    name: str
    person_id: str | None
    values: dict[str, Any]
    problems: tuple[RowProblem, ...]
    candidates: tuple[Candidate, ...]


def rows_to_settle(
    session: Session, *, batch_id: str | None = None, after: tuple[str, str] | None = None, limit: int = 200
) -> list[ToSettle]:
    """Rows with problems, possible duplicates or too little in them; `after` is (batch, row id) of the last one."""
    open_ones = sa.or_(
        ImportRow.status.in_(("likely_duplicate", "incomplete")), sa.cast(ImportRow.problems, sa.Text) != "[]"
    )
    wanted = (
        sa.select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportBatch.undone_ms.is_(None), ImportRow.status.not_in(("repeated", "settled")), open_ones)
        .order_by(ImportRow.batch_id, ImportRow.id)
        .limit(limit)
    )
    if batch_id is not None:
        wanted = wanted.where(ImportRow.batch_id == batch_id)
    if after is not None:
        wanted = wanted.where(sa.tuple_(ImportRow.batch_id, ImportRow.id) > sa.tuple_(*map(sa.literal, after)))
    found = list(session.scalars(wanted))
    names = _names(session, {one["person_id"] for row in found for one in row.values.get("likely", ())})
    return [_to_settle(row, names) for row in found]


def count_to_settle(session: Session) -> int:
    """How many rows wait for a person."""
    open_ones = sa.or_(
        ImportRow.status.in_(("likely_duplicate", "incomplete")), sa.cast(ImportRow.problems, sa.Text) != "[]"
    )
    wanted = (
        sa.select(sa.func.count())
        .select_from(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportBatch.undone_ms.is_(None), ImportRow.status.not_in(("repeated", "settled")), open_ones)
    )
    return session.scalar(wanted) or 0


def _names(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    found = session.execute(
        sa.select(Person.id, Person.full_name, Person.number).where(Person.id.in_(list(ids)), Person.voided.is_(False))
    )
    return {person_id: (name, number) for person_id, name, number in found}


def _to_settle(row: ImportRow, names: dict[str, tuple[str, str | None]]) -> ToSettle:
    likely = [one for one in row.values.get("likely", ()) if one["person_id"] in names]
    return ToSettle(
        row_id=row.id,
        batch_id=row.batch_id,
        sheet=row.sheet,
        row=row.row,
        kind=row.values["kind_of_sheet"],
        status=row.status,
        name=row.values.get("name") or "",
        person_id=row.person_id,
        values={name: value for name, value in row.values.items() if name not in {"likely", "kind_of_sheet"}},
        problems=tuple(map(problem_from, row.problems)),
        candidates=tuple(
            Candidate(
                one["person_id"], *names[one["person_id"]], one["score"], tuple(_(REASONS[r]) for r in one["reasons"])
            )
            for one in likely
        ),
    )


def problem_from(body: dict[str, Any]) -> RowProblem:
    """A problem as it was kept with its row."""
    letters = body.get("column")
    column = None
    if letters:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        column -= 1
    return RowProblem(
        body["field"], body["code"], body["severity"], column, body["heading"], body["as_written"],
        tuple(body["options"]),
    )  # fmt: skip


def settle_as_other(session: Session, row_id: str) -> None:
    """Somebody decided: this row is about another person than those offered."""
    row = _open_row(session, row_id)
    row.values = row.values | {"likely": []}
    row.status = "new"
    if row.person_id is not None:
        _register(session, row)
    session.flush()


def _register(session: Session, row: ImportRow) -> None:
    """A person who was only there for the decision counts as registered from now on."""
    person = session.get(Person, row.person_id)
    if person is None or person.voided or person.registered_on is not None:
        return
    person.registered_on = day_of(row.values.get(MAIN_DATE[row.values["kind_of_sheet"]]))
    person.unanswered = {name: why for name, why in person.unanswered.items() if name != "registered_on"}


def settle_as_same(session: Session, row_id: str, person_id: str) -> None:
    """Somebody decided: this row is about that person. What it says is attached to them, the stand-in goes."""
    row = _open_row(session, row_id)
    person = session.get(Person, person_id)
    if person is None or person.voided:
        raise Refused("not_found")
    _check_niks(session, row, person_id)
    if row.values["kind_of_sheet"] == "training":
        _link_participation(session, row, person_id)
    else:
        _move_rows(session, row, person_id)
    session.flush()


def _check_niks(session: Session, row: ImportRow, person_id: str) -> None:
    nik = row.values.get("nik")
    if not nik or not nik.isdecimal():
        return
    wanted = sa.select(Identifier.value).where(
        Identifier.person_id == person_id, Identifier.kind == "nik", Identifier.voided.is_(False)
    )
    known = set(session.scalars(wanted))
    if known and nik not in known:
        raise SettlingRefused("same_nik")


def _open_row(session: Session, row_id: str) -> ImportRow:
    row = session.get(ImportRow, row_id)
    if row is None:
        raise Refused("not_found")
    if row.status != "likely_duplicate":
        raise SettlingRefused("nothing_to_settle")
    return row


def _link_participation(session: Session, row: ImportRow, person_id: str) -> None:
    from resource_centre.services.trainers import follow_line

    for name, record_id in row.written:
        part = session.get(Participation, record_id) if name == "Participation" else None
        if part is not None:
            follow_line(session, part.id, part.person_id, person_id)
            part.person_id = person_id
            said = {"id": part.id, "person_id": person_id, "client_type": row.values.get("status")}
            tell_officer(session, Participation, *seal(Participation, said))
    row.person_id, row.status = person_id, "known"
    row.values = row.values | {"likely": []}


def _move_rows(session: Session, row: ImportRow, person_id: str) -> None:
    stand_in = row.person_id
    if stand_in is None or stand_in == person_id:
        raise SettlingRefused("nothing_to_settle")
    together = list(session.scalars(sa.select(ImportRow).where(ImportRow.person_id == stand_in).order_by(ImportRow.id)))
    written = [(name, record_id) for one in together for name, record_id in one.written]
    _check_may_go(session, stand_in, {record_id for _, record_id in written})
    carry_over(session, stand_in, person_id)
    for name, record_id in written:
        record = session.get(getattr(records, name), record_id)
        if record is not None and not record.voided:
            record.voided, record.void_reason = True, SAME_PERSON
    session.flush()
    for one in together:
        write_row(session, one, person_id)
    _offer_instead(session, stand_in, person_id, row.batch_id)


def _offer_instead(session: Session, gone: str, instead: str, batch_id: str) -> None:
    """Other rows that were offered the stand-in are offered the person it turned out to be."""
    for other in session.scalars(
        sa.select(ImportRow).where(ImportRow.batch_id == batch_id, ImportRow.status == "likely_duplicate")
    ):
        likely = other.values.get("likely", [])
        if any(one["person_id"] == gone for one in likely):
            kept = [one for one in likely if one["person_id"] not in {gone, instead}]
            moved = next(one for one in likely if one["person_id"] == gone)
            other.values = other.values | {"likely": [moved | {"person_id": instead}, *kept]}


def _check_may_go(session: Session, person_id: str, own: set[str]) -> None:
    from resource_centre.registers.importing import linked_records

    for record in set(linked_records()).difference(CARRIED_OVER):
        wanted = sa.select(record.id).where(record.person_id == person_id, record.voided.is_(False))
        if any(record_id not in own for record_id in session.scalars(wanted)):
            raise SettlingRefused("in_use")


def write_row(session: Session, kept: ImportRow, person_id: str | None) -> None:
    """Write what a kept row says, for somebody known or for a new person."""
    row = row_from(kept, person_id)
    writer = Writer(session)
    drafted = writer.write([row])
    kept.person_id = writer.ids.get(1, person_id)
    kept.status = "known" if person_id is not None else "new"
    kept.values = kept.values | {"likely": []}
    kept.written = [*kept.written, *drafted.by_row.get((row.sheet, row.row), [])]
    session.flush()


def row_from(kept: ImportRow, person_id: str | None = None) -> Row:
    """A row as it was understood, from what was kept of it."""
    return Row(
        sheet=kept.sheet,
        row=kept.row,
        kind=kept.values["kind_of_sheet"],
        values=dict(kept.values),
        raw=dict(kept.raw),
        problems=[problem_from(one) for one in kept.problems],
        status="known" if person_id is not None else "new",
        person=1,
        known_id=person_id,
        fingerprint=kept.fingerprint,
    )


def accept_cell(session: Session, row_id: str, field: str) -> None:
    """Somebody has looked at a cell and leaves it as it is."""
    row = session.get(ImportRow, row_id)
    if row is None:
        raise Refused("not_found")
    row.problems = [one for one in row.problems if one["field"] != field]
    session.flush()


def correct_cell(session: Session, row_id: str, field: str, text: str) -> None:
    """Somebody says what a cell means. Raises `Refused` with the problem when that cannot be read either."""
    from resource_centre.registers.correcting import apply_correction, read_correction

    row = session.get(ImportRow, row_id)
    if row is None:
        raise Refused("not_found")
    reading = read_correction(field, text)
    if reading.problem and reading.severity == "error":
        raise Refused("check", (CellProblem(field, reading.problem),))
    row.values = row.values | {field: reading.value}
    row.problems = [one for one in row.problems if one["field"] != field]
    if row.status == "incomplete":
        if can_be_written(row_from(row)):
            write_row(session, row, None)
    else:
        apply_correction(session, row, field, reading.value)
    session.flush()
