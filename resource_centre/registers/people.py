# SPDX-License-Identifier: Apache-2.0
"""Who is who in a register: certainly the same person, likely the same for somebody to decide, or another one.

Certain is the same good NIK at a name that fits, or a NIK that lost its last digit with fifteen equal digits at the
very same name. Names alone never join anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from resource_centre.i18n import N_
from resource_centre.registers.cells import DAMAGED, INVALID, nik_says
from resource_centre.registers.dates import may_be_same
from resource_centre.registers.rows import Likely, Row
from resource_centre.values.names import name_tokens, similarity

NAME_FITS: Final = 0.6
NAME_ALIKE: Final = 0.82
LIKELY: Final = 0.64
MOST_LISTED: Final = 5

REASONS: Final = {
    "same_nik": N_("the same NIK"),
    "nearly_same_nik": N_("a NIK that differs in one digit"),
    "fifteen_digits": N_("the first fifteen digits of the NIK are the same"),
    "same_name": N_("the same name"),
    "name_alike": N_("a name spelt nearly the same"),
    "same_birth": N_("the same date of birth"),
    "same_phone": N_("the same telephone"),
    "same_village": N_("the same village"),
    "same_age": N_("an age that fits"),
    "only_one": N_("nobody else has this name"),
}


@dataclass
class Known:
    """Somebody met so far: in an earlier row or already in the centre (`known_id`)."""

    number: int | None
    name: str
    nik: str | None = None
    nik15: str | None = None
    odd_nik: str | None = None
    sex: str | None = None
    born: str | None = None
    village: str | None = None
    phone: str | None = None
    known_id: str | None = None
    sheet: str = ""
    row: int | None = None

    @property
    def key(self) -> str:
        """The folded words of the name in order of the alphabet."""
        return name_key(self.name)


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The same for the same name in any order of words and any usual spelling."""
    return " ".join(sorted(name_tokens(name)))


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> float:
    return similarity(one, other)


@dataclass
class People:
    """Everybody met so far, found again by NIK, name, birth date, telephone and village."""

    everyone: list[Known] = field(default_factory=list)
    by_nik: dict[str, Known] = field(default_factory=dict)
    blocks: dict[tuple[str, ...], list[Known]] = field(default_factory=lambda: defaultdict(list))
    numbers: int = 0

    def add(self, known: Known) -> None:
        """Remember somebody."""
        self.everyone.append(known)
        self._index(known)

    def _index(self, known: Known) -> None:
        if known.nik:
            self.by_nik.setdefault(known.nik, known)
        for block in _blocks(known):
            if known not in self.blocks[block]:
                self.blocks[block].append(known)

    def fill(self, known: Known, row: Known) -> None:
        """Let a person gain what a later row of theirs knows more."""
        for name in ("nik", "nik15", "sex", "born", "village", "phone"):
            if getattr(known, name) is None and getattr(row, name) is not None:
                setattr(known, name, getattr(row, name))
        if len(row.born or "") > len(known.born or ""):
            known.born = row.born
        self._index(known)

    def new_number(self) -> int:
        """The next person's number within this file."""
        self.numbers += 1
        return self.numbers

    def certain(self, row: Known) -> Known | None:
        """The person this row is about beyond doubt."""
        if row.nik and (known := self.by_nik.get(row.nik)) and _alike(known.name, row.name) >= NAME_FITS:
            return known
        if row.nik15:
            same = [one for one in self.blocks.get(("nik15", row.nik15), ()) if one.key == row.key]
            same = [one for one in same if not _contradict(one, row) and (one.nik or row.nik)]
            if len(same) == 1:
                return same[0]
        return None

    def likely(self, row: Known) -> list[tuple[float, Known, tuple[str, ...]]]:
        """Everybody this row may be about, the likeliest first, each with reasons."""
        seen: dict[int, Known] = {}
        for block in _blocks(row):
            for one in self.blocks.get(block, ())[:60]:
                seen[id(one)] = one
        scored = [(*_score(one, row), one) for one in seen.values()]
        found = [(score, one, reasons) for score, reasons, one in scored if score >= LIKELY]
        return sorted(found, key=lambda item: -item[0])[:MOST_LISTED]

    def named(self, row: Known) -> list[Known]:
        """Everybody of the same name, for rows that know nothing more."""
        return [one for one in self.blocks.get(("name", row.key), ()) if not _contradict(one, row)]


def _blocks(one: Known) -> list[tuple[str, ...]]:
    key = one.key
    blocks: list[tuple[str, ...]] = [("name", key)]
    if one.nik15:
        blocks.append(("nik15", one.nik15))
    if one.odd_nik:
        blocks.append(("odd", one.odd_nik[:12]))
    if one.nik:
        blocks.append(("odd", one.nik[:12]))
    if one.phone:
        blocks.append(("phone", one.phone))
    if one.born and one.village:
        blocks.append(("born", one.born, one.village))
    return blocks


def _contradict(one: Known, other: Known) -> bool:
    if one.nik and other.nik and one.nik != other.nik:
        return True
    if one.sex and other.sex and one.sex != other.sex:
        return True
    return bool(one.born and other.born and not may_be_same(one.born, other.born))


def _score(one: Known, other: Known) -> tuple[float, tuple[str, ...]]:
    """How likely two are the same, 0 to 1: the name, and what else speaks for it or against it."""
    if one.nik and other.nik and one.nik != other.nik and one.born != other.born:
        return 0.0, ()
    alike = 1.0 if one.key == other.key else _alike(one.name, other.name)
    if alike < NAME_ALIKE:
        return 0.0, ()
    reasons = ["same_name" if alike > 0.97 else "name_alike"]
    score = 0.5 * alike
    for points, reason in _evidence(one, other):
        score += points
        if reason:
            reasons.append(reason)
    return min(1.0, score), tuple(reasons)


def _evidence(one: Known, other: Known) -> Iterable[tuple[float, str]]:
    yield from _nik_evidence(one, other)
    if one.born and other.born:
        same = may_be_same(one.born, other.born)
        full = len(one.born) == len(other.born) == 10
        yield (0.3 if full else 0.1, "same_birth") if same else (-0.4, "")
    if one.phone and other.phone and one.phone == other.phone:
        yield 0.25, "same_phone"
    if one.village and other.village:
        yield (0.15, "same_village") if one.village == other.village else (-0.15, "")
    if one.sex and other.sex and one.sex != other.sex:
        yield -0.3, ""


def _nik_evidence(one: Known, other: Known) -> Iterable[tuple[float, str]]:
    if one.nik and other.nik:
        if one.nik == other.nik:
            yield 0.5, "same_nik"
        else:
            near = _one_digit(one.nik, other.nik)
            yield (0.1, "nearly_same_nik") if near else (-0.6, "")
        return
    if one.nik15 and other.nik15:
        yield (0.4, "fifteen_digits") if one.nik15 == other.nik15 else (-0.5, "")
    odd, good = (one.odd_nik, other.nik) if one.odd_nik else (other.odd_nik, one.nik)
    if odd and good:
        yield (0.4, "nearly_same_nik") if _one_digit(odd, good) else (-0.4, "")


@lru_cache(maxsize=16_384)
def _one_digit(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


def described(row: Row, today: date) -> Known:
    """What a row says about who it is about; a good NIK tells sex and birth date where the row does not."""
    values = row.values
    nik = values.get("nik")
    good = nik if nik and nik not in {DAMAGED, INVALID} else None
    written = next((p.as_written for p in row.problems if p.field == "nik"), "")
    digits = "".join(letter for letter in written if letter.isdecimal())
    nik15 = good[:15] if good else digits[:15] if nik == DAMAGED and len(digits) >= 16 else None
    sex, births = nik_says(good, today) if good else (None, ())
    return Known(
        number=None,
        name=values.get("name") or "",
        nik=good,
        nik15=nik15,
        odd_nik=digits if nik == INVALID and 14 <= len(digits) <= 17 else None,
        sex=values.get("sex") or sex,
        born=values.get("born") or (births[0] if len(births) == 1 else None),
        village=values.get("village") if row.kind != "training" else None,
        phone=values.get("phone"),
        sheet=row.sheet,
        row=row.row,
    )


def group(rows: list[Row], today: date, people: People | None = None) -> People:
    """Give every row its person; `people` may already hold those of the centre. Registers are read before logs."""
    people = people or People()
    order = {"register": 0, "counselling": 1, "training": 2}
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: order[row.kind]):
        if row.fingerprint in seen:
            row.status = "repeated"
            continue
        seen.add(row.fingerprint)
        if row.status != "imported":
            _place(row, people, today)
    return people


def _place(row: Row, people: People, today: date) -> None:
    if not row.values.get("name") and not row.values.get("nik"):
        row.status = "incomplete"
        return
    who = described(row, today)
    known = people.certain(who)
    if known is not None:
        _join(row, known, people)
        people.fill(known, who)
        return
    if row.kind == "training" and not who.nik:
        _offer_named(row, who, people)
        return
    _offer(row, who, people)
    who.number = row.person = people.new_number()
    people.add(who)


def _join(row: Row, known: Known, people: People) -> None:
    if known.number is None:
        known.number = people.new_number()
    row.person, row.known_id, row.status = known.number, known.known_id, "known"


def _offer(row: Row, who: Known, people: People) -> None:
    found = people.likely(who)
    if not found and row.kind == "counselling":
        _offer_named(row, who, people)
        return
    same_nik = people.by_nik.get(who.nik) if who.nik else None
    if same_nik is not None and all(one is not same_nik for _, one, _ in found):
        found.insert(0, (0.5, same_nik, ("same_nik",)))
    if same_nik is not None:
        from resource_centre.registers.readings import RowProblem

        row.problems.append(RowProblem("nik", "nik_other_name", "error", as_written=who.nik or ""))
    row.likely = [_likely(score, one, reasons) for score, one, reasons in found]
    if row.likely:
        row.status = "likely_duplicate"


def _offer_named(row: Row, who: Known, people: People) -> None:
    """A row with hardly more than a name: those of the same name are offered, nobody is taken."""
    named = [one for one in people.named(who) if _age_fits(row, one)]
    if not named:
        return
    reasons = ["same_name"]
    if row.values.get("age") is not None:
        reasons.append("same_age")
    if len(named) == 1:
        reasons.append("only_one")
    row.likely = [_likely(0.6 if len(named) == 1 else 0.5, one, tuple(reasons)) for one in named[:MOST_LISTED]]
    row.status = "likely_duplicate"


def _age_fits(row: Row, one: Known) -> bool:
    age, on = row.values.get("age"), row.values.get("start") or row.values.get("date") or row.values.get("reported")
    if age is None or not on or not one.born:
        return True
    return bool(-1 <= int(on[:4]) - int(one.born[:4]) - age <= 1)


def _likely(score: float, one: Known, reasons: tuple[str, ...]) -> Likely:
    return Likely(one.number, one.known_id, one.row, one.sheet, score, reasons)
