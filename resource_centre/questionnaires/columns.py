# SPDX-License-Identifier: Apache-2.0
"""Columns that pyxform knows; one it does not know it drops without a word, so here it gets one."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Final

from resource_centre.questionnaires.refusals import FormProblem, problem
from resource_centre.questionnaires.sheets import Workbook

ALIKE: Final = 0.8
"""How alike two headings are when one is likely the other misspelt (difflib's ratio)."""


def unknown_columns(book: Workbook) -> Iterator[FormProblem]:
    """What to say of headings that mean nothing: each misspelt one, then the others together."""
    for name, known in _known().items():
        sheet = book.sheets.get(name)
        headings = sheet.columns if sheet else ()
        several = any("::" in heading for heading in headings)
        strange = [heading for heading in headings if _first(heading, several=several) not in known]
        for heading in strange:
            for meant in _meant(_first(heading, several=several), known):
                yield problem("heading_misspelt", sheet=name, row=1, column=heading, meant=meant)
        others = [heading for heading in strange if not _meant(_first(heading, several=several), known)]
        if others:
            yield problem("headings_unknown", sheet=name, names=", ".join(others))


@lru_cache(maxsize=1)
def _known() -> dict[str, frozenset[str]]:
    """The columns of each sheet, from data/questionnaire_columns.csv."""
    file = resources.files("resource_centre") / "data" / "questionnaire_columns.csv"
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    sheets = dict.fromkeys(row["sheet"] for row in rows)
    return {sheet: frozenset(row["column"] for row in rows if row["sheet"] == sheet) for sheet in sheets}


def _first(heading: str, *, several: bool) -> str:
    """A heading without its language: ``Label::English`` is label, and ``label:English`` where no other has ``::``."""
    first = heading.partition("::" if several or heading == "jr:count" else ":")[0]
    return "_".join(first.split()).lower()


def _meant(heading: str, known: frozenset[str]) -> list[str]:
    return difflib.get_close_matches(heading, sorted(known), n=1, cutoff=ALIKE)
