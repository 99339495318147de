# SPDX-License-Identifier: Apache-2.0
"""What the page of exchange reads and asks for, on the worker's thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records.exchange import Bundle, Peer

INVITED: Final = "card:"
"""Begins the id of a row that is a card which nobody has answered yet."""


@dataclass(frozen=True)
class Passed:
    """The newest bundle one way: its number, and when it was written or taken in."""

    link_no: int
    at: dt.datetime


@dataclass(frozen=True)
class PeerRow:
    """Somebody we exchange with, or a card that waits for its answer (`invitation`)."""

    id: str
    name: str
    role: str
    account_id: str | None = None
    account: str = ""
    villages: tuple[str, ...] | None = None
    paired_on: dt.date | None = None
    received: Passed | None = None
    sent: Passed | None = None
    waiting: int = 0
    """Bundles written since the other side last said what it holds."""
    expires_on: dt.date | None = None
    confirmed: bool = False
    blocked: bool = False
    invitation: str = ""
    renamed: bool = False
    """Another row stands for what this laptop became when it was found to be copied or restored."""


@dataclass(frozen=True)
class Looked:
    """Everything the page shows."""

    on_laptop: bool
    head_office: bool
    may_pair: bool
    rows: tuple[PeerRow, ...] = ()
    unsent: int = 0
    key_is_old: bool = False
    has_sheet: bool = False
    renewed: bool = False
    """This laptop was found to be a copy or put back, and the centre holds nothing of it under its new name yet."""

    @property
    def centre(self) -> PeerRow | None:
        """On a laptop: the centre it belongs to."""
        return next((row for row in self.rows if not row.renamed), None)


@dataclass(frozen=True)
class ToDo:
    """What the first page says of the exchange: on a laptop the first three, at a centre how many words to compare."""

    unsent: int = 0
    unpaired: bool = False
    over: bool = False
    to_compare: int = 0


@dataclass(frozen=True)
class BundleRow:
    """One bundle of the history."""

    id: str
    name: str
    incoming: bool
    link_no: int
    part: int
    parts: int
    at: dt.datetime
    account: str
    changes: int
    new_changes: int
    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""
    confirmed: bool = False


def look(session: Session) -> Looked:
    """Those we exchange with, and how it stands with them."""
    from db.exchange import own_keys, recovery
    from resource_centre.access import COORDINATOR, viewer_of
    from resource_centre.exchange.identity import own_role
    from resource_centre.exchange.scope import HEAD_OFFICE, LAPTOP

    connection = session.connection()
    role = own_role(connection)
    on_laptop = role == LAPTOP
    may_pair = not on_laptop and viewer_of(session).role == COORDINATOR
    rows = (*_peers(session), *(_cards(session) if may_pair else ()))
    return Looked(
        on_laptop=on_laptop,
        head_office=role == HEAD_OFFICE,
        may_pair=may_pair,
        rows=rows,
        unsent=unsent(session) if on_laptop else 0,
        key_is_old=may_pair and bool(rows) and own_keys.renewal_is_due(connection),
        has_sheet=bool(recovery.recipients(connection)),
        renewed=on_laptop and _is_new_to_the_centre(session),
    )


def _is_new_to_the_centre(session: Session) -> bool:
    from resource_centre.exchange.dots import Dots
    from resource_centre.exchange.identity import own_sites

    present, *former = own_sites(session.connection())
    known = [Dots.from_json(peer.known) for peer in _those_who_count(_every_peer(session))]
    return bool(former) and not any(held.of_sites((present,)) for held in known)


def to_do(session: Session) -> ToDo:
    """What is to be done between laptops and centre."""
    from resource_centre.clock import today
    from resource_centre.exchange.identity import own_role
    from resource_centre.exchange.scope import LAPTOP

    found = _those_who_count(_every_peer(session))
    open_ones = [peer for peer in found if peer.confirmed_ms is None and peer.blocked_ms is None]
    if own_role(session.connection()) != LAPTOP:
        return ToDo(to_compare=len(open_ones))
    over = any(peer.expires_on is not None and peer.expires_on < today() for peer in found)
    return ToDo(unsent=unsent(session), unpaired=bool(open_ones), over=over)


def unsent(session: Session) -> int:
    """Changes of this laptop that its centre has not said it holds."""
    from resource_centre.exchange.outgoing import unconfirmed

    found = _those_who_count(_every_peer(session))
    return unconfirmed(session.connection(), found[0]) if found else 0


def history(session: Session, last: BundleRow | None, limit: int) -> list[BundleRow]:
    """The bundles that were written and taken in, the newest first, from the one after `last` on."""
    from sqlalchemy import and_, or_, select

    from resource_centre.records.exchange import Bundle

    wanted = select(Bundle).where(or_(Bundle.direction == "in", Bundle.digest != ""))
    if last is not None:
        at = round(last.at.timestamp() * 1000)
        wanted = wanted.where(or_(Bundle.at_ms < at, and_(Bundle.at_ms == at, Bundle.id < last.id)))
    found = session.scalars(wanted.order_by(Bundle.at_ms.desc(), Bundle.id.desc()).limit(limit)).all()
    names = {peer.site: peer.name for peer in _every_peer(session)}
    people = _account_names(session, {one.account_id for one in found if one.account_id})
    return [_bundle_row(one, names, people) for one in found]


def _bundle_row(one: Bundle, names: dict[str, str], people: dict[str, str]) -> BundleRow:
    return BundleRow(
        id=one.id, name=names.get(one.site, one.site), incoming=one.direction == "in", link_no=one.link_no,
        part=one.part, parts=one.parts, at=moment(one.at_ms), account=people.get(one.account_id or "", ""),
        changes=one.changes, new_changes=one.new_changes, counts=dict(one.counts or {}), digest=one.digest,
        confirmed=one.confirmed_ms is not None,
    )  # fmt: skip


def _every_peer(session: Session) -> Sequence[Peer]:
    from sqlalchemy import select

    from resource_centre.records.exchange import Peer

    return session.scalars(select(Peer).order_by(Peer.name, Peer.paired_ms)).all()


def _those_who_count(peers: Iterable[Peer]) -> list[Peer]:
    """Without the names that somebody has given up since."""
    every = list(peers)
    former = {site for peer in every for site in peer.formerly}
    return [peer for peer in every if peer.site not in former]


def _peers(session: Session) -> list[PeerRow]:
    peers = _every_peer(session)
    counted = {peer.site for peer in _those_who_count(peers)}
    people = _account_names(session, {peer.account_id for peer in peers if peer.account_id})
    passed, waiting = _passed(session), _waiting(session)
    return [
        PeerRow(
            id=peer.site, name=peer.name, role=peer.role, account_id=peer.account_id,
            account=people.get(peer.account_id or "", ""),
            villages=None if peer.villages is None else tuple(peer.villages), paired_on=moment(peer.paired_ms).date(),
            received=passed.get((peer.site, "in")), sent=passed.get((peer.site, "out")),
            waiting=waiting.get(peer.site, 0), expires_on=peer.expires_on, confirmed=peer.confirmed_ms is not None,
            blocked=peer.blocked_ms is not None, renamed=peer.site not in counted,
        )
        for peer in peers
    ]  # fmt: skip


def _cards(session: Session) -> list[PeerRow]:
    """Cards that were given out and not answered."""
    from db.exchange.pairing import waiting_cards

    found = waiting_cards(session)
    people = _account_names(session, {one.account_id for one in found if one.account_id})
    return [
        PeerRow(
            id=INVITED + one.id, name=one.name, role=one.role, account_id=one.account_id,
            account=people.get(one.account_id or "", ""),
            villages=None if one.villages is None else tuple(one.villages), expires_on=one.expires_on,
            invitation=one.id,
        )
        for one in found
    ]  # fmt: skip


def _passed(session: Session) -> dict[tuple[str, str], Passed]:
    """By site and direction the newest bundle."""
    from sqlalchemy import func, select

    from resource_centre.records.exchange import Bundle

    wanted = select(Bundle.site, Bundle.direction, func.max(Bundle.link_no), func.max(Bundle.at_ms))
    written = wanted.where((Bundle.direction == "in") | (Bundle.digest != ""))
    rows = session.execute(written.group_by(Bundle.site, Bundle.direction))
    return {(site, way): Passed(number, moment(at)) for site, way, number, at in rows}


def _waiting(session: Session) -> dict[str, int]:
    from sqlalchemy import func, select

    from resource_centre.records.exchange import Bundle

    told = (Bundle.direction == "out", Bundle.digest != "", Bundle.confirmed_ms.is_(None))
    rows = session.execute(select(Bundle.site, func.count()).where(*told).group_by(Bundle.site))
    return {row[0]: row[1] for row in rows}


def _account_names(session: Session, ids: set[str]) -> dict[str, str]:
    from sqlalchemy import select

    from resource_centre.records import Account

    rows = session.execute(select(Account.id, Account.name, Account.login).where(Account.id.in_(sorted(ids))))
    return {account_id: name or login or "" for account_id, name, login in rows}


def moment(ms: int) -> dt.datetime:
    """Milliseconds since 1970 as a time of this computer's zone."""
    return dt.datetime.fromtimestamp(ms / 1000).astimezone()


def changed_by(receipt: Any) -> dict[str, set[str]]:
    """What lists must read anew after a bundle, by the names of the records."""
    from resource_centre.log.shape import logged_records

    records = logged_records()
    found: dict[str, set[str]] = {records[table].__name__: set() for table in receipt.records if table in records}
    if "Person" in found:
        found["Person"] = set(receipt.people)
    return found
