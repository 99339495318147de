# SPDX-License-Identifier: Apache-2.0
"""Participants who came before, and light records that turn out to be registered people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import _
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import (
    Certificate,
    Participation,
    Partner,
    Person,
    ProtectedResponse,
    Response,
    SensitiveResponse,
    Trainer,
    TrainingEvent,
)
from resource_centre.services.saving import existing, write_changes
from resource_centre.services.trainers import follow_line
from resource_centre.values.names import fold_name

if TYPE_CHECKING:
    from resource_centre.services.duplicates import Likeness
    from resource_centre.services.training import ParticipantRow

MOST_READ: Final = 120
"""Lines of earlier sheets read for one typed name: the newest are what a list of a few needs."""
MOST_LIKELY: Final = 5
TOLD: Final = ("sex", "village_code", "client_type", "phone", "disability", "organisation", "sector", "country")
"""What an earlier sheet says of somebody and the next one would say again."""
ANSWERS_AND_TRAINERS: Final[tuple[Any, ...]] = (Response, SensitiveResponse, ProtectedResponse, Trainer)
"""Records that name the line they came from."""
NO_MARK: Final = "-"
_LAST: Final = chr(0x10FFFF)

Done = Callable[[int, int], object]
"""``done(compared, of)``: how far a search has come."""


@dataclass(frozen=True)
class EarlierParticipant:
    """Somebody on the sheets of earlier events whom nobody has registered; `age` on the day asked about."""

    name: str
    age: int | None
    last_on: dt.date | None
    events: int
    told: Mapping[str, Any]
    """What the newest sheets say, by the names of `TOLD`."""


@dataclass(frozen=True)
class LikelyParticipant:
    """A light record of a sheet and the registered people who may be the same; `on_sheet` are on it already."""

    line: ParticipantRow
    likely: tuple[Likeness, ...]
    on_sheet: Mapping[str, str]
    """Person's id to the id of the line on which they are."""


@dataclass(frozen=True)
class KnownOrganisation:
    """An institution that has taken part or is a partner, with what was said of it last."""

    name: str
    sector: str | None
    country: str | None


def participants_before(
    session: Session, text: str, *, on: dt.date | None = None, without: str | None = None, limit: int = 8
) -> list[EarlierParticipant]:
    """Light records whose names begin as the text does, one for each name, sex and village; the newest first.

    `on` is the day for which the age is worked out, `without` the event whose own sheet is left out.
    """
    typed = fold_name(text)
    if not typed:
        return []
    wanted = (
        select(Participation, TrainingEvent.starts_on)
        .join(TrainingEvent, TrainingEvent.id == Participation.event_id)
        .where(
            Participation.name_key >= typed,
            Participation.name_key < f"{typed}{_LAST}",
            # In words no index knows: most lines of all are light records, few have such a name.
            case((Participation.person_id.is_(None), 1), else_=0) == 1,
            Participation.voided.is_(False),
            TrainingEvent.voided.is_(False),
            *([Participation.event_id != without] if without else []),
        )
        .order_by(TrainingEvent.starts_on.desc(), Participation.id)
        .limit(MOST_READ)
    )
    same: dict[tuple[Any, ...], list[tuple[Participation, dt.date | None]]] = {}
    for line, held_on in session.execute(wanted):
        same.setdefault((line.name_key, line.sex, line.village_code), []).append((line, held_on))
    return [_earlier(lines, on or today()) for lines in list(same.values())[:limit]]


def organisations_known(session: Session) -> list[KnownOrganisation]:
    """Institutions of earlier sheets and partners, by name; of two spellings that fold alike the newest."""
    line, partner = Participation, Partner
    found: dict[str, KnownOrganisation] = {}
    wanted = (
        select(line.organisation, line.sector, line.country, TrainingEvent.starts_on)
        .join(TrainingEvent, TrainingEvent.id == line.event_id)
        .where(line.organisation > "", line.voided.is_(False), TrainingEvent.voided.is_(False))
        .distinct()
        .order_by(TrainingEvent.starts_on)
    )
    partners = select(partner.name, partner.sector, partner.country).where(partner.voided.is_(False))
    for name, sector, country in session.execute(partners):
        if name:
            found[name.casefold()] = KnownOrganisation(name, sector, country)
    for name, sector, country, _on in session.execute(wanted):
        known = found.get(str(name).casefold(), KnownOrganisation("", None, None))
        found[str(name).casefold()] = KnownOrganisation(str(name), sector or known.sector, country or known.country)
    return sorted(found.values(), key=lambda one: one.name.casefold())


def likely_people(
    session: Session, event_id: str, *, lines: Sequence[str] | None = None, done: Done | None = None
) -> list[LikelyParticipant]:
    """The light records of a sheet that may be registered people, in its order; those found to be others left out.

    `lines` are the ids of the lines to look at, all when it is None.
    """
    from resource_centre.services.training import event_sheet

    sheet = event_sheet(session, event_id)
    on_sheet = {row.person_id: row.id for row in sheet.rows if row.person_id is not None}
    unlinked = [row for row in sheet.rows if row.person_id is None and row.name]
    asked = [row for row in unlinked if lines is None or row.id in lines]
    held_on, found = sheet.event.starts_on or today(), []
    for number, row in enumerate(asked):
        likely = _likely(session, row, held_on)
        if likely:
            here = {one.person_id: on_sheet[one.person_id] for one in likely if one.person_id in on_sheet}
            found.append(LikelyParticipant(row, likely, here))
        if done is not None:
            done(number + 1, len(asked))
    return found


def link_participant(session: Session, participation_id: str, person_id: str) -> Participation:
    """The light record is this person; what was typed stays on the line, and the line keeps its id.

    Raises `Refused` with ``already_listed`` when the person is on that sheet: `merge_lines` makes one of the two.
    """
    line = existing(session, Participation, participation_id)
    existing(session, Person, person_id)
    if line.person_id not in (None, person_id):
        raise Refused("check", (Problem("person_id", "linked_already"),))
    if _line_of(session, line.event_id, person_id) not in (None, line.id):
        raise Refused("check", (Problem("person_id", "already_listed"),))
    left = [one for one in line.not_same_ids or () if one != person_id]
    # The client type is written anew: what may stand beside nobody's name may not stand beside this one.
    values = {"person_id": person_id, "not_same_ids": left or None, "client_type": line.client_type}
    before = line.person_id
    linked = write_changes(session, line, values, on=today())
    follow_line(session, line.id, before, person_id)
    return linked


def unlink_participant(session: Session, participation_id: str) -> Participation:
    """The line is a light record again, of the name that was typed or else of that of the person it was linked to.

    The person is remembered as compared with it and found to be another.
    """
    line = existing(session, Participation, participation_id)
    if line.person_id is None:
        return line
    person = session.get(Person, line.person_id)
    values: dict[str, Any] = {"person_id": None, "not_same_ids": _with(line, line.person_id)}
    if person is not None:
        values |= {"name": line.name or person.full_name, "sex": line.sex or person.sex}
    before = line.person_id
    light = write_changes(session, line, values, on=today())
    follow_line(session, line.id, before, None)
    return light


def mark_not_the_same(session: Session, participation_id: str, person_id: str) -> Participation:
    """Somebody has compared the two: they are two people, and nobody is asked about them again."""
    line = existing(session, Participation, participation_id)
    existing(session, Person, person_id)
    if line.person_id == person_id:
        raise Refused("check", (Problem("person_id", "linked_already"),))
    return write_changes(session, line, {"not_same_ids": _with(line, person_id)}, on=today())


def merge_lines(session: Session, kept_id: str, gone_id: str) -> Participation:
    """Two lines of one sheet are the same participant: one is kept and takes what it lacks from the other.

    Where both say something, the kept line's word stays; the other line is marked as not valid and stays readable.
    Answers and tests go with the kept line. Raises `Refused` for lines of two events or of two people, when the line
    that goes has a certificate, and when each of the two made a trainer.
    """
    kept, gone = existing(session, Participation, kept_id), existing(session, Participation, gone_id)
    _refuse_merging(session, kept, gone)
    void(session, gone, _("The same participant as another line of this sheet"))
    names = ("person_id", "name", "age", *TOLD, "pre_score", "post_score", "oral", "month_3_result", "month_6_result")
    values = {name: getattr(gone, name) for name in names if getattr(kept, name) is None}
    values["days"] = _merged_marks(kept.days or "", gone.days or "") or None
    values["not_same_ids"] = sorted({*(kept.not_same_ids or ()), *(gone.not_same_ids or ())}) or None
    merged = write_changes(session, kept, values, on=today())
    for record in ANSWERS_AND_TRAINERS:
        for one in session.scalars(select(record).where(record.participation_id == gone_id)):
            one.participation_id = kept_id
    session.flush()
    follow_line(session, kept_id, None, merged.person_id)
    return merged


def _refuse_merging(session: Session, kept: Participation, gone: Participation) -> None:
    if kept.id == gone.id or kept.event_id != gone.event_id:
        raise Refused("check", (Problem("person_id", "two_sheets"),))
    if kept.person_id and gone.person_id and kept.person_id != gone.person_id:
        raise Refused("check", (Problem("person_id", "two_people"),))
    given = select(Certificate.id).where(
        Certificate.participation_id == gone.id, Certificate.voided.is_(False), Certificate.withdrawn_on.is_(None)
    )
    if session.scalar(given.limit(1)) is not None:
        raise Refused("check", (Problem("person_id", "line_certified"),))
    of_both = select(Trainer.id).where(Trainer.participation_id.in_((kept.id, gone.id)), Trainer.voided.is_(False))
    if len(session.scalars(of_both).all()) > 1:
        raise Refused("check", (Problem("person_id", "already_trainer"),))


def _merged_marks(kept: str, gone: str) -> str:
    """Each day's mark of the kept line, else of the other."""
    longest = max(len(kept), len(gone))
    pairs = zip(kept.ljust(longest, NO_MARK), gone.ljust(longest, NO_MARK), strict=True)
    return "".join(one if one != NO_MARK else other for one, other in pairs)


def _with(line: Participation, person_id: str) -> list[str]:
    return sorted({*(line.not_same_ids or ()), person_id})


def _line_of(session: Session, event_id: str, person_id: str) -> str | None:
    wanted = select(Participation.id).where(
        Participation.event_id == event_id, Participation.person_id == person_id, Participation.voided.is_(False)
    )
    return session.scalar(wanted.limit(1))


def _earlier(lines: Sequence[tuple[Participation, dt.date | None]], on: dt.date) -> EarlierParticipant:
    newest, last_on = lines[0]
    told = {name: next((v for one, _on in lines if (v := getattr(one, name)) is not None), None) for name in TOLD}
    aged = next(((one.age, held_on) for one, held_on in lines if one.age is not None), None)
    age = None if aged is None else aged[0] + _years_between(aged[1], on)
    return EarlierParticipant(newest.name or "", age, last_on, len({one.event_id for one, _on in lines}), told)


def _years_between(first: dt.date | None, last: dt.date) -> int:
    """Whole years between two days; of somebody whose age was written then, they are about so much older."""
    if first is None or last <= first:
        return 0
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _likely(session: Session, row: ParticipantRow, held_on: dt.date) -> tuple[Likeness, ...]:
    from resource_centre.services.duplicates import likely_duplicates

    # Of an age the year of birth is known but for one; the comparison takes the year beside it as nearly fitting.
    born = None if row.age is None else str(held_on.year - row.age)
    likely = likely_duplicates(
        session,
        full_name=row.name or "",
        sex=row.sex,
        birth_date=born,
        village_code=row.village_code,
        phone=row.phone,
        limit=MOST_LIKELY + len(row.not_same_ids),
    )
    return tuple(one for one in likely if one.person_id not in row.not_same_ids)[:MOST_LIKELY]
