# SPDX-License-Identifier: Apache-2.0
"""What two records are compared by: a person's answers, brought to one spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from resource_centre.clock import today
from resource_centre.matching.names import Name
from resource_centre.values.names import plain, sound_words
from resource_centre.values.nik import read_nik
from resource_centre.vocabulary import vocabulary

Words = tuple[str, ...]

NO_NAME: Final = Name()
NOTHING: Final = frozenset({"", "-", "--", ".", "?", "0", "na", "n/a", "nan", "none", "null", "nihil", "tidak ada"})
_NOT_LETTERS = re.compile(r"[\W_]+")
_PLACE_CODE = re.compile(r"\d\d\.?\d\d\.?\d\d(?:\.?\d{4})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?)?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Description:
    """One record, ready to compare; what is not known is empty.

    `birth` and `birth_of_nik` are yyyy, yyyymm or yyyymmdd as written (perhaps no day of the calendar), `village` a
    code with points or a place's name, `house`, `street`, `estate`, `postcode` and `state` an address that is not of
    this country.
    """

    name: Name = NO_NAME
    father: Words = ()
    sex: str = ""
    birth: str = ""
    birth_of_nik: str = ""
    village: str = ""
    phone: str = ""
    mother: Name = NO_NAME
    nik: str = ""
    passport: str = ""
    house: str = ""
    street: str = ""
    estate: str = ""
    postcode: str = ""
    state: str = ""

    @property
    def words(self) -> Words:
        """The sounds of the name."""
        return self.name.sounds

    @property
    def births(self) -> tuple[str, ...]:
        """When this person may be born: as written, and as the NIK says when that is more or something else."""
        if not self.birth_of_nik or self.birth == self.birth_of_nik:
            return (self.birth,) if self.birth else ()
        return (self.birth_of_nik,) if self.birth_of_nik.startswith(self.birth) else (self.birth, self.birth_of_nik)

    def without_numbers(self) -> Description:
        """The same record with its identity numbers unknown."""
        return replace(self, nik="", passport="", birth_of_nik="")


def describe(values: Mapping[str, str | None]) -> Description:
    """Bring a record's answers (keys as the fields of `Description`, `name` and `mother_name`) to one spelling."""
    written = {name: known(value) for name, value in values.items()}
    own = sound_words(written.get("name", ""))
    mother = sound_words(written.get("mother_name", ""))
    nik = bare(written.get("nik", ""))
    birth = born(written.get("birth_date", ""))
    return Description(
        name=Name(own.own, own.spelt),
        father=own.father,
        sex=sex_of(written.get("sex", "")),
        birth=birth,
        birth_of_nik=born_of_nik(nik, birth),
        village=place(written.get("village", "")),
        phone=national(written.get("phone", "")),
        mother=Name(mother.own, mother.spelt),
        nik=nik,
        passport=bare(written.get("passport", "")),
        **{name: bare(written.get(name, "")) for name in ("house", "street", "estate", "postcode", "state")},
    )


def known(value: str | None) -> str:
    """The answer without surrounding blanks; empty for the many ways of writing that there is none."""
    text = " ".join((value or "").split())
    return "" if text.casefold() in NOTHING else text


def bare(text: str) -> str:
    """Only letters and digits, without accents and capitals."""
    return _NOT_LETTERS.sub("", plain(text))


@lru_cache(maxsize=256)
def sex_of(text: str) -> str:
    """L or P in whatever words; empty when neither can be read."""
    found = vocabulary("sex").find(text) if text else None
    return found if found in {"L", "P"} else ""


def national(phone: str) -> str:
    """A telephone's digits without what stands before the number inside its country."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    return digits.removeprefix("00").removeprefix("62").lstrip("0")


def place(text: str) -> str:
    """A place's code with points, or its name as bare letters."""
    if _PLACE_CODE.fullmatch(text):
        digits = bare(text)
        return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)
    return bare(text)


def born_of_nik(nik: str, birth: str) -> str:
    """The date of birth that a NIK says, of two centuries the one that fits what is written."""
    if len(nik) != 16:
        return ""
    said = [f"{day:%Y%m%d}" for day in read_nik(nik, today=today(), adult=True, demo=True).birth_dates]
    return next((day for day in said if day[:4] == birth[:4]), said[0] if said else "")


def born(text: str) -> str:
    """The date of birth as digits, year first; empty when there are too few or too many."""
    if found := _DAY_FIRST.fullmatch(text):
        return f"{found[3]}{found[2]:0>2}{found[1]:0>2}"
    if found := _YEAR_FIRST.fullmatch(text):
        return "".join(f"{part:0>2}" for part in found.groups() if part)
    digits = "".join(letter for letter in text if letter.isdigit())
    return digits if len(digits) in (4, 6, 8) else ""
