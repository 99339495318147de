# SPDX-License-Identifier: Apache-2.0
"""An attendance sheet while it is being typed: rows of what was written, and what each cell was understood as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any

from resource_centre.i18n import language
from resource_centre.services.gain import MatchedGain, matched_gain
from resource_centre.values.names import fold_name
from resource_centre.values.phone import read_phone, show_phone
from resource_centre.vocabulary import vocabulary
from ui.pages.training_columns import (
    AGE,
    CODES,
    COUNTRY,
    DAY,
    DISABILITY,
    NAME,
    ORAL,
    ORGANISATION,
    PHONE,
    POST,
    PRE,
    SCORES,
    SECTOR,
    TICKS,
    VILLAGE,
    carried_over,
    day_of,
)
from ui.pages.wording import capitalised, phone_words

MARKS = "HTIA"
NO_MARK = "-"
OLDEST = 110
HIGHEST = 100
"""The score of somebody who has answered everything right, in per cent."""

_SEX_KEYS = {"l": "L", "m": "L", "p": "P", "f": "P", "w": "P"}
_YES, _NO = frozenset("yv1x"), frozenset("nt0")
_YES_WORDS = frozenset({"ya", "yes", "iya", "ada"})
_NO_WORDS = frozenset({"tidak", "no", "tdk", "-"})
_PART = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:/|dari|of|out of)\s*(\d{1,4})", re.ASCII | re.IGNORECASE)

ReadPlace = Callable[[str], str | None]
"""A village code for what somebody wrote, None when it is not clear."""


@dataclass
class SheetRow:
    """One line of the sheet. `unread` keeps what was written in a cell that could not be understood."""

    name: str = ""
    person_id: str | None = None
    participation_id: str | None = None
    version: int | None = None
    sex: str | None = None
    age: str = ""
    client_type: str | None = None
    village_code: str | None = None
    days: str = ""
    pre_score: str = ""
    post_score: str = ""
    unread: dict[str, str] = field(default_factory=dict)
    phone: str = ""
    disability: bool | None = None
    organisation: str = ""
    sector: str | None = None
    country: str | None = None
    oral: bool | None = None
    not_same: list[str] = field(default_factory=list)
    """Registered people who were found to be others."""
    given: list[str] = field(default_factory=list)
    """Columns that were filled in by the program: from the line above, or with somebody who is known."""
    of_person: dict[str, Any] = field(default_factory=dict)
    """What is shown of the person the stored line is linked to; what was typed on the line stays stored."""

    def is_empty(self) -> bool:
        """Whether nobody is on this line; what was carried over, and marks made beforehand, do not count."""
        written = (self.name, self.age, self.pre_score, self.post_score, self.phone, self.sex or "")
        marks = "" if DAY in self.given else self.days.strip(NO_MARK)
        organisation = "" if ORGANISATION in self.given else self.organisation
        told = any(part.strip() for part in (*written, marks, organisation)) or bool(self.unread)
        return not told and self.participation_id is None

    def mark(self, day: int) -> str:
        """The mark of a day, empty when there is none."""
        mark = self.days[day : day + 1]
        return "" if mark == NO_MARK else mark

    def set_mark(self, day: int, mark: str) -> None:
        """Write one mark; an empty one takes it away."""
        marks = list(self.days.ljust(day + 1, NO_MARK))
        marks[day] = mark or NO_MARK
        self.days = "".join(marks).rstrip(NO_MARK)

    def gain(self) -> float | None:
        """Points between the two tests, None unless both are there."""
        pre, post = read_score(self.pre_score), read_score(self.post_score)
        return None if pre is None or post is None else post - pre

    def problem(self, column: str, days: int) -> str | None:
        """Code of what is wrong with a cell of an event that meets on this many days."""
        if column in self.unread:
            return {VILLAGE: "not_a_place"}.get(column, "not_in_list")
        if column == NAME:
            return "required" if not self.name.strip() and not self.is_empty() else None
        if column == AGE:
            return None if not self.age.strip() else _age_problem(self.age)
        if column in SCORES:
            return score_problem(getattr(self, column))
        if column == PHONE:
            return "phone_form" if self.phone.strip() and read_phone(self.phone).e164 is None else None
        day = day_of(column)
        return "day_outside" if day is not None and day >= days and self.mark(day) else None

    def name_key(self) -> str:
        """The folded name, for finding the same one again."""
        return _folded(self.name)

    def may_be(self, other: SheetRow) -> bool:
        """Whether two lines of one folded name may be one participant: nothing that both say differs."""
        if self.person_id and other.person_id and self.person_id != other.person_id:
            return False
        pairs = ((self.sex, other.sex), (self.age.strip(), other.age.strip()), (self.organisation, other.organisation))
        return all(not here or not there or here == there for here, there in pairs)

    def values(self, days: int) -> dict[str, Any]:
        """What is stored: canonical values under the field names."""
        known = {"id": self.participation_id, "version": self.version} if self.participation_id else {}
        made = {
            "name": self.name.strip(),
            "person_id": self.person_id,
            "sex": self.sex,
            "age": int(self.age) if self.age.strip() and _age_problem(self.age) is None else None,
            "client_type": self.client_type,
            "village_code": self.village_code,
            "phone": (read_phone(self.phone).e164 if self.phone.strip() else None),
            "disability": self.disability,
            "organisation": self.organisation.strip() or None,
            "sector": self.sector,
            "country": self.country,
            "days": self.days[:days].ljust(days, NO_MARK),
            "pre_score": read_score(self.pre_score),
            "post_score": read_score(self.post_score),
            "oral": self.oral,
        }
        return known | {name: value for name, value in made.items() if not self._only_shown(name)}

    def _only_shown(self, name: str) -> bool:
        """Whether a cell shows the register's word about who is linked, and nobody has written another."""
        return name in self.of_person and getattr(self, name) == self.of_person[name]

    def typed(self) -> dict[str, Any]:
        """The line as it is, for the draft."""
        return asdict(self)

    @classmethod
    def restored(cls, typed: Mapping[str, Any]) -> SheetRow:
        """The line that `typed` gave, of this or another version of the program."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in typed.items() if name in known})


def gain_of(rows: Iterable[SheetRow]) -> MatchedGain:
    """What the sheet says the course has taught, matched pairs only."""
    return matched_gain((read_score(row.pre_score), read_score(row.post_score)) for row in rows)


def read_score(written: str) -> float | None:
    """A percentage between 0 and 100 out of "65", "65,5", "65%", "7/10" or "7 dari 10"; None when it is none."""
    bare = written.strip()
    part = _PART.fullmatch(bare)
    if part is not None:
        reached, highest = _number(part[1]), int(part[2])
        return round(100 * reached / highest, 2) if highest > 0 and reached <= highest else None
    bare = bare.rstrip("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", bare, re.ASCII):
        return None
    score = float(bare)
    return score if score <= HIGHEST else None


def score_problem(written: str) -> str | None:
    """Code of what is wrong with a score: above the highest possible one, or none at all."""
    bare = written.strip()
    if not bare or read_score(bare) is not None:
        return None
    part = _PART.fullmatch(bare)
    if part is not None:
        return "score_above" if int(part[2]) else "not_a_score"
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%?", bare, re.ASCII)
    return "score_above" if number is not None and _number(number[1]) > HIGHEST else "not_a_score"


def show_score(score: float | None, *, signed: bool = False) -> str:
    """A score as it is typed: no needless zeros, with the sign of decimals of the language."""
    if score is None:
        return ""
    words = f"{score:+g}" if signed else f"{score:g}"
    return words.replace(".", ",") if language() == "id" else words


def sex_of_key(letter: str) -> str | None:
    """L or P for one pressed key; M and F are understood too."""
    return _SEX_KEYS.get(letter.casefold())


def tick_of_key(letter: str) -> bool | None:
    """Yes or no for one pressed key; None for any other."""
    key = letter.casefold()
    return True if key in _YES else False if key in _NO else None


def put(row: SheetRow, column: str, written: str, place: ReadPlace) -> None:
    """Write a text into a cell and understand it; what is not understood stays in `unread`."""
    written = written.strip()
    row.unread.pop(column, None)
    if column in row.given:
        row.given.remove(column)
    day = day_of(column)
    if day is not None:
        _put_mark(row, day, written)
    elif column in CODES or column in TICKS:
        _put_choice(row, column, written, place)
    elif column == NAME:
        row.name = capitalised(written)
    elif column in SCORES:
        part = read_score(written) if _PART.fullmatch(written) else None
        setattr(row, column, written if part is None else show_score(part))
    elif column == PHONE:
        found = read_phone(written).e164 if written else None
        row.phone = show_phone(found) if found else written
    elif column in (AGE, ORGANISATION):
        setattr(row, column, written)


def carry(row: SheetRow, above: SheetRow | None, group: str, village: str | None) -> None:
    """Write into an empty line what the line above says, or of the first line where the event is held."""
    for column in carried_over(group):
        value = getattr(above, column) if above is not None else None
        value = value or getattr(row, column) or (village if column == VILLAGE else None)
        setattr(row, column, value)
        if value is not None or (above is not None and not above.is_empty()):
            row.given = sorted({*row.given, column})


def row_of(participation: Any) -> SheetRow:
    """A stored participation as a line of the sheet."""
    row = SheetRow(
        name=participation.name or "",
        person_id=participation.person_id,
        participation_id=participation.id,
        version=participation.version,
        sex=participation.sex,
        age="" if participation.age is None else str(participation.age),
        client_type=participation.client_type,
        village_code=participation.village_code,
        days=participation.days or "",
        pre_score=show_score(participation.pre_score),
        post_score=show_score(participation.post_score),
        phone=phone_words(participation.phone),
        disability=participation.disability,
        organisation=participation.organisation or "",
        sector=participation.sector,
        country=participation.country,
        oral=participation.oral,
        not_same=list(participation.not_same_ids),
    )
    if row.person_id is not None:
        row.of_person = {name: getattr(row, name) for name in ("name", "sex", "age", "phone")}
    return row


def filled_columns(rows: Iterable[SheetRow]) -> set[str]:
    """The columns in which something stands; a telephone alone does not bring its column into sight."""
    written = [row for row in rows if not row.is_empty()]
    return {
        name
        for name in (PHONE, DISABILITY, ORGANISATION, SECTOR, COUNTRY, PRE, POST, ORAL)
        if any(name in row.unread or (name != PHONE and _tells(row, name)) for row in written)
    }


def _tells(row: SheetRow, column: str) -> bool:
    return getattr(row, column) not in (None, "") and column not in row.given and column not in row.of_person


def _put_mark(row: SheetRow, day: int, written: str) -> None:
    code = vocabulary("attendance").find(written) if written else ""
    mark = (code or written[:1]).upper()
    if written and mark not in MARKS:
        row.unread[f"day:{day}"] = written
        mark = ""
    row.set_mark(day, mark)


def _put_choice(row: SheetRow, column: str, written: str, place: ReadPlace) -> None:
    found: Any = _tick_for(written) if column in TICKS else _code_for(column, written, place)
    setattr(row, column, found)
    if written and found is None:
        row.unread[column] = written


def _tick_for(written: str) -> bool | None:
    word = written.casefold()
    if word in _YES_WORDS or word in _YES or word == "✓":
        return True
    return False if word in _NO_WORDS or word in _NO else None


def _number(written: str) -> float:
    return float(written.replace(",", "."))


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return fold_name(name)


def _code_for(column: str, written: str, place: ReadPlace) -> str | None:
    if not written:
        return None
    if column == VILLAGE:
        return place(written)
    return vocabulary(column).find(written)


def _age_problem(written: str) -> str | None:
    bare = written.strip()
    if not (bare.isascii() and bare.isdigit()):
        return "not_a_number"
    return None if int(bare) <= OLDEST else "out_of_range"
