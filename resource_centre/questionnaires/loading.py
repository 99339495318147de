# SPDX-License-Identifier: Apache-2.0
"""How a filling-in begins: new, with the form's defaults, or taken up from what was stored of it."""

from __future__ import annotations

from collections.abc import Mapping

from resource_centre.questionnaires.conversions import iso_date, iso_moment
from resource_centre.questionnaires.form import Question
from resource_centre.questionnaires.instance import MOST_SPOTS, MOST_TURNS, Instance, Repeat, Spot
from resource_centre.questionnaires.scene import Facts
from resource_centre.questionnaires.working import Working, begin

Strangers = tuple[dict[str, str], dict[str, str]]
"""Answers and reasons for which the form has no place."""


def load(working: Working, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> Strangers:
    """Fill an instance, and work everything out; what is left over."""
    if not answers and not unanswered:
        _start(working)
        return {}, {}
    return _resume(working, answers, unanswered)


def _start(working: Working) -> None:
    instance = working.instance
    begin(instance.root)
    instance.reshaped()
    working.born(instance.by_place.values())
    for spot in instance.by_place.values():
        if isinstance(spot.item, Question):
            spot.text = preload(spot.item, working.asker.scene.facts) or spot.text
    working.everything()
    working.settle(loading=True)


def _resume(working: Working, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> Strangers:
    """Answers first, then everything that follows from them.

    A default belongs to a question that was not relevant when it was left: nobody can have taken it away there.
    """
    instance = working.instance
    room = MOST_SPOTS
    for place in (*answers, *unanswered):
        room -= _make_room(instance, place, room)
    instance.reshaped()
    strangers = _enter(instance, answers, unanswered)
    working.everything()
    working.settle(loading=True)
    hidden = [spot for spot in instance.by_place.values() if not spot.relevant and not spot.text and not spot.reason]
    working.born(hidden)
    working.settle(loading=True)
    return strangers


def _enter(instance: Instance, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> Strangers:
    strange_answers: dict[str, str] = {}
    strange_reasons: dict[str, str] = {}
    for place, text in answers.items():
        spot = instance.by_place.get(place)
        if spot is not None and isinstance(spot.item, Question):
            spot.text = text
        elif text:
            strange_answers[place] = text
    for place, reason in unanswered.items():
        spot = instance.by_place.get(place)
        if spot is None or not isinstance(spot.item, Question):
            strange_reasons[place] = reason
        elif not spot.text:
            spot.reason = reason
    return strange_answers, strange_reasons


def _make_room(instance: Instance, place: str, room: int) -> int:
    """Add the turns that a place names, none for a place that the form does not have; how many spots that took."""
    spot, taken = instance.root, 0
    for step in place.split("/"):
        name, _bracket, number = step.partition("[")
        part = spot.parts.get(name)
        if isinstance(part, Repeat):
            turn = int(number[:-1]) if number[:-1].isdecimal() and number.endswith("]") else 0
            if not 1 <= turn <= MOST_TURNS or taken > room:
                return taken
            while len(part.turns) < turn:
                taken += 1 + sum(1 for _spot in part.add().below())
            spot = part.turns[turn - 1]
        elif isinstance(part, Spot) and not number:
            spot = part
        else:
            return taken
    return taken


def preload(question: Question, facts: Facts) -> str:
    """What the program itself answers when an interview begins."""
    if question.kind == "today":
        return iso_date(facts.today)
    if question.kind == "start":
        return iso_moment(facts.start or facts.now)
    if question.kind == "end":
        return iso_moment(facts.now)
    return facts.named(question.kind) if question.kind in ("username", "deviceid", "phonenumber") else ""
