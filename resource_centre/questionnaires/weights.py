# SPDX-License-Identifier: Apache-2.0
"""Weight sets: what each answer is worth and how much each question counts, as data loaded beside a questionnaire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final

from resource_centre.i18n import _
from resource_centre.questionnaires.scales import COMPOSITE, Words, data_rows

WEIGHTED_MEAN: Final = "weighted_mean"
"""The one way of reckoning so far; a set that asks for another is refused."""

CALCULATION: Final = "weighted_mean/1"
"""Which calculation gave a score, and in which version. The number rises when the same answers give other scores."""


@dataclass(frozen=True)
class WeightRow:
    """What one answer of one question is worth. None stands for an empty cell: the question is left out there."""

    scale: str
    question: str
    answer: str
    score: Decimal | None
    weight: Decimal | None
    composite_weight: Decimal | None
    applies: bool
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Bands:
    """Names for stretches of a scale. A figure equal to a limit belongs to the band above. Not shown unless `shown`."""

    limits: tuple[Decimal, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: bool = False

    def label(self, value: Any, language: str) -> str:
        """The name of the band this figure lies in; nothing while bands are not shown."""
        names = self.labels.get(language, ())
        if not self.shown or value is None or not names:
            return ""
        place: int = sum(value >= limit for limit in self.limits)
        return names[place]


@dataclass(frozen=True)
class Weights:
    """One weight set of one questionnaire. `coverage` is the share of the applicable weight that must be answered."""

    questionnaire: str
    name: str
    version: str
    official: bool
    coverage: Decimal
    low: Decimal
    high: Decimal
    rows: tuple[WeightRow, ...]
    bands: Bands = Bands()
    label: Words = field(default_factory=dict)
    caution: Words = field(default_factory=dict)
    source: str = ""
    verified: bool = False
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """``facts`` and ``rows`` as they stood in the file."""

    @cached_property
    def digest(self) -> str:
        """What tells this set from any other: its content, whatever the order of its columns."""
        return _sha(self.content)

    @cached_property
    def basis(self) -> str:
        """What tells sets that give other figures apart: scores, weights and how much must be answered, no words."""
        rows = [
            [
                row.scale,
                row.question,
                row.answer,
                row.applies,
                *map(_plain, (row.score, row.weight, row.composite_weight)),
            ]
            for row in self.rows
            if counts(row)
        ]
        ends = [_plain(one) for one in (self.coverage, self.low, self.high)]
        return _sha([self.questionnaire, ends, sorted(rows, key=str)])

    @cached_property
    def scales(self) -> tuple[str, ...]:
        """The scales these weights give, in the order of the rows; the composite last, where there is one."""
        found = dict.fromkeys(row.scale for row in self.rows if row.weight is not None)
        composite = any(row.composite_weight is not None for row in self.rows)
        return (*found, COMPOSITE) if composite else tuple(found)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that count, in the order of the rows."""
        return tuple(dict.fromkeys(row.question for row in self.rows if counts(row)))

    def called(self, language: str) -> str:
        """The name of the set."""
        return self.label.get(language) or self.name

    def caution_in(self, language: str) -> str:
        """The line under every figure of this set; only an official one may have none."""
        if self.official:
            return self.caution.get(language, "")
        return self.caution.get(language) or _("Unofficial score ({weights})").format(weights=self.called(language))


def _sha(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _numbers(row: WeightRow) -> tuple[Decimal | None, ...]:
    return row.score, row.weight, row.composite_weight


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else str(number.as_integer_ratio())


def counts(row: WeightRow) -> bool:
    """Whether the question of this row has a weight anywhere."""
    return row.weight is not None or row.composite_weight is not None


@lru_cache(maxsize=8)
def shipped_weights(questionnaire: str) -> tuple[Weights, ...]:
    """The sets that come with the program for this questionnaire."""
    from resource_centre.questionnaires.weight_reading import weights_of

    facts = [row for row in data_rows("weight_sets.csv") if row["form_id"] == questionnaire]
    rows = data_rows(f"{questionnaire}.weights.csv") if facts else []
    return tuple(weights_of(content) for content in contents(facts, rows))


def contents(facts: Sequence[Mapping[str, str]], rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Each set with the rows that are its own."""
    return [
        {"facts": dict(one), "rows": [dict(row) for row in rows if row.get("set_id", "") in ("", one.get("set_id"))]}
        for one in facts
    ]
