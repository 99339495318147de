# SPDX-License-Identifier: Apache-2.0
"""The order of the conversation is said once, and every question of it is one of a record."""

from __future__ import annotations

import pytest

from resource_centre.records import MigrationEpisode, Person, fields_of
from resource_centre.services.intake_sections import EXTRA, NUMBERS, SECTIONS, STEPS, section, sections_of
from resource_centre.vocabulary import vocabulary


@pytest.mark.parametrize("one", SECTIONS, ids=lambda one: one.key)
def test_every_question_is_a_field_of_its_record_or_kept_beside_it(one):
    known = {field.name for field in fields_of(one.record)} | EXTRA.keys()
    assert set(one.fields) <= known
    assert [field.name for field in one.described] == list(one.fields)


def test_the_steps_follow_the_conversation():
    order = list(dict.fromkeys(one.step for one in SECTIONS))
    assert order == [step.key for step in STEPS]


def test_nothing_about_a_person_or_a_stay_is_left_out_or_asked_twice():
    for record, left_out in ((Person, {"number", "registered_on"}), (MigrationEpisode, set())):
        asked = [name for one in SECTIONS if one.record is record for name in one.fields if name not in EXTRA]
        assert sorted(asked) == sorted({field.name for field in fields_of(record)} - left_out)


def test_a_number_asked_directly_is_a_kind_of_number():
    kinds = vocabulary("identifier_kind")
    assert [kind for kind in NUMBERS if kind not in kinds] == []


def test_a_section_is_found_by_its_key_and_by_its_step():
    assert section("debts") in sections_of("money")
