# SPDX-License-Identifier: Apache-2.0
"""Projects that pay for the work, and the short codes that records bear."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import Project
from resource_centre.services.contacts import record_service
from resource_centre.services.logframe import write_line
from resource_centre.services.projects import (
    change_project,
    fund_codes,
    funds_known,
    project_of,
    projects_list,
    runs,
    withdraw_project,
    write_project,
)

TODAY = dt.date(2026, 11, 20)
MIGRATION = {"code": "ilo-26", "name": "Safe return", "donor": "Uji Fund", "starts_on": dt.date(2026, 1, 1)}


@pytest.fixture
def project(session):
    return write_project(session, MIGRATION)


@pytest.fixture
def paid(session, register):
    """Somebody got a service that the project paid."""
    return record_service(session, person_id=register(), values={"service_type": "INF_MIGR", "fund": "ilo-26"})


def wrong(refused):
    return {one.field: one.code for one in refused.value.problems}


def test_a_code_is_kept_in_capitals_and_found_however_it_is_written(session, project):
    assert project.code == "ILO-26"
    assert project_of(session, "Ilo-26") is project
    assert project.currency == "IDR"
    assert list(doctor.examine(session.connection())) == []


@pytest.mark.parametrize("code", ["ILO 26", "-26", "X" * 21, "ïlo"])
def test_what_is_no_short_code_is_refused(session, code):
    with pytest.raises(Refused) as refused:
        write_project(session, MIGRATION | {"code": code})
    assert wrong(refused) == {"code": "not_a_short_code"}


def test_two_projects_never_share_a_code(session, project):
    other = write_project(session, {"code": "UE-1", "name": "Another"})
    with pytest.raises(Refused) as refused:
        change_project(session, other.id, {"code": "ILO-26"})
    assert wrong(refused) == {"code": "already_taken"}


def test_a_project_without_code_or_name_is_not_kept(session):
    with pytest.raises(Refused) as refused:
        write_project(session, {"donor": "Uji Fund"})
    assert wrong(refused) == {"code": "required", "name": "required"}
    assert projects_list(session) == []


def test_a_project_does_not_end_before_it_starts(session, project):
    with pytest.raises(Refused) as refused:
        change_project(session, project.id, {"ends_on": dt.date(2025, 12, 31)})
    assert wrong(refused) == {"ends_on": "ends_before_start"}


def test_of_two_windows_on_one_project_the_second_is_told(session, project):
    opened = project.version
    change_project(session, project.id, {"name": "First"}, version=opened)
    with pytest.raises(Refused, match="changed_meanwhile"):
        change_project(session, project.id, {"name": "Second"}, version=opened)


def test_what_runs_today_is_offered_first(session, project):
    write_project(session, {"code": "OLD", "name": "Safe return, before", "ends_on": dt.date(2025, 12, 31)})
    assert fund_codes(session, "safe") == ["ILO-26", "OLD"]
    assert fund_codes(session, "uji fund") == ["ILO-26"]
    assert fund_codes(session, "%") == []


def test_a_project_without_days_always_runs():
    assert runs(Project(code="X"), TODAY, TODAY)
    assert not runs(Project(code="X", starts_on=dt.date(2027, 1, 1)), TODAY, TODAY)


@pytest.mark.usefixtures("paid")
def test_a_code_on_records_stays_and_its_project_too(session, project):
    change_project(session, project.id, {"code": "ilo-26", "name": "Still changes"})
    for act in (
        lambda: change_project(session, project.id, {"code": "ILO-27"}),
        lambda: withdraw_project(session, project.id, "By mistake"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert wrong(refused) == {"code": "code_in_use"}


def test_a_project_with_a_logframe_is_not_taken_off(session, project):
    write_line(session, project.id, {"level": "goal", "code": "1", "statement": "They stay."})
    with pytest.raises(Refused) as refused:
        withdraw_project(session, project.id, "By mistake")
    assert wrong(refused) == {"code": "code_in_use"}


def test_an_unused_project_is_taken_off_with_a_reason(session, project):
    with pytest.raises(Refused) as refused:
        withdraw_project(session, project.id, " ")
    assert wrong(refused) == {"void_reason": "withdrawal_reason"}
    withdraw_project(session, project.id, "By mistake")
    assert projects_list(session) == []


@pytest.mark.usefixtures("paid")
def test_funds_written_by_hand_are_known_too(session):
    assert funds_known(session) == ["ILO-26"]


def test_collectors_write_no_project(collector_session):
    with pytest.raises(Refused, match="not_allowed"):
        write_project(collector_session(), MIGRATION)


def test_projects_are_kept_alike_on_both_databases(either_centre):
    with either_centre.change() as session:
        write_project(session, MIGRATION | {"budget": 1_250_000_000, "ends_on": dt.date(2027, 12, 31)})
    with either_centre.read() as session:
        assert project_of(session, "ILO-26").budget == 1_250_000_000
