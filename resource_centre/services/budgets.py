# SPDX-License-Identifier: Apache-2.0
"""The household's budget of a month, saved with all its lines in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.log.voiding import void
from resource_centre.money.budgets import BudgetFigures, BudgetLimits, budget_figures
from resource_centre.money.shares import exact
from resource_centre.problems import Problem
from resource_centre.records import Budget, BudgetLine, Person
from resource_centre.records.base import defaults_of
from resource_centre.services.kept_lines import line_id, save_lines
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, refuse_errors, write_changes, write_new
from resource_centre.vocabulary import vocabulary

Lines = Sequence[Mapping[str, Any]]
"""Lines as they are typed: ``kind``, ``amount`` and perhaps ``label``; those without an amount are left out."""


@dataclass(frozen=True)
class BudgetSeen:
    """A budget with its lines in their order, and its figures."""

    budget: Budget
    lines: tuple[BudgetLine, ...]
    figures: BudgetFigures


def save_budget(
    session: Session,
    person_id: str,
    values: Mapping[str, Any],
    lines: Lines,
    unanswered: Reasons | None = None,
    *,
    budget_id: str | None = None,
    version: int | None = None,
) -> Budget:
    """Write a new budget, or change one, with its lines; lines that are no longer there are voided.

    Raises `Refused` with the problems by field; those of line n carry the field ``lines.n``.
    """
    existing(session, Person, person_id)
    told = [dict(line) for line in lines if line.get("amount") is not None]
    refuse_errors(_problems(session, person_id, values, told, budget_id))
    if budget_id is None:
        complete = {**defaults_of(Budget), **{name: value for name, value in values.items() if value is not None}}
        budget = write_new(session, Budget, complete | {"person_id": person_id}, unanswered, on=today())
    else:
        budget = existing(session, Budget, budget_id)
        write_changes(session, budget, values, unanswered, on=today(), version=version)
    _save_lines(session, budget, told)
    return budget


def take_back_budget(session: Session, budget_id: str, reason: str) -> None:
    """Mark a budget and its lines as not valid."""
    for line in lines_of(session, budget_id):
        void(session, line, reason)
    void(session, existing(session, Budget, budget_id), reason)


def budgets_of(session: Session, person_id: str) -> list[BudgetSeen]:
    """The budgets of a person, the latest month first; of one month what was before what was planned."""
    own = (Budget.person_id == person_id, Budget.voided.is_(False))
    found = session.scalars(select(Budget).where(*own).order_by(Budget.month.desc(), Budget.planned, Budget.id))
    return [budget_seen(session, budget) for budget in found]


def budget_seen(session: Session, budget: Budget) -> BudgetSeen:
    """One budget with its lines and figures."""
    lines = lines_of(session, budget.id)
    plain = [{"kind": line.kind, "amount": line.amount} for line in lines]
    return BudgetSeen(budget, tuple(lines), figures_of_lines(plain, budget.liquid_savings))


def lines_of(session: Session, budget_id: str) -> list[BudgetLine]:
    """The lines of a budget in their order."""
    own = (BudgetLine.budget_id == budget_id, BudgetLine.voided.is_(False))
    return list(session.scalars(select(BudgetLine).where(*own).order_by(BudgetLine.position, BudgetLine.id)))


def figures_of_lines(lines: Lines, liquid: int | None) -> BudgetFigures:
    """The figures of lines as they are typed; those of no known kind or without an amount are left out."""
    groups = {term.code: term.group for term in vocabulary("budget_line")}
    told = [(groups[line["kind"]], line["amount"]) for line in lines if line["kind"] in groups and line["amount"]]
    return budget_figures(told, liquid, limits())


def limits() -> BudgetLimits:
    """From when debts are heavy, and how long savings should last."""
    names = ("debt_ratio_heavy", "debt_ratio_too_heavy", "emergency_months_least", "emergency_months_most")
    return BudgetLimits(*(exact(rule(name)) for name in names))


def _problems(
    session: Session, person_id: str, values: Mapping[str, Any], lines: Lines, budget_id: str | None
) -> list[Problem]:
    from resource_centre.services.check import check_record

    found = [] if lines else [Problem("lines", "no_lines")]
    for place, line in enumerate(lines):
        found += [Problem(f"lines.{place}", one.code) for one in check_record(BudgetLine, line, on=today())]
    if values.get("month") and _taken(session, person_id, values, budget_id):
        found.append(Problem("month", "month_taken"))
    return found


def _taken(session: Session, person_id: str, values: Mapping[str, Any], budget_id: str | None) -> bool:
    own = (Budget.person_id == person_id, Budget.voided.is_(False), Budget.month == values["month"])
    others = session.execute(select(Budget.id, Budget.planned).where(*own))
    return any(other != budget_id and bool(planned) == bool(values.get("planned")) for other, planned in others)


def _save_lines(session: Session, budget: Budget, lines: Lines) -> None:
    """Change, add and void lines. Lines with a label stay unless one of their label is given: no form shows them."""
    told = {
        line_id(budget.id, f"{line['kind']}|{line.get('label') or ''}"): {
            "kind": line["kind"], "label": line.get("label"), "amount": line["amount"], "position": place,
        }
        for place, line in enumerate(lines)
    }  # fmt: skip
    links = {"budget_id": budget.id, "person_id": budget.person_id}
    standing = [line for line in lines_of(session, budget.id) if line.label is None]
    save_lines(session, BudgetLine, links, standing, told)
