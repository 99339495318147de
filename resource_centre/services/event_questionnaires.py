# SPDX-License-Identifier: Apache-2.0
"""Which questionnaires belong to a training event, on which occasion, and who has answered them.

Before: what participants need, and the tests of its modules. After: the same tests, the participants' evaluation, the
observation and the interview. Three and six months later: what has become of it (domain reference 4.2, 4.3, 4.5). An
awareness event has only what is asked about the event itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.questionnaires.scales import data_rows
from resource_centre.records import TrainingEvent
from resource_centre.services.asked_tests import TEST
from resource_centre.services.event_days import meeting_days
from resource_centre.services.group_books import months_after
from resource_centre.services.questionnaires import Shelved, readable_tables, shelf, table_for
from resource_centre.services.responses import COMPLETE
from resource_centre.services.rules import rule
from resource_centre.services.training import ParticipantRow, event_sheet
from resource_centre.vocabulary import vocabulary

NEEDS: Final = "needs"
EVALUATION: Final = "evaluation"
OBSERVATION: Final = "observation"
FOLLOW_UP: Final = "follow_up"
"""Kinds of questionnaires that belong to events (code list questionnaire_kind), besides tests."""

BEFORE: Final = "before"
AFTER: Final = "after"
MONTH_3: Final = "month_3"
MONTH_6: Final = "month_6"
ANY: Final = "any"
OCCASIONS: Final = (BEFORE, AFTER, ANY, MONTH_3, MONTH_6)
LATER_RULES: Final = {MONTH_3: "training_month_3", MONTH_6: "training_month_6"}

LEARNING: Final = "belajar"
DIALOGUE: Final = "dialog"
"""Groups of kinds of event (code list training_type)."""

DONE: Final = "done"
SCORE: Final = "score"
"""Only the score stands on the sheet, without answers."""
BEGUN_ONLY: Final = "begun"
MISSING: Final = "missing"
NOT_YET: Final = "not_yet"
ABSENT: Final = "absent"
"""Was never there, so nothing is asked after the event."""
NOT_REACHED: Final = "not_reached"
"""Tried in vain; why stands on the sheet."""
NO_CONTACT: Final = "no_contact"
"""A name without a telephone and a village: nobody can find them again."""

OPEN: Final = frozenset({MISSING, BEGUN_ONLY})


@dataclass(frozen=True)
class EventQuestionnaire:
    """One questionnaire on one occasion. `states` counts participants by the codes above, of what is asked of each.

    Of what is asked about the event itself `states` is empty, `answered` counts whoever answered, and `expected` is how
    many were there, None for what one observer fills in; of participants it is how many can be asked. `optional`: asked
    although nobody has to. `readable` is false when this account does not read the answers: nothing is known of them.
    """

    name: str
    title: str
    kind: str
    about: str
    occasion: str
    from_on: dt.date | None
    answered: int
    begun: int
    expected: int | None
    states: Mapping[str, int]
    readable: bool = True
    optional: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others of the event."""
        return f"{self.name}.{self.occasion}"

    @property
    def missing(self) -> int | None:
        """How many answers are still to come or will never come; None where no number is expected or known."""
        if self.expected is None or not self.readable:
            return None
        if self.states:
            return self.states.get(MISSING, 0) + self.states.get(BEGUN_ONLY, 0)
        return max(0, self.expected - self.answered)


@dataclass(frozen=True)
class ParticipantAnswers:
    """One line of the sheet and how it stands with each questionnaire asked of participants, in their order."""

    id: str
    person_id: str | None
    number: str | None
    name: str | None
    position: int
    states: tuple[str, ...]
    reasons: Mapping[str, str]
    """By occasion why somebody could not be reached (code list follow_up_result)."""


@dataclass(frozen=True)
class EventQuestionnaires:
    """Everything asked at an event. `own` are asked of each participant: the columns of `rows`; `about` the event."""

    event_id: str
    starts_on: dt.date | None
    ended_on: dt.date | None
    own: tuple[EventQuestionnaire, ...]
    about: tuple[EventQuestionnaire, ...]
    rows: tuple[ParticipantAnswers, ...]

    def of(self, name: str, occasion: str) -> EventQuestionnaire | None:
        """One of them."""
        return next((one for one in (*self.own, *self.about) if (one.name, one.occasion) == (name, occasion)), None)


@dataclass(frozen=True)
class _Given:
    """One answering of the event, without its answers."""

    name: str
    occasion: str | None
    participation_id: str | None
    person_id: str | None
    complete: bool


def event_questionnaires(session: Session, event_id: str, *, on: dt.date) -> EventQuestionnaires:
    """How it stands on a day. Raises `Refused` when this account does not see the event."""
    sheet = event_sheet(session, event_id)
    given = list(_given(session, event_id))
    read = readable_tables(session)
    known = {one.name: one for one in shelf(session)}
    wanted = _wanted(session, sheet.event, known, given)
    lines = _Lines(sheet.event, sheet.rows, given, on)
    own = [lines.column(known[name], occasion) for name, occasion in wanted if known[name].about == "person"]
    readable = [table_for(known[one.name].sensitivity) in read for one, _states in own]
    columns = [states for _one, states in own]
    return EventQuestionnaires(
        event_id=event_id,
        starts_on=sheet.event.starts_on,
        ended_on=ended_on(sheet.event),
        own=tuple(_hidden(one, readable=seen) for (one, _states), seen in zip(own, readable, strict=True)),
        about=tuple(lines.about(known[name], occasion) for name, occasion in wanted if known[name].about == "event"),
        rows=tuple(
            ParticipantAnswers(
                id=line.id, person_id=line.person_id, number=line.number, name=line.name, position=place,
                states=tuple(column[place - 1] if seen else "" for column, seen in zip(columns, readable, strict=True)),
                reasons=_reasons(line),
            )
            for place, line in enumerate(sheet.rows, 1)
        ),
    )  # fmt: skip


def ended_on(event: TrainingEvent) -> dt.date | None:
    """The last day an event meets on."""
    days = meeting_days(event)
    return days[-1] if days else event.ends_on or event.starts_on


def asked_from(event: TrainingEvent, occasion: str) -> dt.date | None:
    """The day from which something is asked on an occasion; None for at any time."""
    last = ended_on(event)
    if last is None or occasion in (BEFORE, ANY):
        return None
    return months_after(last, int(rule(LATER_RULES[occasion]))) if occasion in LATER_RULES else last


def tests_of(session: Session, event: TrainingEvent) -> list[str]:
    """The tests of what an event teaches: those its curriculum names, else those of the program for its modules."""
    from resource_centre.services.curricula import modules_of

    found: list[str | None] = []
    if event.curriculum_id and event.module_ids:
        taught = [one for one in modules_of(session, event.curriculum_id) if one.id in set(event.module_ids)]
        found += [one.test or test_of_module(one.module) for one in taught]
    found += [test_of_module(code) for code in (event.module, *(event.further_modules or ()))]
    return list(dict.fromkeys(name for name in found if name))


def test_of_module(module: str | None) -> str | None:
    """The test of the program that belongs to a module (items.csv); None when there is none."""
    return next((row["form_id"] for row in data_rows("items.csv") if row["module"] == module), None)


def group_of(event: TrainingEvent) -> str:
    """Whether people learn, are made aware, or talk at an event (column group of training_type)."""
    term = vocabulary("training_type").get(event.training_type)
    return term.group if term is not None else LEARNING


def was_there(line: ParticipantRow, *, marked: bool) -> bool:
    """Whether somebody took part; at an event where nobody is `marked` everybody on the sheet did."""
    unmarked = not line.days.strip("-")
    tested = line.pre_score is not None or line.post_score is not None
    return line.days_present > 0 or (unmarked and (tested or not marked))


def within_reach(line: Any) -> bool:
    """Whether a participant can be found again: somebody registered, or a name with a telephone or a village."""
    return bool(line.person_id or line.phone or line.village_code)


# Inside


def _wanted(
    session: Session, event: TrainingEvent, known: Mapping[str, Shelved], given: Sequence[_Given]
) -> list[tuple[str, str]]:
    """Names and occasions, in the order of the occasions; what was answered belongs to it in any case."""
    tests = set(tests_of(session, event))
    found = {(one.name, one.occasion or ANY) for one in given if one.name in known and _belongs(known[one.name])}
    found = {(name, _occasions(known[name])[0] if known[name].about == "event" else when) for name, when in found}
    if group_of(event) != DIALOGUE:
        learning = group_of(event) == LEARNING
        for one in known.values():
            unfit = (one.about == "person" and not learning) or (one.kind == TEST and one.name not in tests)
            if _belongs(one) and not unfit and not one.withdrawn:
                found |= {(one.name, when) for when in _occasions(one)}
    names = list(known)
    when = {occasion: place for place, occasion in enumerate(OCCASIONS)}
    return sorted(
        found, key=lambda one: (when.get(one[1], len(when)), known[one[0]].kind != NEEDS, names.index(one[0]))
    )


def _belongs(one: Shelved) -> bool:
    kinds = {"person": (NEEDS, TEST, FOLLOW_UP), "event": (EVALUATION, OBSERVATION)}
    return one.kind in kinds.get(one.about, ())


def _occasions(one: Shelved) -> tuple[str, ...]:
    """On which occasions of an event it is asked, by its kind and what the shelf says of it."""
    if one.kind == TEST:
        return (BEFORE, AFTER)
    if one.kind == FOLLOW_UP:
        return tuple(when for when in (MONTH_3, MONTH_6) if when in one.occasions)
    if one.kind == NEEDS:
        return (BEFORE,) if BEFORE in one.occasions or not one.occasions else ()
    return (AFTER,) if one.kind == EVALUATION else (ANY,)


def _given(session: Session, event_id: str) -> Iterator[_Given]:
    for table in readable_tables(session):
        columns = (table.questionnaire, table.occasion, table.participation_id, table.person_id, table.state)
        own: tuple[Any, ...] = (table.event_id == event_id, table.voided.is_(False))
        for row in session.execute(select(*columns).where(*own)):
            yield _Given(row[0] or "", row[1], row[2], row[3], row[4] == COMPLETE)


def _reasons(line: ParticipantRow) -> dict[str, str]:
    found = {MONTH_3: line.month_3_result, MONTH_6: line.month_6_result}
    return {occasion: why for occasion, why in found.items() if why}


def _hidden(one: EventQuestionnaire, *, readable: bool) -> EventQuestionnaire:
    from dataclasses import replace

    return one if readable else replace(one, answered=0, begun=0, states={}, readable=False)


class _Lines:
    """The sheet, and what of it has answered what."""

    def __init__(
        self, event: TrainingEvent, lines: Sequence[ParticipantRow], given: Iterable[_Given], on: dt.date
    ) -> None:
        self._event, self._lines, self._on = event, lines, on
        self._given: dict[tuple[str, str | None], list[_Given]] = {}
        for one in given:
            self._given.setdefault((one.name, one.occasion), []).append(one)
        marked = any(line.days.strip("-") for line in lines)
        self._there = [was_there(line, marked=marked) for line in lines]

    def column(self, asked: Shelved, occasion: str) -> tuple[EventQuestionnaire, list[str]]:
        """One questionnaire asked of each participant, and how it stands with each."""
        given = self._given.get((asked.name, occasion), [])
        complete = {owner for one in given if one.complete for owner in _owners(one)}
        begun = {owner for one in given if not one.complete for owner in _owners(one)}
        from_on = asked_from(self._event, occasion)
        open_now = from_on is None or from_on <= self._on
        states = []
        for line, there in zip(self._lines, self._there, strict=True):
            own = {line.id, line.person_id} - {None}
            state = DONE if own & complete else BEGUN_ONLY if own & begun else _left(asked, occasion, line, there=there)
            states.append(NOT_YET if state == MISSING and not open_now else state)
        counts = {state: states.count(state) for state in dict.fromkeys(states)}
        made = EventQuestionnaire(
            asked.name, asked.title, asked.kind, asked.about, occasion, from_on, counts.get(DONE, 0),
            counts.get(BEGUN_ONLY, 0), len(states) - counts.get(ABSENT, 0) - counts.get(NO_CONTACT, 0), counts,
            optional=asked.kind == TEST and occasion in LATER_RULES,
        )  # fmt: skip
        return made, states

    def about(self, asked: Shelved, occasion: str) -> EventQuestionnaire:
        """One questionnaire about the event itself, on whatever occasion it was answered."""
        given = [one for (name, _when), every in self._given.items() if name == asked.name for one in every]
        complete = sum(one.complete for one in given)
        expected = None if asked.kind == OBSERVATION else sum(self._there) + _counted(self._event)
        return EventQuestionnaire(
            asked.name, asked.title, asked.kind, asked.about, occasion, asked_from(self._event, occasion), complete,
            len(given) - complete, expected, {},
        )  # fmt: skip


def _left(asked: Shelved, occasion: str, line: ParticipantRow, *, there: bool) -> str:
    """How it stands with somebody who has answered nothing."""
    if asked.kind == TEST and {BEFORE: line.pre_score, AFTER: line.post_score}.get(occasion) is not None:
        return SCORE
    if asked.kind != NEEDS and not there:
        return ABSENT
    if occasion in LATER_RULES:
        if _reasons(line).get(occasion):
            return NOT_REACHED
        if not within_reach(line):
            return NO_CONTACT
    return MISSING


def _owners(one: _Given) -> tuple[str, ...]:
    """The line of the sheet, or the person where the line was not said."""
    owner = one.participation_id or one.person_id
    return (owner,) if owner else ()


def _counted(event: TrainingEvent) -> int:
    return (event.counted_women or 0) + (event.counted_men or 0) + (event.counted_others or 0)
