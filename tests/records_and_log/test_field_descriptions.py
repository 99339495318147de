"""Each field is described once, and the description is whole."""

from __future__ import annotations

import pytest

from resource_centre.i18n import using
from resource_centre.log.shape import logged_columns, logged_records
from resource_centre.records import GENERAL, SPECIFIC, CounsellingSession, Person, field_of, fields_of
from resource_centre.services.formats import CHECKS
from resource_centre.vocabulary import vocabulary

RECORDS = sorted(logged_records().values(), key=lambda record: record.__name__)
FIELDS = [
    pytest.param(record, field, id=f"{record.__name__}.{field.name}")
    for record in RECORDS
    for field in fields_of(record)
]
PLUMBING = {"id", "unanswered", "voided", "void_reason", "version", "about", "sent_ms", "digest", "media_type", "size"}
PLUMBING |= {
    "indicators",
    "made_at",
    "cells",
    "plan",
    "position",
    "submission_uuid",
    "xform",
    "sheets",
    "content",
    "module_ids",
    "figures",
    "not_same_ids",
    "reasons",
    "taken",
}


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_a_field_is_described(record, field):
    assert field.label_msgid
    assert field.format in CHECKS
    assert field.sensitivity in (GENERAL, SPECIFIC)
    assert bool(field.vocabulary) == (field.format in ("code", "codes"))
    if field.vocabulary:
        assert len(vocabulary(field.vocabulary)) > 1


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_column_is_described_or_known_to_be_plumbing(record):
    described = {field.name for field in fields_of(record)}
    rest = logged_columns(record).keys() - described - PLUMBING
    assert {name for name in rest if not name.endswith("_id")} == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_labels_of_one_record_can_be_told_apart(record):
    labels = [field.label_msgid for field in fields_of(record)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_says_who_may_see_it(record):
    assert record.visible(frozenset({"52.03.01.2001"})) is not None


def test_a_default_is_an_answer_of_its_own_list():
    for record in RECORDS:
        fresh = record()
        for field in fields_of(record):
            value = getattr(fresh, field.name)
            if field.vocabulary and value is not None:
                assert value in vocabulary(field.vocabulary), f"{record.__name__}.{field.name}"


def test_labels_follow_the_language():
    with using("id"):
        assert field_of(Person.full_name).label == "Nama lengkap"
    assert field_of(Person.full_name).label == "Full name"


def test_what_is_told_in_counselling_is_sensitive():
    assert field_of(CounsellingSession.observation).sensitivity == SPECIFIC
