# SPDX-License-Identifier: Apache-2.0
"""A small number that is left out of a report cannot be worked out again by anybody who has all the reports."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from reports.disclosure.hiding import CannotHide, Hidden, hide
from reports.disclosure.sums import Sum, worked_out

MONTHS = range(1, 5)


def crossed(name, counts):
    """Cells and sums of a table with totals at the foot, at the side, and in the corner."""
    rows, columns = len(counts), len(counts[0])
    values = {(name, "all", "all"): sum(map(sum, counts))}
    values |= {(name, row, "all"): sum(counts[row]) for row in range(rows)}
    values |= {(name, "all", column): sum(line[column] for line in counts) for column in range(columns)}
    values |= {(name, row, column): counts[row][column] for row in range(rows) for column in range(columns)}
    sums = [
        Sum((name, row, "all"), tuple((name, row, column) for column in range(columns)))
        for row in (*range(rows), "all")
    ]
    sums += [
        Sum((name, "all", column), tuple((name, row, column) for row in range(rows)))
        for column in (*range(columns), "all")
    ]
    return values, sums


def equations(sums, values, hidden):
    """What an attacker writes down: a matrix over the hidden cells, and what each line comes to."""
    order = list(hidden)
    matrix = np.zeros((len(sums), len(order)))
    right = np.zeros(len(sums))
    for line, one in enumerate(sums):
        for cell, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
            if cell in hidden:
                matrix[line, order.index(cell)] += sign
            else:
                right[line] -= sign * values[cell]
    return order, matrix, right


def solved(sums, values, hidden):
    """The hidden cells that linear algebra determines: those no solution of the homogeneous system moves."""
    order, matrix, _right = equations(sums, values, hidden)
    rank = np.linalg.matrix_rank(matrix)
    units = np.eye(len(order))
    return {
        cell
        for cell, unit in zip(order, units, strict=True)
        if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank
    }


def reachable(sums, values, hidden, cell):
    """The least and the greatest whole number the cell may be, when nothing is less than nought."""
    order, matrix, right = equations(sums, values, hidden)
    at = order.index(cell)
    found = []
    for sign in (1, -1):
        goal = np.zeros(len(order))
        goal[at] = sign
        ceiling = Bounds(0, 10_000)
        result = milp(goal, constraints=LinearConstraint(matrix, right, right), bounds=ceiling, integrality=1)
        assert result.success
        found.append(round(result.x[at]))
    return found


def tables(least=2, most=5):
    row = st.integers(0, 9) | st.integers(0, 60) | st.just(0)
    return st.integers(least, most).flatmap(
        lambda wide: st.lists(st.lists(row, min_size=wide, max_size=wide), min_size=least, max_size=most)
    )


@given(tables(), st.sampled_from([3, 5, 10]))
@settings(deadline=None)
def test_no_small_number_of_one_table_follows_from_its_totals(counts, threshold):
    values, sums = crossed("R2", counts)
    hidden = hide(values, sums, threshold)
    assert {cell for cell, value in values.items() if 0 < value < threshold} == hidden.small
    assert not solved(sums, values, hidden.cells) & hidden.small


@given(tables(), st.sampled_from([3, 5]))
@settings(deadline=None, max_examples=30)
def test_nor_from_knowing_that_nobody_is_counted_less_than_nought(counts, threshold):
    values, sums = crossed("R2", counts)
    hidden = hide(values, sums, threshold)
    for cell in hidden.small:
        least, greatest = reachable(sums, values, hidden.cells, cell)
        assert least < greatest


@given(tables(), tables(), st.sampled_from([3, 5, 10]))
@settings(deadline=None)
def test_nor_from_two_tables_about_the_same_people(first, second, threshold):
    values, sums = crossed("R2", first)
    others, more = crossed("R4", second)
    alone = ("R4", "nobody", "")
    others[alone] = values["R2", "all", "all"]
    values |= others
    sums += [*more, Sum(("R2", "all", "all"), (alone,))]
    hidden = hide(values, sums, threshold)
    assert not solved(sums, values, hidden.cells) & hidden.small


@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=4, max_size=4), st.sampled_from([3, 5]))
@settings(deadline=None)
def test_nor_from_the_reports_of_several_months_with_the_year_so_far(months, threshold):
    values, sums, out, before = {}, [], set(), Hidden(frozenset(), frozenset())
    for month, counts in zip(MONTHS, months, strict=True):
        values |= {("month", month, place): counts[place] for place in range(4)}
        values |= {("year", month, place): sum(one[place] for one in months[:month]) for place in range(4)}
        for period in ("month", "year"):
            values[period, month, "all"] = sum(values[period, month, place] for place in range(4))
            sums.append(Sum((period, month, "all"), tuple((period, month, place) for place in range(4))))
        earlier = [("year", month - 1)] if month > 1 else []
        for place in (*range(4), "all"):
            parts = [("month", month), *earlier]
            sums.append(Sum(("year", month, place), tuple((period, at, place) for period, at in parts)))
        before = hide(values, sums, threshold, published=frozenset(out), before=before)
        out = {cell for cell in values if cell not in before.cells}
        assert not solved(sums, values, before.cells) & before.small


def test_what_was_published_stays_published():
    values, sums = crossed("R2", [[20, 2], [30, 40]])
    hidden = hide(values, sums, 5, published={("R2", 0, 0)})
    assert ("R2", 0, 0) not in hidden.cells
    assert not solved(sums, values, hidden.cells) & hidden.small


def test_when_everything_else_is_out_it_is_said():
    values, sums = crossed("R2", [[20, 2], [30, 40]])
    with pytest.raises(CannotHide):
        hide(values, sums, 5, published=values.keys() - {("R2", 0, 1)})


def test_a_table_without_small_numbers_is_published_whole():
    values, sums = crossed("R2", [[20, 12], [30, 40]])
    assert hide(values, sums, 5).cells == frozenset()


def test_nought_is_shown_unless_the_matter_is_one_where_even_that_tells():
    values, sums = crossed("R11", [[20, 0], [30, 40]])
    assert hide(values, sums, 5).cells == frozenset()
    named = hide(values, sums, 5, small={("R11", 0, 1)})
    assert not solved(sums, values, named.cells) & {("R11", 0, 1)}


def test_as_little_as_possible_is_hidden_in_a_plain_case():
    values, sums = crossed("R2", [[20, 2, 9], [30, 40, 11], [8, 6, 50]])
    hidden = hide(values, sums, 5)
    assert hidden.small == {("R2", 0, 1)}
    assert len(hidden.others) == 3
    assert not any("all" in cell for cell in hidden.others)


def test_two_small_numbers_that_are_small_together_get_a_third():
    values, sums = crossed("R2", [[1, 2, 30], [25, 26, 27]])
    hidden = hide(values, sums, 5)
    row = [cell for cell in hidden.cells if cell[1] == 0]
    assert sum(values[cell] for cell in row) >= 5


def test_the_library_and_the_attacker_agree_on_what_follows():
    values, sums = crossed("R2", [[20, 2], [30, 40]])
    for count in range(1, 4):
        for cells in itertools.combinations(values, count):
            assert {one.cell for one in worked_out(sums, set(cells))} == solved(sums, values, set(cells))
