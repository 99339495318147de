# SPDX-License-Identifier: Apache-2.0
"""What an installation knows of those it exchanges bundles with, and who in the register is one person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Base, Id, Local, Logged, field, new_id
from resource_centre.records.owned import people_living_in

Ranges = dict[str, list[list[int]]]
"""Entries of the log by site, as ``{site: [[first, last], ...]}``."""


class OwnKey(Local):
    """A key of this installation: one signs what it sends, the others open what it receives.

    A retired one still opens bundles made before its successor was known, until it is destroyed.
    """

    __tablename__ = "own_key"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column()
    public: Mapped[str] = mapped_column()
    private: Mapped[str] = mapped_column()
    made_ms: Mapped[int] = mapped_column(sa.BigInteger())
    retired_ms: Mapped[int | None] = mapped_column(sa.BigInteger())


class Invitation(Local):
    """A pairing card that was given out and waits for its answer."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    secret: Mapped[str] = mapped_column()
    name: Mapped[str] = mapped_column()
    role: Mapped[str] = mapped_column()
    device: Mapped[str] = mapped_column(sa.String(2))
    villages: Mapped[list[str] | None] = mapped_column(JSON)
    confidential: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[str | None] = mapped_column(Id)
    expires_on: Mapped[dt.date | None] = mapped_column()
    made_ms: Mapped[int] = mapped_column(sa.BigInteger())
    answered_ms: Mapped[int | None] = mapped_column(sa.BigInteger())
    withdrawn_ms: Mapped[int | None] = mapped_column(sa.BigInteger())


class Peer(Local):
    """A site that bundles are exchanged with.

    `known` are the entries it said it holds, in its bundle number `known_no`, when `heard_to` was the newest of ours
    it had taken in. `villages` bound what it is sent; None means all. `blocked_after` is the last number taken from it.
    """

    __tablename__ = "peer"

    site: Mapped[str] = mapped_column(sa.String(13), primary_key=True)
    name: Mapped[str] = mapped_column()
    role: Mapped[str] = mapped_column()
    device: Mapped[str | None] = mapped_column(sa.String(2))
    villages: Mapped[list[str] | None] = mapped_column(JSON)
    confidential: Mapped[bool] = mapped_column(default=False)
    sign_key: Mapped[str] = mapped_column()
    age_key: Mapped[str] = mapped_column()
    account_id: Mapped[str | None] = mapped_column(Id)
    invitation_id: Mapped[str | None] = mapped_column(Id)
    formerly: Mapped[list[str]] = mapped_column(JSON, default=list)
    expires_on: Mapped[dt.date | None] = mapped_column()
    paired_ms: Mapped[int] = mapped_column(sa.BigInteger())
    confirmed_ms: Mapped[int | None] = mapped_column(sa.BigInteger())
    blocked_ms: Mapped[int | None] = mapped_column(sa.BigInteger())
    blocked_after: Mapped[int | None] = mapped_column()
    last_sent: Mapped[int] = mapped_column(default=0)
    last_received: Mapped[int] = mapped_column(default=0)
    known: Mapped[Ranges] = mapped_column(JSON, default=dict)
    known_no: Mapped[int] = mapped_column(default=0)
    heard_to: Mapped[int] = mapped_column(default=0)


class Bundle(Local):
    """One bundle that was written or taken in: the audit of exchange, and the answer to one that comes again.

    `contents` are its entries; `dropped` are (table, record) it told the other side to give back.
    """

    __tablename__ = "bundle"
    __table_args__ = (sa.Index("ix_bundle_site_direction_link_no", "site", "direction", "link_no"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    site: Mapped[str] = mapped_column(sa.String(13))
    direction: Mapped[str] = mapped_column()
    link_no: Mapped[int] = mapped_column()
    part: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=1)
    at_ms: Mapped[int] = mapped_column(sa.BigInteger())
    account_id: Mapped[str | None] = mapped_column(Id)
    changes: Mapped[int] = mapped_column(default=0)
    new_changes: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(sa.String(64))
    contents: Mapped[Ranges] = mapped_column(JSON, default=dict)
    dropped: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    confirmed_ms: Mapped[int | None] = mapped_column(sa.BigInteger())


class RowScope(Local):
    """On a laptop: the newest bundle in which the centre said of a record that it is inside its villages or not."""

    __tablename__ = "row_scope"

    row_id: Mapped[str] = mapped_column(Id, primary_key=True)
    tbl: Mapped[str] = mapped_column()
    link_no: Mapped[int] = mapped_column()
    inside: Mapped[bool] = mapped_column()


class PersonLink(Logged):
    """What somebody decided about two records of people: one and the same person, or two. Undone by voiding.

    The id follows from both (`link_id`), so that two desks that decide alike make one decision. `taken` says which
    fields of the record that stays were changed by it, as ``{field: [before, after]}``.
    """

    __tablename__ = "person_link"

    a_id: Mapped[str] = mapped_column(Id, index=True)
    b_id: Mapped[str] = mapped_column(Id, index=True)
    verdict: Mapped[str | None] = field(N_("Decision"), format="code", vocabulary="link_verdict", required=True)
    score: Mapped[int | None] = field(N_("Likeness in per cent"), format="integer", type_=sa.Integer())
    reasons: Mapped[list[str] | None] = mapped_column(JSON)
    # Values of any field: kept back from whom values of specific fields are.
    taken: Mapped[dict[str, Any] | None] = mapped_column(JSON, info={"sensitivity": SPECIFIC})
    linked_on: Mapped[dt.date | None] = field(N_("Decided on"), format="date", type_=sa.Date())
    note: Mapped[str | None] = field(N_("Note"), format="paragraph")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Decisions about people who live in these villages, and about records that are one person with theirs."""
        here = people_living_in(villages)
        person = Base.metadata.tables["person"]
        away = sa.select(person.c.id).where(person.c.same_as.in_(here))
        return sa.or_(*(end.in_(people) for end in (cls.a_id, cls.b_id) for people in (here, away)))


class DuplicatePair(Local):
    """Two people that a scan of the whole centre found to be alike: a work-list, made anew by every scan."""

    __tablename__ = "duplicate_pair"

    a_id: Mapped[str] = mapped_column(Id, primary_key=True)
    b_id: Mapped[str] = mapped_column(Id, primary_key=True)
    score: Mapped[int] = mapped_column(index=True)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    found_ms: Mapped[int] = mapped_column(sa.BigInteger())
    bundle_id: Mapped[str | None] = mapped_column(Id)


class ScanPiece(Local):
    """What a scan that was stopped had done already, so that it goes on from there."""

    __tablename__ = "scan_piece"

    scan: Mapped[str] = mapped_column(Id, primary_key=True)
    piece: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stage: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(sa.LargeBinary())
