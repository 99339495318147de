# SPDX-License-Identifier: Apache-2.0
"""Many lines of a sheet go to the database at once, and nothing of what they say or refuse is different for it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.services.saving import together, write_changes
from resource_centre.services.training import event_sheet, record_training, save_attendance

ON = dt.date(2026, 11, 2)
EVENT = {"training_type": "kelas", "starts_on": ON, "village_code": "52.03.01.2001"}


@pytest.fixture
def sheet(session):
    made = record_training(session, event=EVENT, participants=[{"name": f"Nama {n}", "days": "H"} for n in range(20)])
    return event_sheet(session, made.id)


@pytest.fixture
def flushes(session):
    seen = []
    sa.event.listen(session, "after_flush", lambda *_: seen.append(1))
    return seen


def marked(sheet, mark):
    return [{"id": row.id, "days": mark} for row in sheet.rows]


def test_a_sheet_goes_to_the_database_at_once(session, sheet, flushes):
    save_attendance(session, sheet.event.id, marked(sheet, "T"))
    assert len(flushes) == 1
    assert {row.days for row in event_sheet(session, sheet.event.id).rows} == {"T"}


def test_every_line_is_in_the_log(session, sheet):
    save_attendance(session, sheet.event.id, marked(sheet, "T"))
    session.commit()
    assert list(doctor.examine(session.connection())) == []


def test_after_a_refusal_records_are_written_one_by_one_again(session, sheet, flushes):
    with pytest.raises(Refused):
        save_attendance(session, sheet.event.id, [{"id": sheet.rows[0].id, "days": "T", "version": 99}])
    before = len(flushes)
    write_changes(session, sheet.event, {"topic": "Menabung"}, on=ON)
    assert len(flushes) == before + 1


def test_what_somebody_else_saved_meanwhile_is_refused(session, sheet):
    session.connection().exec_driver_sql("UPDATE training_event SET version = version + 1")
    with pytest.raises(Refused) as refused, together(session):
        write_changes(session, sheet.event, {"topic": "Menabung"}, on=ON)
    assert refused.value.code == "changed_meanwhile"
