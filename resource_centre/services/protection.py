# SPDX-License-Identifier: Apache-2.0
"""Top-tier matters: trafficking, violence, threats, risk of self-harm (domain reference 1.8, 6.4).

Whoever hears of one writes it down with `note_concern` and cannot open it again: only a protection officer reads
concerns. For everybody else who works on cases there is one line, the mark, which says whom to speak to and not why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.log.voiding import void
from resource_centre.records import (
    Account,
    ExploitationScreening,
    Logged,
    Person,
    ProtectionConcern,
    ProtectionMark,
    fields_of,
)
from resource_centre.services.entries import entries_of
from resource_centre.services.saving import Reasons, existing, write_changes, write_new
from resource_centre.vocabulary import vocabulary

CLOSED: Final = "selesai"
MARK: Final = N_("Protection: speak to the protection officer")
"""The one merged line. Nothing of why, nor of how many matters there are."""

WRITTEN_ANEW: Final = "written anew with the person it turned out to be"

LINKS: Final = ("complaint_id", "session_id", "episode_id")


@dataclass(frozen=True)
class ConcernRow:
    """One concern in the officer's list; `urgency` is a code of priority."""

    id: str
    person_id: str
    full_name: str
    number: str | None
    kind: str
    urgency: str
    state: str
    noted_on: dt.date
    noted_by: str | None
    days: int


def note_concern(
    session: Session,
    person_id: str,
    kind: str,
    *,
    account: str | None = None,
    detail: str | None = None,
    urgency: str | None = None,
    on: dt.date | None = None,
    **links: str | None,
) -> None:
    """Tell the protection officer; `kind` is a code of protection_concern. Nobody else reads it, not even the writer.

    `detail` may be a code of complaint_type and `account` what was seen and told; `links` are a ``complaint_id``,
    ``session_id`` or ``episode_id`` it came up with. Raises `Refused` with the problems by field.
    """
    existing(session, Person, person_id)
    assert set(links) <= set(LINKS), "a concern is linked to a complaint, a session or a stay abroad"
    day = on or today()
    term = vocabulary("protection_concern").get(kind)
    values = {
        "person_id": person_id,
        "kind": kind,
        "detail": detail,
        "account": account,
        "urgency": urgency or (term.extra["priority"] if term else None),
        "noted_on": day,
        "noted_by": _own_name(session),
        **links,
    }
    let_go(session, write_new(session, ProtectionConcern, values, on=today()))
    _mark(session, person_id, day)


def mark_of(session: Session, person_id: str, on: dt.date | None = None) -> ProtectionMark | None:
    """The mark of a person, the oldest that counts on a day; None without one, and for who may not see marks."""
    counts = select(ProtectionMark).where(ProtectionMark.person_id == person_id, *_counts(on or today()))
    return session.scalars(counts.order_by(ProtectionMark.since, ProtectionMark.id).limit(1)).first()


def may_protect(session: Session) -> bool:
    """Whether this session is a protection officer's."""
    return may_read(viewer_of(session).role, ProtectionConcern)


# The officer's own work


def concerns(session: Session, *, closed: bool = False, on: dt.date | None = None) -> list[ConcernRow]:
    """The concerns still open, or those closed, the most urgent and then the oldest first. For protection officers."""
    _officers_only(session)
    state = ProtectionConcern.state == CLOSED if closed else ProtectionConcern.state != CLOSED
    columns = (
        ProtectionConcern.id, ProtectionConcern.person_id, Person.full_name, Person.number, ProtectionConcern.kind,
        ProtectionConcern.urgency, ProtectionConcern.state, ProtectionConcern.noted_on, ProtectionConcern.noted_by,
    )  # fmt: skip
    wanted = select(*columns).join(Person, Person.id == ProtectionConcern.person_id)
    # Also of a record that was marked as not valid, such as somebody registered twice: nothing told is lost from sight.
    rows = session.execute(wanted.where(state, ProtectionConcern.voided.is_(False)))
    found = [_row(row, on or today()) for row in rows]
    return sorted(found, key=lambda row: (_rank(row.urgency), row.noted_on, row.id))


def concern(session: Session, concern_id: str) -> ProtectionConcern:
    """One concern, whole. For protection officers."""
    _officers_only(session)
    return existing(session, ProtectionConcern, concern_id)


def concerns_of(session: Session, person_id: str) -> list[ProtectionConcern]:
    """All concerns of a person, oldest first. For protection officers."""
    _officers_only(session)
    return entries_of(session, ProtectionConcern, person_id)


def screenings_of(session: Session, person_id: str) -> list[ExploitationScreening]:
    """The screenings of a person with their answers, oldest first. For protection officers."""
    _officers_only(session)
    return entries_of(session, ExploitationScreening, person_id)


def work_on(
    session: Session,
    concern_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> ProtectionConcern:
    """Change a concern. With the last state it is closed today, and the mark goes when it was the last one open.

    With any other state a closed one is open again, and the mark is back.
    """
    found = concern(session, concern_id)
    changes = dict(values)
    if changes.get("state", found.state) == CLOSED:
        changes["closed_on"] = changes.get("closed_on") or found.closed_on or today()
    else:
        changes["closed_on"] = None
    write_changes(session, found, changes, unanswered, on=today(), version=version)
    _keep_mark(session, found.person_id)
    return found


def carry_over(session: Session, from_id: str, to_id: str) -> None:
    """One record turned out to be about somebody known by another: the mark counts for that one too.

    Answers to questionnaires go along, as far as this account reads them.

    A protection officer moves the matters themselves, written anew since an owner never changes. Anybody else can
    neither read nor change them: they stay in the officer's list under the name they were noted with.
    """
    mark = mark_of(session, from_id)
    if mark is not None:
        _mark(session, to_id, mark.since or today())
    _carry_answers(session, from_id, to_id)
    if not may_protect(session):
        return
    for record in (ProtectionConcern, ExploitationScreening):
        for one in entries_of(session, record, from_id):
            names = [field.name for field in fields_of(record)] + [name for name in LINKS if hasattr(record, name)]
            values = {name: getattr(one, name) for name in names}
            write_new(session, record, values | {"person_id": to_id}, one.unanswered, on=today())
            void(session, one, WRITTEN_ANEW)
    for person_id in (from_id, to_id):
        _keep_mark(session, person_id)


def _carry_answers(session: Session, from_id: str, to_id: str) -> None:
    from resource_centre.services.questionnaires import readable_tables

    for table in readable_tables(session):
        for one in session.scalars(select(table).where(table.person_id == from_id, table.voided.is_(False))):
            write_changes(session, one, {"person_id": to_id}, on=today())


def let_go(session: Session, written: Logged) -> None:
    """The session forgets what its account may write and not read, so that nothing finds it there again."""
    if not may_read(viewer_of(session).role, type(written)):
        session.expunge(written)


def _row(found: Any, day: dt.date) -> ConcernRow:
    return ConcernRow(**found._mapping, days=max(0, (day - found.noted_on).days))


def _mark(session: Session, person_id: str, since: dt.date) -> None:
    if mark_of(session, person_id, max(since, today())) is None:
        write_new(session, ProtectionMark, {"person_id": person_id, "since": since}, on=today())


def _keep_mark(session: Session, person_id: str) -> None:
    """The mark stands as long as a concern is open."""
    still_open = [one for one in concerns_of(session, person_id) if one.state != CLOSED]
    if still_open:
        _mark(session, person_id, min(one.noted_on or today() for one in still_open))
        return
    marks = select(ProtectionMark).where(ProtectionMark.person_id == person_id, *_counts(today()))
    for mark in session.scalars(marks).all():
        write_changes(session, mark, {"until": today()}, on=today())


def _counts(day: dt.date) -> tuple[ColumnElement[bool], ...]:
    """A mark counts until the day before it ended: it goes from sight when the last concern is closed."""
    return ProtectionMark.voided.is_(False), or_(ProtectionMark.until.is_(None), ProtectionMark.until > day)


def _officers_only(session: Session) -> None:
    if not may_protect(session):
        raise Refused("not_allowed")


def _own_name(session: Session) -> str | None:
    account = session.get(Account, viewer_of(session).account_id)
    return (account.name or account.login) if account is not None else None


def _rank(urgency: str | None) -> int:
    term = vocabulary("priority").get(urgency)
    return term.order if term is not None else len(vocabulary("priority")) * 100


def mark_words() -> str:
    """The merged line, in the active language."""
    return _(MARK)
