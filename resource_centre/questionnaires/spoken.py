# SPDX-License-Identifier: Apache-2.0
"""The words of a filling-in: labels with answers inside, messages, and choices in the order they are offered."""

from __future__ import annotations

import zlib
from dataclasses import replace

from resource_centre.problems import Problem
from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.form import CHOICES, NAMES, Choice, Question, Words, parts, say
from resource_centre.questionnaires.instance import Spot
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.odk_functions_nodes import randomize
from resource_centre.questionnaires.plan import SEED, Plan
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.working import Working


class Spoken:
    """Says things in one of the form's languages; `language` may be changed at any time."""

    def __init__(self, plan: Plan, working: Working, language: str) -> None:
        self.plan = plan
        self.working = working
        self.language = language
        working.asker.scene.choice_name = self.choice_name

    @property
    def language(self) -> str:
        """The language of the interview, as the form names it."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = language
        called = language.lower()
        english = called == "en" or any(word in called for word in (*NAMES["en"], "(en)"))
        self.working.asker.scene.language = "en" if english else "id"

    def choice_name(self, path: str, name: str) -> str:
        """The words of a choice of the question at a path, nothing where it has no such choice."""
        item = self.plan.items.get(path)
        choices = self.plan.lists.get(item.choices, ()) if isinstance(item, Question) else ()
        found = next((choice for choice in choices if choice.name == name), None)
        return "" if found is None else say(found.label, self.language) or name

    def text(self, spot: Spot, words: Words) -> str:
        """A text of a question, with answers where it asks for them."""
        said = say(words, self.language)
        if "<output" not in said:
            return said
        return "".join(self._value(spot, piece) if asks else piece for piece, asks in parts(said))

    def message(self, spot: Spot) -> str:
        """What to say of an answer that cannot stand, ``""`` when it can: the form's own sentence if it has one."""
        if not spot.code:
            return ""
        assert isinstance(spot.item, Question)
        own = {"constraint": spot.item.constraint_message, "required_unanswered": spot.item.required_message}
        return self.text(spot, own.get(spot.code, {})) or Problem(spot.place, spot.code).words()

    def choices(self, spot: Spot) -> tuple[Choice, ...]:
        """What may be chosen at a question now."""
        if not isinstance(spot.item, Question) or spot.item.kind not in CHOICES:
            return ()
        offered = self.working.judging.offered(spot)
        if spot.item.randomize:
            offered = self._shuffled(spot, offered)
        return tuple(self._choice(spot, choice) for choice in offered)

    def _shuffled(self, spot: Spot, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """In another order: by the form's seed, else by one that stays the same for this question and interview."""
        rule = self.plan.rule(spot.path, SEED)
        scene = self.working.asker.scene
        seed = rule.expression.number(scene, spot) if rule is not None else float(self._seed(spot))
        items = [Node(str(number)) for number in range(len(choices))]
        return tuple(choices[int(item.name)] for item in randomize(Asking(scene, spot), items, seed))

    def _seed(self, spot: Spot) -> int:
        """When the interview began, as it says itself or as the program knows: the same each time it is taken up."""
        facts = self.working.asker.scene.facts
        spots = self.working.instance.by_place.values()
        began = next((one.text for one in spots if isinstance(one.item, Question) and one.item.kind == "start"), "")
        return zlib.crc32(f"{began or facts.start} {spot.place}".encode())

    def _choice(self, spot: Spot, choice: Choice) -> Choice:
        if "<output" not in say(choice.label, self.language):
            return choice
        return replace(choice, label={self.language: self.text(spot, choice.label)})

    def _value(self, spot: Spot, text: str) -> str:
        expression = self.plan.outputs.get((spot.path, text))
        if expression is None:
            return ""
        try:
            return expression.text(self.working.asker.scene, spot)
        except FormRefused:
            return ""
