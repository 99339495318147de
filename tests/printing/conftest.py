# SPDX-License-Identifier: Apache-2.0
"""A small centre whose months can be counted by hand, written down through the same services as the windows."""

from __future__ import annotations

import datetime as dt

import pytest

TODAY = dt.date(2026, 11, 20)
MODULES_WITH_A_CALENDAR = (
    "accounts", "cases", "contacts", "counselling", "follow_ups", "intake", "people", "training",
)  # fmt: skip
HERE, THERE = "52.03.01.2001", "52.03.02.2001"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Friday the 20th of November 2026, wherever the day is asked for."""
    for module in MODULES_WITH_A_CALENDAR:
        monkeypatch.setattr(f"resource_centre.services.{module}.today", lambda: TODAY)
    for module in ("importing", "writing"):
        monkeypatch.setattr(f"resource_centre.registers.{module}.today", lambda: TODAY)
    return TODAY


class Desk:
    """What a counsellor does, in one line each; days are written as 2026-10-31."""

    def __init__(self, session):
        self.session = session

    def person(self, name="Siti Aminah", *, sex="P", village=HERE, registered="2026-01-05", stay=None, **about):
        """Registers somebody; the stay abroad is (country, day of return, kind of return). Returns the person's id."""
        from resource_centre.services.intake import register_intake

        who = {"full_name": name, "sex": sex, "unanswered": {} if sex else {"sex": "unknown"}, **about}
        home = {"village_code": village} if village else None
        episode = self.stay(*stay) if stay else None
        saved = register_intake(self.session, person=who, address=home, episode=episode, on=day(registered))
        return saved.person_id

    @staticmethod
    def stay(country="MYS", returned="2026-01", kind="KONTRAK_SELESAI"):
        """The fields of a stay abroad; what is None was asked for and not known."""
        values = {"destination_country": country, "return_date": returned, "return_type": kind}
        return values | {"unanswered": {name: "unknown" for name, value in values.items() if value is None}}

    def counselled(self, person_id, on, **values):
        """A counselling session. Returns its record."""
        from resource_centre.services.counselling import record_session

        values = {"service_type": "CNS_REINT", **values}
        return record_session(self.session, person_id=person_id, values=values, on=day(on))

    def helped(self, person_id, on, service="INF_RIGHTS"):
        """A service other than counselling. Returns its record."""
        from resource_centre.services.contacts import record_service

        return record_service(self.session, person_id=person_id, values={"service_type": service}, on=day(on))

    def visited(self, on, person_id=None, services=(), **values):
        """Somebody at the front desk, perhaps without a name."""
        from resource_centre.services.contacts import record_contact

        values = {"channel": "walk_in", **values}
        return record_contact(self.session, values=values, services=services, person_id=person_id, on=day(on))

    def trained(self, on, *participants, **event):
        """A training with its sheet. Returns the event's record."""
        from resource_centre.services.training import record_training

        event = {"training_type": "kelas", "starts_on": day(on), "village_code": HERE, **event}
        return record_training(self.session, event=event, participants=participants)

    def voids(self, record, reason="written twice"):
        """A record is marked as not valid."""
        from resource_centre.services.voiding import void_record

        void_record(self.session, type(record), record.id, reason=reason)

    def voids_person(self, person_id):
        """A person is marked as not valid."""
        from resource_centre.records import Person

        self.voids(self.session.get(Person, person_id))

    def month(self, month="2026-10"):
        """The figures of a month, as far as this session's account may see."""
        from reports.monthly.figures import monthly_figures

        return monthly_figures(self.session, month)

    def served(self, month="2026-10"):
        """How many people were served in a month."""
        return self.month(month).indicator("persons_served").month.total


def day(text):
    """2026-10-31 as a date."""
    return dt.date.fromisoformat(text)


@pytest.fixture
def desk(session):
    """The coordinator's own desk at a new centre."""
    return Desk(session)


@pytest.fixture
def desk_of():
    """A desk of a session of somebody else, or at another centre."""
    return Desk
