# SPDX-License-Identifier: Apache-2.0
"""Two laptops follow one commitment: what each of them wrote is merged field by field, and nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor
from resource_centre.records import Commitment, Conflict, Partner, PartnerContribution, TrainingEvent
from resource_centre.services.commitments import (
    DONE,
    DROPPED,
    change_commitment,
    end_commitment,
    reopen_commitment,
    write_commitment,
)
from resource_centre.services.partner_contributions import change_contribution

HELD, DUE = date(2024, 9, 16), date(2024, 11, 1)


@pytest.fixture
def two(new_desk):
    return new_desk("A"), new_desk("B")


@pytest.fixture
def agreed(two):
    """The id of a commitment that both laptops know."""
    here, there = two
    with here.open() as session:
        event = TrainingEvent(training_type="dialog", starts_on=HELD)
        session.add(event)
        session.flush()
        values = {"what": "A desk for migrants", "responsible": "Pak Lurah", "due_on": DUE}
        made = write_commitment(session, event.id, values).id
    there.take_in(here.entries())
    return made


def exchange(here: Any, there: Any) -> None:
    here.take_in(there.entries())
    there.take_in(here.entries())
    assert here.everything() == there.everything()
    for desk in (here, there):
        with desk.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []


def lost(desk: Any) -> list[str]:
    with desk.open() as session:
        return sorted(session.scalars(sa.select(Conflict.field)))


def test_one_ends_it_and_the_other_corrects_who_sees_to_it(two, agreed):
    here, there = two
    with here.open() as session:
        end_commitment(session, agreed, DONE, date(2024, 10, 30), "Open on Mondays.")
    with there.open() as session:
        change_commitment(session, agreed, {"responsible": "Bu Lurah", "due_on": date(2024, 12, 1)})
    exchange(here, there)
    with here.open() as session:
        one = session.get(Commitment, agreed)
        assert (one.state, one.result, one.responsible) == (DONE, "Open on Mondays.", "Bu Lurah")
        assert one.due_on == date(2024, 12, 1)
    assert lost(here) == []


def test_one_says_done_and_the_other_dropped(two, agreed):
    here, there = two
    with here.open() as session:
        end_commitment(session, agreed, DONE, date(2024, 10, 30), "Open on Mondays.")
    with there.open() as session:
        end_commitment(session, agreed, DROPPED, date(2024, 10, 30), "No budget.")
    exchange(here, there)
    assert lost(here) == ["result", "state"]
    with here.open() as session:
        kept = session.get(Commitment, agreed)
        others = dict(session.execute(sa.select(Conflict.field, Conflict.value)).all())
        assert {kept.state, others["state"]} == {DONE, DROPPED}
        assert {kept.result, others["result"]} == {"Open on Mondays.", "No budget."}


@pytest.mark.parametrize(("later", "to_settle"), [("ends", ["state"]), ("goes on", [])])
def test_one_ends_it_while_the_other_goes_on_with_it_and_it_can_be_put_right(two, agreed, later, to_settle):
    """Whichever of the two states is kept, nothing that was not touched stands in the way of the next change.

    Saying once more what is kept already settles nothing; saying something else does.
    """
    here, there = two
    (here if later == "ends" else there).clock += 60_000
    with here.open() as session:
        end_commitment(session, agreed, DONE, date(2024, 10, 30), "Open on Mondays.")
    with there.open() as session:
        change_commitment(session, agreed, {"state": "berjalan"})
    exchange(here, there)
    assert lost(here) == ["state"]
    with there.open() as session:
        change_commitment(session, agreed, {"responsible": "Bu Lurah"})
        end_commitment(session, agreed, DONE, date(2024, 10, 31), "Open on Mondays.")
    exchange(here, there)
    assert lost(here) == to_settle
    with here.open() as session:
        one = session.get(Commitment, agreed)
        assert (one.state, one.ended_on, one.responsible) == (DONE, date(2024, 10, 31), "Bu Lurah")


def test_taken_up_again_here_while_its_result_is_put_right_there(two, agreed):
    here, there = two
    with here.open() as session:
        end_commitment(session, agreed, DONE, date(2024, 10, 30), "Open.")
    there.take_in(here.entries())
    with here.open() as session:
        reopen_commitment(session, agreed, "The officer moved away.", due_on=date(2025, 1, 31))
    with there.open() as session:
        change_commitment(session, agreed, {"result": "Open on Mondays."})
    exchange(here, there)
    with there.open() as session:
        one = session.get(Commitment, agreed)
        assert (one.state, one.ended_on, one.due_on) == ("terbuka", None, date(2025, 1, 31))
        assert (one.result, one.reopened_because) == ("Open on Mondays.", "The officer moved away.")
    assert lost(there) == []


def test_a_promise_kept_here_and_described_there(two):
    here, there = two
    with here.open() as session:
        partner = Partner(name="Serikat Uji", sector="serikat")
        session.add(partner)
        session.flush()
        gift = PartnerContribution(partner_id=partner.id, kind="uang", amount=500_000, promised=True)
        gift.contributed_on = HELD
        session.add(gift)
        session.flush()
        gift_id = gift.id
    there.take_in(here.entries())
    with here.open() as session:
        change_contribution(session, gift_id, {"promised": False, "contributed_on": DUE})
    with there.open() as session:
        change_contribution(session, gift_id, {"what": "For the speakers"})
    exchange(here, there)
    with here.open() as session:
        one = session.get(PartnerContribution, gift_id)
        assert (one.promised, one.contributed_on, one.what) == (False, DUE, "For the speakers")
