# SPDX-License-Identifier: Apache-2.0
"""Lines in which words from the left and from the right meet stand as the Unicode algorithm has it."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from reports.kit.reading_order import base_level, levels, visual

SIGNS = "abZ 12,.-+%/()[]{}:;!«»&éمحدعية١٢٣אבגًَُّ\u0301"


def seen(line: str) -> str:
    found = levels(line)
    return "".join(line[at] for at in visual(list(range(len(line))), lambda at: found[at]))


@given(st.text(SIGNS, max_size=24))
def test_every_line_stands_as_another_programme_turns_it(line):
    assert seen(line) == get_display(line)


def test_joiners_go_with_the_letter_before_them():
    assert levels("a\u200db") == [0, 0, 0]
    assert levels("م\u200dم") == [1, 1, 1]


@pytest.mark.parametrize(("line", "level"), [("", 0), ("12 abc", 0), ("12 محمد", 1), ("abc محمد", 0)])
def test_a_line_is_read_from_where_its_first_letter_is_read(line, level):
    assert base_level(line) == level
