# SPDX-License-Identifier: Apache-2.0
"""The work-list of values that lost: side by side with what stands, who wrote each, when and where; and settling one.

What an account may not read is neither listed nor counted, and a village account has no list: settling is the work of
the centre. To settle is to save: the entry replaces every value of its field, so that the line goes from all lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.access import check_writable
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_sites
from resource_centre.i18n import _
from resource_centre.log.fold import BIRTH_MARK, Dot, Entry, Head, heads
from resource_centre.log.recorder import next_body
from resource_centre.log.refolding import refold
from resource_centre.log.shape import canonical, logged_records
from resource_centre.log.writing import entries_of, write_entries
from resource_centre.records import Account, Change, Conflict, Peer, Person, Site
from resource_centre.services.conflict_words import label_of, noun_of, person_words, value_words

PAGE: Final = 100
REASON: Final = "void_reason"


@dataclass(frozen=True)
class Side:
    """One of the values: `words` as a person reads it, the account that wrote it, the local time, the computer.

    `stands` for the value that the record shows now. `edit` for changes to a record that somebody else has marked as
    not valid: to choose it is to make the record valid again.
    """

    site: str
    seq: int
    words: str
    who: str
    at: dt.datetime
    where: str
    stands: bool = False
    edit: bool = False

    @property
    def dot(self) -> Dot:
        """How `settle` is told which side was chosen."""
        return (self.site, self.seq)


@dataclass(frozen=True)
class OpenConflict:
    """One field of one record about which two or more wrote without knowledge of each other.

    `noun` is what such a record is called, `person` name and number of whom it is about ("" for nobody), `field` the
    log's name of the field and `label` its own. What stands comes first among the `sides`.
    """

    tbl: str
    row_id: str
    noun: str
    person_id: str | None
    person: str
    field: str
    label: str
    sides: tuple[Side, ...]


def count_conflicts(session: Session) -> int:
    """How many lines the list has for this account."""
    lines = select(Conflict.row_id, Conflict.field).distinct().subquery()
    return session.scalar(select(func.count()).select_from(lines)) or 0


def open_conflicts(session: Session, limit: int = PAGE) -> list[OpenConflict]:
    """The first `limit` lines of the list, those of one record together."""
    lines = select(Conflict.tbl, Conflict.row_id, Conflict.field).distinct()
    wanted = session.execute(lines.order_by(Conflict.row_id, Conflict.field).limit(limit)).all()
    found = _Found(session, [row.row_id for row in wanted])
    told = (found.line(row.tbl, row.row_id, row.field) for row in wanted)
    return [line for line in told if line is not None]


@dataclass(frozen=True)
class Settled:
    """A line that was settled: what was written for it, and what would have been for the side it can go back to."""

    tbl: str
    row_id: str
    written: Mapping[str, Any]
    otherwise: Mapping[str, Any]


def settle(session: Session, row_id: str, field: str, chosen: Dot | None = None) -> None:
    """Let the value that `chosen` wrote stand; without one, that which stands.

    Raises `Refused` `not_found` for what is not on this account's list, `changed_meanwhile` when that value is not one
    of the sides any more.
    """
    tbl = _listed(session, row_id, field)
    log = entries_of(session.connection(), [row_id])[row_id]
    _write(session, tbl, row_id, _told(session, row_id, field, chosen, log))


def settle_for_now(session: Session, row_id: str, field: str, chosen: Dot, other: Dot) -> Settled:
    """Settle as `settle` does, and tell what `take_back` needs to let `other` stand instead."""
    tbl = _listed(session, row_id, field)
    log = entries_of(session.connection(), [row_id])[row_id]
    written, otherwise = (_told(session, row_id, field, dot, log) for dot in (chosen, other))
    reasons = heads(log).get(REASON)
    if REASON in written and REASON not in otherwise and reasons:
        otherwise[REASON] = reasons[0].value
    _write(session, tbl, row_id, written)
    return Settled(tbl, row_id, written, otherwise)


def take_back(session: Session, settled: Settled) -> None:
    """Let the other value stand; raises `Refused` `changed_meanwhile` when somebody wrote there since."""
    session.flush()
    log = entries_of(session.connection(), [settled.row_id]).get(settled.row_id, [])
    now = heads(log)
    if any(not now.get(name) or now[name][0].value != value for name, value in settled.written.items()):
        raise Refused("changed_meanwhile")
    _write(session, settled.tbl, settled.row_id, dict(settled.otherwise))


def _listed(session: Session, row_id: str, field: str) -> str:
    """The table of a line of this account's list that it may write to."""
    session.flush()
    tbl = session.scalar(select(Conflict.tbl).where(Conflict.row_id == row_id, Conflict.field == field).limit(1))
    if tbl is None:
        raise Refused("not_found")
    return tbl


def _told(session: Session, row_id: str, field: str, chosen: Dot | None, log: Sequence[Entry]) -> dict[str, Any]:
    """What the log is told when `chosen` is to stand."""
    values = {(head.site, head.seq): head.value for head in heads(log)[field]}
    if chosen is None:
        value = heads(log)[field][0].value
    elif chosen in values:
        value = values[chosen]
    elif field == BIRTH_MARK and _is_listed(session, row_id, chosen):
        value = False
    else:
        raise Refused("changed_meanwhile")
    told = {field: value}
    if field == BIRTH_MARK and not value and any(REASON in entry.body for entry in log):
        told[REASON] = None
    return told


def _write(session: Session, tbl: str, row_id: str, told: dict[str, Any]) -> None:
    check_writable(session, logged_records()[tbl], [])
    log = entries_of(session.connection(), [row_id])[row_id]
    write_entries(session, [(tbl, row_id, next_body(told, log))])
    refold(session, [(tbl, row_id)])
    session.expire_all()


def _is_listed(session: Session, row_id: str, dot: Dot) -> bool:
    here = (Conflict.row_id == row_id, Conflict.field == BIRTH_MARK, Conflict.site == dot[0], Conflict.seq == dot[1])
    return session.scalar(select(Conflict.seq).where(*here)) is not None


class _Found:
    """What is needed to put some records' conflicts into words, asked for once."""

    def __init__(self, session: Session, row_ids: Sequence[str]) -> None:
        ids = sorted(set(row_ids))
        self._session = session
        self._logs = entries_of(session.connection(), ids)
        self._lost = _lost(session, ids)
        self._actors = _actors(session, ids)
        self._names = _names(session, self._actors.values())
        self._computers = _computers(session)

    def line(self, tbl: str, row_id: str, field: str) -> OpenConflict | None:
        standing = heads(self._logs[row_id]).get(field)
        if not standing:
            return None
        sides = tuple(self._sides(tbl, row_id, field, standing))
        person_id, person = self._whose(tbl, row_id)
        return OpenConflict(tbl, row_id, noun_of(tbl), person_id, person, field, label_of(tbl, field), sides)

    def _sides(self, tbl: str, row_id: str, field: str, standing: Sequence[Head]) -> Iterator[Side]:
        ranked = {(head.site, head.seq): place for place, head in enumerate(standing)}
        winner = standing[0]
        yield self._side(row_id, (winner.site, winner.seq), self._words(tbl, row_id, field, winner.value), stands=True)
        lost = self._lost[(row_id, field)]
        said: set[str] = set()
        for dot, value in sorted(lost, key=lambda one: (ranked.get(one[0], len(ranked)), one[0])):
            edit = field == BIRTH_MARK and isinstance(value, list)
            # The same value from two desks is one side; each edit is one of its own.
            key = canonical({"value": [value, dot] if edit else value})
            if key in said:
                continue
            said.add(key)
            words = self._edited(tbl, row_id, dot, value) if edit else self._words(tbl, row_id, field, value)
            yield self._side(row_id, dot, words, edit=edit)

    def _words(self, tbl: str, row_id: str, field: str, value: Any) -> str:
        words = value_words(self._session, tbl, field, value)
        reasons = heads(self._logs[row_id]).get(REASON) if field == BIRTH_MARK and value else None
        return f"{words}: {reasons[0].value}" if reasons and reasons[0].value else words

    def _edited(self, tbl: str, row_id: str, dot: Dot, names: Iterable[str]) -> str:
        """What an edit wrote, field by field."""
        body = next((one.body for one in self._logs[row_id] if one.dot == dot), {})
        told = ((label_of(tbl, name), value_words(self._session, tbl, name, body[name][0])) for name in names)
        return "; ".join(f"{label}: {words}" for label, words in told) or _("Changed")

    def _side(self, row_id: str, dot: Dot, words: str, *, stands: bool = False, edit: bool = False) -> Side:
        entry = next((one for one in self._logs[row_id] if one.dot == dot), None)
        who = self._names.get(self._actors.get(dot) or "") or _("somebody of another centre")
        where = self._computers.get(dot[0]) or _("another computer")
        return Side(*dot, words, who, _local(entry), where, stands, edit)

    def _whose(self, tbl: str, row_id: str) -> tuple[str | None, str]:
        record: Any = self._session.get(logged_records()[tbl], row_id)
        person_id = row_id if tbl == "person" else getattr(record, "person_id", None)
        person = self._session.get(Person, person_id) if person_id else None
        return person_id, person_words(person)


def _lost(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[tuple[Dot, Any]]]:
    found: dict[tuple[str, str], list[tuple[Dot, Any]]] = {}
    columns = (Conflict.row_id, Conflict.field, Conflict.site, Conflict.seq, Conflict.value)
    for row_id, field, site, seq, value in session.execute(select(*columns).where(Conflict.row_id.in_(ids))):
        found.setdefault((row_id, field), []).append(((site, seq), value))
    return found


def _actors(session: Session, ids: Sequence[str]) -> Mapping[Dot, str | None]:
    wanted = select(Change.site, Change.seq, Change.actor).where(Change.row_id.in_(ids))
    return {(site, seq): actor for site, seq, actor in session.execute(wanted)}


def _names(session: Session, actors: Iterable[str | None]) -> dict[str, str]:
    wanted = select(Account.id, Account.name, Account.login).where(Account.id.in_({one for one in actors if one}))
    return {account_id: name or login for account_id, name, login in session.execute(wanted)}


def _computers(session: Session) -> dict[str, str]:
    """What each computer is called, by the sites it writes or wrote as."""
    sites = session.execute(select(Site.id, Site.device)).all()
    found = {site: _("computer {sign}").format(sign=device) for site, device in sites}
    for name, site, formerly in session.execute(select(Peer.name, Peer.site, Peer.formerly)):
        found |= dict.fromkeys((site, *(formerly or ())), name)
    own = own_sites(session.connection())
    return found | dict.fromkeys(own, _("this computer"))


def _local(entry: Entry | None) -> dt.datetime:
    """The moment an entry was written, by the clock of who wrote it, in our time of day."""
    ms = entry.wall_ms if entry is not None else 0
    try:
        return dt.datetime.fromtimestamp(ms / 1000, tz=dt.UTC).astimezone()
    except (OverflowError, ValueError, OSError):
        # A clock that was set beyond what a calendar holds.
        return dt.datetime.fromtimestamp(0, tz=dt.UTC).astimezone()
