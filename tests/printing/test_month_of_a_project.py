# SPDX-License-Identifier: Apache-2.0
"""The report of what one project pays for: its own figures, asked for once more by hand."""

from __future__ import annotations

import datetime as dt
import random

import pytest
import sqlalchemy as sa

from reports.monthly.figures import report_figures
from reports.monthly.periods import month_of
from resource_centre.records import (
    Address,
    Assistance,
    Case,
    Complaint,
    Contact,
    CounsellingSession,
    FollowUp,
    Participation,
    Person,
    Referral,
    Service,
    TrainingEvent,
)
from resource_centre.services.indicator_targets import set_target
from resource_centre.services.projects import write_project

OCTOBER = month_of("2026-10")
FUNDS = ("ILO-26", "UE-1", None)
BEGAN = dt.date(2026, 7, 1)


def made(session, chance):
    """Thirty people, what was done for each of them, and who paid; some of it twice and some of it for nobody."""
    events = [
        TrainingEvent(training_type="literasi", starts_on=on_a_day(chance), fund=chance.choice(FUNDS), hours=2)
        for _ in range(8)
    ]
    session.add_all(events)
    for _ in range(30):
        person = Person(full_name="X", sex=chance.choice("LP"), registered_on=BEGAN, client_type="returnee")
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, kind="current", village_code="52.03.01.2001"))
        lives(session, chance, person.id, events)
    session.flush()


def lives(session, chance, person_id, events):
    """A case or two, with what belongs to each; services and assistance that bear their own fund."""
    for _ in range(chance.randint(0, 2)):
        case = Case(person_id=person_id, opened_on=on_a_day(chance), fund=chance.choice(FUNDS), status="aktif")
        session.add(case)
        session.flush()
        of_case = {"person_id": person_id, "case_id": case.id}
        session.add(
            CounsellingSession(**of_case, held_on=on_a_day(chance), service_type="CNS_REINT", attendance="hadir")
        )
        session.add(FollowUp(**of_case, due_on=on_a_day(chance), interval="1_bulan"))
        session.add(Referral(**of_case, sent_on=on_a_day(chance), status="terkirim"))
        session.add(Complaint(**of_case, opened_on=on_a_day(chance), complaint_type="GAJI_TIDAK_DIBAYAR"))
    for _ in range(chance.randint(0, 3)):
        contact = Contact(person_id=person_id, held_on=on_a_day(chance), channel="datang")
        session.add(contact)
        session.flush()
        session.add(
            Service(
                person_id=person_id, given_on=contact.held_on, service_type="INF_RIGHTS", contact_id=contact.id,
                fund=chance.choice(FUNDS),
            )
        )  # fmt: skip
    if chance.random() < 0.4:
        session.add(
            Assistance(
                person_id=person_id, given_on=on_a_day(chance), kind="modal_usaha", currency="IDR",
                amount=chance.randint(1, 9) * 100_000, fund=chance.choice(FUNDS),
            )
        )  # fmt: skip
    for event in chance.sample(events, 2):
        session.add(Participation(event_id=event.id, person_id=person_id, name="X", days="H"))


def on_a_day(chance):
    return BEGAN + dt.timedelta(days=chance.randrange((OCTOBER.last - BEGAN).days + 1))


@pytest.fixture(scope="module", params=range(2))
def shared_centre(request, make_either_centre, on_friday):
    """A centre whose work several projects paid for. Nothing is written to it."""
    with on_friday(), make_either_centre("sqlite") as centre:
        with centre.change() as session:
            for code in ("ILO-26", "UE-1"):
                write_project(session, {"code": code, "name": code, "starts_on": BEGAN})
            made(session, random.Random(request.param))
        yield centre


@pytest.fixture
def centre_of_projects(shared_centre):
    """A session that looks at it."""
    with shared_centre.session() as session:
        yield session


def figures_of(session, fund):
    return report_figures(session, OCTOBER, fund=fund)


def by_hand(session, question, fund):
    days = {"first": OCTOBER.first.isoformat(), "last": OCTOBER.last.isoformat(), "began": BEGAN.isoformat()}
    return session.connection().execute(sa.text(question), days | {"fund": fund}).scalar() or 0


SERVED = """
SELECT count(DISTINCT person_id) FROM (
    SELECT person_id, held_on AS day FROM counselling_session WHERE attendance = 'hadir'
        AND case_id IN (SELECT id FROM client_case WHERE fund = :fund)
    UNION ALL SELECT person_id, given_on FROM service WHERE fund = :fund
    UNION ALL SELECT p.person_id, e.starts_on FROM participation p JOIN training_event e ON e.id = p.event_id
        WHERE e.fund = :fund AND p.days LIKE '%H%'
) WHERE day BETWEEN :first AND :last
"""
OF_CASES = "case_id IN (SELECT id FROM client_case WHERE fund = :fund)"
QUESTIONS = {
    "persons_served": SERVED,
    "services": "SELECT count(*) FROM service WHERE fund = :fund AND given_on BETWEEN :first AND :last",
    "cases_opened": "SELECT count(*) FROM client_case WHERE fund = :fund AND opened_on BETWEEN :first AND :last",
    "counselling_sessions":
        f"SELECT count(*) FROM counselling_session WHERE {OF_CASES} AND held_on BETWEEN :first AND :last",
    "follow_ups_due": f"SELECT count(*) FROM follow_up WHERE {OF_CASES} AND due_on BETWEEN :first AND :last",
    "training_events": "SELECT count(*) FROM training_event WHERE fund = :fund AND starts_on BETWEEN :first AND :last",
    "training_participants": """SELECT count(*) FROM participation p JOIN training_event e ON e.id = p.event_id
        WHERE e.fund = :fund AND e.starts_on BETWEEN :first AND :last""",
    "contacts": """SELECT count(*) FROM contact WHERE held_on BETWEEN :first AND :last
        AND id IN (SELECT contact_id FROM service WHERE fund = :fund)""",
}  # fmt: skip


@pytest.mark.parametrize("fund", ["ILO-26", "UE-1"])
def test_each_figure_of_a_project_is_what_its_records_say(centre_of_projects, fund):
    figures = figures_of(centre_of_projects, fund)
    counted = {code: figures.indicator(code).month for code in QUESTIONS}
    counted = {code: getattr(value, "total", value) for code, value in counted.items()}
    assert counted == {code: by_hand(centre_of_projects, asked, fund) for code, asked in QUESTIONS.items()}


@pytest.mark.parametrize("fund", ["ILO-26", "UE-1"])
def test_the_tables_below_follow_the_project_too(centre_of_projects, fund):
    found = figures_of(centre_of_projects, fund).case_work
    counted = {
        "assistance": sum(one.amount[2] for one in found.help.assistance),
        "referral": sum(line.project.made for line in found.referrals),
        "complaint": sum(line.new[2] for line in found.complaints.lines),
        "follow_up": sum(line.project.due for line in found.follow_ups),
    }
    since = "BETWEEN :began AND :last"
    asked = {
        "assistance": f"SELECT sum(amount) FROM assistance WHERE fund = :fund AND given_on {since}",
        "referral": f"SELECT count(*) FROM referral WHERE {OF_CASES} AND sent_on {since}",
        "complaint": f"SELECT count(*) FROM complaint WHERE {OF_CASES} AND opened_on {since}",
        "follow_up": f"SELECT count(*) FROM follow_up WHERE {OF_CASES} AND due_on {since}",
    }
    assert counted == {name: by_hand(centre_of_projects, question, fund) for name, question in asked.items()}


def test_identities_hold_for_every_project(centre_of_projects):
    for fund in ("ILO-26", "UE-1", "NOBODY"):
        assert all(figures_of(centre_of_projects, fund).identities().values())


def test_projects_and_what_none_paid_are_the_whole_centre(centre_of_projects):
    session = centre_of_projects
    whole = report_figures(session, OCTOBER)
    of_each = [figures_of(session, fund) for fund in ("ILO-26", "UE-1")]
    for code, table, day in (("services", "service", "given_on"), ("cases_opened", "client_case", "opened_on")):
        question = f"SELECT count(*) FROM {table} WHERE fund IS NULL AND {day} BETWEEN :first AND :last"
        paid = sum(one.indicator(code).month.total for one in of_each)
        assert paid + by_hand(session, question, None) == whole.indicator(code).month.total


def test_a_fund_is_the_same_in_small_letters(centre_of_projects):
    upper, lower = (figures_of(centre_of_projects, fund).as_dict()["R1"] for fund in ("UE-1", "ue-1"))
    assert upper == lower


def test_who_had_nothing_of_the_project_is_not_registered_by_it(desk):
    helped, other = desk.person(stay=("MYS", "2026-09", "KONTRAK_SELESAI")), desk.person(stay=("SAU", "2026-09", None))
    desk.helped(helped, "2026-10-05").fund = "ILO-26"
    desk.helped(other, "2026-10-05")
    desk.session.flush()
    assert figures_of(desk.session, "ILO-26").indicator("returnees_registered").project.total == 1


def test_new_is_who_is_new_to_the_project(desk):
    person = desk.person()
    desk.helped(person, "2026-08-05")
    desk.helped(person, "2026-10-05").fund = "ILO-26"
    desk.session.flush()
    assert figures_of(desk.session, "ILO-26").indicator("new_clients").month.total == 1
    assert report_figures(desk.session, OCTOBER).indicator("new_clients").month.total == 0


def test_the_project_column_begins_with_the_project_and_its_targets_are_its_own(desk):
    write_project(desk.session, {"code": "ILO-26", "name": "Safe return", "starts_on": dt.date(2025, 7, 1)})
    set_target(desk.session, "persons_served", 2026, 900)
    set_target(desk.session, "persons_served", 2026, 40, fund="ILO-26")
    figures = figures_of(desk.session, "ILO-26")
    assert figures.project.first == dt.date(2025, 7, 1)
    assert [(line.code, line.target) for line in figures.targets] == [("persons_served", 40)]
