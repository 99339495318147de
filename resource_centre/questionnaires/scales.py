# SPDX-License-Identifier: Apache-2.0
"""The figures that a questionnaire yields: what they are called, how far they reach, which way is better."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Final

COMPOSITE: Final = "composite"
"""The scale that all questions count in, by weights of their own."""

OWN_SCORE: Final = "score"
"""A form that the program does not know has as figures its calculations of this name, or that begin with it and _."""

Words = Mapping[str, str]


@dataclass(frozen=True)
class Scale:
    """One figure of a questionnaire.

    `calculated_by` names the form's own calculation that gives it, ``""`` when weights do. `low` and `high` are the
    ends it can reach, None when nobody says; `better` is ``up`` or ``down``, ``""`` when nobody says.
    """

    name: str
    label: Words = field(default_factory=dict)
    dimension: str = ""
    calculated_by: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    better: str = ""
    caution: Words = field(default_factory=dict)


def scales_of(questionnaire: str) -> tuple[Scale, ...]:
    """The figures of a questionnaire that comes with the program, in order; none for any other."""
    return _shipped().get(questionnaire, ())


def own_scales(questionnaire: str, calculations: Iterable[str]) -> tuple[Scale, ...]:
    """The figures that a form reckons itself, of its `calculations` by name.

    Where `scales.csv` lists the form, what it says there and nothing else; of any other form the calculations called
    ``score`` or beginning with ``score_``.
    """
    known = scales_of(questionnaire)
    if known:
        return tuple(scale for scale in known if scale.calculated_by)
    own = (name for name in calculations if name == OWN_SCORE or name.startswith(f"{OWN_SCORE}_"))
    return tuple(Scale(name, calculated_by=name) for name in own)


def data_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside the shipped forms."""
    file = resources.files("resource_centre") / "data" / "questionnaires" / name
    return list(csv.DictReader(file.read_text("utf-8").splitlines())) if file.is_file() else []


@lru_cache(maxsize=1)
def _shipped() -> dict[str, tuple[Scale, ...]]:
    found: dict[str, tuple[Scale, ...]] = {}
    for row in sorted(data_rows("scales.csv"), key=lambda row: int(row["order"])):
        found[row["form_id"]] = (*found.get(row["form_id"], ()), _scale(row))
    return found


def _scale(row: Mapping[str, str]) -> Scale:
    return Scale(
        name=row["scale"],
        label={"id": row["label_id"], "en": row["label_en"]},
        dimension=row["dimension"],
        calculated_by=row["calculated_by"],
        low=Decimal(row["low"]),
        high=Decimal(row["high"]),
        better=row["better"],
        caution={"id": row["caution_id"], "en": row["caution_en"]},
    )
