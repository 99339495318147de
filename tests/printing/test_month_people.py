# SPDX-License-Identifier: Apache-2.0
"""Who is counted among the people served, as new or returning, at which age and in which village."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.monthly.counts import BySex
from resource_centre.services.people import change_person, move_person

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
MOVED_ON = dt.date(2026, 10, 10)


def people(figures, code="persons_served"):
    indicator = figures.indicator(code)
    return indicator.month.total, indicator.year.total, indicator.project.total


def bands(figures):
    """The age bands in which somebody stands: (new, returning) of the month."""
    found = {line.band: (line.new.month.total, line.returning.month.total) for line in figures.ages}
    return {band: counts for band, counts in found.items() if any(counts)}


def sums_agree(figures):
    """Whether the figures that are counted twice, in two ways, are the same in both."""
    return all(check.holds for check in figures.checks)


def places(figures):
    return {line.code: line.month.total for line in figures.places if line.month.total}


def test_who_came_for_three_things_is_one_person(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-10-02")
    desk.helped(siti, "2026-10-05")
    desk.trained("2026-10-09", {"person_id": siti, "days": "H"})
    assert people(desk.month()) == (1, 1, 1)


@pytest.mark.parametrize("what", ["session", "service", "training", "visit with a service"])
def test_one_thing_of_any_kind_is_enough(desk, what):
    siti = desk.person()
    if what == "session":
        desk.counselled(siti, "2026-10-31")
    elif what == "service":
        desk.helped(siti, "2026-10-31")
    elif what == "training":
        desk.trained("2026-10-31", {"person_id": siti, "days": "H"})
    else:
        desk.visited("2026-10-31", siti, services=["INF_JOB"])
    assert desk.served() == 1


def test_a_visit_without_any_service_serves_nobody(desk):
    desk.visited("2026-10-02", desk.person())
    figures = desk.month()
    assert people(figures) == (0, 0, 0)
    assert people(figures, "contacts") == (1, 1, 1)


@pytest.mark.parametrize("attendance", ["tidak_hadir", "batal"])
def test_a_session_that_did_not_take_place_serves_nobody(desk, attendance):
    desk.counselled(desk.person(), "2026-10-02", attendance=attendance)
    assert people(desk.month()) == (0, 0, 0)


def test_whoever_came_in_two_months_counts_once_in_the_year(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-09-30")
    desk.counselled(siti, "2026-10-01")
    assert people(desk.month()) == (1, 1, 1)
    assert people(desk.month("2026-09")) == (1, 1, 1)


def test_the_first_and_the_last_day_belong_to_the_month(desk):
    for number, on in enumerate(("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")):
        desk.counselled(desk.person(f"Sumiati {number}"), on)
    assert [desk.served(month) for month in ("2026-08", "2026-09", "2026-10", "2026-11")] == [0, 1, 2, 1]
    assert people(desk.month()) == (2, 3, 3)


def test_february_has_its_own_last_day(desk):
    desk.counselled(desk.person(), "2024-02-29")
    desk.counselled(desk.person(), "2024-03-01")
    assert (desk.served("2024-02"), desk.served("2024-03")) == (1, 1)


def test_last_year_is_in_the_project_and_not_in_the_year(desk):
    desk.counselled(desk.person("Sumiati"), "2025-12-31")
    desk.counselled(desk.person("Rohani"), "2026-10-02")
    assert people(desk.month()) == (1, 1, 2)
    assert desk.month().project.first.isoformat() == "2025-12-31"


def test_new_when_the_first_service_ever_is_in_the_month(desk):
    desk.counselled(desk.person(registered="2026-01-05"), "2026-10-02")
    figures = desk.month()
    assert (people(figures, "new_clients"), people(figures, "returning_clients")) == ((1, 1, 1), (0, 0, 0))


def test_new_in_october_returning_in_november_new_in_the_year(desk):
    siti = desk.person()
    desk.counselled(siti, "2026-10-31")
    desk.helped(siti, "2026-11-01")
    october, november = desk.month("2026-10"), desk.month("2026-11")
    assert (people(october, "new_clients"), people(october, "returning_clients")) == ((1, 1, 1), (0, 0, 0))
    assert (people(november, "new_clients"), people(november, "returning_clients")) == ((0, 1, 1), (1, 0, 0))


@pytest.mark.parametrize("what", ["session", "service", "training"])
def test_whoever_was_served_last_year_is_returning_all_year(desk, what):
    siti = desk.person(registered="2025-01-05")
    if what == "session":
        desk.counselled(siti, "2025-12-31")
    elif what == "service":
        desk.helped(siti, "2025-12-31")
    else:
        desk.trained("2025-12-31", {"person_id": siti, "days": "H"})
    desk.counselled(siti, "2026-10-02")
    figures = desk.month()
    assert (people(figures, "new_clients"), people(figures, "returning_clients")) == ((0, 0, 1), (1, 1, 0))


def test_nothing_that_was_missed_or_withdrawn_makes_somebody_returning(desk):
    siti = desk.person(registered="2025-01-05")
    desk.counselled(siti, "2026-09-01", attendance="tidak_hadir")
    desk.trained("2026-09-02", {"person_id": siti, "days": "A"})
    desk.voids(desk.helped(siti, "2026-09-03"))
    desk.counselled(siti, "2026-10-02")
    assert people(desk.month(), "new_clients") == (1, 1, 1)


def test_withdrawn_records_serve_nobody(desk):
    desk.voids(desk.counselled(desk.person("Sumiati"), "2026-10-02"))
    desk.voids(desk.helped(desk.person("Rohani"), "2026-10-02"))
    desk.voids(desk.trained("2026-10-02", {"person_id": desk.person("Baiq"), "days": "H"}))
    assert people(desk.month()) == (0, 0, 0)


def test_a_line_taken_off_the_sheet_serves_nobody(desk):
    from resource_centre.services.training import event_sheet, remove_participant

    event = desk.trained("2026-10-02", {"person_id": desk.person(), "days": "H"})
    (line,) = event_sheet(desk.session, event.id).rows
    remove_participant(desk.session, line.id, reason="was not there")
    assert people(desk.month()) == (0, 0, 0)


def test_a_withdrawn_person_counts_nowhere(desk):
    siti = desk.person(stay=("MYS", "2026-01", "PHK"), registered="2026-10-05")
    desk.counselled(siti, "2026-10-05")
    desk.voids_person(siti)
    figures = desk.month()
    assert [people(figures, code) for code in ("persons_served", "new_clients", "returnees_registered")] == [
        (0, 0, 0)
    ] * 3
    assert places(figures) == bands(figures) == {}


def test_people_of_unknown_sex_are_never_dropped(desk):
    for sex in ("L", "P", "unknown", None):
        desk.counselled(desk.person(sex=sex, birth_date="1990"), "2026-10-02")
    figures = desk.month()
    everybody = BySex(men=1, women=1, unknown=2)
    assert figures.indicator("persons_served").month == everybody
    assert [line.new.month for line in figures.ages] == [everybody]
    assert {line.month for line in figures.places} == {everybody}
    assert figures.trend[-1].served == everybody
    assert sums_agree(figures)


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        ("2014-10-15", "2026-10-14", "0-11"),
        ("2014-10-15", "2026-10-15", "12-17"),
        ("2008-10-15", "2026-10-14", "12-17"),
        ("2008-10-15", "2026-10-15", "18-24"),
        ("2001-10-15", "2026-10-14", "18-24"),
        ("2001-10-15", "2026-10-15", "25-34"),
        ("1991-10-15", "2026-10-15", "35-44"),
        ("1981-10-15", "2026-10-15", "45-54"),
        ("1971-10-15", "2026-10-15", "55-59"),
        ("1966-10-15", "2026-10-14", "55-59"),
        ("1966-10-15", "2026-10-15", "60+"),
        ("1926-01-01", "2026-10-15", "60+"),
        ("2008-02-29", "2026-02-28", "12-17"),
        ("2008-02-29", "2026-03-01", "18-24"),
        ("1966", "2026-06-30", "55-59"),
        ("1966", "2026-07-01", "60+"),
        ("1966-10", "2026-10-14", "55-59"),
        ("1966-10", "2026-10-15", "60+"),
        (None, "2026-10-15", "unknown"),
    ],
)
def test_age_on_the_day_of_the_service(desk, born, on, band):
    desk.counselled(desk.person(birth_date=born), on)
    assert bands(desk.month(on[:7])) == {band: (1, 0)}


def test_the_same_person_is_older_when_they_come_back(desk):
    siti = desk.person(birth_date="2001-06-15")
    desk.counselled(siti, "2026-02-03")
    desk.counselled(siti, "2026-10-02")
    october = desk.month()
    assert bands(october) == {"25-34": (0, 1)}
    assert {line.band: line.new.year.total for line in october.ages} == {"18-24": 1, "25-34": 0}


def test_a_date_of_birth_after_the_service_is_an_unknown_age(desk):
    siti = desk.person(birth_date="1990")
    desk.counselled(siti, "2026-10-02")
    change_person(desk.session, siti, {"birth_date": "2026-10-30", "registered_on": None}, {"registered_on": "unknown"})
    assert bands(desk.month()) == {"unknown": (1, 0)}


def test_everybody_counts_in_the_village_of_that_day(desk):
    siti = desk.person(village=HERE)
    desk.counselled(siti, "2026-09-09")
    move_person(desk.session, siti, {"village_code": THERE}, on=MOVED_ON)
    desk.counselled(siti, "2026-11-02")
    nearby = {"52": 1, "52.03": 1}
    assert places(desk.month("2026-09")) == nearby | {HERE[:8]: 1, HERE: 1}
    assert places(desk.month("2026-11")) == nearby | {THERE[:8]: 1, THERE: 1}


@pytest.mark.parametrize(("on", "village"), [("2026-10-09", HERE), ("2026-10-10", THERE)])
def test_on_the_day_of_the_move_the_new_village_holds(desk, on, village):
    siti = desk.person(village=HERE)
    move_person(desk.session, siti, {"village_code": THERE}, on=MOVED_ON)
    desk.counselled(siti, on)
    assert places(desk.month()) == {"52": 1, "52.03": 1, village[:8]: 1, village: 1}


def test_moving_within_the_month_counts_in_one_village(desk):
    siti = desk.person(village=HERE)
    move_person(desk.session, siti, {"village_code": THERE}, on=MOVED_ON)
    desk.counselled(siti, "2026-10-05")
    desk.counselled(siti, "2026-10-20")
    figures = desk.month()
    assert places(figures) == {"52": 1, "52.03": 1, HERE[:8]: 1, HERE: 1}
    assert figures.indicator("villages_covered").month == 1


def test_places_stand_inside_one_another(desk):
    for number, village in enumerate((HERE, HERE, THERE, "52.01.07.2006")):
        desk.counselled(desk.person(f"Sumiati {number}", village=village), "2026-10-02")
    figures = desk.month()
    assert [(line.code, line.month.total) for line in figures.places] == [
        ("52", 4), ("52.01", 1), ("52.01.07", 1), ("52.01.07.2006", 1),
        ("52.03", 3), ("52.03.01", 2), (HERE, 2), ("52.03.02", 1), (THERE, 1),
    ]  # fmt: skip
    assert figures.indicator("villages_covered").month == 3


def test_people_whose_village_is_not_known_stand_last_and_are_counted(desk):
    desk.counselled(desk.person("Sumiati"), "2026-10-02")
    desk.counselled(desk.person("Rohani", village=None), "2026-10-02")
    figures = desk.month()
    assert figures.places[-1].code == "unknown"
    assert figures.places[-1].month.total == 1
    assert figures.indicator("villages_covered").month == 1
    assert sums_agree(figures)


def test_only_one_place_can_be_asked_for(desk):
    from reports.monthly.figures import monthly_figures

    for village in (HERE, THERE, "52.01.07.2006"):
        desk.counselled(desk.person(village=village), "2026-10-02")
    figures = monthly_figures(desk.session, "2026-10", place="52.03.01")
    assert [line.code for line in figures.places] == ["52.03.01", HERE]


def test_visits_count_with_and_without_a_name(desk):
    siti = desk.person(sex="P")
    desk.visited("2026-10-01", siti)
    desk.visited("2026-10-01", siti)
    desk.visited("2026-10-31", sex="L", channel="whatsapp")
    desk.visited("2026-10-31", channel="phone")
    desk.visited("2026-11-01", sex="L")
    desk.voids(desk.visited("2026-10-02", sex="L"))
    contacts = desk.month().indicator("contacts")
    assert contacts.month == contacts.year == BySex(men=1, women=2, unknown=1)


def test_family_members_are_counted_apart(desk):
    for kind in ("family", "family", "returnee", None):
        desk.counselled(desk.person(client_type=kind), "2026-10-02")
    desk.person("Not served", client_type="family")
    figures = desk.month()
    assert people(figures, "family_members_served") == (2, 2, 2)
    assert people(figures) == (4, 4, 4)


def test_the_chart_shows_thirteen_months_and_each_person_once_in_a_month(desk):
    siti = desk.person(registered="2025-01-05")
    for on in ("2025-09-30", "2025-10-01", "2026-03-03", "2026-03-04", "2026-10-31", "2026-11-01"):
        desk.counselled(siti, on)
    trend = desk.month().trend
    assert [point.month for point in trend][::6] == ["2025-10", "2026-04", "2026-10"]
    assert {point.month: point.served.total for point in trend if point.served.total} == {
        "2025-10": 1,
        "2026-03": 1,
        "2026-10": 1,
    }


def test_an_empty_centre_has_an_empty_month(desk):
    figures = desk.month()
    assert people(figures) == (0, 0, 0)
    assert (figures.ages, figures.places, figures.return_types, figures.destinations) == ((), (), (), ())
    assert sums_agree(figures)


def test_what_is_not_a_month_is_refused(desk):
    for text in ("2026-13", "October", "2026", ""):
        with pytest.raises(ValueError, match=r"."):
            desk.month(text)


def test_a_village_collector_gets_the_figures_of_their_villages_only(desk, desk_of, collector_session):
    for village, sex in ((HERE, "P"), (HERE, "L"), (THERE, "P")):
        who = desk.person(village=village, sex=sex, stay=("MYS", "2026-09", "PHK"), registered="2026-10-01")
        desk.counselled(who, "2026-10-02")
    desk.trained("2026-10-03", {"name": "Baiq", "sex": "P", "days": "H"}, village_code=THERE)
    assert desk.served() == 3
    desk.session.commit()
    figures = desk_of(collector_session(HERE)).month()
    assert figures.indicator("persons_served").month == BySex(men=1, women=1)
    assert figures.indicator("returnees_registered").month == BySex(men=1, women=1)
    assert figures.indicator("counselling_sessions").month == 2
    assert figures.indicator("training_events").month == 0
    assert [line.code for line in figures.places] == ["52", "52.03", "52.03.01", HERE]
    assert sum(line.month.total for line in figures.destinations) == 2
    assert sums_agree(figures)


def test_a_place_can_be_asked_for_with_its_people_and_events_only(desk):
    from reports.monthly.figures import monthly_figures

    for village, sex in ((HERE, "P"), (THERE, "L")):
        who = desk.person(village=village, sex=sex, stay=("MYS", "2026-09", "PHK"), registered="2026-10-01")
        desk.counselled(who, "2026-10-02")
        desk.trained("2026-10-03", {"name": "Baiq", "sex": sex, "days": "H"}, village_code=village)
    figures = monthly_figures(desk.session, "2026-10", place="52.03.01")
    codes = ("persons_served", "returnees_registered", "counselling_sessions", "training_participants")
    woman = BySex(women=1)
    assert [figures.indicator(code).month for code in codes] == [woman, woman, 1, woman]
    assert sums_agree(figures)
