# SPDX-License-Identifier: Apache-2.0
"""How right two well-known programs for the same task are on the same lists, each set up in two ways.

As in its manual: what its own example for such a list does. Tuned: names, dates and numbers brought to one spelling by
this project first, more ways for a pair to meet, every column compared, and the threshold chosen knowing the answers,
which this project's is not. One of them can also learn from answers, and is shown those of half the pairs. Neither is a
dependency: what is not installed is left out aloud.

    python -m bench rivals
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from bench.people_lists import Pairs, lists, pair_of
from resource_centre.matching.descriptions import Description
from resource_centre.matching.scan import scan

Rows = dict[str, list[str | None]]
Setup = Callable[[Rows, Pairs], Pairs]
TEXTS: Final = ("village", "mother", "street", "estate")
EXACT: Final = ("sex", "house", "postcode", "state")
NUMBERS: Final = ("nik", "passport", "phone")


@dataclass(frozen=True)
class Tried:
    """One program on one list: precision, recall and F1 of its pairs, and the seconds of computing it took."""

    listed: str
    program: str
    precision: float
    recall: float
    seconds: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        quality = f"{self.precision:.4f} | {self.recall:.4f} | {self.f1:.4f}"
        return f"| {self.listed} | {self.program} | {quality} | {self.seconds:.0f} |"


def rivals() -> Iterator[Tried]:
    """Every list with and without identity numbers, this project first."""
    setups = dict(_setups())
    for name, ids, records, true in lists():
        for words, taken in (("with numbers", records), ("without", [one.without_numbers() for one in records])):
            yield _tried(f"{name}, {words}", "this project", lambda: _ours(ids, taken), true)  # noqa: B023 - called now
            for program, (plain, setup) in setups.items():
                rows = _as_written(ids, taken) if plain else _as_heard(ids, taken)
                yield _tried(f"{name}, {words}", program, lambda: setup(rows, true), true)  # noqa: B023 - called now


def _tried(listed: str, program: str, find: Callable[[], Pairs], true: Pairs) -> Tried:
    begun = time.process_time()
    found = find()
    seconds = time.process_time() - begun
    right = len(found & true)
    return Tried(listed, program, right / max(1, len(found)), right / len(true), seconds)


def _ours(ids: list[str], records: list[Description]) -> Pairs:
    return {pair_of(ids[one.one], ids[one.other]) for one in scan(records).found}


def _setups() -> Iterator[tuple[str, tuple[bool, Setup]]]:
    for module in ("recordlinkage", "splink"):
        if importlib.util.find_spec(module) is None:
            print(f"left out: {module} is not installed")
            continue
        own = importlib.import_module(f"bench.rival_{module}")
        yield f"{module}, as in its manual", (True, own.as_in_its_manual)
        yield f"{module}, tuned", (False, own.tuned)
        if hasattr(own, "told_half"):
            yield f"{module}, tuned and told half the answers", (False, own.told_half)


def _as_written(ids: list[str], records: list[Description]) -> Rows:
    """The words of a name as they were written, the first and the others; titles left out."""
    return _rows(ids, records, [one.name.spelt for one in records])


def _as_heard(ids: list[str], records: list[Description]) -> Rows:
    """The words of a name as they sound, in alphabetical order."""
    return _rows(ids, records, [tuple(sorted(one.words)) for one in records])


def _rows(ids: list[str], records: list[Description], names: list[tuple[str, ...]]) -> Rows:
    found: Rows = {"unique_id": list(ids)}
    found["given_name"] = [words[0] if words else None for words in names]
    found["surname"] = [" ".join(words[1:]) or None for words in names]
    found["birth"] = [_day(one.birth) for one in records]
    found["mother"] = [" ".join(one.mother.spelt) or None for one in records]
    for field in (*EXACT, *NUMBERS, "village", "street", "estate"):
        found[field] = [getattr(one, field) or None for one in records]
    return {field: values for field, values in found.items() if any(values)}


def _day(birth: str) -> str | None:
    return f"{birth[:4]}-{birth[4:6]}-{birth[6:]}" if len(birth) == 8 else None


def columns(rows: Rows, wanted: tuple[str, ...]) -> list[str]:
    """Those of these columns this list has."""
    return [one for one in wanted if one in rows]


def best_of(scored: Iterable[tuple[float, tuple[str, str]]], true: Pairs) -> Pairs:
    """The pairs above the threshold that makes F1 highest."""
    best, most, found, right = 0.0, 0, 0, 0
    ranked = sorted(scored, reverse=True)
    for place, (score, pair) in enumerate(ranked):
        found, right = found + 1, right + (pair in true)
        f1 = 2 * right / (found + len(true))
        ends = place + 1 == len(ranked) or ranked[place + 1][0] < score
        if ends and f1 > best:
            best, most = f1, found
    return {pair for _score, pair in ranked[:most]}


def frame(rows: Rows) -> Any:
    """The list as both programs take it."""
    return importlib.import_module("pandas").DataFrame(rows)
