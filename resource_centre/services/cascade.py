# SPDX-License-Identifier: Apache-2.0
"""The cascade of training: who trained whom, and how many people each generation of trainers reached.

The first trainers are generation 1, those they trained 2, and so on. People are those at the events a generation led,
each counted once, in the lowest generation that reached them (domain reference 4.6, decision 24).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.records import Trainer, TrainingEvent
from resource_centre.services import cascade_people as people
from resource_centre.services.cascade_people import Taught
from resource_centre.services.cascade_reach import Reach, Where
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

Circle = tuple[str, ...]


@dataclass(frozen=True)
class TreeNode:
    """One trainer with those they trained. `cut`: said to be trained by somebody below them, which is left out here.

    `sessions` and `people` are what this trainer did alone or with others; the same people may stand at several.
    """

    id: str
    number: str | None
    name: str | None
    level: str | None
    certified_on: dt.date | None
    ended_on: dt.date | None
    generation: int
    sessions: int
    people: int
    active: bool
    cut: bool
    children: tuple[TreeNode, ...] = ()

    def everybody(self) -> Iterator[TreeNode]:
        """This trainer, then everybody below."""
        yield self
        for child in self.children:
            yield from child.everybody()


@dataclass(frozen=True)
class LevelLine:
    """Trainers of one level (code of trainer_level, None when unknown) who teach still.

    `sessions` counts each session for each trainer who taught it.
    """

    level: str | None
    trainers: int = 0
    certified: int = 0
    active: int = 0
    sessions: int = 0

    @property
    def sessions_each(self) -> float | None:
        """Step-down sessions per trainer."""
        return self.sessions / self.trainers if self.trainers else None


@dataclass(frozen=True)
class GenerationLine:
    """One generation: its trainers, the sessions it led, the people it reached first (`women` and `men` of them).

    `also_reached` came to it too and are counted with a lower generation. `heads` were counted only, nobody knows who
    they are: they may be people counted already, and stand in no sum of people.
    """

    generation: int
    trainers: int = 0
    sessions: int = 0
    people: int = 0
    women: int = 0
    men: int = 0
    also_reached: int = 0
    heads: int = 0


@dataclass(frozen=True)
class Cascade:
    """The cascade of some days. `people` are distinct; the generations' `people` add up to it.

    `cycles` lists, by their ids, trainers who are said to have trained each other in a circle; the first of each
    counts as trained by nobody. `active_months`: active are those who taught in so many months before the last day.
    """

    levels: tuple[LevelLine, ...] = ()
    generations: tuple[GenerationLine, ...] = ()
    cycles: tuple[Circle, ...] = ()
    active_months: int = field(default_factory=lambda: int(rule("trainer_active_months")))

    @property
    def people(self) -> int:
        """Distinct people reached by any generation."""
        return sum(line.people for line in self.generations)

    @property
    def sessions(self) -> int:
        """Events taught by registered trainers."""
        return sum(line.sessions for line in self.generations)

    @property
    def heads(self) -> int:
        """Counted only, besides those people."""
        return sum(line.heads for line in self.generations)

    @property
    def all_levels(self) -> LevelLine:
        """All levels together."""
        names = ("trainers", "certified", "active", "sessions")
        return LevelLine("all", **{name: sum(getattr(line, name) for line in self.levels) for name in names})

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "levels": [
                asdict(line) | {"sessions_each": line.sessions_each} for line in (*self.levels, self.all_levels)
            ],
            "generations": [asdict(line) for line in self.generations],
            "people": self.people,
            "sessions": self.sessions,
            "heads": self.heads,
            "active_months": self.active_months,
            "cycles": len(self.cycles),
        }


def cascade(
    session: Session, *, since: dt.date | None = None, until: dt.date | None = None, where: Where = ()
) -> Cascade:
    """The cascade of the events begun from one day to another (today when none is given); `where` narrows events.

    Trainers are those known by the last day. Events called off, not held yet, awareness events and dialogues are out.
    """
    last = until or today()
    trainers = _trainers(session)
    circles = circles_of({one.id: one.trained_by_id for one in trainers})
    roots = [circle[0] for circle in circles]
    counted = people.held(since=since, until=last, where=where)
    taught = people.taught_by(session, since=since, until=last, where=where)
    reached = people.reached(session, roots, counted)
    return _cascade(session, trainers, circles, counted, taught, reached, last)


def tree_and_cascade(session: Session) -> tuple[tuple[TreeNode, ...], Cascade]:
    """Who trained whom, the first trainers by name, and the cascade so far; the sheets are read once for both."""
    trainers, last = _trainers(session), today()
    circles = circles_of({one.id: one.trained_by_id for one in trainers})
    roots = [circle[0] for circle in circles]
    counted = people.held(since=None, until=last)
    reached = people.reached(session, roots, counted, by_trainer=True)
    taught = people.taught_by(session, until=last, people=reached.distinct)
    seen = _cascade(session, trainers, circles, counted, taught, reached, last)
    return _tree(trainers, set(roots), taught), seen


def trainer_tree(session: Session) -> tuple[TreeNode, ...]:
    """Who trained whom: the first trainers by name, below each those they trained."""
    trainers = _trainers(session)
    circles = circles_of({one.id: one.trained_by_id for one in trainers})
    reached = people.people_by_trainer(session, until=today())
    taught = people.taught_by(session, until=today(), people=reached)
    return _tree(trainers, {circle[0] for circle in circles}, taught)


def _cascade(
    session: Session,
    trainers: list[Trainer],
    circles: tuple[Circle, ...],
    counted: Where,
    taught: Mapping[str, Taught],
    reached: Reach,
    last: dt.date,
) -> Cascade:
    known = _known_by(session, trainers, last)
    levels = _levels([one for one in known if not ended(one, last)], taught, last)
    placed = generations_of({one.id: one.trained_by_id for one in trainers}, {circle[0] for circle in circles})
    held = people.held_by_generation(session, [circle[0] for circle in circles], counted)
    return Cascade(levels, _generations(Counter(placed[one.id] for one in known), held, reached), circles)


def _tree(trainers: list[Trainer], roots: set[str], taught: Mapping[str, Taught]) -> tuple[TreeNode, ...]:
    known = {one.id for one in trainers}
    below: defaultdict[str | None, list[Trainer]] = defaultdict(list)
    for one in sorted(trainers, key=lambda one: ((one.name or "").casefold(), one.id)):
        placed = one.trained_by_id if one.trained_by_id in known and one.id not in roots else None
        below[placed].append(one)

    def node(one: Trainer, generation: int) -> TreeNode:
        did = taught.get(one.id, Taught(0, 0, False))
        return TreeNode(
            one.id, one.number, one.name, one.level, one.certified_on, one.ended_on, generation, did.sessions,
            did.people or 0, did.active and not ended(one, today()), one.id in roots,
            tuple(node(child, generation + 1) for child in below[one.id]),
        )  # fmt: skip

    return tuple(node(one, 1) for one in below[None])


def generations_of(trained_by: Mapping[str, str | None], roots: set[str] | None = None) -> dict[str, int]:
    """Trainer to generation, from who trained whom; those of nobody known are 1. Circles are cut at the `roots`."""
    cut = {circle[0] for circle in circles_of(trained_by)} if roots is None else roots
    found: dict[str, int] = {}
    for one in trained_by:
        chain: list[str] = []
        at: str | None = one
        while at is not None and at in trained_by and at not in found:
            chain.append(at)
            at = None if at in cut else trained_by[at]
        generation = found.get(at or "", 0)
        for place, member in enumerate(reversed(chain), 1):
            found[member] = generation + place
    return found


def trainers_known(session: Session, last: dt.date) -> list[tuple[Trainer, int]]:
    """Everybody known as a trainer by a day, with their generation."""
    trainers = _trainers(session)
    placed = generations_of({one.id: one.trained_by_id for one in trainers})
    return [(one, placed[one.id]) for one in _known_by(session, trainers, last)]


def roots_of(session: Session) -> list[str]:
    """The trainers at whom circles of who trained whom are cut."""
    return [circle[0] for circle in circles_of({one.id: one.trained_by_id for one in _trainers(session)})]


def circles_of(trained_by: Mapping[str, str | None]) -> tuple[Circle, ...]:
    """The circles in who trained whom, each beginning with its lowest id, so that every laptop cuts it there."""
    done: set[str] = set()
    circles = []
    for one in sorted(trained_by):
        chain: dict[str, None] = {}
        at: str | None = one
        while at is not None and at in trained_by and at not in done and at not in chain:
            chain[at] = None
            at = trained_by[at]
        if at is not None and at in chain:
            walked = list(chain)
            circle = walked[walked.index(at) :]
            lowest = circle.index(min(circle))
            circles.append((*circle[lowest:], *circle[:lowest]))
        done.update(chain)
    return tuple(sorted(circles))


def _trainers(session: Session) -> list[Trainer]:
    return list(session.scalars(select(Trainer).where(Trainer.voided.is_(False))))


def _known_by(session: Session, trainers: list[Trainer], last: dt.date) -> list[Trainer]:
    """Without those who were trained and certified only after the day."""
    begun = select(Trainer.id, TrainingEvent.starts_on).join(TrainingEvent, TrainingEvent.id == Trainer.trained_at_id)
    trained = {row[0]: row[1] for row in session.execute(begun.where(Trainer.voided.is_(False)))}
    days = [(one, [day for day in (one.certified_on, trained.get(one.id)) if day is not None]) for one in trainers]
    return [one for one, known in days if not known or min(known) <= last]


def ended(trainer: Trainer, on: dt.date) -> bool:
    """Whether somebody taught no longer on a day."""
    return trainer.ended_on is not None and trainer.ended_on <= on


def _levels(trainers: list[Trainer], taught: Mapping[str, Taught], last: dt.date) -> tuple[LevelLine, ...]:
    lines = []
    known = vocabulary("trainer_level").codes
    for level in (*known, *sorted({one.level for one in trainers if one.level} - set(known)), None):
        own = [one for one in trainers if one.level == level]
        did = [taught[one.id] for one in own if one.id in taught]
        certified = sum(one.certified_on is not None and one.certified_on <= last for one in own)
        active = sum(one.active for one in did)
        if own:
            lines.append(LevelLine(level, len(own), certified, active, sum(one.sessions for one in did)))
    return tuple(lines)


def _generations(
    trainers: Mapping[int, int], held: Iterable[people.Held], reached: Reach
) -> tuple[GenerationLine, ...]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for generation, many in trainers.items():
        found[generation]["trainers"] = many
    for event in held:
        found[event.generation] |= {"sessions": event.sessions, "heads": event.heads}
    for seen in reached.generations:
        of_them = {"people": seen.people, "women": seen.women, "men": seen.men}
        found[seen.generation] |= of_them if seen.first else {"also_reached": seen.people}
    return tuple(GenerationLine(number, **found[number]) for number in sorted(found))
