# SPDX-License-Identifier: Apache-2.0
"""Weights made ready to be added up: one whole number for each answer, so that scoring is a sum.

All weights and scores are brought to a common denominator, so that sums are exact. The sums of all scales lie side by
side in one number, each wide enough that none runs into the next: adding two such numbers adds every sum at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from struct import Struct
from typing import Final

from resource_centre.questionnaires.scales import COMPOSITE
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import WeightRow, Weights

NOT_APPLICABLE: Final = "not_applicable"
ANSWERED: Final = "answered"
MISSING: Final = "missing"

_WIDTHS: Final = {"B": 8, "H": 16, "I": 32, "Q": 64}
"""Widths that the computer takes apart by itself, by their name."""

Parts = tuple[int, int, int]
"""Of one scale, in units of its table: weight times score answered, weight answered, weight that does not apply."""

Values = tuple[float | None, ...]


class _Sums(dict[tuple[str, str], int]):
    """What an answer adds; one without a row adds nothing."""

    def __missing__(self, _key: tuple[str, str]) -> int:
        return 0


class ScoringTable:
    """One weight set for one version of a form. `places` says where a question stands, where that is not its name."""

    def __init__(self, weights: Weights, places: Mapping[str, str] | None = None) -> None:
        places = places or {}
        self.weights = weights
        self.scales = weights.scales
        self.places = {question: places.get(question, question) for question in weights.questions}
        self._unit_weight, self._unit_score = _units(weights)
        self._weights = {row.question: self._weights_of(row) for row in weights.rows}
        self.totals: tuple[int, ...] = tuple(map(sum, zip(*self._weights.values(), strict=True)))
        self._composite = self.scales[-1] == COMPOSITE
        self._scale_totals = self.totals[:-1] if self._composite else self.totals
        self._width, self._struct = self._fields()
        self._answers = _Sums({(self.places[row.question], row.answer): self._sum_of(row) for row in self._counted()})
        self.left_out = {place: self._not_applicable(question) for question, place in self.places.items()}
        self._reasons = _Sums({(place, NOT_APPLICABLE): found for place, found in self.left_out.items()})
        self._not_applying = {(self.places[row.question], row.answer) for row in self._counted() if not row.applies}
        self._share, self._of = weights.coverage.as_integer_ratio()
        self._low = float(weights.low)

    def sums(self, answers: Mapping[str, str], unanswered: Mapping[str, str], not_relevant: Iterable[str] = ()) -> int:
        """All sums of one filling-in, side by side. `not_relevant` are places that were not asked by their condition.

        A place there has neither an answer nor a reason. Of a place with both, the answer counts.
        """
        found = sum(map(self._answers.__getitem__, answers.items()))
        if unanswered:
            if not answers.keys().isdisjoint(unanswered):
                unanswered = {place: reason for place, reason in unanswered.items() if not answers.get(place)}
            found += sum(map(self._reasons.__getitem__, unanswered.items()))
        for place in not_relevant:
            found += self.left_out.get(place, 0)
        return found

    def parts(self, sums: int) -> tuple[Parts, ...]:
        """The sums of each scale, in the order of `scales`."""
        flat = self._flat(sums)
        return tuple((flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), 3))

    def _flat(self, sums: int) -> tuple[int, ...]:
        if self._struct is not None:
            return self._struct.unpack(sums.to_bytes(self._struct.size, "little"))
        width, mask = self._width, (1 << self._width) - 1
        return tuple((sums >> at * width) & mask for at in range(3 * len(self.scales)))

    def covered(self, parts: Iterable[Parts]) -> list[bool]:
        """Whether enough of each scale is answered; of a scale where nothing applies, it is not."""
        share, of = self._share, self._of
        pairs = zip(parts, self.totals, strict=True)
        return [answered > 0 and answered * of >= (total - na) * share for (_gain, answered, na), total in pairs]

    def values(
        self, answers: Mapping[str, str], unanswered: Mapping[str, str], not_relevant: Iterable[str] = ()
    ) -> Values:
        """The scores in the order of `scales`, as floats for means over many; None where not covered."""
        flat = self._flat(self.sums(answers, unanswered, not_relevant))
        share, of, unit, low = self._share, self._of, self._unit_score, self._low
        found: list[float | None] = []
        at = 0
        every = True
        for total in self._scale_totals:
            answered = flat[at + 1]
            if answered and answered * of >= (total - flat[at + 2]) * share:
                found.append(flat[at] / (answered * unit) + low)
            else:
                found.append(None)
                every = False
            at += 3
        if self._composite:
            answered = flat[at + 1]
            found.append(flat[at] / (answered * unit) + low if every and answered else None)
        return tuple(found)

    def state(self, place: str, answer: str) -> str:
        """What an answer counts as: answered, not applicable, or missing when the set does not know it."""
        if (place, answer) in self._not_applying:
            return NOT_APPLICABLE
        return ANSWERED if (place, answer) in self._answers else MISSING

    @property
    def unit_score(self) -> int:
        """How many units one point of score has."""
        return self._unit_score

    def _counted(self) -> Iterable[WeightRow]:
        return (row for row in self.weights.rows if row.question in self.places)

    def _weights_of(self, row: WeightRow) -> tuple[int, ...]:
        """The weight of its question in each scale, in units."""
        return tuple(
            _whole((row.composite_weight if scale == COMPOSITE else row.weight if scale == row.scale else None), self)
            for scale in self.scales
        )

    def _fields(self) -> tuple[int, Struct | None]:
        """Bits that hold any sum - every question answered with the most there is - and how to take them apart."""
        span = (self.weights.high - self.weights.low) * self._unit_score
        bits = int(max(self.totals) * max(span, Decimal(1))).bit_length() + 1
        code = next((code for code, width in _WIDTHS.items() if width >= bits), None)
        if code is None:
            return bits, None
        return _WIDTHS[code], Struct(f"<{3 * len(self.scales)}{code}")

    def _sum_of(self, row: WeightRow) -> int:
        if not row.applies:
            return self._not_applicable(row.question)
        assert row.score is not None  # weight_reading refuses a set without it
        score = int((row.score - self.weights.low) * self._unit_score)
        return self._side_by_side(tuple((weight * score, weight, 0) for weight in self._weights[row.question]))

    def _not_applicable(self, question: str) -> int:
        return self._side_by_side(tuple((0, 0, weight) for weight in self._weights[question]))

    def _side_by_side(self, parts: tuple[Parts, ...]) -> int:
        found = 0
        for gain, answered, na in reversed(parts):
            found = (found << 3 * self._width) | (na << 2 * self._width) | (answered << self._width) | gain
        return found


def places_of(names: Mapping[str, tuple[str, ...]], weights: Weights) -> dict[str, str]:
    """Where each weighed question stands, of all places by name. Raises WeightsRefused where two have one name."""
    for question in weights.questions:
        if len(names.get(question, ())) > 1:
            raise WeightsRefused("ambiguous_question", question=question)
    return {question: names[question][0] for question in weights.questions if question in names}


def _units(weights: Weights) -> tuple[int, int]:
    every = [*(row.weight for row in weights.rows), *(row.composite_weight for row in weights.rows)]
    scores = [row.score - weights.low for row in weights.rows if row.score is not None]
    return _denominator(one for one in every if one is not None), _denominator(scores)


def _denominator(numbers: Iterable[Decimal]) -> int:
    return math.lcm(*(number.as_integer_ratio()[1] for number in numbers))


def _whole(weight: Decimal | None, table: ScoringTable) -> int:
    return int((weight or Decimal(0)) * table._unit_weight)
