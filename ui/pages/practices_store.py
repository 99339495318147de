# SPDX-License-Identifier: Apache-2.0
"""What the shelf of good practices asks of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import Practice
    from resource_centre.services.practices import PracticeRow, TagCount


@dataclass(frozen=True)
class Asked:
    """What is looked for on the shelf."""

    words: str = ""
    tag: str | None = None
    country: str | None = None

    @property
    def anything(self) -> bool:
        """Whether the whole shelf is meant."""
        return not (self.words.strip() or self.tag or self.country)


@dataclass(frozen=True)
class Facets:
    """By what the shelf can be narrowed."""

    tags: tuple[TagCount, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class PracticeLook:
    """One practice as its side of the page shows it."""

    record: Practice
    own_tags: tuple[str, ...]
    may_attach: bool


def read_list(session: Session, asked: Asked) -> list[PracticeRow]:
    """The practices that are looked for."""
    from resource_centre.services.practices import practices_list

    return practices_list(session, asked.words, tag=asked.tag, country=asked.country)


def read_facets(session: Session) -> Facets:
    """The tags and countries on the shelf."""
    from resource_centre.services.practices import countries_in_use, tags_in_use

    return Facets(tuple(tags_in_use(session)), tuple(countries_in_use(session)))


def read_practice(session: Session, practice_id: str) -> PracticeLook:
    """One practice."""
    from resource_centre.records import Practice
    from resource_centre.services.practices import may_attach, own_tags_of
    from resource_centre.services.saving import existing

    record = existing(session, Practice, practice_id)
    return PracticeLook(record, own_tags_of(record.own_tags), may_attach(session))


def take_off(session: Session, practice_id: str, reason: str) -> None:
    """Take a practice off the shelf."""
    from resource_centre.services.practices import take_off_the_shelf

    take_off_the_shelf(session, practice_id, reason)
