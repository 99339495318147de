"""A laptop joins the centre by a card, works in its village, and both hand bundles over on a stick."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
import sqlalchemy as sa

from db.centre import open_centre
from db.exchange import pairing
from db.exchange.joining import join_centre
from db.exchange.receiving import receive
from db.exchange.repair import repair
from db.exchange.sending import send
from db.keys import Stretch
from resource_centre.access import COLLECTOR, COUNSELLOR
from resource_centre.clock import today, wall_ms
from resource_centre.errors import CentreError, EnvironmentFailed, Refused
from resource_centre.exchange.identity import own_site
from resource_centre.log import doctor
from resource_centre.records import Account, Address, CentreProfile, Conflict, Person, new_id
from resource_centre.records.exchange import DuplicatePair, Peer

VILLAGE, OTHER = "52.03.01.2001", "52.03.02.2001"
PASSPHRASE = "angin sepoi di tepi sawah"
CHEAP = Stretch(operations=1, memory=8192)


def collector(centre, *villages):
    account = Account(id=new_id(), login="pak.amin", name="Amin Uji", role=COLLECTOR, villages=list(villages))
    with centre.change() as session:
        session.add(account)
    return account.id


def register(centre, name, village):
    with centre.change() as session:
        person = Person(full_name=name)
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, village_code=village))
        return person.id


def names(centre):
    with centre.read() as session:
        return sorted(session.scalars(sa.select(Person.full_name)))


def site_of(centre):
    with centre.read() as session:
        return own_site(session.connection())


@pytest.fixture
def card(centre):
    account = collector(centre, VILLAGE)
    with centre.change() as session:
        return pairing.invite(session, pairing.Invited("Laptop Pak Amin", account_id=account))


@pytest.fixture
def joined(card, tmp_path):
    joined = join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP)
    with joined.centre:
        yield joined


@pytest.fixture
def laptop(centre, joined):
    """A laptop whose six words were compared."""
    with centre.change() as session:
        peer = pairing.accept_reply(session, joined.reply)
        theirs = pairing.words_for(session, peer.site)
        pairing.confirm(session, peer.site)
    with joined.centre.change() as session:
        assert pairing.words_for(session, joined.site) == theirs
        pairing.confirm(session, joined.site)
    return joined.centre


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_a_day_in_the_village_comes_to_the_centre_and_what_is_there_comes_back(centre, laptop, stick):
    register(laptop, "Sumiati", VILLAGE)
    register(centre, "Rohani", VILLAGE)
    register(centre, "Baiq", OTHER)
    [sent] = send(laptop, site_of(centre), stick)
    arrived = receive(centre, sent.path)
    assert (arrived.receipt.changes, arrived.receipt.records) == (2, {"address": 1, "person": 1})
    assert arrived.digest == sent.digest
    [back] = send(centre, site_of(laptop), stick)
    receive(laptop, back.path)
    assert names(centre) == ["Baiq", "Rohani", "Sumiati"]
    assert names(laptop) == ["Rohani", "Sumiati"]
    [empty] = send(laptop, site_of(centre), stick)
    assert empty.changes == 0


def test_a_lost_stick_heals_itself(centre, laptop, stick):
    register(laptop, "Sumiati", VILLAGE)
    [lost] = send(laptop, site_of(centre), stick)
    register(laptop, "Rohani", VILLAGE)
    [second] = send(laptop, site_of(centre), stick)
    receive(centre, second.path)
    assert names(centre) == ["Rohani", "Sumiati"]
    found_again = receive(centre, lost.path)
    assert found_again.receipt.new_changes == 0
    assert receive(centre, second.path).receipt.again


def test_the_laptop_is_of_the_centre_from_the_first_minute(centre, joined):
    with joined.centre.read() as session:
        profile = session.scalars(sa.select(CentreProfile)).one()
        assert profile.id == centre.profile.id
        assert session.scalars(sa.select(Account.login)).all() == ["pak.amin"]
    assert joined.centre.viewer.villages == frozenset({VILLAGE})


def test_before_the_six_words_are_compared_nothing_is_sent_or_taken(centre, joined, stick):
    register(joined.centre, "Sumiati", VILLAGE)
    with pytest.raises(Refused, match="six_words_first"):
        send(joined.centre, joined.site, stick)
    with centre.change() as session:
        pairing.accept_reply(session, joined.reply)
    with joined.centre.change() as session:
        pairing.confirm(session, joined.site)
    [sent] = send(joined.centre, joined.site, stick)
    with pytest.raises(Refused, match="six_words_first"):
        receive(centre, sent.path)
    assert names(centre) == []


def test_a_card_is_answered_once(centre, card, joined, tmp_path):
    with centre.change() as session:
        pairing.accept_reply(session, joined.reply)
    with join_centre(tmp_path / "second", card, PASSPHRASE, CHEAP).centre as second, second.change() as session:
        again = pairing.reply_again(session, joined.site)
    with pytest.raises(Refused, match="card_used"), centre.change() as session:
        pairing.accept_reply(session, again)


def test_an_answer_that_does_not_know_the_cards_secret_is_refused(centre, card, joined):
    from dataclasses import replace

    from db.exchange.cards import read_reply, reply_text

    forged = reply_text(replace(read_reply(joined.reply), site="x" * 13), "guessed")
    with pytest.raises(Refused, match="not_our_card"), centre.change() as session:
        pairing.accept_reply(session, forged)


def test_a_key_changed_on_the_way_gives_other_words(centre, card, joined, tmp_path):
    from dataclasses import replace

    from db.exchange.cards import read_card, read_reply, reply_text

    with join_centre(tmp_path / "between", card, PASSPHRASE, CHEAP).centre as between, between.change() as session:
        theirs = read_reply(pairing.reply_again(session, joined.site))
    honest = read_reply(joined.reply)
    swapped = reply_text(replace(honest, sign_key=theirs.sign_key, age_key=theirs.age_key), read_card(card).secret)
    with centre.change() as session:
        peer = pairing.accept_reply(session, swapped)
        at_the_centre = pairing.words_for(session, peer.site)
    with joined.centre.read() as session:
        assert pairing.words_for(session, joined.site) != at_the_centre


@pytest.mark.parametrize("card_days", [-1])
def test_an_old_card_is_not_used(centre, tmp_path, card_days):
    account = collector(centre, VILLAGE)
    ends = today() + dt.timedelta(days=card_days)
    with centre.change() as session:
        card = pairing.invite(session, pairing.Invited("Laptop", account_id=account, expires_on=ends))
    with pytest.raises(Refused, match="pairing_expired"):
        join_centre(tmp_path / "late", card, PASSPHRASE, CHEAP)
    assert not (tmp_path / "late").exists() or not any((tmp_path / "late").iterdir())


def ends_yesterday(place):
    with place.change() as session:
        session.scalars(sa.select(Peer)).one().expires_on = today() - dt.timedelta(days=1)


def test_a_laptop_whose_time_is_over_brings_its_work_and_is_told_nothing(centre, laptop, stick):
    register(laptop, "Sumiati", VILLAGE)
    for place in (centre, laptop):
        ends_yesterday(place)
    receive(centre, send(laptop, site_of(centre), stick)[0].path)
    assert names(centre) == ["Sumiati"]
    with pytest.raises(Refused, match="pairing_expired"):
        send(centre, site_of(laptop), stick)


def test_a_pairing_that_goes_on_is_known_to_the_laptop_by_the_next_bundle(centre, laptop, stick):
    for place in (centre, laptop):
        ends_yesterday(place)
    with centre.change() as session:
        pairing.extend(session, site_of(laptop), today() + dt.timedelta(days=90))
    register(centre, "Rohani", VILLAGE)
    receive(laptop, send(centre, site_of(laptop), stick)[0].path)
    assert names(laptop) == ["Rohani"]
    with laptop.read() as session:
        assert session.scalars(sa.select(Peer.expires_on)).one() is None


def test_what_a_laptop_brings_does_not_let_its_pairing_go_on(centre, laptop, stick):
    ends_yesterday(centre)
    receive(centre, send(laptop, site_of(centre), stick)[0].path)
    with centre.read() as session:
        assert session.scalars(sa.select(Peer.expires_on)).one() < today()


@pytest.mark.parametrize("wrong", ["", "RCCARD1:", "RCCARD1:!!!", "RCREPLY1:abc", "hello", "RCCARD1:" + "A" * 70_000])
def test_what_is_no_card_is_refused(wrong, tmp_path):
    with pytest.raises(EnvironmentFailed, match="not_a_card"):
        join_centre(tmp_path / "nowhere", wrong, PASSPHRASE, CHEAP)


def test_a_card_cut_short_anywhere_is_refused(card, tmp_path):
    for length in range(0, len(card), 37):
        with pytest.raises(CentreError, match="not_a_card"):
            join_centre(tmp_path / "nowhere", card[:length], PASSPHRASE, CHEAP)


def test_a_blocked_laptop_is_not_heard_any_more_but_what_it_sent_before_is(centre, laptop, stick):
    register(laptop, "Sumiati", VILLAGE)
    [early] = send(laptop, site_of(centre), stick)
    receive(centre, early.path)
    with centre.change() as session:
        pairing.block(session, site_of(laptop))
    register(laptop, "Rohani", VILLAGE)
    [late] = send(laptop, site_of(centre), stick)
    with pytest.raises(Refused, match="blocked_laptop"):
        receive(centre, late.path)
    with pytest.raises(Refused, match="blocked_laptop"):
        send(centre, site_of(laptop), stick)
    assert receive(centre, early.path).receipt.again
    assert names(centre) == ["Sumiati"]
    with centre.change() as session:
        pairing.unblock(session, site_of(laptop))
    receive(centre, late.path)
    assert names(centre) == ["Rohani", "Sumiati"]


def test_somebody_who_moved_to_another_village_leaves_the_laptop_and_what_was_written_there_stays(
    centre, laptop, stick
):
    person = register(laptop, "Sumiati", VILLAGE)
    receive(centre, send(laptop, site_of(centre), stick)[0].path)
    receive(laptop, send(centre, site_of(laptop), stick)[0].path)
    with centre.change() as session:
        for address in session.scalars(sa.select(Address).where(Address.person_id == person)):
            address.village_code = OTHER
    with laptop.change() as session:
        session.get_one(Person, person).alias = "Sumi"
    [back] = send(centre, site_of(laptop), stick)
    receive(laptop, back.path)
    assert names(laptop) == []
    receive(centre, send(laptop, site_of(centre), stick)[0].path)
    with centre.read() as session:
        assert session.get_one(Person, person).alias == "Sumi"


def test_only_a_coordinator_pairs_and_blocks(centre, laptop):
    with laptop.change() as session:
        with pytest.raises(Refused, match="not_allowed"):
            pairing.invite(session, pairing.Invited("Laptop"))
        with pytest.raises(Refused, match="not_allowed"):
            pairing.block(session, session.scalars(sa.select(Peer.site)).one())


def test_two_laptops_never_give_the_same_numbers(centre, tmp_path):
    account = collector(centre, VILLAGE)
    devices = set()
    for name in ("one", "two", "three"):
        with centre.change() as session:
            card = pairing.invite(session, pairing.Invited(name, account_id=account))
        with join_centre(tmp_path / name, card, PASSPHRASE, CHEAP).centre as laptop, laptop.read() as session:
            from resource_centre.exchange.identity import own_device

            devices.add(own_device(session.connection()))
    assert len(devices) == 3
    shutil.rmtree(tmp_path / "one")


@pytest.fixture
def twins(laptop, tmp_path, monkeypatch):
    """The same laptop twice, as when a whole disk is copied: neither can know that it is not the only one."""
    folder = laptop.folder
    laptop.close()
    states = tmp_path / "state", tmp_path / "state of the copy"
    monkeypatch.setenv("XDG_STATE_HOME", str(states[0]))
    with open_centre(folder, login="pak.amin", passphrase=PASSPHRASE) as first:
        register(first, "Sumiati", VILLAGE)
    copy = shutil.copytree(folder, tmp_path / "copy")
    shutil.copytree(*states)
    with open_centre(folder, login="pak.amin", passphrase=PASSPHRASE) as first:
        monkeypatch.setenv("XDG_STATE_HOME", str(states[1]))
        with open_centre(copy, login="pak.amin", passphrase=PASSPHRASE) as second:
            yield first, second


def test_a_copied_laptop_is_refused_and_repaired_and_nothing_of_its_work_is_lost(centre, twins, stick):
    first, second = twins
    register(first, "Rohani", VILLAGE)
    register(second, "Baiq", VILLAGE)
    with second.change() as session:
        session.scalars(sa.select(Person).where(Person.full_name == "Baiq")).one().alias = "Inaq Baiq"
    receive(centre, send(first, site_of(centre), stick)[0].path)
    with pytest.raises(EnvironmentFailed, match="bundle_forked"):
        receive(centre, send(second, site_of(centre), stick)[0].path)
    assert names(centre) == ["Rohani", "Sumiati"]
    assert repair(second) > 0
    register(second, "Inaq Sri", VILLAGE)
    arrived = receive(centre, send(second, site_of(centre), stick)[0].path)
    assert arrived.copied
    assert names(centre) == ["Baiq", "Inaq Sri", "Rohani", "Sumiati"]
    with centre.read() as session:
        assert session.scalars(sa.select(Person.alias).where(Person.full_name == "Baiq")).one() == "Inaq Baiq"
    for place in (centre, first, second):
        with place.engine.connect() as connection:
            assert list(doctor.examine(connection)) == []
    receive(second, send(centre, site_of(second), stick)[0].path)
    assert names(second) == ["Baiq", "Inaq Sri", "Rohani", "Sumiati"]
    receive(first, send(centre, site_of(first), stick)[0].path)
    assert names(first) == ["Baiq", "Inaq Sri", "Rohani", "Sumiati"]


def test_what_was_marked_on_a_copied_laptop_is_known_to_have_seen_its_own_edits(centre, twins, stick):
    first, second = twins
    register(first, "Rohani", VILLAGE)
    register(second, "Baiq", VILLAGE)
    for change in ({"alias": "Inaq Baiq"}, {"voided": True, "void_reason": "entered twice"}):
        with second.change() as session:
            person = session.scalars(sa.select(Person).where(Person.full_name == "Baiq")).one()
            for name, value in change.items():
                setattr(person, name, value)
    receive(centre, send(first, site_of(centre), stick)[0].path)
    repair(second)
    receive(centre, send(second, site_of(centre), stick)[0].path)
    with centre.read() as session:
        assert session.scalars(sa.select(Person.voided).where(Person.full_name == "Baiq")).one()
        assert session.scalar(sa.select(sa.func.count()).select_from(Conflict)) == 0


def test_a_laptop_put_back_from_its_backup_sends_what_it_wrote_as_a_new_one(centre, laptop, stick):
    from db import backup

    register(laptop, "Sumiati", VILLAGE)
    copy, folder = laptop.backup(), laptop.folder
    laptop.close()
    backup.restore(copy, folder, login="pak.amin", passphrase=PASSPHRASE)
    with open_centre(folder, login="pak.amin", passphrase=PASSPHRASE) as again:
        register(again, "Rohani", VILLAGE)
        arrived = receive(centre, send(again, site_of(centre), stick)[0].path)
        assert arrived.copied
        assert names(centre) == ["Rohani", "Sumiati"]
        receive(again, send(centre, site_of(again), stick)[0].path)
        assert names(again) == ["Rohani", "Sumiati"]


def test_more_than_one_bundle_takes_goes_as_several_each_complete_in_itself(centre, laptop, stick, monkeypatch):
    from db.exchange import sending

    small = {"bundle_changes": 3}
    monkeypatch.setattr(sending, "rule", lambda name: small.get(name, 60))
    for number in range(4):
        register(laptop, f"Orang {number}", VILLAGE)
    sent = send(laptop, site_of(centre), stick)
    assert [(one.part, one.parts, one.changes, one.link_no) for one in sent] == [
        (1, 3, 3, 1),
        (2, 3, 3, 2),
        (3, 3, 2, 3),
    ]
    for one in reversed(sent):
        receive(centre, one.path)
    assert names(centre) == [f"Orang {number}" for number in range(4)]


def test_photos_are_weighed_so_that_no_bundle_is_too_large(centre, laptop, stick, monkeypatch):
    import io
    import random

    from PIL import Image

    from db.exchange import sending
    from resource_centre.exchange.outgoing import sizes_of
    from resource_centre.services.attachments import attach, read_file

    person = register(centre, "Sumiati", VILLAGE)
    with centre.change() as session:
        for number in range(3):
            noise = random.Random(number).randbytes(300 * 300 * 3)
            file = io.BytesIO()
            Image.frombytes("RGB", (300, 300), noise).save(file, "PNG")
            attach(session, person, read_file(file.getvalue()), title=f"Foto {number}")
    with centre.read() as session:
        from resource_centre.records import Change

        dots = [(site, seq) for site, seq in session.execute(sa.select(Change.site, Change.seq))]
        sizes = [size for _dot, size in sizes_of(session.connection(), dots)]
    assert sum(size > 50_000 for size in sizes) == 3
    monkeypatch.setattr(sending, "rule", lambda name: {"bundle_megabytes": 0.3}.get(name, 1000))
    with centre.read() as session:
        pieces = sending._pieces(session.connection(), dots)
    weight = dict(zip(dots, sizes, strict=True))
    assert all(len(piece) == 1 or sum(weight[dot] for dot in piece) <= 210_000 for piece in pieces)
    assert [dot for piece in pieces for dot in piece] == dots


@pytest.fixture
def counsellors_laptop(centre, tmp_path):
    """A laptop of somebody who may read what is said in confidence, in every village."""
    account = Account(id=new_id(), login="bu.wati", name="Wati Uji", role=COUNSELLOR)
    with centre.change() as session:
        session.add(account)
    with centre.change() as session:
        card = pairing.invite(session, pairing.Invited("Laptop Bu Wati", account_id=account.id))
    joined = join_centre(tmp_path / "counsellor", card, PASSPHRASE, CHEAP)
    with centre.change() as session:
        pairing.confirm(session, pairing.accept_reply(session, joined.reply).site)
    with joined.centre.change() as session:
        pairing.confirm(session, joined.site)
    with joined.centre:
        yield joined.centre


def photo() -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 30), "olive").save(file, "PNG")
    return file.getvalue()


def test_photos_and_what_is_confidential_go_to_a_counsellor_and_never_to_a_village(
    centre, laptop, counsellors_laptop, stick
):
    from resource_centre.records import Attachment, AttachmentContent, HealthNeed, ProtectionConcern
    from resource_centre.services.attachments import attach, content_of

    person = register(centre, "Sumiati", VILLAGE)
    with centre.change() as session:
        session.get_one(Person, person).remarks = "tidak untuk desa"
        attached = attach(session, person, photo(), title="KTP").id
        kept = content_of(session, attached).content
        session.add(HealthNeed(person_id=person))
    with centre.change() as session:
        session.add(ProtectionConcern(person_id=person))
    for place in (laptop, counsellors_laptop):
        receive(place, send(centre, site_of(place), stick)[0].path)
    with counsellors_laptop.read() as session:
        assert content_of(session, attached).content == kept
        assert session.get_one(Person, person).remarks == "tidak untuk desa"
    with laptop.engine.connect() as connection:
        for record in (Attachment, AttachmentContent, HealthNeed, ProtectionConcern):
            assert connection.execute(sa.select(sa.func.count()).select_from(record.__table__)).scalar() == 0
        assert connection.scalar(sa.select(Person.remarks).where(Person.id == person)) is None
        assert not connection.scalar(sa.text("SELECT count(*) FROM change WHERE body LIKE '%tidak untuk desa%'"))
    with counsellors_laptop.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ProtectionConcern.__table__)) == 0


def test_somebody_the_centre_knows_already_is_found_on_arrival(centre, laptop, stick):
    known = register(centre, "Siti Aminah", VILLAGE)
    arrived = register(laptop, "Siti Aminah", VILLAGE)
    told = []
    (sent,) = send(laptop, site_of(centre), stick)
    came = receive(centre, sent.path, told=lambda stage, _done, _all: told.append(stage))
    assert (came.alike, told[-1]) == (1, "comparing")
    with centre.read() as session:
        (pair,) = session.scalars(sa.select(DuplicatePair)).all()
    assert ({pair.a_id, pair.b_id}, pair.bundle_id) == ({known, arrived}, sent.bundle)
    assert receive(centre, sent.path).alike == 0


def test_a_laptop_compares_nobody(centre, laptop, stick):
    for _time in range(2):
        register(centre, "Siti Aminah", VILLAGE)
    (sent,) = send(centre, site_of(laptop), stick)
    assert receive(laptop, sent.path).alike == 0


@pytest.mark.parametrize("stage", ["checking", "taking in", "putting in place"])
def test_stopped_at_any_stage_nothing_of_a_bundle_is_here(centre, laptop, stick, stage):
    register(laptop, "Sumiati", VILLAGE)
    [sent] = send(laptop, site_of(centre), stick)
    reached = []
    with pytest.raises(Refused, match="stopped"):
        receive(centre, sent.path, told=lambda *now: reached.append(now[0]), stop=lambda: stage in reached)
    assert names(centre) == []
    assert receive(centre, sent.path).receipt.new_changes == 2


def test_bundles_that_come_out_of_order_and_twice_come_to_the_same(centre, laptop, stick):
    sent = []
    for name in ("Sumiati", "Rohani", "Inaq"):
        register(laptop, name, VILLAGE)
        sent += send(laptop, site_of(centre), stick)
    for at in (2, 0, 1, 0, 2):
        receive(centre, sent[at].path)
    assert names(centre) == ["Inaq", "Rohani", "Sumiati"]
    assert receive(centre, sent[1].path).receipt.again


def test_a_bundle_from_the_future_is_taken_in_and_says_how_far_its_clock_is_ahead(centre, laptop, stick, monkeypatch):
    register(laptop, "Sumiati", VILLAGE)
    now = wall_ms()
    monkeypatch.setattr("db.exchange.sending.wall_ms", lambda: now + 40 * 86_400_000)
    [sent] = send(laptop, site_of(centre), stick)
    assert receive(centre, sent.path).receipt.ahead_days in (39, 40)
    assert names(centre) == ["Sumiati"]
