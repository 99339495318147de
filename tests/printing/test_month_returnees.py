# SPDX-License-Identifier: Apache-2.0
"""Which returnees are counted as registered in a month, how they came back, and from where."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from reports.monthly.counts import BySex
from resource_centre.records import MigrationEpisode
from resource_centre.services.people import change_person, record_episode

NOT_BACK = {
    "destination_country": "MYS", "departure_date": "2024-03",
    "unanswered": {"return_date": "not_applicable", "return_type": "not_applicable"},
}  # fmt: skip


def registered(figures):
    indicator = figures.indicator("returnees_registered")
    return indicator.month.total, indicator.year.total, indicator.project.total


def kinds(figures):
    return {line.code: line.month.total for line in figures.return_types if line.month.total}


def countries(figures):
    return {line.code: line.month.total for line in figures.destinations if line.month.total}


def add_stay(desk, person_id, country, returned, kind):
    stay = desk.stay(country, returned, kind)
    return record_episode(desk.session, person_id, stay, stay.pop("unanswered"))


def test_a_returnee_counts_in_the_month_of_registration_not_of_return(desk):
    desk.person(stay=("MYS", "2026-08-10", "PHK"), registered="2026-10-01")
    assert [registered(desk.month(month)) for month in ("2026-08", "2026-09", "2026-10", "2026-11")] == [
        (0, 0, 0),
        (0, 0, 0),
        (1, 1, 1),
        (0, 1, 1),
    ]


def test_first_and_last_day_of_the_month(desk):
    for on in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"):
        desk.person(stay=("MYS", "2026-01", "PHK"), registered=on)
    assert registered(desk.month()) == (2, 3, 3)


def test_registering_alone_serves_nobody(desk):
    desk.person(stay=("MYS", "2026-01", "PHK"), registered="2026-10-01")
    assert desk.served() == 0


def test_somebody_without_a_stay_abroad_is_no_returnee(desk):
    desk.person(registered="2026-10-01", client_type="family")
    assert registered(desk.month()) == (0, 0, 0)


def test_somebody_home_on_leave_is_no_returnee(desk):
    desk.person(stay=("MYS", "2026-09", "CUTI"), registered="2026-10-01")
    figures = desk.month()
    assert (registered(figures), kinds(figures), countries(figures)) == ((0, 0, 0), {}, {})


def test_on_leave_once_and_back_for_good_later_counts_by_the_later_stay(desk):
    siti = desk.person(stay=("MYS", "2024-09", "CUTI"), registered="2026-10-01")
    add_stay(desk, siti, "SAU", "2026-09", "PHK")
    figures = desk.month()
    assert (registered(figures), kinds(figures), countries(figures)) == ((1, 1, 1), {"PHK": 1}, {"SAU": 1})


def test_of_two_stays_the_first_return_counts_whichever_was_written_first(desk):
    siti = desk.person(stay=("MYS", "2026-08", "DEPORTASI"), registered="2026-10-01")
    add_stay(desk, siti, "TWN", "2019", "KONTRAK_SELESAI")
    add_stay(desk, siti, "SAU", None, "PHK")
    figures = desk.month()
    assert (registered(figures), kinds(figures), countries(figures)) == ((1, 1, 1), {"KONTRAK_SELESAI": 1}, {"TWN": 1})


def test_a_withdrawn_stay_gives_way_to_the_next(desk):
    siti = desk.person(stay=("MYS", "2018", "DEPORTASI"), registered="2026-10-01")
    add_stay(desk, siti, "TWN", "2019", "KONTRAK_SELESAI")
    desk.voids(desk.session.scalars(sa.select(MigrationEpisode).where(MigrationEpisode.return_date == "2018")).one())
    assert countries(desk.month()) == {"TWN": 1}


def test_whose_only_stay_was_withdrawn_is_no_returnee(desk):
    desk.person(stay=("MYS", "2026-08", "DEPORTASI"), registered="2026-10-01")
    desk.voids(desk.session.scalars(sa.select(MigrationEpisode)).one())
    assert registered(desk.month()) == (0, 0, 0)


def test_somebody_still_abroad_is_no_returnee(desk):
    siti = desk.person(registered="2026-10-01")
    abroad = dict(NOT_BACK)
    record_episode(desk.session, siti, abroad, abroad.pop("unanswered"))
    assert registered(desk.month()) == (0, 0, 0)


def test_back_on_an_unknown_day_is_back(desk):
    desk.person(stay=("MYS", None, "PHK"), registered="2026-10-01")
    assert registered(desk.month()) == (1, 1, 1)


def test_kind_of_return_and_country_not_known_are_counted_and_stand_last(desk):
    desk.person(stay=(None, "2026-08", None), registered="2026-10-01")
    desk.person(stay=("MYS", "2026-08", "PHK"), registered="2026-10-01")
    figures = desk.month()
    assert [line.code for line in figures.return_types] == ["PHK", "unknown"]
    assert [line.code for line in figures.destinations] == ["MYS", "unknown"]
    assert registered(figures) == (2, 2, 2)


def test_a_withdrawn_person_is_no_returnee(desk):
    desk.voids_person(desk.person(stay=("MYS", "2026-08", "PHK"), registered="2026-10-01"))
    assert registered(desk.month()) == (0, 0, 0)


def test_nobody_is_registered_before_it_was_decided_who_they_are(desk):
    siti = desk.person(stay=("MYS", "2026-08", "PHK"), registered="2026-10-01")
    change_person(desk.session, siti, {"registered_on": None}, {"registered_on": "unknown"})
    assert registered(desk.month()) == (0, 0, 0)


def test_returnees_by_sex_stand_in_all_three_places_alike(desk):
    for sex, kind, country in (("L", "PHK", "MYS"), ("P", "PHK", "TWN"), (None, "SAKIT", "MYS")):
        desk.person(sex=sex, stay=(country, "2026-08", kind), registered="2026-10-01")
    figures = desk.month()
    everybody = BySex(men=1, women=1, unknown=1)
    assert figures.indicator("returnees_registered").month == everybody
    assert {line.code: line.month for line in figures.return_types} == {
        "PHK": BySex(men=1, women=1),
        "SAKIT": BySex(unknown=1),
    }
    assert {line.code: line.month for line in figures.destinations} == {
        "MYS": BySex(men=1, unknown=1),
        "TWN": BySex(women=1),
    }


def test_kinds_stand_in_the_order_of_the_list_and_countries_by_size(desk):
    for country, kind in (("SAU", "SAKIT"), ("TWN", "PHK"), ("TWN", "KONTRAK_SELESAI"), ("MYS", "PHK")):
        desk.person(stay=(country, "2026-08", kind), registered="2026-10-01")
    figures = desk.month()
    assert [line.code for line in figures.return_types] == ["KONTRAK_SELESAI", "PHK", "SAKIT"]
    assert [line.code for line in figures.destinations] == ["TWN", "MYS", "SAU"]


@pytest.mark.parametrize("registered_on", ["2025-12-31", "2026-01-01"])
def test_the_year_begins_on_the_first_of_january(desk, registered_on):
    desk.person(stay=("MYS", "2025-08", "PHK"), registered=registered_on)
    assert registered(desk.month()) == (0, int(registered_on == "2026-01-01"), 1)
