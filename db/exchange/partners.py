# SPDX-License-Identifier: Apache-2.0
"""Those we exchange with, as far as they may be written to and listened to now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.exchange import own_keys
from resource_centre.access import COLLECTOR, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_role
from resource_centre.exchange.scope import HEAD_OFFICE, LAPTOP
from resource_centre.records.exchange import Peer

if TYPE_CHECKING:
    from nacl.signing import VerifyKey


def may_exchange(session: Session) -> bool:
    """Whether this account hands over and receives: on a laptop everybody, at a centre no village collector."""
    return own_role(session.connection()) == LAPTOP or viewer_of(session).role != COLLECTOR


def partner_of(session: Session, site: str) -> Peer:
    """The peer to write to. Raises `Refused`: `not_allowed`, `not_paired`, `six_words_first`, `blocked`, `expired`.

    Whoever was invited, and whose time is over, brings what was written there all the same (`is_ours_to_end`).
    """
    if not may_exchange(session):
        raise Refused("not_allowed")
    peer = session.get(Peer, site)
    if peer is None:
        raise Refused("not_paired")
    if peer.confirmed_ms is None:
        raise Refused("six_words_first")
    if peer.blocked_ms is not None:
        raise Refused("blocked_laptop")
    if is_over(peer) and is_ours_to_end(session, peer):
        raise Refused("pairing_expired")
    return peer


def is_ours_to_end(session: Session, peer: Peer) -> bool:
    """Whether we gave out the card of this pairing: who did so sends no more when its time is over."""
    return peer.role != HEAD_OFFICE and own_role(session.connection()) != LAPTOP


def is_over(peer: Peer) -> bool:
    """Whether the last day of a pairing has passed."""
    return peer.expires_on is not None and peer.expires_on < today()


def sender_of(session: Session, site: str, formerly: tuple[str, ...], link_no: int) -> Peer:
    """The peer a bundle is from, by its name or one it had before.

    Raises `Refused` as `partner_of` does; of a blocked laptop what was numbered before the block is still taken.
    """
    if not may_exchange(session):
        raise Refused("not_allowed")
    peer = next((found for one in (site, *formerly) if (found := session.get(Peer, one)) is not None), None)
    if peer is None:
        raise Refused("not_paired")
    if peer.confirmed_ms is None:
        raise Refused("six_words_first")
    if peer.blocked_ms is not None and (peer.site != site or link_no > (peer.blocked_after or 0)):
        raise Refused("blocked_laptop")
    return peer


def verify_keys(session: Session) -> dict[str, VerifyKey]:
    """By site the key that its bundles are signed with."""
    peers = session.scalars(sa.select(Peer)).all()
    return {peer.site: own_keys.verify_key(peer.sign_key) for peer in peers}
