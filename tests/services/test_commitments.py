# SPDX-License-Identifier: Apache-2.0
"""What a meeting agreed on, followed until the last of it is done."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import Change
from resource_centre.services.commitment_lists import (
    Wanted,
    commitment_summary,
    commitments_of,
    count_due,
    find_commitments,
    institutions,
)
from resource_centre.services.commitments import (
    DONE,
    DROPPED,
    change_commitment,
    end_commitment,
    reopen_commitment,
    take_back_commitment,
    write_commitment,
)
from resource_centre.services.dialogues import dialogue_facts, dialogues_summary
from resource_centre.services.training import change_training, record_training, save_attendance

VILLAGE = "52.03.01.2001"
OTHER_VILLAGE = "52.03.02.2001"
HELD = dt.date(2026, 9, 16)
TODAY = dt.date(2026, 11, 20)
AGREED = {
    "what": "A desk for migrants",
    "responsible": "Pak Lurah",
    "due_on": dt.date(2026, 11, 1),
}


def meeting(session, **more):
    values = {"training_type": "dialog", "topic": "A world on the move", "starts_on": HELD, "village_code": VILLAGE}
    return record_training(session, event=values | more)


@pytest.fixture
def dialogue(session):
    return meeting(session)


def agree(session, event, **more):
    return write_commitment(session, event.id, AGREED | more)


def wrong(refused):
    return [(one.field, one.code) for one in refused.value.problems]


def test_an_agreement_is_followed_until_it_is_done(session, dialogue):
    made = agree(session, dialogue)
    change_commitment(session, made.id, {"state": "berjalan"})
    end_commitment(session, made.id, DONE, dt.date(2026, 10, 30), "Open on Mondays.")
    [row] = commitments_of(session, event_id=dialogue.id)
    assert (row.state, row.ended_on, row.result) == (DONE, dt.date(2026, 10, 30), "Open on Mondays.")
    assert list(doctor.examine(session.connection())) == []


def test_a_new_agreement_is_open_and_an_agreement(session, dialogue):
    made = agree(session, dialogue, state=None, kind=None)
    assert (made.state, made.kind) == ("terbuka", "kesepakatan")


def test_a_village_meeting_has_commitments_too(session):
    village_meeting = meeting(session, training_type="temu_desa")
    agree(session, village_meeting, kind="tugas")
    assert [row.kind for row in find_commitments(session, Wanted("open"), on=TODAY)] == ["tugas"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"what": " "}, ("what", "required")),
        ({"responsible": None}, ("responsible", "required")),
        ({"due_on": None}, ("due_on", "required")),
        ({"due_on": dt.date(2026, 9, 15)}, ("due_on", "due_before_meeting")),
        ({"due_on": "soon"}, ("due_on", "not_a_date")),
        ({"kind": "janji"}, ("kind", "not_in_list")),
        ({"state": "selesai", "ended_on": dt.date(2026, 10, 1)}, ("result", "result_missing")),
        ({"state": "selesai", "result": "Done"}, ("ended_on", "day_missing")),
        ({"ended_on": dt.date(2026, 10, 1)}, ("ended_on", "not_ended")),
    ],
)
def test_what_cannot_be_agreed_on_is_named(session, dialogue, given, problem):
    with pytest.raises(Refused) as refused:
        agree(session, dialogue, **given)
    assert wrong(refused) == [problem]
    assert commitments_of(session, event_id=dialogue.id) == []


@pytest.mark.parametrize(
    ("state", "ended_on", "result", "problem"),
    [
        (DONE, dt.date(2026, 11, 1), None, ("result", "result_missing")),
        (DROPPED, dt.date(2026, 11, 1), "  ", ("result", "result_missing")),
        (DONE, dt.date(2026, 9, 15), "Done", ("ended_on", "ended_before_meeting")),
        (DONE, dt.date(2026, 11, 21), "Done", ("ended_on", "date_in_future")),
        ("berjalan", dt.date(2026, 11, 1), "Done", ("state", "not_ended")),
    ],
)
def test_what_is_no_end_is_named(session, dialogue, state, ended_on, result, problem):
    made = agree(session, dialogue)
    with pytest.raises(Refused) as refused:
        end_commitment(session, made.id, state, ended_on, result)
    assert wrong(refused) == [problem]
    assert made.state == "terbuka"


def test_what_ended_today_needs_no_day(session, dialogue):
    made = agree(session, dialogue)
    assert end_commitment(session, made.id, result="Done").ended_on == TODAY


def test_an_ended_one_is_taken_up_again_with_a_reason(session, dialogue):
    made = agree(session, dialogue)
    end_commitment(session, made.id, DONE, TODAY, "The desk is open.")
    reopen_commitment(session, made.id, "The officer moved away.", due_on=dt.date(2026, 12, 31))
    [row] = find_commitments(session, Wanted("open"), on=TODAY)
    assert (row.state, row.ended_on, row.due_on) == ("terbuka", None, dt.date(2026, 12, 31))
    assert (row.reopened_on, row.reopened_because) == (TODAY, "The officer moved away.")
    assert row.result == "The desk is open."


def test_without_a_reason_it_stays_ended(session, dialogue):
    made = agree(session, dialogue)
    end_commitment(session, made.id, DONE, TODAY, "The desk is open.")
    with pytest.raises(Refused) as refused:
        reopen_commitment(session, made.id, " ")
    assert wrong(refused) == [("reopened_because", "required")]
    with pytest.raises(Refused) as refused:
        change_commitment(session, made.id, {"state": "terbuka", "ended_on": None})
    assert wrong(refused) == [("state", "reopen_first")]
    assert made.state == DONE


def test_what_is_open_is_not_taken_up_again(session, dialogue):
    made = agree(session, dialogue)
    with pytest.raises(Refused) as refused:
        reopen_commitment(session, made.id, "A reason")
    assert wrong(refused) == [("state", "not_ended")]


def test_how_it_ended_can_be_put_right(session, dialogue):
    made = agree(session, dialogue)
    end_commitment(session, made.id, DROPPED, TODAY, "No money.")
    change_commitment(session, made.id, {"result": "No money, until the budget of 2027."})
    assert (made.state, made.result) == (DROPPED, "No money, until the budget of 2027.")


def test_of_a_meeting_moved_later_the_rest_can_still_be_changed(session, dialogue):
    made = agree(session, dialogue)
    change_training(session, dialogue.id, {"starts_on": dt.date(2026, 11, 10)})
    change_commitment(session, made.id, {"responsible": "Bu Lurah", "due_on": AGREED["due_on"]})
    assert made.responsible == "Bu Lurah"
    with pytest.raises(Refused) as refused:
        change_commitment(session, made.id, {"due_on": dt.date(2026, 11, 2)})
    assert wrong(refused) == [("due_on", "due_before_meeting")]


def test_a_meeting_that_was_called_off_agrees_on_nothing(session, dialogue):
    agree(session, dialogue)
    change_training(session, dialogue.id, {"called_off": True})
    with pytest.raises(Refused) as refused:
        agree(session, dialogue, what="Another")
    assert wrong(refused) == [("what", "event_called_off")]
    assert len(commitments_of(session, event_id=dialogue.id)) == 1
    assert find_commitments(session, Wanted("open"), on=TODAY) == []
    assert commitment_summary(session, HELD, TODAY).made == 0
    assert count_due(session, on=TODAY) == (0, 0)


def test_what_was_never_agreed_on_is_taken_back_with_a_reason(session, dialogue):
    made = agree(session, dialogue)
    with pytest.raises(Refused) as refused:
        take_back_commitment(session, made.id, "")
    assert wrong(refused) == [("void_reason", "withdrawal_reason")]
    take_back_commitment(session, made.id, "Of another meeting.")
    assert commitments_of(session, event_id=dialogue.id) == []
    assert made.void_reason == "Of another meeting."


def test_another_window_that_saved_meanwhile_is_not_overwritten(session, dialogue):
    made = agree(session, dialogue)
    opened_on = made.version
    change_commitment(session, made.id, {"responsible": "Bu Camat"}, version=opened_on)
    with pytest.raises(Refused) as refused:
        end_commitment(session, made.id, DONE, TODAY, "Done", version=opened_on)
    assert refused.value.code == "changed_meanwhile"


# Lists, on both databases


@pytest.fixture
def many(either_centre):
    """Seven commitments of two meetings: three late or ended, four to come; what each is called says when it is due."""
    with either_centre.session() as session:
        first = meeting(session)
        second = meeting(session, topic="Boss to boss", starts_on=dt.date(2026, 11, 5), village_code=OTHER_VILLAGE)
        ids = {}
        for event, name, due, more in (
            (first, "late", dt.date(2026, 10, 1), {"organisation": "BP3MI"}),
            (first, "later", dt.date(2026, 11, 19), {"state": "berjalan"}),
            (first, "today", TODAY, {}),
            (first, "in time", dt.date(2026, 10, 15), {}),
            (second, "too late", dt.date(2026, 11, 6), {}),
            (second, "dropped", dt.date(2026, 12, 1), {"organisation": "BP3MI"}),
            (second, "to come", dt.date(2027, 1, 31), {"organisation": "Dinas 100%"}),
        ):
            ids[name] = agree(session, event, what=name, due_on=due, **more).id
        end_commitment(session, ids["in time"], DONE, dt.date(2026, 10, 15), "Well done")
        end_commitment(session, ids["too late"], DONE, dt.date(2026, 11, 9), "Done")
        end_commitment(session, ids["dropped"], DROPPED, dt.date(2026, 11, 10), "No budget")
        yield session


def names(rows):
    return [row.what for row in rows]


def test_the_longest_overdue_comes_first(many):
    rows = find_commitments(many, Wanted("open"), on=TODAY)
    assert names(rows) == ["late", "later", "today", "to come"]
    assert [row.days_late(TODAY) for row in rows] == [50, 1, 0, 0]


def test_lists_are_narrowed(many):
    def found(**wanted):
        return names(find_commitments(many, Wanted(**wanted), on=TODAY))

    assert found(which="overdue") == ["late", "later"]
    assert found(which="soon") == ["today"]
    assert found(which="all") == ["late", "later", "today", "to come", "in time", "too late", "dropped"]
    assert found(which="all", organisation="BP3MI") == ["late", "dropped"]
    assert found(state="berjalan") == ["later"]
    assert found(which="all", text="boss") == ["to come", "too late", "dropped"]
    assert found(which="all", text="100%") == ["to come"]
    assert found(which="all", text="WELL done") == ["in time"]
    assert found(which="all", text="_") == []


def test_a_long_list_is_read_page_by_page(many):
    rows, after = [], None
    while page := find_commitments(many, Wanted("all"), on=TODAY, after=after, limit=2):
        rows += page
        after = page[-1].cursor
    assert names(rows) == names(find_commitments(many, Wanted("all"), on=TODAY))
    assert len(rows) == 7


def test_what_is_due_is_counted(many):
    assert count_due(many, on=TODAY) == (2, 1)
    assert institutions(many) == ["BP3MI", "Dinas 100%"]


def test_the_figures_of_a_period(many):
    """Made and ended by their days; what is open and late as it was on the last day of the period."""

    def figures(since, until):
        one = commitment_summary(many, since, until)
        return one.made, one.done, one.on_time, one.dropped, one.open, one.overdue

    assert figures(dt.date(2026, 9, 1), dt.date(2026, 9, 30)) == (4, 0, 0, 0, 4, 0)
    assert figures(dt.date(2026, 10, 1), dt.date(2026, 10, 31)) == (0, 1, 1, 0, 3, 1)
    assert figures(dt.date(2026, 11, 1), dt.date(2026, 11, 30)) == (3, 1, 0, 1, 4, 3)
    assert figures(dt.date(2026, 11, 1), dt.date(2026, 11, 9)) == (3, 1, 0, 0, 5, 1)


def test_a_centre_without_meetings_has_figures_of_nothing(session):
    assert commitment_summary(session, HELD, TODAY).overdue == 0
    assert count_due(session, on=TODAY) == (0, 0)


def test_a_village_account_sees_the_commitments_of_its_villages_only(session, collector_session):
    here, there = meeting(session), meeting(session, village_code=OTHER_VILLAGE)
    mine, other = agree(session, here, what="Here"), agree(session, there, what="There")
    session.commit()
    collector = collector_session(VILLAGE)
    assert names(find_commitments(collector, Wanted("open"), on=TODAY)) == ["Here"]
    assert commitment_summary(collector, HELD, TODAY).made == 1
    end_commitment(collector, mine.id, result="Done")
    for attempt in (
        lambda: end_commitment(collector, other.id, result="Done"),
        lambda: write_commitment(collector, there.id, AGREED),
    ):
        with pytest.raises(Refused):
            attempt()


# The dialogue in figures

SEATS = (
    {"name": "Seat One", "sex": "P", "country": "IDN", "sector": "pemerintah_daerah", "organisation": "Disnaker",
     "days": "HH"},
    {"name": "Seat Two", "sex": "L", "country": "IDN", "sector": "lsm", "organisation": "SBMI", "days": "HA"},
    {"name": "Seat Three", "sex": "P", "country": "PHL", "sector": "lsm", "organisation": "Atikha", "days": "HH"},
    {"name": "Seat Four", "sex": "P", "country": "IDN", "sector": "lsm", "organisation": "sbmi.", "days": "TH"},
    {"name": "Seat Five", "sex": "L", "country": "MEX", "sector": "pemerintah_daerah", "days": "AA"},
)  # fmt: skip


def test_who_was_at_the_dialogue(session):
    event = meeting(session, ends_on=dt.date(2026, 9, 17), counted_women=3, counted_others=1)
    save_attendance(session, event.id, SEATS)
    agree(session, event)
    facts = dialogue_facts(session, event.id)
    assert (facts.people, facts.listed, facts.counted, facts.marked) == (8, 5, 4, True)
    assert facts.by_country == (("IDN", 3), ("PHL", 1))
    assert facts.by_sector == (("lsm", 3), ("pemerintah_daerah", 1))
    assert facts.by_institution == (("SBMI", 2), ("Atikha", 1), ("Disnaker", 1))
    assert facts.by_sex == (("P", 6), ("L", 1), (None, 1))
    assert (facts.commitments, facts.open, facts.overdue) == (1, 1, 1)


def test_before_anybody_is_marked_the_sheet_speaks(session, dialogue):
    save_attendance(session, dialogue.id, [seat | {"days": "-"} for seat in SEATS])
    facts = dialogue_facts(session, dialogue.id)
    assert (facts.people, facts.marked) == (5, False)
    assert facts.by_institution[-1] == (None, 1)


def test_the_dialogues_of_a_period(either_centre):
    with either_centre.session() as session:
        event = meeting(session, ends_on=dt.date(2026, 9, 17), counted_men=2)
        save_attendance(session, event.id, SEATS)
        agree(session, event)
        meeting(session, called_off=True)
        meeting(session, training_type="temu_desa")
        summary = dialogues_summary(session, dt.date(2026, 9, 1), dt.date(2026, 9, 30))
        assert (summary.held, summary.people, summary.institutions) == (1, 6, 3)
        assert summary.by_country == (("IDN", 3), ("PHL", 1))
        assert summary.commitments.made == 1


def test_the_trail_says_who_ended_it(session, dialogue):
    made = agree(session, dialogue)
    end_commitment(session, made.id, DONE, TODAY, "Done")
    session.flush()
    kept = session.scalars(sa.select(Change.body).where(Change.row_id == made.id).order_by(Change.seq)).all()
    assert '"ended_on"' in kept[-1]
