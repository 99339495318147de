# SPDX-License-Identifier: Apache-2.0
"""Whether a text can be the answer to a question of its kind, before the form's own conditions are asked.

Answers are the text an ODK submission holds, the same in every language: ``12.5`` and never ``12,5``, ``2026-11-22``
and never ``22/11/2026``. What people type is turned into it by the window. Source of the shapes: the ODK XForms
specification, "Data Types".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from resource_centre.questionnaires.form import Question

ACKNOWLEDGED: Final = "OK"
"""What a question of the kind acknowledge holds once it was ticked."""

LONGEST: Final = 100_000
"""Characters of one answer, what expressions take too: some forty pages."""

_WHOLE = re.compile(r"-?[0-9]+")
_LONGEST_NUMBER: Final = 18
"""Digits of a whole number: what fits into 64 bits, as telephones and spreadsheets keep them."""

_DECIMAL = re.compile(r"-?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?")
_POINT = re.compile(r"-?[0-9.]+ +-?[0-9.]+(?: +-?[0-9.]+(?: +[0-9.]+)?)?")


def fault(question: Question, value: str, offered: Collection[str] = ()) -> str:
    """The problem's code (see problems.py), ``""`` when the text may stand. `offered` names the choices there are."""
    if len(value) > LONGEST:
        return "too_long"
    check = _CHECKS.get(question.kind)
    if check is not None:
        return check(value)
    if question.kind == "range":
        return _range(question.parameters, value)
    if question.kind in _CHOOSING:
        return _CHOOSING[question.kind](value, offered)
    return ""


def number(text: str) -> Decimal | None:
    """A number as it stands in an answer or a form's parameter, None when it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _whole(value: str) -> str:
    if _WHOLE.fullmatch(value):
        return "" if len(value.lstrip("-")) <= _LONGEST_NUMBER else "out_of_range"
    return "not_whole" if _DECIMAL.fullmatch(value) else "not_a_number"


def _decimal(value: str) -> str:
    return "" if _DECIMAL.fullmatch(value) else "not_a_number"


def _date(value: str) -> str:
    return "" if _is_day(value) else "not_a_day"


def _time(value: str) -> str:
    return "" if _is_clock(value) else "not_a_time"


def _moment(value: str) -> str:
    day, parted, clock = value.partition("T")
    return "" if parted and _is_day(day) and _is_clock(clock) else "not_a_moment"


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and _made(date.fromisoformat, text)


def _is_clock(text: str) -> bool:
    return bool(_CLOCK.fullmatch(text)) and _made(time.fromisoformat, text)


def _made(make: Callable[[str], date | time | datetime], text: str) -> bool:
    try:
        make(text)
    except ValueError:
        return False
    return True


def _point(value: str) -> str:
    if not _POINT.fullmatch(value.strip()):
        return "not_a_point"
    parts = [number(part) for part in value.split()]
    if None in parts:
        return "not_a_point"
    latitude, longitude = parts[0], parts[1]
    assert latitude is not None
    assert longitude is not None
    return "" if abs(latitude) <= 90 and abs(longitude) <= 180 else "out_of_range"


def _line(value: str, least: int = 2) -> str:
    points = [part.strip() for part in value.strip().strip(";").split(";")]
    if len(points) < least:
        return "not_a_point"
    return next((found for found in map(_point, points) if found), "")


def _area(value: str) -> str:
    found = _line(value, 4)
    points = [" ".join(part.split()[:2]) for part in value.strip().strip(";").split(";")]
    return found or ("" if points[0] == points[-1] else "not_a_point")


def _acknowledged(value: str) -> str:
    return "" if value == ACKNOWLEDGED else "not_in_list"


def _range(parameters: Mapping[str, str], value: str) -> str:
    if not _DECIMAL.fullmatch(value):
        return "not_a_number"
    start, end, step = (number(parameters.get(name) or "") for name in ("start", "end", "step"))
    given = Decimal(value)
    if start is None or end is None:
        return ""
    if not min(start, end) <= given <= max(start, end):
        return "out_of_range"
    return "off_step" if step and (given - start) % step else ""


def _one(value: str, offered: Collection[str]) -> str:
    return "" if value in offered else "choice_gone"


def _several(value: str, offered: Collection[str]) -> str:
    names = value.split()
    if len(set(names)) < len(names):
        return "chosen_twice"
    return "" if all(name in offered for name in names) else "choice_gone"


def _ranked(value: str, offered: Collection[str]) -> str:
    found = _several(value, offered)
    return found or ("" if len(value.split()) == len(set(offered)) else "rank_incomplete")


_CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "integer": _whole,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "datetime": _moment,
    "geopoint": _point,
    "geotrace": _line,
    "geoshape": _area,
    "acknowledge": _acknowledged,
}

_CHOOSING: Final[Mapping[str, Callable[[str, Collection[str]], str]]] = {
    "select_one": _one,
    "select_multiple": _several,
    "rank": _ranked,
}
