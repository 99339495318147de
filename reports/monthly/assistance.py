# SPDX-License-Identifier: Apache-2.0
"""What was given, by kind, and what others added to it, by source; each currency by itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from reports.statements import kept
from resource_centre.records import Assistance, Contribution
from resource_centre.services.contributions import PROMISED
from resource_centre.vocabulary import vocabulary

Three = tuple[int, int, int]


@dataclass(frozen=True)
class Given:
    """Assistance of one kind, or contributions of one source, in one currency: how many, and their amounts."""

    code: str
    currency: str
    count: Three
    amount: Three


@dataclass(frozen=True)
class Help:
    """Assistance by kind, and contributions received by source."""

    assistance: tuple[Given, ...]
    contributions: tuple[Given, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {name: [asdict(one) for one in getattr(self, name)] for name in ("assistance", "contributions")}


def help_given(session: Session, span: Span, scope: Scope) -> Help:
    """What was given and added in the periods; a contribution that is only promised is not counted."""
    return Help(
        _given(session, _assistance(span, scope), vocabulary("assistance_kind").codes),
        _given(session, _contributions(span, scope), vocabulary("contribution_source").codes),
    )


@kept
def _assistance(span: Span, scope: Scope) -> Any:
    mine = [*scope.of_people(Assistance.person_id), *scope.of_work(Assistance)]
    return _asked(span, Assistance, Assistance.kind, mine)


@kept
def _contributions(span: Span, scope: Scope) -> Any:
    theirs: list[Any] = [sa.or_(Contribution.state.is_(None), Contribution.state != PROMISED)]
    if scope.place is not None:
        theirs += scope.of_people(Contribution.person_id)
    theirs += scope.of_work(Contribution)
    return _asked(span, Contribution, Contribution.source, theirs)


def _asked(span: Span, record: Any, code: Any, which: list[Any]) -> Any:
    level = span.level(record.given_on).label("level")
    keys = (code, record.currency, level)
    asked = sa.select(*keys, sa.func.count(), sa.func.sum(record.amount)).where(
        record.voided.is_(False), span.within(record.given_on), *which
    )
    return asked.group_by(*keys)


def _given(session: Session, asked: sa.Select[Any], order: tuple[str, ...]) -> tuple[Given, ...]:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 6)
    for found, currency, depth, count, amount in session.execute(asked):
        cells = counts[found or UNKNOWN, currency or ""]
        for at in range(3 - depth, 3):
            cells[at] += count
            cells[3 + at] += int(amount or 0)
    places = {one: place for place, one in enumerate(order)}
    ordered = sorted(counts, key=lambda key: (places.get(key[0], len(places)), key))
    return tuple(Given(*key, _three(counts[key][:3]), _three(counts[key][3:])) for key in ordered)


def _three(counts: list[int]) -> Three:
    month, year, project = counts
    return month, year, project
