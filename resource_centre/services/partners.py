# SPDX-License-Identifier: Apache-2.0
"""Institutions that work with the centre: the list of them, and whose agreement is running out."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Partner, PartnerContribution
from resource_centre.records.base import defaults_of
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.names import fold_name
from resource_centre.values.text import tidy
from resource_centre.vocabulary import fold_label, vocabulary

Values = Mapping[str, Any]

OVER: Final = "over"
RUNNING_OUT: Final = "running_out"
SUGGESTED: Final = 8


@dataclass(frozen=True)
class PartnerRow:
    """One partner of the list of partners, and how often they contributed."""

    id: str
    name: str | None
    sector: str | None
    country: str | None
    place_code: str | None
    partner_since: dt.date | None
    agreement_until: dt.date | None
    ended_on: dt.date | None
    contributions: int

    def agreement(self, on: dt.date) -> str:
        """`OVER`, `RUNNING_OUT` or nothing; nothing also for who is no partner any more."""
        return agreement_state(self.agreement_until, self.ended_on, on)


def write_partner(session: Session, values: Values, unanswered: Reasons | None = None) -> Partner:
    """Put an institution on the list. Raises `Refused` with the problems by field. See `partner_warnings`."""
    refuse_errors(_problems(canonical(Partner, values)))
    made = {**defaults_of(Partner), **{name: value for name, value in values.items() if value is not None}}
    return write_new(session, Partner, made, unanswered, on=today())


def change_partner(
    session: Session,
    partner_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Partner:
    """Change what is known of a partner."""
    found = existing(session, Partner, partner_id)
    kept = {name: getattr(found, name) for name in ("partner_since", "agreement_until", "ended_on")}
    refuse_errors(_problems(kept | canonical(Partner, values)))
    return write_changes(session, found, values, unanswered, on=today(), version=version)


def withdraw_partner(session: Session, partner_id: str, reason: str) -> None:
    """Somebody was put on the list by mistake. Raises `Refused` without a reason, and where they contributed."""
    found = existing(session, Partner, partner_id)
    why = tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    given = select(PartnerContribution.id).where(
        PartnerContribution.partner_id == partner_id, PartnerContribution.voided.is_(False)
    )
    if session.scalar(given.limit(1)) is not None:
        raise Refused("check", (Problem("name", "partner_contributed"),))
    void(session, found, why)


def partner_warnings(session: Session, name: str | None, *, partner_id: str | None = None) -> list[Problem]:
    """A warning where another partner has this name already, in whatever spelling."""
    folded = fold_name(name or "")
    if not folded:
        return []
    known = session.execute(select(Partner.id, Partner.name).where(Partner.voided.is_(False)))
    twice = any(fold_name(other or "") == folded for other_id, other in known if other_id != partner_id)
    return [Problem("name", "known_partner", "warning")] if twice else []


def partners_list(session: Session, *, text: str = "", idle: bool = False) -> list[PartnerRow]:
    """Partners by name whose name, sector, contact or remarks hold these words; `idle`: also who is none any more."""
    given = _contribution_counts()
    columns: tuple[Any, ...] = (
        Partner.id, Partner.name, Partner.sector, Partner.country, Partner.place_code, Partner.partner_since,
        Partner.agreement_until, Partner.ended_on, func.coalesce(given.c.contributions, 0),
    )  # fmt: skip
    wanted = select(*columns).outerjoin(given, given.c.partner_id == Partner.id).where(Partner.voided.is_(False))
    if not idle:
        wanted = wanted.where(or_(Partner.ended_on.is_(None), Partner.ended_on > today()))
    wanted = wanted.where(*(_has_word(word) for word in tidy(text).split()))
    return [PartnerRow(*row) for row in session.execute(wanted.order_by(func.lower(Partner.name), Partner.id))]


def agreements_running_out(session: Session, on: dt.date) -> list[PartnerRow]:
    """Partners whose agreement is over, or will be within `partner_agreement_months`; the earliest first."""
    rows = [row for row in partners_list(session, idle=True) if row.agreement(on)]
    return sorted(rows, key=lambda row: (row.agreement_until or dt.date.max, row.name or ""))


def agreement_state(until: dt.date | None, ended_on: dt.date | None, on: dt.date) -> str:
    """`OVER` after the last day of an agreement, `RUNNING_OUT` in the months before it, otherwise nothing."""
    if until is None or (ended_on is not None and ended_on <= on):
        return ""
    if until < on:
        return OVER
    return RUNNING_OUT if until <= months_after(on, int(rule("partner_agreement_months"))) else ""


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def partner_names(session: Session, text: str, *, limit: int = SUGGESTED) -> list[str]:
    """Names of partners that begin with, or hold, what is typed; for suggestions where a partner is written freely."""
    typed = fold_label(text)
    wanted = select(Partner.name).where(Partner.voided.is_(False), Partner.name.is_not(None))
    folded = {name: fold_label(name) for name in session.scalars(wanted.distinct()) if name}
    found = [name for name, words in folded.items() if typed in words]
    return sorted(found, key=lambda name: (not folded[name].startswith(typed), folded[name]))[:limit]


def _contribution_counts() -> Any:
    contribution = PartnerContribution
    counted = select(contribution.partner_id, func.count().label("contributions"))
    return counted.where(contribution.voided.is_(False)).group_by(contribution.partner_id).subquery()


def _problems(values: Values) -> list[Problem]:
    since = values.get("partner_since")
    problems = []
    if isinstance(since, dt.date) and since > today():
        problems.append(Problem("partner_since", "date_in_future"))
    for name in ("agreement_until", "ended_on"):
        ends = values.get(name)
        if isinstance(since, dt.date) and isinstance(ends, dt.date) and ends < since:
            problems.append(Problem(name, "ends_before_start"))
    return problems


def _has_word(word: str) -> ColumnElement[bool]:
    columns = (Partner.name, Partner.contact_person, Partner.remarks)
    part = fold_label(word)
    terms = vocabulary("sector").terms if part else ()
    sectors = [
        term.code for term in terms if any(part in fold_label(words) for words in (term.label_id, term.label_en))
    ]
    return or_(*(column.icontains(word, autoescape=True) for column in columns), Partner.sector.in_(sectors))
