"""Faults others have had with copied laptops and with programs of different years, planted one by one.

Like `test_planted_faults.py`: a story that ends well, and that goes wrong with the fault.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from nacl.signing import SigningKey
from pyrage.x25519 import Identity

from db import installation
from db.exchange import bundle
from db.exchange import repair as repairing
from db.exchange.bundle_header import Facts
from db.exchange.receiving import _message
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange import outgoing
from resource_centre.exchange.identity import own_site
from resource_centre.exchange.scope import LAPTOP
from resource_centre.log import receive, upcasting, writing
from resource_centre.log.receive import Fork
from resource_centre.log.shape import canonical, digest
from resource_centre.log.writing import recording
from resource_centre.records import Address, Change, Person, new_id
from resource_centre.records.base import table_of
from resource_centre.records.change import SCHEMA
from resource_centre.records.exchange import Peer

pytestmark = pytest.mark.attacks
HERE = "52.03.01.2001"


def names(place):
    return sorted(row["full_name"] for row in place.table("person").values())


def taken_in(taker, giver):
    """Whether what `giver` has to say is taken in."""
    try:
        taker.unpack(giver, giver.pack(taker))
    except Fork:
        return False
    return True


def become_a_copy(other, laptop):
    """The disk of one laptop is copied to the other one, sign and all."""
    for place in (laptop, other):
        place.engine.dispose()
    shutil.copyfile(laptop.file, other.file)
    other.site, other.viewer = laptop.site, laptop.viewer


def known_anew(country, laptop):
    """What the laptop writes as now, and that the centre knows it by that name too."""
    former = laptop.site
    with laptop.engine.connect() as connection:
        laptop.site = own_site(connection)
    if laptop.site != former:
        country.centre.meet(laptop, LAPTOP, [HERE])
        with country.centre.open() as session:
            session.get_one(Peer, laptop.site).formerly = [former]


def two_that_were_one(country):
    """A whole disk is copied, both work on: the second is refused and repaired, and everybody's work arrives."""
    first, second = country.laptops
    country.step("register", 1, HERE, "Sumiati")
    become_a_copy(second, first)
    country.step("register", 1, HERE, "Rohani")
    country.step("register", 2, HERE, "Baiq")
    assert taken_in(country.centre, first)
    if not taken_in(country.centre, second):
        assert names(country.centre) == ["Rohani", "Sumiati"]
        repairing.repair(SimpleNamespace(change=second.open, write_as_own_site=lambda: known_anew(country, second)))
        assert taken_in(country.centre, second)
    assert names(country.centre) == ["Baiq", "Rohani", "Sumiati"]
    assert all(place.is_whole() for place in country.places)


def a_folder_copied_to_the_same_computer(country):
    """The sign that lies in it is another one than was expected: it writes as a new site from its first save on."""
    first, second = country.laptops
    state = first.file.parent / "state"
    assert installation.recognise(first.engine, state)
    become_a_copy(second, first)
    assert installation.recognise(first.engine, state)
    if not installation.recognise(second.engine, state):
        known_anew(country, second)
    country.step("register", 1, HERE, "Rohani")
    country.step("register", 2, HERE, "Baiq")
    assert taken_in(country.centre, first)
    assert taken_in(country.centre, second)
    assert names(country.centre) == ["Baiq", "Rohani"]


def step_of_next_year(tbl, body):
    """Once the other name was called something else, and what is not for a village too."""
    return upcasting.renamed(upcasting.renamed(body, "called", "alias"), "notes", "remarks")


@contextmanager
def next_year():
    """The program of next year, which reads this year's entries."""
    with ExitStack() as stack:
        stack.enter_context(patch.dict(upcasting.STEPS, {SCHEMA + 1: step_of_next_year}))
        for module in (upcasting, writing):
            stack.enter_context(patch.object(module, "SCHEMA", SCHEMA + 1))
        yield


def written_this_year(place, now, before):
    """What `place` has written of the field `now` was called `before` when it was written."""
    table = table_of(Change)
    with place.open() as session:
        connection = session.connection()
        with recording(connection):
            for one in connection.execute(sa.select(table).where(table.c.tbl == "person")).mappings().all():
                text = canonical(upcasting.renamed(json.loads(one["body"]), now, before))
                proof = digest(one["site"], one["seq"], one["tbl"], one["row_id"], text)
                here = (table.c.site == one["site"], table.c.seq == one["seq"])
                connection.execute(sa.update(table).where(*here).values(body=text, digest=proof))


def register(place, **said):
    with place.open() as session:
        session.add(person := Person(full_name="Sumiati", **said))
        session.flush()
        session.add(Address(person_id=person.id, village_code=HERE))


def a_laptop_of_this_year(country):
    """A field is called otherwise next year: what the laptop wrote of it is there, and is changed in sight of it."""
    register(country.laptops[0], alias="Mi")
    written_this_year(country.laptops[0], "alias", "called")
    with next_year():
        country.round(1)
        assert [row["alias"] for row in country.centre.table("person").values()] == ["Mi"]
        with country.centre.open() as session:
            session.scalars(sa.select(Person)).one().alias = "Ati"
        country.settle_down()
        country.everybody_holds_what_they_may()
        assert [row["alias"] for row in country.laptops[0].table("person").values()] == ["Ati"]
        assert country.centre.conflicts() == set()


def something_confidential_of_this_year(country):
    """What is not for a village was called otherwise when it was written."""
    register(country.centre, remarks="di kota")
    written_this_year(country.centre, "remarks", "notes")
    with next_year():
        country.round(1)
        assert names(country.laptops[0]) == ["Sumiati"]
        assert "di kota" not in "".join(body for _row, body in country.laptops[0].bodies())


def a_bundle_of_next_year(country):
    """The laptop has next year's program: the centre takes in nothing of what it cannot understand."""
    country.step("register", 1, HERE, "Sumiati")
    laptop, centre, key, theirs = country.laptops[0], country.centre, SigningKey.generate(), Identity.generate()
    told = laptop.pack(centre)
    with patch.object(bundle, "SCHEMA", SCHEMA + 1):
        facts = Facts(
            id=new_id(), sender=laptop.site, recipient=centre.site, link_no=1, part=1, parts=1, made_ms=laptop.clock,
            age_key=str(theirs.to_public()),
        )  # fmt: skip
        written = bundle.write_bundle(
            laptop.file.with_suffix(bundle.SUFFIX), facts, told.changes(), recipients=[str(theirs.to_public())],
            signing_key=key,
        )  # fmt: skip
    before = centre.entries()
    with suppress(EnvironmentFailed):
        opened = bundle.open_bundle(written.path, [theirs], lambda _site: key.verify_key, own_sites=[centre.site])
        centre.unpack(laptop, _message(opened))
    assert centre.entries() == before


STORIES = [
    two_that_were_one,
    a_folder_copied_to_the_same_computer,
    a_laptop_of_this_year,
    something_confidential_of_this_year,
    a_bundle_of_next_year,
]


@pytest.fixture
def country(new_country):
    country = new_country()
    yield country
    country.close()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_each_story_of_copies_ends_well(country, story):
    story(country)


def an_entry_of_the_same_name_is_the_same(patch):
    held = receive._held
    patch.setattr(
        receive,
        "_held",
        lambda at, dots: {dot: (dots[dot]["digest"], long) for dot, (_, long) in held(at, dots).items()},
    )


def who_was_copied_keeps_the_name(patch):
    patch.setattr(repairing, "renew_site", own_site)


def a_repair_forgets_what_was_not_sent(patch):
    patch.setattr(repairing, "_unconfirmed", lambda _connection, _sites: [])


def the_sign_is_never_renewed(patch):
    patch.setattr(installation.secrets, "token_hex", lambda _bytes: "always the same")


def what_is_called_otherwise_is_dropped(patch):
    patch.setattr(writing, "lifted", lambda _tbl, _schema_no, body: body)


def only_what_it_is_called_now_is_kept_back(patch):
    patch.setattr(outgoing, "names_now", lambda _tbl, _schema_no, field, _said: {field})


def a_newer_bundle_is_taken_in(patch):
    prove = bundle._prove
    old = lambda found: replace(found, header=replace(found.header, schema_no=SCHEMA))  # noqa: E731
    patch.setattr(bundle, "_prove", lambda found, *of: prove(old(found), *of))


FAULTS = [
    (an_entry_of_the_same_name_is_the_same, two_that_were_one),
    (who_was_copied_keeps_the_name, two_that_were_one),
    (a_repair_forgets_what_was_not_sent, two_that_were_one),
    (the_sign_is_never_renewed, a_folder_copied_to_the_same_computer),
    (what_is_called_otherwise_is_dropped, a_laptop_of_this_year),
    (only_what_it_is_called_now_is_kept_back, something_confidential_of_this_year),
    (a_newer_bundle_is_taken_in, a_bundle_of_next_year),
]


@pytest.mark.parametrize(("fault", "story"), FAULTS, ids=lambda one: one.__name__)
def test_a_planted_fault_of_copies_is_caught(country, monkeypatch, fault, story):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        story(country)
