# SPDX-License-Identifier: Apache-2.0
"""Tests that were answered as questionnaires at a training: per cent right before and after, of each participant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from resource_centre.questionnaires.scales import data_rows
from resource_centre.records import ProtectedResponse, Questionnaire
from resource_centre.services.answered import Scoring, answered
from resource_centre.services.questionnaires import readable_tables
from resource_centre.services.responses import COMPLETE
from resource_centre.services.scores import pairs_of, scored

TEST: Final = "test"
"""The kind of questionnaire (code list questionnaire_kind)."""

PERCENT: Final = "percent"
"""The scale of a test that is compared; a test without it is not."""


@dataclass(frozen=True)
class AskedTest:
    """One test of one participant: per cent right before and after, None without the two. `module` when known."""

    participation_id: str
    module: str | None
    pre: float | None
    post: float | None


def asked_tests(session: Session) -> Iterator[AskedTest]:
    """Every test that a participant answered, as far as this account reads answers."""
    for name in _names(session):
        scoring = Scoring(session, name)
        rows = answered(session, name, where=lambda table: (table.participation_id.is_not(None),))
        for whom, pair in pairs_of(scored(scoring, rows)).items():
            pre, post = (None, None) if pair is None else (_percent(one) for one in pair)
            both = pre is not None and post is not None
            yield AskedTest(whom, module_of(name), pre if both else None, post if both else None)


def who_answered(session: Session) -> Any:
    """A question for the participants who answered a test; None when nobody can have."""
    names = _names(session)
    tables = [table for table in readable_tables(session) if table is not ProtectedResponse]
    asked = [
        select(table.participation_id).where(
            table.questionnaire.in_(names),
            table.state == COMPLETE,
            table.voided.is_(False),
            table.participation_id.is_not(None),
        )
        for table in tables
    ]
    return union(*asked) if names and asked else None


def module_of(test: str) -> str | None:
    """The module a test of the program belongs to; None for any other."""
    return _modules().get(test)


def _percent(one: Any) -> float | None:
    names = [scale.name for scale in one.scales]
    return one.values[names.index(PERCENT)] if PERCENT in names else None


def _names(session: Session) -> list[str]:
    wanted = select(Questionnaire.name).where(Questionnaire.kind == TEST, Questionnaire.voided.is_(False))
    return sorted(name for name in session.scalars(wanted) if name)


@lru_cache(maxsize=1)
def _modules() -> dict[str, str]:
    return {row["form_id"]: row["module"] for row in data_rows("items.csv")}
