# SPDX-License-Identifier: Apache-2.0
"""Taking in a bundle: proved whole first, then one transaction; what cannot be taken in leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from db.centre import Centre
from db.exchange import own_keys
from db.exchange.bundle import OpenedBundle, open_bundle, peek
from db.exchange.newcomers import compare_newcomers
from db.exchange.partners import is_ours_to_end, is_over, may_exchange, sender_of, verify_keys
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.identity import own_sites
from resource_centre.exchange.incoming import Message, Receipt, again, take_in
from resource_centre.exchange.outgoing import IN
from resource_centre.log.receive import Fork
from resource_centre.records.exchange import Bundle, Peer

if TYPE_CHECKING:
    from nacl.signing import VerifyKey
    from pyrage.x25519 import Identity

Stop = Callable[[], bool]
Progress = Callable[[str, int, int], None]
"""Is told the stage ("checking", "taking in", "putting in place", "comparing"), how many are done, and of how many."""


@dataclass(frozen=True)
class Arrived:
    """A bundle that was taken in: from whom, its receipt, and the digest whose words are read aloud.

    `copied` when the sender says it is a copy of, or was restored from, a laptop known by another name; `alike` is how
    many pairs of people somebody has to look at because of it.
    """

    site: str
    name: str
    receipt: Receipt
    digest: str
    copied: bool = False
    alike: int = 0


def receive(centre: Centre, path: Path, *, told: Progress | None = None, stop: Stop | None = None) -> Arrived:
    """Take in the bundle at `path`. The file is only read.

    Raises what `open_bundle` raises, `Refused` for a sender that may not (now), and `EnvironmentFailed` `bundle_forked`
    when the laptop it comes from was copied; the tables are then as before. At a centre the people in it are compared
    with all others afterwards; stopped by then, the bundle is taken in all the same.
    """
    tell = told or (lambda _stage, _done, _all: None)
    tell("checking", 0, 0)
    keys = _keys(centre)
    before = _taken_in_before(centre, path, keys)
    if before is not None:
        return before
    arrived = _taken_in(centre, path, keys, tell, stop)
    return replace(arrived, alike=compare_newcomers(centre, arrived.receipt, tell, stop))


def _taken_in(centre: Centre, path: Path, keys: _Keys, tell: Progress, stop: Stop | None) -> Arrived:
    bundle = _opened(path, keys, lambda done: tell("checking", done, 0), stop)
    try:
        with centre.change() as session:
            peer, copied = _sender(session, bundle)
            every = bundle.header.changes
            receipt = take_in(session, peer, _message(bundle), _telling(tell, every, stop))
            if stop is not None and stop():
                raise Refused("stopped")
            return Arrived(peer.site, peer.name, receipt, bundle.header.body_sha256, copied)
    except Fork as error:
        raise EnvironmentFailed("bundle_forked") from error
    except (ValueError, TypeError, KeyError, StatementError) as error:
        if isinstance(error, DBAPIError) and not isinstance(error, DataError | IntegrityError):
            raise  # the disk, not the bundle
        # Signed by somebody we know and still not what our tables can hold: nothing of it is kept.
        raise EnvironmentFailed("bundle_damaged") from error


@dataclass(frozen=True)
class _Keys:
    """What bundles are opened and proved with."""

    identities: Sequence[Identity]
    known: dict[str, VerifyKey]
    sites: tuple[str, ...]


def _keys(centre: Centre) -> _Keys:
    with centre.change() as session:
        if not may_exchange(session):
            raise Refused("not_allowed")
        connection = session.connection()
        return _Keys(own_keys.identities(connection), verify_keys(session), own_sites(connection))


def _taken_in_before(centre: Centre, path: Path, keys: _Keys) -> Arrived | None:
    """What is said of a bundle that comes again: its head tells, the rest is not even read."""
    header = peek(path, keys.identities, keys.known.get, own_sites=keys.sites)
    with centre.read() as session:
        bundle = session.get(Bundle, header.id)
        if bundle is None or bundle.direction != IN or bundle.digest != header.body_sha256:
            return None
        peer = session.get_one(Peer, bundle.site)
        return Arrived(peer.site, peer.name, again(bundle), bundle.digest)


def _opened(path: Path, keys: _Keys, told: Callable[[int], None], stop: Stop | None) -> OpenedBundle:
    return open_bundle(path, keys.identities, keys.known.get, own_sites=keys.sites, progress=told, stop=stop)


def _sender(session: Session, bundle: OpenedBundle) -> tuple[Peer, bool]:
    """The peer that wrote it; a laptop that found itself to be a copy comes under a new name and becomes a new peer."""
    header = bundle.header
    peer = sender_of(session, header.sender, header.formerly, header.link_no)
    copied = peer.site != header.sender
    if copied:
        peer = _successor(session, peer, header.sender, header.formerly)
    if header.link_no > peer.last_received:  # an older bundle that comes late brings an older key
        peer.age_key = header.age_key
        if is_over(peer) and not is_ours_to_end(session, peer):
            peer.expires_on = None  # whoever can end it writes to nobody whose time is over: it has let it go on
    return peer, copied


def _successor(session: Session, peer: Peer, site: str, formerly: tuple[str, ...]) -> Peer:
    columns = {column.key: getattr(peer, column.key) for column in Peer.__table__.columns}
    fresh = {"site": site, "formerly": list(formerly), "known": {}, "known_no": 0, "heard_to": 0}
    successor = Peer(**(columns | fresh | {"last_sent": 0, "last_received": 0}))
    session.add(successor)
    session.flush()
    return successor


def _message(bundle: OpenedBundle) -> Message:
    header = bundle.header
    return Message(
        id=header.id, link_no=header.link_no, part=header.part, parts=header.parts, made_ms=header.made_ms,
        digest=header.body_sha256, heard=header.heard, heard_to=header.heard_to, held=bundle.held,
        changes=bundle.changes, drops=bundle.drops(), files=bundle.files,
    )  # fmt: skip


def _telling(tell: Progress, every: int, stop: Stop | None) -> Progress:
    def told(stage: str, done: int, all_: int) -> None:
        if stop is not None and stop():
            raise Refused("stopped")
        tell(stage, done, all_ or every)

    return told
