# SPDX-License-Identifier: Apache-2.0
"""What stands in a field of the log, in words: which record, which field, and what somebody wrote there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.i18n import N_, _
from resource_centre.log.shape import KEY_MARK, REASON_MARK, field_name, logged_records
from resource_centre.places import gazetteer
from resource_centre.records import Account, Field, Person, fields_of
from resource_centre.values.money import show_rupiah
from resource_centre.values.phone import show_phone
from resource_centre.vocabulary import vocabulary

NONE: Final = "–"
VALID: Final = "voided"
MARKS: Final = {VALID: N_("Is it valid?"), "void_reason": N_("Why it is not valid")}
"""The fields that every record has and no form asks for."""

TABLES: Final[Mapping[str, str]] = {
    "action_id": "plan_action", "answered_by_id": "account", "asked_by_id": "account", "account_id": "account",
    "counsellor_id": "account", "responsible_id": "account", "assistance_id": "assistance", "budget_id": "budget",
    "case_id": "client_case", "complaint_id": "complaint", "contact_id": "contact", "curriculum_id": "curriculum",
    "episode_id": "migration_episode", "event_id": "training_event", "follow_up_id": "follow_up",
    "goal_id": "plan_goal", "group_id": "savings_group", "meeting_id": "group_meeting", "member_id": "group_member",
    "need_id": "plan_need", "participation_id": "participation", "person_id": "person", "plan_id": "plan",
    "project_id": "project", "provider_id": "provider", "referral_id": "referral", "relative_id": "person",
    "session_id": "counselling_session", "trainer_id": "trainer", "a_id": "person", "b_id": "person",
}  # fmt: skip
"""Which table the id in a column is of, where the column says so by its name."""
NAMES: Final = ("full_name", "name", "title", "number", "login")


def noun_of(tbl: str) -> str:
    """What a record of this table is called."""
    return vocabulary("record_kind").label(tbl)


def person_words(person: Person | None) -> str:
    """A person as a list names them: name and number."""
    if person is None:
        return ""
    return " · ".join(part for part in (person.full_name, person.number) if part) or NONE


def label_of(tbl: str, name: str) -> str:
    """What a field of the log is called; of why a question has no answer, the question."""
    column = field_name(name)
    if column in MARKS:
        return _(MARKS[column])
    described = _described(tbl, column)
    if described is not None:
        label = described.label
    elif column in TABLES:
        label = noun_of(TABLES[column])
    else:
        label = _("Something not shown in forms")
    key = name.removesuffix(REASON_MARK).partition(KEY_MARK)[2]
    return f"{label}: {key}" if key else label


def value_words(session: Session, tbl: str, name: str, value: Any) -> str:
    """What a field of the log holds, as a person reads it in the active language; a dash where it is empty."""
    if name == VALID:
        return _("Not valid") if value else _("Valid")
    if value in (None, "", [], {}):
        return NONE
    if name.endswith(REASON_MARK):
        return _("No answer: {why}").format(why=vocabulary("unanswered").label(value))
    column = field_name(name)
    if column in TABLES and isinstance(value, str):
        return _referred(session, TABLES[column], value)
    described = _described(tbl, column)
    writer = _WRITERS.get(described.format) if described is not None else None
    if described is None or writer is None:
        return _plain(value)
    try:
        return writer(described, value)
    except (ValueError, TypeError, AttributeError):
        # What another program wrote there is shown as it is, so that it can be settled.
        return _plain(value)


def _described(tbl: str, column: str) -> Field | None:
    record = logged_records().get(tbl)
    fields = fields_of(record) if record is not None else ()
    return next((field for field in fields if field.name == column), None)


def _referred(session: Session, tbl: str, row_id: str) -> str:
    """The name or number of the record an id is of; what is not here, or not for this account, by its kind alone."""
    found: Any = session.get(logged_records()[tbl], row_id)
    if isinstance(found, Account):
        return found.name or found.login or noun_of(tbl)
    words = (getattr(found, name, None) for name in NAMES)
    return next((str(one) for one in words if one), noun_of(tbl))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _day(_field: Field, value: Any) -> str:
    """As it is typed: day, month, year, as far as it is known."""
    text = value.isoformat() if isinstance(value, dt.date) else value
    return "-".join(reversed(text.split("-")))


def _days(field: Field, value: Any) -> str:
    return ", ".join(_day(field, one) for one in sorted(value))


def _code(field: Field, value: Any) -> str:
    return vocabulary(field.vocabulary).label(value)


def _place(_field: Field, value: Any) -> str:
    return gazetteer().full_name(value) or value


_WRITERS: Final[Mapping[str, Callable[[Field, Any], str]]] = {
    "code": _code,
    "codes": lambda field, value: ", ".join(_code(field, one) for one in value),
    "date": _day,
    "partial_date": _day,
    "dates": _days,
    "money": lambda _field, value: show_rupiah(value).removeprefix("Rp"),
    "phone": lambda _field, value: show_phone(value),
    "place": _place,
    "places": lambda field, value: "; ".join(_place(field, one) for one in value),
}
