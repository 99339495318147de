# SPDX-License-Identifier: Apache-2.0
"""In which row of the survey sheet each question stands, so that a problem can be found there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_BEGIN = re.compile(r"begin[\s_](group|repeat|lgroup|loop|looped group)\b", re.IGNORECASE)
_END = re.compile(r"end[\s_](group|repeat|lgroup|loop|looped group)\b", re.IGNORECASE)

NAME: Final = ("name", "value", "tag")
TYPE: Final = ("type", "command")


def survey_rows(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """The spreadsheet row of each path; what pyxform adds by itself is not among them."""
    found: dict[str, int] = {}
    above: list[str] = []
    for number, row in enumerate(rows, start=2):
        kind, name = cell_of(row, TYPE), cell_of(row, NAME)
        if _END.match(kind):
            del above[-1:]
            continue
        if name:
            found.setdefault("/".join((*above, name)), number)
        if _BEGIN.match(kind):
            above.append(name)
    return found


def cell_of(row: Mapping[str, str], headings: Sequence[str]) -> str:
    """The cell under whichever of some headings the sheet has."""
    return next((text for heading, text in row.items() if text and heading.strip().lower() in headings), "")
