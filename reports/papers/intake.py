# SPDX-License-Identifier: Apache-2.0
"""The intake on paper, blank or filled: the same questions in the same order as the window asks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of
from reports.papers.values import MERGED, is_top_tier, merged_words, refused_words, written, yes_no
from resource_centre.i18n import _
from resource_centre.records import Contact, Field, Owned, Service
from resource_centre.services.entries import entries_of
from resource_centre.services.intake_parts import intake_record
from resource_centre.services.intake_sections import EXTRA, NUMBERS, STEPS, Section, sections_of
from resource_centre.vocabulary import vocabulary

VISIT: Final = "visit"
"""The section about the contact with which everything began."""

ELSEWHERE: Final[dict[str, frozenset[str]]] = {
    "identifiers": frozenset(NUMBERS),
    "addresses": frozenset({"current"}),
}
"""Kinds that have a question of their own, by the key of the list they are left out of."""

MOST_BOXES: Final = 20
"""Lists with more answers than this are written on a line: a page of boxes is not read."""
MOST_BOXES_IN_A_COLUMN: Final = 9
"""The same where several entries stand beside each other."""

COLUMNS: Final = {"members": 4, "episodes": 2, "identifiers": 3, "skills": 3, "debts": 3, "arrival": 3, "documents": 4,
                  "consents": 3}  # fmt: skip
"""How many entries stand beside each other on the paper, by the key of the section."""


@dataclass(frozen=True)
class Option:
    """One answer of a list. `ticked` on a filled form only."""

    code: str
    label: str
    ticked: bool = False


@dataclass(frozen=True)
class Question:
    """One question with its answer, if any; `no_answer` is a code of ``unanswered``. Lists that are short enough have
    `options`."""

    name: str
    label: str
    help: str
    format: str
    options: tuple[Option, ...] = ()
    answer: str = ""
    no_answer: str = ""

    @property
    def no_answer_words(self) -> str:
        """Why there is no answer."""
        return refused_words(self.no_answer)


@dataclass(frozen=True)
class Block:
    """The questions of one section: once, or once for each entry of a list. A list that is blank has one empty entry;
    `columns` says how many stand beside each other."""

    key: str
    title: str
    entries: tuple[tuple[Question, ...], ...]
    columns: int = 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the first entry: their words are the same in all."""
        return self.entries[0]


@dataclass(frozen=True)
class Stage:
    """One step of the conversation."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class IntakePaper:
    """The whole form."""

    heading: Heading
    stages: tuple[Stage, ...]


def blank_intake(centre: str = "") -> IntakePaper:
    """The form to be filled in by hand, in the active language; needs no centre."""
    return IntakePaper(blank_heading(_("Intake"), centre), _stages(lambda _one: [({}, {})]))


def intake_paper(session: Session, person_id: str) -> IntakePaper:
    """What was told so far, in the active language. Raises `Refused` when this account does not see the person."""
    record = intake_record(session, person_id)

    def told(one: Section) -> list[tuple[Mapping[str, Any], Mapping[str, str]]]:
        if one.key == VISIT:
            return [_visit(session, person_id)]
        if one.many:
            record_of = cast("type[Owned]", one.record)
            elsewhere = ELSEWHERE.get(one.key, frozenset())
            entries = entries_of(session, record_of, person_id)
            here = [entry for entry in entries if getattr(entry, "kind", None) not in elsewhere]
            return [_entry(entry, one) for entry in here] or [({}, {})]
        found = record.told.get(one.key)
        return [(found.values, found.unanswered) if found is not None else ({}, {})]

    return IntakePaper(heading_of(session, _("Intake"), record.person.number), _stages(told))


def _visit(session: Session, person_id: str) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The first contact with somebody, and what was given at it."""
    own = (Contact.person_id == person_id, Contact.voided.is_(False))
    contact = session.scalars(select(Contact).where(*own).order_by(Contact.held_on, Contact.id).limit(1)).first()
    if contact is None:
        return {}, {}
    given = (Service.contact_id == contact.id, Service.voided.is_(False))
    services = session.scalars(select(Service.service_type).where(*given).order_by(Service.id)).all()
    values = {name: getattr(contact, name, None) for name in ("held_on", "channel", "reasons", "reason")}
    return {**values, "services": [*services]}, contact.unanswered or {}


def _entry(entry: Any, one: Section) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    return {name: getattr(entry, name, None) for name in one.fields}, entry.unanswered or {}


def _stages(told: Any) -> tuple[Stage, ...]:
    return tuple(
        Stage(step.key, step.title, tuple(_block(one, told(one)) for one in sections_of(step.key))) for step in STEPS
    )


def _block(one: Section, told: Sequence[tuple[Mapping[str, Any], Mapping[str, str]]]) -> Block:
    columns = COLUMNS.get(one.key, 3) if one.many else 1
    entries = tuple(
        tuple(_question(one, field, values.get(field.name), reasons.get(field.name, "")) for field in one.described)
        for values, reasons in told
    )
    return Block(one.key, one.title, entries, columns)


def _question(one: Section, field: Field, value: Any, reason: str) -> Question:
    return Question(
        name=field.name,
        label=field.label,
        help=field.help,
        format=field.format,
        options=_options(one, field, value),
        answer=written(field, value),
        no_answer=reason if not written(field, value) else "",
    )


def _options(one: Section, field: Field, value: Any) -> tuple[Option, ...]:
    if field.format == "yes_no":
        return tuple(Option(str(answer), yes_no(answer), value is answer) for answer in (True, False))
    if field.format not in ("code", "codes") or field.name in EXTRA:
        return ()
    most = MOST_BOXES_IN_A_COLUMN if one.many else MOST_BOXES
    known = vocabulary(field.vocabulary)
    left_out = ELSEWHERE.get(one.key, frozenset()) if field.name == "kind" else frozenset()
    chosen = set(value if isinstance(value, list) else [value])
    shown = [
        Option(term.code, term.label(), term.code in chosen)
        for term in known
        if term.code not in left_out and not is_top_tier(field.vocabulary, term.code)
    ]
    if len(shown) + len(left_out) < len(known):
        hidden = any(is_top_tier(field.vocabulary, code) for code in chosen)
        shown.append(Option(MERGED, merged_words(), hidden))
    return tuple(shown) if len(shown) <= most else ()
