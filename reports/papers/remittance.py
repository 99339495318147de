# SPDX-License-Identifier: Apache-2.0
"""The family's agreement on money sent home, on paper: what is sent, what it costs, what it is for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reports.papers.household_money import Figure, MoneySheet, MoneyTable, blank_sheet, head_of
from reports.papers.values import day, word
from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.records import RemittancePlan
from resource_centre.services.money_words import arrives_words, cost_words, figure_words, percent_words
from resource_centre.services.remittance_plans import RemittanceSeen, remittance_seen
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary


def remittance_sheet(session: Session, plan_id: str) -> MoneySheet:
    """The sheet of one agreement, in the active language."""
    plan = existing(session, RemittancePlan, plan_id)
    heading, name = head_of(session, plan.person_id, _("Money sent home"))
    seen = remittance_seen(session, plan)
    arrives = arrives_words(seen.figures, plan, day(plan.rate_on))
    said = [*cost_words(seen.figures, plan.currency), *([arrives] if arrives else [])]
    return MoneySheet(
        heading=heading,
        lead=_("What we have agreed on, those who send and those who receive."),
        facts=_facts(plan, name),
        figures=_figures(seen),
        said=tuple(one.words for one in said),
        tables=(_uses(seen),),
        signers=_signers(),
    )


def blank_remittance(centre: str = "") -> MoneySheet:
    """The agreement to be filled in by hand, in the active language."""
    rows = tuple((one.label(), "", "") for one in vocabulary("remittance_use"))
    together = (_("Together"), "100\u00a0%", "")
    table = MoneyTable(
        _("What it is for"), (_("Use"), _("Share (%)"), _("Amount")), (*rows, together),
        frozenset({1, 2}), frozenset({len(rows)}),
    )  # fmt: skip
    facts = (
        _("Name"), _("Who sends"), _("Who receives"), _("Sent each time"), _("Fee each time"), _("How often"),
        _("Rate given"), _("Rate of the day elsewhere"), _("Day of the rate"),
    )  # fmt: skip
    lead = _("What we have agreed on, those who send and those who receive.")
    return blank_sheet(_("Money sent home"), centre, lead, facts, (table,), _signers())


def _signers() -> tuple[str, ...]:
    return _("Who sends"), _("Who receives"), _("Counsellor")


def _facts(plan: RemittancePlan, name: str) -> tuple[tuple[str, str], ...]:
    return (
        (_("Name"), name),
        (_("Who sends"), _word("relation", plan.sender)),
        (_("Who receives"), _word("relation", plan.receiver)),
        (_("How often"), _word("frequency", plan.frequency)),
        (_("How it is sent"), _word("remittance_channel", plan.channel)),
        (_("Agreed on"), day(plan.agreed_on)),
    )


def _word(name: str, code: str | None) -> str:
    return word(name, code) if code else ""


def _figures(seen: RemittanceSeen) -> tuple[Figure, ...]:
    plan, figures = seen.plan, seen.figures
    cost = percent_words(figures.cost_percent) if figures.cost_percent is not None else "–"
    found = [Figure(amount_words(plan.amount, plan.currency), _("sent each time")), Figure(cost, _("true cost"))]
    if figures.arrives is not None and plan.currency != "IDR":
        rate = _("at Rp{rate} on {day}").format(rate=figure_words(plan.rate or 0), day=day(plan.rate_on))
        found.append(Figure(amount_words(figures.arrives, "IDR"), _("arrives"), rate))
    return tuple(found)


def _uses(seen: RemittanceSeen) -> MoneyTable:
    rows = [
        (
            word("remittance_use", share.use),
            f"{figure_words(share.percent or 0)}\u00a0%",
            amount_words(amount, seen.split_currency),
        )
        for share, amount in zip(seen.shares, seen.amounts, strict=True)
    ]
    together = (_("Together"), "100\u00a0%", amount_words(sum(seen.amounts), seen.split_currency))
    rows += [together] if rows else []
    return MoneyTable(
        _("What it is for"), (_("Use"), _("Share (%)"), _("Amount")), tuple(rows),
        frozenset({1, 2}), frozenset({len(rows) - 1}) if rows else frozenset(), empty=0 if rows else 6,
    )  # fmt: skip
