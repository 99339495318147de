# SPDX-License-Identifier: Apache-2.0
"""Who is in the whole centre more than once: everybody is compared with everybody worth comparing with.

What a scan has done is kept in the centre's own encrypted file (`ScanPiece`) until it is over, so that one which was
stopped, or whose computer was switched off, goes on from there. What it found is a work-list (`DuplicatePair`): a
person decides about each pair, nothing is ever merged by itself.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import wall_ms
from resource_centre.errors import Refused
from resource_centre.matching.descriptions import describe
from resource_centre.matching.people import People, Texts
from resource_centre.matching.reasons import words_of
from resource_centre.matching.rules import rule
from resource_centre.matching.scan import Stopped, Told, scan_in_pieces
from resource_centre.records import Address, DuplicatePair, Identifier, Person, ScanPiece
from resource_centre.services.duplicates import CERTAIN, likely_duplicates
from resource_centre.services.person_links import Pair, decided, in_order

PAGE: Final = 2_000
"""People read at once."""
CHUNK: Final = 400
METHOD: Final = b"2"
"""Grows when the pieces a scan leaves behind mean something else."""
MOST: Final = 98
"""Per cent: only numbers that no two people have are surer."""

Keep = Callable[[], object]
Reach = Callable[[Callable[[Session], Any]], Any]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What a scan did: people and pairs compared, pairs on the work-list now; whether it was stopped before the end."""

    people: int
    compared: int
    pairs: int
    stopped: bool = False


@dataclass(frozen=True)
class Proposed:
    """A pair of the work-list with what a list shows of both; `a_id` would stand for the person."""

    a_id: str
    b_id: str
    a_name: str
    b_name: str
    a_number: str | None
    b_number: str | None
    score: int
    reasons: tuple[str, ...]
    bundle_id: str | None

    def words(self) -> tuple[str, ...]:
        """Why, in the active language."""
        return words_of(self.reasons)


def scan_centre(
    session: Session, told: Told = lambda *_stage: None, stop: Stop = lambda: False, keep: Keep | None = None
) -> Outcome:
    """Look through everybody; the pairs found take the place of those of the scan before.

    `told` gets the stage ("reading", "candidates", "learning", "comparing", "grouping"), how much is done and of how
    much; `keep` is called when something was written that is to stay whatever happens next: ``session.commit``.
    Raises `Refused` for accounts that see a few villages only.
    """
    kept = keep or session.flush

    def reach(what: Callable[[Session], Any]) -> Any:
        result = what(session)
        kept()
        return result

    return scan_from_afar(reach, told, stop)


def scan_from_afar(reach: Reach, told: Told = lambda *_stage: None, stop: Stop = lambda: False) -> Outcome:
    """The same for somebody who holds no session: `reach` is handed short work for one, does it, keeps what it wrote
    and gives back its answer. Between, while people are compared, the database is free for others."""
    reach(_check)
    ids, people = Texts(), People()
    try:
        while page := reach(_page_after(ids[len(ids) - 1] if len(ids) else "")):
            told("reading", len(ids), 0)
            if stop():
                raise Stopped
            for person_id, answers in page:
                ids.append(person_id)
                people.add(describe(answers))
        people.settle()
        memory = _Pieces(reach, _name_of(ids, people))
        done = scan_in_pieces(people, told, memory, stop)
    except Stopped:
        return Outcome(len(ids), 0, reach(_count), stopped=True)
    found = {in_order(ids[one.one], ids[one.other]): (one.chance, one.reasons) for one in done.found}
    scored = {pair: (_score(*told_of), told_of[1]) for pair, told_of in found.items()}
    return Outcome(len(ids), done.compared, reach(lambda session: _write(session, scored)))


def scan_new(
    session: Session, person_ids: Iterable[str], bundle_id: str | None = None, stop: Stop = lambda: False
) -> int:
    """Compare people who have just arrived with all others, and put on the work-list who may be the same.

    Returns how many pairs are new on it. `bundle_id` says with which bundle they came.
    """
    new = 0
    for person_id in sorted(set(person_ids)):
        if stop():
            break
        found = {in_order(person_id, one.person_id): (one.score, one.reasons) for one in _likely(session, person_id)}
        new += _add(session, found, bundle_id) if found else 0
    return new


def proposed(session: Session, limit: int = 200, *, bundle_id: str | None = None) -> list[Proposed]:
    """The pairs to decide about, those with one NIK first, then the likeliest; people as this account sees them."""
    wanted = select(DuplicatePair).order_by(DuplicatePair.score.desc(), DuplicatePair.a_id, DuplicatePair.b_id)
    if bundle_id is not None:
        wanted = wanted.where(DuplicatePair.bundle_id == bundle_id)
    shown: list[Proposed] = []
    for start in range(0, 10 * limit, limit):
        page = list(session.scalars(wanted.offset(start).limit(limit)))
        people = _shown(session, {end for one in page for end in (one.a_id, one.b_id)})
        shown += [_line(one, people) for one in page if one.a_id in people and one.b_id in people]
        if len(page) < limit or len(shown) >= limit:
            break
    return shown[:limit]


def _line(one: DuplicatePair, people: Mapping[str, tuple[str, str | None]]) -> Proposed:
    (a_name, a_number), (b_name, b_number) = people[one.a_id], people[one.b_id]
    told = (one.score, tuple(one.reasons), one.bundle_id)
    return Proposed(one.a_id, one.b_id, a_name, b_name, a_number, b_number, *told)


def _shown(session: Session, ids: set[str]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    for chunk in _chunks(ids):
        wanted = select(Person.id, Person.full_name, Person.number)
        rows = session.execute(wanted.where(Person.id.in_(chunk), Person.voided.is_(False)))
        found.update((row.id, (row.full_name, row.number)) for row in rows)
    return found


class _Pieces:
    """What a scan has done, in the centre's file; that of any other scan is forgotten."""

    def __init__(self, reach: Reach, scan: str) -> None:
        self._reach, self._scan = reach, scan
        self._there: set[tuple[str, int]] = reach(self._look)

    def kept(self, stage: str, piece: int) -> bytes | None:
        """What was kept of a piece."""
        if (stage, piece) not in self._there:
            return None
        here = (ScanPiece.scan == self._scan, ScanPiece.stage == stage, ScanPiece.piece == piece)
        body: bytes | None = self._reach(lambda session: session.scalar(select(ScanPiece.body).where(*here)))
        return body

    def keep(self, stage: str, piece: int, body: bytes) -> None:
        """Keep a piece, whatever happens next."""
        row = {"scan": self._scan, "piece": piece, "stage": stage, "body": body}
        self._reach(lambda session: session.execute(insert(ScanPiece), row))

    def _look(self, session: Session) -> set[tuple[str, int]]:
        session.execute(delete(ScanPiece).where(ScanPiece.scan != self._scan))
        return {(stage, piece) for stage, piece in session.execute(select(ScanPiece.stage, ScanPiece.piece))}


def _check(session: Session) -> None:
    if viewer_of(session).bound is not None:
        raise Refused("not_allowed")


def _page_after(last: str) -> Callable[[Session], list[tuple[str, dict[str, str | None]]]]:
    """The next people by id, each with the answers that are compared."""

    def read(session: Session) -> list[tuple[str, dict[str, str | None]]]:
        columns = (Person.id, Person.full_name, Person.sex, Person.birth_date, Person.mother_name, Person.safe_phone)
        wanted = select(*columns).where(Person.voided.is_(False), Person.id > last).order_by(Person.id).limit(PAGE)
        page = session.execute(wanted).all()
        known = _known(session, page[0].id, page[-1].id) if page else {}
        return [(row.id, _answers(row, known.get(row.id, {}))) for row in page]

    return read


def _answers(row: Any, known: Mapping[str, str]) -> dict[str, str | None]:
    answers = {"name": row.full_name, "sex": row.sex, "birth_date": row.birth_date, "mother_name": row.mother_name}
    return {**answers, "phone": row.safe_phone, **known}


def _known(session: Session, first: str, last: str) -> dict[str, dict[str, str]]:
    """Villages and numbers of the people from one id to another: of several the one written first."""
    found: dict[str, dict[str, str]] = {}
    numbers = (Identifier.kind.in_(("nik", "passport", "phone")), Identifier.voided.is_(False))
    wanted = select(Identifier.person_id, Identifier.kind, Identifier.value).order_by(Identifier.id)
    for person_id, kind, value in session.execute(wanted.where(Identifier.person_id.between(first, last), *numbers)):
        if value:
            found.setdefault(person_id, {}).setdefault(kind, value)
    now = (Address.kind == "current", Address.valid_to.is_(None), Address.voided.is_(False))
    homes = select(Address.person_id, Address.village_code).where(Address.person_id.between(first, last), *now)
    for person_id, village in session.execute(homes.order_by(Address.id)):
        if village:
            found.setdefault(person_id, {}).setdefault("village", village)
    return found


def _name_of(ids: Texts, people: People) -> str:
    """What names a scan: whoever was written down or changed since makes it another one, and so does another way of
    scanning."""
    return str(uuid.UUID(bytes=hashlib.sha256(METHOD + ids.digest() + people.digest()).digest()[:16]))


def _score(chance: float, reasons: Sequence[str]) -> int:
    certain = [CERTAIN[reason] for reason in reasons if reason in CERTAIN]
    return max(certain) if certain else max(1, min(MOST, round(100 * chance)))


def _write(session: Session, found: Mapping[Pair, tuple[int, Sequence[str]]]) -> int:
    """The work-list anew; what came with a bundle keeps saying so."""
    came_with = select(DuplicatePair.a_id, DuplicatePair.b_id, DuplicatePair.bundle_id)
    came = {(a_id, b_id): bundle_id for a_id, b_id, bundle_id in session.execute(came_with)}
    session.execute(delete(DuplicatePair))
    session.execute(delete(ScanPiece))
    said, now = decided(session), wall_ms()
    left = sorted(found.keys() - said)
    _note(session, [_row(pair, found[pair], now, came.get(pair)) for pair in left])
    return len(left)


def _add(session: Session, found: Mapping[Pair, tuple[int, Sequence[str]]], bundle_id: str | None) -> int:
    people = {end for pair in found for end in pair}
    new = [pair for pair in sorted(found.keys() - decided(session, people)) if _is_new(session, pair)]
    _note(session, [_row(pair, found[pair], wall_ms(), bundle_id) for pair in new])
    return len(new)


def _row(pair: Pair, told: tuple[int, Sequence[str]], now: int, bundle_id: str | None) -> dict[str, Any]:
    score, reasons = told
    row = {"a_id": pair[0], "b_id": pair[1], "score": score, "reasons": list(reasons)}
    return row | {"found_ms": now, "bundle_id": bundle_id}


def _note(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(DuplicatePair), rows)


def _is_new(session: Session, pair: Pair) -> bool:
    here = (DuplicatePair.a_id == pair[0], DuplicatePair.b_id == pair[1])
    return session.execute(select(DuplicatePair.a_id).where(*here)).first() is None


def _likely(session: Session, person_id: str) -> Iterator[Any]:
    person = session.get(Person, person_id)
    if person is None or person.voided:
        return
    known = _known(session, person_id, person_id).get(person_id, {})
    found = likely_duplicates(
        session,
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        village_code=known.get("village"),
        nik=known.get("nik"),
        passport=known.get("passport"),
        phone=known.get("phone") or person.safe_phone,
        mother_name=person.mother_name,
        without=person_id,
    )
    yield from (one for one in found if one.score >= 100 * rule("threshold"))


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DuplicatePair)) or 0


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]
