# SPDX-License-Identifier: Apache-2.0
"""The word lists registers are read with, kept as data files that a centre can lengthen."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=16)
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one list in ``resource_centre/data/registers``, by its name without ending."""
    file = resources.files("resource_centre") / "data" / "registers" / f"{name}.csv"
    return tuple(csv.DictReader(file.read_text("utf-8").splitlines()))
