# SPDX-License-Identifier: Apache-2.0
"""A date known only in part keeps what is known and never pretends to more."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.values.partial_date import age_on, agree, earliest, latest, middle, parse_partial, precision

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
partials = days.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))


@pytest.mark.parametrize("written", ["2019", "2019-05", "2019-05-17", "2024-02-29"])
def test_canonical_text_is_the_value(written):
    assert parse_partial(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "19",
        "2019-5",
        "2019-13",
        "2019-00",
        "2019-02-30",
        "2023-02-29",
        "17-05-2019",
        "2019-05-17 ",
        "0999",
        "٢٠١٩",
        "2019-05-",
    ],
)
def test_anything_else_is_refused_and_not_repaired(written):
    assert parse_partial(written) is None
    with pytest.raises(ValueError, match="canonical"):
        earliest(written)


@given(partials)
def test_the_day_reckoned_with_lies_within_what_is_known(value):
    assert earliest(value) <= middle(value) <= latest(value)


@given(days)
def test_every_precision_of_a_day_covers_it(day):
    for value in (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"):
        assert earliest(value) <= day <= latest(value)
        assert agree(value, day.isoformat())


@given(days, days)
def test_whole_days_agree_only_with_themselves(one, other):
    assert agree(one.isoformat(), other.isoformat()) == (one == other)


def test_precision_tells_how_much_is_known():
    assert [precision(value) for value in ("2019", "2019-05", "2019-05-17")] == ["year", "month", "day"]


def test_the_end_of_february_is_known():
    assert latest("2024-02") == date(2024, 2, 29)
    assert latest("2023-02") == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("1984-05-12", date(2026, 5, 11), 41),
        ("1984-05-12", date(2026, 5, 12), 42),
        ("1984", date(2026, 6, 30), 41),
        ("1984", date(2026, 7, 1), 42),
        ("1984-05", date(2026, 5, 14), 41),
        ("1984-05", date(2026, 5, 15), 42),
        ("2026", date(2026, 3, 1), 0),
        ("2004-02-29", date(2026, 2, 28), 21),
        ("2004-02-29", date(2026, 3, 1), 22),
        ("2027", date(2026, 3, 1), None),
        (None, date(2026, 3, 1), None),
        ("tahun 1984", date(2026, 3, 1), None),
    ],
)
def test_age_counts_completed_years(born, on, age):
    assert age_on(born, on) == age


@given(days, st.integers(0, 40_000))
def test_nobody_gets_younger(born, later):
    day = born + timedelta(days=later)
    assert age_on(born.isoformat(), day + timedelta(days=1)) >= age_on(born.isoformat(), day)
