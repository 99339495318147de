# SPDX-License-Identifier: Apache-2.0
"""A good practice on one page, to be handed to another centre."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of
from reports.papers.values import day, word
from resource_centre.i18n import _
from resource_centre.records import Practice
from resource_centre.services.practices import TAGS, files_of, own_tags_of
from resource_centre.services.saving import existing
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class PracticePaper:
    """What is printed of a practice; `told` are headings and what stands below them."""

    heading: Heading
    title: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    files: tuple[str, ...]


def practice_paper(session: Session, practice_id: str) -> PracticePaper:
    """What is printed of a practice. Raises `Refused` (not_found) when it is not on the shelf."""
    one = existing(session, Practice, practice_id)
    listed = vocabulary(TAGS)
    facts = (
        (_("Who did it"), one.institution or ""),
        (_("Country"), word("country", one.country)),
        (_("Date"), day(one.noted_on)),
    )
    told = (
        (_("What was done"), one.summary),
        (_("What came of it"), one.result),
        (_("What one needs to do it"), one.needed),
        (_("Source"), one.source),
    )
    return PracticePaper(
        heading_of(session, _("Good practice"), None),
        one.title or "",
        tuple(fact for fact in facts if fact[1]),
        tuple((heading, words) for heading, words in told if words),
        (*(listed.label(code) for code in one.tags or ()), *own_tags_of(one.own_tags)),
        tuple(file.title for file in files_of(session, practice_id)),
    )
