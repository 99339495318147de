# SPDX-License-Identifier: Apache-2.0
"""The answers of one filling-in: groups, the turns of each repeat and the questions in them, as expressions see them.

A place names the turn of each repeat above it, ``household/child[2]/age``, counted from 1 and closed up when a turn is
taken away. A path names none, ``household/child/age``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Final

from resource_centre.questionnaires.form import Choice, Form, Group, Question
from resource_centre.questionnaires.nodes import Node

_TURN = re.compile(r"\[[0-9]+\]")
_LAST_TURN = re.compile(r"(.*)\[([0-9]+)\]")

MOST_TURNS: Final = 1_000
"""Of one repeat under one parent: nobody can fill in more, and a wrong count would take all the memory."""

MOST_SPOTS: Final = 50_000
"""Of one filling-in, with the turns of repeats within repeats."""


def plain(place: str) -> str:
    """The path of a place: the same without turns."""
    return _TURN.sub("", place) if "[" in place else place


def turn_of(place: str) -> tuple[str, int]:
    """A turn's place as its repeat and its number: ``a/child[2]`` is turn 2 of ``a/child``; 0 when it is no turn."""
    found = _LAST_TURN.fullmatch(place)
    return (found[1], int(found[2])) if found else (place, 0)


class Spot(Node):
    """A question, a group, or one turn of a repeat: its answer as `text`, and what the form says of it at present."""

    __slots__ = (
        "above",
        "code",
        "item",
        "locked_itself",
        "offered",
        "parts",
        "place",
        "reason",
        "repeat",
        "required",
    )

    def __init__(self, item: Question | Group, above: Spot | None, repeat: Repeat | None = None) -> None:
        super().__init__(item.name, "", above)
        self.item = item
        self.above = above
        self.repeat = repeat
        self.parts: dict[str, Spot | Repeat] = {}
        self.place = ""
        self.reason = ""
        self.locked_itself = False
        self.required = False
        self.code = ""
        self.offered: tuple[Choice, ...] | None = None

    @property
    def path(self) -> str:
        """Its path in the form."""
        return self.item.path

    @property
    def locked(self) -> bool:
        """Whether nobody may answer here: the form works it out, or it or a group around it is read only."""
        calculated = isinstance(self.item, Question) and bool(self.item.calculation) and not self.item.triggers
        return calculated or self.locked_itself or (self.above is not None and self.above.locked)

    def below(self) -> Iterator[Spot]:
        """Every spot below, in order."""
        for part in self.parts.values():
            for spot in (part,) if isinstance(part, Spot) else part.turns:
                yield spot
                yield from spot.below()

    def ancestor(self, path: str) -> Spot | None:
        """The spot of a path at or above this one."""
        found: Spot | None = self
        while found is not None and found.item.path != path:
            found = found.above
        return found

    def within(self, scopes: AbstractSet[Spot | None]) -> bool:
        """Whether it is one of some spots or lies below one; everything lies below None."""
        if None in scopes:
            return True
        found: Spot | None = self
        while found is not None and found not in scopes:
            found = found.above
        return found is not None


class Repeat:
    """A group that may come again under one parent: its turns, and those set aside because a count went down."""

    __slots__ = ("above", "aside", "item", "overrun", "place", "turns")

    def __init__(self, item: Group, above: Spot) -> None:
        self.item = item
        self.above = above
        self.place = ""
        self.turns: list[Spot] = []
        self.aside: list[Spot] = []
        self.overrun = False

    def add(self) -> Spot:
        """One more turn at the end: the one set aside last, else an empty one."""
        turn = self.aside.pop() if self.aside else grown(Spot(self.item, self.above, self))
        self.turns.append(turn)
        self._show()
        return turn

    def take(self, turn: Spot) -> None:
        """Take a turn away."""
        self.turns.remove(turn)
        self._show()

    def set_aside(self) -> None:
        """Take the last turn away, to be had back by `add`."""
        self.aside.append(self.turns.pop())
        self._show()

    @contextmanager
    def imagined(self) -> Iterator[Spot]:
        """A turn for expressions to stand at, gone afterwards: for a repeat that has none."""
        turn = Spot(self.item, self.above, self)
        self.above.kids[self.item.name] = [*self.turns, turn]
        try:
            yield turn
        finally:
            self._show()

    def _show(self) -> None:
        self.above.kids[self.item.name] = list(self.turns)


class Instance:
    """The tree of a form's answers, with its spots by place and by path.

    Whoever changes its shape calls `reshaped`; spots are named anew when somebody next asks for them.
    """

    def __init__(self, form: Form) -> None:
        self.root = grown(Spot(Group("", form.children), None))
        self.root.name = form.root
        self._by_place: dict[str, Spot] = {}
        self._by_path: dict[str, list[Spot]] = {}
        self._repeats: dict[str, Repeat] = {}
        self._repeats_by_path: dict[str, list[Repeat]] = {}
        self._stale = True

    def reshaped(self) -> None:
        """Turns have come or gone."""
        self._stale = True

    @property
    def by_place(self) -> Mapping[str, Spot]:
        """Every spot but the root, in order."""
        self._renew()
        return self._by_place

    @property
    def repeats(self) -> Mapping[str, Repeat]:
        """Every repeat by its place, such as ``child[2]/toy``."""
        self._renew()
        return self._repeats

    def at(self, path: str) -> list[Spot]:
        """The spots of a path, in order."""
        self._renew()
        return self._by_path.get(path, [])

    def spots(self, path: str, scopes: AbstractSet[Spot | None]) -> list[Spot]:
        """Those of a path that are one of some spots or lie below one."""
        if not scopes:
            return []
        spots = self.at(path)
        return list(spots) if None in scopes else [spot for spot in spots if spot.within(scopes)]

    def repeats_at(self, path: str) -> list[Repeat]:
        """The repeats of a path, one for each turn of those around it."""
        self._renew()
        return self._repeats_by_path.get(path, [])

    def set_aside(self) -> Iterator[tuple[str, Spot]]:
        """What stands in turns that were set aside, with the places it would have if they came back."""
        for repeat in self.repeats.values():
            for number, turn in enumerate(reversed(repeat.aside), start=len(repeat.turns) + 1):
                yield from _placed(turn, f"{repeat.place}[{number}]/")

    def _renew(self) -> None:
        if self._stale:
            self._by_place, self._by_path, self._repeats, self._repeats_by_path = {}, {}, {}, {}
            self._name(self.root, "")
            self._stale = False

    def _name(self, spot: Spot, before: str) -> None:
        for name, part in spot.parts.items():
            if isinstance(part, Spot):
                self._enter(part, before + name)
                continue
            part.place = before + name
            self._repeats[part.place] = part
            self._repeats_by_path.setdefault(part.item.path, []).append(part)
            for number, turn in enumerate(part.turns, start=1):
                self._enter(turn, f"{part.place}[{number}]")

    def _enter(self, spot: Spot, place: str) -> None:
        spot.place = place
        self._by_place[place] = spot
        self._by_path.setdefault(spot.item.path, []).append(spot)
        if spot.parts:
            self._name(spot, place + "/")


def _placed(spot: Spot, before: str) -> Iterator[tuple[str, Spot]]:
    for name, part in spot.parts.items():
        turns = [(f"{before}{name}", part)] if isinstance(part, Spot) else []
        if isinstance(part, Repeat):
            turns = [(f"{before}{name}[{number}]", turn) for number, turn in enumerate(part.turns, start=1)]
        for place, one in turns:
            yield place, one
            yield from _placed(one, f"{place}/")


def grown(spot: Spot) -> Spot:
    """The spot with everything its group holds; repeats begin without turns."""
    if isinstance(spot.item, Group):
        for item in spot.item.children:
            if isinstance(item, Group) and item.repeat:
                spot.parts[item.name] = Repeat(item, spot)
                spot.kids[item.name] = []
            else:
                kid = spot.parts[item.name] = grown(Spot(item, spot))
                spot.kids[item.name] = [kid]
    return spot
