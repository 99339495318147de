# SPDX-License-Identifier: Apache-2.0
"""What is known of the learning at one event, or at all events of a time: the shapes that windows and papers read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resource_centre.learning.attrition import Attrition
from resource_centre.learning.gains import Gain
from resource_centre.learning.items import ItemFigures
from resource_centre.learning.levels import Level
from resource_centre.learning.shares import Share

Texts = Mapping[str, str]
"""A text by language: ``id`` and ``en``, as far as the form has them."""


@dataclass(frozen=True)
class LearningLine:
    """One line of a breakdown. `code` is of the list it is by (a place for villages), ``unknown`` where nothing is."""

    code: str
    attrition: Attrition
    gain: Gain

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"code": self.code, "attrition": self.attrition.as_dict(), "gain": self.gain.as_dict()}


@dataclass(frozen=True)
class Item:
    """One question of a test. `expected` is how hard it was thought to be (easy, medium, hard), "" when nobody said.

    Of `pairs` who answered both tests of this version, `to_right` had it right only after, `to_wrong` only before.
    """

    question: str
    label: Texts
    expected: str
    before: ItemFigures
    after: ItemFigures
    pairs: int = 0
    to_right: int = 0
    to_wrong: int = 0
    hidden: bool = False
    """The pairs are few: `to_right` and `to_wrong` were taken out and mean nothing."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "question": self.question, "label": dict(self.label), "expected": self.expected,
            "before": self.before.as_dict(), "after": self.after.as_dict(), "pairs": self.pairs,
            "to_right": None if self.hidden else self.to_right, "to_wrong": None if self.hidden else self.to_wrong,
        }  # fmt: skip


@dataclass(frozen=True)
class TestItems:
    """The questions of one version of a test in its order, over `before` and `after` filling-ins."""

    __test__ = False

    test: str
    version: str
    title: Texts
    module: str | None
    before: int
    after: int
    pairs: int
    items: tuple[Item, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "test": self.test, "version": self.version, "title": dict(self.title), "module": self.module,
            "before": self.before, "after": self.after, "pairs": self.pairs,
            "items": [one.as_dict() for one in self.items],
        }  # fmt: skip


@dataclass(frozen=True)
class QuestionMean:
    """One rated question: how many answered it and their mean, of at most `best`."""

    question: str
    label: Texts
    n: int
    mean: float | None
    best: int = 5

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "question": self.question, "label": dict(self.label), "n": self.n, "mean": self.mean, "best": self.best,
        }  # fmt: skip


@dataclass(frozen=True)
class Rated:
    """The forms of one kind that rate an event (reaction, observation, interview): how many, of how many people.

    `of` is None where nobody can say of how many. `scales` are the form's own figures by name.
    """

    n: int = 0
    of: int | None = None
    questions: tuple[QuestionMean, ...] = ()
    scales: Mapping[str, QuestionMean] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)
    """Reaction: satisfied, recommend. Interview: enjoyed, remembers, uses, told."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "n": self.n, "of": self.of, "questions": [one.as_dict() for one in self.questions],
            "scales": {name: one.as_dict() for name, one in self.scales.items()},
            "shares": {name: one.as_dict() for name, one in self.shares.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class FollowedUp:
    """The asking after 3 or 6 months (`occasion`): of who came, `due` should have been asked by now, `done` were.

    `not_reached` of those due were tried in vain. `waiting` are not due yet. `lost` came and left neither a record nor
    a telephone nor a village by which anybody could find them again; they are never due.
    `shares` hold the answers by question, `amounts` the mean of rupiah (saved_amount, repaid_amount).
    """

    occasion: str
    due_on: dt.date | None
    due: int = 0
    done: int = 0
    waiting: int = 0
    lost: int = 0
    not_reached: int = 0
    shares: Mapping[str, Share] = field(default_factory=dict)
    amounts: Mapping[str, QuestionMean] = field(default_factory=dict)
    readable: bool = True

    @property
    def missing(self) -> int:
        """Who should have been asked and was not, tried in vain or not."""
        return max(0, self.due - self.done)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "occasion": self.occasion, "due_on": self.due_on.isoformat() if self.due_on else None, "due": self.due,
            "done": self.done, "missing": self.missing, "not_reached": self.not_reached,
            "waiting": self.waiting, "lost": self.lost,
            "readable": self.readable, "shares": {name: one.as_dict() for name, one in self.shares.items()},
            "amounts": {name: one.as_dict() for name, one in self.amounts.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class Learning:
    """What is known of the learning at some events. Nothing is hidden here; `resource_centre.learning.showing` does.

    `gain` counts a pair for each participant and module tested, `oral` how many of the pairs had the test read aloud.
    `counted_only` came without a name and could not be tested.
    """

    events: int
    attrition: Attrition
    counted_only: int
    gain: Gain
    oral: Share
    by_module: tuple[LearningLine, ...]
    by_kind: tuple[LearningLine, ...]
    by_sex: tuple[LearningLine, ...]
    by_age: tuple[LearningLine, ...]
    by_village: tuple[LearningLine, ...]
    tests: tuple[TestItems, ...]
    reaction: Rated
    observation: Rated
    validation: Rated
    follow_ups: tuple[FollowedUp, ...]
    levels: tuple[Level, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        lines = ("by_module", "by_kind", "by_sex", "by_age", "by_village")
        return {
            "events": self.events,
            "attrition": self.attrition.as_dict(),
            "counted_only": self.counted_only,
            "gain": self.gain.as_dict(),
            "oral": self.oral.as_dict(),
            **{name: [one.as_dict() for one in getattr(self, name)] for name in lines},
            "tests": [one.as_dict() for one in self.tests],
            **{name: getattr(self, name).as_dict() for name in ("reaction", "observation", "validation")},
            "follow_ups": [one.as_dict() for one in self.follow_ups],
            "levels": [one.as_dict() for one in self.levels],
        }


@dataclass(frozen=True)
class EventLearning(Learning):
    """The same of one event."""

    event_id: str = ""


@dataclass(frozen=True)
class Wish:
    """One answer of a list and how many gave it; `label` by language."""

    code: str
    label: Texts
    count: int

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"code": self.code, "label": dict(self.label), "count": self.count}


@dataclass(frozen=True)
class TrainingNeeds:
    """What people need before a training, over `n` answers. `knows` and `does` are means of 4 by module, weakest first.

    The lists stand by how often they were chosen; what nobody chose is left out.
    """

    n: int = 0
    wanted: tuple[Wish, ...] = ()
    knows: tuple[QuestionMean, ...] = ()
    does: tuple[QuestionMean, ...] = ()
    barriers: tuple[Wish, ...] = ()
    languages: tuple[Wish, ...] = ()
    support: tuple[Wish, ...] = ()
    reading: tuple[Wish, ...] = ()
    counting: tuple[Wish, ...] = ()
    days: tuple[Wish, ...] = ()
    times: tuple[Wish, ...] = ()
    goals: tuple[Wish, ...] = ()
    children: int = 0
    """Children whom those asked would bring."""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        wishes = ("wanted", "barriers", "languages", "support", "reading", "counting", "days", "times", "goals")
        return {
            "n": self.n,
            **{name: [one.as_dict() for one in getattr(self, name)] for name in (*wishes, "knows", "does")},
            "children": self.children,
        }
