"""Faults others have had, planted one by one: the story that goes wrong with each of them, and only with it.

The list is kept so that whoever changes the exchange sees at once which promise is broken (docs/decisions/0033).
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from resource_centre.exchange import incoming, outgoing, row_scopes
from resource_centre.exchange.dots import Dots
from resource_centre.log import fold, refolding
from resource_centre.records.change import ERASE
from resource_centre.records.exchange import Bundle

pytestmark = pytest.mark.attacks
HERE, THERE = "52.03.01.2001", "52.03.02.2001"
LATER = 5000
"""Days that a clock is wrong by."""


def told(country, *steps):
    for step in steps:
        country.step(*step)
    country.settle_down()
    country.everybody_holds_what_they_may()


def a_clock_years_ahead(country):
    """The laptop's clock is years ahead when it renames once; the centre thought about it twice, and that stands."""
    told(country, ("register", 1, HERE, "Sumiati"), ("round", 1), ("clock", 1, LATER), ("rename", 1, 0, "Sri"),
         ("rename", 0, 0, "Dewi"), ("rename", 0, 0, "Ayu"))  # fmt: skip
    assert [row["full_name"] for row in country.centre.table("person").values()] == ["Ayu"]


def two_who_rename_and_meet_in_either_order(country):
    """Both rename without knowing of each other: whoever is heard last, all agree, and the other name is listed."""
    told(country, ("register", 1, HERE, "Sumiati"), ("round", 1), ("rename", 1, 0, "Sri"), ("rename", 0, 0, "Ayu"))
    assert len(country.centre.conflicts()) == 1


def an_edit_of_somebody_erased(country):
    """The laptop edits whom the centre erased meanwhile."""
    told(country, ("register", 1, HERE, "Sumiati"), ("round", 1), ("erase", 0), ("rename", 1, 0, "Sri"), ("up", 1))


def a_lost_stick(country):
    """The first bundle is never brought; the centre's own comes all the same."""
    country.step("register", 1, HERE, "Sumiati")
    country.laptops[0].pack(country.centre)
    told(country, ("down", 1), ("bring", 0), ("register", 1, HERE, "Rohani"))


def a_bundle_that_was_only_sent(country):
    """The centre's bundle is lost; what was in it goes again."""
    country.step("register", 0, HERE, "Sumiati")
    country.centre.pack(country.laptops[0])
    told(country)


def an_old_bundle_after_somebody_moved(country):
    """The bundle with somebody in it comes after the one that takes them back."""
    for step in (("register", 0, HERE, "Sumiati"), ("down", 1), ("move", 0, 0, THERE), ("round", 1), ("bring", 0)):
        country.step(*step)
    assert not country.laptops[0].table("person")
    told(country)


def somebody_who_moves_away_and_back(country):
    """Taken back, and theirs again."""
    told(country, ("register", 0, HERE, "Sumiati"), ("round", 1), ("round", 1), ("move", 0, 0, THERE), ("round", 1),
         ("round", 1), ("move", 0, 0, HERE))  # fmt: skip
    assert len(country.laptops[0].table("person")) == 1


def work_on_somebody_who_moved_away(country):
    """The laptop writes of somebody, and before that is sent they are taken back."""
    told(country, ("register", 0, HERE, "Sumiati"), ("round", 1), ("move", 0, 0, THERE), ("rename", 1, 0, "Sri"),
         ("down", 1), ("bring", 0))  # fmt: skip


def an_old_report_of_what_is_held(country):
    """A bundle that says what the laptop held last week comes after the one that says what it holds now."""
    for step in (("register", 0, HERE, "Sumiati"), ("round", 1), ("up", 1), ("move", 0, 0, THERE), ("round", 1),
                 ("round", 1), ("bring", 0), ("move", 0, 0, HERE)):  # fmt: skip
        country.step(*step)
    laptop = country.laptops[0]
    laptop.unpack(country.centre, country.centre.pack(laptop))
    assert len(laptop.table("person")) == 1
    told(country)


def something_confidential(country):
    """A remark that is not for a village."""
    told(country, ("register", 0, HERE, "Sumiati"), ("remark", 0, 0, "di kota"))
    assert all(row["remarks"] is None for row in country.laptops[0].table("person").values())


STORIES = [
    a_clock_years_ahead,
    two_who_rename_and_meet_in_either_order,
    an_edit_of_somebody_erased,
    a_lost_stick,
    a_bundle_that_was_only_sent,
    an_old_bundle_after_somebody_moved,
    somebody_who_moves_away_and_back,
    work_on_somebody_who_moved_away,
    an_old_report_of_what_is_held,
    something_confidential,
]


@pytest.fixture
def country(new_country):
    country = new_country()
    yield country
    country.close()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_each_story_ends_well(country, story):
    story(country)


def clock_first(patch):
    patch.setattr(fold, "_rank", lambda head: (head.wall_ms, head.revision, head.site, head.seq))


def the_last_one_heard_wins(patch):
    whole = fold.fold

    def last(entries):
        entries = list(entries)
        return whole(one._replace(wall_ms=at) for at, one in enumerate(entries))

    patch.setattr(refolding, "fold", last)


def erasing_does_not_last(patch):
    whole = fold.fold
    patch.setattr(refolding, "fold", lambda entries: whole(one for one in entries if one.kind != ERASE))


def what_was_sent_counts_as_there(patch):
    hear = incoming._hear

    def believes(session, peer, message):
        hear(session, peer, message)
        sent = session.scalars(sa.select(Bundle.contents).where(Bundle.site == peer.site, Bundle.direction == "out"))
        for contents in sent:
            peer.known = (Dots.from_json(peer.known) | Dots.from_json(contents)).to_json()

    patch.setattr(incoming, "_hear", believes)


def drops_have_no_number(patch):
    note = row_scopes.note
    patch.setattr(incoming, "note", lambda connection, _number, rows, inside: note(connection, 1, rows, inside=inside))
    patch.setattr(incoming, "flipped", lambda *_words: set())


def who_comes_back_is_not_folded(patch):
    patch.setattr(incoming, "flipped", lambda *_words: set())
    patch.setattr(incoming, "inside", lambda *_words: set())


def unsent_work_goes_with_the_record(patch):
    forget = row_scopes.forget_rows
    patch.setattr(row_scopes, "forget_rows", lambda session, rows, _keep: forget(session, rows, lambda _dot: False))


def an_old_report_counts(patch):
    hear = incoming._hear

    def believes(session, peer, message):
        peer.known_no = 0
        hear(session, peer, message)

    patch.setattr(incoming, "_hear", believes)


def nothing_is_kept_back(patch):
    patch.setattr(outgoing, "_without_withheld", lambda change, _scope: change)


def nobody_is_taken_back(patch):
    packed = outgoing.parcel_for

    def without_drops(connection, peer):
        from dataclasses import replace

        return replace(packed(connection, peer), drops=())

    patch.setattr(outgoing, "parcel_for", without_drops)


FAULTS = [
    (clock_first, a_clock_years_ahead),
    (the_last_one_heard_wins, two_who_rename_and_meet_in_either_order),
    (erasing_does_not_last, an_edit_of_somebody_erased),
    (what_was_sent_counts_as_there, a_lost_stick),
    (what_was_sent_counts_as_there, a_bundle_that_was_only_sent),
    (drops_have_no_number, an_old_bundle_after_somebody_moved),
    (who_comes_back_is_not_folded, somebody_who_moves_away_and_back),
    (unsent_work_goes_with_the_record, work_on_somebody_who_moved_away),
    (nothing_is_kept_back, something_confidential),
    (nobody_is_taken_back, work_on_somebody_who_moved_away),
    (an_old_report_counts, an_old_report_of_what_is_held),
]


@pytest.mark.parametrize(("fault", "story"), FAULTS, ids=lambda one: one.__name__)
def test_a_planted_fault_is_caught(country, monkeypatch, fault, story):
    fault(monkeypatch)
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever notices it first
        story(country)
