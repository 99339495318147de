# SPDX-License-Identifier: Apache-2.0
"""The register of trainers, who taught at an event, and participants who become trainers."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import EventTrainer, Trainer, TrainingEvent, new_id
from resource_centre.services.event_trainers import (
    candidates,
    make_trainers,
    named_trainers,
    set_trainers,
    trainers_of,
)
from resource_centre.services.participants import link_participant, merge_lines, unlink_participant
from resource_centre.services.trainer_checks import check_trainer
from resource_centre.services.trainer_view import trainer_view
from resource_centre.services.trainers import change_trainer, register_trainer, trainers_list, withdraw
from resource_centre.services.training import event_sheet, record_training, save_attendance

VILLAGE = "52.03.01.2001"
TOT = {
    "training_type": "tot",
    "starts_on": dt.date(2026, 10, 5),
    "ends_on": dt.date(2026, 10, 6),
    "village_code": VILLAGE,
}
WATI = {"name": "Wati", "level": "master", "certified_on": dt.date(2025, 3, 1)}


@pytest.fixture
def wati(session):
    """The first trainer of all."""
    return register_trainer(session, WATI)


@pytest.fixture
def of_trainers(session, wati):
    """A training of trainers led by Wati; returns the event and gives its lines by name."""
    people = [
        {"name": "Lalu Hadi", "sex": "L", "organisation": "Desa Selong", "phone": "081234567890", "days": "HH"},
        {"name": "Baiq Nur", "sex": "P", "days": "HH"},
    ]
    event = record_training(session, event=TOT, participants=people)
    set_trainers(session, event.id, [(wati.id, "utama")])
    return event


@pytest.fixture
def line(session, of_trainers):
    """The id of the line of somebody on that sheet."""
    return lambda name: next(row.id for row in event_sheet(session, of_trainers.id).rows if row.name == name)


@pytest.fixture
def observe(session):
    """Somebody observes an event and finds every item good."""
    from resource_centre.questionnaires.live import LiveForm
    from resource_centre.services.questionnaires import form_of, newest_version
    from resource_centre.services.responses import save_response

    def observed(event_id, rating="4"):
        version = newest_version(session, "observation").id
        live = LiveForm(form_of(session, version))
        for place in live.places():
            if getattr(live.item(place), "choices", "") == "rating":
                live.answer(place, rating)
        given = {"answers": live.answers(), "unanswered": live.unanswered(), "state": "complete"}
        save_response(
            session, None, version_id=version, **given, event_id=event_id, occasion="any", asked_on=dt.date(2026, 10, 5)
        )

    return observed


def refused(work, *arguments, **named):
    with pytest.raises(Refused) as told:
        work(*arguments, **named)
    return [(one.field, one.code) for one in told.value.problems]


def test_a_trainer_gets_a_number_of_the_year(session, wati):
    assert wati.number.startswith("LTM-26-A1-P0001")
    assert list(doctor.examine(session.connection())) == []


def test_a_client_who_teaches_is_named_as_in_their_record(session, register):
    sumiati = register("Sumiati", sex="P")
    made = register_trainer(session, {"person_id": sumiati, "level": "fasilitator"})
    assert (made.name, made.sex, made.person_id) == ("Sumiati", "P", sumiati)


def test_the_same_client_is_a_trainer_once(session, register):
    sumiati = register("Sumiati")
    register_trainer(session, {"person_id": sumiati, "level": "fasilitator"})
    assert refused(register_trainer, session, {"person_id": sumiati, "level": "pelatih"}) == [
        ("name", "already_trainer")
    ]
    other = register_trainer(session, {"name": "Sumiyati", "level": "pelatih"})
    assert refused(change_trainer, session, other.id, {"person_id": sumiati}) == [("name", "already_trainer")]


def test_what_the_sheet_says_is_taken_over(session, wati, of_trainers, line):
    made = register_trainer(session, {"level": "pelatih"}, participation_id=line("Lalu Hadi"))
    assert (made.name, made.sex, made.organisation, made.phone) == ("Lalu Hadi", "L", "Desa Selong", "+6281234567890")
    assert (made.trained_at_id, made.trained_by_id) == (of_trainers.id, wati.id)


def test_two_laptops_make_one_trainer_of_a_participant(session, line):
    made = register_trainer(session, {"level": "pelatih"}, participation_id=line("Baiq Nur"))
    withdraw(session, made.id, reason="too early")
    again = register_trainer(session, {"level": "pelatih"}, participation_id=line("Baiq Nur"))
    assert (again.id, again.voided, again.number) == (made.id, False, made.number)


def test_only_a_training_of_trainers_makes_trainers(session):
    event = record_training(session, event=TOT | {"training_type": "kelas"}, participants=[{"name": "Ani"}])
    (row,) = event_sheet(session, event.id).rows
    assert refused(register_trainer, session, {"level": "pelatih"}, participation_id=row.id) == [
        ("trained_at_id", "not_of_trainers")
    ]


def test_nobody_trains_themself(session, wati):
    assert refused(change_trainer, session, wati.id, {"trained_by_id": wati.id}) == [("trained_by_id", "trains_self")]


def test_two_trainers_do_not_train_each_other(session, wati):
    below = register_trainer(session, {"name": "Lalu", "level": "pelatih", "trained_by_id": wati.id})
    lowest = register_trainer(session, {"name": "Baiq", "level": "fasilitator", "trained_by_id": below.id})
    assert refused(change_trainer, session, wati.id, {"trained_by_id": lowest.id}) == [
        ("trained_by_id", "trained_in_circle")
    ]


def test_competence_is_a_share_of_a_hundred(session):
    assert refused(register_trainer, session, WATI | {"competence": 100.5}) == [("competence", "out_of_range")]


def test_nobody_ends_before_they_were_certified(session):
    assert refused(register_trainer, session, WATI | {"ended_on": dt.date(2025, 2, 1)}) == [
        ("ended_on", "ends_before_start")
    ]


def test_nobody_is_certified_in_the_future(session, today):
    values = WATI | {"certified_on": today + dt.timedelta(days=1)}
    assert refused(register_trainer, session, values) == [("certified_on", "date_in_future")]


def test_certified_before_the_training_is_asked_about_and_saved(session, of_trainers):
    early = {"name": "Ani", "level": "pelatih", "trained_at_id": of_trainers.id, "certified_on": dt.date(2026, 10, 4)}
    made = register_trainer(session, early)
    (odd,) = trainer_view(session, made.id).warnings
    assert (odd.field, odd.code, odd.severity) == ("certified_on", "certified_before_training", "warning")


def test_certified_before_their_own_trainer_is_asked_about(session, wati):
    early = {"trained_by_id": wati.id, "certified_on": dt.date(2025, 2, 1)}
    assert [one.code for one in check_trainer(session, early, None)] == ["certified_before_trainer"]


def test_who_trained_them_is_on_the_register(session, wati, of_trainers):
    slip = register_trainer(session, {"name": "Ani", "level": "pelatih"})
    withdraw(session, slip.id, reason="slip")
    for nobody in (slip.id, new_id()):
        assert refused(change_trainer, session, wati.id, {"trained_by_id": nobody}) == [
            ("trained_by_id", "not_in_list")
        ]
    a_class = record_training(session, event=TOT | {"training_type": "kelas"})
    values = {"name": "Budi", "level": "pelatih", "trained_at_id": a_class.id}
    assert refused(register_trainer, session, values) == [("trained_at_id", "not_of_trainers")]


def test_a_trainer_found_to_be_somebody_else_stays_when_the_client_becomes_one(session, of_trainers, line, register):
    sumiati = register("Sumiati")
    link_participant(session, line("Baiq Nur"), sumiati)
    of_the_line = register_trainer(session, {"level": "pelatih"}, participation_id=line("Sumiati"))
    unlink_participant(session, of_the_line.participation_id)
    client = register_trainer(session, {"person_id": sumiati, "level": "fasilitator"})
    assert client.id != of_the_line.id
    assert (of_the_line.person_id, of_the_line.level, client.level) == (None, "pelatih", "fasilitator")


def test_two_lines_that_made_a_trainer_each_are_not_made_one(session, of_trainers, line):
    both = [line("Lalu Hadi"), line("Baiq Nur")]
    make_trainers(session, both, {"level": "pelatih"})
    assert refused(merge_lines, session, *both) == [("person_id", "already_trainer")]


def test_nobody_is_withdrawn_without_a_reason(session, wati):
    assert refused(withdraw, session, wati.id, reason=" ") == [("void_reason", "withdrawal_reason")]


def test_a_trainer_registered_by_mistake_is_withdrawn_unless_they_taught(session, wati, of_trainers):
    assert refused(withdraw, session, wati.id, reason="slip") == [("name", "trainer_in_use")]
    slip = register_trainer(session, {"name": "Ani", "level": "pelatih"})
    withdraw(session, slip.id, reason="slip")
    assert [row.name for row in trainers_list(session)] == ["Wati"]


def test_an_event_has_its_trainers_in_the_order_of_their_parts(session, wati, of_trainers):
    lalu = register_trainer(session, {"name": "Lalu", "level": "pelatih"})
    set_trainers(session, of_trainers.id, [(wati.id, "pengamat"), (lalu.id, "utama")])
    assert [(one.name, one.part) for one in trainers_of(session, of_trainers.id)] == [
        ("Lalu", "utama"), ("Wati", "pengamat"),
    ]  # fmt: skip


def test_a_trainer_taken_off_an_event_and_put_back_is_the_same_line(session, wati, of_trainers):
    set_trainers(session, of_trainers.id, [])
    assert trainers_of(session, of_trainers.id) == []
    set_trainers(session, of_trainers.id, [(wati.id, "pendamping")])
    assert [one.part for one in trainers_of(session, of_trainers.id)] == ["pendamping"]
    assert session.scalar(sa.select(sa.func.count()).select_from(EventTrainer)) == 1


def test_an_event_has_one_lead_and_each_trainer_once(session, wati, of_trainers):
    lalu = register_trainer(session, {"name": "Lalu", "level": "pelatih"})
    twice = [(wati.id, "utama"), (lalu.id, "utama"), (wati.id, "pendamping"), (lalu.id, "tamu")]
    assert refused(set_trainers, session, of_trainers.id, twice) == [
        ("rows.1.part", "second_lead"), ("rows.2.trainer_id", "trainer_twice"), ("rows.3.trainer_id", "trainer_twice"),
        ("rows.3.part", "not_in_list"),
    ]  # fmt: skip
    assert [(one.name, one.part) for one in trainers_of(session, of_trainers.id)] == [("Wati", "utama")]


def test_names_written_in_words_are_offered_when_they_are_those_of_trainers(session, wati):
    words = {"trainer": "Ibu Wati, S.Pd.", "co_trainers": "Hadi dan Lalu; Pak Dolah"}
    event = record_training(session, event=TOT | words)
    register_trainer(session, {"name": "Lalu", "level": "pelatih"})
    assert [(one.name, one.part) for one in named_trainers(session, event.id)] == [
        ("Wati", "utama"), ("Lalu", "pendamping"),
    ]  # fmt: skip
    set_trainers(session, event.id, [(wati.id, "utama")])
    assert [one.name for one in named_trainers(session, event.id)] == ["Lalu"]


def test_participants_are_made_trainers_by_their_lead(session, wati, of_trainers, line):
    values = {"level": "pelatih", "certified_on": dt.date(2026, 10, 6), "certified_by": "Disnaker"}
    make_trainers(session, [line("Lalu Hadi"), line("Baiq Nur")], values)
    rows = {row.name: row for row in trainers_list(session)}
    assert [(rows[name].trained_by, rows[name].certified_on) for name in ("Lalu Hadi", "Baiq Nur")] == [
        ("Wati", dt.date(2026, 10, 6))
    ] * 2
    assert all(one.trainer_id for one in candidates(session, of_trainers.id))


def test_the_lead_on_the_sheet_is_told_that_nobody_trains_themself(session, wati, register):
    sumiati = register("Sumiati")
    change_trainer(session, wati.id, {"person_id": sumiati})
    event = record_training(session, event=TOT, participants=[{"name": "Ani"}, {"person_id": sumiati}])
    set_trainers(session, event.id, [(wati.id, "utama")])
    lines = [one.participation_id for one in candidates(session, event.id)]
    assert [one.is_lead for one in candidates(session, event.id)] == [False, True]
    assert refused(make_trainers, session, lines, {"level": "pelatih"}) == [("rows.1.name", "already_trainer")]


def test_trainers_are_found_by_level_area_module_and_whether_they_teach(session, wati, of_trainers):
    more = {"areas": ["52.03.01"], "modules": ["M1", "M3"], "languages": ["jv"]}
    register_trainer(session, {"name": "Lalu", "level": "pelatih", **more})
    named = lambda **asked: [row.name for row in trainers_list(session, **asked)]  # noqa: E731
    assert named(level="master") == ["Wati"]
    assert named(area="52.03") == named(area=VILLAGE) == named(module="M3") == named(active=False) == ["Lalu"]
    assert named(area="52.04") == named(module="M2") == []
    assert named(active=True) == ["Wati"]


def test_who_teaches_no_longer_is_not_active(session, wati, of_trainers, today):
    change_trainer(session, wati.id, {"ended_on": today})
    assert [row.active for row in trainers_list(session)] == [False]


def test_one_trainer_with_everything_about_them(session, wati, of_trainers, line):
    make_trainers(session, [line("Lalu Hadi")], {"level": "pelatih"})
    lalu = session.scalars(sa.select(Trainer).where(Trainer.name == "Lalu Hadi")).one()
    view = trainer_view(session, wati.id)
    assert [one.name for one in view.trained] == ["Lalu Hadi"]
    assert [(one.event_id, one.part, one.people) for one in view.taught] == [(of_trainers.id, "utama", 2)]
    assert (view.row.sessions, view.row.people, view.generation) == (1, 2, 1)
    below = trainer_view(session, lalu.id)
    assert (below.trained_by.name, below.trained_at.id, below.generation) == ("Wati", of_trainers.id, 2)


def test_observations_of_events_they_led_are_theirs(session, wati, of_trainers, observe):
    lalu = register_trainer(session, {"name": "Lalu", "level": "pelatih"})
    set_trainers(session, of_trainers.id, [(wati.id, "utama"), (lalu.id, "pendamping")])
    observe(of_trainers.id)
    assert [(one.event_id, one.percent) for one in trainer_view(session, wati.id).observed] == [(of_trainers.id, 80)]
    assert trainer_view(session, lalu.id).observed == ()


def test_a_collector_cannot_write_who_taught_elsewhere(session, collector_session, wati, of_trainers):
    session.commit()
    with pytest.raises(Refused):
        set_trainers(collector_session("52.03.02.2001"), of_trainers.id, [(wati.id, "pendamping")])


def test_a_trainer_follows_the_line_they_came_from_when_it_is_linked_and_back(session, of_trainers, line, register):
    baiq, lines = register("Baiq Nur"), line("Baiq Nur")
    made = register_trainer(session, {"level": "pelatih"}, participation_id=lines)
    link_participant(session, lines, baiq)
    assert made.person_id == baiq
    unlink_participant(session, lines)
    assert made.person_id is None


def test_a_line_linked_on_the_sheet_links_its_trainer_and_no_other(session, of_trainers, line, register):
    known = register("Lalu Hadi")
    made = register_trainer(session, {"level": "pelatih"}, participation_id=line("Lalu Hadi"))
    other = register_trainer(session, {"level": "pelatih"}, participation_id=line("Baiq Nur"))
    save_attendance(session, of_trainers.id, [{"id": line("Lalu Hadi"), "person_id": known}])
    assert (made.person_id, other.person_id) == (known, None)


def test_the_client_of_a_trainer_cannot_be_taken_back_with_their_import(session, register):
    """Like every other record about a person, a trainer keeps the person from going with what was brought in."""
    from resource_centre.registers.importing import linked_records

    assert Trainer in linked_records()
    assert TrainingEvent not in linked_records()
