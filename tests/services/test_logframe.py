# SPDX-License-Identifier: Apache-2.0
"""The centre's own logical framework and those of its projects."""

from __future__ import annotations

import pytest

from resource_centre.errors import Refused
from resource_centre.services.logframe import change_line, logframe_of, withdraw_line, write_line
from resource_centre.services.projects import write_project

GOAL = {"level": "goal", "code": "1", "statement": "Who comes home stays well."}


def wrong(refused):
    return {one.field: one.code for one in refused.value.problems}


def line(session, code, level="output", project_id=None):
    return write_line(session, project_id, {"level": level, "code": code, "statement": f"What {code} is for."})


def test_lines_stand_in_the_order_of_their_numbers(session):
    for code in ("1.10", "2", "1.2", "1", "1.2.1"):
        line(session, code)
    assert [one.code for one in logframe_of(session, None)] == ["1", "1.2", "1.2.1", "1.10", "2"]


def test_a_project_has_a_logframe_of_its_own(session):
    project = write_project(session, {"code": "ILO-26", "name": "Safe return"})
    write_line(session, None, GOAL)
    own = write_line(session, project.id, GOAL)
    assert logframe_of(session, project.id) == [own]
    assert len(logframe_of(session, None)) == 1


def test_a_line_of_a_project_that_is_not_there_is_refused(session):
    with pytest.raises(Refused, match="not_found"):
        write_line(session, "01890000-0000-7000-8000-000000000000", GOAL)


@pytest.mark.parametrize("twin", ["1.2", "1.2.", "1.02"])
def test_no_two_lines_have_one_number(session, twin):
    line(session, "1.2")
    with pytest.raises(Refused) as refused:
        line(session, twin)
    assert wrong(refused) == {"code": "already_taken"}


def test_a_line_keeps_its_number_when_it_changes(session):
    one = write_line(session, None, GOAL)
    changed = change_line(session, one.id, {"code": "1", "assumptions": "Peace."})
    assert (changed.code, changed.assumptions) == ("1", "Peace.")


def test_only_known_indicators_measure_a_line(session):
    with pytest.raises(Refused) as refused:
        write_line(session, None, GOAL | {"indicators": ["persons_served", "people_happy"]})
    assert wrong(refused) == {"indicators": "not_in_list"}
    assert write_line(session, None, GOAL | {"indicators": ["persons_served"]}).indicators == ["persons_served"]


def test_a_line_is_taken_out_with_a_reason_only(session):
    one = write_line(session, None, GOAL)
    with pytest.raises(Refused) as refused:
        withdraw_line(session, one.id, "")
    assert wrong(refused) == {"void_reason": "withdrawal_reason"}
    withdraw_line(session, one.id, "Written twice")
    assert logframe_of(session, None) == []


def test_collectors_write_no_logframe(collector_session):
    with pytest.raises(Refused, match="not_allowed"):
        write_line(collector_session(), None, GOAL)


def test_logframes_are_kept_alike_on_both_databases(either_centre):
    with either_centre.change() as session:
        write_line(session, None, GOAL | {"indicators": ["persons_served"]})
    with either_centre.read() as session:
        assert [one.indicators for one in logframe_of(session, None)] == [["persons_served"]]
