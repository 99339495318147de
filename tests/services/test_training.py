"""A training with its attendance sheet, filled in by keyboard line by line."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import Change, Participation
from resource_centre.services.event_list import events_of
from resource_centre.services.gain import matched_gain
from resource_centre.services.training import (
    change_training,
    event_sheet,
    participation_id,
    record_training,
    remove_participant,
    save_attendance,
)

VILLAGE = "52.03.01.2001"
CLASS = {
    "training_type": "kelas", "module": "M1", "starts_on": dt.date(2026, 11, 3), "ends_on": dt.date(2026, 11, 4),
    "village_code": VILLAGE, "hours": 12,
}  # fmt: skip


@pytest.fixture
def event(session):
    return record_training(session, event=CLASS)


def shown(session, event_id):
    return [(row.name, row.days, row.pre_score, row.post_score) for row in event_sheet(session, event_id).rows]


def test_a_training_with_its_participants(session, register):
    sumiati = register("Sumiati", birth_date="1990-06", phone="081234567890")
    held = record_training(
        session,
        event=CLASS,
        participants=[
            {"name": "Baiq Ratna", "sex": "P", "age": 31, "days": "HA", "pre_score": 40.0},
            {"person_id": sumiati, "days": "HT", "pre_score": 33, "post_score": 75.5},
        ],
    )
    assert held.number.startswith("LTM-26-A1-T0001")
    sheet = event_sheet(session, held.id)
    assert shown(session, held.id) == [("Baiq Ratna", "HA", 40, None), ("Sumiati", "HT", 33, 75.5)]
    assert [(row.age, row.sex, row.days_present) for row in sheet.rows] == [(31, "P", 1), (36, "P", 2)]
    assert (sheet.days, sheet.gain.pairs, sheet.gain.mean_gain, sheet.gain.unmatched) == (2, 1, 42.5, 1)
    assert list(doctor.examine(session.connection())) == []


def test_lines_are_added_changed_and_left(session, event):
    first, second = save_attendance(session, event.id, [{"name": "Baiq"}, {"name": "Lalu"}])
    save_attendance(session, event.id, [{"id": second, "days": "HH", "post_score": 80}, {"name": "Sri", "days": "H"}])
    assert shown(session, event.id) == [("Baiq", "", None, None), ("Lalu", "HH", None, 80), ("Sri", "H", None, None)]
    assert first != second


def test_saving_the_sheet_again_writes_only_what_changed(session, event):
    ids = save_attendance(session, event.id, [{"name": "Baiq", "days": "H-"}, {"name": "Lalu", "days": "H-"}])
    before = session.scalar(sa.select(sa.func.count()).select_from(Change))
    save_attendance(session, event.id, [{"id": ids[0], "name": "Baiq", "days": "H-"}, {"id": ids[1], "days": "HH"}])
    changes = session.scalars(sa.select(Change.row_id).order_by(Change.seq)).all()
    assert changes[before:] == [ids[1]]


def test_a_linked_person_has_the_same_line_on_every_laptop(session, event, register):
    sumiati = register("Sumiati")
    assert save_attendance(session, event.id, [{"person_id": sumiati}]) == [participation_id(event.id, sumiati)]
    save_attendance(session, event.id, [{"person_id": sumiati, "days": "HH"}])
    assert shown(session, event.id) == [("Sumiati", "HH", None, None)]


def test_a_light_line_can_become_that_of_a_person(session, event, register):
    (line,) = save_attendance(session, event.id, [{"name": "Sumiyati", "age": 20, "days": "HH"}])
    sumiati = register("Sumiati", birth_date="1990")
    save_attendance(session, event.id, [{"id": line, "person_id": sumiati}])
    (row,) = event_sheet(session, event.id).rows
    assert (row.id, row.name, row.age, row.days) == (line, "Sumiati", 36, "HH")


def test_nobody_is_on_the_sheet_twice(session, event, register):
    sumiati = register("Sumiati")
    with pytest.raises(Refused) as refused:
        save_attendance(session, event.id, [{"person_id": sumiati}, {"name": "Baiq"}, {"person_id": sumiati}])
    assert [(one.field, one.code) for one in refused.value.problems] == [("rows.2.name", "already_listed")]
    save_attendance(session, event.id, [{"person_id": sumiati}])
    (light,) = save_attendance(session, event.id, [{"name": "Sumiyati"}])
    with pytest.raises(Refused):
        save_attendance(session, event.id, [{"id": light, "person_id": sumiati}])


def test_mistakes_are_told_by_line_and_nothing_is_saved(session, event):
    with pytest.raises(Refused) as refused:
        save_attendance(
            session, event.id, [{"name": "Baiq", "days": "HH"}, {"name": " ", "pre_score": 101, "days": "YES"}]
        )
    assert {(one.field, one.code) for one in refused.value.problems} == {
        ("rows.1.name", "required"),
        ("rows.1.pre_score", "out_of_range"),
        ("rows.1.days", "not_a_mark"),
    }
    assert shown(session, event.id) == []


def test_a_line_is_taken_off_and_put_back(session, event, register):
    sumiati = register("Sumiati")
    (line,) = save_attendance(session, event.id, [{"person_id": sumiati, "days": "HH"}])
    remove_participant(session, line, reason="was not there")
    assert shown(session, event.id) == []
    save_attendance(session, event.id, [{"person_id": sumiati, "days": "HA"}])
    assert shown(session, event.id) == [("Sumiati", "HA", None, None)]
    assert session.get(Participation, line).void_reason is None


def test_the_second_of_two_windows_on_one_line_is_told(session, event):
    (line,) = save_attendance(session, event.id, [{"name": "Baiq"}])
    seen = event_sheet(session, event.id).rows[0].version
    save_attendance(session, event.id, [{"id": line, "days": "H", "version": seen}])
    with pytest.raises(Refused, match="changed_meanwhile"):
        save_attendance(session, event.id, [{"id": line, "days": "A", "version": seen}])


def test_a_training_can_be_planned_and_corrected(session, today):
    held = record_training(session, event=CLASS | {"starts_on": today + dt.timedelta(days=9), "ends_on": None})
    change_training(session, held.id, {"ends_on": today + dt.timedelta(days=11)})
    assert event_sheet(session, held.id).days == 3
    with pytest.raises(Refused):
        change_training(session, held.id, {"ends_on": today})


def test_trainings_are_listed_newest_first(session, event):
    later = record_training(session, event=CLASS | {"starts_on": dt.date(2026, 11, 4)})
    assert [one.id for one in events_of(session)] == [later.id, event.id]
    assert [one.id for one in events_of(session, since=dt.date(2026, 11, 4))] == [later.id]


def test_a_collector_holds_trainings_in_their_villages(session, event, collector_session):
    session.commit()
    elsewhere = collector_session("52.03.02.2001")
    with pytest.raises(Refused, match="not_found"):
        event_sheet(elsewhere, event.id)
    with pytest.raises(Refused, match="not_found"):
        save_attendance(elsewhere, event.id, [{"name": "Baiq"}])
    with pytest.raises(Refused, match="out_of_scope"):
        record_training(elsewhere, event=CLASS)


def test_a_collector_sees_no_name_of_a_stranger_on_the_sheet(session, event, register, collector_session):
    stranger = register("Rohani", village="52.03.02.2001")
    save_attendance(session, event.id, [{"person_id": stranger, "days": "HH"}])
    session.commit()
    (row,) = event_sheet(collector_session(VILLAGE), event.id).rows
    assert (row.name, row.number, row.days) == (None, None, "HH")


def test_gain_is_that_of_matched_pairs_only():
    gain = matched_gain([(40, 70), (80, 60), (50, 50), (30, None), (None, 90), (None, None)])
    assert (gain.pairs, gain.unmatched, gain.improved, gain.passed) == (3, 3, 1, 1)
    assert (gain.mean_pre, gain.mean_post, gain.mean_gain) == pytest.approx((170 / 3, 60, 10 / 3))


def test_without_pairs_there_is_no_gain():
    gain = matched_gain([(40, None)])
    assert (gain.pairs, gain.mean_pre, gain.mean_post, gain.mean_gain, gain.unmatched) == (0, None, None, None, 1)


def test_the_order_of_the_sheet_does_not_change_the_gain():
    scores = [(float(pre), float(pre + 7)) for pre in range(20, 60)]
    shuffled = random.Random(3).sample(scores, len(scores))
    assert matched_gain(shuffled) == matched_gain(scores)


def test_of_a_name_without_a_record_nothing_is_written_that_only_the_officer_reads(session, event):
    with pytest.raises(Refused) as refused:
        save_attendance(session, event.id, [{"name": "Baiq", "client_type": "survivor"}])
    assert [(one.field, one.code) for one in refused.value.problems] == [("rows.0.client_type", "register_first")]
    assert shown(session, event.id) == []
