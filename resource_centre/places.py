# SPDX-License-Identifier: Apache-2.0
"""Indonesia's provinces, regencies, districts and 83,762 villages, found as one types and from what registers say.

Codes are those of the Ministry of Home Affairs: "52", "52.03", "52.03.01", "52.03.01.2001". The villages are kept as
two long strings and two arrays, not as objects: they load in the time of a blink and a search is a few string scans.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from resource_centre.place_search import VillageSearch, line_starts
from resource_centre.values.names import plain

if TYPE_CHECKING:
    from resource_centre.place_matching import PlaceMatch

Level = Literal["province", "regency", "district", "village"]

_LEVELS: dict[int, Level] = {2: "province", 5: "regency", 8: "district", 13: "village"}
_SHORT: dict[str, str] = {
    "Kabupaten Administrasi ": "Kab. Adm. ",
    "Kabupaten ": "Kab. ",
    "Kota Administrasi ": "Kota Adm. ",
}
_JOINERS = "'`\u2018\u2019\u02bb\u02bc\u00b4"
# For plain letters a table is ten times as fast as a pattern, and the list is a megabyte long.
_MARKS = str.maketrans(dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_{|}~\t\r', " ") | dict.fromkeys("'`", ""))
_FOREIGN_MARK = re.compile(r"[^\w\n ]+")
_CODE_LENGTH = 13
_NAME_COLUMN = 23


@dataclass(frozen=True)
class Place:
    """A place of the official list; `parent` is the code above it, None for a province."""

    code: str
    name: str
    level: Level
    parent: str | None


class Gazetteer:
    """The official list of places. Make it through `gazetteer`, which reads the files once."""

    def __init__(self, upper: dict[str, str], villages: list[str]) -> None:
        """Take code -> name of all places above the villages, and the lines of villages.csv in code order."""
        self._upper = upper
        self._codes = "".join([line[:_CODE_LENGTH] for line in villages])
        self._names = "\n".join([_village_name(line) for line in villages]) + "\n"
        self._starts = line_starts(self._names)
        last_rows = {line[:8]: row for row, line in enumerate(villages)}
        first_rows = dict(zip(last_rows, [0, *(row + 1 for row in last_rows.values())], strict=False))
        regencies = {code: _searched_region(name) for code, name in upper.items() if len(code) == 5}
        regions = "\n".join(f"{upper[code]} {regencies[code[:5]]}" for code in first_rows)
        self._search = VillageSearch(fold_place(self._names).rstrip("\n"), first_rows, fold_place(regions))

    def __len__(self) -> int:
        return len(self._codes) // _CODE_LENGTH

    def place(self, code: str | None) -> Place | None:
        """The place of a code, None when today's list has no such code."""
        level = _LEVELS.get(len(code)) if code else None
        if code is None or level is None:
            return None
        if level == "village":
            row = self._row(code)
            return self._village(row) if row is not None else None
        name = self._upper.get(code)
        return Place(code, name, level, code.rpartition(".")[0] or None) if name else None

    def path(self, code: str | None) -> tuple[Place, ...]:
        """Province, regency, district and village of a code, as far down as it goes; () for an unknown code."""
        place = self.place(code)
        if place is None:
            return ()
        return (*self.path(place.parent), place) if place.parent else (place,)

    def name(self, code: str | None) -> str:
        """The place's own name ("Kabupaten Lombok Timur"); the code itself when it is not in the list."""
        place = self.place(code)
        return place.name if place else code or ""

    def full_name(self, code: str | None) -> str:
        """Return "Selong, Kec. Selong, Kab. Lombok Timur": the name and what it lies in, provinces left out."""
        path = self.path(code)
        if not path:
            return code or ""
        shown = [_short_name(place) for place in reversed(path) if place.level != "province"]
        return ", ".join(shown) or path[0].name

    def children(self, code: str | None) -> tuple[Place, ...]:
        """The places directly below a code, in code order; the provinces for None."""
        if code is not None and len(code) == 8:
            first, last = self._rows_within(code)
            return tuple(self._village(row) for row in range(first, last))
        length = {None: 2, 2: 5, 5: 8}.get(len(code) if code else None)
        below = (
            found for found in self._upper if len(found) == length and found.startswith(f"{code}." if code else "")
        )
        return tuple(place for place in map(self.place, below) if place)

    def find(self, text: str, limit: int = 20, within: str | None = None) -> list[Place]:
        """Villages for what has been typed so far, the likeliest first, inside the code `within` when given.

        Every word must begin a word of the village, its district or its regency, in any order. Villages whose own
        name begins with the text come first; spaces inside names may be left out.
        """
        first, last = self._rows_within(within)
        return [self._village(row) for row in self._search.rows(fold_place(text).split(), first, last, limit)]

    def match(
        self,
        *,
        village: str | None,
        district: str | None = None,
        regency: str | None = None,
        province: str | None = None,
        within: str | tuple[str, ...] | None = None,
    ) -> "PlaceMatch":
        """Find the one village a register row means, or say why there is none; it never guesses.

        `within`, a code or several (the centre's own regencies), decides between places of the same name only.
        """
        from resource_centre.place_matching import match_place

        hints = (within,) if isinstance(within, str) else within or ()
        return match_place(self, village=village, district=district, regency=regency, province=province, hints=hints)

    def upper_places(self) -> Iterator[tuple[str, str]]:
        """Code and name of every province, regency and district, in code order within each level."""
        return iter(self._upper.items())

    def villages_below(self, code: str | None) -> Iterator[tuple[str, str]]:
        """Code and folded name of every village inside a code, in code order."""
        return ((self._code(row), self._search.name(row)) for row in range(*self._rows_within(code)))

    def villages_called(self, name: str) -> list[str]:
        """Codes of all villages of exactly this name, spaces, case and punctuation aside."""
        return [self._code(row) for row in self._search.called(fold_place(name).replace(" ", ""))]

    def _village(self, row: int) -> Place:
        code = self._code(row)
        return Place(code, self._names[self._starts[row] : self._starts[row + 1] - 1], "village", code[:8])

    def _code(self, row: int) -> str:
        return self._codes[row * _CODE_LENGTH : (row + 1) * _CODE_LENGTH]

    def _row(self, code: str) -> int | None:
        row = self._row_from(code)
        return row if self._code(row) == code else None

    def _row_from(self, code: str) -> int:
        return bisect_left(range(len(self)), code, key=self._code)

    def _rows_within(self, code: str | None) -> tuple[int, int]:
        # "/" is the character after ".", so it comes right after everything inside the code.
        return (self._row_from(code), self._row_from(f"{code[:_CODE_LENGTH]}/")) if code else (0, len(self))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The places of data/regions, read when first asked for."""
    folder = resources.files("resource_centre") / "data" / "regions"
    upper: dict[str, str] = {}
    for name in ("provinces", "regencies", "districts"):
        rows = csv.reader((folder / f"{name}.csv").read_text("utf-8").splitlines()[1:])
        upper.update((row[0], row[-1]) for row in rows)
    return Gazetteer(upper, (folder / "villages.csv").read_text("utf-8").split("\n")[1:-1])


def fold_place(text: str) -> str:
    """Small letters without accents and apostrophes, other punctuation as single spaces; line feeds stay."""
    if not text.isascii():
        for joiner in _JOINERS:
            text = text.replace(joiner, "")
    folded = plain(text).translate(_MARKS)
    if not folded.isascii():
        folded = _FOREIGN_MARK.sub(" ", folded)
    while "  " in folded:
        folded = folded.replace("  ", " ")
    return folded.replace(" \n", "\n").replace("\n ", "\n").strip(" ") if "\n" in folded else folded.strip(" ")


def _searched_region(name: str) -> str:
    return name.removeprefix("Kabupaten ").replace("Administrasi ", "")


def _village_name(line: str) -> str:
    return line[_NAME_COLUMN:] if line[_NAME_COLUMN] != '"' else line[_NAME_COLUMN + 1 : -1].replace('""', '"')


def _short_name(place: Place) -> str:
    if place.level == "district":
        return f"Kec. {place.name}"
    for long, short in _SHORT.items():
        if place.level == "regency" and place.name.startswith(long):
            return short + place.name[len(long) :]
    return place.name
