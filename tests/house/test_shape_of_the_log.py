# SPDX-License-Identifier: Apache-2.0
"""A table or field of the log that changes gets a new number: laptops of last year's program go on sending."""

import csv
from importlib.resources import files

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
