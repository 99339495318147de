# SPDX-License-Identifier: Apache-2.0
"""Turn understood rows into records: person, numbers, address, stay abroad, visit, session, training, participant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.log.bulk import insert_new
from resource_centre.records import (
    Address,
    Contact,
    CounsellingSession,
    Identifier,
    Logged,
    MigrationEpisode,
    Participation,
    Person,
    TrainingEvent,
    new_id,
)
from resource_centre.registers.cells import DAMAGED, INVALID, nik_says
from resource_centre.registers.known import chunks
from resource_centre.registers.phones import SUBMITTED_AS
from resource_centre.registers.rows import Row
from resource_centre.registers.village_list import source_words, told_by
from resource_centre.services import numbers
from resource_centre.services.sealing import seal, tell_officer
from resource_centre.vocabulary import vocabulary

ORDER: Final[tuple[type[Logged], ...]] = (
    Person, Identifier, Address, MigrationEpisode, Contact, CounsellingSession, TrainingEvent, Participation,
)  # fmt: skip
MAIN_DATE: Final = {"register": "reported", "counselling": "date", "training": "start"}
_PERSON_FIELDS: Final = {
    "full_name": "name", "sex": "sex", "birth_date": "born", "birth_place": "birth_place",
    "mother_name": "mother_name", "education": "education", "marital_status": "marital_status",
}  # fmt: skip


@dataclass
class Drafted:
    """Records to write, by class, and which row brought each."""

    records: dict[type[Logged], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    by_row: dict[tuple[str, int], list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Row, record: type[Logged], values: Mapping[str, Any]) -> str:
        """Note a record a row asks for; returns its id."""
        made = {"id": new_id(), **values}
        self.records[record].append(made)
        self.by_row[row.sheet, row.row].append([record.__name__, made["id"]])
        return str(made["id"])

    def write(self, session: Session) -> None:
        """Write everything, owners first; what only the protection officer may read goes there."""
        told = []
        for record in ORDER:
            sealed = [seal(record, row) for row in self.records.get(record, [])]
            insert_new(session, record, [kept for kept, _concerns in sealed], fresh=True)
            told += [(record, kept, concerns) for kept, concerns in sealed if concerns]
        for record, kept, concerns in told:
            tell_officer(session, record, kept, concerns)


@dataclass
class Writer:
    """Drafts the records of rows; knows what the people they are about have already."""

    session: Session
    drafted: Drafted = field(default_factory=Drafted)
    ids: dict[int, str] = field(default_factory=dict)
    has: set[tuple[str, str, str]] = field(default_factory=set)
    events: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _event_rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, rows: list[Row]) -> Drafted:
        """Write the records of all rows that can be written."""
        self._learn(rows)
        for row in rows:
            self.draft(row)
        self._number(Person, numbers.CLIENT, "registered_on")
        self._number(TrainingEvent, numbers.TRAINING, "starts_on")
        self.drafted.write(self.session)
        return self.drafted

    def draft(self, row: Row) -> None:
        """Draft what one row says."""
        if row.status in {"imported", "repeated", "incomplete"}:
            return
        if row.kind == "training":
            self._participation(row)
            return
        person_id = self._person(row)
        self._belongings(row, person_id)
        if row.kind == "register":
            self._stay(row, person_id)
            self._visit(row, person_id)
        else:
            self._session(row, person_id)

    def _learn(self, rows: list[Row]) -> None:
        """Fetch what known people have already, so that nothing is written a second time."""
        for row in rows:
            if row.person is not None and row.known_id is not None:
                self.ids[row.person] = row.known_id
        for part in chunks(self.ids.values()):
            self._learn_some(part)
        self._learn_events(rows)

    def _learn_some(self, part: Any) -> None:
        def read(record: Any, *columns: Any) -> Any:
            return self.session.execute(
                sa.select(record.person_id, *columns).where(record.person_id.in_(part), record.voided.is_(False))
            )

        for owner, kind, value in read(Identifier, Identifier.kind, Identifier.value):
            self.has.add((owner, kind, value or ""))
        for owner, _village in read(Address, Address.village_code):
            self.has.add((owner, "address", ""))
        for owner, held_on in read(Contact, Contact.held_on):
            self.has.add((owner, "contact", str(held_on)))
        for owner, country, returned in read(
            MigrationEpisode, MigrationEpisode.destination_country, MigrationEpisode.return_date
        ):
            self.has.add((owner, "stay", f"{country} {returned}"))
        for owner, held_on, kind in read(
            CounsellingSession, CounsellingSession.held_on, CounsellingSession.service_type
        ):
            self.has.add((owner, "session", f"{held_on} {kind}"))

    def _learn_events(self, rows: list[Row]) -> None:
        days = {
            date.fromisoformat(row.values["start"]) for row in rows if row.kind == "training" and row.values["start"]
        }
        for part in chunks(days):
            found = sa.select(TrainingEvent).where(TrainingEvent.starts_on.in_(part), TrainingEvent.voided.is_(False))
            for event in self.session.scalars(found):
                key = (str(event.starts_on), event.village_code or "", event.module or (event.topic or "").casefold(),
                       (event.trainer or "").casefold())  # fmt: skip
                self.events.setdefault(key, event.id)

    def _once(self, owner: str, what: str, mark: str) -> bool:
        """Whether this is the first time a person gets this."""
        key = (owner, what, mark)
        if key in self.has:
            return False
        self.has.add(key)
        return True

    def _person(self, row: Row) -> str:
        assert row.person is not None
        known = self.ids.get(row.person)
        if known is not None:
            return known
        values = row.values
        made: dict[str, Any] = {column: values.get(name) for column, name in _PERSON_FIELDS.items()}
        made["full_name"] = made["full_name"] or "?"
        if made["sex"] is None and str(values.get("nik") or "").isdecimal():
            # The sex inside a good NIK is the one on the identity card; a counselling log has no column for it.
            made["sex"] = nik_says(values["nik"], today())[0]
        made["client_type"] = "returnee" if row.kind == "register" else None
        made["unanswered"] = _reasons(row, {name: column for column, name in _PERSON_FIELDS.items()})
        if row.likely:
            # Not counted as newly registered until somebody has decided whether this is a new person.
            made["unanswered"]["registered_on"] = "unknown"
        else:
            made["registered_on"] = day_of(values.get(MAIN_DATE[row.kind]))
        person_id = self.ids[row.person] = self.drafted.add(row, Person, made)
        return person_id

    def _belongings(self, row: Row, person_id: str) -> None:
        values = row.values
        nik = values.get("nik")
        for kind, value, note in (
            ("nik", nik if nik not in {DAMAGED, INVALID} else None, None),
            ("phone", values.get("phone"), values.get("phone_note")),
            ("passport", values.get("passport"), None),
        ):
            if value and self._once(person_id, kind, value):
                self.drafted.add(row, Identifier, {"person_id": person_id, "kind": kind, "value": value, "note": note})
        if (values.get("village") or values.get("village_text")) and self._once(person_id, "address", ""):
            home = {"village_code": values.get("village"), "village_text": values.get("village_text"),
                    "hamlet": values.get("hamlet"), "street": values.get("street"),
                    "unanswered": _reasons(row, {"hamlet": "hamlet", "street": "street"})}  # fmt: skip
            self.drafted.add(row, Address, {"person_id": person_id, "kind": "current", **home})

    def _stay(self, row: Row, person_id: str) -> None:
        values = row.values
        names = ("country", "job", "job_text", "returned", "departed", "return_type")
        if not any(values.get(name) for name in names):
            return
        if not self._once(person_id, "stay", f"{values.get('country')} {values.get('returned')}"):
            return
        stay = {
            "person_id": person_id,
            "destination_country": values.get("country"),
            "occupation": values.get("job"),
            "occupation_text": values.get("job_text"),
            "departure_date": values.get("departed"),
            "return_date": values.get("returned"),
            "return_type": values.get("return_type"),
            "remarks": values.get("remarks"),
            "unanswered": _reasons(
                row,
                {
                    "country": "destination_country",
                    "returned": "return_date",
                    "return_type": "return_type",
                    "departed": "departure_date",
                    "job": "occupation",
                },
            ),
        }
        self.drafted.add(row, MigrationEpisode, stay)

    def _visit(self, row: Row, person_id: str) -> None:
        held_on = day_of(row.values.get("reported"))
        if held_on is None or not self._once(person_id, "contact", str(held_on)):
            return
        visit = {
            "person_id": person_id,
            "held_on": held_on,
            "client_type": "returnee",
            "sex": row.values.get("sex"),
            "village_code": row.values.get("village"),
            **_way(row),
        }
        self.drafted.add(row, Contact, visit)

    def _session(self, row: Row, person_id: str) -> None:
        values = row.values
        kind = vocabulary("counselling_kind").get(values.get("kind"))
        service = kind.extra["service_type"] if kind else None
        held_on = day_of(values.get("date"))
        if not self._once(person_id, "session", f"{held_on} {service} {values.get('session') or ''}".strip()):
            return
        held = {
            "person_id": person_id,
            "held_on": held_on,
            "service_type": service,
            "session_type": "awal" if values.get("session") == 1 else "lanjutan",
            "session_number": values.get("session"),
            "minutes": values.get("minutes"),
            "counsellor": values.get("counsellor"),
            "topic": values.get("topic"),
            "agreed": values.get("next_step"),
        }
        self.drafted.add(row, CounsellingSession, held)

    def _participation(self, row: Row) -> None:
        values = row.values
        part = {
            "event_id": self._event(row),
            "person_id": self.ids.get(row.person) if row.person is not None else None,
            "name": values.get("name"),
            "sex": values.get("sex"),
            "age": values.get("age"),
            "client_type": values.get("status"),
            "phone": values.get("phone"),
            "days": _marks(values),
            "pre_score": values.get("pre"),
            "post_score": values.get("post"),
            "position": row.row,
        }
        self.drafted.add(row, Participation, part)

    def _event(self, row: Row) -> str:
        values = row.values
        key = (
            values["start"],
            values.get("village") or "",
            values.get("module") or (values.get("module_text") or "").casefold(),
            (values.get("facilitator") or "").casefold(),
        )
        event_id = self.events.get(key)
        if event_id is None:
            held = {
                "starts_on": day_of(values["start"]),
                "ends_on": day_of(values.get("end")),
                "training_type": "kelas",
                "module": values.get("module"),
                "topic": values.get("module_text"),
                "village_code": values.get("village"),
                "venue": values.get("venue") or (None if values.get("village") else values.get("village_text")),
                "trainer": values.get("facilitator"),
            }
            event_id = self.events[key] = self.drafted.add(row, TrainingEvent, held)
            self._event_rows[event_id] = self.drafted.records[TrainingEvent][-1]
        elif event_id in self._event_rows and values.get("end"):
            known = self._event_rows[event_id]
            known["ends_on"] = known["ends_on"] or day_of(values["end"])
        return event_id

    def _number(self, record: type[Logged], series: str, day: str) -> None:
        """Give new records the centre's own numbers, by the year of their day."""
        by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for made in self.drafted.records.get(record, []):
            on = made.get(day) or today()
            by_year[on.year].append(made)
        for year, several in sorted(by_year.items()):
            given = numbers.next_numbers(self.session, series, date(year, 1, 1), len(several))
            for made, number in zip(several, given, strict=True):
                made["number"] = number


def _way(row: Row) -> dict[str, Any]:
    """How somebody was met: in their village and on which paper, or nobody has said."""
    told = told_by(row.raw.get(SUBMITTED_AS, ""))
    if told is None:
        return {"unanswered": {"channel": "unknown"}}
    return {"channel": "outreach", "staff": row.values.get("staff"), "reason": source_words(*told)}


def day_of(text: str | None) -> date | None:
    """A whole date; None for a partial one."""
    return date.fromisoformat(text) if text and len(text) == 10 else None


def _reasons(row: Row, names: Mapping[str, str]) -> dict[str, str]:
    return {column: row.unanswered[name] for name, column in names.items() if name in row.unanswered}


def _marks(values: Mapping[str, Any]) -> str | None:
    if values.get("marks"):
        return str(values["marks"])
    return "H" * int(values["days"]) if values.get("days") is not None else None
