# SPDX-License-Identifier: Apache-2.0
"""A weight set out of its rows of text: every cell is looked at, and what is wrong is named with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from resource_centre.questionnaires.scales import COMPOSITE, scales_of
from resource_centre.questionnaires.weight_refusals import FACTS, WeightProblem, problem, refuse
from resource_centre.questionnaires.weights import WEIGHTED_MEAN, Bands, WeightRow, Weights, counts

NEEDED: Final = ("scale", "question", "answer", "score", "weight", "composite_weight", "applicable")
NEEDED_FACTS: Final = ("form_id", "set_id", "version", "official", "coverage", "calculation")
LANGUAGES: Final = ("id", "en")

_NUMBER: Final = re.compile(r"-?\d{1,9}(?:[.,]\d{1,20})?")
# Whether 1,000 is one or a thousand, nobody can tell.
_THOUSANDS: Final = re.compile(r"-?[1-9]\d*,\d{3}")

Cells = Mapping[str, str]


def weights_of(content: Mapping[str, Any]) -> Weights:
    """The set of this content (`facts`, `rows`). Raises WeightsRefused naming every place where something is wrong.

    Row numbers in problems are those of the file when the rows stand below one line of headings.
    """
    facts: Cells = content["facts"]
    lines: Sequence[Cells] = content["rows"]
    refuse(_missing(facts, lines))
    numbers = _Numbers()
    low, high = numbers.fact(facts, "low", "0"), numbers.fact(facts, "high", "1")
    coverage = numbers.fact(facts, "coverage", "")
    rows = tuple(_row(line, number, numbers) for number, line in enumerate(lines, start=2))
    refuse((*numbers.problems, *_facts_wrong(facts), *_flags_wrong(lines)))
    weights = Weights(
        questionnaire=facts["form_id"],
        name=facts["set_id"],
        version=facts["version"],
        official=facts["official"] == "yes",
        coverage=coverage,
        low=low,
        high=high,
        rows=rows,
        bands=_bands(facts, low, high),
        label=_both(facts, "label"),
        caution=_both(facts, "caution"),
        source=facts.get("source", ""),
        verified=facts.get("verified") == "yes",
        content={"facts": dict(facts), "rows": [dict(line) for line in lines]},
    )
    refuse((*_ends_wrong(weights), *_rows_wrong(weights), *_questions_wrong(weights)))
    return weights


class _Numbers:
    """Reads numbers and remembers the places of those that are none."""

    def __init__(self) -> None:
        self.problems: list[WeightProblem] = []

    def fact(self, facts: Cells, column: str, otherwise: str) -> Decimal:
        return self._read(facts.get(column) or otherwise, FACTS, 2, column) or Decimal(0)

    def cell(self, line: Cells, column: str, row: int) -> Decimal | None:
        text = line.get(column, "")
        return self._read(text, "weights", row, column) if text else None

    def _read(self, text: str, sheet: str, row: int, column: str) -> Decimal | None:
        text = text.strip()
        if not _NUMBER.fullmatch(text) or _THOUSANDS.fullmatch(text):
            self.problems.append(problem("not_a_number", sheet=sheet, row=row, column=column))
            return None
        return Decimal(text.replace(",", "."))


def _missing(facts: Cells, lines: Sequence[Cells]) -> Iterator[WeightProblem]:
    for name in NEEDED_FACTS:
        if not facts.get(name, "").strip():
            yield problem("missing_cell", sheet=FACTS, row=2, column=name)
    if not lines:
        yield problem("no_rows", name=facts.get("set_id", ""))
        return
    columns = {name for line in lines for name in line}
    for name in NEEDED:
        if name not in columns:
            yield problem("missing_column", row=1, column=name)
    for number, line in enumerate(lines, start=2):
        for name in ("scale", "question", "answer"):
            if name in columns and not line.get(name, "").strip():
                yield problem("missing_cell", row=number, column=name)


def _row(line: Cells, number: int, numbers: _Numbers) -> WeightRow:
    return WeightRow(
        scale=line["scale"].strip(),
        question=line["question"].strip(),
        answer=line["answer"].strip(),
        score=numbers.cell(line, "score", number),
        weight=numbers.cell(line, "weight", number),
        composite_weight=numbers.cell(line, "composite_weight", number),
        applies=line.get("applicable", "").strip() != "NA",
        source=line.get("source", ""),
        verified=line.get("verified") == "yes",
    )


def _facts_wrong(facts: Cells) -> Iterator[WeightProblem]:
    if facts["calculation"] != WEIGHTED_MEAN:
        yield problem("unknown_calculation", sheet=FACTS, row=2, column="calculation", name=facts["calculation"][:40])
    for name in ("official", "bands_shown", "verified"):
        if facts.get(name, "") not in {"yes", "no", ""}:
            yield problem("not_yes_or_no", sheet=FACTS, row=2, column=name)
    if facts["official"] == "yes" and not facts.get("source", "").strip():
        yield problem("official_without_source", sheet=FACTS, row=2, column="source")


def _flags_wrong(lines: Sequence[Cells]) -> Iterator[WeightProblem]:
    for number, line in enumerate(lines, start=2):
        if line.get("applicable", "").strip() not in {"yes", "NA"}:
            yield problem("not_applicable_how", row=number, column="applicable")


def _ends_wrong(weights: Weights) -> Iterator[WeightProblem]:
    if not 0 <= weights.coverage <= 1:
        yield problem("coverage_range", sheet=FACTS, row=2, column="coverage")
    if weights.low >= weights.high:
        yield problem("range_upside_down", sheet=FACTS, row=2, column="low")
    limits = (weights.low, *weights.bands.limits, weights.high)
    rising = all(before < after for before, after in pairwise(limits))
    named = all(len(names) == len(weights.bands.limits) + 1 for names in weights.bands.labels.values())
    if weights.bands.limits and not (rising and named and weights.bands.labels):
        yield problem("bands", sheet=FACTS, row=2, column="bands")


def _rows_wrong(weights: Weights) -> Iterator[WeightProblem]:
    scales = {scale.name for scale in scales_of(weights.questionnaire) if not scale.calculated_by}
    for number, row in enumerate(weights.rows, start=2):
        if row.scale == COMPOSITE:
            yield problem("composite_scale", row=number, column="scale")
        elif scales and row.scale not in scales:
            yield problem("unknown_scale", row=number, column="scale", name=row.scale)
        if row.score is not None and not weights.low <= row.score <= weights.high:
            yield problem("score_out_of_range", row=number, column="score", low=weights.low, high=weights.high)
        if row.score is None and counts(row) and row.applies:
            yield problem("score_missing", row=number, column="score")
        for name in ("weight", "composite_weight"):
            weight = getattr(row, name)
            if weight is not None and weight < 0:
                yield problem("negative_weight", row=number, column=name)


def _questions_wrong(weights: Weights) -> Iterator[WeightProblem]:
    """What two rows of one question say differently."""
    first: dict[str, WeightRow] = {}
    answers: set[tuple[str, str]] = set()
    for number, row in enumerate(weights.rows, start=2):
        if (row.question, row.answer) in answers:
            yield problem("duplicate_row", row=number, column="answer", question=row.question, answer=row.answer)
        answers.add((row.question, row.answer))
        known = first.setdefault(row.question, row)
        if row.scale != known.scale:
            yield problem("two_scales", row=number, column="scale", question=row.question)
        for name in ("weight", "composite_weight"):
            if getattr(row, name) != getattr(known, name):
                yield problem("two_weights", row=number, column=name, question=row.question)
    if not any(row.weight for row in weights.rows):
        yield problem("no_weight", name=weights.name)


def _bands(facts: Cells, low: Decimal, high: Decimal) -> Bands:
    texts = [text.strip().replace(",", ".") for text in facts.get("bands", "").split("|") if text.strip()]
    # A limit that is no number falls outside the range, and so is named with the bands.
    limits = tuple(Decimal(text) if _NUMBER.fullmatch(text) else high + (high - low) for text in texts)
    labels = {
        language: tuple(text.strip() for text in facts[f"band_labels_{language}"].split("|"))
        for language in LANGUAGES
        if facts.get(f"band_labels_{language}")
    }
    return Bands(limits, labels, facts.get("bands_shown") == "yes")


def _both(facts: Cells, name: str) -> dict[str, str]:
    return {language: facts.get(f"{name}_{language}", "") for language in LANGUAGES}
