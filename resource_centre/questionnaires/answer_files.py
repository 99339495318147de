# SPDX-License-Identifier: Apache-2.0
"""Answers out of a JSON file, as people and other programs write them, turned into places and texts of a form.

One filling-in is an object, several are a list of them. A key is a question's name, where it is there once, or its
place; groups may be objects and the turns of a repeat a list of them. ``{"reason": "refused"}`` says why there is no
answer, as does a key of ``unanswered`` beside ``answers``. Keys that begin with ``_`` are of the program that wrote the
file and are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form, Group, Question
from resource_centre.questionnaires.instance import plain
from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.live import REASONS
from resource_centre.questionnaires.sources import content_of

LONGEST_KEY: Final = 60
"""Of a key that is named because the form does not know it, no more than this is repeated."""


class AnswersRefused(Refused):
    """This file holds no answers to this form. `problems` name the keys."""

    texts = {
        "answers": N_("These answers cannot be used as they are."),
        "not_json": N_("This file is not JSON."),
        "no_answers": N_("This file holds no object with answers, and no list of them."),
        "too_large": N_("This file is larger than answers may be."),
        "unknown_key": N_("The form has no question {key}."),
        "ambiguous_key": N_("The form has several questions {key}: write the place, with the groups around it."),
        "given_twice": N_("{key} is answered twice."),
        "unknown_reason": N_("A reason is unknown, refused, not_applicable or not_asked."),
        "not_an_answer": N_("An answer is a text, a number, or a list of names."),
        "not_a_group": N_("{key} is a group: its answers stand in an object, the turns of a repeat in a list."),
    }


@dataclass(frozen=True)
class AnswerProblem(Problem):
    """One thing wrong with one key of one filling-in; `number` counts from 1."""

    number: int = 1
    key: str = ""

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(AnswersRefused.texts.get(self.code, self.code)).format(key=self.key[:LONGEST_KEY])


@dataclass
class Told:
    """One filling-in: texts by place, and why there is none."""

    answers: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)


def read_answers(source: Path | bytes, form: Form) -> list[Told]:
    """Every filling-in of a file. Raises AnswersRefused naming each key that does not fit, EnvironmentFailed."""
    most = limit("file_megabytes") * MEGABYTE
    data = _parsed(content_of(source, most=most, too_large=AnswersRefused("too_large")))
    each = data if isinstance(data, list) else [data]
    if not each or not all(isinstance(one, dict) for one in each):
        raise AnswersRefused("no_answers")
    readings = [_Reading(form, number) for number in range(1, len(each) + 1)]
    for reading, one in zip(readings, each, strict=True):
        reading.read(one)
    problems = tuple(problem for reading in readings for problem in reading.problems)
    if problems:
        raise AnswersRefused("answers", problems)
    return [reading.told for reading in readings]


class _Reading:
    """Reads one filling-in and remembers what does not fit."""

    def __init__(self, form: Form, number: int) -> None:
        self.told = Told()
        self.problems: list[AnswerProblem] = []
        self._number = number
        self._items = {item.path: item for item in form.items()}
        self._named: dict[str, list[str]] = {}
        for item in form.items():
            self._named.setdefault(item.name, []).append(item.path)

    def read(self, one: Mapping[str, Any]) -> None:
        answers, reasons = one.get("answers"), one.get("unanswered")
        if not isinstance(answers, dict) or "answers" in self._named:
            self._group(one, "")
            return
        self._group(answers, "")
        for key, reason in reasons.items() if isinstance(reasons, dict) else ():
            self._put(key, {"reason": reason}, "")

    def _group(self, held: Mapping[str, Any], above: str) -> None:
        for key, value in held.items():
            if not key.startswith("_"):
                self._put(key, value, above)

    def _put(self, key: str, value: Any, above: str) -> None:
        place = self._place(key, above)
        if place is None or value is None:
            return
        item = self._items[plain(place)]
        if isinstance(item, Question):
            self._answer(place, key, value)
        elif isinstance(value, dict) and not item.repeat:
            self._group(value, f"{place}/")
        elif isinstance(value, list) and item.repeat and all(isinstance(turn, dict) for turn in value):
            for turn, told in enumerate(value, start=1):
                self._group(told, f"{place}[{turn}]/")
        else:
            self._wrong("not_a_group", key)

    def _place(self, key: str, above: str) -> str | None:
        """Where a key stands: below the group it was found in, else as a whole place, else by its name alone."""
        for place in (f"{above}{key}", key):
            if plain(place) in self._items and (place == plain(place) or not self._bare(place)):
                return place
        named = self._named.get(key, [])
        if len(named) == 1:
            return named[0]
        self._wrong("ambiguous_key" if named else "unknown_key", key)
        return None

    def _bare(self, place: str) -> bool:
        """Whether a place names a turn of something that does not come again."""
        parts = place.split("/")
        for depth, part in enumerate(parts, start=1):
            item = self._items[plain("/".join(parts[:depth]))]
            if "[" in part and not (isinstance(item, Group) and item.repeat):
                return True
        return False

    def _answer(self, place: str, key: str, value: Any) -> None:
        if place in self.told.answers or place in self.told.unanswered:
            self._wrong("given_twice", key)
        elif isinstance(value, dict):
            reason = value.get("reason")
            if len(value) != 1 or not isinstance(reason, str) or reason not in REASONS:
                self._wrong("unknown_reason", key)
            else:
                self.told.unanswered[place] = reason
        else:
            texts = [_text(one) for one in (value if isinstance(value, list) else [value])]
            if None in texts:
                self._wrong("not_an_answer", key)
            else:
                self.told.answers[place] = " ".join(text for text in texts if text)

    def _wrong(self, code: str, key: str) -> None:
        self.problems.append(AnswerProblem(key[:LONGEST_KEY], code, number=self._number, key=key))


def _text(value: Any) -> str | None:
    """A value as an ODK submission would hold it; None for what is no answer."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value) if isinstance(value, (str, int)) else None


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_each_once)
    except AnswersRefused:
        raise
    except (ValueError, RecursionError) as reason:
        raise AnswersRefused("not_json") from reason


def _no_number(_name: str) -> NoReturn:
    raise AnswersRefused("not_json")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for place, (key, _value) in enumerate(pairs) if key in _keys(pairs[:place]))
        raise AnswersRefused("answers", (AnswerProblem(twice[:LONGEST_KEY], "given_twice", key=twice),))
    return found


def _keys(pairs: list[tuple[str, Any]]) -> Iterator[str]:
    return (key for key, _value in pairs)
