# SPDX-License-Identifier: Apache-2.0
"""Words that name HIV never stand in free text about a person (domain reference 6.5).

Where health is written down they are refused, in any other note that colleagues read there is a warning. The words
are those of data/health_words.csv, found as whole words in any case.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from resource_centre.problems import Problem, Severity
from resource_centre.records import Base, HealthNeed, Owned, Person, Response, fields_of

FREE_TEXT: Final = ("text", "paragraph")


def check_health_words(record: type[Base], values: Mapping[str, Any]) -> Iterator[Problem]:
    """The fields of a person's record in which such a word stands; it is never repeated."""
    # Answers to a questionnaire may be about nobody: the centre speaks of its own work there.
    about_somebody = issubclass(record, Owned) or record is Person or (record is Response and values.get("person_id"))
    if not about_somebody or getattr(record, "readers", None) is not None:
        return
    severity: Severity = "error" if record in (HealthNeed, Response) else "warning"
    for field in fields_of(record):
        text = values.get(field.name)
        if field.format in FREE_TEXT and isinstance(text, str) and names_hiv(text):
            yield Problem(field.name, "names_hiv", severity)


def names_hiv(text: str) -> bool:
    """Whether such a word stands in a text."""
    return _words().search(text) is not None


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    file = resources.files("resource_centre") / "data" / "health_words.csv"
    words = (re.escape(row["word"]) for row in csv.DictReader(file.read_text("utf-8").splitlines()))
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
