# SPDX-License-Identifier: Apache-2.0
"""Plans for money sent home: agreed between who sends and who receives, kept in every version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.log.voiding import void
from resource_centre.money.remittances import Sending, SendingFigures, sending_figures, share_amounts
from resource_centre.money.shares import exact
from resource_centre.problems import Problem
from resource_centre.records import Person, RemittancePlan, RemittanceShare
from resource_centre.services.kept_lines import line_id, save_lines
from resource_centre.services.money_checks import check_shares
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, refuse_errors, write_changes, write_new
from resource_centre.vocabulary import vocabulary

Shares = Sequence[Mapping[str, Any]]
"""Uses as they are typed: ``use`` and ``percent``; those without a share are left out."""


@dataclass(frozen=True)
class RemittanceSeen:
    """A plan with its uses, the figures of one sending, and what each use is of it.

    `amounts` are in rupiah where it is known how many arrive, else in the currency sent; `split_currency` says which.
    """

    plan: RemittancePlan
    shares: tuple[RemittanceShare, ...]
    figures: SendingFigures
    amounts: tuple[int, ...]
    split_currency: str


def agree_remittance(
    session: Session,
    person_id: str,
    values: Mapping[str, Any],
    shares: Shares,
    unanswered: Reasons | None = None,
    *,
    plan_id: str | None = None,
    version: int | None = None,
) -> RemittancePlan:
    """Write a new plan with its uses - earlier ones stay as versions - or correct the one of `plan_id`.

    Raises `Refused`; what is wrong with the uses carries the field ``shares``, with use n alone ``shares.n``.
    """
    existing(session, Person, person_id)
    told = [dict(share) for share in shares if share.get("percent")]
    refuse_errors(_problems(told))
    if plan_id is None:
        complete = {"agreed_on": today(), **{name: value for name, value in values.items() if value is not None}}
        plan = write_new(session, RemittancePlan, complete | {"person_id": person_id}, unanswered, on=today())
    else:
        plan = existing(session, RemittancePlan, plan_id)
        write_changes(session, plan, values, unanswered, on=today(), version=version)
    _save_shares(session, plan, told)
    return plan


def take_back_remittance(session: Session, plan_id: str, reason: str) -> None:
    """Mark a plan and its uses as not valid."""
    for share in shares_of(session, plan_id):
        void(session, share, reason)
    void(session, existing(session, RemittancePlan, plan_id), reason)


def remittances_of(session: Session, person_id: str) -> list[RemittanceSeen]:
    """Every version of the plans of a person, the newest first."""
    own = (RemittancePlan.person_id == person_id, RemittancePlan.voided.is_(False))
    order = (RemittancePlan.agreed_on.desc(), RemittancePlan.id.desc())
    return [
        remittance_seen(session, plan) for plan in session.scalars(select(RemittancePlan).where(*own).order_by(*order))
    ]


def remittance_seen(session: Session, plan: RemittancePlan) -> RemittanceSeen:
    """One plan with its uses and figures."""
    shares = shares_of(session, plan.id)
    figures = figures_of_sending(plan)
    arrives = figures.arrives
    amount = arrives if arrives is not None else plan.amount or 0
    return RemittanceSeen(
        plan=plan,
        shares=tuple(shares),
        figures=figures,
        amounts=share_amounts(amount, [share.percent or 0 for share in shares]),
        split_currency="IDR" if arrives is not None else plan.currency or "IDR",
    )


def shares_of(session: Session, plan_id: str) -> list[RemittanceShare]:
    """The uses of a plan, the largest first, those of one size in the order of the list."""
    own = (RemittanceShare.plan_id == plan_id, RemittanceShare.voided.is_(False))
    places = {code: place for place, code in enumerate(vocabulary("remittance_use").codes)}
    found = session.scalars(select(RemittanceShare).where(*own)).all()
    return sorted(found, key=lambda one: (-(one.percent or 0), places.get(one.use or "", len(places)), one.id))


def figures_of_sending(values: Any) -> SendingFigures:
    """The figures of a plan's record, or of what a form holds of one."""
    rates = [exact(rate) if rate is not None else None for rate in (values.rate, values.market_rate)]
    sending = Sending(values.currency or "IDR", values.amount or 0, values.fee, *rates)
    target, most = exact(rule("remittance_cost_target")), exact(rule("remittance_cost_most"))
    return sending_figures(sending, target=target, most=most)


def _problems(shares: Shares) -> list[Problem]:
    from resource_centre.services.check import check_record

    found = list(check_shares(shares))
    for place, share in enumerate(shares):
        found += [Problem(f"shares.{place}", one.code) for one in check_record(RemittanceShare, share, on=today())]
    return found


def _save_shares(session: Session, plan: RemittancePlan, shares: Shares) -> None:
    told = {line_id(plan.id, share["use"]): {"use": share["use"], "percent": share["percent"]} for share in shares}
    links = {"plan_id": plan.id, "person_id": plan.person_id}
    save_lines(session, RemittanceShare, links, shares_of(session, plan.id), told)
