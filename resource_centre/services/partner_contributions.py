# SPDX-License-Identifier: Apache-2.0
"""What partners contribute, to one event or to the centre's work: money, a venue, speakers, meals, air time.

Sums are kept per currency, never converted; what was only promised is counted apart from what was given. What was
given to an event that was called off was given all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Partner, PartnerContribution, TrainingEvent
from resource_centre.records.base import defaults_of
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]

MONEY: Final = "uang"


@dataclass(frozen=True)
class ContributionRow:
    """One contribution with its partner and, where this account sees it, its event; `amount` in whole units."""

    id: str
    partner_id: str
    partner: str | None
    event_id: str | None
    event_number: str | None
    event_topic: str | None
    event_day: dt.date | None
    kind: str | None
    contributed_on: dt.date | None
    amount: int | None
    currency: str | None
    promised: bool
    what: str | None


@dataclass(frozen=True)
class ContributionTotal:
    """What came in of one kind in one currency: how many contributions, and their amounts or values where known."""

    kind: str
    currency: str
    count_given: int
    count_promised: int
    given: int
    promised: int


def add_contribution(
    session: Session,
    partner_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    event_id: str | None = None,
) -> PartnerContribution:
    """Write down what a partner gives or promises, to an event or in general. Raises `Refused` by field."""
    partner = existing(session, Partner, partner_id)
    if event_id is not None:
        existing(session, TrainingEvent, event_id)
    given = {name: value for name, value in values.items() if value is not None}
    made = {**defaults_of(PartnerContribution), **given}
    refuse_errors(_problems(canonical(PartnerContribution, made), partner))
    links = {"partner_id": partner_id, "event_id": event_id}
    return write_new(session, PartnerContribution, {**made, **links}, unanswered, on=today())


def change_contribution(
    session: Session,
    contribution_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> PartnerContribution:
    """Change a contribution, such as when what was promised has come."""
    found = existing(session, PartnerContribution, contribution_id)
    if values.get("event_id"):
        existing(session, TrainingEvent, values["event_id"])
    kept = {name: getattr(found, name) for name in ("kind", "contributed_on", "amount", "currency", "promised")}
    whole = kept | canonical(PartnerContribution, values)
    refuse_errors(_problems(whole, existing(session, Partner, found.partner_id)))
    return write_changes(session, found, values, unanswered, on=today(), version=version)


def withdraw_contribution(session: Session, contribution_id: str, reason: str) -> None:
    """It never came, or was written down by mistake: marked as not valid. Raises `Refused` without a reason."""
    why = tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    void(session, existing(session, PartnerContribution, contribution_id), why)


def contributions_of(
    session: Session, *, partner_id: str | None = None, event_id: str | None = None
) -> list[ContributionRow]:
    """The contributions of a partner, or to an event, the newest first."""
    contribution, event = PartnerContribution, TrainingEvent
    columns: tuple[Any, ...] = (
        contribution.id, contribution.partner_id, Partner.name, contribution.event_id, event.number, event.topic,
        event.starts_on, contribution.kind, contribution.contributed_on, contribution.amount, contribution.currency,
        func.coalesce(contribution.promised, False), contribution.what,
    )  # fmt: skip
    wanted = (
        select(*columns)
        .join(Partner, Partner.id == contribution.partner_id)
        .outerjoin(event, event.id == contribution.event_id)
        .where(*_within(partner_id=partner_id, event_id=event_id))
        .order_by(contribution.contributed_on.desc(), contribution.id.desc())
    )
    return [ContributionRow(*row) for row in session.execute(wanted)]


def contribution_totals(
    session: Session,
    *,
    partner_id: str | None = None,
    event_id: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[ContributionTotal]:
    """Sums per kind and currency, of a partner, of an event, of a period (both days included), or of everything."""
    contribution = PartnerContribution
    of = (func.coalesce(contribution.kind, ""), func.coalesce(contribution.currency, ""))
    only_promised = func.coalesce(contribution.promised, False)
    amount = func.coalesce(contribution.amount, 0)
    sums = (
        func.sum(case((only_promised, 0), else_=1)),
        func.sum(case((only_promised, 1), else_=0)),
        func.sum(case((only_promised, 0), else_=amount)),
        func.sum(case((only_promised, amount), else_=0)),
    )
    wanted = select(*of, *sums).join(Partner, Partner.id == contribution.partner_id)
    within = _within(partner_id=partner_id, event_id=event_id, since=since, until=until)
    rows = session.execute(wanted.where(*within).group_by(*of))
    totals = [ContributionTotal(kind, currency, *map(int, figures)) for kind, currency, *figures in rows]
    return sorted(totals, key=_in_order)


def _in_order(total: ContributionTotal) -> tuple[int, bool, str]:
    """In the order of the list of kinds, rupiah first."""
    term = vocabulary("partner_contribution").get(total.kind)
    return term.order if term else 1000, total.currency != "IDR", total.currency


def _within(
    *,
    partner_id: str | None = None,
    event_id: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Any]:
    contribution = PartnerContribution
    found: list[Any] = [contribution.voided.is_(False), Partner.voided.is_(False)]
    if partner_id is not None:
        found.append(contribution.partner_id == partner_id)
    if event_id is not None:
        found.append(contribution.event_id == event_id)
    if since is not None:
        found.append(contribution.contributed_on >= since)
    if until is not None:
        found.append(contribution.contributed_on <= until)
    return found


def _problems(values: Values, partner: Partner) -> list[Problem]:
    problems = _amount_problems(values)
    day, promised = values.get("contributed_on"), bool(values.get("promised"))
    if isinstance(day, dt.date) and day > today() and not promised:
        problems.append(Problem("contributed_on", "promised_only"))
    if isinstance(day, dt.date) and partner.ended_on is not None and day > partner.ended_on:
        problems.append(Problem("contributed_on", "partner_ended"))
    return problems


def _amount_problems(values: Values) -> list[Problem]:
    amount = values.get("amount")
    if amount is None:
        return [Problem("amount", "required")] if values.get("kind") == MONEY else []
    if amount == 0:
        return [Problem("amount", "zero_amount")]
    return [] if values.get("currency") else [Problem("currency", "required")]
