# SPDX-License-Identifier: Apache-2.0
"""Behind the annex: the filling-ins in which one answer was given, or in which a question was left open."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from reports.measures.cells import Place
from reports.measures.gathered import Page, Ref
from reports.measures.model import Asked
from reports.measures.opened_surveys import opened_answers, ref_of
from reports.measures.records import Opened
from reports.monthly.counts import percent_of
from reports.monthly.sections_surveys import plain_key
from reports.monthly.surveys import where_asked
from resource_centre.services.answered import Answered, Scoring, answered
from resource_centre.services.distributions import Numbers, QuestionCounts, spread, what_each_adds

_NUMBERS = ("least", "median", "mean", "greatest")


def answer(session: Session, asked: Asked, place: Place, page: Page, name: str) -> Opened:
    """A figure of one question: who gave the answer, of a share who answered; `LookupError` for what is no answer."""
    period = asked.period(place.period)
    given = [
        one
        for one in answered(session, name, where=lambda table: where_asked(table, asked.span, asked.scope))
        if period.first <= one.asked_on <= period.last
    ]
    scoring, found, counted = Scoring(session, name), [], [0, 0]
    for one, questions in what_each_adds(scoring, given):
        told = [pair for question in questions if (pair := _told(question, place.row)) is not None]
        part, of = (sum(each) for each in zip(*told, strict=True)) if told else (0, 0)
        counted = [counted[0] + part, counted[1] + of]
        if of if place.of == "share" else part:
            found.append(ref_of(one, part=bool(part)))
    if not found:
        raise LookupError(place.row)
    return _opened(session, page, place, found, _value(scoring, given, place, *counted))


def _opened(session: Session, page: Page, place: Place, found: list[Ref], value: float | None) -> Opened:
    if place.of == "share":
        return opened_answers(session, found, page, "percent", value)
    return opened_answers(session, found, page, "mean" if _is_a_number(place.row) else "people", value)


def _told(question: QuestionCounts, row: str) -> tuple[int, int] | None:
    """How much one filling-in counts to a row of a question, and of how many; None where it is another's row."""
    stem = plain_key(question.name)
    if row != stem and not row.startswith(f"{stem}."):
        return None
    said = _rows(question).get(row.removeprefix(stem).removeprefix("."))
    return None if said is None else (said, question.answered)


def _rows(question: QuestionCounts) -> Mapping[str, int]:
    """What the rows of a question count, by the end of their keys."""
    numbers = dict.fromkeys(_NUMBERS, question.answered) if question.numbers is not None else {}
    reasons = {f"without.{name}": count for name, count in question.reasons.items()}
    choices = {plain_key(choice.name): choice.count for choice in question.choices}
    return {"": question.answered, "left_out": question.left_out, **numbers, **reasons, **choices}


def _is_a_number(row: str) -> bool:
    return row.rpartition(".")[2] in _NUMBERS


def _value(scoring: Scoring, given: list[Answered], place: Place, part: int, of: int) -> float | None:
    if place.of == "share":
        return percent_of(part, of)
    if not _is_a_number(place.row):
        return part
    stem, _dot, kind = place.row.rpartition(".")
    questions = (one for one in spread(scoring, given).questions if plain_key(one.name) == stem)
    numbers: Numbers | None = next((one.numbers for one in questions), None)
    return getattr(numbers, kind) if numbers is not None else part
