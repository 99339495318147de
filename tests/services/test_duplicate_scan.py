"""The whole centre is looked through: who is in it twice comes on a list, and a person decides."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from resource_centre.errors import Refused
from resource_centre.matching import blocking
from resource_centre.matching.blocking import PASSES
from resource_centre.matching.compare import Comparison
from resource_centre.matching.compared import WIDE, packed, unpacked
from resource_centre.records import DuplicatePair, Person, ScanPiece
from resource_centre.services.duplicate_scan import proposed, scan_centre, scan_new
from resource_centre.services.person_links import keep_apart, link, unlink

TWICE = {"birth_date": "1984-05-17", "phone": "081234567890", "mother_name": "Rohani"}
OTHERS = ("Baiq Ratna", "Lalu Hasan", "Sukarni", "Murniati", "Halimah", "Kartini", "Zulkifli", "Made Suwarni")


@pytest.fixture
def two(register):
    """Ids of two records of one person among others, the one that would stand for both first."""
    for place, name in enumerate(OTHERS):
        register(name, birth_date=f"19{60 + place}-0{1 + place}-11", village=f"52.03.01.200{1 + place % 7}")
    return tuple(sorted((register("Siti Aminah", **TWICE), register("Siti Aminnah", **TWICE))))


def pairs(session):
    return {(one.a_id, one.b_id) for one in proposed(session)}


def test_who_is_there_twice_is_proposed_with_a_score_and_reasons_in_words(session, two):
    outcome = scan_centre(session)
    (found,) = proposed(session)
    assert (found.a_id, found.b_id) == two
    assert found.score > 90
    assert "the same telephone" in found.words()
    assert (outcome.people, outcome.pairs) == (10, 1)


def test_a_scan_merges_nobody(session, two):
    scan_centre(session)
    assert session.scalar(select(func.count()).select_from(Person).where(Person.voided.is_(False))) == 10


@pytest.mark.parametrize("decide", [link, keep_apart])
def test_what_is_decided_is_not_proposed_again(session, two, decide):
    decide(session, *two)
    scan_centre(session)
    assert pairs(session) == set()


def test_a_decision_taken_back_is_proposed_again(session, two):
    unlink(session, keep_apart(session, *two).id)
    scan_centre(session)
    assert pairs(session) == {two}


def test_two_with_one_nik_come_first_whatever_else_is_different(session, two, register):
    from resource_centre.records import Identifier

    first, second = sorted((register("Inaq Sahnep", sex="P"), register("Wayan Budi", sex="L")))
    for person_id in (first, second):
        session.add(Identifier(person_id=person_id, kind="nik", value="9903014107840001"))
    session.flush()
    scan_centre(session)
    foremost = proposed(session)[0]
    assert ((foremost.a_id, foremost.b_id), foremost.score) == ((first, second), 100)


def test_progress_is_told_by_stage_and_count(session, two):
    stages = []
    scan_centre(session, told=lambda *told: stages.append(told[0]))
    assert list(dict.fromkeys(stages)) == ["reading", "candidates", "learning", "comparing", "grouping"]


def test_stopped_and_begun_again_it_goes_on_where_it_was(session, two, monkeypatch):
    asked = iter(range(1000))
    assert scan_centre(session, stop=lambda: next(asked) >= 6, keep=session.commit).stopped
    assert session.scalar(select(func.count()).select_from(ScanPiece)) == 5
    anew, candidates = [], blocking.candidates
    monkeypatch.setattr(blocking, "candidates", lambda people, way: anew.append(way) or candidates(people, way))
    scan_centre(session, keep=session.commit)
    assert anew == list(range(5, len(PASSES)))
    assert pairs(session) == {two}
    assert session.scalar(select(func.count()).select_from(ScanPiece)) == 0


def test_what_was_found_of_pairs_is_kept_whole():
    findings = [Comparison((0, -1) * (WIDE // 2), -12.5), Comparison((3, 1) * (WIDE // 2), 0.0)]
    assert list(unpacked(packed(findings))) == findings


def test_somebody_written_down_meanwhile_makes_it_another_scan(session, two, register):
    asked = iter(range(1000))
    scan_centre(session, stop=lambda: next(asked) > 3, keep=session.commit)
    register("Siti Aminah", **TWICE)
    scan_centre(session, keep=session.commit)
    assert len(pairs(session)) == 3


def test_who_arrives_is_compared_with_the_centre(session, two, register):
    arrived = register("Siti Aminah", **TWICE)
    assert scan_new(session, [arrived], bundle_id="0192d3a0-0000-7000-8000-0000000000aa") == 2
    assert {one.bundle_id for one in proposed(session)} == {"0192d3a0-0000-7000-8000-0000000000aa"}
    assert scan_new(session, [arrived]) == 0


def test_who_arrives_and_was_decided_about_is_not_on_the_list(session, two):
    keep_apart(session, *two)
    assert scan_new(session, two) == 0
    assert session.scalars(select(DuplicatePair)).all() == []


def test_a_collector_does_not_scan_the_centre(session, two, collector_session):
    session.commit()
    with pytest.raises(Refused):
        scan_centre(collector_session("52.03.01.2001"))
