# SPDX-License-Identifier: Apache-2.0
"""Who may be the same person. Two records are only ever shown side by side; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from resource_centre.i18n import N_, _
from resource_centre.records import Address, Identifier, Person
from resource_centre.services.rules import rule
from resource_centre.services.saving import canonical
from resource_centre.values.names import fold_name, name_tokens, similarity
from resource_centre.values.partial_date import agree, parse_partial, precision

REASONS: Final = {
    "same_nik": N_("the same NIK"),
    "near_nik": N_("a NIK that differs in one digit"),
    "other_nik": N_("another NIK"),
    "same_passport": N_("the same passport"),
    "same_phone": N_("the same telephone"),
    "same_name": N_("the same name"),
    "similar_name": N_("a similar name"),
    "same_birth": N_("the same date of birth"),
    "birth_agrees": N_("a date of birth that fits"),
    "other_birth": N_("another date of birth"),
    "same_village": N_("the same village"),
    "other_sex": N_("another sex"),
}
MOST_CANDIDATES: Final = 400
"""Per way of looking: enough for the commonest name of a district, and ranked within a blink."""


@dataclass(frozen=True)
class Likeness:
    """A registered person who may be the one being asked about; `score` from 0 to 100, `reasons` keys of REASONS."""

    person_id: str
    number: str | None
    full_name: str
    sex: str | None
    birth_date: str | None
    village_code: str | None
    score: int
    reasons: tuple[str, ...]

    def words(self) -> tuple[str, ...]:
        """The reasons in the active language."""
        return tuple(_(REASONS[reason]) for reason in self.reasons)


@dataclass(frozen=True)
class Traits:
    """What two records are compared by; `numbers` are lookups such as ``nik:5203...``."""

    full_name: str
    sex: str | None = None
    birth_date: str | None = None
    village_code: str | None = None
    numbers: frozenset[str] = frozenset()


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
    limit: int = 5,
    without: str | None = None,
) -> list[Likeness]:
    """People this account sees who may be the one described, likeliest first; nothing is ever merged.

    `without` is the id of a person not to compare with: the one being edited.
    """
    numbers = _lookups({"nik": nik, "passport": passport, "phone": phone})
    born = birth_date if birth_date and parse_partial(birth_date) else None
    asked = Traits(full_name, sex, born, village_code, numbers)
    ids = _candidates(session, asked) - {without}
    ranked = [likeness(asked, traits, *head) for traits, head in _traits(session, ids)]
    threshold = rule("duplicate_threshold")
    likely = [one for one in ranked if one.score >= threshold]
    return sorted(likely, key=lambda one: (-one.score, one.full_name, one.person_id))[:limit]


def likeness(asked: Traits, other: Traits, person_id: str = "", number: str | None = None) -> Likeness:
    """How alike two descriptions are: names first, then what supports or contradicts them (domain reference 2.6)."""
    reasons = [f"same_{kind}" for kind in ("nik", "passport", "phone") if _share(asked.numbers, other.numbers, kind)]
    reasons += _nik_reasons(asked.numbers, other.numbers)
    alike = similarity(asked.full_name, other.full_name)
    if alike >= rule("same_name"):
        reasons.append("same_name")
    elif alike >= rule("similar_name"):
        reasons.append("similar_name")
    reasons += _birth_reasons(asked.birth_date, other.birth_date)
    if asked.village_code and asked.village_code == other.village_code:
        reasons.append("same_village")
    if asked.sex and other.sex and asked.sex != other.sex:
        reasons.append("other_sex")
    return Likeness(
        person_id, number, other.full_name, other.sex, other.birth_date, other.village_code,
        _score(alike, reasons), tuple(reasons),
    )  # fmt: skip


def _score(alike: float, reasons: list[str]) -> int:
    certain = [rule(reason) for reason in reasons if reason in ("same_nik", "same_passport")]
    if certain:
        return int(max(certain))
    named = "same_name" in reasons or "similar_name" in reasons
    if not named and "same_phone" not in reasons:
        return 0
    points = rule("name_points") * alike if named else 0.0
    points += sum(rule(reason) for reason in reasons if reason not in ("same_name", "similar_name"))
    return round(min(99.0, max(0.0, points)))


def _birth_reasons(one: str | None, other: str | None) -> Iterator[str]:
    if not one or not other:
        return
    if not agree(one, other):
        yield "other_birth"
    elif one == other and precision(one) == "day":
        yield "same_birth"
    else:
        yield "birth_agrees"


def _nik_reasons(one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    """Nobody has two NIKs, but a digit is easily mistyped."""
    ours, theirs = _niks(one), _niks(other)
    if not ours or not theirs or ours & theirs:
        return
    nearest = min(sum(a != b for a, b in zip(mine, yours, strict=False)) for mine in ours for yours in theirs)
    yield "near_nik" if nearest <= 1 else "other_nik"


def _niks(numbers: frozenset[str]) -> set[str]:
    return {number.removeprefix("nik:") for number in numbers if number.startswith("nik:")}


def _share(one: frozenset[str], other: frozenset[str], kind: str) -> bool:
    return any(number.startswith(f"{kind}:") for number in one & other)


def _lookups(numbers: Mapping[str, str | None]) -> frozenset[str]:
    made = (canonical(Identifier, {"kind": kind, "value": value}) for kind, value in numbers.items() if value)
    return frozenset(key for values in made if (key := Identifier.derive(values)["lookup"]))


def _candidates(session: Session, asked: Traits) -> set[str | None]:
    found: set[str | None] = set()
    for wanted in _ways_of_looking(asked):
        found.update(session.scalars(wanted.limit(MOST_CANDIDATES)))
    return found


def _ways_of_looking(asked: Traits) -> Iterator[Select[Any]]:
    """Every way is answered by an index alone, so that it stays quick at a hundred thousand people."""
    if asked.numbers:
        yield select(Identifier.person_id).where(Identifier.lookup.in_(asked.numbers), Identifier.voided.is_(False))
    key, tokens = fold_name(asked.full_name), name_tokens(asked.full_name)
    if not key:
        return
    yield select(Person.id).where(Person.name_key == key)
    beginnings = [and_(Person.name_key >= one, Person.name_key < f"{one}\uffff") for one in _beginnings(key, tokens)]
    same_year = Person.birth_date.startswith((asked.birth_date or "")[:4], autoescape=True)
    yield select(Person.id).where(or_(*beginnings), *([same_year] if asked.birth_date else []))
    inside = [Person.name_key.contains(f" {token}", autoescape=True) for token in tokens if len(token) > 3]
    if inside:
        yield select(Person.id).where(and_(*inside) if len(inside) > 1 else inside[0])
    if asked.village_code:
        neighbours = (Address.village_code == asked.village_code, Address.kind == "current", Address.voided.is_(False))
        yield select(Address.person_id).where(*neighbours).order_by(Address.person_id.desc())


def _beginnings(key: str, tokens: Iterable[str]) -> set[str]:
    """The first letters of the whole name, and each longer word as the first word of another order."""
    return {key[: max(4, len(key) // 2)]} | {token for token in tokens if len(token) > 3}


def _traits(session: Session, ids: Iterable[str | None]) -> Iterator[tuple[Traits, tuple[str, str | None]]]:
    wanted = sorted(one for one in ids if one)
    for start in range(0, len(wanted), MOST_CANDIDATES):
        chunk = wanted[start : start + MOST_CANDIDATES]
        villages = _villages(session, chunk)
        numbers = _numbers(session, chunk)
        columns = (Person.id, Person.number, Person.full_name, Person.sex, Person.birth_date)
        for row in session.execute(select(*columns).where(Person.id.in_(chunk), Person.voided.is_(False))):
            person_id, number, name, sex, born = row
            traits = Traits(name, sex, born, villages.get(person_id), numbers.get(person_id, frozenset()))
            yield traits, (person_id, number)


def _villages(session: Session, ids: list[str]) -> dict[str, str | None]:
    now = (Address.kind == "current", Address.valid_to.is_(None), Address.voided.is_(False))
    wanted = select(Address.person_id, Address.village_code).where(Address.person_id.in_(ids), *now)
    return {row.person_id: row.village_code for row in session.execute(wanted)}


def _numbers(session: Session, ids: list[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[Any]] = {}
    own = (Identifier.person_id.in_(ids), Identifier.voided.is_(False), Identifier.lookup.is_not(None))
    for person_id, lookup in session.execute(select(Identifier.person_id, Identifier.lookup).where(*own)):
        found.setdefault(person_id, set()).add(lookup)
    return {person_id: frozenset(lookups) for person_id, lookups in found.items()}
