# SPDX-License-Identifier: Apache-2.0
"""Who came to which events, each person once: the sheets are read in one pass, whatever is counted of them.

A person is the client a line is linked to, else what a light record says of them: folded name, sex, village and
telephone. A light record without a telephone is taken for the one with it where all else is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.learning_lines import key, key_of
from resource_centre.services.training import took_part

Where = Sequence[ColumnElement[bool]]
Who = tuple[str, str]
"""The key of a client and `CLIENT`; of a light record what it says, and its telephone or nothing."""

CLIENT: Final = "client"
THEN: Final = "\x1f"
NEXT: Final = "\x1e"
"""What stands between the parts of a line and between lines; no name, place or telephone holds them."""


@dataclass(frozen=True)
class Reached:
    """Distinct people at events of one generation; `first`: no lower generation reached them too."""

    generation: int
    first: bool
    people: int
    women: int
    men: int


@dataclass(frozen=True)
class Reach:
    """People by generation, apart those whom a lower one reached before, and by whatever else they were asked."""

    generations: tuple[Reached, ...]
    distinct: dict[str, int]


def reach(
    session: Session, counted: Where, led: Mapping[str, int], asked: Mapping[str, Sequence[str]]
) -> Reach:  # fmt: skip
    """The people at the events `counted`.

    `led` is the generation of an event, `asked` the names under which its people are counted, such as its trainers;
    both by the `key` of the event.
    """
    sexes = _nobody_yet(led)
    found: defaultdict[str, set[Who]] = defaultdict(set)
    into = {event: [found[name] for name in names] for event, names in asked.items()}
    telephones: dict[str, str] = {}
    for event, who, sex in _came(session, counted):
        for people in into.get(event, ()):
            people.add(who)
        if event in led:
            seen = sexes[led[event]]
            seen[who] = max(seen.get(who, ""), sex)
        _note(who, telephones)
    generations = tuple(_by_generation(session, sexes, telephones)) if led else ()
    return Reach(generations, {name: _distinct(people) for name, people in found.items()})


def whom(session: Session, counted: Where, led: Mapping[str, int]) -> Iterator[tuple[int, bool, dict[Who, str]]]:
    """The people of each generation, apart those whom a lower one reached before (False), and the sex of each."""
    sexes, telephones = _nobody_yet(led), dict[str, str]()
    for event, who, sex in _came(session, counted):
        if event in led:
            seen = sexes[led[event]]
            seen[who] = max(seen.get(who, ""), sex)
        _note(who, telephones)
    yield from _each_generation(session, sexes, telephones)


def light_lines(session: Session, counted: Where) -> Iterator[tuple[Who, Any]]:
    """The lines of those who are not registered, with who each is: `id`, `event_id`, `starts_on`, `name`."""
    line, event = Participation, TrainingEvent
    wanted = select(line.id, line.event_id, event.starts_on, line.name, _light().label("said"), line.phone)
    wanted = wanted.join(event, event.id == line.event_id).where(*counted, *took_part())
    rows = session.execute(wanted.where(line.person_id.is_(None), line.name_key != "")).all()
    telephones: dict[str, str] = {}
    for row in rows:
        _note((row.said, row.phone or ""), telephones)
    yield from (((row.said, row.phone or telephones.get(row.said, "")), row) for row in rows)


def _nobody_yet(led: Mapping[str, int]) -> dict[int, dict[Who, str]]:
    return {generation: {} for generation in sorted(set(led.values()))}


def _note(who: Who, telephones: dict[str, str]) -> None:
    """The least telephone that somebody of this name and place gave."""
    said, phone = who
    if phone and phone < telephones.get(said, chr(0x10FFFF)):
        telephones[said] = phone


def people_by_event(session: Session, counted: Where, events: Sequence[str]) -> dict[str, int]:
    """Distinct people at each of these events, by its id."""
    asked = {key(event_id): (event_id,) for event_id in events}
    return reach(session, counted, {}, asked).distinct


def _came(session: Session, counted: Where) -> Iterator[tuple[str, Who, str]]:
    """Key of the event, who, and the sex their line says."""
    known: dict[Who, Who] = {}
    for event, sheet in session.execute(_sheets(counted)):
        for line in sheet.split(NEXT):
            said, phone, sex = line.split(THEN)
            who = (said, phone)
            yield event, known.setdefault(who, who), sex


def _sheets(counted: Where) -> Select[str, str]:
    """Each event with its lines in one text: half a million rows would take longer than reading the sheets."""
    line, event = Participation, TrainingEvent
    sex = sa.func.coalesce(line.sex, "")
    who = sa.case(
        (line.person_id.is_(None), _light() + THEN + sa.func.coalesce(line.phone, "")),
        else_=key_of(line.person_id) + THEN + CLIENT,
    )
    # A client whose own record is not valid was somebody's slip; a light record without a name is nobody.
    invalid = select(Person.id).where(Person.voided)
    somebody = sa.case((line.person_id.is_(None), line.name_key != ""), else_=line.person_id.not_in(invalid))
    wanted = select(key_of(line.event_id), sa.func.aggregate_strings(who + THEN + sex, NEXT))
    wanted = wanted.join(event, event.id == line.event_id).where(*counted, *took_part(), somebody)
    return wanted.group_by(line.event_id)


def _light() -> Any:
    """What a light record says of somebody, their telephone apart."""
    line = Participation
    sex, village = sa.func.coalesce(line.sex, ""), sa.func.coalesce(line.village_code, TrainingEvent.village_code, "")
    return sa.func.coalesce(line.name_key, "") + "|" + sex + "|" + village


def _distinct(people: set[Who]) -> int:
    reachable = {said for said, phone in people if phone}
    return sum(1 for said, phone in people if phone or said not in reachable)


def _by_generation(
    session: Session, sexes: Mapping[int, Mapping[Who, str]], telephones: Mapping[str, str]
) -> Iterator[Reached]:
    for generation, first, people in _each_generation(session, sexes, telephones):
        counts = Counter(people.values())
        if counts:
            yield Reached(generation, first, counts.total(), counts["P"], counts["L"])


def _each_generation(
    session: Session, sexes: Mapping[int, Mapping[Who, str]], telephones: Mapping[str, str]
) -> Iterator[tuple[int, bool, dict[Who, str]]]:
    """Each person at the lowest generation first, then at those that reached them again."""
    registered = dict(session.execute(select(key_of(Person.id), Person.sex).where(Person.sex.is_not(None))).all())
    before: set[Who] = set()
    for generation, seen in sexes.items():
        here: dict[Who, str] = {}
        for (said, phone), sex in seen.items():
            who = (said, phone or telephones.get(said, ""))
            here[who] = (registered.get(said) if phone == CLIENT else None) or max(here.get(who, ""), sex)
        for first in (True, False):
            yield generation, first, {who: sex for who, sex in here.items() if (who not in before) is first}
        before |= here.keys()
