# SPDX-License-Identifier: Apache-2.0
"""Scores of one person over time, and of all people before and after. A score never decides about a service."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from sqlalchemy.orm import Session

from resource_centre.i18n import language
from resource_centre.questionnaires.scales import Scale, Words
from resource_centre.questionnaires.scoring import Scores
from resource_centre.questionnaires.scoring_table import Values
from resource_centre.services.answered import Answered, Scoring, Where, answered
from resource_centre.services.intervals import mean_interval
from resource_centre.services.responses import Opened
from resource_centre.services.rules import rule

BASELINE: Final = frozenset({"baseline", "before"})
"""Occasions that mark where somebody began (code list response_occasion)."""

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Point:
    """One filling-in of one person with its figures. `comparable` says whether the one before came about alike.

    `caution` stands under the figures wherever they are shown, `bands` names the stretch each lies in, where bands are
    on; both in the active language.
    """

    response_id: str
    asked_on: dt.date
    occasion: str | None
    form_version: str
    scores: Scores
    scales: tuple[Scale, ...]
    comparable: bool
    caution: str
    bands: Mapping[str, str]


@dataclass(frozen=True)
class MatchedScale:
    """One figure of those who have it before and after: how many, means, mean change and where that lies in 95 %.

    All but `n` are None when there are too few (`least_matched` of the rules).
    """

    scale: Scale
    n: int
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def suppressed(self) -> bool:
        """Whether there are pairs, but too few to be shown."""
        return self.n > 0 and self.change is None


@dataclass(frozen=True)
class Matched:
    """Before against after of one questionnaire. `pairs` counts people (or participants), `single` those with one."""

    questionnaire: str
    pairs: int
    single: int
    scales: tuple[MatchedScale, ...]
    caution: str = ""


@dataclass(frozen=True)
class Scored:
    """One filling-in in the shortest form that means are made of."""

    whom: str | None
    asked_on: dt.date
    id: str
    occasion: str | None
    basis: str
    scales: tuple[Scale, ...]
    values: Values


def scores_of(session: Session, opened: Opened) -> Scores | None:
    """The figures of one filling-in by what is in use now; None for a questionnaire that yields none."""
    scoring = Scoring(session, opened.name)
    if not scoring.scales(opened.version_id):
        return None
    return scoring.scores(opened.version_id, opened.answers, opened.unanswered)


def trend(session: Session, person_id: str, questionnaire: str) -> list[Point]:
    """The figures of one person by day, the oldest first; all by the weight set in use now."""
    own = sorted(
        answered(session, questionnaire, where=lambda table: (table.person_id == person_id,)),
        key=lambda one: (one.asked_on, one.id),
    )
    scoring = Scoring(session, questionnaire)
    points: list[Point] = []
    for one in own:
        scales = scoring.scales(one.version_id)
        if scales:
            scores = scoring.scores(one.version_id, one.answers, one.unanswered)
            points.append(_point(one, scoring.form(one.version_id).version, scores, scales, points))
    return points


def matched(
    session: Session, questionnaire: str, period: Days | None = None, *, where: Where = lambda _table: ()
) -> Matched:
    """Before against after: of each person the first answers (marked as a baseline, if any are) and the last ones.

    With a period the last ones lie in it; the first may be older. Answers given at a training are matched within it.
    """
    scoring = Scoring(session, questionnaire)
    found = matched_of(questionnaire, scored(scoring, answered(session, questionnaire, where=where)), period)
    return replace(found, caution=caution_of(scoring, (one.scale for one in found.scales)))


def scored(scoring: Scoring, rows: Iterable[Answered]) -> Iterator[Scored]:
    """What each filling-in scores."""
    for one in rows:
        scales = scoring.scales(one.version_id)
        if scales:
            yield Scored(
                one.whom, one.asked_on, one.id, one.occasion, scoring.basis(one.version_id), scales, scoring.values(one)
            )


def matched_of(questionnaire: str, found: Iterable[Scored], period: Days | None) -> Matched:
    """Before against after from what was scored already."""
    by_whom = _by_whom(found)
    each = {whom: _pair(own, period) for whom, own in by_whom.items()}
    pairs = [pair for pair in each.values() if pair is not None]
    single = sum(any(_within(one, period) for one in by_whom[whom]) for whom, pair in each.items() if pair is None)
    return Matched(questionnaire, len(pairs), single, _matched_scales(pairs))


def pairs_of(found: Iterable[Scored], period: Days | None = None) -> dict[str, tuple[Scored, Scored] | None]:
    """By whose they are the first and the last answers that `matched_of` compares; None of who has no two."""
    return {whom: _pair(own, period) for whom, own in _by_whom(found).items()}


def caution_of(scoring: Scoring, scales: Iterable[Scale] = ()) -> str:
    """The line under every figure, in the active language: of the weight set, or of the form's own figures."""
    if scoring.weights is not None:
        return scoring.weights.caution_in(language())
    return " ".join(dict.fromkeys(text for scale in scales if (text := scale.caution.get(language(), ""))))


def _point(one: Answered, version: str, scores: Scores, scales: tuple[Scale, ...], before: list[Point]) -> Point:
    weights, here = scores.weights, language()
    bands = {figure.scale: weights.bands.label(figure.value, here) for figure in scores.scales} if weights else {}
    own = " ".join(dict.fromkeys(text for scale in scales if (text := scale.caution.get(here, ""))))
    return Point(
        response_id=one.id,
        asked_on=one.asked_on,
        occasion=one.occasion,
        form_version=version,
        scores=scores,
        scales=scales,
        comparable=bool(before) and before[-1].scores.basis == scores.basis,
        caution=weights.caution_in(here) if weights else own,
        bands={scale: label for scale, label in bands.items() if label},
    )


def _by_whom(found: Iterable[Scored]) -> dict[str, list[Scored]]:
    """What each has answered, by day; what is nobody's is left out."""
    by_whom: dict[str, list[Scored]] = defaultdict(list)
    for one in found:
        if one.whom is not None:
            by_whom[one.whom].append(one)
    return {whom: sorted(own, key=lambda one: (one.asked_on, one.id)) for whom, own in by_whom.items()}


def _pair(own: list[Scored], period: Days | None) -> tuple[Scored, Scored] | None:
    """The first and the last of one person; both came about alike. The last is no baseline, and lies in the period."""
    first = next((one for one in own if one.occasion in BASELINE), own[0])
    later = [
        one
        for one in own
        if (one.asked_on, one.id) > (first.asked_on, first.id)
        and one.occasion not in BASELINE
        and one.basis == first.basis
        and _within(one, period)
    ]
    return (first, later[-1]) if later else None


def _within(one: Scored, period: Days | None) -> bool:
    return period is None or period[0] <= one.asked_on <= period[1]


def _matched_scales(pairs: list[tuple[Scored, Scored]]) -> tuple[MatchedScale, ...]:
    found: dict[str, tuple[Scale, list[tuple[float, float]]]] = {}
    for first, last in pairs:
        for scale, before, after in zip(first.scales, first.values, last.values, strict=True):
            _scale, values = found.setdefault(scale.name, (scale, []))
            if before is not None and after is not None:
                values.append((before, after))
    return tuple(_matched_scale(scale, values) for scale, values in found.values())


def _matched_scale(scale: Scale, values: list[tuple[float, float]]) -> MatchedScale:
    if len(values) < rule("least_matched"):
        return MatchedScale(scale, len(values))
    change, low, high = mean_interval([after - before for before, after in values])
    before, after = (fmean(column) for column in zip(*values, strict=True))
    return MatchedScale(scale, len(values), before, after, change, low, high)


def label_of(words: Words, name: str) -> str:
    """What a scale or a question is called in the active language."""
    return words.get(language()) or next((text for text in words.values() if text), name)
