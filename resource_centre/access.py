# SPDX-License-Identifier: Apache-2.0
"""The one place below the services where what an account may see and write is enforced.

Every session is opened for an account. A village collector sees only the people, events and contacts of their
villages, and top-tier matters are read by a protection officer only: the criteria are added to every ORM statement, so
lists, search, counts and reports cannot forget them. What an account may not read it may still have to write: a
counsellor notes a protection concern and cannot open it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from resource_centre.errors import Refused
from resource_centre.hidden_tables import DRAFTS, LOG_TABLES, WORDS, hidden_from, may_read, watch
from resource_centre.roles import CASE_WORKERS, COLLECTOR, COORDINATOR, COUNSELLOR, PROTECTION_OFFICER

__all__ = [
    "COLLECTOR",
    "COORDINATOR",
    "COUNSELLOR",
    "PROTECTION_OFFICER",
    "Viewer",
    "attach",
    "check_owners",
    "check_writable",
    "may_read",
    "viewer_of",
]

ONLY_COORDINATORS: Final = ("Account", "CentreProfile")
ONLY_CASE_WORKERS: Final = ("PersonLink",)
"""Who says that two are one person opens the records of both, wherever they live."""
DROP_BOX: Final = ("ProtectionConcern", "ProtectionMark", "SensitiveResponse")
"""Who may read none of these may still write one: whoever hears of it tells the protection officer."""
RESPONSES: Final = ("Response", "SensitiveResponse", "ProtectedResponse")


@dataclass(frozen=True)
class Viewer:
    """For whom a session is open. `villages` bound a collector; None means all."""

    account_id: str
    role: str
    villages: frozenset[str] | None = None

    @property
    def bound(self) -> frozenset[str] | None:
        """The villages this account is bound to; a collector without any sees nobody."""
        return (self.villages or frozenset()) if self.role == COLLECTOR else None


def attach(factory: sessionmaker[Session]) -> None:
    """Make every session of this factory enforce its viewer's bounds."""
    event.listen(factory, "do_orm_execute", _before_execute)
    event.listen(factory, "after_begin", _after_begin)
    # Before the recorder's own listener, so that a refused write takes no number.
    event.listen(factory, "before_flush", _before_flush, insert=True)


def _after_begin(session: Session, _transaction: Any, connection: sa.Connection) -> None:
    def viewer() -> tuple[str, str]:
        now = viewer_of(session)
        return now.role, now.account_id

    watch(session, connection, viewer)


def viewer_of(session: Session) -> Viewer:
    """The account this session is open for."""
    viewer = session.info["viewer"]
    assert isinstance(viewer, Viewer)
    return viewer


def check_writable(session: Session, record: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse new or changed rows, given as column values, that this account may not write."""
    viewer = viewer_of(session)
    if record.__name__ in ONLY_COORDINATORS and viewer.role != COORDINATOR:
        raise Refused("not_allowed")
    if record.__name__ in ONLY_CASE_WORKERS and viewer.role not in CASE_WORKERS:
        raise Refused("not_allowed")
    unread = not may_read(viewer.role, record)
    if viewer.role not in CASE_WORKERS and unread and record.__name__ not in DROP_BOX:
        raise Refused("not_allowed")
    if viewer.bound is None:
        return
    for row in rows:
        _check_village(viewer.bound, record, row)


def _check_village(villages: frozenset[str], record: type[Any], row: Mapping[str, Any]) -> None:
    tied = record.__name__ in ("TrainingEvent", "Contact", "SavingsGroup") or (
        record.__name__ == "Address" and row.get("kind") == "current" and row.get("valid_to") is None
    )
    if record.__name__ in RESPONSES:
        # Answers about nobody and no event belong to the village they were gathered in.
        tied = row.get("person_id") is None and row.get("event_id") is None
    village = row.get("village_code")
    unnamed_without_village = record.__name__ == "Contact" and village is None and row.get("person_id")
    if tied and not unnamed_without_village and village not in villages:
        raise Refused("out_of_scope")


def check_owners(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse rows about people, events or savings groups this account does not see and has not just written."""
    from resource_centre.records import Person, SavingsGroup, TrainingEvent

    if viewer_of(session).bound is None:
        return
    for column, owner in (("person_id", Person), ("event_id", TrainingEvent), ("group_id", SavingsGroup)):
        fresh = {one.id for one in session.new if isinstance(one, owner)}
        asked = {row[column] for row in rows if row.get(column)} - fresh
        asked -= session.info.get("changed", {}).get(owner.__name__, set())
        seen = set(session.scalars(sa.select(owner.id).where(owner.id.in_(asked)))) if asked else set()
        if asked - seen:
            raise Refused("out_of_scope")


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    written = [*session.new, *(record for record in session.dirty if session.is_modified(record))]
    for record in set(written).difference(session.new):
        # Somebody who may write what they may not read writes it once.
        if not may_read(viewer_of(session).role, type(record)):
            raise Refused("not_allowed")
    for kind in {type(record) for record in written}:
        # Read whole, not from `__dict__`: an expired record holds only what was just set.
        bound = viewer_of(session).bound is not None
        rows = [_values_of(record) for record in written if type(record) is kind] if bound else []
        check_writable(session, kind, rows)
        check_owners(session, rows)


def _values_of(record: Any) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in sa.inspect(type(record)).columns}


def _before_execute(state: ORMExecuteState) -> None:
    viewer = viewer_of(state.session)
    if state.is_column_load or state.is_relationship_load:
        return
    if not state.is_orm_statement:
        _refuse_raw(viewer, state.statement)
        return
    state.statement = state.statement.options(*_hidden(viewer.role), *_own_only(viewer.account_id))
    if viewer.bound is not None:
        state.statement = state.statement.options(*_criteria(viewer.account_id, viewer.bound))


def _refuse_raw(viewer: Viewer, statement: Any) -> None:
    """Criteria reach ORM statements only; plain SQL is not for village collectors, nor for what a role may not read."""
    if viewer.bound is not None:
        raise Refused("raw_sql")
    hidden = hidden_from(viewer.role)
    # Plain SQL may name a hidden table, or read the whole log; nobody reads what others have typed and not saved.
    unreadable = hidden.union(LOG_TABLES if hidden else (), (DRAFTS,))
    if unreadable.intersection(WORDS.findall(str(statement).lower())):
        raise Refused("raw_sql")


@lru_cache(maxsize=16)
def _hidden(role: str) -> tuple[ExecutableOption, ...]:
    """What this role reads nothing of: the records, what the log says of them, and values that lost against others."""
    from resource_centre.log.shape import logged_records
    from resource_centre.records.attachment import AttachmentContent
    from resource_centre.records.change import Change, Conflict
    from resource_centre.records.dialogue import PracticeFile

    hidden = sorted(hidden_from(role))
    options = [with_loader_criteria(logged_records()[name], sa.false(), include_aliases=True) for name in hidden]
    if hidden:
        options += [
            with_loader_criteria(log, log.tbl.not_in(hidden), include_aliases=True) for log in (Change, Conflict)
        ]
    if role not in CASE_WORKERS:
        shared = sa.select(PracticeFile.digest).where(PracticeFile.voided.is_(False))
        no_secret = AttachmentContent.digest.in_(shared)
        options.append(with_loader_criteria(AttachmentContent, no_secret, include_aliases=True))
    return tuple(options)


@lru_cache(maxsize=16)
def _own_only(account_id: str) -> tuple[ExecutableOption, ...]:
    """What somebody has typed and not saved is theirs, whatever their role."""
    from resource_centre.records.local import Draft

    return (with_loader_criteria(Draft, Draft.account_id == account_id, include_aliases=True),)


@lru_cache(maxsize=16)
def _criteria(account_id: str, villages: frozenset[str]) -> tuple[ExecutableOption, ...]:
    from resource_centre.log.shape import logged_records
    from resource_centre.records.base import Base, Local
    from resource_centre.records.change import Change, Conflict

    options = [
        with_loader_criteria(record, record.visible(villages), include_aliases=True)
        for record in logged_records().values()
    ]
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Local):
            own = mapper.class_.visible_to(account_id)
            if own is not None:
                options.append(with_loader_criteria(mapper.class_, own, include_aliases=True))
    # A losing value may be anybody's; settling is the centre's work.
    options.append(with_loader_criteria(Conflict, sa.false(), include_aliases=True))
    options.append(with_loader_criteria(Change, Change.actor == account_id, include_aliases=True))
    return tuple(options)
