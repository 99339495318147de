# SPDX-License-Identifier: Apache-2.0
"""What an answer to a questionnaire looks like on paper: how much room it has, and how it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from reports.kit.words import number
from reports.papers.values import day, partial_day
from resource_centre.i18n import _, language
from resource_centre.questionnaires.form import MEDIA, Choice, Question, say

Room = tuple[str, tuple[int, ...]]
"""How an answer is given, and its measure: digits in groups, or how many lines."""

MOST_BOXES: Final = 24
"""Lists with more answers than this are written on a line: a page of boxes is not read."""
MOST_DIGITS: Final = (3, 3, 3)
SEVERAL_LINES: Final = 3
MOST_LINES: Final = 12
LONGEST_SCALE: Final = 12

_BOUND: Final = re.compile(r"\.\s*(<=|<)\s*(\d{1,9})(?![\d.])")
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?")
_DATE_PARTS: Final = {"year": (4,), "month-year": (2, 4)}


def room_for(question: Question) -> Room:
    """How a question without choices is answered by hand."""
    simple: dict[str, Room] = {
        "date": ("date", next((_DATE_PARTS[one] for one in _DATE_PARTS if one in question.appearance), (2, 2, 4))),
        "time": ("time", (2, 2)),
        "datetime": ("datetime", (2, 2, 4, 2, 2)),
        "integer": ("digits", _digits(question)),
        "decimal": ("short", ()),
        "range": ("short", ()),
        "geopoint": ("position", ()),
        "geotrace": ("device", ()),
        "geoshape": ("device", ()),
        "acknowledge": ("ticks", ()),
    }
    if question.kind in MEDIA:
        return "device", ()
    return simple.get(question.kind) or ("lines", (_lines(question),))


def scale_of(question: Question) -> tuple[str, ...]:
    """The values of a range that are few enough for a box each."""
    if question.kind != "range":
        return ()
    try:
        start, end, step = (float(question.parameters.get(name, "1")) for name in ("start", "end", "step"))
    except ValueError:
        return ()
    if step <= 0 or not 0 < (end - start) / step < LONGEST_SCALE:
        return ()
    return tuple(f"{start + turn * step:g}" for turn in range(round((end - start) / step) + 1))


def answer_words(question: Question, value: str, choices: Sequence[Choice], form_language: str) -> str:
    """An answer in words, in the paper's language; what cannot be read is shown as it stands."""
    if not value:
        return ""
    if choices:
        return _chosen_words(question, value, choices, form_language)
    if question.kind == "acknowledge":
        return _("Yes")
    if question.kind in MEDIA:
        return _("Attached")
    if question.kind in ("integer", "decimal", "range") and _NUMBER.fullmatch(value):
        return number(float(value), language(), decimals=len(value.partition(".")[2]))
    writer = _WRITERS.get(question.kind)
    return writer(value) if writer else value


def chosen(question: Question, value: str) -> tuple[str, ...]:
    """The names that were chosen."""
    return tuple(value.split()) if question.kind in ("select_multiple", "rank") else ((value,) if value else ())


def _chosen_words(question: Question, value: str, choices: Sequence[Choice], form_language: str) -> str:
    labels = {choice.name: say(choice.label, form_language) or choice.name for choice in choices}
    said = [labels.get(name, name) for name in chosen(question, value)]
    if question.kind == "rank":
        said = [f"{place}. {words}" for place, words in enumerate(said, start=1)]
    return "; ".join(said)


def _digits(question: Question) -> tuple[int, ...]:
    """As many boxes as the greatest number needs that is allowed; nine where nothing says so."""
    found = _BOUND.search(question.constraint)
    if not found:
        return MOST_DIGITS
    most = int(found[2]) - (found[1] == "<")
    count = len(str(most))
    first = count % 3
    return ((first,) if first else ()) + (3,) * (count // 3)


def _lines(question: Question) -> int:
    asked = question.parameters.get("rows", "")
    if asked.isdecimal():
        return min(max(int(asked), 1), MOST_LINES)
    return SEVERAL_LINES if "multiline" in question.appearance else 1


def _day(value: str) -> str:
    try:
        return day(dt.date.fromisoformat(value[:10]))
    except ValueError:
        return partial_day(value)


def _time(value: str) -> str:
    clock = value[:5]
    return clock.replace(":", ".") if language() == "id" else clock


def _moment(value: str) -> str:
    date, _t, time = value.partition("T")
    return f"{_day(date)}, {_time(time)}" if time else _day(date)


def _position(value: str) -> str:
    parts = value.split()
    return ", ".join(parts[:2]) if len(parts) >= 2 else value


_WRITERS: Final[Mapping[str, Callable[[str], str]]] = {
    "date": _day,
    "time": _time,
    "datetime": _moment,
    "geopoint": _position,
    "geotrace": lambda _value: _("Recorded with the device"),
    "geoshape": lambda _value: _("Recorded with the device"),
}
