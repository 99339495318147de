# SPDX-License-Identifier: Apache-2.0
"""A month that is handed over keeps its figures once and for all, and they name nobody."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre.errors import Bug, Refused
from resource_centre.services.kept_figures import as_kept, digest_of, same_figures
from resource_centre.services.month_reports import kept_month, kept_months, report_month

FIGURES = {"month": "2026-10", "version": "1", "cut_off": "2026-11-03T09:00:00+07:00", "R1": [{"code": "services"}]}


def test_figures_are_kept_with_the_digest_of_their_canonical_json(session):
    report_month(session, "2026-10", figures=FIGURES)
    text = json.dumps(FIGURES, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    kept = kept_month(session, "2026-10")
    assert kept.figures == FIGURES
    assert kept.digest == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_handed_over_once_more_nothing_is_replaced(session):
    report_month(session, "2026-10", figures=FIGURES)
    first = kept_month(session, "2026-10")
    report_month(session, "2026-10", figures=FIGURES | {"R1": []})
    assert kept_month(session, "2026-10") == first


def test_a_month_handed_over_without_figures_gets_none_afterwards(session):
    report_month(session, "2026-10")
    report_month(session, "2026-10", figures=FIGURES)
    assert kept_month(session, "2026-10").figures is None


@pytest.mark.parametrize(
    "words", [{"story": "Siti pulang"}, {"Siti Aminah": 1}, {"R4": [{"code": "Desa Kembang Kerang"}]}, {"x": "ñ"}]
)
def test_words_are_no_figures_and_nothing_is_written(session, words):
    with pytest.raises(Bug) as wrong:
        report_month(session, "2026-10", figures=FIGURES | words)
    assert "Siti" not in str(wrong.value)
    assert kept_month(session, "2026-10") is None


def test_who_sees_a_part_of_the_centre_closes_no_month(collector_session):
    with pytest.raises(Refused) as refused:
        report_month(collector_session("52.03.01.2001"), "2026-10", figures=FIGURES)
    assert refused.value.code == "not_allowed"


def test_months_handed_over_come_in_their_order_without_the_last(session):
    for month in ("2026-10", "2025-12", "2026-03", "2025-11"):
        report_month(session, month, figures=FIGURES | {"month": month})
    assert [one.month for one in kept_months(session, "2025-12", "2026-10")] == ["2025-12", "2026-03"]


def test_figures_that_do_not_fit_their_digest_are_not_used(session):
    report_month(session, "2026-10", figures=FIGURES).figures = FIGURES | {"R1": []}
    session.flush()
    kept = kept_month(session, "2026-10")
    assert (kept.figures, kept.differs) == (None, True)


NUMBERS = st.one_of(st.none(), st.integers(0, 10**6), st.floats(0, 1e6))
TREES = st.recursive(
    NUMBERS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=3)
)


@given(TREES)
def test_figures_that_went_through_the_log_have_the_same_digest(tree):
    figures = {"version": "1", "R4": tree}
    again = json.loads(json.dumps(figures))
    assert digest_of(again) == digest_of(as_kept(figures))
    assert same_figures(figures, again)


@given(TREES, TREES)
def test_figures_are_the_same_only_where_their_numbers_are(one, other):
    was, now = {"version": "1", "R4": one}, {"version": "1", "cut_off": "2026-11-03", "R4": other}
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert same_figures(was, now) or not same


def test_a_newer_program_with_one_table_more_has_changed_nothing():
    was, now = {"version": "1", "R1": [{"code": "a", "month": 3}]}, {"version": "2", "R1": [{"code": "a", "month": 3}]}
    assert same_figures(was, now | {"R25": [7]})
    assert not same_figures(was | {"version": "2"}, now | {"R25": [7]})
    assert not same_figures(was, {"version": "2", "R1": [{"code": "a", "month": 4}]})
