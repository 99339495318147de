# SPDX-License-Identifier: Apache-2.0
"""Plans for getting out of debt: made, kept in every version, worked out over the debts as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.money.debts import STRATEGIES, Owed, Payoff, Strategy, payoff
from resource_centre.money.shares import exact
from resource_centre.problems import Problem
from resource_centre.records import Debt, DebtPlan, Person
from resource_centre.records.base import defaults_of
from resource_centre.services.entries import entries_of
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, refuse_errors, write_changes, write_new


@dataclass(frozen=True)
class DebtsSeen:
    """A person's debts: those a plan can be made of, those of which something is not known, and the plans made.

    `missing` names, of each debt left out, the fields without an answer: ``outstanding`` or ``interest``.
    """

    debts: tuple[Debt, ...]
    owed: tuple[Owed, ...]
    missing: dict[str, tuple[str, ...]]
    plans: tuple[DebtPlan, ...]
    """Every version, the newest first."""

    @property
    def plan(self) -> DebtPlan | None:
        """The one that holds."""
        return self.plans[0] if self.plans else None

    def debt(self, debt_id: str) -> Debt:
        """A debt by its id."""
        return next(debt for debt in self.debts if debt.id == debt_id)


def make_debt_plan(
    session: Session, person_id: str, values: Mapping[str, Any], unanswered: Reasons | None = None
) -> DebtPlan:
    """Make a plan; those made before stay as earlier versions. Raises `Refused` when it leads nowhere."""
    existing(session, Person, person_id)
    given = {name: value for name, value in values.items() if value is not None}
    complete = {**defaults_of(DebtPlan), "made_on": today(), **given, "person_id": person_id}
    refuse_errors(_problems(debts_seen(session, person_id), complete))
    return write_new(session, DebtPlan, complete, unanswered, on=today())


def change_debt_plan(
    session: Session,
    plan_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> DebtPlan:
    """Correct a plan without making a new version of it."""
    plan = existing(session, DebtPlan, plan_id)
    kept = {name: getattr(plan, name) for name in ("strategy", "monthly")}
    refuse_errors(_problems(debts_seen(session, plan.person_id), kept | dict(values)))
    return write_changes(session, plan, values, unanswered, on=today(), version=version)


def debts_seen(session: Session, person_id: str) -> DebtsSeen:
    """The debts and plans of a person. A debt with nothing owed any more is left out of the plan without a word."""
    debts = entries_of(session, Debt, person_id)
    missing = {debt.id: names for debt in debts if debt.outstanding != 0 and (names := _missing(debt))}
    owed = tuple(_owed(debt) for debt in debts if debt.outstanding and debt.id not in missing)
    plans = sorted(entries_of(session, DebtPlan, person_id), key=lambda one: (one.made_on, one.id), reverse=True)
    return DebtsSeen(tuple(debts), owed, missing, tuple(plans))


def ways_out(seen: DebtsSeen, monthly: int) -> dict[Strategy, Payoff]:
    """The way out with so much a month by each strategy."""
    longest = int(rule("debts_longest_months"))
    return {strategy: payoff(seen.owed, monthly, strategy, longest=longest) for strategy in STRATEGIES}


def way_out(seen: DebtsSeen, monthly: int, strategy: str) -> Payoff:
    """The way out by one strategy, ``avalanche`` or ``snowball``."""
    return ways_out(seen, monthly)["snowball" if strategy == "snowball" else "avalanche"]


def _missing(debt: Debt) -> tuple[str, ...]:
    return tuple(name for name in ("outstanding", "interest") if getattr(debt, name) is None)


def _owed(debt: Debt) -> Owed:
    return Owed(debt.id, debt.outstanding or 0, exact(debt.interest or 0), debt.instalment or 0)


def _problems(seen: DebtsSeen, values: Mapping[str, Any]) -> list[Problem]:
    monthly = values.get("monthly")
    if not seen.owed:
        return [Problem("monthly", "debts_incomplete" if seen.missing else "no_debts")]
    if not isinstance(monthly, int) or monthly <= 0:
        return []  # refused where every record is checked
    found = way_out(seen, monthly, values.get("strategy") or "")
    problems = [Problem("monthly", "below_interest")] if found.never else []
    return [*problems, Problem("monthly", "below_instalments", "warning")] if found.short else problems
