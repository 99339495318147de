# SPDX-License-Identifier: Apache-2.0
"""The report book: pages are kept as codes, in an order, and found again on every laptop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resource_centre.errors import Refused
from resource_centre.records import SavedReport
from resource_centre.services.report_book import (
    Plan,
    move_page,
    page_of_book,
    pages_of_book,
    read_plan,
    remove_page,
    save_page,
)

WOMEN = Plan("persons_served", rows="regency", columns="sex")


@pytest.fixture
def session(either_centre):
    with either_centre.change() as open_session:
        yield open_session


def titles(session):
    return [page.title for page in pages_of_book(session)]


def test_a_page_is_made_again_as_it_was_picked(session):
    saved = save_page(session, "  Perempuan   per kabupaten ", WOMEN)
    assert page_of_book(session, saved.id) == saved
    assert (saved.title, saved.plan) == ("Perempuan per kabupaten", WOMEN)


def test_pages_stand_in_the_order_the_coordinator_gives_them(session):
    first, _second, third = (save_page(session, title, WOMEN) for title in ("A", "B", "C"))
    move_page(session, third.id, to=0)
    move_page(session, first.id, to=9)
    assert titles(session) == ["C", "B", "A"]


def test_a_page_is_changed_and_taken_out(session):
    page = save_page(session, "A", WOMEN)
    changed = save_page(session, "A", replace(WOMEN, count=13, columns=""), page_id=page.id, version=page.version)
    assert changed.plan.count == 13
    with pytest.raises(Refused):
        remove_page(session, page.id, " ")
    remove_page(session, page.id, "nobody reads it")
    assert pages_of_book(session) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measure": ""}, "measure"),
        ({"measure": "Siti Aminah"}, "measure"),
        ({"columns": "regency"}, "columns"),
        ({"count": 13}, "columns"),
        ({"columns": "", "count": 37}, "count"),
        ({"count": 0}, "count"),
        ({"shown": "pie"}, "shown"),
        ({"length": "week"}, "length"),
        ({"place": "Lombok Timur"}, "place"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_part(session, change, field):
    with pytest.raises(Refused) as refused:
        save_page(session, "A", replace(WOMEN, **change))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_page_without_a_title_is_refused(session):
    with pytest.raises(Refused) as refused:
        save_page(session, "  ", WOMEN)
    assert [problem.field for problem in refused.value.problems] == ["title"]


def test_a_page_of_a_newer_program_stays_in_the_book_unread(session):
    page = save_page(session, "A", WOMEN)
    record = session.get(SavedReport, page.id)
    record.plan = {**record.plan, "by_the_moon": True}
    session.flush()
    assert page_of_book(session, page.id).plan is None


@pytest.mark.parametrize("kept", [None, {}, {"measure": 3}, {"measure": "a", "count": "13"}])
def test_what_is_no_plan_is_none(kept):
    assert read_plan(kept) is None


def test_a_collector_reads_the_book_and_does_not_write_it(collector_session):
    session = collector_session("52.03.01.2001")
    assert pages_of_book(session) == []
    with pytest.raises(Refused):
        save_page(session, "A", WOMEN)
