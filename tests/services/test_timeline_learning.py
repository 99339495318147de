"""What somebody learnt, taught and saved with others stands in their story."""

import datetime as dt

from resource_centre.records import Certificate, Participation, Trainer
from resource_centre.services.saving import write_new
from resource_centre.services.savings_groups import add_member, change_member, start_group
from resource_centre.services.timeline import timeline
from resource_centre.services.training import change_training, record_training

HERE = "52.03.01.2001"
CLASS = {"training_type": "kelas", "module": "M2", "starts_on": dt.date(2026, 11, 5), "village_code": HERE}


def told(session, person_id):
    return [(one.when, one.kind, one.facts) for one in timeline(session, person_id) if one.kind != "registered"]


def test_a_certificate_stands_in_the_story_under_what_was_learnt(session, register, today):
    who = register()
    event = record_training(session, event=CLASS, participants=[{"person_id": who, "days": "H"}])
    line = session.query(Participation).one()
    values = {
        "event_id": event.id, "participation_id": line.id, "number": "LTM-26-B3-B0001-X", "name": "Siti Aminah",
        "issued_on": dt.date(2026, 11, 6),
    }  # fmt: skip
    write_new(session, Certificate, values, on=today)
    assert told(session, who) == [
        ("2026-11-06", "certificate", ("Household budget", "LTM-26-B3-B0001-X")),
        ("2026-11-05", "training", ("Household budget", "1 day present")),
    ]


def test_a_course_that_was_called_off_says_so(session, register):
    who = register()
    event = record_training(session, event=CLASS, participants=[{"person_id": who}])
    change_training(session, event.id, {"called_off": True})
    assert told(session, who) == [("2026-11-05", "training", ("Household budget", "Called off"))]


def test_somebody_who_teaches_is_said_to(session, register, today):
    who = register()
    values = {
        "person_id": who, "name": "Siti Aminah", "level": "fasilitator", "certified_on": dt.date(2026, 9, 1),
        "certified_by": "BP3MI",
    }  # fmt: skip
    write_new(session, Trainer, values, on=today)
    assert told(session, who) == [("2026-09-01", "trainer", ("Village facilitator", "BP3MI"))]


def test_joining_and_leaving_a_savings_group_is_told(session, register):
    who = register()
    rules = {"name": "Melati", "village_code": HERE, "cycle_begins_on": dt.date(2026, 1, 5), "share_value": 10_000}
    group = start_group(session, rules)
    member = add_member(session, group.id, {"person_id": who, "joined_on": dt.date(2026, 1, 5)})
    change_member(session, member.id, {"left_on": dt.date(2026, 6, 1)})
    assert told(session, who) == [
        ("2026-06-01", "group_left", ("Melati",)),
        ("2026-01-05", "group_joined", ("Melati",)),
    ]
