# SPDX-License-Identifier: Apache-2.0
"""Matching contributions: what migrants, diaspora groups, the government or projects add, and how much that leverages.

They belong to one assistance, to a person, or to the centre as a whole. Sums are kept per currency, never converted;
what was only promised is counted apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Assistance, Contribution, Person
from resource_centre.records.base import Id, defaults_of
from resource_centre.services.saving import Reasons, existing, write_changes, write_new
from resource_centre.vocabulary import vocabulary

RECEIVED: Final = "diterima"
PROMISED: Final = "dijanjikan"
MOST: Final = 200


@dataclass(frozen=True)
class SourceTotal:
    """What one kind of source has added in one currency; amounts in whole units."""

    source: str
    currency: str
    count: int
    received: int
    promised: int


@dataclass(frozen=True)
class Leverage:
    """How much others have added to the centre's own assistance, in one currency.

    `ratio` is contributions received for each unit of own assistance; None where nothing of its own was given.
    """

    currency: str
    own: int
    received: int

    @property
    def ratio(self) -> float | None:
        """2.5 when two and a half were added to each one given."""
        return self.received / self.own if self.own else None


@dataclass(frozen=True)
class ContributionRow:
    """One contribution as the list of the centre shows it."""

    id: str
    person_id: str | None
    assistance_id: str | None
    full_name: str | None
    source: str | None
    contributor: str | None
    given_on: dt.date
    currency: str | None
    amount: int | None
    state: str | None
    purpose: str | None

    @property
    def cursor(self) -> tuple[dt.date, str]:
        """For asking for what comes after this row."""
        return self.given_on, self.id


def record_contribution(
    session: Session,
    *,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    assistance_id: str | None = None,
    person_id: str | None = None,
) -> Contribution:
    """Write a contribution down: to one assistance (and so to its person), to a person, or to the whole centre."""
    if assistance_id is not None:
        person_id = existing(session, Assistance, assistance_id).person_id
    elif person_id is not None:
        existing(session, Person, person_id)
    given = {name: value for name, value in values.items() if value is not None}
    links = {"assistance_id": assistance_id, "person_id": person_id}
    complete = {**defaults_of(Contribution), "given_on": today(), **given, **links}
    return write_new(session, Contribution, complete, unanswered, on=today())


def change_contribution(
    session: Session,
    contribution_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Contribution:
    """Change a contribution, such as when what was promised has come."""
    found = existing(session, Contribution, contribution_id)
    return write_changes(session, found, values, unanswered, on=today(), version=version)


def contributions_to(session: Session, assistance_id: str) -> list[Contribution]:
    """What was added to one assistance, oldest first."""
    own = (Contribution.assistance_id == assistance_id, Contribution.voided.is_(False))
    return list(session.scalars(select(Contribution).where(*own).order_by(Contribution.given_on, Contribution.id)))


def contributions(
    session: Session, *, after: tuple[dt.date, str] | None = None, limit: int = MOST
) -> list[ContributionRow]:
    """Every contribution, the newest first."""
    order = (Contribution.given_on, Contribution.id)
    columns: tuple[Any, ...] = (
        Contribution.id, Contribution.person_id, Contribution.assistance_id, Person.full_name, Contribution.source,
        Contribution.contributor, Contribution.given_on, Contribution.currency, Contribution.amount,
        Contribution.state, Contribution.purpose,
    )  # fmt: skip
    wanted = select(*columns).outerjoin(Person, Person.id == Contribution.person_id).where(_valid())
    if after is not None:
        wanted = wanted.where(tuple_(*order) < tuple_(literal(after[0]), literal(after[1], Id)))
    ordered = wanted.order_by(*(column.desc() for column in order)).limit(limit)
    return [ContributionRow(*row) for row in session.execute(ordered)]


def totals_by_source(session: Session, first: dt.date | None = None, last: dt.date | None = None) -> list[SourceTotal]:
    """What each kind of source has added within a period (both days included), per currency, in the list's order."""
    of = (Contribution.source, func.coalesce(Contribution.currency, ""), Contribution.state)
    wanted = select(*of, func.count(), func.sum(Contribution.amount)).select_from(Contribution).group_by(*of)
    sums: dict[tuple[str, str], list[int]] = {}
    for source, currency, state, count, amount in session.execute(wanted.where(_valid(), *_within(first, last))):
        found = sums.setdefault((source or "", currency), [0, 0, 0])
        found[0] += count
        found[2 if state == PROMISED else 1] += int(amount or 0)
    places = {code: place for place, code in enumerate(vocabulary("contribution_source").codes)}
    ordered = sorted(sums.items(), key=lambda item: (places.get(item[0][0], len(places)), item[0]))
    return [SourceTotal(source, currency, *found) for (source, currency), found in ordered]


def leverage(session: Session, first: dt.date | None = None, last: dt.date | None = None) -> list[Leverage]:
    """Contributions received for each unit of own assistance within a period, one line per currency."""
    own = _sums(session, Assistance, first, last)
    received = _sums(session, Contribution, first, last, Contribution.state == RECEIVED)
    return [
        Leverage(currency, own.get(currency, 0), received.get(currency, 0))
        for currency in sorted({*own, *received}, key=lambda code: (code != "IDR", code))
    ]


def _sums(session: Session, record: Any, first: dt.date | None, last: dt.date | None, *more: Any) -> dict[str, int]:
    wanted = select(func.coalesce(record.currency, ""), func.sum(record.amount)).where(
        record.voided.is_(False), record.amount.is_not(None), *more
    )
    if first is not None and last is not None:
        wanted = wanted.where(record.given_on.between(first, last))
    grouped = wanted.group_by(func.coalesce(record.currency, ""))
    return {currency: int(amount or 0) for currency, amount in session.execute(grouped)}


def _valid() -> Any:
    return Contribution.voided.is_(False)


def _within(first: dt.date | None, last: dt.date | None) -> tuple[Any, ...]:
    return (Contribution.given_on.between(first, last),) if first is not None and last is not None else ()
