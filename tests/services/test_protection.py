# SPDX-License-Identifier: Apache-2.0
"""Telling the protection officer, and what everybody else sees of it: one line."""

import datetime as dt

import pytest
from sqlalchemy import select

from resource_centre.access import COUNSELLOR, PROTECTION_OFFICER
from resource_centre.errors import Refused
from resource_centre.records import Change, MigrationEpisode, Person, ProtectionConcern, ProtectionMark
from resource_centre.services.intake import register_intake
from resource_centre.services.people import record_episode
from resource_centre.services.protection import (
    concern,
    concerns,
    concerns_of,
    mark_of,
    note_concern,
    screenings_of,
    work_on,
)
from resource_centre.services.timeline import timeline
from resource_centre.vocabulary import vocabulary

TODAY = dt.date(2026, 11, 20)


def told(session):
    return session.scalars(select(ProtectionConcern)).all()


def test_a_concern_goes_to_the_officer_with_what_was_seen_and_by_whom(session, officer, register):
    person_id = register()
    note_concern(session, person_id, "ANCAMAN", account="Ada mobil menunggu di depan rumah")
    (seen,) = concerns(officer(session))
    assert (seen.person_id, seen.kind, seen.urgency, seen.state) == (person_id, "ANCAMAN", "darurat", "baru")
    assert (seen.noted_on, seen.noted_by, seen.full_name) == (TODAY, "Ratna Uji", "Siti Aminah")
    assert concern(officer(session), seen.id).account == "Ada mobil menunggu di depan rumah"


def test_who_wrote_it_cannot_read_it_back(session, register):
    assert note_concern(session, register(), "GBV") is None
    assert not [one for one in session if isinstance(one, ProtectionConcern)]
    assert told(session) == []


def test_everybody_else_sees_one_line_however_many_matters_there_are(session, register):
    person_id, other = register(), register("Ana Uji")
    for kind in ("GBV", "ANCAMAN", "RISIKO_BUNUH_DIRI"):
        note_concern(session, person_id, kind)
    assert mark_of(session, person_id).since == TODAY
    assert mark_of(session, other) is None
    assert len(session.scalars(select(ProtectionMark)).all()) == 1


@pytest.mark.parametrize(
    "work", [concerns, lambda s: concern(s, "x"), lambda s: concerns_of(s, "x"), lambda s: screenings_of(s, "x"),
             lambda s: work_on(s, "x", {})],
    ids=["list", "open", "of a person", "screenings", "work on"],
)  # fmt: skip
def test_the_officers_work_is_refused_to_everybody_else(session, work):
    with pytest.raises(Refused, match="not_allowed"):
        work(session)


def test_an_unknown_kind_is_refused_and_leaves_no_mark(session, register):
    person_id = register()
    with pytest.raises(Refused) as caught:
        note_concern(session, person_id, "GOSIP")
    assert [(one.field, one.code) for one in caught.value.problems] == [("kind", "not_in_list")]
    assert mark_of(session, person_id) is None


def test_the_most_urgent_come_first_then_the_oldest(session, officer, register):
    person_id = register()
    for kind, day in (("TPPO", 1), ("ANCAMAN", 19), ("GBV", 2), ("RISIKO_BUNUH_DIRI", 18)):
        note_concern(session, person_id, kind, on=dt.date(2026, 11, day))
    kinds = [(row.kind, row.days) for row in concerns(officer(session))]
    assert kinds == [("RISIKO_BUNUH_DIRI", 2), ("ANCAMAN", 1), ("TPPO", 19), ("GBV", 18)]


def test_the_mark_goes_with_the_last_open_concern_and_comes_back_with_a_reopened_one(session, officer, register):
    person_id = register()
    note_concern(session, person_id, "GBV")
    note_concern(session, person_id, "ANCAMAN")
    at_work = officer(session)
    one, other = concerns_of(at_work, person_id)
    work_on(at_work, one.id, {"state": "selesai", "action": "Dirujuk ke UPTD PPA"})
    assert mark_of(at_work, person_id) is not None
    work_on(at_work, other.id, {"state": "selesai"})
    assert mark_of(at_work, person_id) is None
    assert (other.state, other.closed_on) == ("selesai", TODAY)
    assert {row.id for row in concerns(at_work, closed=True)} == {one.id, other.id}
    work_on(at_work, one.id, {"state": "ditangani"})
    assert mark_of(at_work, person_id) is not None
    assert one.closed_on is None


def test_what_was_told_of_a_record_taken_back_stays_in_the_officers_list(session, officer, register):
    from resource_centre.services.voiding import void_record

    person_id = register()
    note_concern(session, person_id, "GBV")
    void_record(session, Person, person_id, reason="Terdaftar dua kali")
    assert [row.person_id for row in concerns(officer(session))] == [person_id]


def test_two_officers_on_one_concern_the_second_is_told(session, officer, register):
    note_concern(session, register(), "GBV")
    at_work = officer(session)
    (row,) = concerns(at_work)
    opened = concern(at_work, row.id).version
    work_on(at_work, row.id, {"safety_plan": "Tinggal di rumah kakak"}, version=opened)
    with pytest.raises(Refused, match="changed_meanwhile"):
        work_on(at_work, row.id, {"action": "Lapor polisi"}, version=opened)


# What an ordinary record may not hold


def test_a_return_after_trafficking_is_kept_as_special_protection_only(session, officer, register):
    person_id = register()
    stay = record_episode(session, person_id, {"destination_country": "KHM", "return_type": "PENYELAMATAN_TPPO"})
    assert stay.return_type == "PERLINDUNGAN_KHUSUS"
    assert mark_of(session, person_id) is not None
    bodies = session.scalars(select(Change.body).where(Change.tbl != "protection_concern")).all()
    assert not [body for body in bodies if "PENYELAMATAN_TPPO" in body]
    (seen,) = concerns_of(officer(session), person_id)
    assert (seen.kind, seen.episode_id) == ("TPPO", stay.id)
    assert seen.account == "Kind of return: Rescued from trafficking"


def test_so_it_is_at_intake_with_everything_else_saved_as_typed(session, officer):
    saved = register_intake(
        session,
        person={"full_name": "Baiq Uji", "sex": "P", "client_type": "survivor"},
        episode={"destination_country": "MMR", "return_type": "PENYELAMATAN_TPPO"},
    )
    assert session.get(Person, saved.person_id).client_type == "returnee"
    assert session.get(MigrationEpisode, saved.episode_id).return_type == "PERLINDUNGAN_KHUSUS"
    assert [one.kind for one in concerns_of(officer(session), saved.person_id)] == ["TPPO", "TPPO"]


def test_an_unnamed_contact_is_counted_as_it_was_told(session):
    from resource_centre.services.contacts import record_contact

    contact = record_contact(session, values={"channel": "phone", "client_type": "survivor"})
    assert contact.client_type == "survivor"


def test_saving_a_stay_again_tells_the_officer_nothing_new(session, officer, register):
    from resource_centre.services.people import change_episode

    person_id = register()
    stay = record_episode(session, person_id, {"destination_country": "KHM", "return_type": "PENYELAMATAN_TPPO"})
    change_episode(session, stay.id, {"return_type": stay.return_type, "destination_country": "KHM"})
    assert len(concerns_of(officer(session), person_id)) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_was_stored_before_is_shown_as_the_merged_line(session, register, language):
    person_id = register()
    session.add(MigrationEpisode(person_id=person_id, destination_country="KHM", return_type="PENYELAMATAN_TPPO"))
    session.flush()
    facts = [fact for item in timeline(session, person_id) for fact in item.facts]
    assert "Special protection" in facts
    assert not [fact for fact in facts if "traffick" in fact.lower()]
    merged = vocabulary("return_type")["PERLINDUNGAN_KHUSUS"]
    assert vocabulary("return_type").label("PENYELAMATAN_TPPO", language) == merged.label(language)


def test_a_counsellor_may_tell_the_officer_too(session, role, register):
    person_id = register()
    note_concern(role(session, COUNSELLOR), person_id, "GBV")
    assert len(concerns_of(role(session, PROTECTION_OFFICER), person_id)) == 1
