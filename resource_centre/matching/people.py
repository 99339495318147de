# SPDX-License-Identifier: Apache-2.0
"""A whole list of people kept small: every different answer once as bytes, every record a few numbers.

A million people are some 300 MB this way, and go through a pipe to another process as they are.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import Any, Final, overload

from resource_centre.matching.descriptions import Description, Words
from resource_centre.matching.names import Name

TEXTS: Final = (
    "sex", "birth", "birth_of_nik", "village", "phone", "nik", "passport",
    "house", "street", "estate", "postcode", "state",
)  # fmt: skip
COLUMNS: Final = ("name", "father", "mother", *TEXTS, "births", "lines")
"""`name` has the father's words too, `births` are the days a person may be born on, of what is written and what the NIK
says, and `lines` are street and estate."""
PART: Final = "\n"
"""Stands between a name's sounds, its words as written and the father's; and between street and estate."""


class Texts:
    """Texts one after another, found by their place."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", (0,))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))

    def append(self, text: str) -> None:
        """Put one at the end."""
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def digest(self) -> bytes:
        """What tells these texts from others."""
        return hashlib.sha256(self._ends.tobytes() + self._bytes).digest()


class Column:
    """One answer of all records: `codes` has a number for each of them, 0 where nothing is known."""

    def __init__(self) -> None:
        self.codes = array("I")
        self.texts = Texts()
        self.texts.append("")
        self._places = {"": 0}

    def add(self, text: str) -> None:
        """The next record's answer."""
        code = self._places.setdefault(text, len(self._places))
        if code == len(self.texts):
            self.texts.append(text)
        self.codes.append(code)

    def settle(self) -> None:
        """Nothing more comes."""
        self._places = {}

    def counts(self) -> array[int]:
        """How many records have each answer, by its code; of 0 none."""
        found = array("I", bytes(4 * len(self.texts)))
        for code in self.codes:
            found[code] += 1
        found[0] = 0
        return found

    def digest(self) -> bytes:
        """What tells this column from others."""
        return hashlib.sha256(self.codes.tobytes() + self.texts.digest()).digest()


class People(Sequence[Description]):
    """Records in the order of the list; as a sequence, each as it was described."""

    def __init__(self, records: Iterable[Description] = ()) -> None:
        self.columns = {name: Column() for name in COLUMNS}
        self._add = {name: column.add for name, column in self.columns.items()}
        for record in records:
            self.add(record)
        if len(self):
            self.settle()

    def __len__(self) -> int:
        return len(self.columns["name"].codes)

    @overload
    def __getitem__(self, place: int) -> Description: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Description]: ...
    def __getitem__(self, place: int | slice) -> Description | Sequence[Description]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        answers: dict[str, Any] = {name: self.text(name, place) for name in TEXTS}
        name, father = named_of(self.text("name", place))
        return Description(name=name, father=father, mother=named_of(self.text("mother", place))[0], **answers)

    def __iter__(self) -> Iterator[Description]:
        return (self[place] for place in range(len(self)))

    def __getstate__(self) -> dict[str, Column]:
        return self.columns

    def __setstate__(self, columns: dict[str, Column]) -> None:
        self.columns, self._add = columns, {}

    def add(self, record: Description) -> None:
        """Put a record at the end."""
        add = self._add
        add["name"](_text_of(record.name, record.father))
        add["father"](" ".join(record.father))
        add["mother"](_text_of(record.mother))
        for field in TEXTS:
            add[field](getattr(record, field))
        add["births"](" ".join(record.births))
        add["lines"](f"{record.street}{PART}{record.estate}" if record.street or record.estate else "")

    def settle(self) -> None:
        """Nobody more comes: what was needed to put records in is let go."""
        self._add = {}
        for column in self.columns.values():
            column.settle()

    def text(self, name: str, place: int) -> str:
        """What a record answers."""
        column = self.columns[name]
        return column.texts[column.codes[place]]

    def digest(self) -> bytes:
        """What tells this list from others."""
        return hashlib.sha256(b"".join(column.digest() for column in self.columns.values())).digest()


def named_of(text: str) -> tuple[Name, Words]:
    """A name of the columns name and mother, and the father's words."""
    sounds, spelt, father = text.split(PART) if text else ("", "", "")
    return Name(_words(sounds), _words(spelt)), _words(father)


def sounds_of(text: str) -> Words:
    """Only how the words of such a name sound."""
    return tuple(text.partition(PART)[0].split())


def _words(text: str) -> Words:
    # There are fewer words than names: each is held once.
    return tuple(map(intern, text.split()))


def _text_of(name: Name, father: Words = ()) -> str:
    return PART.join(map(" ".join, (*name, father))) if name.sounds or father else ""
