# SPDX-License-Identifier: Apache-2.0
"""How every service writes a record: values made canonical, checked, kept or refused with all their problems.

What checks and reads values is imported at the first saving: the home page only looks, and is to be there soon.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from resource_centre.errors import Refused
from resource_centre.log.shape import logged_columns
from resource_centre.problems import Problem, errors
from resource_centre.records import Field, Identifier, Logged, fields_of
from resource_centre.services.numbers import CASE, CLIENT, COMPLAINT, REFERRAL, TRAINING, next_number

DATED: Final = {
    CLIENT: "registered_on", CASE: "opened_on", TRAINING: "starts_on", REFERRAL: "made_on", COMPLAINT: "opened_on",
}  # fmt: skip
"""The field whose year a number of a series bears; of the others, and where it is not known, the year it is given."""

TOGETHER: Final = "written together"

NIK_SPACING = re.compile(r"[\s.\-'\u2010-\u2019]+")

Record = TypeVar("Record", bound=Logged)
Reasons = Mapping[str, str]


def canonical(record: type[Logged], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored: text tidied, nothing for blanks, ISO dates as dates, numbers in one form.

    What cannot be read is left as it is, for `check_record` to say so.
    """
    described = {field.name: field for field in fields_of(record)}
    made = {name: _canonical_value(described.get(name), value) for name, value in values.items()}
    if record is Identifier and "value" in made:
        made["value"] = _canonical_number(made.get("kind"), made["value"])
    return made


def write_new(
    session: Session,
    record: type[Record],
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    on: dt.date,
    series: str = "",
) -> Record:
    """Check and add one record. Raises `Refused` with the problems, and then nothing was added.

    With a `series` the record gets the next number of it, unless it has one already; only then is one taken.
    """
    from resource_centre.services.check import check_record
    from resource_centre.services.sealing import seal, tell_officer

    made, told = seal(record, canonical(record, values))
    reasons = still_unanswered(made, unanswered)
    refuse_errors(check_record(record, made, reasons, on=on))
    if series and not made.get("number"):
        made["number"] = next_number(session, series, made.get(DATED.get(series, "")) or on)
    new = record(**made, unanswered=reasons)
    session.add(new)
    _flush(session)
    tell_officer(session, record, {**made, "id": new.id}, told)
    return new


def write_changes(
    session: Session,
    record: Record,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    on: dt.date,
    version: int | None = None,
) -> Record:
    """Check and change a record; fields that are not given stay as they are. `unanswered` replaces the reasons.

    `version` is the one the form was opened on: raises `Refused` when somebody has saved the record meanwhile.
    """
    from resource_centre.services.check import check_record
    from resource_centre.services.sealing import seal, tell_officer

    if version is not None and version != record.version:
        raise Refused("changed_meanwhile")
    # Whose record it is, is known already: what is sealed is about somebody.
    owner = {"person_id": getattr(record, "person_id", None)}
    made, told = seal(type(record), owner | canonical(type(record), values))
    # Also what nobody fills in, such as whose line it is: a rule may ask for it.
    kept = {name: getattr(record, name) for name in logged_columns(type(record))}
    reasons = still_unanswered(kept | made, record.unanswered if unanswered is None else unanswered)
    refuse_errors(check_record(type(record), kept | made, reasons, on=on))
    for name in values:
        setattr(record, name, made[name])
    record.unanswered = reasons
    _flush(session)
    tell_officer(session, type(record), {**made, "id": record.id}, told)
    return record


@contextmanager
def together(session: Session) -> Iterator[None]:
    """What is written within goes to the database at the end, as one: many lines of a sheet, not records that ask for
    each other. Raises `Refused` when somebody has saved one of the records meanwhile."""
    session.info[TOGETHER] = True
    try:
        with session.no_autoflush:
            yield
    finally:
        del session.info[TOGETHER]
    _flush(session)


def _flush(session: Session) -> None:
    if session.info.get(TOGETHER):
        return
    try:
        session.flush()
    except StaleDataError as stale:
        raise Refused("changed_meanwhile") from stale


def existing(session: Session, record: type[Record], record_id: str) -> Record:
    """The record of this id, if this account may see it and it is valid; raises `Refused` otherwise.

    Of a person whose record was put together with another one it is the record that stands for both.
    """
    found = session.get(record, record_id)
    if (stands := getattr(found, "same_as", None)) is not None:
        found = session.get(record, stands)
    if found is None or found.voided:
        raise Refused("not_found")
    return found


def still_unanswered(values: Mapping[str, Any], unanswered: Reasons | None) -> dict[str, str]:
    """The reasons of those fields that have indeed no value."""
    return {name: reason for name, reason in (unanswered or {}).items() if values.get(name) is None}


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all these problems when one of them is an error."""
    found = tuple(problems)
    if errors(found):
        raise Refused("check", found)


def _canonical_value(field: Field | None, value: Any) -> Any:
    from resource_centre.values.phone import read_phone
    from resource_centre.values.text import tidy

    if not isinstance(value, str):
        return value
    text = tidy(value)
    if not text:
        return None
    if field is not None and field.format == "date":
        return _date_or_text(text)
    if field is not None and field.format == "phone":
        return read_phone(text).e164 or text
    return text


def _date_or_text(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _canonical_number(kind: str | None, value: str | None) -> str | None:
    from resource_centre.values.passport import read_passport
    from resource_centre.values.phone import read_phone

    if value is None:
        return None
    if kind == "phone":
        return read_phone(value).e164 or value
    if kind == "passport":
        return read_passport(value).value or value
    if kind == "nik":
        return NIK_SPACING.sub("", value)
    return value
