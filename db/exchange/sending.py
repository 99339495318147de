# SPDX-License-Identifier: Apache-2.0
"""Writing the bundles for a peer: numbered first, written after, so that no number is ever given twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.centre import Centre
from db.exchange import own_keys, recovery
from db.exchange.bundle import Facts, Written, name_for, write_bundle
from db.exchange.bundle_lines import MEGABYTE
from db.exchange.partners import partner_of
from resource_centre.access import viewer_of
from resource_centre.clock import wall_ms
from resource_centre.exchange import outgoing
from resource_centre.exchange.dots import Dot, Dots
from resource_centre.exchange.identity import own_device, own_profile, own_sites
from resource_centre.records import new_id
from resource_centre.records.exchange import Bundle, Peer
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from nacl.signing import SigningKey

FULL: Final = 0.7
"""How much of what a bundle takes is planned for: files go as text that packs again to a little more than they were."""
Stop = Callable[[], bool]
Progress = Callable[[str, int, int], None]
"""Is told the stage ("gathering", "writing"), how many are done, and of how many."""


@dataclass(frozen=True)
class Sent:
    """One bundle that was written: where, its number, and what it holds. `digest` gives the words to read aloud."""

    bundle: str
    path: Path
    link_no: int
    part: int
    parts: int
    changes: int
    returned: int
    digest: str


def send(
    centre: Centre,
    site: str,
    into: Path,
    *,
    told: Progress | None = None,
    stop: Stop | None = None,
) -> list[Sent]:
    """Write everything `site` has not said it holds into bundles in the folder `into`; usually one.

    Raises `Refused` for a peer that is not confirmed, is blocked or has expired, and `EnvironmentFailed` when the stick
    is full or gone: then no half file stays, and what was numbered goes again the next time.
    """
    tell = told or (lambda _stage, _done, _all: None)
    tell("gathering", 0, 0)
    with centre.change() as session:
        batch = _number(session, partner_of(session, site))
    sent: list[Sent] = []
    every = sum(len(one.dots) for one in batch.parts)
    for one in batch.parts:
        before = sum(len(done.dots) for done in batch.parts[: len(sent)])
        with centre.read() as session:
            written = _write(session, batch, one, into, _telling(tell, before, every), stop)
        sent.append(_remember(centre, one, written, len(batch.parts)))
    return sent


@dataclass(frozen=True)
class _Part:
    """One bundle to be written; its number is taken already."""

    facts: Facts
    dots: tuple[Dot, ...]
    drops: tuple[outgoing.Row, ...]
    held: Dots


@dataclass(frozen=True)
class _Batch:
    """All bundles of one sending: for whom, closed for which keys, signed with which."""

    site: str
    code: str
    recipients: tuple[str, ...]
    key: SigningKey
    parts: tuple[_Part, ...]


def _number(session: Session, peer: Peer) -> _Batch:
    """Take the numbers and write them down before anything is on a stick."""
    connection = session.connection()
    if own_keys.renewal_is_due(connection):
        own_keys.renew_age_key(session)
    own_keys.destroy_retired(session)
    parcel = outgoing.parcel_for(connection, peer)
    pieces = _pieces(connection, parcel.dots)
    sites = own_sites(connection)
    parts = []
    for place, dots in enumerate(pieces, start=1):
        peer.last_sent += 1
        last = place == len(pieces)
        facts = Facts(
            id=new_id(), sender=sites[0], recipient=peer.site, link_no=peer.last_sent, part=place, parts=len(pieces),
            made_ms=wall_ms(), age_key=own_keys.public_age_key(connection), heard=parcel.heard,
            heard_to=parcel.heard_to, formerly=sites[1:],
        )  # fmt: skip
        part = _Part(facts, dots, parcel.drops if last else (), parcel.held)
        session.add(_audit(session, part))
        parts.append(part)
    profile = own_profile(session)
    code = f"{profile.site_code if profile else ''}-{own_device(connection)}"
    recipients = (peer.age_key, *recovery.recipients(connection))
    session.flush()
    return _Batch(peer.site, code, recipients, own_keys.signing_key(connection), tuple(parts))


def _pieces(connection: sa.Connection, dots: Sequence[Dot]) -> list[tuple[Dot, ...]]:
    """The entries in portions of which each fits a bundle, however large the files are that they name."""
    most, most_bytes = int(rule("bundle_changes")), int(rule("bundle_megabytes") * MEGABYTE * FULL)
    pieces: list[list[Dot]] = [[]]
    room = most_bytes
    for dot, size in outgoing.sizes_of(connection, dots):
        if pieces[-1] and (len(pieces[-1]) >= most or size > room):
            pieces.append([])
            room = most_bytes
        pieces[-1].append(dot)
        room -= size
    return [tuple(piece) for piece in pieces]


def _audit(session: Session, part: _Part) -> Bundle:
    facts = part.facts
    return Bundle(
        id=facts.id, site=facts.recipient, direction=outgoing.OUT, link_no=facts.link_no, part=facts.part,
        parts=facts.parts, at_ms=facts.made_ms, account_id=viewer_of(session).account_id, changes=len(part.dots),
        new_changes=0, digest="", contents=Dots.of(part.dots).to_json(), dropped=[list(row) for row in part.drops],
    )  # fmt: skip


def _write(
    session: Session, batch: _Batch, part: _Part, into: Path, told: Callable[[int], None], stop: Stop | None
) -> Written:
    connection, peer = session.connection(), session.get_one(Peer, batch.site)
    facts = part.facts
    return write_bundle(
        into / name_for(batch.code, facts.link_no, facts.part, facts.parts),
        facts,
        outgoing.changes_of(connection, peer, part.dots),
        part.drops,
        outgoing.files_of(connection, peer, part.dots),
        part.held,
        recipients=batch.recipients,
        signing_key=batch.key,
        progress=told,
        stop=stop,
    )


def _telling(tell: Progress, before: int, every: int) -> Callable[[int], None]:
    return lambda count: tell("writing", before + count, every)


def _remember(centre: Centre, part: _Part, written: Written, parts: int) -> Sent:
    header = written.header
    with centre.change() as session:
        bundle = session.get_one(Bundle, part.facts.id)
        bundle.digest, bundle.changes, bundle.files = header.body_sha256, header.changes, header.files
    return Sent(
        header.id, written.path, header.link_no, header.part, parts, header.changes, header.drops, header.body_sha256
    )
