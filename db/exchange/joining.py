# SPDX-License-Identifier: Apache-2.0
"""A new laptop that joins a centre by its card: a folder of its own, the centre's words about itself, and an answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db import folder, keys, migrate
from db.centre import Centre, open_centre
from db.engine import WRITES, sqlite_engine
from db.exchange.cards import Card, read_card
from db.exchange.pairing import answer, forget, usable
from db.files import on_disk, sync_folder
from db.first_day import new_site, session_factory
from db.new_centre import UNFINISHED
from db.recovery import RecoveryKey, new_recovery_key
from resource_centre.access import COORDINATOR, Viewer, viewer_of
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.dots import Dot
from resource_centre.exchange.identity import PROFILE, ROLE, own_role, own_site, own_sites, remember
from resource_centre.exchange.scope import CENTRE, LAPTOP
from resource_centre.log.forgetting import forget_rows
from resource_centre.log.receive import Fork, receive
from resource_centre.log.refolding import Row
from resource_centre.log.writing import recording
from resource_centre.records import Account, Site, new_id
from resource_centre.records.base import table_of
from resource_centre.records.change import Change
from resource_centre.records.exchange import Peer


@dataclass(frozen=True)
class Joined:
    """A laptop that is open for its account, the recovery key of its file, and the answer to bring to the centre."""

    centre: Centre
    recovery: RecoveryKey
    reply: str
    site: str


def join_centre(at: Path, card: str, passphrase: str, stretch: keys.Stretch = keys.STRETCH) -> Joined:
    """Make this laptop's folder from a pairing card and open it; work can begin before the centre has the answer.

    Raises EnvironmentFailed `not_a_card`, `already_a_centre`, `bundle_newer`, `Refused` `pairing_expired`,
    `not_our_card` for a card that is not for a laptop, `weak_passphrase`. A crash on the way leaves no half folder.
    """
    keys.check_passphrase(passphrase)
    read = usable(read_card(card))
    if read.role != LAPTOP or read.account is None or not read.login:
        raise Refused("not_our_card")
    if folder.is_centre(at):
        raise EnvironmentFailed("already_a_centre")
    recovery, reply = _make(at, read, passphrase, stretch)
    return Joined(open_centre(at, login=read.login, passphrase=passphrase), recovery, reply, read.site)


def _make(at: Path, card: Card, passphrase: str, stretch: keys.Stretch) -> tuple[RecoveryKey, str]:
    """Everything aside first, then moved in, the marker last."""
    aside = at / UNFINISHED
    with on_disk():
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
    try:
        recovery, reply = _make_aside(aside, card, passphrase, stretch)
        with on_disk():
            for name in (folder.DATABASE, keys.FILE, folder.MARKER):
                (aside / name).replace(at / name)
            sync_folder(at)
        return recovery, reply
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_aside(aside: Path, card: Card, passphrase: str, stretch: keys.Stretch) -> tuple[RecoveryKey, str]:
    key, recovery = keys.new_database_key(), new_recovery_key()
    engine = sqlite_engine(aside / folder.DATABASE, key, mode="rwc", foreign_keys=False)
    try:
        migrate.upgrade(engine)
        reply = _fill(engine, card)
    finally:
        engine.dispose()
    slots = keys.new_slots().with_account(
        key, account=str(card.account), login=str(card.login), passphrase=passphrase, stretch=stretch
    )
    slots.with_recovery(key, recovery, stretch).save(aside)
    folder.Marker(new_id()).save(aside)
    return recovery, reply


def _fill(engine: sa.Engine, card: Card) -> str:
    """The centre and the account as their logs say, this laptop's site, and the centre as a peer."""
    with engine.execution_options(**WRITES).begin() as connection:
        site = new_site(connection, card.device)
        remember(connection, ROLE, LAPTOP)
        viewer = Viewer(str(card.account), COORDINATOR)
        with session_factory(viewer, site)(bind=connection) as session:
            _take_in(session, card)
            reply = answer(session, card, CENTRE)
            session.flush()
            return reply


def _take_in(session: Session, card: Card) -> None:
    """What the card says of the centre and of the account."""
    try:
        receive(session, list(card.changes), trusted=True)
        session.get_one(Account, card.account)
        profile = next(one["row_id"] for one in card.changes if one["tbl"] == "centre_profile")
    except (ValueError, TypeError, KeyError, StopIteration, Fork, sa.exc.SQLAlchemyError) as error:
        raise EnvironmentFailed("not_a_card") from error
    remember(session.connection(), PROFILE, profile)


def join_again(session: Session, card: str) -> str:
    """On a laptop whose six words differed: answer another card in the same folder; returns the answer.

    What the refused card brought is thrown away; what was written here stays, and is sent when the words are the same.
    Raises EnvironmentFailed `not_a_card`, `bundle_newer`, `Refused` `pairing_expired`, `paired_already`, and
    `not_our_card` for a card that is not for whoever works on this laptop.
    """
    read, connection = usable(read_card(card)), session.connection()
    if own_role(connection) != LAPTOP or read.role != LAPTOP or read.account != viewer_of(session).account_id:
        raise Refused("not_our_card")
    refused = list(session.scalars(sa.select(Peer)))
    if any(peer.confirmed_ms is not None for peer in refused):
        raise Refused("paired_already")
    for peer in refused:
        forget(session, peer)
    before = _forget_entries(connection)
    _take_in(session, read)
    forget_rows(session, before - {(one["tbl"], one["row_id"]) for one in read.changes}, _is_of(own_sites(connection)))
    # Whoever made the refused card may have given away signs that another laptop has.
    connection.execute(sa.update(Site).where(Site.id == own_site(connection)).values(device=read.device))
    return answer(session, read, CENTRE)


def _forget_entries(connection: sa.Connection) -> set[Row]:
    """Take the entries that were not written here out of the log; returns what they were about."""
    table = table_of(Change)
    theirs = table.c.site.not_in(own_sites(connection))
    with recording(connection):
        rows = connection.execute(sa.select(table.c.tbl, table.c.row_id).where(theirs)).all()
        connection.execute(sa.delete(table).where(theirs))
    return {(tbl, row_id) for tbl, row_id in rows}


def _is_of(sites: tuple[str, ...]) -> Callable[[Dot], bool]:
    return lambda dot: dot[0] in sites
