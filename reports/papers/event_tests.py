# SPDX-License-Identifier: Apache-2.0
"""The tests of an event's modules on paper, one for each participant, with the key to them; and the evaluation form.

A participant's sheet bears the line of the attendance sheet, so that it is keyed in where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.event import EventFacts, event_facts
from reports.papers.heading import Heading, heading_of
from reports.papers.questionnaire import blank_of
from reports.papers.questionnaire_walk import Asked, Item, Note, Table, numbers_of
from reports.papers.values import word
from resource_centre.errors import Refused
from resource_centre.i18n import N_, _, language
from resource_centre.questionnaires.form import Form, say
from resource_centre.questionnaires.scales import data_rows
from resource_centre.records import TrainingEvent
from resource_centre.services.questionnaires import form_of, shelved
from resource_centre.services.saving import existing
from resource_centre.services.shipped_forms import read_shipped
from resource_centre.services.taught import taught_at
from resource_centre.services.training import event_sheet

BEFORE: Final = "before"
AFTER: Final = "after"
REACTION: Final = "reaction"
TOPICS: Final = "topics"
GAIN: Final = "gain_m"
"""The questions of `REACTION` about what was dealt with, and about one module each."""
MOST_SHEETS: Final = 300
DIFFICULTIES: Final = {"easy": N_("easy"), "medium": N_("medium"), "hard": N_("hard")}


@dataclass(frozen=True)
class AskedForm:
    """One questionnaire: what it is called, its version, its questions."""

    title: str
    version: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class SheetFor:
    """Whose sheet it is: the line of the attendance sheet, and the name where there is one."""

    line: int
    name: str = ""


@dataclass(frozen=True)
class EventForms:
    """The same questionnaires for each of `sheets`. `occasion` says before or after; empty for an evaluation, which
    bears no name."""

    heading: Heading
    event: EventFacts
    occasion: str
    forms: tuple[AskedForm, ...]
    sheets: tuple[SheetFor, ...]


@dataclass(frozen=True)
class KeyLine:
    """One question and its right answer."""

    number: str
    question: str
    answer: str
    difficulty: str


@dataclass(frozen=True)
class TestKey:
    """The right answers of one test."""

    __test__ = False

    title: str
    version: str
    lines: tuple[KeyLine, ...]


@dataclass(frozen=True)
class AnswerKey:
    """The keys of an event's tests, for the trainer."""

    heading: Heading
    event: EventFacts
    tests: tuple[TestKey, ...]


def before_event(session: Session, event_id: str, *, spare: int = 0) -> EventForms:
    """The tests as they are asked before the event, and `spare` sheets without a name."""
    return _tests(session, event_id, BEFORE, spare)


def after_event(session: Session, event_id: str, *, spare: int = 0) -> EventForms:
    """The tests as they are asked after the event."""
    return _tests(session, event_id, AFTER, spare)


def evaluation_forms(session: Session, event_id: str, *, spare: int = 0) -> EventForms:
    """The participants' evaluation, one for everybody who came, named or only counted."""
    event = existing(session, TrainingEvent, event_id)
    counted = sum(one or 0 for one in (event.counted_women, event.counted_men, event.counted_others))
    people = len(event_sheet(session, event_id).rows) + counted + spare
    sheets = tuple(SheetFor(number) for number in range(1, min(max(people, 1), MOST_SHEETS) + 1))
    codes = {code for code in (event.module, *(event.further_modules or ())) if code}
    facts, form = event_facts(session, event), _of_modules(_form(session, REACTION), codes)
    return EventForms(heading_of(session, form.title, event.number), facts, "", (form,), sheets)


def answer_key(session: Session, event_id: str) -> AnswerKey:
    """The right answers of the event's tests. Raises `Refused` when none of its modules has a test."""
    event = existing(session, TrainingEvent, event_id)
    tests = tuple(key for name in _names(session, event) if (key := _key(session, name)).lines)
    if not tests:
        raise Refused("no_tests")
    return AnswerKey(heading_of(session, _("Answer key"), event.number), event_facts(session, event), tests)


def _tests(session: Session, event_id: str, occasion: str, spare: int) -> EventForms:
    event = existing(session, TrainingEvent, event_id)
    names = _names(session, event)
    if not names:
        raise Refused("no_tests")
    forms = tuple(_form(session, name) for name in names)
    title = _("Test before the event") if occasion == BEFORE else _("Test after the event")
    return EventForms(
        heading=heading_of(session, title, event.number),
        event=event_facts(session, event),
        occasion=word("response_occasion", occasion),
        forms=forms,
        sheets=_sheets(session, event_id, spare),
    )


def _sheets(session: Session, event_id: str, spare: int) -> tuple[SheetFor, ...]:
    rows = event_sheet(session, event_id).rows
    named = [SheetFor(place, row.name or "") for place, row in enumerate(rows, 1)]
    wanted = min(len(named) + max(spare, 0 if named else 1), MOST_SHEETS)
    return (*named, *(SheetFor(number) for number in range(len(named) + 1, wanted + 1)))


def _names(session: Session, event: TrainingEvent) -> list[str]:
    return list(dict.fromkeys(one.test for one in taught_at(session, event) if one.test))


def _form(session: Session, name: str) -> AskedForm:
    """The questionnaire as whoever answers fills it in: without hints for whoever reads it aloud."""
    paper = blank_of(session, name)
    return AskedForm(paper.heading.title, paper.version, tuple(_own(one) for one in paper.items))


def _own(item: Item) -> Item:
    if isinstance(item, Note):
        return replace(item, hint="")
    if isinstance(item, Asked):
        return replace(item, to_answer=True)
    if isinstance(item, Table):
        return replace(item, rows=tuple(replace(one, to_answer=True) for one in item.rows))
    return item


def _of_modules(form: AskedForm, codes: set[str]) -> AskedForm:
    """The evaluation without topics that were not dealt with: what the event knows need not be asked."""
    if not codes:
        return form
    dealt_with = {f"{GAIN}{int(code[1:]):02d}" for code in codes if code[1:].isdigit()}
    return replace(form, items=tuple(_kept(form.items, dealt_with)))


def _kept(items: Sequence[Item], dealt_with: set[str]) -> Iterator[Item]:
    for item in items:
        rows = item.rows if isinstance(item, Table) else (item,) if isinstance(item, Asked) else ()
        if not any(_asks_of_a_topic(one) for one in rows):
            yield item
            continue
        left = tuple(replace(one, only_if="") for one in rows if _last(one) in dealt_with or not _asks_of_a_topic(one))
        if isinstance(item, Table):
            yield from [replace(item, rows=left)] if left else []
        else:
            yield from left


def _asks_of_a_topic(one: Asked) -> bool:
    return _last(one) == TOPICS or _last(one).startswith(GAIN)


def _last(one: Asked) -> str:
    return one.place.rpartition("/")[2]


def _key(session: Session, name: str) -> TestKey:
    form = _read(session, name)
    keys = {row["question"]: row for row in data_rows("items.csv") if row["form_id"] == form.name}
    asked = _form(session, name)
    return TestKey(asked.title, asked.version, tuple(_key_lines(form, keys)))


def _read(session: Session, name: str) -> Form:
    version = shelved(session, name).version_id
    return form_of(session, version) if version else read_shipped(name)


def _key_lines(form: Form, keys: Mapping[str, Mapping[str, str]]) -> Iterator[KeyLine]:
    spoken, numbers = form.language_for(language()), numbers_of(form)
    for question in form.questions():
        row = keys.get(question.name)
        if row is None:
            continue
        right = next((one for one in form.lists[question.choices] if one.name == row["key"]), None)
        answer = say(right.label, spoken) if right is not None else row["key"]
        hard = DIFFICULTIES.get(row["difficulty"], "")
        yield KeyLine(numbers.get(question.path, ""), say(question.label, spoken), answer, _(hard) if hard else "")
