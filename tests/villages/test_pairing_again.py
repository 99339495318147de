"""The six words of a laptop differed: it answers a new card in the same folder, and what was written there stays."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from db.exchange import pairing
from db.exchange.cards import card_text, read_card
from db.exchange.joining import join_again, join_centre
from db.exchange.receiving import receive
from db.exchange.sending import send
from db.keys import Stretch
from resource_centre.access import COLLECTOR, COUNSELLOR
from resource_centre.clock import today
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.identity import own_device, own_site
from resource_centre.log import doctor
from resource_centre.log.shape import canonical, digest
from resource_centre.records import Account, Address, CentreProfile, Person, Site, new_id
from resource_centre.records.exchange import Peer

VILLAGE = "52.03.01.2001"
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


@pytest.fixture
def account(centre):
    made = Account(id=new_id(), login="pak.amin", name="Amin Uji", role=COLLECTOR, villages=[VILLAGE])
    with centre.change() as session:
        session.add(made)
    return made.id


@pytest.fixture
def new_card(centre, account):
    """Makes a card at the centre."""

    def made(account_id=account, **how):
        with centre.change() as session:
            return pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account_id, **how))

    return made


def forged(text):
    """The card as somebody changed it on the way: other keys, another computer, signs of another laptop, a lie."""
    card, changes = read_card(text), []
    for one in card.changes:
        body = json.loads(one["body"])
        if one["tbl"] == "centre_profile" and "name" in body:
            body["name"][0] = "Pusat Palsu"
        said = canonical(body)
        proof = digest(one["site"], one["seq"], one["tbl"], one["row_id"], said)
        changes.append({**one, "body": said, "digest": proof})
    invented = {**changes[0], "seq": 99_999, "tbl": "centre_profile", "row_id": new_id()}
    invented["body"] = canonical({"voided": [False, 1, []], "name": ["Pusat Lain", 1, []]})
    invented["digest"] = digest(
        *(invented[name] for name in ("site", "seq", "tbl", "row_id", "body")),
    )
    keys = {"sign_key": card.age_key[-8:] + card.sign_key[8:], "site": "0123456789abc", "device": "Z9"}
    return card_text(replace(card, **keys, centre="Pusat Palsu", changes=(*changes, invented)))


@pytest.fixture(params=[lambda card: card, forged], ids=["answer changed", "card changed"])
def laptop(request, new_card, tmp_path):
    """A laptop that is not paired yet, with the work of its first day."""
    with join_centre(tmp_path / "laptop", request.param(new_card()), PASSPHRASE, CHEAP).centre as laptop:
        register(laptop, "Sumiati")
        yield laptop


def register(centre, name):
    with centre.change() as session:
        session.add(person := Person(full_name=name))
        session.flush()
        session.add(Address(person_id=person.id, village_code=VILLAGE))


def answered(laptop, card):
    with laptop.change() as session:
        return join_again(session, card)


def names(centre):
    with centre.read() as session:
        return sorted(session.scalars(sa.select(Person.full_name)))


def paired(centre, laptop, reply):
    """Both say that the words are the same, which they are; returns the centre's site and the laptop's."""
    with centre.change() as session:
        site = pairing.accept_reply(session, reply).site
        theirs = pairing.words_for(session, site)
        pairing.confirm(session, site)
        office = own_site(session.connection())
    with laptop.change() as session:
        assert session.scalars(sa.select(Peer.site)).all() == [office]
        assert pairing.words_for(session, office) == theirs
        pairing.confirm(session, office)
    return office, site


def test_it_is_paired_by_a_new_card_and_its_work_arrives(centre, laptop, new_card, tmp_path):
    with laptop.read() as session:
        before = session.scalars(sa.select(Peer.site)).one()
    office, site = paired(centre, laptop, answered(laptop, new_card()))
    receive(centre, send(laptop, office, tmp_path)[0].path)
    assert names(centre) == ["Sumiati"]
    register(centre, "Rohani")
    receive(laptop, send(centre, site, tmp_path)[0].path)
    assert names(laptop) == ["Rohani", "Sumiati"]
    with laptop.read() as session:
        profiles = session.execute(sa.select(CentreProfile.id, CentreProfile.name)).all()
        assert profiles == [(centre.profile.id, centre.profile.name)]
        assert (before == office) == (session.get(Site, before) is not None)
    for place in (centre, laptop):
        with place.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []


def test_its_numbers_bear_signs_that_nobody_else_has(centre, laptop, new_card):
    card = new_card()
    paired(centre, laptop, answered(laptop, card))
    with laptop.read() as session:
        site, device = own_site(session.connection()), own_device(session.connection())
    assert device == read_card(card).device
    with centre.read() as session:
        assert session.get_one(Site, site).device == session.get_one(Peer, site).device == device


def test_after_an_answer_that_was_removed_the_centre_takes_the_new_one(centre, laptop, new_card):
    first, second = new_card(), new_card()
    with centre.change() as session:
        site = pairing.accept_reply(session, answered(laptop, first)).site
        pairing.reject(session, site)
    paired(centre, laptop, answered(laptop, second))


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (lambda _new, _other: "a picture of the sea", "not_a_card"),
        (lambda new, other: new(other), "not_our_card"),
        (lambda new, _other: new(None, role="centre"), "not_our_card"),
        (lambda new, _other: new(expires_on=today() - dt.timedelta(1)), "pairing_expired"),
        (lambda new, _other: without_profile(new()), "not_a_card"),
    ],
    ids=["no card", "another account's", "a head office's", "expired", "nothing of the centre"],
)
def test_a_card_that_will_not_do_leaves_everything_as_it_was(centre, laptop, new_card, card, code):
    other = Account(id=new_id(), login="bu.ani", name="Ani Uji", role=COUNSELLOR)
    with centre.change() as session:
        session.add(other)
    before = state(laptop)
    with pytest.raises((EnvironmentFailed, Refused)) as refused:
        answered(laptop, card(new_card, other.id))
    assert refused.value.code == code
    assert state(laptop) == before


def without_profile(text):
    card = read_card(text)
    return card_text(replace(card, changes=tuple(one for one in card.changes if one["tbl"] != "centre_profile")))


def state(laptop):
    """The answer to its card, its words, who is on it, and what it knows of its centre."""
    with laptop.read() as session:
        site = session.scalars(sa.select(Peer.site)).one()
        told = session.scalars(sa.select(CentreProfile.name).order_by(CentreProfile.name)).all()
        return pairing.reply_again(session, site), pairing.words_for(session, site), told, names(laptop)


def test_a_laptop_whose_words_were_the_same_keeps_its_centre(centre, new_card, tmp_path):
    joined = join_centre(tmp_path / "laptop", new_card(), PASSPHRASE, CHEAP)
    with joined.centre as laptop:
        paired(centre, laptop, joined.reply)
        with pytest.raises(Refused, match="paired_already"):
            answered(laptop, new_card())
