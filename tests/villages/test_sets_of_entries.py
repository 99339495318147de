"""Sets of log entries kept as runs behave like plain sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.exchange.dots import Dots

SOME = st.frozensets(st.tuples(st.sampled_from(["a", "b"]), st.integers(1, 30)), max_size=25)


@given(SOME, SOME)
def test_runs_of_entries_are_the_same_as_sets_of_them(ours, theirs):
    left, right = Dots.of(ours), Dots.of(theirs)
    assert set(left | right) == ours | theirs
    assert set(left - right) == ours - theirs
    assert set(left.of_sites(["a"])) == {dot for dot in ours if dot[0] == "a"}
    assert [dot in left for dot in sorted(ours | theirs)] == [dot in ours for dot in sorted(ours | theirs)]
    assert len(left) == len(ours)
    assert bool(left) is bool(ours)


@given(SOME)
def test_the_same_entries_are_written_in_one_way(entries):
    there_and_back = Dots.from_json(Dots.of(sorted(entries)).to_json())
    assert there_and_back == Dots.of(sorted(entries, reverse=True))
    assert hash(there_and_back) == hash(Dots.of(entries))


def test_a_million_entries_of_one_laptop_are_one_run():
    assert Dots.of(("a", number) for number in range(1, 1_000_001)).to_json() == {"a": [[1, 1_000_000]]}


@pytest.mark.parametrize(
    "wrong",
    [None, [], {"a": 1}, {"a": [1]}, {"a": [[1]]}, {"a": [[2, 1]]}, {"a": [[0, 3]]}, {"a": [[1, "2"]]}, {1: [[1, 2]]},
     {"a": [[True, 2]]}],
)  # fmt: skip
def test_what_are_no_runs_is_refused(wrong):
    with pytest.raises(ValueError, match="not runs"):
        Dots.from_json(wrong)
