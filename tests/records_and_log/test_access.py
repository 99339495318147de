"""What an account may see and write, enforced in one place below everything else."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from resource_centre.access import COLLECTOR, COUNSELLOR, Viewer
from resource_centre.errors import Refused
from resource_centre.log.bulk import insert_new
from resource_centre.records import (
    Account,
    Address,
    CentreProfile,
    Change,
    Conflict,
    Contact,
    CounsellingSession,
    Draft,
    FollowUp,
    Identifier,
    MigrationEpisode,
    Participation,
    Person,
    TrainingEvent,
    new_id,
)
from resource_centre.records.base import table_of

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
DAY = dt.date(2026, 10, 5)


def registered(session, name, village):
    person = Person(full_name=name, sex="P", registered_on=DAY)
    session.add(person)
    session.add(Address(person_id=person.id, village_code=village))
    session.add(Identifier(person_id=person.id, kind="phone", value="+6281234567890"))
    session.add(MigrationEpisode(person_id=person.id, destination_country="MYS"))
    session.add(CounsellingSession(person_id=person.id, held_on=DAY, service_type="CNS_REINT"))
    session.add(FollowUp(person_id=person.id, due_on=DAY))
    session.add(Contact(person_id=person.id, held_on=DAY, channel="walk_in"))
    return person


@pytest.fixture
def people(desk):
    """One neighbour, one stranger, and an event with both in each village."""
    with desk.open() as session:
        neighbour, stranger = registered(session, "Sumiati", HERE), registered(session, "Rohani", THERE)
        for village in (HERE, THERE):
            event = TrainingEvent(starts_on=DAY, village_code=village)
            session.add(event)
            for person in (neighbour, stranger):
                session.add(Participation(event_id=event.id, person_id=person.id))
        session.add(Contact(held_on=DAY, channel="walk_in", village_code=THERE))
        session.add(Account(login="ratna"))
    return neighbour.id, stranger.id


@pytest.fixture
def collector(desk, people):
    """A session of somebody who collects data in one village."""
    with desk.open(Viewer(new_id(), COLLECTOR, frozenset({HERE}))) as session:
        yield session
        session.rollback()


def test_lists_show_only_ones_own_villages(collector, people):
    assert collector.scalars(sa.select(Person.full_name)).all() == ["Sumiati"]
    for record in (Address, Identifier, MigrationEpisode, CounsellingSession, FollowUp, Contact):
        assert collector.scalars(sa.select(record.person_id)).all() == [people[0]], record.__name__


def test_a_record_elsewhere_cannot_be_fetched_by_its_id(collector, people):
    neighbour, stranger = people
    assert collector.get(Person, neighbour).full_name == "Sumiati"
    assert collector.get(Person, stranger) is None


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(sa.func.count()).select_from(Person),
        sa.select(sa.func.count(Person.id)),
        sa.select(sa.func.count(sa.distinct(CounsellingSession.person_id))),
        sa.select(sa.func.count()).select_from(Person).join(Address, Address.person_id == Person.id),
        sa.select(sa.func.count()).select_from(Person).where(Person.id.in_(sa.select(FollowUp.person_id))),
        sa.select(sa.func.count(aliased(Person).id)),
        sa.select(sa.func.count()).select_from(sa.select(Person.id).subquery()),
        sa.select(sa.func.count(Person.id)).where(Person.name_key >= "a"),
    ],
    ids=["rows", "ids", "distinct", "join", "inside a where", "alias", "subquery", "search"],
)
def test_counts_count_only_ones_own_villages(collector, statement):
    assert collector.scalar(statement) == 1


def test_groups_know_only_ones_own_villages(collector):
    by_village = sa.select(Address.village_code, sa.func.count()).group_by(Address.village_code)
    assert collector.execute(by_village).all() == [(HERE, 1)]


def test_a_list_of_two_records_shows_no_more_than_each_alone(collector, people):
    together = sa.select(TrainingEvent.village_code, Person.full_name).join(
        Participation, Participation.event_id == TrainingEvent.id
    )
    rows = collector.execute(together.outerjoin(Person, Person.id == Participation.person_id)).all()
    assert {name for _village, name in rows} == {"Sumiati", None}
    assert {village for village, _name in rows} == {HERE}


def test_somebody_who_moved_away_is_seen_no_more(desk, people, collector):
    with desk.open() as session:
        home = session.scalars(sa.select(Address).where(Address.person_id == people[0])).one()
        home.valid_to = DAY
        session.add(Address(person_id=people[0], village_code=THERE))
    assert collector.scalars(sa.select(Person.full_name)).all() == []


def test_the_trail_shows_ones_own_saves_only_and_no_conflicts(desk, people, collector):
    with desk.open() as session:
        session.add(
            Conflict(row_id=people[1], field="safe_phone", site="B" * 13, seq=1, tbl="person", value="+6281234567890")
        )
    assert collector.scalars(sa.select(Change.row_id)).all() == []
    assert collector.scalars(sa.select(Conflict)).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        sa.text("SELECT full_name FROM person"),
        sa.select(table_of(Person).c.full_name),
        sa.select(sa.func.count()).select_from(table_of(Person)),
    ],
    ids=["text", "table", "count of a table"],
)
def test_statements_that_cannot_be_bounded_are_refused(collector, statement):
    with pytest.raises(Refused, match="raw_sql"):
        collector.execute(statement)


def test_registering_in_ones_own_village(collector):
    person = Person(full_name="Baiq")
    collector.add(person)
    collector.flush()
    collector.add(Address(person_id=person.id, village_code=HERE))
    collector.flush()
    assert set(collector.scalars(sa.select(Person.full_name))) == {"Sumiati", "Baiq"}


ELSEWHERE = {
    "an address": lambda who: Address(person_id=who["neighbour"], village_code=THERE),
    "a session": lambda who: CounsellingSession(person_id=who["stranger"], held_on=DAY),
    "a contact": lambda who: Contact(person_id=who["stranger"], held_on=DAY),
    "a contact without a name": lambda _who: Contact(held_on=DAY, village_code=THERE),
    "an event": lambda _who: TrainingEvent(starts_on=DAY, village_code=THERE),
    "an event nowhere": lambda _who: TrainingEvent(starts_on=DAY),
    "a home of a stranger": lambda who: Address(person_id=who["stranger"], village_code=HERE),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_nothing_is_written_elsewhere(collector, people, what):
    collector.add(ELSEWHERE[what](dict(zip(("neighbour", "stranger"), people, strict=True))))
    with pytest.raises(Refused, match="out_of_scope"):
        collector.flush()


def test_no_participant_is_written_on_a_sheet_elsewhere(desk, collector):
    with desk.open() as session:
        event = session.scalars(sa.select(TrainingEvent.id).where(TrainingEvent.village_code == THERE)).one()
    collector.add(Participation(event_id=event, name="Baiq"))
    with pytest.raises(Refused, match="out_of_scope"):
        collector.flush()


def test_moving_a_home_out_of_ones_villages_is_refused_also_when_it_was_not_reread(collector, people):
    home = collector.scalars(sa.select(Address)).one()
    collector.expire(home)
    home.village_code = THERE
    with pytest.raises(Refused, match="out_of_scope"):
        collector.flush()


@pytest.mark.parametrize(
    ("record", "whose", "row"),
    [
        (Address, 0, {"village_code": THERE}),
        (Address, 1, {"village_code": HERE}),
        (FollowUp, 1, {"due_on": DAY}),
    ],
    ids=["village", "person", "follow-up"],
)
def test_many_rows_at_once_are_bound_too(collector, people, record, whose, row):
    with pytest.raises(Refused, match="out_of_scope"):
        insert_new(collector, record, [row | {"person_id": people[whose]}])


@pytest.mark.parametrize("role", [COLLECTOR, COUNSELLOR])
@pytest.mark.parametrize("record", [Account, CentreProfile])
def test_only_coordinators_write_accounts_and_the_centre(desk, role, record):
    with desk.open(Viewer(new_id(), role, frozenset({HERE}))) as session:
        session.add(record(name="x"))
        with pytest.raises(Refused, match="not_allowed"):
            session.flush()
        session.rollback()


def test_a_collector_without_villages_sees_nobody(desk, people):
    with desk.open(Viewer(new_id(), COLLECTOR)) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


@pytest.mark.parametrize("role", ["coordinator", COUNSELLOR])
def test_others_see_everybody(desk, people, role):
    with desk.open(Viewer(new_id(), role, frozenset({HERE}))) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2
        assert session.execute(sa.text("SELECT count(*) FROM person")).scalar() == 2


def test_drafts_are_seen_by_who_typed_them(desk, people, collector):
    mine = collector.info["viewer"].account_id
    for account in (mine, new_id()):
        collector.add(Draft(account_id=account, form="intake", body={}, saved_ms=1))
    collector.flush()
    assert collector.scalars(sa.select(Draft.account_id)).all() == [mine]
