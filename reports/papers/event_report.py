# SPDX-License-Identifier: Apache-2.0
"""The trainer's report of one event on one page: who came, what was learnt, how it was, what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.event import EventFacts, event_facts
from reports.papers.heading import Heading, heading_of
from reports.papers.values import amount
from resource_centre.i18n import _
from resource_centre.learning.results import EventLearning, QuestionMean
from resource_centre.learning.showing import shown_learning
from resource_centre.records import TrainingEvent
from resource_centre.services.certificates import certificates_of, completes
from resource_centre.services.commitment_lists import commitments_of
from resource_centre.services.learning_results import event_learning
from resource_centre.services.rules import rule
from resource_centre.services.saving import existing
from resource_centre.services.training import PRESENT, EventSheet, ParticipantRow, event_sheet

OBSERVED: Final = "percent"
"""The scale of the observation that can be compared."""


@dataclass(frozen=True)
class Headcount:
    """One line of who came: women, men, not known. `name` is in the paper's language."""

    name: str
    women: int | None
    men: int | None
    unknown: int | None
    whole: int

    @property
    def cells(self) -> tuple[int | None, ...]:
        """In the order of the columns."""
        return (self.women, self.men, self.unknown, self.whole)


@dataclass(frozen=True)
class Agreed:
    """One agreement of the event."""

    what: str
    responsible: str
    due_on: dt.date | None


@dataclass(frozen=True)
class EventReport:
    """What the page says. `learning` has no figures of a few; `per_day` is how many were there on each day."""

    heading: Heading
    event: EventFacts
    counts: tuple[Headcount, ...]
    villages: int
    per_day: tuple[int, ...]
    reach: int | None
    reach_basis: str
    certificates: int
    learning: EventLearning
    pass_mark: int
    fund: str
    cost: str
    remarks: str
    agreed: tuple[Agreed, ...]

    @property
    def observed(self) -> QuestionMean | None:
        """The observation, in per cent of what was observed; None when nobody observed."""
        found = self.learning.observation.scales.get(OBSERVED)
        return found if found is not None and found.n else None


def event_report(session: Session, event_id: str) -> EventReport:
    """The report of an event as it is known today."""
    event = existing(session, TrainingEvent, event_id)
    sheet = event_sheet(session, event_id)
    learning = shown_learning(event_learning(session, event_id), rule("least_matched"))
    assert isinstance(learning, EventLearning)
    came = [row for row in sheet.rows if row.days_present or _only_tested(row)]
    return EventReport(
        heading=heading_of(session, _("Report of an event"), event.number),
        event=event_facts(session, event),
        counts=_counts(event, sheet, came),
        villages=len({row.village_code for row in came if row.village_code}),
        per_day=_per_day(sheet),
        reach=event.reach,
        reach_basis=event.reach_basis or "",
        certificates=len(certificates_of(session, event_id)),
        learning=learning,
        pass_mark=int(rule("pass_mark")),
        fund=event.fund or "",
        cost=amount(event.cost),
        remarks=event.remarks or "",
        agreed=tuple(
            Agreed(one.what or "", one.responsible or "", one.due_on)
            for one in commitments_of(session, event_id=event_id)
        ),
    )


def _only_tested(row: ParticipantRow) -> bool:
    """Where nothing was marked, who took a test was there (as the month counts)."""
    return not row.days.strip("-") and (row.pre_score is not None or row.post_score is not None)


def _counts(event: TrainingEvent, sheet: EventSheet, came: list[ParticipantRow]) -> tuple[Headcount, ...]:
    young = [row for row in came if row.age is not None and row.age < rule("youth_below")]
    disabled = [row for row in came if row.disability]
    completed = [row for row in came if completes(row.days, sheet.days)]
    lines = [
        _headcount(_("Came, by name"), came),
        _headcount(_("of these under 18"), young),
        _headcount(_("of these with a disability"), disabled),
        _headcount(_("of these completed"), completed),
    ]
    counted = (event.counted_women or 0, event.counted_men or 0, event.counted_others or 0)
    if any(counted):
        lines.append(Headcount(_("Counted only, without a name"), *counted, whole=sum(counted)))
        for name, number in (
            (_("of these under 18"), event.counted_minors),
            (_("of these with a disability"), event.counted_disability),
        ):
            if number:
                lines.append(Headcount(name, None, None, None, number))
        women, men, unknown, whole = (sum(both) for both in zip(_sexes(came), (*counted, sum(counted)), strict=True))
        lines.append(Headcount(_("All who came"), women, men, unknown, whole))
    return tuple(lines)


def _headcount(name: str, rows: list[ParticipantRow]) -> Headcount:
    women, men, unknown, whole = _sexes(rows)
    return Headcount(name, women, men, unknown, whole)


def _sexes(rows: Iterable[ParticipantRow]) -> tuple[int, int, int, int]:
    sexes = [row.sex for row in rows]
    women, men = sexes.count("P"), sexes.count("L")
    return women, men, len(sexes) - women - men, len(sexes)


def _per_day(sheet: EventSheet) -> tuple[int, ...]:
    """How many were there on each day; nothing of an event on which nothing was marked."""
    marked = [row.days for row in sheet.rows if row.days.strip("-")]
    if not marked:
        return ()
    return tuple(sum(days[at : at + 1] in PRESENT and at < len(days) for days in marked) for at in range(sheet.days))
