# SPDX-License-Identifier: Apache-2.0
"""Measure everything that `docs/performance.md` speaks of, as ratios against a floor in the same run.

`--quick` takes centres a tenth of the size; `--write` puts what was measured into the table of docs/performance.md and
leaves the other lines as they are. The centres are made once and kept in out/bench.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from bench.ratio import Measured
from resource_centre.clock import today

PAGE = Path("docs/performance.md")
MARK = "<!-- figures -->"
HEADS = (("what", "the floor it is measured against"), ("---", "---"))


def main() -> int:
    """Measure, print, and write when asked to; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("part", nargs="?", default="", help="part of the name of what to measure")
    parser.add_argument("--only", default="", help="part of the name of what to measure")
    parser.add_argument("--million", action="store_true", help="likely duplicates among a million people as well")
    options = parser.parse_args()
    if options.part == "rivals":
        for tried in import_module("bench.rivals").rivals():
            print(tried, flush=True)
        return 0
    found = []
    for measured in _all(10 if options.quick else 1, options.only or options.part, million=options.million):
        print(_line(measured), flush=True)
        found.append(measured)
    if options.write:
        _write(found)
    return 0


def _all(smaller: int, only: str, *, million: bool) -> Iterator[Measured]:
    from bench.centres import LOGIN, PASSPHRASE, centre_of

    def starting() -> list[Measured]:
        from bench.starting import starting as measure

        with centre_of(1000, 5000, 50) as centre:
            folder = centre.folder
        return measure(folder, LOGIN, PASSPHRASE)

    for name, measure in (*_measures(smaller, starting), *_duplicates(smaller, million)):
        if only in name:
            yield from measure()


def _measures(
    smaller: int, starting: Callable[[], list[Measured]]
) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
    people = 100_000 // smaller
    yield "starting", starting
    yield "unlocking", lambda: [import_module("bench.keeping").unlocking(people)]
    yield "saving", lambda: [import_module("bench.keeping").saving()]
    yield "searching", lambda: [import_module("bench.keeping").searching(1_000_000 // smaller)]
    yield "reporting", lambda: [import_module("bench.reporting").reporting(people, people * 10)]
    yield "pages", lambda: import_module("bench.pages").long_table()
    yield "whole report", lambda: import_module("bench.pages").whole_report(people, people * 10)
    yield "person", lambda: [import_module("bench.persons").opening(20_000 // smaller)]
    yield "expressions", lambda: [import_module("bench.asking").expressions()]
    yield "scoring", lambda: [import_module("bench.questionnaires").scoring(100_000 // smaller)]
    yield "forms", lambda: [import_module("bench.questionnaires").loading()]
    yield "skipping", lambda: [import_module("bench.questionnaires").skipping()]
    yield "training", lambda: import_module("bench.training").training(20_000 // smaller)
    yield "taught", lambda: import_module("bench.taught").taught(20_000 // smaller)
    yield "receiving", lambda: import_module("bench.exchange").receiving(10_000)
    yield "received again", lambda: [import_module("bench.exchange").again(10_000)]
    yield "memory of receiving", lambda: [import_module("bench.exchange").memory(100_000 // smaller)]
    yield "importing", lambda: [import_module("bench.importing").importing(10_000 // smaller)]


def _duplicates(smaller: int, million: bool) -> Iterator[tuple[str, Callable[[], Iterable[Measured]]]]:
    for people in (100_000, 1_000_000) if million else (100_000,):
        yield "duplicates", lambda people=people: [import_module("bench.duplicates").checking(people // smaller)]
        yield "scanning", lambda people=people: [import_module("bench.duplicates").scanning(people // smaller)]
    yield "duplicates in lists", lambda: import_module("bench.duplicates").matching()


def _line(measured: Measured) -> str:
    aim = f" (aim {measured.aim})" if measured.aim else ""
    note = f"; {measured.note}" if measured.note else ""
    times = f"{measured.ours_ms:.1f} ms against {measured.floor_ms:.1f} ms"
    return f"{measured.what}: {measured.ratio:.2f} times{aim}, {times} [{measured.floor}]{note}"


def _write(found: list[Measured]) -> None:
    before, mark, old = PAGE.read_text(encoding="utf-8").partition(MARK)
    day = today().isoformat()
    rows = {_what(line): line for line in old.splitlines() if line.startswith("| ") and _what(line) not in HEADS}
    rows |= {
        (m.what, m.floor): f"| {m.what} | {m.floor} | {m.ours_ms:.1f} | {m.floor_ms:.1f} | **{m.ratio:.2f}** | {m.aim} "
        f"| {m.note} | {day} |"
        for m in found
    }
    head = (
        f"\n\n{platform.system()}, Python {platform.python_version()}, two cores.\n\n"
        f"| {' | '.join(HEADS[0])} | ours, ms | floor, ms | times | aim | note | measured on |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |\n"
    )
    PAGE.write_text(before + mark + head + "\n".join(rows.values()) + "\n", encoding="utf-8")


def _what(line: str) -> tuple[str, str]:
    """What a line of the table is about, and against which floor."""
    _edge, what, floor, *_rest = (part.strip() for part in line.split("|"))
    return what, floor


if __name__ == "__main__":
    raise SystemExit(main())
