# SPDX-License-Identifier: Apache-2.0
"""Tables go on on the next page without tearing apart what is read together."""

from __future__ import annotations

import pytest

from reports.kit.breaks import Breaks
from reports.kit.tables import Column, Row, table
from reports.paper_tables import Drawing
from reports.tables.model import Column as Figures
from reports.tables.model import Row as Line
from reports.tables.model import Table, figure


def questions(count, answers):
    """Questions with so many answers below each."""
    return [("section", 0), *[("body", 1)] * answers] * count


def cuts(rows, page):
    """Where the pages begin when so many rows have room on each."""
    breaks, first, found = Breaks(rows), 0, []
    while len(rows) - first > page:
        first = breaks.cut(first, len(rows), first + page, forced=True)
        found.append(first)
    return found


@pytest.mark.parametrize("page", range(10, 40))
@pytest.mark.parametrize("answers", range(2, 7))
def test_a_question_stands_with_two_answers_at_least_on_each_side(page, answers):
    rows = questions(40, answers)
    for cut in cuts(rows, page):
        above, below = cut % (answers + 1) - 1, answers + 1 - cut % (answers + 1)
        assert cut % (answers + 1) == 0 or (above >= 2 and below >= 2)


def test_a_group_that_would_leave_little_white_goes_to_the_next_page_whole():
    assert cuts(questions(5, 6), 18) == [14, 28]


def test_a_long_group_is_divided_where_the_page_ends():
    assert cuts([("section", 0), *[("body", 0)] * 50], 20) == [20, 40]


def test_a_line_is_not_parted_from_those_set_in_below_it():
    rows = [("body", 0)] * 10 + [("body", 1)] * 2 + [("body", 0)] * 10
    assert cuts(rows, 10)[0] == 9
    assert cuts(rows, 11)[0] == 9


def test_a_total_is_not_alone_on_a_page():
    assert cuts([("body", 0)] * 20 + [("total", 0)], 20) == [13]


def test_the_last_page_of_a_long_table_has_more_than_a_few_lines():
    assert cuts([("body", 0)] * 35, 31) == [27]
    assert cuts([("body", 0)] * 35, 20) == [20]
    assert cuts([("body", 0)] * 14, 11) == [11]


def words_of(part):
    return [row.cells[0] for row in part._grid.rows[part._first : part._last]]


def test_the_next_page_says_again_what_its_rows_stand_under():
    rows = [Row(("Question", ""), "section"), *(Row((f"Answer {at}", "1"), indent=1) for at in range(30))]
    whole = table([Column("", numeric=False), Column("Number")], rows)
    first, second = whole.split(whole.width, whole.height / 2)
    assert words_of(first)[0] == "Question"
    assert second._again == ("Question (continued)",)
    assert words_of(first) + words_of(second) == words_of(whole)
    assert first.height + second.height > whole.height


def test_a_table_needs_the_room_of_its_first_rows():
    whole = table([Column("", numeric=False)], [Row((str(at),)) for at in range(30)])
    assert whole.split(whole.width, whole.least_height - 1) == []
    first, _second = whole.split(whole.width, whole.least_height)
    assert first.height == pytest.approx(whole.least_height)


def test_each_part_of_a_wide_table_has_a_heading_of_its_own():
    columns = [Figures(f"{key}.{at}", f"Heading {at}", name) for key, name in (("month", "October"), ("year", "2026"))
               for at in range(8)]  # fmt: skip
    wide = Table("R18", "Referrals", ("",), tuple(columns), (Line("a", ("Legal aid",), (figure(10**8),) * 16),))
    said = [part.text for part in Drawing("en").drawn(wide) if hasattr(part, "text")]
    assert said == ["Referrals · October", "Referrals · 2026"]
