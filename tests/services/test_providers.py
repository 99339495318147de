# SPDX-License-Identifier: Apache-2.0
"""The referral directory: the nearest first, found by what is needed, checked from time to time."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.services.providers import (
    Wanted,
    add_provider,
    change_provider,
    find_providers,
    to_be_verified,
)

TODAY = dt.date(2026, 11, 20)
DIRECTORY = (
    {"name": "Puskesmas Keruak", "provider_type": "puskesmas", "services": ["kesehatan"], "place_code": "52.03.01"},
    {"name": "LBH Apik", "provider_type": "obh_lbh", "services": ["hukum"], "place_code": "52.71"},
    {"name": "Kantor Desa", "provider_type": "pemdes", "services": ["dokumen"], "place_code": "52.03.01.2001"},
    {"name": "Dinas Sosial", "provider_type": "dinsos", "services": ["pangan", "hunian"], "place_code": "52.03"},
    {"name": "SAPA 129", "provider_type": "lain", "services": ["keamanan"], "conditions": "24 jam"},
    {"name": "LBH Jakarta", "provider_type": "obh_lbh", "services": ["hukum"], "place_code": "31.71"},
)


@pytest.fixture
def filled(either_centre):
    """The directory on either database."""
    with either_centre.change() as session:
        for values in DIRECTORY:
            add_provider(session, values)
    return either_centre


def names(centre, **wanted):
    with centre.read() as session:
        return [row.name for row in find_providers(session, Wanted(**wanted))]


def test_the_nearest_come_first_then_who_has_no_place_then_the_others(filled):
    assert names(filled, near="52.03.01.2001") == [
        "Kantor Desa", "Puskesmas Keruak", "Dinas Sosial", "LBH Apik", "SAPA 129", "LBH Jakarta",
    ]  # fmt: skip


def test_they_are_found_by_what_is_needed_in_the_words_people_use(filled):
    assert names(filled, text="bantuan hukum", near="52.03") == ["LBH Apik", "LBH Jakarta"]
    assert names(filled, text="LEGAL", near="52.03") == ["LBH Apik", "LBH Jakarta"]
    assert names(filled, service="hukum") == ["LBH Apik", "LBH Jakarta"]
    assert names(filled, provider_type="dinsos") == ["Dinas Sosial"]
    assert names(filled, text="24 jam") == ["SAPA 129"]
    assert names(filled, text="100%") == []


def test_pages_follow_each_other(filled):
    with filled.read() as session:
        found = []
        while page := find_providers(
            session, Wanted(near="52.03.01.2001"), after=found[-1].cursor if found else None, limit=2
        ):
            found += page
    assert [row.name for row in found] == names(filled, near="52.03.01.2001")


def test_who_is_no_longer_in_use_is_not_proposed(session):
    made = add_provider(session, DIRECTORY[0])
    change_provider(session, made.id, {"active": False})
    assert find_providers(session) == []
    assert [row.active for row in find_providers(session, Wanted(idle=True))] == [False]


@pytest.mark.parametrize(
    ("verified_on", "doubt"),
    [(None, True), (TODAY, False), (dt.date(2026, 5, 21), False), (dt.date(2026, 5, 20), True)],
)
def test_what_was_checked_half_a_year_ago_is_to_be_verified(verified_on, doubt):
    assert to_be_verified(verified_on, TODAY) is doubt


def test_an_entry_is_verified_today_and_never_tomorrow(session):
    made = add_provider(session, DIRECTORY[0])
    assert change_provider(session, made.id, {"verified_on": TODAY}).verified_on == TODAY
    with pytest.raises(Refused) as refused:
        change_provider(session, made.id, {"verified_on": TODAY + dt.timedelta(days=1)})
    assert [(one.field, one.code) for one in refused.value.problems] == [("verified_on", "date_in_future")]


def test_an_entry_without_a_name_or_a_kind_is_refused(session):
    with pytest.raises(Refused) as refused:
        add_provider(session, {"services": ["hukum"]})
    assert [one.field for one in refused.value.problems] == ["name", "provider_type"]
