"""The fold of a log: whatever order entries come in, every laptop reads the same record out of them."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resource_centre.log.fold import Entry, Head, fold, heads
from resource_centre.records.change import ERASE, PUT

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "150"))
SITES = "ABC"
FIELDS = ("phone", "village", "phone?")


@dataclass
class Laptop:
    """Writes as the recorder does: one revision above all it has seen, naming what it replaces."""

    site: str
    skew: int
    seen: dict[tuple[str, int], Entry] = field(default_factory=dict)
    written: int = 0

    def write(self, values: dict[str, str], now: int) -> Entry:
        known = heads(self.seen.values())
        body = {name: self._above(value, known.get(name, [])) for name, value in values.items()}
        self.written += 1
        entry = Entry(self.site, self.written, now + self.skew, PUT, body)
        self.seen[entry.dot] = entry
        return entry

    @staticmethod
    def _above(value: str, known: list[Head]) -> list[object]:
        revision = 1 + max((head.revision for head in known), default=0)
        return [value, revision, [[head.site, head.seq] for head in known]]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"),
            st.sampled_from(SITES),
            st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("uvwxyz"), min_size=1),
        ),
        st.tuples(st.just("exchange"), st.sampled_from(SITES), st.sampled_from(SITES)),
    ),
    min_size=1,
    max_size=25,
)
SKEWS = st.lists(st.integers(-11 * 365, 70 * 365).map(lambda days: days * 86_400_000), min_size=3, max_size=3)


def live(steps: list[tuple[str, str, object]], skews: list[int]) -> dict[str, Laptop]:
    laptops = {site: Laptop(site, skew) for site, skew in zip(SITES, skews, strict=True)}
    for now, (what, site, rest) in enumerate(steps):
        if what == "write":
            assert isinstance(rest, dict)
            laptops[site].write(rest, now)
        else:
            laptops[str(rest)].seen |= laptops[site].seen
    return laptops


def everything(laptops: dict[str, Laptop]) -> list[Entry]:
    together: dict[tuple[str, int], Entry] = {}
    for laptop in laptops.values():
        together |= laptop.seen
    return list(together.values())


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS, SKEWS, st.randoms(use_true_random=False))
def test_order_and_repetition_of_entries_do_not_matter(
    steps: list[tuple[str, str, object]], skews: list[int], chance: random.Random
) -> None:
    entries = everything(live(steps, skews))
    shuffled = entries + chance.choices(entries, k=len(entries)) if entries else []
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(entries)


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS, SKEWS)
def test_nobody_loses_a_value_unseen(steps: list[tuple[str, str, object]], skews: list[int]) -> None:
    entries = everything(live(steps, skews))
    folded = fold(entries)
    for name, unreplaced in heads(entries).items():
        shown = {folded.values[name]} | {head.value for head in folded.conflicts.get(name, [])}
        assert shown == {head.value for head in unreplaced}


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS, SKEWS, st.sampled_from(SITES), st.sampled_from(FIELDS))
def test_what_one_writes_one_reads_whatever_the_clocks_say(
    steps: list[tuple[str, str, object]], skews: list[int], site: str, name: str
) -> None:
    laptop = live(steps, skews)[site]
    laptop.write({name: "mine"}, len(steps))
    folded = fold(laptop.seen.values())
    assert folded.values[name] == "mine"
    assert name not in folded.conflicts


def test_an_edit_made_in_sight_of_the_other_beats_a_clock_far_ahead() -> None:
    first = Entry("A", 1, 9_999_999_999_999, PUT, {"phone": ["0811", 1, []]})
    later = Entry("B", 1, 1, PUT, {"phone": ["0822", 2, [["A", 1]]]})
    assert fold([first, later]).values == {"phone": "0822"}
    assert fold([first, later]).conflicts == {}


def test_two_edits_made_apart_keep_the_loser() -> None:
    start = Entry("A", 1, 1, PUT, {"phone": ["0811", 1, []]})
    here = Entry("A", 2, 5, PUT, {"phone": ["0822", 2, [["A", 1]]]})
    there = Entry("B", 1, 6, PUT, {"phone": ["0833", 2, [["A", 1]]]})
    folded = fold([there, start, here])
    assert folded.values == {"phone": "0833"}
    assert [head.value for head in folded.conflicts["phone"]] == ["0822"]


def test_the_same_answer_given_twice_is_no_conflict() -> None:
    here = Entry("A", 1, 1, PUT, {"phone": ["0811", 1, []]})
    there = Entry("B", 1, 2, PUT, {"phone": ["0811", 1, []]})
    assert fold([here, there]).conflicts == {}


def test_more_knowledge_beats_more_recent_ignorance() -> None:
    first = Entry("A", 1, 1, PUT, {"phone": ["0811", 1, []]})
    second = Entry("A", 2, 2, PUT, {"phone": ["0822", 2, [["A", 1]]]})
    unaware = Entry("B", 1, 9, PUT, {"phone": ["0833", 1, []]})
    folded = fold([first, second, unaware])
    assert folded.values["phone"] == "0822"
    assert [head.value for head in folded.conflicts["phone"]] == ["0833"]


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS, SKEWS, st.sampled_from(SITES))
def test_erased_is_erased_whatever_came_before_or_after(
    steps: list[tuple[str, str, object]], skews: list[int], site: str
) -> None:
    laptops = live(steps, skews)
    erasing = Entry(site, laptops[site].written + 1, 0, ERASE, {})
    folded = fold([*everything(laptops), erasing])
    assert folded.erased
    assert folded.values == {}
    assert folded.conflicts == {}
