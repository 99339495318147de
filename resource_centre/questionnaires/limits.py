# SPDX-License-Identifier: Apache-2.0
"""How large a form may be: figures kept in data/questionnaire_limits.csv with where each comes from."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from typing import Final

MEGABYTE: Final = 1024 * 1024


def limit(name: str) -> int:
    """The figure of this name."""
    return _limits()[name]


@lru_cache(maxsize=1)
def _limits() -> dict[str, int]:
    file = resources.files("resource_centre") / "data" / "questionnaire_limits.csv"
    return {row["name"]: int(row["value"]) for row in csv.DictReader(file.read_text("utf-8").splitlines())}
