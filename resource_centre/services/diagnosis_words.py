# SPDX-License-Identifier: Apache-2.0
"""Words that name a diagnosis, where somebody who is no clinician writes down what they saw (domain reference 3.4).

Only ever a hint: a counsellor may pass on what a doctor has said. The words are those of data/diagnosis_words.csv.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from resource_centre.problems import Problem

OWN_FINDINGS: Final = ("topic", "observation", "description", "review", "counsellor_comment")
"""What the counsellor puts into words; the client's own words are theirs."""


def check_diagnosis_words(values: Mapping[str, Any]) -> Iterator[Problem]:
    """A warning for each field of a session or a course in which a diagnosis stands."""
    for name in OWN_FINDINGS:
        text = values.get(name)
        if isinstance(text, str) and names_diagnosis(text):
            yield Problem(name, "names_diagnosis", "warning")


def names_diagnosis(text: str) -> bool:
    """Whether a diagnosis stands in a text."""
    return _words().search(text) is not None


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    file = resources.files("resource_centre") / "data" / "diagnosis_words.csv"
    words = (re.escape(row["word"]) for row in csv.DictReader(file.read_text("utf-8").splitlines()))
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
