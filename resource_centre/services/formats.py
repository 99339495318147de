# SPDX-License-Identifier: Apache-2.0
"""Is one value what its field's format says? Each check answers with the code of a problem, or None."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any, Final

from resource_centre.places import gazetteer
from resource_centre.records import Field
from resource_centre.services.rules import rule
from resource_centre.values.partial_date import earliest, parse_partial
from resource_centre.values.phone import read_phone
from resource_centre.vocabulary import vocabulary

Check = Callable[[Field, Any, dt.date], str | None]

LONGEST: Final = {"name": 200, "text": 500, "paragraph": 20_000}
DAY_MARKS: Final = frozenset("HTIA-")
"""Present, late, excused, absent, not marked; one per day of an event."""

MOST: Final = {
    # What a column of the database holds, on SQLite and PostgreSQL alike.
    "integer": 2**31 - 1,
    "money": 2**53,
    "number": 9999.99,
    "target": 10**12,
    # Minutes of a day; years of a life; hours of a day; days of a month.
    "minutes": 24 * 60,
    "age": 130,
    "hours_per_day": 24,
    "days_off": 31,
    # Rupiah for one unit of the dearest currency; a part of a whole.
    "rate": 999_999,
    "market_rate": 999_999,
    "percent": 100,
    "competence": 100,
}
"""The highest number of a field or, failing that, of a format."""

NOT_AHEAD: Final = frozenset(
    {"birth_date", "return_date", "held_on", "given_on", "registered_on", "opened_on", "closed_on", "done_on",
     "moved_on", "decided_on", "withdrawn_on", "asked_on", "noted_on", "assessed_on", "told_on", "completed_on",
     "made_on", "client_signed_on", "counsellor_signed_on", "coordinator_signed_on", "reached_on", "answered_on",
     "saved_on", "agreed_on", "rate_on", "certified_on"}
)  # fmt: skip
"""Fields that tell what has happened; the others may be plans."""


def problem_with(field: Field, value: Any, on: dt.date) -> str | None:
    """The code of what is wrong with a value that is there, on a day taken as today; None when nothing is."""
    return CHECKS[field.format](field, value, on)


def _text(field: Field, value: Any, _on: dt.date) -> str | None:
    longest = LONGEST.get(field.format, LONGEST["text"])
    return "too_long" if len(str(value)) > longest else None


def _partial_date(field: Field, value: Any, on: dt.date) -> str | None:
    if not isinstance(value, str) or parse_partial(value) is None:
        return "not_a_date"
    return _out_of_time(field, earliest(value), on)


def _date(field: Field, value: Any, on: dt.date) -> str | None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        return "not_a_date"
    return _out_of_time(field, value, on)


def _out_of_time(field: Field, day: dt.date, on: dt.date) -> str | None:
    if field.name in NOT_AHEAD and day > on:
        return "date_in_future"
    return None if on.year - rule("years_back") <= day.year <= on.year + rule("years_ahead") else "out_of_range"


def _integer(field: Field, value: Any, on: dt.date) -> str | None:
    return _number(field, value, on) if isinstance(value, int) else "not_a_number"


def _number(field: Field, value: Any, _on: dt.date) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "not_a_number"
    if value < 0:
        return "negative"
    return "out_of_range" if value > MOST.get(field.name, MOST[field.format]) else None


def _code(field: Field, value: Any, _on: dt.date) -> str | None:
    return None if value in vocabulary(field.vocabulary) else "not_in_list"


def _codes(field: Field, value: Any, _on: dt.date) -> str | None:
    known = vocabulary(field.vocabulary)
    return None if isinstance(value, list) and all(one in known for one in value) else "not_in_list"


def _place(_field: Field, value: Any, _on: dt.date) -> str | None:
    return None if isinstance(value, str) and gazetteer().place(value) is not None else "not_a_place"


def _places(field: Field, value: Any, on: dt.date) -> str | None:
    if not isinstance(value, list):
        return "not_a_place"
    return next((code for one in value if (code := _place(field, one, on))), None)


def _dates(_field: Field, value: Any, _on: dt.date) -> str | None:
    if not isinstance(value, list) or not all(isinstance(one, str) and _is_day(one) for one in value):
        return "not_a_date"
    return "day_twice" if len(set(value)) != len(value) else None


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _phone(_field: Field, value: Any, _on: dt.date) -> str | None:
    return None if isinstance(value, str) and read_phone(value).e164 else "phone_form"


def _yes_no(_field: Field, value: Any, _on: dt.date) -> str | None:
    return None if isinstance(value, bool) else "not_in_list"


def _days(_field: Field, value: Any, _on: dt.date) -> str | None:
    return None if isinstance(value, str) and DAY_MARKS.issuperset(value) else "not_a_mark"


def _by_key(_field: Field, value: Any, _on: dt.date) -> str | None:
    told = isinstance(value, dict) and all(isinstance(one, str) for pair in value.items() for one in pair)
    return None if told else "not_in_list"


CHECKS: Final[dict[str, Check]] = {
    "text": _text,
    "paragraph": _text,
    "name": _text,
    "partial_date": _partial_date,
    "date": _date,
    "integer": _integer,
    "money": _integer,
    "number": _number,
    "code": _code,
    "codes": _codes,
    "place": _place,
    "places": _places,
    "phone": _phone,
    "yes_no": _yes_no,
    "dates": _dates,
    "days": _days,
    "by_key": _by_key,
}
