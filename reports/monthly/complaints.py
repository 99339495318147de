# SPDX-License-Identifier: Apache-2.0
"""Table R19: complaints by group of kinds, and what was claimed and recovered, each currency by itself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.access import may_read, viewer_of
from resource_centre.records import Complaint, ProtectionMark
from resource_centre.services.complaints import is_special
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]
SPECIAL_GROUP: Final = "PERLINDUNGAN"
"""The group of what only a protection officer reads: one merged line, whatever the kinds are."""


@dataclass(frozen=True)
class ComplaintLine:
    """Complaints of one group: opened in the periods, closed in them, open on the last day."""

    group: str
    new: Three
    closed: Three
    open: int


@dataclass(frozen=True)
class Money:
    """What was claimed by complaints opened in the periods, and recovered in them, in one currency.

    `claimants` and `paid` say of how many people.
    """

    currency: str
    claimed: Three
    recovered: Three
    claimants: Three = (0, 0, 0)
    paid: Three = (0, 0, 0)


@dataclass(frozen=True)
class Complaints:
    """R19."""

    lines: tuple[ComplaintLine, ...]
    money: tuple[Money, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"lines": [asdict(line) for line in self.lines], "money": [asdict(one) for one in self.money]}


def complaint_lines(session: Session, span: Span, scope: Scope) -> Complaints:
    """R19 of the periods; without what is for protection where the account sees no marks, as on a village's laptop."""
    asked = _asked(span, scope, may_read(viewer_of(session).role, ProtectionMark))
    new: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    closed: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    still_open: dict[str, int] = defaultdict(int)
    for kind, opened_on, closed_on, count in session.execute(asked.lines):
        group = _group(kind)
        _count(new[group], span, opened_on, count)
        _count(closed[group], span, closed_on, count)
        still_open[group] += count if closed_on is None or closed_on > span.last else 0
    shown = [group for group in _groups() if any(new[group]) or any(closed[group]) or still_open[group]]
    made = tuple(ComplaintLine(one, _three(new[one]), _three(closed[one]), still_open[one]) for one in shown)
    return Complaints(made, _money(session, span, asked))


@dataclass(frozen=True)
class _Asked:
    """The statements of this table."""

    lines: Any
    money: Any
    claimants: Any
    paid: Any


@kept
def _asked(span: Span, scope: Scope, seen: bool) -> _Asked:
    valid = (
        Complaint.voided.is_(False),
        span.until(Complaint.opened_on),
        *scope.of_people(Complaint.person_id),
        *scope.of_work(Complaint),
        *_seen(seen),
    )
    kinds = (Complaint.complaint_type, Complaint.opened_on, Complaint.closed_on)
    days = (Complaint.currency, Complaint.opened_on, Complaint.recovered_on)
    sums = (sa.func.sum(Complaint.claimed), sa.func.sum(Complaint.recovered))
    return _Asked(
        lines=sa.select(*kinds, sa.func.count()).where(*valid).group_by(*kinds),
        money=sa.select(*days, *sums).where(*valid).group_by(*days),
        claimants=_of_people(span, (*valid, Complaint.claimed != 0), Complaint.opened_on),
        paid=_of_people(span, (*valid, Complaint.recovered != 0), Complaint.recovered_on),
    )


def _seen(seen: bool) -> tuple[sa.ColumnElement[bool], ...]:
    if seen:
        return ()
    special = [term.code for term in vocabulary("complaint_type") if _group(term.code) == SPECIAL_GROUP]
    return (sa.func.coalesce(Complaint.complaint_type, "").not_in(special),)


def _money(session: Session, span: Span, asked: _Asked) -> tuple[Money, ...]:
    claimed: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    recovered: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for currency, opened_on, recovered_on, asked_for, got in session.execute(asked.money):
        _count(claimed[currency or UNKNOWN], span, opened_on, int(asked_for or 0))
        _count(recovered[currency or UNKNOWN], span, recovered_on, int(got or 0))
    codes = [*vocabulary("currency").codes, UNKNOWN]
    shown = [code for code in codes if any(claimed[code]) or any(recovered[code])]
    claimants, paid = _people(session, asked.claimants), _people(session, asked.paid)
    none = (0, 0, 0)
    return tuple(
        Money(code, _three(claimed[code]), _three(recovered[code]), claimants.get(code, none), paid.get(code, none))
        for code in shown
    )


def _people(session: Session, asked: sa.Select[Any]) -> dict[str, Three]:
    """How many different people have such a complaint, by currency."""
    return {currency or UNKNOWN: _three(counts) for currency, *counts in session.execute(asked)}


def _of_people(span: Span, which: tuple[Any, ...], day: Any) -> Any:
    asked = sa.select(Complaint.currency, *span.people(day, Complaint.person_id)).where(*which, span.within(day))
    return asked.group_by(Complaint.currency)


def _group(kind: str | None) -> str:
    if is_special(kind) or kind is None:
        return SPECIAL_GROUP if kind is not None else UNKNOWN
    term = vocabulary("complaint_type").get(kind)
    return (term.group if term is not None else "") or UNKNOWN


def _groups() -> list[str]:
    groups = [term.group for term in vocabulary("complaint_type") if term.group and not is_special(term.code)]
    return [*dict.fromkeys(group for group in groups if group != SPECIAL_GROUP), UNKNOWN, SPECIAL_GROUP]


def _count(sums: list[int], span: Span, on: dt.date | None, count: int) -> None:
    for at, period in enumerate(span):
        if on is not None and period.first <= on <= period.last:
            sums[at] += count


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    return month, year, project
