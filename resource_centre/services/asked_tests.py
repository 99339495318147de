# SPDX-License-Identifier: Apache-2.0
"""Tests that were answered as questionnaires at a training: per cent right before and after, of each participant.

Before and after are matched only within one version of a test: a question that was reworded is another question.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.scales import data_rows
from resource_centre.records import Participation, ProtectedResponse, Questionnaire
from resource_centre.services.answered import Answered, Scoring, Where, answered
from resource_centre.services.questionnaires import readable_tables
from resource_centre.services.responses import COMPLETE
from resource_centre.services.scores import BASELINE

TEST: Final = "test"
"""The kind of questionnaire (code list questionnaire_kind)."""

PERCENT: Final = "percent"
"""The scale of a test that is compared; a test without it is not."""

AFTER: Final = frozenset({"after", "endline"})
LATER: Final = frozenset({"month_3", "month_6"})
"""Occasions of asking once more, months afterwards: no test of what the training itself has taught."""

ORAL: Final = "lisan"
"""The mode of a test that was read aloud (code list response_mode)."""


@dataclass(frozen=True)
class Taken:
    """One test taken by one participant. `percent` is None where the form reckons none.

    `right` tells question by question, nothing where nobody has said which answers are right (items.csv).
    """

    participation_id: str
    test: str
    module: str | None
    version_id: str
    occasion: str | None
    asked_on: dt.date
    id: str
    percent: float | None
    right: Mapping[str, bool]
    oral: bool


@dataclass(frozen=True)
class AskedTest:
    """The tests of one participant in one module. `missing` is "" of a matched pair, else ``pre``, ``post`` or
    ``unlike``.

    `pre` and `post` are None without a pair; `before` and `after` are what was taken, even so.
    """

    participation_id: str
    test: str
    module: str | None
    missing: str
    pre: float | None
    post: float | None
    before: Taken | None
    after: Taken | None

    @property
    def oral(self) -> bool:
        """Whether the test after, or the only one, was read aloud."""
        return any(one.oral for one in (self.after or self.before,) if one is not None)


class TestForms:
    """The versions of the tests that came up, by test and version."""

    __test__ = False

    def __init__(self) -> None:
        self._scoring: dict[str, Scoring] = {}

    def keep(self, scoring: Scoring) -> None:
        """Remember how one test is read."""
        self._scoring[scoring.questionnaire] = scoring

    def form(self, test: str, version_id: str) -> Form:
        """What a version asks."""
        return self._scoring[test].form(version_id)


def asked_tests(session: Session, *, event_id: str | None = None, forms: TestForms | None = None) -> list[AskedTest]:
    """The tests that participants answered, of one event or of all, as far as this account reads answers."""
    by_whom: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    for one in _taken(session, event_id, forms or TestForms()):
        by_whom[one.participation_id, one.test].append(one)
    return [_asked(own) for own in by_whom.values()]


def events_tested(session: Session) -> Any:
    """A question for the ids of events at which tests may have been answered; None when there can be none."""
    names = _names(session)
    tables = [table for table in readable_tables(session) if table is not ProtectedResponse]
    asked = [
        select(table.event_id).where(
            table.questionnaire.in_(names),
            table.state == COMPLETE,
            table.voided.is_(False),
            table.event_id.is_not(None),
        )
        for table in tables
    ]
    return union(*asked) if names and asked else None


def module_of(test: str) -> str | None:
    """The module a test of the program belongs to; None for any other."""
    return _modules().get(test)


def expected_of(test: str, version: str) -> Mapping[str, str]:
    """Question to how hard it was thought to be, of one version."""
    return {question: row["difficulty"] for question, row in _keys(test, version).items()}


def _taken(session: Session, event_id: str | None, forms: TestForms) -> Iterator[Taken]:
    lines = _Lines(session)
    for name in _names(session):
        scoring = Scoring(session, name)
        forms.keep(scoring)
        for one in answered(session, name, where=_of(event_id)):
            line = one.participation_id or lines.of(one.event_id, one.person_id)
            if line is not None and one.occasion not in LATER:
                yield _one(scoring, name, line, one)


def _of(event_id: str | None) -> Where:
    if event_id is None:
        return lambda table: (table.event_id.is_not(None),)
    return lambda table: (table.event_id == event_id,)


class _Lines:
    """The lines of sheets of people whose answers name the event and not the line; read when first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._events: dict[str, dict[str, str]] = {}

    def of(self, event_id: str | None, person_id: str | None) -> str | None:
        if event_id is None or person_id is None:
            return None
        if event_id not in self._events:
            wanted = select(Participation.person_id, Participation.id).where(
                Participation.event_id == event_id,
                Participation.voided.is_(False),
                Participation.person_id.is_not(None),
            )
            self._events[event_id] = {str(row[0]): row[1] for row in self._session.execute(wanted)}
        return self._events[event_id].get(person_id)


def _one(scoring: Scoring, name: str, line: str, one: Answered) -> Taken:
    scales = [scale.name for scale in scoring.scales(one.version_id)]
    percent = scoring.values(one)[scales.index(PERCENT)] if PERCENT in scales else None
    keys = _keys(name, scoring.form(one.version_id).version)
    given = {place.rpartition("/")[2]: text for place, text in one.answers.items()} if keys else {}
    right = {question: given.get(question) == row["key"] for question, row in keys.items()}
    return Taken(
        line,
        name,
        module_of(name),
        one.version_id,
        one.occasion,
        one.asked_on,
        one.id,
        percent,
        right,
        one.mode == ORAL,
    )


def _asked(own: Iterable[Taken]) -> AskedTest:
    """The newest two of one version; where there are none, what is missing."""
    found = sorted(own, key=lambda one: (one.asked_on, one.id))
    before, after = _sides(found)
    for late in reversed(after):
        for early in before:
            if early.version_id == late.version_id and None not in (early.percent, late.percent):
                return _test(found[0], "", early, late)
    missing = "unlike" if before and after else "post" if before else "pre"
    return _test(found[0], missing, before[0] if before else None, after[-1] if after else None)


def _sides(found: list[Taken]) -> tuple[list[Taken], list[Taken]]:
    """What was taken before and after. Of tests nobody marked the first is one before, the others after it."""
    before = [one for one in found if one.occasion in BASELINE]
    after = [one for one in found if one.occasion in AFTER]
    rest = [one for one in found if one.occasion not in BASELINE | AFTER]
    if rest and not before:
        before, rest = rest[:1], rest[1:]
    return before, after or rest


def _test(any_of: Taken, missing: str, before: Taken | None, after: Taken | None) -> AskedTest:
    pre, post = (None, None) if missing or not (before and after) else (before.percent, after.percent)
    return AskedTest(any_of.participation_id, any_of.test, any_of.module, missing, pre, post, before, after)


def _names(session: Session) -> list[str]:
    wanted = select(Questionnaire.name).where(Questionnaire.kind == TEST, Questionnaire.voided.is_(False))
    return sorted(name for name in session.scalars(wanted) if name)


@lru_cache(maxsize=1)
def _modules() -> dict[str, str]:
    return {row["form_id"]: row["module"] for row in data_rows("items.csv")}


@lru_cache(maxsize=64)
def _keys(test: str, version: str) -> dict[str, dict[str, Any]]:
    rows = data_rows("items.csv")
    return {row["question"]: row for row in rows if (row["form_id"], row["version"]) == (test, version)}
