# SPDX-License-Identifier: Apache-2.0
"""Scores from answers: by a weight set (domain reference 3.5) or by the form's own calculations. Nothing is rounded.

A score says how somebody is doing. It never decides whether they get a service; nothing in this program asks it that.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from resource_centre.questionnaires.form import Form, Group, Question
from resource_centre.questionnaires.relevance import Relevance
from resource_centre.questionnaires.scales import COMPOSITE, own_scales
from resource_centre.questionnaires.scoring_table import (
    ANSWERED,
    MISSING,
    NOT_APPLICABLE,
    Parts,
    ScoringTable,
    Values,
    places_of,
)
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import CALCULATION, Weights

OWN: Final = "form"
"""The calculation of a figure that the form reckons itself."""

_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,30})?")


@dataclass(frozen=True)
class ScaleScore:
    """One figure. `value` is None when too little is answered; `coverage` is a share of the weight that applies.

    `answered` and `applicable` count questions, `missing` names those that apply and have no answer. Of a figure that
    the form reckons itself only `value` is known.
    """

    scale: str
    value: Fraction | None
    coverage: Fraction | None = None
    answered: int = 0
    applicable: int = 0
    missing: tuple[str, ...] = ()

    def shown(self, places: int = 2) -> str:
        """The figure with these decimal places, half rounded up; nothing when there is none."""
        return "" if self.value is None else rounded(self.value, places)


@dataclass(frozen=True)
class Scores:
    """The figures of one filling-in, and by what they came about.

    `basis` is the same for figures that may be compared: the weight set, or the form's calculations word for word.
    """

    questionnaire: str
    calculation: str
    basis: str
    official: bool
    scales: tuple[ScaleScore, ...]
    weights: Weights | None = None

    def of(self, scale: str) -> ScaleScore:
        """The figure of this scale."""
        return next(one for one in self.scales if one.scale == scale)

    def value(self, scale: str) -> Fraction | None:
        """The value of this scale."""
        return self.of(scale).value


class Scorer:
    """One weight set made ready for one version of a form, or for answers told by the question's name alone.

    Raises WeightsRefused when the weights are for another questionnaire.
    """

    def __init__(self, weights: Weights, form: Form | None = None) -> None:
        if form is not None and weights.questionnaire != form.name:
            raise WeightsRefused("wrong_form", name=weights.questionnaire)
        self.table = ScoringTable(weights, places_of(places_by_name(form), weights) if form else None)
        self._relevance = Relevance(form, self._places_in(form)) if form else None

    def scores(self, answers: Mapping[str, str], unanswered: Mapping[str, str] | None = None) -> Scores:
        """The scores, exactly, with what is missing."""
        answers, reasons, skipped = self._taken(answers, unanswered or {})
        return _scores(self.table, answers, reasons, skipped)

    def values(self, answers: Mapping[str, str], unanswered: Mapping[str, str] | None = None) -> Values:
        """Only the values, in the order of `table.scales`, as floats: for many at a time."""
        answers, reasons, skipped = self._taken(answers, unanswered or {})
        return self.table.values(answers, reasons, skipped)

    def _taken(
        self, answers: Mapping[str, str], reasons: Mapping[str, str]
    ) -> tuple[Mapping[str, str], Mapping[str, str], tuple[str, ...]]:
        if self._relevance is None:
            return _by_name(answers), _by_name(reasons), ()
        return answers, reasons, self._relevance.skipped(answers, reasons)

    def _places_in(self, form: Form) -> list[str]:
        known = {question.path for question in form.questions()}
        return [place for place in self.table.places.values() if place in known]


def score(
    form: Form | None, weights: Weights, answers: Mapping[str, str], unanswered: Mapping[str, str] | None = None
) -> Scores:
    """The scores of these answers, exactly.

    Without a form, questions are told by the last part of their place, and none counts as skipped by its condition.
    Raises WeightsRefused when the weights are for another questionnaire.
    """
    return Scorer(weights, form).scores(answers, unanswered)


class FormScorer:
    """The figures that one version of a form reckons itself; see `own_scales` for which they are."""

    def __init__(self, form: Form) -> None:
        self._form = form
        calculations = {one.name: one.path for one in form.questions() if one.kind == "calculate"}
        self.scales = own_scales(form.name, calculations)
        self._places = tuple(calculations.get(scale.calculated_by, "") for scale in self.scales)
        self.basis = own_basis(form)

    def scores(self, answers: Mapping[str, str]) -> Scores:
        """Those the form holds as numbers, exactly."""
        values = (_number(answers.get(place, "")) for place in self._places)
        found = tuple(ScaleScore(scale.name, value) for scale, value in zip(self.scales, values, strict=True))
        return Scores(self._form.name, OWN, self.basis, False, found)

    def values(self, answers: Mapping[str, str]) -> Values:
        """Only the values, as floats: for many at a time."""
        numbers = (_number(answers.get(place, "")) for place in self._places)
        return tuple(None if value is None else float(value) for value in numbers)


def form_scores(form: Form, answers: Mapping[str, str]) -> Scores:
    """The figures that the form reckons itself, of those it holds as numbers."""
    return FormScorer(form).scores(answers)


def change(before: Scores, after: Scores) -> dict[str, Fraction | None]:
    """By how much each figure rose; None where one of the two has no value.

    Raises WeightsRefused unless both came about in the same way: one questionnaire, one weight set, one calculation.
    """
    if before.questionnaire != after.questionnaire:
        raise WeightsRefused("other_instrument")
    if before.calculation != after.calculation:
        raise WeightsRefused("other_calculation")
    if before.basis != after.basis:
        raise WeightsRefused("other_calculation" if before.weights is None else "other_weights")
    return {one.scale: _difference(one.value, after.value(one.scale)) for one in before.scales}


def own_basis(form: Form) -> str:
    """What tells one way of reckoning from another: the form's calculations, word for word."""
    calculations = sorted(f"{one.path}={one.calculation}" for one in form.questions() if one.kind == "calculate")
    return hashlib.sha256("\n".join(calculations).encode()).hexdigest()


def places_by_name(form: Form) -> dict[str, tuple[str, ...]]:
    """The places of all questions that come once, by name."""
    found: dict[str, tuple[str, ...]] = {}
    for question in _once(form.children):
        found[question.name] = (*found.get(question.name, ()), question.path)
    return found


def rounded(value: Fraction | Decimal | float, places: int = 2) -> str:
    """A number with these decimal places, half rounded away from nought, exactly: 0.285 becomes 0.29."""
    units = math.floor(abs(Fraction(value)) * 10**places + Fraction(1, 2))
    sign = "-" if value < 0 and units else ""
    return f"{sign}{Decimal(units).scaleb(-places):.{places}f}"


def _number(text: str) -> Fraction | None:
    text = text.strip()
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def _once(children: Collection[Question | Group]) -> list[Question]:
    found: list[Question] = []
    for item in children:
        if isinstance(item, Question):
            found.append(item)
        elif not item.repeat:
            found += _once(item.children)
    return found


def _by_name(held: Mapping[str, str]) -> dict[str, str]:
    """What stands at each place, by the question's name. Raises WeightsRefused where two have one name."""
    found: dict[str, str] = {}
    for place, text in held.items():
        name = place.rpartition("/")[2]
        if name in found:
            raise WeightsRefused("asked_twice", question=name)
        found[name] = text
    return found


def _scores(
    table: ScoringTable, answers: Mapping[str, str], reasons: Mapping[str, str], skipped: Collection[str]
) -> Scores:
    weights = table.weights
    parts = table.parts(table.sums(answers, reasons, skipped))
    states = {question: _state(table, question, answers, reasons, skipped) for question in weights.questions}
    covered = dict(zip(table.scales, table.covered(parts), strict=True))
    enough = all(found for scale, found in covered.items() if scale != COMPOSITE)
    found = []
    for scale, sums, total in zip(table.scales, parts, table.totals, strict=True):
        shown = covered[scale] if scale != COMPOSITE else enough and sums[1] > 0
        found.append(_scale_score(table, scale, sums, total, states, shown=shown))
    return Scores(weights.questionnaire, CALCULATION, weights.basis, weights.official, tuple(found), weights)


def _scale_score(
    table: ScoringTable, scale: str, sums: Parts, total: int, states: Mapping[str, str], *, shown: bool
) -> ScaleScore:
    gain, answered, not_applicable = sums
    applicable = total - not_applicable
    low = Fraction(table.weights.low)
    of_scale = _questions(table.weights, scale)
    return ScaleScore(
        scale=scale,
        value=low + Fraction(gain, answered * table.unit_score) if shown else None,
        coverage=Fraction(answered, applicable) if applicable else None,
        answered=sum(states[question] == ANSWERED for question in of_scale),
        applicable=sum(states[question] != NOT_APPLICABLE for question in of_scale),
        missing=tuple(question for question in of_scale if states[question] == MISSING),
    )


def _questions(weights: Weights, scale: str) -> tuple[str, ...]:
    rows = (row for row in weights.rows if (row.composite_weight if scale == COMPOSITE else row.weight) is not None)
    return tuple(dict.fromkeys(row.question for row in rows if scale in (COMPOSITE, row.scale)))


def _state(
    table: ScoringTable,
    question: str,
    answers: Mapping[str, str],
    reasons: Mapping[str, str],
    skipped: Collection[str],
) -> str:
    place = table.places[question]
    if answers.get(place):
        return table.state(place, answers[place])
    return NOT_APPLICABLE if place in skipped or reasons.get(place) == NOT_APPLICABLE else MISSING


def _difference(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before
