# SPDX-License-Identifier: Apache-2.0
"""After a copy was not noticed in time: what this laptop wrote and the centre does not hold gets new names.

Two laptops that wrote as one site have each an entry number 101. The centre took in the first; the second gives its
unsent entries to a new site, in their order, with whatever refers to them, and nothing of the work is lost.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.centre import Centre
from db.first_day import renew_site
from resource_centre.exchange.dots import Dot, Dots
from resource_centre.exchange.identity import own_sites
from resource_centre.log.receive import refold
from resource_centre.log.shape import canonical, digest
from resource_centre.log.writing import recording
from resource_centre.records import Site
from resource_centre.records.base import table_of
from resource_centre.records.change import Change
from resource_centre.records.exchange import Peer


def repair(centre: Centre) -> int:
    """Write as a new site from now on, and give it the entries nobody has confirmed; returns how many."""
    with centre.change() as session:
        count = _renumber_unsent(session)
    centre.write_as_own_site()
    return count


def _renumber_unsent(session: Session) -> int:
    connection = session.connection()
    former = own_sites(connection)
    entries = _unconfirmed(connection, former)
    site = renew_site(connection)
    names = {(one["site"], one["seq"]): (site, seq) for seq, one in enumerate(entries, start=1)}
    table = table_of(Change)
    with recording(connection):
        for one in entries:
            here = (table.c.site == one["site"], table.c.seq == one["seq"])
            connection.execute(sa.update(table).where(*here).values(**_renamed(one, names)))
        connection.execute(sa.update(Site).where(Site.id == site).values(last_seq=len(entries)))
    refold(session, {(one["tbl"], one["row_id"]) for one in entries})
    return len(entries)


def _unconfirmed(connection: sa.Connection, sites: tuple[str, ...]) -> list[dict[str, Any]]:
    known = Dots()
    for held in connection.scalars(sa.select(Peer.known)):
        known |= Dots.from_json(held)
    table = table_of(Change)
    wanted = sa.select(table).where(table.c.site.in_(sites))
    with recording(connection):
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
    # In the order they were written, which is that of the numbers of one site, whatever the clock said.
    place = {site: at for at, site in enumerate(reversed(sites))}
    rows.sort(key=lambda row: (place[row["site"]], row["seq"]))
    return [row for row in rows if (row["site"], row["seq"]) not in known]


def _renamed(entry: dict[str, Any], names: dict[Dot, Dot]) -> dict[str, Any]:
    """The entry under its new name, and what it names of others under theirs."""
    site, seq = names[(entry["site"], entry["seq"])]
    body = {
        name: [value, revision, *(_named(others, names) for others in named)]
        for name, (value, revision, *named) in json.loads(entry["body"]).items()
    }
    text = canonical(body)
    return {"site": site, "seq": seq, "body": text, "digest": digest(site, seq, entry["tbl"], entry["row_id"], text)}


def _named(others: list[list[Any]], names: dict[Dot, Dot]) -> list[list[Any]]:
    """The entries a field replaces, or that somebody saw who marked the record as not valid, under their new names."""
    return sorted([*names.get((site, number), (site, number))] for site, number in others)
