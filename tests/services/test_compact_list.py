"""A long list is compared in a compact form: it holds the same people and finds the same as the plain comparison."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from resource_centre.matching.compare import compare
from resource_centre.matching.descriptions import Description, describe
from resource_centre.matching.frequencies import Frequencies
from resource_centre.matching.looking import Looking
from resource_centre.matching.people import People
from resource_centre.matching.table import read_people
from resource_centre.matching.weights import Judge, Weights, first_weights

LIST = Path(__file__).parents[1] / "fixtures" / "people" / "list.csv"
ABROAD = {"house": "12", "street": "fernside road", "estate": "brentwood", "postcode": "4510", "state": "qld"}


@pytest.fixture(scope="module")
def records():
    """People of the list, some with an address that is not of this country, and one nobody knows a thing of."""
    taken = list(read_people(LIST).records[:60])
    strange = [describe({"name": "Rohani bin Salim", "birth_date": "1984", "nik": "9903015705840001", **ABROAD})]
    strange += [replace(strange[0], street=strange[0].estate, estate=strange[0].street, father=())]
    return [*taken, *strange, Description()]


def test_a_compact_list_holds_the_same_people(records):
    assert list(People(records)) == records


def test_the_same_is_found_of_two_in_a_compact_list(records):
    people = People(records)
    shares = Frequencies(people)
    looking = Looking(people, shares)
    for one, other in combinations(range(len(records)), 2):
        levels, rarity = compare(records[one], records[other], shares)
        assert looking.compare(one, other) == (levels, pytest.approx(rarity))


def test_nobody_likely_is_let_go_early(records):
    people = People([*records, *records[:5]])
    looking, judge = Looking(people, Frequencies(people)), Judge(Weights(first_weights(), (1e-3, 1e-3, 0.998)))
    pairs = list(combinations(range(len(people)), 2))
    whole = {pair for pair in pairs if judge.kinds(*looking.compare(*pair))[0] >= 0.5}
    assert len(whole) > 4
    assert {pair for pair, _chance in looking.likely(pairs, judge, 0.5)} == whole | same_nik(people, pairs)


def same_nik(people, pairs):
    return {(one, other) for one, other in pairs if people[one].nik and people[one].nik == people[other].nik}


def test_two_lists_are_told_apart_by_one_letter(records):
    again, other = People(records), People([*records[:-1], describe({"name": "R"})])
    assert People(records).digest() == again.digest() != other.digest()
