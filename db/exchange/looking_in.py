# SPDX-License-Identifier: Apache-2.0
"""Looking into a bundle without taking it in: everything is proved as if it were, and nothing is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from db.centre import Centre
from db.exchange import own_keys
from db.exchange.bundle import OpenedBundle, open_bundle
from db.exchange.bundle_header import Header
from db.exchange.bundle_lines import Entry
from db.exchange.partners import may_exchange, verify_keys
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_sites
from resource_centre.exchange.outgoing import IN
from resource_centre.records.exchange import Bundle, Peer


@dataclass(frozen=True)
class LookedInto:
    """A bundle that was proved whole. `records` counts distinct records by table; `taken_in_ms` when it was, or None.

    `sender` is what its computer is called here.
    """

    header: Header
    sender: str
    records: dict[str, int]
    drops: dict[str, int]
    taken_in_ms: int | None
    _bundle: OpenedBundle

    def entries(self) -> Iterator[Entry]:
        """Its entries, as column values of `Change`."""
        return self._bundle.changes()


def look_into(centre: Centre, path: Path) -> LookedInto:
    """What the bundle at `path` holds. Raises what `open_bundle` raises, `Refused` `not_allowed`."""
    with centre.change() as session:
        if not may_exchange(session):
            raise Refused("not_allowed")
        connection = session.connection()
        identities, sites = own_keys.identities(connection), own_sites(connection)
        known = verify_keys(session)
    bundle = open_bundle(path, identities, known.get, own_sites=sites)
    with centre.read() as session:
        return _looked(session, bundle)


def _looked(session: Session, bundle: OpenedBundle) -> LookedInto:
    header = bundle.header
    rows: dict[str, set[str]] = defaultdict(set)
    for change in bundle.changes():
        rows[change["tbl"]].add(change["row_id"])
    drops: dict[str, set[str]] = defaultdict(set)
    for tbl, row_id in bundle.drops():
        drops[tbl].add(row_id)
    before = session.get(Bundle, header.id)
    taken_in = before is not None and before.direction == IN and before.digest == header.body_sha256
    return LookedInto(
        header, _name(session, header), _counted(rows), _counted(drops),
        before.at_ms if before is not None and taken_in else None, bundle,
    )  # fmt: skip


def _name(session: Session, header: Header) -> str:
    named = (session.get(Peer, site) for site in (header.sender, *header.formerly))
    return next((peer.name for peer in named if peer is not None), "")


def _counted(rows: dict[str, set[str]]) -> dict[str, int]:
    return {table: len(ids) for table, ids in sorted(rows.items())}
