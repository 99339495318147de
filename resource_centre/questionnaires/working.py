# SPDX-License-Identifier: Apache-2.0
"""What follows from a changed answer: worked out in order, and only what depends on it.

A change marks the expressions that read it. Those that decide over answers (relevant, calculation, repeat_count) are
asked in the plan's order, each of them marking its own readers; what nothing else waits for (required, constraint and
so on) is asked once at the end. A whole form is worked out in the same way, with everything marked.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from resource_centre.questionnaires.asker import Asker, NoRest
from resource_centre.questionnaires.conversions import number_of
from resource_centre.questionnaires.form import Group, Question
from resource_centre.questionnaires.instance import MOST_SPOTS, MOST_TURNS, Instance, Repeat, Spot
from resource_centre.questionnaires.judging import JUDGE, Judging, cast
from resource_centre.questionnaires.plan import (
    CALCULATION,
    COUNT,
    DEFAULT,
    RELEVANT,
    VALUES,
    Plan,
)
from resource_centre.questionnaires.scene import Scene

Scopes = AbstractSet[Spot | None]
"""Below which spots something is to be asked again; None stands for the whole form."""

NOWHERE: Final[frozenset[Spot | None]] = frozenset()

INHERIT: Final = "inherit"
"""Marks what may have become relevant, or not, with its group."""


class Working:
    """Keeps an instance true to its form. After changes `settle` says which spots may look different now."""

    def __init__(self, plan: Plan, instance: Instance, scene: Scene) -> None:
        self.plan = plan
        self.instance = instance
        self.asker = Asker(plan, scene)
        self.judging = Judging(instance, self.asker)
        self._marked: dict[str, dict[str, set[Spot | None]]] = {}
        self._queue: list[tuple[int, str]] = []
        self._touched: set[Spot] = set()
        self._altered: dict[Spot, None] = {}
        self._born: list[Spot] = []

    def everything(self) -> None:
        """Mark the whole form."""
        for path in self.plan.order:
            self._mark_path(path, None)

    def put(self, spot: Spot, text: str, reason: str = "") -> None:
        """Give a question an answer, or none for a reason."""
        spot.reason = reason
        self._touched.add(spot)
        if spot.path in self.plan.judged:
            self._mark(spot.path, JUDGE, spot)
        self._write(spot, text)

    def add_turn(self, repeat: Repeat) -> Spot:
        """One more turn: the one set aside last, else a new one."""
        fresh = not repeat.aside
        turn = repeat.add()
        self._grown(turn, fresh=fresh)
        self._reshaped(repeat)
        return turn

    def take_turn(self, repeat: Repeat, turn: Spot) -> None:
        """Take a turn away with what was answered in it."""
        later = repeat.turns[repeat.turns.index(turn) :]
        repeat.take(turn)
        for spot in later:
            self._touched |= {spot, *spot.below()}
        self._reshaped(repeat)

    def born(self, spots: Iterable[Spot]) -> None:
        """Give new questions their fixed defaults; those worked out follow when all else is settled."""
        for spot in spots:
            if isinstance(spot.item, Question):
                spot.text = spot.item.default
                if spot.item.dynamic_default:
                    self._born.append(spot)

    def settle(self, *, loading: bool = False) -> set[Spot]:
        """Work out all that is marked; the spots whose state, words or choices may be others now.

        While an interview is being loaded nothing counts as changed, so that no trigger goes off.
        """
        self.asker.limit(len(self.instance.by_place) + len(self.plan.order), opening=loading)
        try:
            self._values()
            self._defaults()
            if loading:
                self._altered.clear()
            self._triggers()
            self._touched |= self.judging.settle()
        except NoRest:
            self._give_up()
        self.asker.free()
        touched, self._touched = self._touched, set()
        return touched

    # Marking

    def _mark(self, path: str, slot: str, scope: Spot | None) -> None:
        if slot in VALUES or slot == INHERIT:
            slots = self._marked.get(path)
            if slots is None:
                slots = self._marked[path] = {}
                heapq.heappush(self._queue, (self.plan.rank[path], path))
            slots.setdefault(slot, set()).add(scope)
        elif slot != DEFAULT:
            self.judging.mark(path, slot, scope)

    def _mark_path(self, path: str, scope: Spot | None) -> None:
        for slot in (INHERIT, JUDGE, *self.plan.rules[path]):
            self._mark(path, slot, scope)

    def _heard(self, spot: Spot) -> None:
        """Mark what reads a spot; rules that stay within their turn of a repeat, in the same turn only."""
        for rule in self.plan.hearers(spot.path):
            shared = "" if rule.far else self.plan.shared(rule.path, spot.path)
            self._mark(rule.path, rule.slot, spot.ancestor(shared) if shared else None)

    def _grown(self, turn: Spot, *, fresh: bool) -> None:
        """Mark a new turn, and let the repeats in it begin with one turn each."""
        if fresh:
            begin(turn)
            self.born(turn.below())
        spots = (turn, *turn.below())
        self.asker.more(len(spots))
        for spot in spots:
            self._touched.add(spot)
            self._mark_path(spot.path, turn)
        for path in self._repeats_below(turn.item):
            self._mark_path(path, turn)

    def _reshaped(self, repeat: Repeat) -> None:
        """Mark what looks into a repeat from outside its turns, or at their number."""
        self.instance.reshaped()
        for path in _paths(repeat.item):
            for rule in self.plan.hearers(path):
                shared = self.plan.shared(rule.path, path)
                if not rule.far and len(shared) >= len(repeat.item.path):
                    continue  # within one turn; a new turn is marked as a whole
                self._mark(rule.path, rule.slot, None if rule.far or not shared else repeat.above.ancestor(shared))

    def _repeats_below(self, item: Question | Group) -> Iterator[str]:
        return (path for path in _paths(item) if isinstance(found := self.plan.items[path], Group) and found.repeat)

    # What decides over answers

    def _values(self) -> None:
        while self._queue:
            _rank, path = heapq.heappop(self._queue)
            slots = self._marked[path]
            inherits = slots.get(INHERIT, NOWHERE) | slots.get(RELEVANT, NOWHERE)
            self._work_out(path, slots.get(CALCULATION, NOWHERE), slots.get(COUNT, NOWHERE), inherits)

    def _work_out(self, path: str, calculated: Scopes, counted: Scopes, inherits: Scopes) -> None:
        del self._marked[path]
        if path in self.plan.counted:
            self._count(path, counted | inherits)
        woken = {spot for spot in self.instance.spots(path, inherits) if self._relevance(spot)} if inherits else NOWHERE
        if path in self.plan.calculated:
            for spot in self.instance.spots(path, calculated | woken):
                self._calculate(spot)

    def _give_up(self) -> None:
        """Leave what does not come to rest, and say so."""
        for _rank, path in self._queue:
            self.asker.failed |= {(spot, CALCULATION) for spot in self.instance.at(path)}
        self._queue.clear()
        self._marked.clear()
        self.judging.forget()
        self._born.clear()
        self._altered.clear()

    def _relevance(self, spot: Spot) -> bool:
        """Work out whether a spot is relevant; True when it has become so."""
        assert spot.above is not None
        before, relevant = spot.relevant, spot.above.relevant
        if relevant:
            relevant = self.asker.truth(spot, RELEVANT, otherwise=True)
        spot.relevant = relevant
        if relevant == before:
            return False
        self._touched.add(spot)
        self._heard(spot)
        self._mark(spot.path, JUDGE, spot)
        for part in spot.parts.values():
            self._mark(part.item.path, INHERIT, spot)
        if relevant:
            for slot in self.plan.rules[spot.path]:
                if slot not in VALUES:
                    self._mark(spot.path, slot, spot)
        return relevant

    def _calculate(self, spot: Spot) -> None:
        if not spot.relevant:
            return
        assert isinstance(spot.item, Question)
        text = cast(self.asker.ask(spot, CALCULATION, ""), spot.item.stored_type)
        if text != spot.text:
            self.put(spot, text)

    def _write(self, spot: Spot, text: str) -> None:
        if text != spot.text:
            spot.text = text
            self._altered[spot] = None
            self._heard(spot)

    def _count(self, path: str, scopes: Scopes) -> None:
        if not scopes:
            return
        room = MOST_SPOTS - len(self.instance.by_place)
        for repeat in list(self.instance.repeats_at(path)):
            if repeat.above.relevant and repeat.above.within(scopes):
                with repeat.imagined() as turn:
                    number = number_of(self.asker.ask(turn, COUNT, 0.0))
                wanted = 0 if math.isnan(number) else int(max(0.0, min(number, MOST_TURNS + 1)))
                room -= self._bring_to(repeat, wanted, room)

    def _bring_to(self, repeat: Repeat, wanted: int, room: int) -> int:
        """Let a repeat have as many turns as are wanted and there is room for; how many spots that took."""
        size = sum(1 for _path in _paths(repeat.item))
        before = len(repeat.turns)
        number = min(wanted, MOST_TURNS, before + max(0, room) // size)
        repeat.overrun = wanted > number
        while len(repeat.turns) > number:
            repeat.set_aside()
        while len(repeat.turns) < number:
            fresh = not repeat.aside
            self._grown(repeat.add(), fresh=fresh)
        if number != before:
            self._reshaped(repeat)
        return (number - before) * size

    def _defaults(self) -> None:
        """Work out the defaults of new questions, each in sight of those before it."""
        while self._born:
            spot = self._born.pop(0)
            assert isinstance(spot.item, Question)
            self.put(spot, cast(self.asker.ask(spot, DEFAULT, ""), spot.item.stored_type))
            self._values()

    def _triggers(self) -> None:
        """Ask what is asked only when something else changes: each at most once, or two could chase each other."""
        done: set[Spot] = set()
        while self._altered:
            altered, self._altered = self._altered, {}
            for target in [target for spot in altered for target in self._targets(spot) if target not in done]:
                done.add(target)
                assert isinstance(target.item, Question)
                self.put(target, cast(self.asker.ask(target, CALCULATION, ""), target.item.stored_type))
            self._values()

    def _targets(self, spot: Spot) -> Iterator[Spot]:
        for path in self.plan.triggered.get(spot.path, ()):
            shared = self.plan.shared(path, spot.path)
            yield from self.instance.spots(path, {spot.ancestor(shared) if shared else None})

    def wanted(self, repeat: Repeat) -> bool:
        """Whether a turn of a repeat would be relevant."""
        if not repeat.above.relevant or repeat.turns:
            return any(turn.relevant for turn in repeat.turns)
        with repeat.imagined() as turn:
            return self.asker.truth(turn, RELEVANT, otherwise=True)


def begin(spot: Spot) -> None:
    """Give every repeat below that nobody counts one turn to begin with, as ODK Collect does."""
    for part in spot.parts.values():
        if isinstance(part, Spot):
            begin(part)
        elif not part.item.repeat_count:
            begin(part.add())


def _paths(item: Question | Group) -> Iterator[str]:
    yield item.path
    for child in item.children if isinstance(item, Group) else ():
        yield from _paths(child)
