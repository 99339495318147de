# SPDX-License-Identifier: Apache-2.0
"""What is read out before somebody agrees or refuses: per purpose and language, with a version.

The texts are in data/consent_texts.csv. A changed text gets a new version and the old one stays, since consents name
the version they were given on.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from resource_centre.vocabulary import vocabulary

FALL_BACK: Final = "id"


@dataclass(frozen=True)
class ConsentText:
    """One text. `verified` is "yes" only when a lawyer or the ministry has looked at it."""

    purpose: str
    version: str
    language: str
    text: str
    source: str
    verified: str


def consent_text(purpose: str, language: str | None = None, version: str | None = None) -> ConsentText | None:
    """The newest text for a purpose, in the language our papers have for somebody who speaks `language`; None without
    any. With a `version`, the text of that version."""
    term = vocabulary("language").get(language)
    papers = term.extra.get("papers", FALL_BACK) if term else FALL_BACK
    own = [one for one in _texts() if (one.purpose, one.language) == (purpose, papers)]
    found = [one for one in own if version is None or one.version == version]
    return max(found, key=lambda one: int(one.version), default=None)


@lru_cache(maxsize=1)
def _texts() -> tuple[ConsentText, ...]:
    file = resources.files("resource_centre") / "data" / "consent_texts.csv"
    return tuple(ConsentText(**row) for row in csv.DictReader(file.read_text("utf-8").splitlines()))
