# SPDX-License-Identifier: Apache-2.0
"""Between a record's columns and the plain values of the log."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from resource_centre.records.base import Base, Logged

UNANSWERED: Final = "unanswered"
REASON_MARK: Final = "?"
"""``phone?`` is the log's field for why there is no phone: each reason is settled on its own."""


KEY_MARK: Final = "."
"""``answers.who5/q1`` is the log's field for one key of a column that is kept by key."""

# Made once: `json.dumps` would make a new encoder for every entry.
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=64)
def logged_columns(record: type[Logged]) -> dict[str, sa.Column[Any]]:
    """The columns the log keeps, by permanent field id."""
    columns = sa.inspect(record).columns
    return {c.key: c for c in columns if c.key != "id" and not c.info.get("derived")}


@lru_cache(maxsize=1)
def logged_records() -> dict[str, type[Logged]]:
    """Every logged record class by its table's name."""
    mappers = Base.registry.mappers
    return {m.local_table.name: m.class_ for m in mappers if issubclass(m.class_, Logged)}  # type: ignore[attr-defined]


def to_log(value: Any) -> Any:
    """A column's value as the log writes it: JSON's own types, dates in ISO form."""
    return value.isoformat() if isinstance(value, dt.date) else value


@lru_cache(maxsize=64)
def kept_by_key(record: type[Logged]) -> frozenset[str]:
    """The columns whose every key is a field of the log of its own."""
    return frozenset(name for name, column in logged_columns(record).items() if column.info.get("format") == "by_key")


def field_name(name: str) -> str:
    """The column that a field of the log belongs to, as far as its name says: not that of a question's reason."""
    return name.removesuffix(REASON_MARK).partition(KEY_MARK)[0]


@lru_cache(maxsize=512)
def is_date(column: sa.Column[Any]) -> bool:
    """Whether a column holds whole dates."""
    return isinstance(column.type, sa.Date)


def exploded(record: type[Logged], values: Mapping[str, Any]) -> dict[str, Any]:
    """Column values as log fields: no empty ones, each reason for no answer a field of its own."""
    fields = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name in _answers(record)
        if (value := values.get(name)) is not None
    }
    for name in kept_by_key(record):
        fields.pop(name, None)
        fields |= {f"{name}{KEY_MARK}{key}": value for key, value in (values.get(name) or {}).items()}
    reasons = values.get(UNANSWERED)
    if reasons:
        fields |= {name + REASON_MARK: reason for name, reason in reasons.items()}
    return fields


@lru_cache(maxsize=64)
def _answers(record: type[Logged]) -> tuple[str, ...]:
    return tuple(name for name in logged_columns(record) if name != UNANSWERED)


class _Asked(NamedTuple):
    """Of which columns values are wanted, and what there is to do for them."""

    names: tuple[str, ...]
    dates: tuple[str, ...]
    by_key: tuple[str, ...]
    reasons: bool
    voided: bool
    derived: bool


@lru_cache(maxsize=512)
def _asked(record: type[Logged], only: frozenset[str] | None) -> _Asked:
    columns = {name: one for name, one in logged_columns(record).items() if only is None or name in only}
    return _Asked(
        tuple(columns),
        tuple(name for name, column in columns.items() if is_date(column)),
        tuple(sorted(kept_by_key(record) & columns.keys())),
        UNANSWERED in columns,
        "voided" in columns,
        only is None or not record.worked_out_of.keys().isdisjoint(only),
    )


def columns_from(record: type[Logged], fields: Mapping[str, Any], only: frozenset[str] | None = None) -> dict[str, Any]:
    """Log fields as column values, derived ones included; fields of a shape we do not know stay in the log only.

    Of `only` these columns where they are given, which are those of some `columns_about`.
    """
    asked = _asked(record, only)
    values: dict[str, Any] = {name: fields.get(name) for name in asked.names}
    for name in asked.dates:
        if values[name] is not None:
            values[name] = dt.date.fromisoformat(values[name])
    if asked.reasons:
        values[UNANSWERED] = _reasons(fields)
    for name in asked.by_key:
        values[name] = _by_key(name + KEY_MARK, fields)
    if asked.voided:
        values["voided"] = bool(values["voided"])
    if asked.derived:
        values |= record.derive(values)
    return values


@lru_cache(maxsize=256)
def columns_about(record: type[Logged], fields: frozenset[str]) -> frozenset[str] | None:
    """The columns that may read otherwise when something is said of these fields of the log; None for all of them."""
    derives = record.derive.__func__ is not Logged.derive.__func__  # type: ignore[attr-defined]
    if derives and not record.worked_out_of:
        return None
    own = {UNANSWERED if name.endswith(REASON_MARK) else field_name(name) for name in fields}
    sources = set(record.worked_out_of.values())
    # What is worked out together is worked out of everything it needs.
    together = set() if sources.isdisjoint(own) else sources | record.worked_out_of.keys()
    return frozenset(own | together)


def _reasons(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Why there is no answer, by column."""
    return {
        name.removesuffix(REASON_MARK): reason
        for name, reason in fields.items()
        if name.endswith(REASON_MARK) and reason is not None
    }


def _by_key(begin: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of one column; a field that ends with the mark of reasons says why a key has no value."""
    return {
        name.removeprefix(begin): value
        for name, value in fields.items()
        if name.startswith(begin) and value is not None and not name.endswith(REASON_MARK)
    }


def canonical(body: Mapping[str, Any]) -> str:
    """The one text form of an entry's body."""
    return _CANONICAL(body)


def digest(site: str, seq: int, tbl: str, row_id: str, body: str) -> str:
    """Proof that an entry met again is the same entry."""
    return hashlib.sha256(f"{site}|{seq}|{tbl}|{row_id}|{body}".encode()).hexdigest()
