# SPDX-License-Identifier: Apache-2.0
"""Whom to compare with somebody being written down: a few hundred people, found through indexes alone.

Each way of looking survives slips that another does not: the sounds of the name in any order, its beginning, the day
of birth and its neighbours, the year with one word of the name, the village with the beginning of one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from resource_centre.matching.descriptions import Description
from resource_centre.records import Address, Identifier, Person
from resource_centre.values.names import fold_name, sound_key

MOST: Final = 150
"""Found by a number, the whole name or the day of birth: more than have one name in a district."""
MOST_BY_PART: Final = 50
"""Per way of looking that says less: together they are compared within a blink."""
LONGEST_NAME: Final = 5
"""Words of a name of which every selection is looked for."""
BEGINNING: Final = 3
_LAST: Final = chr(0xFFFF)


def candidates(session: Session, asked: Description, full_name: str, numbers: frozenset[str]) -> set[str]:
    """The ids of people worth comparing with `asked`; `numbers` are lookups such as ``nik:5203...``."""
    found: set[str] = set()
    ways = [(wanted, MOST) for wanted in _by_whole(asked, full_name, numbers)]
    if asked.words:
        ways += [(wanted, MOST_BY_PART) for wanted in _by_part(asked, full_name)]
    for wanted, most in ways:
        found.update(one for one in session.scalars(wanted.limit(most)) if one)
    return found


def _by_whole(asked: Description, full_name: str, numbers: frozenset[str]) -> Iterator[Select[Any]]:
    if numbers:
        yield select(Identifier.person_id).where(Identifier.lookup.in_(numbers), Identifier.voided.is_(False))
    if asked.words:
        yield select(Person.id).where(Person.name_sound == sound_key(full_name))
    if asked.words and (days := _neighbouring_days(asked.birth)):
        yield select(Person.id).where(Person.birth_date.in_(days))


def _by_part(asked: Description, full_name: str) -> Iterator[Select[Any]]:
    key, typed = sound_key(full_name), fold_name(full_name)
    yield select(Person.id).where(Person.name_sound.in_(_other_wholes(asked.words) - {key}))
    alike = or_(_begins(Person.name_sound, key[: max(4, len(key) * 2 // 3)]), _begins(Person.name_key, typed))
    yield select(Person.id).where(alike)
    if asked.birth:
        yield select(Person.id).where(_begins(Person.birth_date, asked.birth[:4]), _has_words(asked, 2 * BEGINNING))
    if asked.village:
        lives_there = (Address.village_code == asked.village, Address.kind == "current", Address.voided.is_(False))
        people = select(Address.person_id).join(Person, Person.id == Address.person_id).where(*lives_there)
        yield people.where(_has_words(asked, BEGINNING)).order_by(Address.person_id.desc())


def _begins(column: Any, beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column < f"{beginning}{_LAST}")


def _has_words(asked: Description, letters: int) -> ColumnElement[bool]:
    """Whether a name has a word that begins as one of these does."""
    beginnings = sorted({word[:letters] for word in asked.words})
    first = [Person.name_sound.startswith(one, autoescape=True) for one in beginnings]
    later = [Person.name_sound.contains(f" {one}", autoescape=True) for one in beginnings]
    return or_(*first, *later)


def _other_wholes(words: tuple[str, ...]) -> set[str]:
    """What the same name is when words are left out, or two are written as one."""
    few = words[:LONGEST_NAME]
    shorter = {" ".join(sorted(some)) for count in range(1, len(few)) for some in combinations(few, count)}
    joined = {
        " ".join(sorted((*few[:place], few[place] + few[place + 1], *few[place + 2 :])))
        for place in range(len(few) - 1)
    }
    apart = {
        " ".join(sorted((*few[:place], word[:cut], word[cut:], *few[place + 1 :])))
        for place, word in enumerate(few)
        for cut in range(3, len(word) - 2)
    }
    return shorter | joined | apart


def _neighbouring_days(birth: str) -> set[str]:
    """The day of birth as stored, with day and month turned round, a year or a day beside it."""
    try:
        born = dt.date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return set()
    days = {born, born + dt.timedelta(days=1), born - dt.timedelta(days=1)}
    for year, month, day in ((0, born.day, born.month), (1, born.month, born.day), (-1, born.month, born.day)):
        try:
            days.add(dt.date(born.year + year, month, day))
        except ValueError:
            continue
    return {day.isoformat() for day in days}
