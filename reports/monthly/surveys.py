# SPDX-License-Identifier: Apache-2.0
"""Table R17 and what belongs to it: figures of questionnaires, before against after, and how answers are spread.

What only protection officers read is in none of them, whoever asks for the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.monthly.counts import PERIODS, percent_of
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from resource_centre.i18n import using
from resource_centre.questionnaires.scales import COMPOSITE, Scale
from resource_centre.records import ProtectedResponse, TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.answered import Answered, Scoring, answered
from resource_centre.services.distributions import Distributions, Spread
from resource_centre.services.questionnaires import readable_tables, shelf
from resource_centre.services.responses import COMPLETE
from resource_centre.services.rules import rule
from resource_centre.services.scores import MatchedScale, Scored, caution_of, matched_of, scored

RSS: Final = "rss"
"""The survey of reintegration, which R17 is about and whose composite is R1 no. 19."""

CHANGE: Final = "survey_change"
Three = tuple[int, int, int]
SATISFIED: Final = "satisfied"
"""The indicators of R1 that are read from questionnaires."""

SATISFACTION: Final = "satisfaction"
"""The kind of questionnaire that R1 no. 20 is counted from (code list questionnaire_kind)."""

POINTS: Final = "points_"
"""How the calculations of such a form begin that hold the points, 1 to 5, of one answer."""

LANGUAGES: Final = ("id", "en")

Names = Mapping[str, str]
"""A text in each of the program's languages."""


@dataclass(frozen=True)
class ScaleLine:
    """One figure of a questionnaire, in the three periods: how many have it, its mean, and before against after.

    Means of fewer than five are None, and so are changes over fewer than five pairs.
    """

    scale: str
    label: Names
    low: float | None
    high: float | None
    n: tuple[int, int, int]
    mean: tuple[float | None, float | None, float | None]
    matched: tuple[MatchedScale, MatchedScale, MatchedScale]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        periods = zip(PERIODS, self.n, self.mean, self.matched, strict=True)
        return {"scale": self.scale, "label": dict(self.label)} | {
            period: {"n": n, "mean": mean, "matched": _plain(pairs)} for period, n, mean, pairs in periods
        }


@dataclass(frozen=True)
class Survey:
    """One questionnaire: filling-ins in the three periods, its figures, and what stands under them.

    `weights` names the set it is scored by; empty for figures that the form reckons itself.
    """

    questionnaire: str
    kind: str
    title: Names
    filled_in: tuple[int, int, int]
    scales: tuple[ScaleLine, ...]
    caution: Names
    weights: Names
    official: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {name: getattr(self, name) for name in ("questionnaire", "kind", "title", "caution", "weights")}
        return {
            **told,
            "official": self.official,
            "filled_in": dict(zip(PERIODS, self.filled_in, strict=True)),
            "scales": [line.as_dict() for line in self.scales],
        }


@dataclass(frozen=True)
class Surveys:
    """All questionnaires that were answered. `spread` is of the year so far; `satisfied` in per cent of answers."""

    found: tuple[Survey, ...]
    spread: tuple[Distributions, ...]
    satisfied: tuple[float | None, float | None, float | None]
    raters: Three = (0, 0, 0)
    """Of how many that is."""
    fewer_raters: Three = (0, 0, 0)
    """How many of them gave an answer of the sort, satisfied or not, that fewer gave."""

    @property
    def scored(self) -> tuple[Survey, ...]:
        """Those with figures."""
        return tuple(one for one in self.found if one.scales)

    def of(self, questionnaire: str) -> Survey | None:
        """One of them."""
        return next((one for one in self.found if one.questionnaire == questionnaire), None)

    @property
    def mean_change(self) -> tuple[float | None, ...]:
        """R1 no. 19: how much the composite of the survey of reintegration rose, in the three periods."""
        survey = self.of(RSS)
        line = next((one for one in survey.scales if one.scale == COMPOSITE), None) if survey else None
        return tuple(one.change for one in line.matched) if line else (None, None, None)

    @property
    def matched_pairs(self) -> tuple[int | None, ...]:
        """Of how many people that is the mean, in the three periods."""
        survey = self.of(RSS)
        line = next((one for one in survey.scales if one.scale == COMPOSITE), None) if survey else None
        return tuple(one.n for one in line.matched) if line else (None, None, None)

    def caution_under(self, indicator: str, language: str) -> str:
        """What must stand under an indicator of R1 wherever it is shown; nothing under most and under no value."""
        survey = self.of(RSS)
        known = any(change is not None for change in self.mean_change)
        return survey.caution[language] if survey is not None and known and indicator == CHANGE else ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "R17": [one.as_dict() for one in self.found],
            "answers": [asdict(one) for one in self.spread],
            "satisfied_percent": dict(zip(PERIODS, self.satisfied, strict=True)),
        }


def surveys(session: Session, span: Span, scope: Scope) -> Surveys:
    """Read every questionnaire that was answered until the last day, once each."""
    counts = Satisfied(span)
    found, spreads = [], []
    for name, kind, title in answered_ones(session, span, scope):
        reading = _Reading(Scoring(session, name), span)
        for one in answered(session, name, where=lambda table: where_asked(table, span, scope)):
            reading.take(one)
            if kind == SATISFACTION:
                counts.take(one)
        found.append(reading.survey(kind, title))
        spreads.append(reading.spread.distributions())
    distributions = tuple(one for one in spreads if one.n)
    return Surveys(tuple(found), distributions, counts.percents(), counts.raters, counts.fewer)


class _Reading:
    """What is kept of one questionnaire while its answers are read."""

    def __init__(self, scoring: Scoring, span: Span) -> None:
        self.spread = Spread(scoring)
        self._scoring, self._span = scoring, span
        self._scored: list[Scored] = []
        self._filled_in = [0, 0, 0]

    def take(self, one: Answered) -> None:
        for at, period in enumerate(self._span):
            self._filled_in[at] += period.first <= one.asked_on <= period.last
        self._scored += scored(self._scoring, (one,))
        if self._span.year.first <= one.asked_on <= self._span.last:
            self.spread.take(one)

    def survey(self, kind: str, title: Names) -> Survey:
        name, weights = self._scoring.questionnaire, self._scoring.weights
        scales = {scale.name: scale for one in self._scored for scale in one.scales}
        matched = [matched_of(name, self._scored, (period.first, period.last)).scales for period in self._span]
        month, year, project = self._filled_in
        return Survey(
            questionnaire=name,
            kind=kind,
            title=title,
            filled_in=(month, year, project),
            scales=tuple(self._line(scale, matched) for scale in scales.values()),
            caution=_in_both(lambda: caution_of(self._scoring, scales.values())),
            weights={code: weights.called(code) for code in LANGUAGES} if weights else {},
            official=bool(weights and weights.official),
        )

    def _line(self, scale: Scale, matched: list[tuple[MatchedScale, ...]]) -> ScaleLine:
        values = [list(self._values(scale.name, period)) for period in self._span]
        enough = rule("least_matched")
        month, year, project = (fmean(some) if len(some) >= enough else None for some in values)
        none = MatchedScale(scale, 0)
        pairs = [next((one for one in found if one.scale.name == scale.name), none) for found in matched]
        return ScaleLine(
            scale=scale.name,
            label={code: scale.label.get(code) or scale.name for code in LANGUAGES},
            low=None if scale.low is None else float(scale.low),
            high=None if scale.high is None else float(scale.high),
            n=(len(values[0]), len(values[1]), len(values[2])),
            mean=(month, year, project),
            matched=(pairs[0], pairs[1], pairs[2]),
        )

    def _values(self, scale: str, period: Period) -> Iterator[float]:
        for one in self._scored:
            if period.first <= one.asked_on <= period.last:
                for known, value in zip(one.scales, one.values, strict=True):
                    if known.name == scale and value is not None:
                        yield value


class Satisfied:
    """Answers worth four or five points of five, among all answers, in the three periods."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._all = [0, 0, 0]
        self._good = [0, 0, 0]
        self._people = [0, 0, 0]
        self._pleased = [0, 0, 0]
        self._displeased = [0, 0, 0]

    def take(self, one: Answered) -> None:
        """Count the answers of one filling-in."""
        given = points_of(one)
        good = sum(point >= rule("satisfied_points") for point in given)
        for at, period in enumerate(self._span):
            if given and period.first <= one.asked_on <= period.last:
                self._people[at] += 1
                self._all[at] += len(given)
                self._good[at] += good
                self._pleased[at] += good > 0
                self._displeased[at] += good < len(given)

    @property
    def raters(self) -> Three:
        """How many answered."""
        month, year, project = self._people
        return month, year, project

    @property
    def fewer(self) -> Three:
        """How many gave an answer of the sort, good or not, that fewer gave."""
        month, year, project = (min(both) for both in zip(self._pleased, self._displeased, strict=True))
        return month, year, project

    def percents(self) -> tuple[float | None, float | None, float | None]:
        """In the three periods; None of too few."""
        enough = rule("least_matched")
        month, year, project = (
            percent_of(good, whole) if people >= enough else None
            for good, whole, people in zip(self._good, self._all, self._people, strict=True)
        )
        return month, year, project


def answered_ones(session: Session, span: Span, scope: Scope) -> list[tuple[str, str, Names]]:
    """Name, kind and title of what was answered, in the order of the shelf."""
    names: set[str] = set()
    for table in readable_tables(session):
        asked = sa.select(table.questionnaire).distinct().where(*where_asked(table, span, scope))
        names |= {name for name in session.scalars(asked) if name}
    if not names:
        return []
    titles = {code: _titles(session, code) for code in LANGUAGES}
    on_shelf = (one for one in shelf(session) if one.name in names)
    return [(one.name, one.kind, {code: titles[code][one.name] for code in LANGUAGES}) for one in on_shelf]


def _titles(session: Session, code: str) -> dict[str, str]:
    with using(code):
        return {one.name: one.title for one in shelf(session)}


def where_asked(table: type[AnyResponse], span: Span, scope: Scope) -> list[sa.ColumnElement[bool]]:
    """What was asked until the last day: of people who live in the place, at events there, or there without a name."""
    if table is ProtectedResponse:
        return [sa.false()]
    found = [table.state == COMPLETE, table.voided.is_(False), table.asked_on <= span.last]
    found += scope.of_work(table)
    if scope.place is None:
        return found
    there = sa.select(TrainingEvent.id).where(scope.in_place(TrainingEvent.village_code))
    unnamed = sa.and_(table.person_id.is_(None), table.event_id.is_(None), scope.in_place(table.village_code))
    return [*found, sa.or_(sa.and_(*scope.of_people(table.person_id)), table.event_id.in_(there), unnamed)]


def _in_both(said: Any) -> Names:
    found = {}
    for code in LANGUAGES:
        with using(code):
            found[code] = said()
    return found


def points_of(one: Answered) -> list[float]:
    """The points of each answer that was given any."""
    points = (_points(text) for place, text in one.answers.items() if _name(place).startswith(POINTS))
    return [point for point in points if point >= 1]


def _points(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _name(place: str) -> str:
    return place.rpartition("/")[2]


def _plain(pairs: MatchedScale) -> dict[str, Any]:
    return {name: getattr(pairs, name) for name in ("n", "before", "after", "change", "low", "high")}
