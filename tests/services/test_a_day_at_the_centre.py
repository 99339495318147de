"""One day at a centre, from the first visit to the evening, on a laptop and on a server alike."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.access import COLLECTOR, Viewer
from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.log.receive import refold
from resource_centre.records import Change, Person, new_id
from resource_centre.services.counselling import record_session, sessions_of
from resource_centre.services.drafts import discard_draft, save_draft
from resource_centre.services.follow_ups import overdue
from resource_centre.services.home import home_summary
from resource_centre.services.intake import register_intake
from resource_centre.services.people import change_person, likely_duplicates, move_person, person_record
from resource_centre.services.timeline import timeline
from resource_centre.services.trail import trail_of
from resource_centre.services.training import event_sheet, record_training, save_attendance

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
STAY = {"destination_country": "MYS", "return_date": "2026-09", "return_type": "DEPORTASI"}


def test_a_day_at_the_centre(either_centre, today):
    with either_centre.change() as session:
        save_draft(session, form="intake", body={"full_name": "Sum"})
    with either_centre.change() as session:
        first = register_intake(
            session,
            person={"full_name": "Sumiati", "sex": "P", "birth_date": "1984-05", "unanswered": {"alias": "not_asked"}},
            identifiers=[{"kind": "phone", "value": "081234567890"}],
            address={"village_code": HERE},
            episode=STAY,
            contact={"channel": "walk_in", "services": ["INF_RIGHTS"]},
            open_case=True,
        )
        discard_draft(session, form="intake")
    with either_centre.read() as session:
        likely = likely_duplicates(session, full_name="Hj. Soemiati", birth_date="1984", phone="+62 812 3456 7890")
        assert [one.person_id for one in likely] == [first.person_id]
    with either_centre.change() as session:
        second = register_intake(session, person={"full_name": "Rohani", "sex": "P"}, address={"village_code": THERE})
        record_session(
            session, person_id=first.person_id, values={"service_type": "CNS_REINT", "next_on": today}, on=today
        )
        held = record_training(
            session,
            event={"training_type": "kelas", "starts_on": today, "ends_on": today, "village_code": HERE, "hours": 6.5},
            participants=[
                {"person_id": first.person_id, "days": "H", "pre_score": 40, "post_score": 72.5},
                {"name": "Baiq", "days": "A"},
            ],
        )
    with either_centre.change() as session:
        change_person(session, first.person_id, {"alias": "Inaq Sum"})
        move_person(session, second.person_id, {"village_code": HERE})
        (row, _light) = event_sheet(session, held.id).rows
        save_attendance(session, held.id, [{"id": row.id, "days": "T", "version": row.version}])
    with either_centre.read() as session:
        home = home_summary(session, on=today + dt.timedelta(days=1))
        assert (home.month.served, home.month.registered, home.month.sessions, home.month.events) == (1, 2, 1, 1)
        assert (home.overdue_count, home.drafts, home.rows_to_settle) == (1, 0, 0)
        assert [one.full_name for one in overdue(session, on=today + dt.timedelta(days=1))] == ["Sumiati"]
        assert [one.number for one in sessions_of(session, first.person_id)] == [1]
        sheet = event_sheet(session, held.id)
        assert [(one.name, one.days, one.post_score) for one in sheet.rows] == [
            ("Sumiati", "T", 72.5),
            ("Baiq", "A", None),
        ]
        assert sheet.gain.mean_gain == 32.5
        assert len(timeline(session, first.person_id)) == 8
        assert [one.kind for one in trail_of(session, first.person_id)] == ["changed", "created"]
        assert person_record(session, first.person_id).person.unanswered == {}
        assert list(doctor.examine(session.connection())) == []


def test_nothing_writes_behind_the_log(either_centre):
    for statement in (sa.update(Person).values(sex="L"), sa.delete(Person), sa.text("DELETE FROM person")):
        with pytest.raises(Refused, match="bulk"), either_centre.change() as session:
            session.execute(statement)


def test_folding_anew_changes_nothing(either_centre):
    with either_centre.change() as session:
        saved = register_intake(
            session,
            person={"full_name": "Sumiati", "sex": "P", "may_leave_message": False, "unanswered": {"alias": "refused"}},
            address={"village_code": HERE},
            episode=STAY | {"unpaid_wages": 12_500_000},
        )
    with either_centre.change() as session:
        rows = session.execute(sa.select(Change.tbl, Change.row_id).distinct()).all()
        refold(session, [(tbl, row_id) for tbl, row_id in rows])
        session.expire_all()
        record = person_record(session, saved.person_id)
        assert (record.person.may_leave_message, record.person.unanswered) == (False, {"alias": "refused"})
        assert record.episodes[0].unpaid_wages == 12_500_000
        assert list(doctor.examine(session.connection())) == []


def test_a_collector_is_bound_on_a_server_too(either_centre, today):
    with either_centre.change() as session:
        for name, village in (("Sumiati", HERE), ("Rohani", THERE)):
            saved = register_intake(session, person={"full_name": name, "sex": "P"}, address={"village_code": village})
            record_session(session, person_id=saved.person_id, values={"service_type": "CNS_FIN"})
    with either_centre.session() as session:
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({HERE}))
        assert session.scalars(sa.select(Person.full_name)).all() == ["Sumiati"]
        month = home_summary(session, on=today).month
        assert (month.served, month.registered, month.sessions) == (1, 1, 1)
        assert session.get(Person, saved.person_id) is None
        assert likely_duplicates(session, full_name="Rohani") == []
