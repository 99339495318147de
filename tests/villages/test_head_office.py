"""A head office over two centres: it receives what they hold, protection matters apart, and reports over all."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from db.centre import AccountAnswers, CentreAnswers, create_centre
from db.exchange import pairing
from db.exchange.receiving import receive
from db.exchange.sending import send
from db.keys import Stretch
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_profile, own_site
from resource_centre.exchange.scope import CENTRE
from resource_centre.log import doctor
from resource_centre.records import Address, CentreProfile, HealthNeed, MigrationEpisode, Person, ProtectionConcern

CHEAP = Stretch(operations=1, memory=8192)
PASSPHRASE = "kopi hangat di pagi hari"
DAY = dt.date(2026, 10, 5)


@pytest.fixture
def make_centre(tmp_path):
    made = []

    def make(name, place, code):
        profile = CentreAnswers(name=name, place_code=place, site_code=code)
        account = AccountAnswers(login="ratna", name="Ratna Uji")
        centre, _recovery = create_centre(
            tmp_path / code, profile=profile, account=account, passphrase=PASSPHRASE, stretch=CHEAP
        )
        made.append(centre)
        return centre

    yield make
    for centre in made:
        centre.close()


def site_of(centre):
    with centre.read() as session:
        return own_site(session.connection())


def pair(office, centre):
    with office.change() as session:
        card = pairing.invite(session, pairing.Invited("Lombok", role=CENTRE))
    with centre.change() as session:
        reply = pairing.accept_card(session, card)
    with office.change() as session:
        peer = pairing.accept_reply(session, reply).site
        words = pairing.words_for(session, peer)
        pairing.confirm(session, peer)
    with centre.change() as session:
        assert pairing.words_for(session, site_of(office)) == words
        pairing.confirm(session, site_of(office))


def register(centre, name, village):
    with centre.change() as session:
        person = Person(full_name=name, sex="P", registered_on=DAY)
        session.add(person)
        session.flush()
        session.add(Address(person_id=person.id, village_code=village))
        session.add(HealthNeed(person_id=person.id))
        session.add(MigrationEpisode(person_id=person.id, destination_country="MYS", return_date="2026-09-20"))
        return person.id


def carry(giver, taker, stick):
    stick.mkdir(exist_ok=True)
    return [receive(taker, one.path) for one in send(giver, site_of(taker), stick)]


def people_reported(centre):
    from reports.monthly.figures import monthly_figures

    with centre.read() as session:
        return monthly_figures(session, "2026-10")


def test_a_head_office_reports_over_its_centres(make_centre, tmp_path):
    office = make_centre("Kantor Pusat", "52", "KPS")
    west, east = make_centre("Lombok Barat", "52.01", "LBR"), make_centre("Lombok Timur", "52.03", "LTM")
    for centre in (west, east):
        pair(office, centre)
    register(west, "Sumiati", "52.01.01.2001")
    person = register(east, "Rohani", "52.03.01.2001")
    with east.change() as session:
        session.add(ProtectionConcern(person_id=person))
    for centre in (west, east):
        carry(centre, office, tmp_path / "stick")
    with office.read() as session:
        assert sorted(session.scalars(sa.select(Person.full_name))) == ["Rohani", "Sumiati"]
        assert session.scalar(sa.select(sa.func.count()).select_from(HealthNeed)) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(CentreProfile)) == 3
        assert own_profile(session).name == "Kantor Pusat"
    with office.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ProtectionConcern.__table__)) == 0
        assert list(doctor.examine(connection)) == []
    figures = people_reported(office)
    assert figures.centre_name == "Kantor Pusat"
    assert figures.indicator("returnees_registered").month.total == 2


def test_what_the_office_says_it_holds_is_not_sent_again_and_it_writes_nothing_for_its_centres(make_centre, tmp_path):
    office, centre = make_centre("Kantor Pusat", "52", "KPS"), make_centre("Lombok Timur", "52.03", "LTM")
    pair(office, centre)
    register(centre, "Rohani", "52.03.01.2001")
    register(office, "Orang Kantor", "52.03.01.2001")
    carry(centre, office, tmp_path / "stick")
    [back] = carry(office, centre, tmp_path / "stick")
    assert back.receipt.changes == 0
    [again] = carry(centre, office, tmp_path / "stick")
    assert again.receipt.changes == 0
    with centre.read() as session:
        assert session.scalars(sa.select(Person.full_name)).all() == ["Rohani"]


def test_a_card_for_a_centre_is_not_for_a_laptop(make_centre, tmp_path):
    from db.exchange.joining import join_centre

    office = make_centre("Kantor Pusat", "52", "KPS")
    with office.change() as session:
        card = pairing.invite(session, pairing.Invited("Lombok", role=CENTRE))
    with pytest.raises(Refused, match="not_our_card"):
        join_centre(tmp_path / "laptop", card, PASSPHRASE, CHEAP)
