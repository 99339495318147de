# SPDX-License-Identifier: Apache-2.0
"""What a form asks to be worked out, compiled once per form: which expression waits for which answer, in which order.

An expression that gives another one something to read comes first. Forms in which two of them wait for each other are
refused, as JavaRosa and therefore ODK Collect refuse them.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from resource_centre.questionnaires.expressions import Expression, compile_expression
from resource_centre.questionnaires.form import Choice, Form, Group, Question, parts
from resource_centre.questionnaires.refusals import FormRefused, problem
from resource_centre.questionnaires.tables import tables_of

RELEVANT: Final = "relevant"
CALCULATION: Final = "calculation"
COUNT: Final = "repeat_count"
REQUIRED: Final = "required"
CONSTRAINT: Final = "constraint"
READ_ONLY: Final = "read_only"
FILTER: Final = "choice_filter"
DEFAULT: Final = "dynamic_default"
SEED: Final = "seed"
WORDS: Final = "words"

ITEMS: Final = "')/root/item["
"""Between the name of a list and the condition on its items."""

VALUES: Final = (RELEVANT, CALCULATION, COUNT)
"""What decides over answers, and so over other expressions: worked out in order."""


@dataclass(frozen=True)
class Rule:
    """One expression of one question or group. `far` says that it may look beyond its own turn of a repeat."""

    path: str
    slot: str
    text: str
    expression: Expression
    far: bool


class Plan:
    """The rules of a form by path, who reads which path, the order of working out, and its tables for expressions."""

    def __init__(self, form: Form) -> None:
        self.root = form.root
        self.tables = tables_of(form)
        self.lists = self.tables.lists
        self.items: dict[str, Question | Group] = {item.path: item for item in form.items()}
        self.within: dict[str, str] = {}
        """The innermost repeat around each path, a repeat being around itself."""
        self._nest(form.children, "")
        self.outputs: dict[tuple[str, str], Expression] = {}
        """The expressions inside the words of a path, by their text."""
        self.rules: dict[str, dict[str, Rule]] = {path: self._rules_of(item) for path, item in self.items.items()}
        self._readers = self._read()
        self._hearers: dict[str, tuple[Rule, ...]] = {}
        self.speaks = any(_speaks(rule.text) for rules in self.rules.values() for rule in rules.values())
        """Whether some expression asks for words, and so for the language."""
        self.triggered: dict[str, tuple[str, ...]] = self._triggered(form)
        self.counted = {path for path, rules in self.rules.items() if COUNT in rules}
        self.calculated = {path for path in self.rules if self.standing(path)}
        self.judged = {path for path, item in self.items.items() if isinstance(item, Question) and item.asked}
        """The paths somebody counts, the form works out, and somebody answers."""
        self.order: tuple[str, ...] = tuple(self._ordered())
        self.rank: dict[str, int] = {path: number for number, path in enumerate(self.order)}

    def rule(self, path: str, slot: str) -> Rule | None:
        """The rule of a slot, if the form has one there."""
        return self.rules[path].get(slot)

    def hearers(self, path: str) -> tuple[Rule, ...]:
        """The rules that read a path, or a group that holds it."""
        found = self._hearers.get(path)
        if found is None:
            places = (path, *_ancestors(path), "")
            rules = {id(rule): rule for place in places for rule in self._readers.get(place, ())}
            found = self._hearers[path] = tuple(rules.values())
        return found

    def standing(self, path: str) -> bool:
        """Whether a path has a calculation that always holds, and not only when something else changes."""
        return CALCULATION in self.rules[path] and not self._only_triggered(path)

    def shared(self, one: str, other: str) -> str:
        """The innermost repeat that holds both paths, ``""`` for none."""
        found = self.within.get(one, "")
        while found and not (other == found or other.startswith(found + "/")):
            found = self.within.get(found.rpartition("/")[0], "")
        return found

    def _nest(self, children: Iterable[Question | Group], repeat: str) -> None:
        for item in children:
            inner = item.path if isinstance(item, Group) and item.repeat else repeat
            self.within[item.path] = inner
            if isinstance(item, Group):
                self._nest(item.children, inner)

    def _rules_of(self, item: Question | Group) -> dict[str, Rule]:
        rules = {slot: self._rule(item.path, slot, text) for slot, text in _texts(item, self.lists) if text}
        for number, text in enumerate(self._spoken(item)):
            expression = self._compile(text, item.path)
            self.outputs[item.path, text] = expression
            slot = f"{WORDS}{number}"
            rules[slot] = Rule(item.path, slot, text, expression, far=self._far(text, item.path))
        return rules

    def _rule(self, path: str, slot: str, text: str) -> Rule:
        looked_at = text.partition(ITEMS)[2] if slot == FILTER else text
        return Rule(path, slot, text, self._compile(text, path), far=self._far(looked_at, path))

    def _compile(self, text: str, path: str) -> Expression:
        return compile_expression(text, root=self.root, at=path)

    def _far(self, text: str, path: str) -> bool:
        repeat = self.within[path]
        if not repeat:
            return False
        climb = path.count("/") - repeat.count("/") + 1
        outermost = next(found for found in (*_ancestors(path), path) if self.within[found])
        beyond = (f"/{self.root}/{outermost}", "::", "[", "//", "indexed-repeat", "position", "../" * climb)
        return any(one in text for one in beyond)

    def _spoken(self, item: Question | Group) -> tuple[str, ...]:
        """The expressions inside the words of a question, each once."""
        words = [*item.label.values(), *item.hint.values()]
        if isinstance(item, Question):
            words += [*item.guidance.values(), *item.constraint_message.values(), *item.required_message.values()]
            words += [text for choice in self.lists.get(item.choices, ()) for text in choice.label.values()]
        return tuple(dict.fromkeys(piece for text in words if "<output" in text for piece, asks in parts(text) if asks))

    def _read(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rules in self.rules.values():
            for rule in rules.values():
                for path in rule.expression.reads:
                    found.setdefault(path, []).append(rule)
        return found

    def _triggered(self, form: Form) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for question in form.questions():
            for path in question.triggers:
                found.setdefault(path, []).append(question.path)
        return {path: tuple(targets) for path, targets in found.items()}

    def _waits(self, *, inside: bool) -> dict[str, set[str]]:
        """For each path the paths that are worked out before it; of groups that are read, what is `inside` as well."""
        waits: dict[str, set[str]] = {}
        for path, rules in self.rules.items():
            before = waits[path] = set()
            parent = path.rpartition("/")[0]
            if parent:
                before.add(parent)
            for slot in VALUES:
                if slot in rules and not (slot == CALCULATION and self._only_triggered(path)):
                    before |= self._reads_of(rules[slot], inside=inside)
        return waits

    def _only_triggered(self, path: str) -> bool:
        item = self.items[path]
        return isinstance(item, Question) and bool(item.triggers)

    def _reads_of(self, rule: Rule, *, inside: bool) -> set[str]:
        """What a rule waits for. Groups around it are worked out before it anyway, and a calculation may read itself
        where it keeps its first value, or looks at other turns of its repeat for a running total.
        """
        reads = rule.expression.reads
        known = {path for path in reads if path in self.items}
        if inside:
            groups = tuple(
                f"{path}/" if path else "" for path in reads if not isinstance(self.items.get(path), Question)
            )
            known |= {path for path in self.items if groups and path.startswith(groups)}
        passed = set(_ancestors(rule.path))
        if rule.slot == CALCULATION and (rule.far or "once(" in rule.text):
            passed.add(rule.path)
        return known - passed

    def _ordered(self) -> list[str]:
        """Every path after what it waits for. Raises FormRefused for a circle; one that is only closed by looking at a
        group as a whole, as count() of a repeat does, is none.
        """
        strict = _sorted(self.items, self._waits(inside=False))
        try:
            return _sorted(self.items, self._waits(inside=True))
        except FormRefused:
            return strict


def plan_of(form: Form) -> Plan:
    """The plan of a form, made once for as long as the form is in use.

    Raises FormRefused naming an expression that cannot be asked, or those that wait for each other.
    """
    found = _plans.get(id(form))
    if found is None:
        found = _plans[id(form)] = Plan(form)
        weakref.finalize(form, _plans.pop, id(form), None)
    return found


_plans: dict[int, Plan] = {}


def _texts(item: Question | Group, lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[tuple[str, str]]:
    yield RELEVANT, item.relevant
    yield READ_ONLY, item.read_only
    if isinstance(item, Group):
        yield COUNT, item.repeat_count
        return
    yield CALCULATION, item.calculation
    yield REQUIRED, item.required
    yield CONSTRAINT, item.constraint
    yield DEFAULT, item.dynamic_default
    yield SEED, item.parameters.get("seed", "") if item.randomize else ""
    if item.choice_filter and item.choices in lists:
        yield FILTER, f"instance('{item.choices}{ITEMS}{item.choice_filter}]"


def _speaks(text: str) -> bool:
    return "jr:" in text or "format-date" in text


def _ancestors(path: str) -> Iterator[str]:
    """The paths above one, outermost first."""
    steps = path.split("/")
    for number in range(1, len(steps)):
        yield "/".join(steps[:number])


def _sorted(paths: Iterable[str], waits: Mapping[str, set[str]]) -> list[str]:
    done: set[str] = set()
    return [path for start in paths if start not in done for path in _visit(start, waits, done)]


def _visit(start: str, waits: Mapping[str, set[str]], done: set[str]) -> Iterator[str]:
    """What a path waits for, each after what it waits for itself, then the path. Raises FormRefused for a circle."""
    way: list[tuple[str, Iterator[str]]] = [(start, iter(sorted(waits[start])))]
    open_paths = {start}
    while way:
        path, rest = way[-1]
        following = next((one for one in rest if one not in done), None)
        if following is None:
            way.pop()
            open_paths.discard(path)
            done.add(path)
            yield path
        elif following in open_paths:
            raise _circle([one for one, _rest in way], following)
        else:
            open_paths.add(following)
            way.append((following, iter(sorted(waits[following]))))


def _circle(way: list[str], again: str) -> FormRefused:
    names = ", ".join(path.rpartition("/")[2] for path in way[way.index(again) :])
    return FormRefused("form", (problem("circular", names=names),))
