"""Faults others have had, planted one by one: the story that goes wrong with each of them, and only with it.

The list is kept so that whoever changes the exchange sees at once which promise is broken (docs/decisions/0033). What
copied laptops and programs of another year get wrong stands in `test_planted_faults_of_copies.py`.
"""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa

from resource_centre.clock import wall_ms
from resource_centre.exchange import incoming, outgoing, row_scopes, scope
from resource_centre.exchange.dots import Dots
from resource_centre.log import fold, linked, recorder, refolding
from resource_centre.records import Address, Person, ProtectionConcern
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


def a_question_refused(country):
    """Somebody would not say what is not for a village: that they would not is not for it either."""
    with country.centre.open() as session:
        session.add(person := Person(full_name="Sumiati", unanswered={"remarks": "refused"}))
        session.flush()
        session.add(Address(person_id=person.id, village_code=HERE))
    country.round(1)
    assert {row["unanswered"].get("remarks") for row in country.laptops[0].table("person").values()} == {None}
    assert "refused" not in "".join(body for _row, body in country.laptops[0].bodies())


def a_matter_of_protection(country):
    """What the protection officer is told of somebody is in no village, neither in its tables nor in its log."""
    country.step("register", 0, HERE, "Sumiati")
    with country.centre.open() as session:
        session.add(ProtectionConcern(person_id=session.scalars(sa.select(Person.id)).one(), kind="TPPO"))
    told(country)
    assert "protection_concern" in " ".join(country.centre.entries().values())
    assert "protection_concern" not in " ".join(country.laptops[0].entries().values())


def a_mark_against_an_edit(country):
    """The laptop writes on about somebody whom the centre marks as not valid meanwhile: the edit is listed."""
    told(country, ("register", 1, HERE, "Sumiati"), ("round", 1), ("void", 0, 0), ("rename", 1, 0, "Sri"))
    assert [(field, site) for _row, field, site, _number in country.centre.conflicts()] == [
        ("voided", country.laptops[0].site)
    ]


def a_mark_in_sight_of_an_edit(country):
    """The centre marks somebody as not valid and has seen what the laptop wrote: nobody is asked."""
    told(country, ("register", 1, HERE, "Sumiati"), ("round", 1), ("rename", 1, 0, "Sri"), ("round", 1), ("void", 0, 0))
    assert country.centre.conflicts() == set()


def two_who_are_one_and_two_again(country):
    """A link undone gives everything back: what each had before, and what was written while they were one."""
    for step in (("register", 1, HERE, "Sumiati"), ("register", 1, HERE, "Sumyati"), ("round", 1),
                 ("link", 0, 1, "same"), ("round", 1)):  # fmt: skip
        country.step(*step)
    stands, other = sorted(country.centre.table("person"))
    assert owners(country.laptops[0]) == {stands: 2}
    for place in country.places[:2]:
        with place.open() as session:
            session.add(Address(person_id=other, village_code=HERE))
    told(country, ("rename", 1, 1, "Sumyati Hasan"), ("part", 0))
    people = country.laptops[0].table("person").values()
    assert [(one["full_name"], one["same_as"], one["voided"]) for one in sorted(people, key=lambda one: one["id"])] == [
        ("Sumiati", None, False), ("Sumyati Hasan", None, False),
    ]  # fmt: skip
    assert owners(country.laptops[0]) == owners(country.centre) == {stands: 1, other: 3}


def owners(place):
    """How many addresses each person has."""
    return dict(Counter(row["person_id"] for row in place.table("address").values()))


def a_receipt_for_the_second_of_two(country):
    """The first bundle is lost, the second brought: the laptop calls the second confirmed, and that only."""
    country.step("register", 1, HERE, "Sumiati")
    laptop = country.laptops[0]
    laptop.pack(country.centre)
    country.round(1)
    with laptop.open() as session:
        sent = session.execute(sa.select(Bundle.link_no, Bundle.confirmed_ms).where(Bundle.direction == outgoing.OUT))
        assert {number: at is not None for number, at in sent} == {1: False, 2: True}
    told(country)


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
    a_question_refused,
    a_matter_of_protection,
    a_mark_against_an_edit,
    a_mark_in_sight_of_an_edit,
    two_who_are_one_and_two_again,
    a_receipt_for_the_second_of_two,
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


def why_there_is_no_answer_goes_along(patch):
    patch.setattr(outgoing, "is_withheld", lambda record, role, field: field in scope.withheld(record, role))


def a_village_may_read_everything(patch):
    patch.setattr(scope, "may_read", lambda _role, _record: True)


def a_mark_hides_what_nobody_saw(patch):
    patch.setattr(fold, "_unseen_edits", lambda _entries: [])


def a_mark_does_not_say_what_it_saw(patch):
    patch.setattr(recorder, "seen_in", lambda _log: [])


def links_are_written_into_what_they_are_about(patch):
    first = recorder._first_bodies

    def rewritten(session, new):
        linked.point(session.connection(), new)
        return first(session, new)

    patch.setattr(recorder, "_first_bodies", rewritten)


def only_the_two_are_given_back(patch):
    about = linked.rows_about
    people = lambda *of: {row for row in about(*of) if row[0] == linked.PEOPLE}  # noqa: E731
    patch.setattr(linked, "rows_about", people)


def who_is_marked_away_stays_marked(patch):
    whole = linked.as_one

    def kept(tbl, row_id, values, canonical):
        row = whole(tbl, row_id, values, canonical)
        if row.get("same_as"):
            away.add(row_id)
        return {**row, "voided": True} if row_id in away else row

    away = set()
    patch.setattr(linked, "as_one", kept)


def a_receipt_counts_for_all_before_it(patch):
    hear = incoming._hear

    def believes(session, peer, message):
        hear(session, peer, message)
        earlier = (Bundle.site == peer.site, Bundle.direction == outgoing.OUT, Bundle.link_no <= message.heard_to)
        for bundle in session.scalars(sa.select(Bundle).where(*earlier)):
            bundle.confirmed_ms = bundle.confirmed_ms or wall_ms()

    patch.setattr(incoming, "_hear", believes)


def what_was_sent_does_not_go_again(patch):
    left = outgoing._unconfirmed

    def unsent(connection, known):
        sent = Dots()
        for contents in connection.scalars(sa.select(Bundle.contents).where(Bundle.direction == outgoing.OUT)):
            sent |= Dots.from_json(contents)
        return (dot for dot in left(connection, known) if dot not in sent)

    patch.setattr(outgoing, "_unconfirmed", unsent)


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
    (why_there_is_no_answer_goes_along, a_question_refused),
    (a_village_may_read_everything, a_matter_of_protection),
    (a_mark_hides_what_nobody_saw, a_mark_against_an_edit),
    (a_mark_does_not_say_what_it_saw, a_mark_in_sight_of_an_edit),
    (links_are_written_into_what_they_are_about, two_who_are_one_and_two_again),
    (only_the_two_are_given_back, two_who_are_one_and_two_again),
    (who_is_marked_away_stays_marked, two_who_are_one_and_two_again),
    (a_receipt_counts_for_all_before_it, a_receipt_for_the_second_of_two),
    (what_was_sent_does_not_go_again, a_lost_stick),
]


@pytest.mark.parametrize(("fault", "story"), FAULTS, ids=lambda one: one.__name__)
def test_a_planted_fault_is_caught(country, monkeypatch, fault, story):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        story(country)
