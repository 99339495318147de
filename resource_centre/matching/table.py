# SPDX-License-Identifier: Apache-2.0
"""A list of people from a CSV file, and the pairs found in it as another."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, TextIO

from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.matching.descriptions import Description, describe
from resource_centre.matching.people import People
from resource_centre.matching.reasons import words_of
from resource_centre.matching.scan import Found

SEPARATORS: Final = (",", ";", "\t")
"""Separators that are tried; the one that divides the first line most is taken."""
PART_OF_NAME: Final = "part_of_name"
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class PeopleList:
    """The records of a file in its order, their ids as written (the line's number where there is no such column),
    and the headings nothing is known of."""

    ids: tuple[str, ...]
    records: Sequence[Description]
    unknown: tuple[str, ...]


def read_people(path: Path) -> PeopleList:
    """Read a list of people (headings in data/matching_headings.csv, in any order, each optional but a name).

    A name in several columns, as given name and surname, is joined in order. Raises Refused `no_names` for a
    table without a name, EnvironmentFailed for a file that cannot be read.
    """
    if not path.is_file():
        raise EnvironmentFailed("file_missing")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file)
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        raise EnvironmentFailed("file_unreadable") from reason


def write_pairs(path: Path, people: PeopleList, found: Iterable[Found], *, codes: bool = False) -> None:
    """Write ``a,b,score,reasons``: the ids, the chance from 0 to 1 and why, in words or as codes.

    Whole or not at all; "-" is the standard output.
    """
    if str(path) == "-":
        _write(sys.stdout, people, found, codes)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            _write(file, people, found, codes)
        beside.replace(path)
    except OSError as reason:
        beside.unlink(missing_ok=True)
        raise EnvironmentFailed("cannot_write") from reason


def _write(file: TextIO, people: PeopleList, found: Iterable[Found], codes: bool) -> None:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("a", "b", "score", "reasons"))
    for one in found:
        why = one.reasons if codes else words_of(one.reasons)
        pair = sorted((people.ids[one.one], people.ids[one.other]))
        table.writerow((*pair, f"{one.chance:.4f}", "; ".join(why)))


def _read(file: TextIO) -> PeopleList:
    first = file.readline()
    separator = max(SEPARATORS, key=first.count)
    headings = next(csv.reader([first], delimiter=separator, skipinitialspace=True), [])
    columns, unknown = _columns(headings)
    if not columns.keys() & {"name", PART_OF_NAME}:
        raise Refused("no_names")
    ids, records = [], People()
    for number, row in enumerate(csv.reader(file, delimiter=separator, skipinitialspace=True), start=2):
        if any(cell.strip() for cell in row):
            values = dict(_values(row, columns))
            ids.append(values.pop("id", "") or str(number))
            records.add(describe(values))
    records.settle()
    return PeopleList(tuple(ids), records, unknown)


def _columns(headings: Sequence[str]) -> tuple[dict[str, list[int]], tuple[str, ...]]:
    columns: dict[str, list[int]] = defaultdict(list)
    unknown = []
    for place, heading in enumerate(headings):
        field = _fields().get(_NOT_WORD.sub("_", heading.strip().casefold()).strip("_"))
        if field is None:
            unknown.append(heading.strip())
        else:
            columns[field].append(place)
    return dict(columns), tuple(unknown)


def _values(row: Sequence[str], columns: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    """The row's answers; of several columns for one field the first that has one, but all the parts of a name."""
    for field, places in columns.items():
        cells = [cell for place in places if place < len(row) and (cell := row[place].strip())]
        if field == PART_OF_NAME and "name" not in columns:
            yield "name", " ".join(cells)
        elif field != PART_OF_NAME:
            yield field, cells[0] if cells else ""


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    file = resources.files("resource_centre") / "data" / "matching_headings.csv"
    return {row["heading"]: row["field"] for row in csv.DictReader(file.read_text("utf-8").splitlines())}
