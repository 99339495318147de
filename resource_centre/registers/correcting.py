# SPDX-License-Identifier: Apache-2.0
"""Bring a corrected cell into the records its row has written."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre import records
from resource_centre.clock import today
from resource_centre.log.bulk import insert_new
from resource_centre.places import gazetteer
from resource_centre.records import Identifier, ImportRow, Logged
from resource_centre.registers import cells
from resource_centre.registers.codes import LISTS, read_code
from resource_centre.registers.dates import DateHabit, read_date
from resource_centre.registers.readings import Reading
from resource_centre.registers.tables import DATE_FIELDS
from resource_centre.registers.villages import VillageReader, Written, split_address
from resource_centre.registers.writing import day_of
from resource_centre.services.sealing import seal, tell_officer
from resource_centre.vocabulary import vocabulary

Target = tuple[str, str]

TARGETS: Final[dict[str, tuple[Target, ...]]] = {
    "name": (("Person", "full_name"), ("Participation", "name")),
    "sex": (("Person", "sex"), ("Contact", "sex"), ("Participation", "sex")),
    "born": (("Person", "birth_date"),),
    "birth_place": (("Person", "birth_place"),),
    "village": (("Address", "village_code"), ("Contact", "village_code"), ("TrainingEvent", "village_code")),
    "country": (("MigrationEpisode", "destination_country"),),
    "job": (("MigrationEpisode", "occupation"),),
    "returned": (("MigrationEpisode", "return_date"),),
    "departed": (("MigrationEpisode", "departure_date"),),
    "return_type": (("MigrationEpisode", "return_type"),),
    "reported": (("Contact", "held_on"), ("Person", "registered_on")),
    "date": (("CounsellingSession", "held_on"),),
    "kind": (("CounsellingSession", "service_type"),),
    "minutes": (("CounsellingSession", "minutes"),),
    "session": (("CounsellingSession", "session_number"),),
    "start": (("TrainingEvent", "starts_on"),),
    "end": (("TrainingEvent", "ends_on"),),
    "module": (("TrainingEvent", "module"),),
    "age": (("Participation", "age"),),
    "status": (("Participation", "client_type"),),
    "pre": (("Participation", "pre_score"),),
    "post": (("Participation", "post_score"),),
    "days": (("Participation", "days"),),
}
"""Where a field of a register is kept in the records a row writes."""
_WHOLE_DAYS: Final = frozenset({"held_on", "registered_on", "starts_on", "ends_on"})


def read_correction(field: str, text: str) -> Reading:
    """Read what a person typed for one field; days come before months."""
    day = today()
    if field in DATE_FIELDS:
        reading = read_date(text, DateHabit(indonesian=True, birth=field == "born", today=day, column_order="dmy"))
        return Reading(reading.value, reading.problem, options=reading.options)
    if field == "village":
        return _village(text)
    if field in LISTS:
        known = text in vocabulary(LISTS[field])
        return Reading(text) if known else read_code(field, text)
    if field.startswith("day:") or field == "days":
        return _days(text)
    return _PLAIN[field](text) if field in _PLAIN else cells.read_text(text)


def _nik(text: str) -> Reading:
    reading = cells.read_nik_cell(text, cells.NikHabit(), today())
    return Reading(reading.value, reading.problem, reading.severity)


_PLAIN: Final[dict[str, Any]] = {
    "name": cells.read_name,
    "nik": _nik,
    "sex": lambda text: cells.read_sex(text, cells.SexHabit()),
    "phone": cells.read_phone_cell,
    "pre": cells.read_score,
    "post": cells.read_score,
    "minutes": cells.read_minutes,
    "age": lambda text: cells.read_count(text, 120),
    "session": lambda text: cells.read_count(text, 200),
}


def _village(text: str) -> Reading:
    place = gazetteer().place(text.strip())
    if place is not None and place.level == "village":
        return Reading(place.code)
    parts = split_address(text)
    names = ("village", "district", "regency", "province")
    return VillageReader().read(Written(**{name: parts.get(name) for name in names}))


def _days(text: str) -> Reading:
    marks = text.strip().upper()
    if marks and set(marks) <= set("HTIA-"):
        return Reading(marks)
    return Reading(None, "mark_unknown")


def apply_correction(session: Session, row: ImportRow, field: str, value: Any) -> None:
    """Change the records a row has written; a NIK or telephone becomes a number of its person."""
    if field in {"nik", "phone"}:
        _identify(session, row, field, value)
        return
    name = "days" if field.startswith("day:") else field
    for record_name, column in TARGETS.get(name, ()):
        for written_name, record_id in row.written:
            if written_name == record_name:
                record = session.get(getattr(records, record_name), record_id)
                if record is not None and not record.voided:
                    _set(session, record, column, value)


def _set(session: Session, record: Logged, column: str, value: Any) -> None:
    if column in _WHOLE_DAYS:
        value = day_of(value)
        if column == "registered_on" and "registered_on" in record.unanswered:
            return
    if column == "service_type":
        kind = vocabulary("counselling_kind").get(value)
        value = kind.extra["service_type"] if kind else None
    owner = {"person_id": getattr(record, "person_id", None), "name": getattr(record, "name", None), "id": record.id}
    kept, told = seal(type(record), {**owner, column: value})
    setattr(record, column, kept[column])
    tell_officer(session, type(record), kept, told)
    if column in record.unanswered:
        record.unanswered = {name: why for name, why in record.unanswered.items() if name != column}


def _identify(session: Session, row: ImportRow, kind: str, value: str | None) -> None:
    if value is None or row.person_id is None:
        return
    for name, record_id in row.written:
        known = session.get(Identifier, record_id) if name == "Identifier" else None
        if known is not None and known.kind == kind and not known.voided:
            known.value = value
            return
    ids = insert_new(session, Identifier, [{"person_id": row.person_id, "kind": kind, "value": value}])
    row.written = [*row.written, ["Identifier", ids[0]]]
