# SPDX-License-Identifier: Apache-2.0
"""What every paper of a training event says of it. Such papers are in the language of the screen and of many people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.kit.words import number
from reports.papers.values import day, village, words
from resource_centre.i18n import _, language
from resource_centre.records import TrainingEvent
from resource_centre.services.event_days import meeting_days
from resource_centre.services.event_trainers import trainers_of
from resource_centre.services.taught import titles_of
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class EventFacts:
    """An event on paper. `title` is what it is about; `days` are those on which it meets."""

    number: str
    title: str
    kind: str
    modules: tuple[str, ...]
    starts_on: dt.date | None
    ends_on: dt.date | None
    days: tuple[dt.date, ...]
    hours: float | None
    village: str
    venue: str
    trainers: tuple[str, ...]
    partner: str = ""
    languages: str = ""
    called_off: bool = False

    @property
    def when(self) -> str:
        """Its days in words: 3–4 November 2026."""
        return days_in_words(self.starts_on, self.ends_on)

    @property
    def where(self) -> str:
        """Venue and village."""
        return ", ".join(part for part in (self.venue, self.village) if part)

    @property
    def lasted(self) -> str:
        """Its hours as a number; empty when nobody said."""
        return hours_in_words(self.hours)


NO_EVENT = EventFacts("", "", "", (), None, None, (), None, "", "", ())
"""An event that is written down by hand."""


def event_facts(session: Session, event: TrainingEvent) -> EventFacts:
    """The facts of an event in the active language."""
    modules = titles_of(session, event)
    kind = vocabulary("training_type").label(event.training_type)
    registered = [one.name for one in trainers_of(session, event.id) if one.name]
    written = [name for name in (event.trainer, event.co_trainers) if name]
    return EventFacts(
        number=event.number or "",
        title=event.topic or ", ".join(modules) or kind,
        kind=kind,
        modules=modules,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        days=meeting_days(event),
        hours=event.hours,
        village=village(event.village_code),
        venue=event.venue or "",
        trainers=tuple(registered or written),
        partner=event.partner or "",
        languages=words("language", event.languages),
        called_off=bool(event.called_off),
    )


def days_in_words(first: dt.date | None, last: dt.date | None) -> str:
    """3 November 2026; 3–4 November 2026; 30 November – 2 December 2026; empty without a first day."""
    if first is None or last is None or last <= first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{day(first).removesuffix(f' {first.year}')} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def hours_in_words(hours: float | None) -> str:
    """12 or 12.5; empty for None."""
    if hours is None:
        return ""
    return number(hours, language(), decimals=0 if float(hours).is_integer() else 1)


def joined(names: Sequence[str]) -> str:
    """Several names in one line."""
    return ", ".join(names)


def head_facts(facts: EventFacts) -> list[tuple[str, str]]:
    """The rows that stand on top of most papers of an event."""
    what = facts.title if facts.title == facts.kind or not facts.kind else f"{facts.title} ({facts.kind})"
    return [
        (_("Event"), what),
        (_("Date"), facts.when),
        (_("Venue"), facts.where),
        (_("Trainers"), joined(facts.trainers)),
    ]
