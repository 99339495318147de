# SPDX-License-Identifier: Apache-2.0
"""One filling-in of a questionnaire while it goes on: what is asked now, what is wrong, what is offered, what it says.

Windows, papers, imports and the command line ask here. Answers are the text of an ODK submission by place (see
instance.py). Why there is no answer (`REASONS`) stands beside them; such a question is empty for every expression, and
is no longer required. What is not relevant keeps its answer while the interview is open, but is not part of `answers`.

``answers`` holds further: a calculation's result like any answer, and a turn of a repeat in which nothing is answered
as its place with an empty text (``child[2]``: ``""``), so that it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from resource_centre.clock import today
from resource_centre.problems import Problem
from resource_centre.questionnaires.conversions import iso_moment
from resource_centre.questionnaires.expressions import compile_expression
from resource_centre.questionnaires.form import Choice, Form, Group, Question
from resource_centre.questionnaires.instance import MOST_SPOTS, MOST_TURNS, Instance, Repeat, Spot, plain
from resource_centre.questionnaires.judging import asked
from resource_centre.questionnaires.loading import load
from resource_centre.questionnaires.plan import COUNT, plan_of
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Facts, Scene
from resource_centre.questionnaires.spoken import Spoken
from resource_centre.questionnaires.tables import with_sources
from resource_centre.questionnaires.working import Working

__all__ = ["REASONS", "Facts", "LiveForm", "State", "plain"]

REASONS: Final = frozenset({"unknown", "refused", "not_applicable", "not_asked"})
"""Why there may be no answer, as in every record of the centre."""


@dataclass(frozen=True)
class State:
    """How one place stands. `message` is the sentence to show beside it and `code` names it, both ``""`` when fine."""

    value: str | None
    reason: str | None
    relevant: bool
    required: bool
    read_only: bool
    valid: bool
    message: str
    code: str = ""


class LiveForm:
    """The state of one filling-in; see the module.

    Without answers and reasons it is a new one and takes the form's defaults; with them it is taken up where it was
    left. `facts` are what the program knows of day, hour and user; `sources` tables that belong to the form but came
    in files of their own. Raises FormRefused when an expression cannot be asked or some wait for each other.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, str] | None = None,
        unanswered: Mapping[str, str] | None = None,
        *,
        language: str = "",
        facts: Facts | None = None,
        sources: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    ) -> None:
        self.form = form = with_sources(form, sources) if sources else form
        self.facts = facts or Facts(today=today(), now=datetime.now())  # noqa: DTZ005 - forms speak of the wall clock
        self._plan = plan_of(form)
        self._instance = Instance(form)
        known = replace(self.facts, version=self.facts.version or form.version)
        self._scene = Scene(root=self._instance.root, instances=self._plan.tables.nodes, facts=known)
        self._working = Working(self._plan, self._instance, self._scene)
        self._spoken = Spoken(self._plan, self._working, language or form.default_language or form.languages[0])
        self._strangers, self._strange_reasons = load(self._working, answers or {}, unanswered or {})
        self.touched: frozenset[str] = frozenset()
        """The places whose state, words or choices the latest change may have changed."""

    # What there is

    def places(self) -> Sequence[str]:
        """Every place there is now, relevant or not, in the form's order; a group before what is in it."""
        return tuple(self._instance.by_place)

    def item(self, place: str) -> Question | Group:
        """The form's item at a place. Raises KeyError for a place that is not there."""
        return self._spot(place).item

    def state(self, place: str) -> State:
        """How a place stands now."""
        spot = self._spot(place)
        return State(
            value=spot.text or None,
            reason=spot.reason or None,
            relevant=spot.relevant,
            required=spot.required,
            read_only=spot.locked,
            valid=not spot.code,
            message=self._spoken.message(spot),
            code=spot.code,
        )

    def label(self, place: str) -> str:
        """The question's words in the language of the interview, with answers filled in."""
        spot = self._spot(place)
        return self._spoken.text(spot, spot.item.label)

    def hint(self, place: str) -> str:
        """The hint's words, ``""`` for none."""
        spot = self._spot(place)
        return self._spoken.text(spot, spot.item.hint)

    def guidance(self, place: str) -> str:
        """The longer advice for whoever asks, ``""`` for none."""
        item = self.item(place)
        return self._spoken.text(self._spot(place), item.guidance) if isinstance(item, Question) else ""

    def choices(self, place: str) -> tuple[Choice, ...]:
        """What may be chosen now, in the order to show it; `say(choice.label, live.language)` gives the words."""
        return self._spoken.choices(self._spot(place))

    @property
    def language(self) -> str:
        """The language of the interview, as the form names it."""
        return self._spoken.language

    @language.setter
    def language(self, language: str) -> None:
        self._spoken.language = language
        if self._plan.speaks:
            self._working.everything()
            self._settle()

    # What happens

    def answer(self, place: str, value: str | None, reason: str | None = None) -> frozenset[str]:
        """Take an answer, or why there is none, or neither; the places that may look different now.

        What the form calculates stays as it is. An answer that cannot stand is kept, and its state says why.
        """
        spot = self._spot(place)
        if reason and reason not in REASONS:
            raise ValueError("no such reason")
        item = spot.item
        if not isinstance(item, Question) or self._plan.standing(item.path):
            return frozenset()
        text = self._tidy(item, value or "")
        self._working.put(spot, text, "" if text else reason or "")
        return self._settle()

    def turns(self, repeat_path: str) -> int:
        """How many turns a repeat has: ``child``, or ``child[2]/toy`` for one within a turn."""
        return len(self._repeat(repeat_path).turns)

    def may_add(self, repeat_path: str) -> bool:
        """Whether one more turn may be added by hand: the repeat is asked, and no expression counts it."""
        repeat = self._repeat(repeat_path)
        counted = self._plan.rule(repeat.item.path, COUNT) is not None
        full = len(repeat.turns) >= MOST_TURNS or len(self._instance.by_place) >= MOST_SPOTS
        return not counted and not full and self._working.wanted(repeat)

    def add_turn(self, repeat_path: str) -> str:
        """One more turn with its defaults; its place. Raises ValueError where none may be added."""
        if not self.may_add(repeat_path):
            raise ValueError("no turn may be added")
        turn = self._working.add_turn(self._repeat(repeat_path))
        self._settle()
        return turn.place

    def remove_turn(self, place: str) -> frozenset[str]:
        """Take a turn away with its answers; those after it move up. Raises ValueError where the form counts."""
        turn = self._spot(place)
        if turn.repeat is None or self._plan.rule(turn.path, COUNT) is not None:
            raise ValueError("no turn to be removed")
        self._working.take_turn(turn.repeat, turn)
        return self._settle()

    def finish(self, moment: datetime) -> frozenset[str]:
        """Write down when the interview ended, for the questions of the kind `end`."""
        for spot in self._instance.by_place.values():
            if isinstance(spot.item, Question) and spot.item.kind == "end":
                self._working.put(spot, iso_moment(moment))
        return self._settle()

    # What came of it

    def answers(self) -> dict[str, str]:
        """Every answer that counts, calculated ones too, by place; to be stored."""
        return self._kept(spot for spot in self._instance.by_place.values() if spot.relevant)

    def unanswered(self) -> dict[str, str]:
        """Why there is no answer, by place, for what is relevant, and for places this form does not have."""
        spots = self._instance.by_place.values()
        return {spot.place: spot.reason for spot in spots if spot.reason and spot.relevant} | self._strange_reasons

    def remembered(self) -> tuple[dict[str, str], dict[str, str]]:
        """Answers and reasons, also strangers and what is not asked now: what a draft keeps."""
        spots = self._instance.by_place.values()
        answers = self._strangers | self._kept(spots)
        reasons = self._strange_reasons | {spot.place: spot.reason for spot in spots if spot.reason}
        for place, spot in self._instance.set_aside():
            if spot.text or spot.reason:
                (answers if spot.text else reasons)[place] = spot.text or spot.reason
        return answers, reasons

    def strangers(self) -> dict[str, str]:
        """Answers that were brought for places this form does not have. Whoever stores keeps them beside the others."""
        return dict(self._strangers)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong now, in the form's order; nothing with severity error may be left when it is completed."""
        found = [Problem(spot.place, spot.code) for spot in self._instance.by_place.values() if spot.code]
        found += [
            Problem(repeat.place, "too_many_turns") for repeat in self._instance.repeats.values() if repeat.overrun
        ]
        known = self._instance.by_place
        failed = {spot.place for spot, _slot in self._working.asker.failed if known.get(spot.place) is spot}
        return (*found, *(Problem(place, "not_worked_out", "warning") for place in sorted(failed)))

    def progress(self) -> tuple[int, int]:
        """How many questions are answered, or have a reason, and how many are asked now."""
        wanted = [spot for spot in self._instance.by_place.values() if asked(spot)]
        return sum(1 for spot in wanted if spot.text or spot.reason), len(wanted)

    def instance_name(self) -> str:
        """What the form calls this filling-in, ``""`` when it does not say."""
        if not self.form.instance_name:
            return ""
        expression = compile_expression(self.form.instance_name, root=self.form.root, at="meta/instanceName")
        try:
            return expression.text(self._scene, self._instance.root)
        except FormRefused:
            return ""

    def _tidy(self, item: Question, text: str) -> str:
        """Blanks alone are no answer, and of several choices the order says nothing: they stand as in the list."""
        if not text.strip():
            return ""
        if item.kind != "select_multiple":
            return text
        places = {choice.name: number for number, choice in enumerate(self._plan.lists.get(item.choices, ()))}
        return " ".join(sorted(text.split(), key=lambda name: places.get(name, len(places))))

    def _spot(self, place: str) -> Spot:
        return self._instance.by_place[place]

    def _repeat(self, place: str) -> Repeat:
        return self._instance.repeats[place]

    def _settle(self) -> frozenset[str]:
        touched = self._working.settle()
        known = self._instance.by_place
        self.touched = frozenset(spot.place for spot in touched if known.get(spot.place) is spot)
        return self.touched

    def _kept(self, spots: Iterable[Spot]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for spot in spots:
            if isinstance(spot.item, Question):
                if spot.text:
                    kept[spot.place] = spot.text
            elif spot.repeat is not None and not any(one.text or one.reason for one in spot.below()):
                kept[spot.place] = ""
        return kept
