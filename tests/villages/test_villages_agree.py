"""Village laptops and their centre, whatever is lost, repeated or late: in the end each holds what it may, and all."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "5"))
VILLAGES = ["52.03.01.2001", "52.03.02.2001"]

WHO = st.integers(0, 2)
LAPTOPS = st.integers(1, 2)
STEP = st.one_of(
    st.tuples(st.just("register"), WHO, st.sampled_from(VILLAGES), st.sampled_from(["Sumiati", "Rohani"])),
    st.tuples(st.just("rename"), WHO, st.integers(0, 5), st.sampled_from(["Sri", "Ayu", "Dewi"])),
    st.tuples(st.just("remark"), WHO, st.integers(0, 5), st.sampled_from(["di ladang", "di kota"])),
    st.tuples(st.just("move"), st.just(0), st.integers(0, 5), st.sampled_from(VILLAGES)),
    st.tuples(st.just("void"), WHO, st.integers(0, 5)),
    st.tuples(st.just("link"), st.integers(0, 5), st.integers(0, 5), st.sampled_from(["same", "same", "different"])),
    st.tuples(st.just("part"), st.integers(0, 5)),
    st.tuples(st.just("erase"), st.integers(0, 5)),
    st.tuples(st.just("clock"), WHO, st.integers(-4000, 20000)),
    st.tuples(st.just("up"), LAPTOPS),
    st.tuples(st.just("down"), LAPTOPS),
    st.tuples(st.just("bring"), st.integers(0, 9)),
    st.tuples(st.just("rescope"), LAPTOPS, st.sampled_from([VILLAGES[:1], VILLAGES[1:], VILLAGES])),
    st.tuples(st.just("round"), LAPTOPS),
)


def live(country: Any, steps: Any) -> None:
    """Everything that happens in a country, to its end."""
    try:
        for step in steps:
            country.step(*step)
        country.settle_down()
        country.everybody_holds_what_they_may()
    finally:
        country.close()


STEPS = st.lists(STEP, min_size=5, max_size=30)


@pytest.mark.models
@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS)
def test_in_the_end_every_laptop_holds_what_it_may_and_the_centre_everything(new_country, steps):
    live(new_country(), steps)


@pytest.mark.models
@pytest.mark.postgres
@settings(max_examples=max(2, EXAMPLES // 4), deadline=None)
@given(STEPS)
def test_laptops_with_a_file_agree_with_a_centre_on_a_server(new_country, steps):
    live(new_country(server=True), steps)
