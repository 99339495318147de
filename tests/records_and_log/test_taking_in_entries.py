# SPDX-License-Identifier: Apache-2.0
"""Entries from elsewhere taken in on the real stores: in pieces, more than once, less than whole, forged."""

import random
from typing import ClassVar

import pytest
import sqlalchemy as sa

from resource_centre.log import doctor
from resource_centre.log.receive import Fork, receive
from resource_centre.log.shape import canonical, digest, logged_records
from resource_centre.records import Change, Conflict, Person, new_id
from resource_centre.records.change import ERASE, SCHEMA

FAR = "K" * 13
FARTHER = "M" * 13


def entry(site, seq, row_id, body, *, kind="put", left_out=()):
    """An entry as a bundle brings it; what is left out was kept back by who passed it on."""
    text = canonical(body)
    told = canonical({name: said for name, said in body.items() if name not in left_out})
    return {
        "site": site, "seq": seq, "wall_ms": 1_790_000_000_000 + seq, "actor": None, "tbl": "person", "row_id": row_id,
        "kind": kind, "schema_no": SCHEMA, "body": told, "digest": digest(site, seq, "person", row_id, text),
    }  # fmt: skip


def first(seq, row_id, name="Sumiati", **rest):
    return entry(FAR, seq, row_id, {"voided": [False, 1, []], "full_name": [name, 1, []]}, **rest)


def edit(site, seq, row_id, name, before):
    return entry(site, seq, row_id, {"full_name": [name, 2, [[FAR, before]]]})


def take_in(centre, entries, **how):
    with centre.change() as session:
        return receive(session, iter(entries), **how)


def is_whole(centre):
    with centre.engine.connect() as connection:
        return list(doctor.examine(connection)) == []


def names(centre):
    with centre.read() as session:
        return dict(session.execute(sa.select(Person.id, Person.full_name)).all())


def test_many_entries_in_pieces_end_as_the_fold_says(either_centre, monkeypatch):
    monkeypatch.setattr("resource_centre.log.receive.BATCH", 40)
    people = [new_id() for _ in range(120)]
    entries = [first(seq, row_id) for seq, row_id in enumerate(people, 1)]
    entries += [edit(FAR, 1000 + seq, row_id, f"Rohani {seq}", seq) for seq, row_id in enumerate(people, 1)]
    entries += [edit(FARTHER, seq * 7, row_id, f"Baiq {seq}", seq) for seq, row_id in enumerate(people[:60], 1)]
    random.Random(3).shuffle(entries)
    heard = []
    received = take_in(either_centre, entries + entries[:50], progress=heard.append)
    assert (received.new, received.known, len(received.rows)) == (300, 50, 120)
    assert heard == [*range(40, 350, 40), 350]
    assert is_whole(either_centre)
    with either_centre.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Conflict)) == 60
    assert take_in(either_centre, entries).new == 0


def test_what_did_not_change_keeps_its_version(either_centre):
    row_id = new_id()
    take_in(either_centre, [first(1, row_id)])
    take_in(either_centre, [edit(FAR, 2, row_id, "Sumiati", 1)])
    with either_centre.read() as session:
        assert session.get_one(Person, row_id).version == 1


def test_of_what_came_only_what_it_speaks_of_is_put_right_and_all_that_follows_from_it(either_centre):
    people = [new_id() for _ in range(60)]
    take_in(either_centre, [first(seq, row_id) for seq, row_id in enumerate(people, 1)])
    said = [
        {"full_name": ["Rohani", 2, [[FAR, 1]]]},
        {"birth_date?": ["refused", 1, []]},
        {"phone": ["0812", 1, []], "registered_on": ["2026-10-01", 1, []]},
        {"voided": [True, 2, [[FAR, 4]], [[FAR, 4]]], "void_reason": ["duplicate", 1, []]},
        {"not_known_to_this_program": ["x", 1, []]},
    ]
    take_in(either_centre, [entry(FAR, 100 + at, people[at], body) for at, body in enumerate(said)])
    assert is_whole(either_centre)
    with either_centre.read() as session:
        renamed, refused, dated, voided, untouched = (session.get_one(Person, row_id) for row_id in people[:5])
        assert (renamed.name_key, renamed.name_sound) == tuple(Person.derive({"full_name": "Rohani"}).values())
        assert refused.unanswered == {"birth_date": "refused"}
        assert dated.registered_on.isoformat() == "2026-10-01"
        assert (voided.voided, voided.void_reason, untouched.version) == (True, "duplicate", 1)


def test_what_is_worked_out_of_one_column_is_worked_out_of_nothing_else():
    class Watched(dict):
        read: ClassVar[set[str]] = set()

        def get(self, name, default=None):
            self.read.add(name)
            return super().get(name, default)

        __getitem__ = get

    declared = [record for record in logged_records().values() if record.worked_out_of]
    assert Person in declared
    for record in declared:
        Watched.read.clear()
        assert record.derive(Watched()).keys() == record.worked_out_of.keys()
        assert Watched.read <= set(record.worked_out_of.values())


def test_a_fork_far_into_a_bundle_leaves_nothing_behind(either_centre, monkeypatch):
    monkeypatch.setattr("resource_centre.log.receive.BATCH", 10)
    people = [new_id() for _ in range(30)]
    take_in(either_centre, [first(30, people[29])])
    before = names(either_centre)
    with pytest.raises(Fork):
        take_in(either_centre, [first(seq, row_id, "Rohani") for seq, row_id in enumerate(people, 1)])
    assert names(either_centre) == before


def test_fields_that_were_kept_back_are_taken_on_trust_only(either_centre):
    row_id = new_id()
    less = first(1, row_id, left_out=("full_name",))
    with pytest.raises(Fork):
        take_in(either_centre, [less])
    take_in(either_centre, [less], trusted=True)
    assert names(either_centre)[row_id] is None
    assert is_whole(either_centre)


def test_the_whole_of_an_entry_replaces_what_was_told_of_it(either_centre):
    row_id = new_id()
    less, whole = first(1, row_id, left_out=("full_name",)), first(1, row_id)
    take_in(either_centre, [less], trusted=True)
    assert take_in(either_centre, [whole]).new == 0
    assert names(either_centre)[row_id] == "Sumiati"
    take_in(either_centre, [less], trusted=True)
    assert names(either_centre)[row_id] == "Sumiati"
    assert is_whole(either_centre)


def test_the_whole_of_an_entry_about_an_erased_person_is_blanked_again(either_centre):
    row_id = new_id()
    whole = first(1, row_id)
    take_in(either_centre, [whole | {"body": "{}"}, entry(FARTHER, 1, row_id, {}, kind=ERASE)])
    take_in(either_centre, [whole])
    with either_centre.read() as session:
        assert set(session.scalars(sa.select(Change.body).where(Change.row_id == row_id))) == {"{}"}
    assert is_whole(either_centre)


def test_entries_that_say_they_replace_each_other_are_harmless(either_centre):
    row_id = new_id()
    there, here = [[FAR, 1], [FAR, 3]], [[FAR, 1], [FAR, 2]]
    loop = [
        entry(FAR, 2, row_id, {"full_name": ["Rohani", 2, there]}),
        entry(FAR, 3, row_id, {"full_name": ["Baiq", 2, here]}),
    ]
    take_in(either_centre, [first(1, row_id, "Sumiati"), *loop])
    assert names(either_centre)[row_id] in ("Sumiati", "Rohani", "Baiq")
    assert is_whole(either_centre)
