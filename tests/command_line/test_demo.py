"""The demo's register and day of work are the kind of thing a centre has, and the same every time."""

import random
from datetime import date
from pathlib import Path

import openpyxl
from sqlalchemy import select

from resource_centre.records import (
    Assistance,
    Case,
    Commitment,
    Complaint,
    CounsellingSession,
    FollowUp,
    Plan,
    Referral,
)
from resource_centre.registers.read import Circumstances, read_register
from resource_centre.services.cascade import cascade
from resource_centre.services.certificates import certificates_of
from resource_centre.services.consents import may_use
from resource_centre.services.counselling import sessions_of
from resource_centre.services.intake import register_intake
from resource_centre.services.rules import rule
from resource_centre.services.savings_groups import books_of
from resource_centre.services.scores import matched, trend
from resource_centre.services.training import event_sheet
from ui.cli.demo_answers import GAINED
from ui.cli.demo_day import record_day
from ui.cli.demo_learning import record_learning
from ui.cli.invented import PEOPLE, SEED, last_month, people, write_register

TODAY = date(2026, 11, 22)


def cells(file: Path) -> list[list[tuple[object, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(file)]


def test_the_register_is_the_same_every_time(tmp_path: Path) -> None:
    write_register(tmp_path / "one.xlsx", today=TODAY)
    write_register(tmp_path / "two.xlsx", today=TODAY)
    assert cells(tmp_path / "one.xlsx") == cells(tmp_path / "two.xlsx")


def test_nobody_in_the_register_could_exist() -> None:
    invented = people(random.Random(SEED))
    assert len({one.nik for one in invented}) == PEOPLE
    assert all(one.nik.startswith("99") and len(one.nik) == 16 for one in invented)


def test_the_register_holds_the_months_before_and_nothing_of_the_future(tmp_path: Path) -> None:
    assert last_month(date(2026, 1, 31)) == date(2025, 12, 1)
    write_register(tmp_path / "one.xlsx", today=TODAY)
    lines = [str(row[2]) for row in cells(tmp_path / "one.xlsx")[0]]
    totals = [line for line in lines if line.startswith("Jumlah bulan")]
    assert [line.split()[2].rstrip(":") for line in totals] == ["Juli", "Agustus", "September", "Oktober"]
    read = read_register(tmp_path / "one.xlsx", Circumstances(today=TODAY))
    dates = [row.values["reported"] for row in read.rows if row.kind == "register"]
    assert max(dates) < TODAY.isoformat()
    assert TODAY.isoformat()[:7] in {one[:7] for one in dates}


def test_the_days_work_is_saved_through_the_services(centre) -> None:
    day = last_month(TODAY).replace(day=20)
    with centre.change() as session:
        made = record_day(session, day=day, participants=people(random.Random(SEED))[:7])
    with centre.read() as session:
        assert [one.held_on for one in sessions_of(session, made.person_id)] == [day]
        sheet = event_sheet(session, made.training_id)
        assert len(sheet.rows) == 8
        assert sheet.gain.pairs == 8


def test_the_case_of_the_day_has_something_on_each_of_its_pages(centre) -> None:
    day = last_month(TODAY).replace(day=20)
    with centre.change() as session:
        made = record_day(session, day=day, participants=people(random.Random(SEED))[:1])
    with centre.read() as session:
        case = session.get_one(Case, made.case_id)
        written = [
            session.scalars(select(record).where(record.case_id == case.id)).first()
            for record in (CounsellingSession, Plan, Referral, Assistance, Complaint, FollowUp)
        ]
        assert case.person_id == made.person_id
        assert None not in written
        assert may_use(session, made.person_id, "rujukan")


def test_what_the_centre_teaches_has_trainers_certificates_and_agreements(centre) -> None:
    day = last_month(TODAY).replace(day=20)
    everybody = people(random.Random(SEED))
    with centre.change() as session:
        made = record_day(session, day=day, participants=everybody[:7])
        learning = record_learning(session, made.training_id, day, everybody[7:])
    with centre.read() as session:
        assert [one.trainers for one in cascade(session, until=TODAY).generations] == [1, 2]
        assert len(certificates_of(session, made.training_id)) == 6
        states = select(Commitment.state).where(Commitment.event_id == learning.dialogue)
        assert sorted(session.scalars(states)) == ["selesai", "terbuka"]
        assert books_of(session, learning.group).box == 350_000


def test_enough_people_answered_before_and_after_for_the_report_to_say_so(centre) -> None:
    day = last_month(TODAY).replace(day=20)
    with centre.change() as session:
        for one in people(random.Random(SEED))[: len(GAINED)]:
            register_intake(session, person={"full_name": one.name, "sex": one.sex}, on=day)
        made = record_day(session, day=day, participants=[])
    with centre.read() as session:
        survey = matched(session, "rss", period=(day, day))
        assert survey.pairs == len(GAINED) >= rule("least_matched")
        assert all(scale.change is not None for scale in survey.scales)
        assert len(trend(session, made.person_id, "who5")) == 2
