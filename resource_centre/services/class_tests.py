# SPDX-License-Identifier: Apache-2.0
"""A whole class's test written down from paper: one letter for each question, one line for each participant.

What is kept are answers like any others. A letter is that of the choice on the paper; `NOT_KNOWN` stands for "do not
know", `NONE` for a question somebody left empty, `OPEN` for one that is not written down yet.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form, Question, Words, say
from resource_centre.records import TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.asked_tests import TEST
from resource_centre.services.event_questionnaires import AFTER, BEFORE, LATER_RULES, ended_on
from resource_centre.services.questionnaires import form_of, newest_version, readable_tables, shelved
from resource_centre.services.response_facts import reasons_of
from resource_centre.services.responses import BEGUN, COMPLETE, save_response
from resource_centre.services.saving import refuse_errors
from resource_centre.services.training import ParticipantRow, event_sheet

OPEN: Final = "."
NONE: Final = "-"
NOT_KNOWN: Final = "t"
NOT_KNOWN_CHOICE: Final = "tidak_tahu"
"""What the tests of the program call "do not know" (domain reference 4.3)."""

LEFT_EMPTY: Final = "unknown"
"""Why there is no answer to a question that somebody left empty: nobody knows (code list unanswered)."""

MOST_LETTERS: Final = 19
"""Choices after the s would take the letter of "do not know"."""


@dataclass(frozen=True)
class TestItem:
    """One question of a test; `letters` leads from what is typed to the name of the choice."""

    place: str
    number: int
    label: Words
    letters: Mapping[str, str]
    choices: tuple[tuple[str, Words], ...]
    """Letter and words of each choice, to be shown."""

    __test__ = False

    def words(self, language: str) -> str:
        """The question itself."""
        return say(self.label, language)


@dataclass(frozen=True)
class TestLine:
    """One participant, with the letters that stand already. `locked`: the test before was of another version."""

    participation_id: str
    person_id: str | None
    number: str | None
    name: str | None
    letters: str
    response_id: str | None = None
    has_before: bool = False
    locked: bool = False

    __test__ = False


@dataclass(frozen=True)
class ClassTest:
    """One test on one occasion of an event, in the order of the sheet. `mode` is how it was asked so far."""

    event_id: str
    name: str
    title: str
    occasion: str
    version_id: str
    form_version: str
    language: str
    items: tuple[TestItem, ...]
    lines: tuple[TestLine, ...]
    mode: str | None
    asked_on: dt.date


@dataclass(frozen=True)
class SavedAnswers:
    """What became of a class's answers: how many are complete, only begun, and without a test before."""

    complete: int
    begun: int
    without_before: int


@dataclass(frozen=True)
class _Held:
    """Answers that are there."""

    id: str
    owner: str
    occasion: str | None
    version_id: str
    state: str
    mode: str | None
    asked_on: dt.date | None
    answers: Mapping[str, str]
    unanswered: Mapping[str, str]


def class_test(session: Session, event_id: str, name: str, occasion: str) -> ClassTest:
    """The sheet of a test. Stores the version of a test that comes with the program, when it is the first time.

    The version is that of the answers before, so that both can be compared; without any the newest. Raises `Refused`
    for a questionnaire that is no test.
    """
    known = shelved(session, name)
    if known.kind != TEST:
        raise Refused("not_found")
    sheet = event_sheet(session, event_id)
    held = _held(session, event_id, name)
    version_id = _version(session, name, occasion, held)
    form = form_of(session, version_id)
    items = items_of(form)
    own = {(one.owner, one.occasion): one for one in held}
    now = [one for one in held if one.occasion == occasion]
    return ClassTest(
        event_id=event_id,
        name=name,
        title=known.title,
        occasion=occasion,
        version_id=version_id,
        form_version=form.version,
        language=form.default_language,
        items=items,
        lines=tuple(
            _line(line, items, version_id, _of(own, line, occasion), _of(own, line, BEFORE)) for line in sheet.rows
        ),
        mode=now[-1].mode if now else None,
        asked_on=next((one.asked_on for one in now if one.asked_on), None) or _day(sheet.event, occasion),
    )


def version_to_ask(session: Session, name: str, about: Mapping[str, Any]) -> str | None:
    """The version in which a test is asked of a participant: that of their test before, or of the class's.

    None where nothing was asked before, or it is no test at a training.
    """
    event_id, occasion = about.get("event_id"), about.get("occasion")
    if not event_id or shelved(session, name).kind != TEST:
        return None
    held = _held(session, str(event_id), name)
    owners = {about.get("participation_id"), about.get("person_id")} - {None}
    own = [one for one in held if one.owner in owners and one.occasion == BEFORE]
    return own[-1].version_id if own else _usual(held, str(occasion or ""))


def save_test_answers(
    session: Session,
    event_id: str,
    form: str,
    occasion: str,
    mode: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    version_id: str | None = None,
    asked_on: dt.date | None = None,
) -> SavedAnswers:
    """Keep a class's answers to a test.

    A row has ``participation_id`` and ``letters``, one for each question; ``before`` are the letters the sheet was
    opened with, so that only what differs is written. A line of nothing but `OPEN` is left alone. With letters for
    every question it is complete, else begun. Raises `Refused` with problems named ``rows.0.letters.2`` (row and
    question): a letter the question does not offer, a line that is not on the sheet, or (``rows.0.letters``) answers
    in another version than those before; then nothing is written.
    """
    test = class_test(session, event_id, form, occasion)
    if version_id is not None and version_id != test.version_id:
        raise Refused("check", (Problem("version_id", "other_test_version"),))
    lines = {line.participation_id: line for line in test.lines}
    refuse_errors(_problems(test, lines, rows))
    complete = begun = without = 0
    for row in rows:
        line, letters = lines[row["participation_id"]], _letters(row)
        if letters == _letters(row, "before", line.letters) or not letters.strip(OPEN):
            continue
        done = _save(session, test, line, row, mode, asked_on or test.asked_on)
        complete, begun = complete + done, begun + (not done)
        without += occasion == AFTER and not line.has_before
    return SavedAnswers(complete, begun, without)


def items_of(form: Form) -> tuple[TestItem, ...]:
    """The questions that are answered with one choice, and the letter of each choice."""
    asked = [one for one in form.questions() if one.kind == "select_one" and one.asked]
    return tuple(_item(form, one, number) for number, one in enumerate(asked, 1))


def letters_of(
    items: Sequence[TestItem], answers: Mapping[str, str], unanswered: Mapping[str, str], *, complete: bool
) -> str:
    """What stands for these answers; a question without one is empty on the paper once all is written down."""
    found = []
    for one in items:
        choice = answers.get(one.place, "")
        empty = NONE if complete or one.place in unanswered else OPEN
        found.append(next((letter for letter, name in one.letters.items() if name == choice), empty))
    return "".join(found)


# Inside


def _line(
    line: ParticipantRow, items: Sequence[TestItem], version_id: str, here: _Held | None, before: _Held | None
) -> TestLine:
    blank = OPEN * len(items)
    return TestLine(
        participation_id=line.id,
        person_id=line.person_id,
        number=line.number,
        name=line.name,
        letters=_letters_held(items, here) if here else blank,
        response_id=here.id if here else None,
        has_before=before is not None or line.pre_score is not None,
        locked=any(one is not None and one.version_id != version_id for one in (here, before)),
    )


def _letters_held(items: Sequence[TestItem], held: _Held) -> str:
    return letters_of(items, held.answers, held.unanswered, complete=held.state == COMPLETE)


def _item(form: Form, question: Question, number: int) -> TestItem:
    names = [choice.name for choice in form.lists.get(question.choices, ())]
    rest = [name for name in names if name != NOT_KNOWN_CHOICE]
    named = all(len(name) == 1 and name in ascii_lowercase[:MOST_LETTERS] for name in rest)
    letters = dict(zip(rest if named else ascii_lowercase[:MOST_LETTERS], rest, strict=False))
    if NOT_KNOWN_CHOICE in names:
        letters[NOT_KNOWN] = NOT_KNOWN_CHOICE
    words = {choice.name: choice.label for choice in form.lists.get(question.choices, ())}
    return TestItem(
        question.path, number, question.label, letters, tuple((letter, words[name]) for letter, name in letters.items())
    )


def _held(session: Session, event_id: str, name: str) -> list[_Held]:
    """What this account reads of the answers to a test at an event, the earliest first."""
    found = []
    for table in readable_tables(session):
        wanted = select(table).where(*_own(table, event_id, name)).order_by(table.asked_on, table.id)
        found += [_held_of(one) for one in session.scalars(wanted) if one.participation_id or one.person_id]
    return found


def _held_of(one: AnyResponse) -> _Held:
    return _Held(
        id=one.id,
        owner=one.participation_id or one.person_id or "",
        occasion=one.occasion,
        version_id=one.version_id,
        state=one.state or BEGUN,
        mode=one.mode,
        asked_on=one.asked_on,
        answers=one.answers,
        unanswered=reasons_of(one.unanswered),
    )


def _own(table: type[AnyResponse], event_id: str, name: str) -> tuple[Any, ...]:
    return (table.event_id == event_id, table.questionnaire == name, table.voided.is_(False))


def _of(own: Mapping[tuple[str, str | None], _Held], line: Any, occasion: str) -> _Held | None:
    return own.get((line.id, occasion)) or (own.get((line.person_id, occasion)) if line.person_id else None)


def _version(session: Session, name: str, occasion: str, held: Sequence[_Held]) -> str:
    return _usual(held, occasion) or newest_version(session, name).id


def _usual(held: Sequence[_Held], occasion: str) -> str | None:
    """The version most of the class answered: before, else on this occasion, else on any."""
    for group in (BEFORE, occasion, None):
        versions = Counter(one.version_id for one in held if group in (None, one.occasion))
        if versions:
            return versions.most_common(1)[0][0]
    return None


def _day(event: TrainingEvent, occasion: str) -> dt.date:
    """The day a test was most likely taken on: the first day of the event, or its last; never in the future."""
    day = event.starts_on if occasion == BEFORE else ended_on(event)
    return today() if day is None or occasion in LATER_RULES else min(day, today())


def _letters(row: Mapping[str, Any], key: str = "letters", default: str = "") -> str:
    return str(row.get(key) or default).lower().replace(" ", OPEN)


def _problems(test: ClassTest, lines: Mapping[str, TestLine], rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    found: list[Problem] = []
    seen: set[str] = set()
    for index, row in enumerate(rows):
        line = lines.get(str(row.get("participation_id")))
        letters = _letters(row)
        if line is None or line.participation_id in seen:
            found.append(Problem(f"rows.{index}", "not_on_sheet" if line is None else "already_listed"))
            continue
        seen.add(line.participation_id)
        if line.locked and letters != line.letters:
            found.append(Problem(f"rows.{index}.letters", "other_test_version"))
        if len(letters) > len(test.items):
            found.append(Problem(f"rows.{index}.letters", "too_many_letters"))
        for place, (letter, item) in enumerate(zip(letters, test.items, strict=False)):
            if letter not in item.letters and letter not in (OPEN, NONE):
                found.append(Problem(f"rows.{index}.letters.{place}", "letter_not_offered"))
    return found


def _save(session: Session, test: ClassTest, line: TestLine, row: Mapping[str, Any], mode: str, day: dt.date) -> bool:
    """Write one line; whether it is complete now."""
    size = len(test.items)
    letters = _letters(row).ljust(size, OPEN)
    before = _letters(row, "before", line.letters).ljust(size, OPEN)
    answers, reasons = stands, why = _standing(session, line)
    for item, now, then in zip(test.items, letters, before, strict=True):
        if now != then:
            answers = {**answers, item.place: item.letters.get(now, "")}
            reasons = {**reasons, item.place: LEFT_EMPTY if now == NONE else ""}
    facts: dict[str, Any] = {"mode": mode}
    if line.response_id is None:
        facts |= {
            "person_id": line.person_id, "event_id": test.event_id, "participation_id": line.participation_id,
            "occasion": test.occasion, "asked_on": day,
        }  # fmt: skip
    state = BEGUN if OPEN in letters else COMPLETE
    save_response(
        session, line.response_id, version_id=test.version_id, state=state, before=stands, before_unanswered=why,
        answers=_worked_out(session, test.version_id, _kept(answers)), unanswered=_kept(reasons), **facts,
    )  # fmt: skip
    return state == COMPLETE


def _standing(session: Session, line: TestLine) -> tuple[dict[str, str], dict[str, str]]:
    """The answers that are there, and why there are none."""
    if line.response_id is not None:
        for table in readable_tables(session):
            held = session.get(table, line.response_id)
            if held is not None:
                return dict(held.answers), reasons_of(held.unanswered)
    return {}, {}


def _kept(said: Mapping[str, str]) -> dict[str, str]:
    return {place: text for place, text in said.items() if text}


def _worked_out(session: Session, version_id: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers with what the form reckons from them."""
    from resource_centre.questionnaires.live import LiveForm

    return LiveForm(form_of(session, version_id), answers).answers()
