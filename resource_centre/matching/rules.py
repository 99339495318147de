# SPDX-License-Identifier: Apache-2.0
"""The figures of matching that are choices, not facts: data/matching_rules.csv, with where each comes from."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


def rule(name: str) -> float:
    """The figure of this name."""
    return _rules()[name]


@lru_cache(maxsize=1)
def _rules() -> dict[str, float]:
    file = resources.files("resource_centre") / "data" / "matching_rules.csv"
    return {row["name"]: float(row["value"]) for row in csv.DictReader(file.read_text("utf-8").splitlines())}
