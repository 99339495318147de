# SPDX-License-Identifier: Apache-2.0
"""Writes the log entry of every save, in the same transaction as the save itself."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from resource_centre.errors import Refused
from resource_centre.hidden_tables import RECORDING
from resource_centre.log import linked
from resource_centre.log.conflicts import settle
from resource_centre.log.erasing import OWNERS, refuse_erased
from resource_centre.log.fold import BIRTH_MARK, Entry, Head, heads, seen_in
from resource_centre.log.refolding import refold
from resource_centre.log.shape import (
    KEY_MARK,
    REASON_MARK,
    UNANSWERED,
    exploded,
    kept_by_key,
    logged_columns,
    to_log,
)
from resource_centre.log.writing import entries_of, note_changed, write_entries
from resource_centre.records.base import Logged
from resource_centre.records.change import ERASE

Body = dict[str, Any]


def attach(factory: sessionmaker[Session]) -> None:
    """Make every session of this factory record what it saves."""
    event.listen(factory, "before_flush", _before_flush)
    event.listen(factory, "after_flush", _after_flush)
    event.listen(factory, "after_flush_postexec", _after_flush_postexec)
    event.listen(factory, "after_soft_rollback", _after_rollback)
    event.listen(factory, "after_begin", _after_begin)


def _after_begin(_session: Session, _transaction: Any, connection: sa.Connection) -> None:
    connection.info[RECORDING] = False


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    if any(isinstance(record, Logged) for record in session.deleted):
        raise Refused("delete")
    new = [record for record in session.new if isinstance(record, Logged)]
    changed = [r for r in session.dirty if isinstance(r, Logged) and session.is_modified(r)]
    refuse_erased(session.connection(), map(_ids_in, (*new, *changed)))
    for record in (*new, *changed):
        _set_derived(record)
    bodies = _first_bodies(session, new)
    bodies += _next_bodies(session, changed)
    write_entries(session, bodies)
    linked.note_links(session, (*new, *changed))
    linked.point(session.connection(), (*new, *changed))
    for record in (*new, *changed):
        note_changed(session, type(record).__name__, [record.id])
    connection = session.connection()
    connection.info[RECORDING] = True
    session.info[RECORDING] = connection


def _ids_in(record: Logged) -> dict[str, Any]:
    return {name: getattr(record, name, None) for name in ("id", *OWNERS)}


def _after_flush(session: Session, _context: Any) -> None:
    _stop_recording(session)


def _after_flush_postexec(session: Session, _context: Any) -> None:
    """Who is one person was said anew: the records of all whom it is about follow."""
    people = session.info.pop(linked.CHANGED, None)
    if people:
        rows = linked.rows_about(session.connection(), people)
        refold(session, rows)
        for record in session.identity_map.values():
            if (
                isinstance(record, Logged)
                and (_table(record), str((sa.inspect(record).identity or (None,))[0])) in rows
            ):
                session.expire(record)


def _stop_recording(session: Session) -> None:
    connection = session.info.pop(RECORDING, None)
    if connection is not None and not connection.closed:
        connection.info[RECORDING] = False


def _after_rollback(session: Session, previous: SessionTransaction) -> None:
    # A flush that failed within a savepoint leaves the connection in use.
    _stop_recording(session)
    session.info.pop(linked.CHANGED, None)
    # What stood before a savepoint still stands; to name too many records does no harm.
    if not previous.nested:
        session.info.pop("changed", None)


def _table(record: Logged) -> str:
    return str(record.__tablename__)


def _set_derived(record: Logged) -> None:
    values = {name: getattr(record, name) for name in logged_columns(type(record))}
    for name, value in type(record).derive(values).items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def _first_bodies(session: Session, new: list[Logged]) -> list[tuple[str, str, Body]]:
    logs = entries_of(session.connection(), [record.id for record in new])
    bodies = []
    for record in new:
        values = {name: getattr(record, name) for name in logged_columns(type(record))}
        bodies.append((_table(record), record.id, first_body(exploded(type(record), values), logs[record.id])))
    return bodies


def first_body(fields: Body, log: list[Entry]) -> Body:
    """What a first save says. A record of a natural key may be known of already, from another desk: then this one is
    written in sight of that, and says of each field it leaves empty that it is."""
    if not log:
        return _in_sight({name: [value, 1, []] for name, value in fields.items()}, log)
    if any(entry.kind == ERASE for entry in log):
        raise Refused("not_found")
    known = heads(log)
    body = {name: above(fields.get(name), known.get(name, [])) for name in fields.keys() | known.keys()}
    return _in_sight(body, log)


def _next_bodies(session: Session, changed: list[Logged]) -> list[tuple[str, str, Body]]:
    """For each changed record the fields that differ, each one revision above all that was known of it."""
    logs = entries_of(session.connection(), [record.id for record in changed])
    bodies = []
    for record in changed:
        fields = _changed_fields(record)
        if not fields:
            continue
        body = next_body(fields, logs[record.id])
        bodies.append((_table(record), record.id, body))
        settle(session.connection(), record.id, body)
    return bodies


def next_body(fields: Body, log: list[Entry]) -> Body:
    """What a later save says of these fields, in sight of the whole log of its record.

    A save of a record that is marked as not valid says so once more: so it is known that its author knew.
    """
    known = heads(log)
    mark = known.get(BIRTH_MARK, [])
    if mark and mark[0].value is True:
        fields = {BIRTH_MARK: True, **fields}
    return _in_sight({name: above(value, known.get(name, [])) for name, value in fields.items()}, log)


def _in_sight(body: Body, log: list[Entry]) -> Body:
    """The body; a mark as not valid names every entry its author saw, so that an edit made apart is told."""
    mark = body.get(BIRTH_MARK)
    if mark is not None and mark[0] is True:
        body[BIRTH_MARK] = [*mark[:3], seen_in(log)]
    return body


def above(value: Any, known: list[Head]) -> list[Any]:
    """A value as an entry says it: one revision above all that is known, naming what it replaces."""
    revision = 1 + max((head.revision for head in known), default=0)
    return [value, revision, sorted([head.site, head.seq] for head in known)]


def _changed_fields(record: Logged) -> dict[str, Any]:
    state = sa.inspect(record)
    fields: dict[str, Any] = {}
    for name in logged_columns(type(record)):
        history = state.attrs[name].history
        if not history.has_changes():
            continue
        if name == record.owner:
            raise Refused("owner")
        before, after = (history.deleted or (None,))[0], (history.added or (None,))[0]
        if name == UNANSWERED:
            fields |= {key + REASON_MARK: value for key, value in _changed_keys(before, after).items()}
        elif name in kept_by_key(type(record)):
            fields |= {f"{name}{KEY_MARK}{key}": value for key, value in _changed_keys(before, after).items()}
        elif before != after or not history.deleted:
            fields[name] = to_log(after)
    return fields


def _changed_keys(before: dict[str, str] | None, after: dict[str, str] | None) -> dict[str, str | None]:
    old, new = before or {}, after or {}
    return {key: new.get(key) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
