# SPDX-License-Identifier: Apache-2.0
"""A table or field of the log that changes gets a new number: laptops of last year's program go on sending."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from resource_centre import __version__
from resource_centre.log.upcasting import STEPS, fingerprint
from resource_centre.records.change import SCHEMA

WHAT_TO_DO = """
The logged tables or fields are not those of number {number} in resource_centre/data/log_shapes.csv any more.
Number {number} has been released: {released}.
 - Not released: replace its fingerprint by {fingerprint}.
 - Released: add a line {next_number},{fingerprint},,<what changed>, set SCHEMA in resource_centre/records/change.py to
   {next_number}, and where a field was renamed, split, or is kept in another form, add a step {next_number} to STEPS in
   resource_centre/log/upcasting.py and a migration that does the same to the column and to `conflict.field`.
   A field that is only new needs no step. A field's name in the log is never used again for something else.
"""

PROJECT = Path(__file__).parents[2]
RELEASE = re.compile(r"^## \[(\d[^]]*)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
"""How the list of changes names a version that was handed out."""


def shapes():
    text = files("resource_centre").joinpath("data/log_shapes.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_logged_shape_is_that_of_its_number():
    last = shapes()[-1]
    number = int(last["schema_no"])
    told = WHAT_TO_DO.format(
        number=number, next_number=number + 1, fingerprint=fingerprint(), released=last["released"] or "no"
    )
    assert last["fingerprint"] == fingerprint(), told


def test_numbers_follow_each_other_up_to_the_one_that_is_written():
    assert [int(line["schema_no"]) for line in shapes()] == list(range(1, SCHEMA + 1))


def test_no_step_leads_to_a_number_that_is_not():
    assert set(STEPS) <= set(range(2, SCHEMA + 1))


def handed_out(changes):
    """By version the day it was handed out, as the list of changes says."""
    return dict(RELEASE.findall(changes))


def wrongly_marked(days, releases, version):
    """What `released` of the numbers, in their order, says otherwise than the list of changes."""
    if not all(days[:-1]):
        yield "a number that another one follows was handed out: say when"
    if version in releases and not days[-1]:
        yield f"version {version} was handed out and writes the last number: say when, it is never changed again"
    told = [day for day in days if day]
    if told != sorted(set(told) & set(releases.values())):
        yield "released is the day of a version in CHANGELOG.md, of each number another and a later one"


@pytest.mark.parametrize(
    ("days", "version", "right"),
    [
        ([""], "0.1.0", False),
        (["2026-12-01"], "0.1.0", True),
        (["2026-12-01", ""], "0.3.0", True),
        (["2026-12-01", ""], "0.2.0", False),
        (["2026-12-01", "2027-01-30"], "0.2.0", True),
        (["", "2027-01-30"], "0.2.0", False),
        (["2026-12-02"], "0.1.0", False),
        (["2027-01-30", "2026-12-01"], "0.2.0", False),
    ],
)
def test_a_number_that_was_handed_out_bears_the_day_of_it(days, version, right):
    releases = handed_out("# Changes\n\n## [Unreleased]\n\n## [0.2.0] - 2027-01-30\n\n## [0.1.0] - 2026-12-01\n")
    assert (list(wrongly_marked(days, releases, version)) == []) is right


def test_the_numbers_bear_the_days_of_our_releases():
    releases = handed_out((PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert list(wrongly_marked([line["released"] for line in shapes()], releases, __version__)) == []
