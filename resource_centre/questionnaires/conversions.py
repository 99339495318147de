# SPDX-License-Identifier: Apache-2.0
"""Texts, numbers, truth and sets of nodes turned into one another, as XPath 1.0 and the ODK XForms specification say.

A date is its ISO text; as a number it is the days since 1970-01-01 by the clock on the wall where it was written.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from resource_centre.questionnaires.nodes import Node

Value = str | float | bool | list[Node]

NAN = math.nan
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock
_NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?").fullmatch
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?(?:Z|[+-][0-9:]+)?").fullmatch


def text_of(node: Node) -> str:
    """The text of a question, or all texts of a group."""
    return node.string() if node.kids else node.text


def string_of(value: Value) -> str:
    """XPath's string()."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)


def number_text(value: float) -> str:
    """A number as XPath writes it: whole ones without a point, never with an exponent."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    said = repr(value)
    return format(Decimal(said), "f") if "e" in said else said


def number_of(value: Value) -> float:
    """XPath's number(), which in ODK also reads dates."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return number_of_text(value)
    if isinstance(value, list):
        return number_of_text(text_of(value[0])) if value else NAN
    return 1.0 if value else 0.0


def number_of_text(text: str) -> float:
    """The number that a text says, days for a date, else NaN."""
    if _NUMBER(text):
        return float(text)
    moment = moment_of(text) if _DATE(text) else None
    return NAN if moment is None else days(moment)


def truth_of(value: Value) -> bool:
    """XPath's boolean(). One node alone counts as its answer: a question without an answer is false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    if isinstance(value, list):
        return len(value) > 1 or (len(value) == 1 and text_of(value[0]) != "")
    return value != 0 and not math.isnan(value)


def texts_of(value: Value) -> list[str]:
    """The texts of all nodes, or the one text."""
    return [text_of(node) for node in value] if isinstance(value, list) else [string_of(value)]


def looks_like_date(text: str) -> bool:
    """Whether a text is written as an ISO date, with or without a time."""
    return text[4:5] == "-" and _DATE(text) is not None


def moment_of(text: str) -> datetime | None:
    """The point in time that an ISO text says, with its zone if it has one."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def days(moment: datetime) -> float:
    """Days since 1970-01-01 as the clock on the wall counts them."""
    return (moment.replace(tzinfo=None) - EPOCH) / timedelta(days=1)


def universal_days(moment: datetime) -> float:
    """Days since 1970-01-01 in universal time; without a zone as on the wall."""
    ahead = moment.utcoffset()
    return days(moment) - (ahead / timedelta(days=1) if ahead is not None else 0.0)


def moment_from(value: Value) -> datetime | None:
    """The point in time of a date text or of a number of days; None for anything else."""
    if isinstance(value, float | bool) or _NUMBER(string_of(value)):
        number = number_of(value)
        try:
            return EPOCH + timedelta(days=number)
        except (OverflowError, ValueError):
            return None
    return moment_of(string_of(value))


def iso_date(moment: datetime | date) -> str:
    """``2026-11-22``."""
    return moment.isoformat()[:10]


def iso_moment(moment: datetime) -> str:
    """``2026-11-22T14:05:00.000+07:00``, with the laptop's zone where none is said."""
    try:
        aware = moment if moment.tzinfo is not None else moment.astimezone()
    except (OverflowError, ValueError, OSError):  # the first and last days of the calendar
        aware = moment.replace(tzinfo=UTC)
    return aware.isoformat(timespec="milliseconds")


def part_of_day(value: Value) -> float:
    """The part of the day that has passed at a time, 0.5 at noon, NaN for anything else."""
    text = string_of(value)
    moment = moment_of(f"1970-01-01T{text}") if _TIME(text) else moment_from(value)
    return NAN if moment is None else days(moment) % 1
