# SPDX-License-Identifier: Apache-2.0
"""Who may be the same person. Two records are only ever shown side by side; a person decides.

The same comparison and the same weights as for a whole list (`resource_centre/matching`), for one person being
written down among all who are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.matching.compare import FIELDS, LEVELS, compare
from resource_centre.matching.descriptions import Description, describe, national
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.reasons import reasons_of, words_of
from resource_centre.matching.rules import rule
from resource_centre.matching.weights import Judge, Weights, first_weights
from resource_centre.records import Address, Identifier, Person
from resource_centre.services.duplicate_candidates import candidates
from resource_centre.services.saving import canonical

CHUNK: Final = 400
"""Ids asked for at once."""
CERTAIN: Final = {"same_nik": 100, "same_passport": 99}
"""Scores of what no two people have: the register takes it once only, so it is shown whatever else is different."""
NUMBERS: Final = ("nik", "passport", "phone")
AGAINST: Final = frozenset({"other_nik", "other_passport", "other_birth", "other_sex", "other_father"})
_WHOLE: Final = {("name", 0), ("nik", 0), ("passport", 0)}
"""What makes somebody worth showing however small the chance: the level "same" of these fields."""


@dataclass(frozen=True)
class Likeness:
    """A registered person who may be the one being asked about; `score` is the chance in per cent, `reasons` codes."""

    person_id: str
    number: str | None
    full_name: str
    sex: str | None
    birth_date: str | None
    village_code: str | None
    score: int
    reasons: tuple[str, ...]
    standing: str | None = None

    def words(self) -> tuple[str, ...]:
        """The reasons in the active language."""
        return words_of(self.reasons)


@dataclass(frozen=True)
class _Known:
    """Somebody registered: what a list shows, and what is compared."""

    person_id: str
    number: str | None
    full_name: str
    sex: str | None
    birth_date: str | None
    description: Description
    standing: str | None = None


def likely_duplicates(
    session: Session,
    *,
    full_name: str,
    sex: str | None = None,
    birth_date: str | None = None,
    village_code: str | None = None,
    nik: str | None = None,
    passport: str | None = None,
    phone: str | None = None,
    mother_name: str | None = None,
    limit: int = 5,
    without: str | None = None,
) -> list[Likeness]:
    """People this account sees who may be the one described, likeliest first; nothing is ever merged.

    `without` is the id of a person not to compare with: the one being edited.
    """
    numbers = _lookups({"nik": nik, "passport": passport, "phone": phone})
    answers = {"name": full_name, "sex": sex, "birth_date": birth_date, "village": village_code, "nik": nik}
    asked = describe({**answers, "passport": passport, "phone": phone, "mother_name": mother_name})
    ids = candidates(session, asked, full_name, numbers) - {without}
    known = list(_known(session, ids, asked))
    likely = sorted(_likely(asked, known), key=lambda one: (-one.score, one.full_name, one.person_id))[:limit]
    villages = _villages(session, [one.person_id for one in likely])
    return [replace(one, village_code=villages.get(one.person_id)) for one in likely]


def _likely(asked: Description, people: Sequence[_Known]) -> Iterator[Likeness]:
    judge = _judge()
    shares = Frequencies((one.description for one in people), picked_from=int(rule("register_size")))
    for one in people:
        levels, rarity = compare(asked, one.description, shares)
        chance = judge.kinds(levels, rarity)[0]
        if chance < rule("worth_showing") and not _WHOLE.intersection(zip(FIELDS, levels, strict=True)):
            continue
        reasons = reasons_of(levels)
        elsewhere = ("village", LEVELS["village"].index("other")) in zip(FIELDS, levels, strict=True)
        score = _score(chance, reasons, elsewhere)
        if score is not None:
            head = (one.person_id, one.number, one.full_name, one.sex, one.birth_date)
            yield Likeness(*head, None, score, reasons, one.standing)


def _score(chance: float, reasons: tuple[str, ...], elsewhere: bool) -> int | None:
    """The chance in per cent, None when it is too small to show; a namesake with nothing against is always shown."""
    certain = [CERTAIN[reason] for reason in reasons if reason in CERTAIN]
    if certain:
        return max(certain)
    namesake = "same_name" in reasons and not elsewhere and not AGAINST.intersection(reasons)
    if chance < rule("worth_showing") and not namesake:
        return None
    return max(1, min(98, round(100 * chance)))


@lru_cache(maxsize=1)
def _judge() -> Judge:
    """The shipped weights, for a newcomer among a register of the usual size."""
    people = rule("register_size")
    same, household = rule("known_already") / people, rule("relatives_known") / people
    return Judge(Weights(first_weights(), (same, household, 1 - same - household)))


def _lookups(numbers: Mapping[str, str | None]) -> frozenset[str]:
    made = (canonical(Identifier, {"kind": kind, "value": value}) for kind, value in numbers.items() if value)
    return frozenset(key for values in made if (key := Identifier.derive(values)["lookup"]))


def _known(session: Session, ids: Iterable[str], asked: Description) -> Iterator[_Known]:
    """What is compared of these people; villages and numbers only when they were asked about."""
    wanted = sorted(ids)
    shown = (Person.id, Person.number, Person.full_name, Person.sex, Person.birth_date)
    columns = (*shown, Person.mother_name, Person.safe_phone, Person.standing)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        villages = _villages(session, chunk) if asked.village else {}
        numbers = _numbers(session, chunk, [kind for kind in NUMBERS if getattr(asked, kind)])
        for row in session.execute(select(*columns).where(Person.id.in_(chunk), Person.voided.is_(False))):
            own = numbers.get(row.id, {})
            if row.safe_phone and asked.phone:
                own.setdefault("phone", []).append(row.safe_phone)
            answers = {"name": row.full_name, "sex": row.sex, "birth_date": row.birth_date}
            answers |= {kind: _nearest(kind, values, asked) for kind, values in own.items()}
            described = describe({**answers, "village": villages.get(row.id), "mother_name": row.mother_name})
            yield _Known(*row[:5], described, row.standing)


def _nearest(kind: str, values: list[str], asked: Description) -> str:
    """Of several numbers of a kind the one that was asked for, else the first."""
    wanted = getattr(asked, kind)
    if kind == "phone":
        return next((value for value in values if national(value) == wanted), values[0])
    return next((value for value in values if value.casefold() == wanted), values[0])


def _villages(session: Session, ids: list[str]) -> dict[str, str | None]:
    now = (Address.kind == "current", Address.valid_to.is_(None), Address.voided.is_(False))
    wanted = select(Address.person_id, Address.village_code).where(Address.person_id.in_(ids), *now)
    return {row.person_id: row.village_code for row in session.execute(wanted)}


def _numbers(session: Session, ids: list[str], kinds: list[str]) -> dict[str, dict[str, list[str]]]:
    """Person -> kind -> values, of these kinds."""
    found: dict[str, dict[str, list[Any]]] = {}
    if not kinds:
        return found
    own = (Identifier.person_id.in_(ids), Identifier.kind.in_(kinds), Identifier.voided.is_(False))
    columns = (Identifier.person_id, Identifier.kind, Identifier.value)
    for person_id, kind, value in session.execute(select(*columns).where(*own, Identifier.value.is_not(None))):
        found.setdefault(person_id, {}).setdefault(kind, []).append(value)
    return found
