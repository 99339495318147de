# SPDX-License-Identifier: Apache-2.0
"""Figures of learning against NumPy and SciPy, which reckon them in their own way."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.linalg import null_space

from resource_centre.learning.attrition import days_there
from resource_centre.learning.gains import Gain, Missing, gain_of
from resource_centre.learning.items import TAIL, item_figures
from resource_centre.learning.shares import share_of, wilson
from resource_centre.learning.showing import without_few
from resource_centre.services.intervals import mean_interval, t_quantile

close = pytest.approx
scores = st.integers(0, 800).map(lambda eighths: eighths / 8)
pairs_of_scores = st.lists(st.tuples(scores, scores), min_size=2, max_size=60)


def reckoned(pairs):
    return gain_of(Counter(pairs), pass_mark=70, least=5)


@given(pairs_of_scores)
@settings(max_examples=60, deadline=None)
def test_mean_median_and_spread_of_the_gains(pairs):
    pre, post = np.array(pairs).T
    found = reckoned(pairs)
    assert found.pairs == len(pairs)
    assert (found.mean_pre, found.mean_post) == (close(pre.mean()), close(post.mean()))
    assert (found.mean_gain, found.median_gain) == (close((post - pre).mean()), close(np.median(post - pre)))
    assert found.sd == close(np.std(post - pre, ddof=1), abs=1e-9)


@given(pairs_of_scores)
@settings(max_examples=60, deadline=None)
def test_the_interval_is_that_of_the_paired_t_test(pairs):
    pre, post = np.array(pairs).T
    assume(np.ptp(post - pre) > 0)
    expected = stats.ttest_rel(post, pre).confidence_interval(0.95)
    found = reckoned(pairs)
    assert (found.low, found.high) == (close(expected.low, abs=1e-7), close(expected.high, abs=1e-7))


@given(pairs_of_scores)
@settings(max_examples=60, deadline=None)
def test_both_normalised_gains(pairs):
    pre, post = np.array(pairs).T
    able = pre < 100
    found = reckoned(pairs)
    expected = ((post - pre)[able] / (100 - pre)[able]).mean() if able.any() else None
    assert found.normalised_pairs == able.sum()
    assert found.normalised == (None if expected is None else close(expected))
    whole = None if pre.mean() >= 100 else (post.mean() - pre.mean()) / (100 - pre.mean())
    assert found.class_normalised == (None if whole is None else close(whole))


@given(pairs_of_scores)
@settings(max_examples=60, deadline=None)
def test_who_improved_and_who_passed_with_the_interval_of_wilson(pairs):
    pre, post = np.array(pairs).T
    found = reckoned(pairs)
    for share, expected in (
        (found.improved, post > pre), (found.passed_before, pre >= 70), (found.passed_after, post >= 70),
    ):  # fmt: skip
        interval = stats.binomtest(int(expected.sum()), len(pairs)).proportion_ci(method="wilson")
        assert (share.part, share.whole, share.percent) == (expected.sum(), len(pairs), close(100 * expected.mean()))
        assert (share.low, share.high) == (close(100 * interval.low, abs=1e-9), close(100 * interval.high, abs=1e-9))


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 29, 30, 200, 399, 400, 401, 402, 1000, 25_000, 500_000])
@pytest.mark.parametrize("probability", [0.9, 0.95, 0.975, 0.995])
def test_students_t(freedom, probability):
    assert t_quantile(probability, freedom) == close(stats.t.ppf(probability, freedom), rel=1e-9)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=600))
@settings(max_examples=40, deadline=None)
def test_the_interval_of_any_mean(values):
    assume(np.ptp(values) > 1e-6)
    _mean, low, high = mean_interval(values)
    expected = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert (low, high) == (close(expected[0], abs=1e-6), close(expected[1], abs=1e-6))


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
@settings(max_examples=60, deadline=None)
def test_the_interval_of_a_share(part_and_whole):
    part, whole = part_and_whole
    expected = stats.binomtest(part, whole).proportion_ci(method="wilson")
    assert wilson(part, whole) == (close(expected.low, abs=1e-12), close(expected.high, abs=1e-12))
    assert 0 <= wilson(part, whole)[0] <= part / whole <= wilson(part, whole)[1] <= 1


# --- questions of a test ------------------------------------------------------------------------------------------

NAMES = ("a", "b", "c", "d", "e", "f")
filled = st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=2, max_size=50)


@given(filled)
@settings(max_examples=60, deadline=None)
def test_difficulty_and_correlation_of_each_question(rows):
    answers = np.array(rows, dtype=int)
    for at, name in enumerate(NAMES):
        own, rest = answers[:, at], answers.sum(axis=1) - answers[:, at]
        found = item_figures(name, [dict(zip(NAMES, row, strict=True)) for row in rows])
        assert (found.n, found.right, found.difficulty) == (len(rows), own.sum(), close(own.mean()))
        if np.ptp(own) == 0 or np.ptp(rest) == 0:
            assert found.correlation is None
        else:
            assert found.correlation == close(stats.pointbiserialr(own, rest).statistic, abs=1e-9)


@given(filled)
@settings(max_examples=60, deadline=None)
def test_discrimination_is_the_mean_over_every_way_to_order_equal_scores(rows):
    answers = np.array(rows, dtype=int)
    totals = answers.sum(axis=1)
    found = item_figures("a", [dict(zip(NAMES, row, strict=True)) for row in rows])
    if np.ptp(totals) == 0:
        assert found.discrimination is None
        return
    size = max(1, round(TAIL * len(rows)))
    assert found.discrimination == close(expected_of(answers[:, 0], totals, size) - expected_of(
        answers[:, 0], -totals, size
    ))  # fmt: skip


def expected_of(own, totals, size):
    """The share right among the best `size`: for each who is sure to be among them, and the odds of those at the cut.

    Everybody's chance to be among the best is worked out one by one.
    """
    chance = np.array([
        np.clip((size - (totals > total).sum()) / (totals == total).sum(), 0, 1) for total in totals
    ])  # fmt: skip
    assert chance.sum() == close(size)
    return float((chance * own).sum() / size)


def test_a_question_that_only_the_best_know_tells_them_apart():
    rows = [{"a": at >= 7, "b": at >= 4, "c": at >= 2} for at in range(10)]
    found = item_figures("a", rows)
    assert (found.difficulty, found.discrimination) == (0.3, 1.0)


def test_nobody_filled_in_anything():
    assert item_figures("a", []).difficulty is None


# --- few, none, and what may be shown -----------------------------------------------------------------------------


def test_of_nobody_there_is_no_figure():
    assert gain_of({}, Missing(both=3), pass_mark=70, least=5) == Gain(missing=Missing(both=3))


def test_one_pair_has_a_mean_and_no_interval():
    found = reckoned([(40, 60)])
    assert (found.mean_gain, found.median_gain, found.sd, found.low, found.few) == (20, 20, None, None, True)


def test_who_knew_everything_before_has_nothing_to_gain():
    found = reckoned([(100, 100), (50, 100), (50, 75)])
    assert (found.normalised, found.normalised_pairs) == (0.75, 2)
    assert reckoned([(100, 100)]).normalised is None
    assert reckoned([(100, 100)]).class_normalised is None


def test_equal_gains_have_an_interval_of_no_width():
    found = reckoned([(40, 60), (50, 70), (10, 30)])
    assert (found.sd, found.low, found.high) == (0, 20, 20)


def test_nobody_of_nobody_is_no_share():
    assert (share_of(0, 0).percent, share_of(0, 0).low) == (None, None)


tables = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=1, max_size=5).filter(
    lambda rows: len({len(row) for row in rows}) == 1
)


@given(tables)
@example([[0, 0, 0], [0, 1, 0], [1, 4, 0], [1, 0, 4]])  # only two sums together give it away
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_cannot_be_reckoned_from_what_is_shown(rows):
    """Rows and columns with their sums: the table is solved for what is hidden, and nothing may have one solution."""
    whole = "all"
    cells = {(at, to): count for at, row in enumerate(rows) for to, count in enumerate(row)}
    sums = [((at, whole), [key for key in cells if key[0] == at]) for at in range(len(rows))]
    sums += [((whole, to), [key for key in cells if key[1] == to]) for to in range(len(rows[0]))]
    sums += [((whole, whole), [(at, whole) for at in range(len(rows))]),
             ((whole, whole), [(whole, to) for to in range(len(rows[0]))])]  # fmt: skip
    for total, parts in sums:
        cells[total] = sum(cells[part] for part in parts)
    gains = {key: reckoned([(10.0, 20.0)] * count) for key, count in cells.items()}
    told = without_few(gains, sums, 5)
    assert {key: gain.pairs for key, gain in told.items()} == cells
    assert all(gain.mean_gain is None or gain.pairs >= 5 for gain in told.values())
    unknown = [key for key, gain in told.items() if gain.hidden]
    if unknown:
        rows_of = np.array([[(key in parts) - (key == total) for key in unknown] for total, parts in sums], dtype=float)
        free = null_space(rows_of)
        assert all(np.abs(free[at]).max(initial=0) > 1e-9 for at in range(len(unknown)))


@pytest.mark.parametrize(
    ("marks", "days", "expected"),
    [("HH", 2, (True, True, True, True)), ("HA", 2, (True, True, False, False)), ("AT", 2, (True, False, True, False)),
     ("", 3, (False, False, False, False)), ("HHHHA", 5, (True, True, False, True)), ("H", 1, (True, True, True, True)),
     ("HHHI", 5, (True, True, False, False))],
)  # fmt: skip
def test_days_of_one_line(marks, days, expected):
    assert days_there(marks, days, 80) == expected


def test_who_is_missing_adds_up():
    assert Missing(1, 2, 3, 4) + Missing(1, 1, 1, 1) == Missing(2, 3, 4, 5)
    assert Missing(1, 2, 3, 4).total == 10
