# SPDX-License-Identifier: Apache-2.0
"""A dialogue in figures: who was there by country, sector and institution, and what was agreed on.

Counted are those marked present or late, as everywhere; where nobody has been marked yet, those on the sheet. Whoever
was counted only has a sex at most, no institution.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.commitment_lists import CommitmentSummary, commitment_summary, commitments_of
from resource_centre.services.learning_lines import EventsBegun
from resource_centre.services.saving import existing
from resource_centre.services.training import PRESENT, took_part
from resource_centre.vocabulary import fold_label, vocabulary

Shares = tuple[tuple[str | None, int], ...]
"""A code, or a name as written, and how many; None for those of whom it is not known, which come last."""

DIALOGUE: Final = "dialog"
WOMAN: Final = "P"
MAN: Final = "L"


@dataclass(frozen=True)
class DialogueFacts:
    """Who took part in one event, and its commitments. `marked`: whether attendance has been marked at all."""

    people: int
    listed: int
    counted: int
    marked: bool
    by_country: Shares
    by_sector: Shares
    by_institution: Shares
    by_sex: Shares
    commitments: int
    open: int
    overdue: int


@dataclass(frozen=True)
class DialoguesSummary:
    """Dialogues of a period: held, people who took part (one who came to two counts twice), and who they were."""

    held: int
    people: int
    by_country: Shares
    by_sector: Shares
    institutions: int
    commitments: CommitmentSummary

    def as_dict(self) -> dict[str, Any]:
        """For JSON; the code of a country or a sector nobody wrote down is null."""
        shares = {
            "by_country": [{"country": code, "people": people} for code, people in self.by_country],
            "by_sector": [{"sector": code, "people": people} for code, people in self.by_sector],
        }
        return asdict(self) | shares


@dataclass(frozen=True)
class _Seat:
    sex: str | None
    country: str | None
    sector: str | None
    organisation: str | None
    present: bool


def dialogue_facts(session: Session, event_id: str, *, on: dt.date | None = None) -> DialogueFacts:
    """The figures of one event; what is overdue is as of `on` (today). Raises `Refused` when it is not seen."""
    event = existing(session, TrainingEvent, event_id)
    day = on or today()
    seats, marked = _seats(session, event_id)
    there = [seat for seat in seats if seat.present] if marked else seats
    counted = {WOMAN: event.counted_women, MAN: event.counted_men, None: event.counted_others}
    commitments = commitments_of(session, event_id=event_id)
    return DialogueFacts(
        people=len(there) + sum(number or 0 for number in counted.values()),
        listed=len(seats),
        counted=sum(number or 0 for number in counted.values()),
        marked=marked,
        by_country=_shares(seat.country for seat in there),
        by_sector=_shares((seat.sector for seat in there), order="sector"),
        by_institution=_institutions(seat.organisation for seat in there),
        by_sex=_by_sex(there, counted),
        commitments=len(commitments),
        open=sum(not one.ended for one in commitments),
        overdue=sum(one.days_late(day) > 0 for one in commitments),
    )


def dialogues_summary(
    session: Session, since: dt.date, until: dt.date, *, place: str | None = None
) -> DialoguesSummary:
    """Dialogues that began within these days (both included), and the commitments of all meetings of the period.

    `place` is the code of a province, regency, district or village in which they were held.
    """
    kinds = [term.code for term in vocabulary("training_type") if term.group == DIALOGUE]
    event = TrainingEvent
    within = EventsBegun(since=since, until=until, place=place, among=event.training_type.in_(kinds)).conditions()
    counted = func.coalesce(event.counted_women, 0) + func.coalesce(event.counted_men, 0)
    totals = select(func.count(), func.coalesce(func.sum(counted + func.coalesce(event.counted_others, 0)), 0))
    held, only_counted = session.execute(totals.where(*within)).one()
    columns = (Participation.country, Participation.sector, Participation.organisation)
    seats = session.execute(
        select(*columns).join(event, event.id == Participation.event_id).where(*within, *took_part())
    )
    there = seats.all()
    return DialoguesSummary(
        held=held,
        people=len(there) + int(only_counted),
        by_country=_shares(seat.country for seat in there),
        by_sector=_shares((seat.sector for seat in there), order="sector"),
        institutions=sum(name is not None for name, _n in _institutions(seat.organisation for seat in there)),
        commitments=commitment_summary(session, since, until, place=place),
    )


def _seats(session: Session, event_id: str) -> tuple[list[_Seat], bool]:
    """Everybody on the sheet, and whether anybody was marked, present or absent, or took a test."""
    columns = (
        Participation.sex, Person.sex, Participation.country, Participation.sector, Participation.organisation,
        Participation.days, Participation.pre_score, Participation.post_score,
    )  # fmt: skip
    wanted = select(*columns).outerjoin(Person, Person.id == Participation.person_id)
    rows = session.execute(wanted.where(Participation.event_id == event_id, Participation.voided.is_(False))).all()
    marked = any(_is_marked(row) for row in rows)
    return [_Seat(row[1] or row[0], row[2], row[3], row[4], _was_there(row)) for row in rows], marked


def _is_marked(row: Any) -> bool:
    return bool((row.days or "").strip("-")) or row.pre_score is not None or row.post_score is not None


def _was_there(row: Any) -> bool:
    """As `training.was_there` has it for the database."""
    if (row.days or "").strip("-"):
        return not PRESENT.isdisjoint(row.days)
    return row.pre_score is not None or row.post_score is not None


def _by_sex(there: Iterable[_Seat], counted: Mapping[str | None, int | None]) -> Shares:
    named = [seat.sex if seat.sex in (WOMAN, MAN) else None for seat in there]
    return _shares(named + [sex for sex, number in counted.items() for _one in range(number or 0)])


def _shares(found: Iterable[str | None], *, order: str = "") -> Shares:
    """The most frequent first, then in the order of a vocabulary or of the alphabet."""
    counts = Counter(found)
    unknown = counts.pop(None, 0)
    places = {code: place for place, code in enumerate(vocabulary(order).codes)} if order else {}
    ordered = sorted(counts.items(), key=lambda one: (-one[1], places.get(str(one[0]), 1000), str(one[0])))
    return (*ordered, (None, unknown)) if unknown else tuple(ordered)


def _institutions(found: Iterable[str | None]) -> Shares:
    """Institutions as written first; one written with other capitals or dots is the same."""
    written: dict[str, str] = {}
    folded: list[str | None] = []
    for name in found:
        key = fold_label(name) if name else ""
        folded.append(key or None)
        if name and key:
            written.setdefault(key, name)
    return tuple((written[key] if key is not None else None, count) for key, count in _shares(folded))
