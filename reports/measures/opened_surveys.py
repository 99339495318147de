# SPDX-License-Identifier: Apache-2.0
"""Behind R17 and other figures of questionnaires: the filling-ins they are read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import fmean
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.cells import Place
from reports.measures.gathered import Page, Ref, opened
from reports.measures.model import Asked, Counts, word_of
from reports.measures.records import Opened
from reports.monthly.periods import Period, Span
from reports.monthly.sections_surveys import plain_key
from reports.monthly.surveys import RSS, SATISFACTION, Satisfied, answered_ones, points_of, where_asked
from reports.tables.model import Unit
from resource_centre.questionnaires.scales import COMPOSITE
from resource_centre.services.answered import Answered, Scoring, answered
from resource_centre.services.questionnaires import readable_tables
from resource_centre.services.rules import rule
from resource_centre.services.scores import MatchedScale, Scored, matched_of, pairs_of, scored

_MATCHED: Final[dict[str, tuple[Unit, Callable[[MatchedScale], float | None]]]] = {
    "pairs": ("people", lambda pairs: pairs.n),
    "before": ("mean", lambda pairs: pairs.before),
    "after": ("mean", lambda pairs: pairs.after),
    "change": ("score", lambda pairs: pairs.change),
    "low": ("score", lambda pairs: pairs.low),
    "high": ("score", lambda pairs: pairs.high),
}


def reintegration(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A figure of R17."""
    return _scale(session, asked, place, page, RSS, place.row)


def other_survey(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """The same of another questionnaire, whose name stands before that of the figure."""
    for name, _kind, _title in answered_ones(session, asked.span, asked.scope):
        if place.row.startswith(f"{name}."):
            return _scale(session, asked, place, page, name, place.row.removeprefix(f"{name}."))
    raise LookupError(place.row)


def mean_change(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """R1 no. 19: the last of each pair of filling-ins."""
    return _scale(session, asked, replace(place, of="change"), page, RSS, COMPOSITE)


def satisfied(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """R1 no. 20: the filling-ins in which the points stand."""
    period = asked.period(place.period)
    counts, found = Satisfied(Span(period, period, period)), []
    for name, kind, _title in answered_ones(session, asked.span, asked.scope):
        if kind == SATISFACTION:
            given = [one for one in _answered(session, asked, name) if points_of(one)]
            for one in given:
                counts.take(one)
            found += [one for one in given if _within(one, period)]
    return opened_answers(session, map(ref_of, found), page, "percent", counts.percents()[0])


def filled_in(session: Session, asked: Asked, place: Place, page: Page, name: str) -> Opened:
    """How often a questionnaire was filled in."""
    period = asked.period(place.period)
    found = [one for one in _answered(session, asked, name) if _within(one, period)]
    return opened_answers(session, map(ref_of, found), page, "people", len(found))


def _scale(session: Session, asked: Asked, place: Place, page: Page, name: str, scale: str) -> Opened:
    period, scoring = asked.period(place.period), Scoring(session, name)
    rows = {one.id: one for one in _answered(session, asked, name)}
    found = list(scored(scoring, rows.values()))
    if place.of in _MATCHED:
        return _matched(session, page, place.of, name, scale, found, rows, period)
    values = {
        one.id: value
        for one in found
        if _within(one, period) and (value := _value(one, scale)) is not None
    }  # fmt: skip
    refs = (ref_of(rows[id_], amount=value) for id_, value in values.items())
    if place.of == "n":
        return opened_answers(session, refs, page, "people", len(values))
    mean = fmean(values.values()) if len(values) >= rule("least_matched") else None
    return opened_answers(session, refs, page, "mean", mean)


def _matched(
    session: Session, page: Page, of: str, name: str, scale: str, found: list[Scored], rows: dict[str, Answered],
    period: Period,
) -> Opened:  # fmt: skip
    """Of each pair the filling-in that is compared with the other: the first for what was before, else the last."""
    days = (period.first, period.last)
    pairs = [pair for pair in pairs_of(found, days).values() if pair is not None]
    both = [pair for pair in pairs if None not in (_value(pair[0], scale), _value(pair[1], scale))]
    lines = matched_of(name, found, days).scales
    line = next((one for one in lines if plain_key(one.scale.name) == scale), None)
    refs = (ref_of(rows[pair[of != "before"].id], amount=_value(pair[of != "before"], scale)) for pair in both)
    unit, value = _MATCHED[of]
    return opened_answers(session, refs, page, unit, value(line) if line is not None else None)


def opened_answers(session: Session, refs: Iterable[Ref], page: Page, unit: Unit, value: float | None) -> Opened:
    """Filling-ins behind a figure; of people each counts as one of them."""
    counts: Counts = "rows" if unit == "people" else "share"
    found = opened(session, refs, page, unit=unit, value=value, counts=counts)
    kinds = _kinds(session, [one.id for one in found.records])
    return replace(found, records=tuple(replace(one, record=kinds[one.id]) for one in found.records))


def _kinds(session: Session, ids: list[str]) -> dict[str, str]:
    """In which table each filling-in lies."""
    found: dict[str, str] = {}
    for table in readable_tables(session):
        found |= dict.fromkeys(session.scalars(sa.select(table.id).where(table.id.in_(ids))), table.__name__)
    return found


def _answered(session: Session, asked: Asked, name: str) -> list[Answered]:
    return list(answered(session, name, where=lambda table: where_asked(table, asked.span, asked.scope)))


def _value(one: Scored, scale: str) -> float | None:
    found = (value for known, value in zip(one.scales, one.values, strict=True) if plain_key(known.name) == scale)
    return next(found, None)


def _within(one: Answered | Scored, period: Period) -> bool:
    return period.first <= one.asked_on <= period.last


def ref_of(one: Answered, *, amount: float | None = None, part: bool = True) -> Ref:
    """A filling-in as a record behind a figure."""
    occasion = word_of("response_occasion", one.occasion) if one.occasion else ""
    return Ref("Response", one.id, one.asked_on, one.person_id, occasion, amount=amount, part=part)
