# SPDX-License-Identifier: Apache-2.0
"""Every paper that leaves is written down: what, which copy, when and by whom, never whose name stood on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from resource_centre.access import COORDINATOR, COUNSELLOR
from resource_centre.errors import Refused
from resource_centre.records import PaperCopy
from resource_centre.services import paper_copies
from resource_centre.services.paper_copies import (
    COMMAND,
    FAILED,
    PRINTED,
    SAVED,
    Asked,
    copies_of,
    copy_failed,
    count_copies,
    kinds_made,
    next_copy,
    record_copy,
)

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the moment at which papers are made."""

    def at(moment):
        monkeypatch.setattr(paper_copies, "wall_ms", lambda: int(moment.timestamp() * 1000))

    at(NOON)
    return at


@pytest.fixture
def siti(register):
    return register("Siti Aminah")


@pytest.fixture
def as_role(session, monkeypatch):
    """From now on somebody else is signed in."""

    def turned(role):
        monkeypatch.setitem(session.info, "viewer", replace(session.info["viewer"], role=role))

    return turned


def copy(session, person_id, kind="case_summary", **more):
    told = {"way": PRINTED, "record_id": person_id, "person_id": person_id, "number": "LTM-26-A1-C0001-X"} | more
    return record_copy(session, kind, **told)[0]


def test_copies_are_numbered_on_for_as_long_as_the_record_is_kept(session, siti, clock):
    first = record_copy(session, "case_summary", way=PRINTED, record_id=siti, person_id=siti, copies=3)
    assert [one.copy for one in first] == [1, 2, 3]
    clock(NOON + dt.timedelta(days=400))
    assert copy(session, siti, way=SAVED).copy == 4
    assert next_copy(session, "case_summary", siti) == 5


def test_every_kind_of_paper_and_every_record_has_numbers_of_its_own(session, siti, register, clock):
    copy(session, siti)
    other = register("Sumiati")
    assert copy(session, siti, "intake").copy == 1
    assert copy(session, other).copy == 1


def test_papers_about_no_record_are_numbered_by_what_they_are_about(session, clock):
    for month, number in (("2026-10", 1), ("2026-10", 2), ("2026-11", 1)):
        (made,) = record_copy(session, "monthly_report", way=SAVED, number=month, audience="public", locked=True)
        assert (made.copy, made.number, made.audience, made.locked) == (number, month, "public", True)


def test_a_copy_says_who_made_it_when_and_how_and_nobodys_name(session, siti, clock):
    copy(session, siti, way=COMMAND)
    (row,) = copies_of(session)
    assert (row.way, row.made_at, row.copy, row.number) == (COMMAND, NOON, 1, "LTM-26-A1-C0001-X")
    assert row.made_by
    stored = session.get(PaperCopy, row.id)
    told = [str(getattr(stored, column.key)) for column in PaperCopy.__table__.columns]
    assert not any("Siti" in value for value in told)


def test_a_copy_that_failed_says_so_and_keeps_its_number(session, siti, clock):
    made = copy(session, siti)
    copy_failed(session, [made.id])
    assert [row.way for row in copies_of(session)] == [FAILED]
    assert copy(session, siti).copy == 2


def test_somebody_elses_copy_cannot_be_called_failed(session, siti, clock):
    made = copy(session, siti)
    made.made_by = "0192f0c1-0000-7000-8000-00000000000a"
    copy_failed(session, [made.id])
    assert made.way == PRINTED


def test_no_copy_is_no_copy(session):
    with pytest.raises(ValueError, match="no copy"):
        record_copy(session, "intake", way=PRINTED, copies=0)


def test_the_newest_copies_come_first_and_page_by_page(session, siti, clock):
    for hour in range(5):
        clock(NOON + dt.timedelta(hours=hour))
        record_copy(session, "intake", way=PRINTED, record_id=siti, person_id=siti, copies=2)
    seen, last = [], None
    while page := copies_of(session, after=last, most=3):
        seen += page
        last = page[-1]
    assert [row.made_at.hour for row in seen] == [16, 16, 15, 15, 14, 14, 13, 13, 12, 12]
    assert len({row.id for row in seen}) == count_copies(session) == 10


def test_copies_are_found_by_person_kind_and_day(session, siti, register, clock):
    other = register("Sumiati")
    copy(session, siti)
    copy(session, other, "intake")
    clock(NOON - dt.timedelta(days=30))
    copy(session, siti, "intake")
    assert count_copies(session, Asked(person_id=siti)) == 2
    assert count_copies(session, Asked(kind="intake")) == 2
    assert count_copies(session, Asked(first=dt.date(2026, 11, 1))) == 2
    assert count_copies(session, Asked(last=dt.date(2026, 11, 1))) == 1
    assert count_copies(session, Asked(first=NOON.date(), last=NOON.date(), kind="intake")) == 1
    assert kinds_made(session) == ("case_summary", "intake")


def test_only_the_coordinator_reads_what_others_printed(session, siti, clock, as_role):
    made = copy(session, siti)
    made.made_by = "0192f0c1-0000-7000-8000-00000000000a"
    mine = copy(session, siti)
    as_role(COORDINATOR)
    assert count_copies(session) == 2
    as_role(COUNSELLOR)
    assert [row.id for row in copies_of(session)] == [mine.id]


def test_a_village_account_sees_only_what_it_printed_itself_of_its_own_people(
    session, siti, register, clock, collector_session
):
    far = register("Sumiati", village="52.03.02.2001")
    copy(session, siti)
    copy(session, far)
    session.commit()
    collector = collector_session("52.03.01.2001")
    mine = copy(collector, siti)
    assert mine.copy == 2
    assert [row.id for row in copies_of(collector)] == [mine.id]
    with pytest.raises(Refused, match="out_of_scope"):
        copy(collector, far)
