# SPDX-License-Identifier: Apache-2.0
"""Pairing two installations: a card given out, its answer taken, six words compared, and the end of a lost laptop."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.exchange import own_keys
from db.exchange.cards import Card, Reply, card_text, is_proved, read_card, read_reply, reply_text, six_words
from db.first_day import free_device
from resource_centre.access import COLLECTOR, COORDINATOR, viewer_of
from resource_centre.clock import today, wall_ms
from resource_centre.errors import Bug, EnvironmentFailed, Refused
from resource_centre.exchange.identity import (
    PROFILE,
    ROLE,
    own_device,
    own_profile,
    own_role,
    own_site,
    own_sites,
    remember,
    setting,
)
from resource_centre.exchange.scope import CENTRE, HEAD_OFFICE, LAPTOP
from resource_centre.log.writing import recording
from resource_centre.problems import Problem
from resource_centre.records import Account, CentreProfile, LocalSetting, Site
from resource_centre.records.base import table_of
from resource_centre.records.change import SCHEMA, Change
from resource_centre.records.exchange import Invitation, Peer
from resource_centre.services.accounts import change_account


@dataclass(frozen=True)
class Invited:
    """What a card is made of. For a laptop: who signs in there; for a centre below a head office: nobody."""

    name: str
    role: str = LAPTOP
    account_id: str | None = None
    villages: tuple[str, ...] | None = None
    expires_on: dt.date | None = None


def invite(session: Session, invited: Invited) -> str:
    """A card for a new laptop, or for a centre that joins us as its head office; returns its text.

    Raises `Refused` with the field that is not right. Only a coordinator may.
    """
    _only_coordinators(session)
    account = _account_for(session, invited)
    bound = account is not None and account.role == COLLECTOR
    villages = list(account.villages or ()) if account is not None and bound else invited.villages
    if bound and not villages:
        raise Refused("check", (Problem("villages", "required"),))
    invitation = Invitation(
        secret=secrets.token_urlsafe(16),
        name=invited.name.strip(),
        role=invited.role,
        device=free_device(session.connection()) if invited.role == LAPTOP else "",
        villages=None if villages is None else sorted(villages),
        confidential=not bound,
        account_id=invited.account_id,
        expires_on=invited.expires_on,
        made_ms=wall_ms(),
    )
    session.add(invitation)
    if invited.role == CENTRE:
        remember(session.connection(), ROLE, HEAD_OFFICE)
        remember(session.connection(), PROFILE, _profile(session).id)
    session.flush()
    return card_text(_card(session, invitation))


def card_of(session: Session, invitation_id: str) -> str:
    """The card of an invitation that waits for its answer, once more."""
    return card_text(_card(session, session.get_one(Invitation, invitation_id)))


def withdraw(session: Session, invitation_id: str) -> None:
    """Nobody can answer this card any more."""
    _only_coordinators(session)
    session.get_one(Invitation, invitation_id).withdrawn_ms = wall_ms()


def accept_reply(session: Session, text: str) -> Peer:
    """Take the answer to one of our cards; the peer counts when its six words were compared (`confirm`).

    Raises EnvironmentFailed `not_a_card`, `Refused` `not_our_card` or `card_used`.
    """
    _only_coordinators(session)
    reply = read_reply(text)
    invitation = _answered(session, reply)
    if session.get(Peer, reply.site) is not None:
        raise Refused("card_used")
    invitation.answered_ms = wall_ms()
    peer = Peer(
        site=reply.site,
        name=invitation.name,
        role=invitation.role,
        device=reply.device,
        villages=invitation.villages,
        confidential=invitation.confidential,
        sign_key=reply.sign_key,
        age_key=reply.age_key,
        account_id=invitation.account_id,
        invitation_id=invitation.id,
        expires_on=invitation.expires_on,
        paired_ms=wall_ms(),
    )
    session.add(peer)
    know_site(session.connection(), reply.site, reply.device)
    session.flush()
    return peer


def accept_card(session: Session, text: str) -> str:
    """Join a head office by its card; returns the answer to be brought back. Only a coordinator of a centre may."""
    _only_coordinators(session)
    card = usable(read_card(text))
    if card.role != CENTRE or own_role(session.connection()) == LAPTOP:
        raise Refused("not_our_card")
    return answer(session, card, HEAD_OFFICE)


def answer(session: Session, card: Card, role: str) -> str:
    """Keep who invited us as a peer of this role, not yet confirmed, and answer."""
    connection = session.connection()
    if session.get(Peer, card.site) is not None:
        raise Refused("card_used")
    reply = _own_reply(session, card)
    remember(connection, _card_setting(card.site), card_text(card))
    peer = Peer(
        site=card.site,
        name=card.centre,
        role=role,
        device=card.site_device,
        villages=None,
        confidential=True,
        sign_key=card.sign_key,
        age_key=card.age_key,
        invitation_id=card.invitation,
        expires_on=card.expired,
        paired_ms=wall_ms(),
    )
    session.add(peer)
    know_site(connection, card.site, card.site_device)
    session.flush()
    return reply_text(reply, card.secret)


def reply_again(session: Session, site: str) -> str:
    """Our answer to the card of this peer, once more."""
    card = _kept_card(session, site)
    return reply_text(_own_reply(session, card), card.secret)


def words_for(session: Session, site: str) -> tuple[str, ...]:
    """The six words of a pairing: the same on both screens, or somebody has come between."""
    peer = session.get_one(Peer, site)
    invitation = session.get(Invitation, peer.invitation_id) if peer.invitation_id else None
    if invitation is None:
        card = _kept_card(session, site)
        return six_words(card, _own_reply(session, card))
    reply = Reply(invitation.id, peer.site, peer.device or "", invitation.name, peer.sign_key, peer.age_key)
    return six_words(_card(session, invitation), reply)


def confirm(session: Session, site: str) -> None:
    """Both have read the same six words. On a laptop whoever pairs it may say so, at a centre a coordinator."""
    if own_role(session.connection()) != LAPTOP:
        _only_coordinators(session)
    peer = session.get_one(Peer, site)
    peer.confirmed_ms = peer.confirmed_ms or wall_ms()


def reject(session: Session, site: str) -> None:
    """The six words were not the same: somebody came between, and the pairing is undone before it ever counted.

    Raises `Refused` `not_allowed` for one that was confirmed already: that is blocked instead.
    """
    _only_coordinators(session)
    if session.get_one(Peer, site).confirmed_ms is not None:
        raise Refused("not_allowed")
    session.flush()
    session.execute(sa.delete(Peer).where(Peer.site == site))
    session.expire_all()


def block(session: Session, site: str) -> None:
    """A laptop is lost: what it numbers after the last bundle we took in is refused, and it is sent nothing."""
    _only_coordinators(session)
    peer = session.get_one(Peer, site)
    peer.blocked_ms, peer.blocked_after = wall_ms(), peer.last_received


def unblock(session: Session, site: str) -> None:
    """A laptop was found again."""
    _only_coordinators(session)
    peer = session.get_one(Peer, site)
    peer.blocked_ms = peer.blocked_after = None


def change_scope(session: Session, site: str, villages: tuple[str, ...]) -> None:
    """From now on a laptop holds these villages; what it may no longer hold is taken back by the next bundle."""
    _only_coordinators(session)
    session.get_one(Peer, site).villages = sorted(villages)


def change_villages(session: Session, site: str, villages: tuple[str, ...]) -> None:
    """`change_scope`, and the same for whoever signs in on that laptop; raises `Refused` `check` for no village."""
    peer = session.get_one(Peer, site)
    if not villages:
        raise Refused("check", (Problem("villages", "required"),))
    change_scope(session, site, villages)
    if peer.account_id:
        change_account(session, peer.account_id, {"villages": sorted(villages)})


def extend(session: Session, site: str, until: dt.date | None) -> None:
    """Let a pairing go on until this day, or until it is blocked; the laptop learns it by the next bundle it gets."""
    _only_coordinators(session)
    session.get_one(Peer, site).expires_on = until


def waiting_cards(session: Session) -> list[Invitation]:
    """Cards that were given out and neither answered nor withdrawn, the oldest first. Only a coordinator's to see."""
    _only_coordinators(session)
    waiting = (Invitation.answered_ms.is_(None), Invitation.withdrawn_ms.is_(None))
    return list(session.scalars(sa.select(Invitation).where(*waiting).order_by(Invitation.made_ms)))


def usable(card: Card) -> Card:
    """The card, when it may still be used and this program understands who made it."""
    if card.schema_no > SCHEMA:
        raise EnvironmentFailed("bundle_newer")
    if card.expired is not None and card.expired < today():
        raise Refused("pairing_expired")
    return card


def know_site(connection: sa.Connection, site: str, device: str) -> None:
    """Remember which signs another installation's numbers bear; a laptop that is paired anew bears others."""
    if not device or site in own_sites(connection):
        return
    told = sa.update(Site).where(Site.id == site).values(device=device)
    if connection.execute(told).rowcount == 0:
        connection.execute(sa.insert(Site).values(id=site, device=device, last_seq=0))


def forget(session: Session, peer: Peer) -> None:
    """Let go of whoever invited us, and of their card: the six words were not the same."""
    connection, site = session.connection(), peer.site
    session.flush()
    session.execute(sa.delete(Peer).where(Peer.site == site))
    session.expunge(peer)
    connection.execute(sa.delete(LocalSetting).where(LocalSetting.name == _card_setting(site)))
    connection.execute(sa.delete(Site).where(Site.id == site))


def _card(session: Session, invitation: Invitation) -> Card:
    connection = session.connection()
    profile = _profile(session)
    laptop = invitation.role == LAPTOP
    rows = [one for one in (profile.id, invitation.account_id) if one] if laptop else []
    return Card(
        invitation=invitation.id,
        secret=invitation.secret,
        centre=profile.name or "",
        site_code=profile.site_code or "",
        site=own_site(connection),
        site_device=own_device(connection),
        sign_key=own_keys.public_sign_key(connection),
        age_key=own_keys.public_age_key(connection),
        role=invitation.role,
        name=invitation.name,
        device=invitation.device,
        villages=None if invitation.villages is None else tuple(invitation.villages),
        confidential=invitation.confidential,
        account=invitation.account_id,
        login=_login(session, invitation),
        expires_on=invitation.expires_on.isoformat() if invitation.expires_on else None,
        schema_no=SCHEMA,
        changes=tuple(_entries(connection, rows)),
    )


def _profile(session: Session) -> CentreProfile:
    profile = own_profile(session)
    if profile is None:
        raise Bug("bug")
    return profile


def _entries(connection: sa.Connection, rows: list[str]) -> list[dict[str, Any]]:
    table = table_of(Change)
    with recording(connection):
        wanted = sa.select(table).where(table.c.row_id.in_(rows)).order_by(table.c.site, table.c.seq)
        return [dict(row) for row in connection.execute(wanted).mappings()]


def _login(session: Session, invitation: Invitation) -> str | None:
    return session.get_one(Account, invitation.account_id).login if invitation.account_id else None


def _own_reply(session: Session, card: Card) -> Reply:
    connection = session.connection()
    keys = own_keys.public_sign_key(connection), own_keys.public_age_key(connection)
    return Reply(card.invitation, own_site(connection), own_device(connection), card.name, *keys)


def _answered(session: Session, reply: Reply) -> Invitation:
    invitation = session.get(Invitation, reply.invitation)
    if invitation is None or not is_proved(reply, invitation.secret):
        raise Refused("not_our_card")
    if invitation.answered_ms or invitation.withdrawn_ms:
        raise Refused("card_used")
    if invitation.expires_on is not None and invitation.expires_on < today():
        raise Refused("pairing_expired")
    return invitation


def _account_for(session: Session, invited: Invited) -> Account | None:
    if not invited.name.strip():
        raise Refused("check", (Problem("name", "required"),))
    if invited.role != LAPTOP:
        return None
    account = session.get(Account, invited.account_id) if invited.account_id else None
    if account is None or not account.active or account.voided:
        raise Refused("check", (Problem("account_id", "required"),))
    return account


def _only_coordinators(session: Session) -> None:
    if viewer_of(session).role != COORDINATOR:
        raise Refused("not_allowed")


def _card_setting(site: str) -> str:
    return f"card:{site}"


def _kept_card(session: Session, site: str) -> Card:
    return read_card(str(setting(session.connection(), _card_setting(site))))
