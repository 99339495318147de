# SPDX-License-Identifier: Apache-2.0
"""What forms are made of keeps to its place: no word runs over its column, however long an answer is."""

from __future__ import annotations

import pytest

from reports.kit import fonts
from reports.kit.fonts import BOLD, REGULAR
from reports.papers.pieces import BOX, Facts, place_ticks

LONG = "Tertulis, dengan tanda tangan di hadapan saksi yang dikenal"


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("width", [60.0, 110.0, 300.0])
def test_no_answer_runs_over_its_column(ticked, width):
    font = BOLD if ticked else REGULAR
    for _row, x, words, _ticked in place_ticks([(LONG, ticked), ("Ya", ticked), (LONG, ticked)], width, 8.0):
        left = -x - 1 if x < 0 else x + BOX + 3.5
        assert left + fonts.width(words, font, 8.0) <= width + 0.01


def test_answers_follow_each_other_while_there_is_room():
    assert [row for row, *_rest in place_ticks([("Ya", False), ("Tidak", False)], 200, 8.0)] == [0, 0]
    assert [row for row, *_rest in place_ticks([("Ya", False), ("Tidak", False)], 40, 8.0)] == [0, 1]


def test_a_long_fact_makes_its_row_higher_and_not_wider():
    short, long = Facts([("Nama", "Siti"), ("Desa", "x")]), Facts([("Nama", "Siti"), ("Desa", LONG * 5)])
    assert short.wrap(0, 0)[0] == long.wrap(0, 0)[0]
    assert short.wrap(0, 0)[1] < long.wrap(0, 0)[1]
