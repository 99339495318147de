# SPDX-License-Identifier: Apache-2.0
"""An intake goes on over days: each section is saved by itself, and what is missing is known."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import (
    Address,
    Debt,
    HealthNeed,
    Household,
    HouseholdMember,
    Identifier,
    IntakeInterview,
    Livelihood,
    MigrationEpisode,
    Person,
)
from resource_centre.services.entries import add_entry, change_entry
from resource_centre.services.intake import register_intake
from resource_centre.services.intake_completeness import missing_of, note_completeness, required
from resource_centre.services.intake_parts import SINGLE, check_sections, intake_record, person_of_entry, save_sections
from resource_centre.services.intake_sections import SECTIONS, section

VILLAGE = "52.03.01.2001"
NIK = "9952034705840001"


@pytest.fixture
def siti(register):
    return register("Siti Aminah", birth_date="1984-05-07", client_type="returnee")


def words(refused):
    return {(problem.field, problem.code) for problem in refused.value.problems}


def test_each_section_is_saved_by_itself_and_read_again(session, siti, today):
    save_sections(session, siti, {"safe_contact": {"safe_phone": "0812 3456 7890", "safe_answerer": "adik"}})
    save_sections(session, siti, {"household": {"women": 2, "boys": 1, "unanswered": {"men": "refused"}}})
    save_sections(session, siti, {"work": {"occupation_now": "jualan kue"}})
    save_sections(session, siti, {"livelihood": {"savings": 500_000}})
    save_sections(session, siti, {"health": {"condition": "sehat", "told_on": today}})
    told = intake_record(session, siti).told
    assert told["safe_contact"].values["safe_phone"] == "+6281234567890"
    assert (told["household"].values["women"], told["household"].unanswered) == (2, {"men": "refused"})
    assert (told["work"].values["occupation_now"], told["livelihood"].values["savings"]) == ("jualan kue", 500_000)
    assert session.scalar(sa.select(sa.func.count()).select_from(Livelihood)) == 1
    assert told["health"].values["condition"] == "sehat"
    session.commit()
    assert list(doctor.examine(session.connection())) == []


def test_a_section_without_any_answer_writes_nothing(session, siti):
    save_sections(session, siti, {"household": dict.fromkeys(section("household").fields)})
    assert session.scalar(sa.select(sa.func.count()).select_from(Household)) == 0


def test_the_reasons_of_another_section_of_the_same_record_stay(session, siti):
    save_sections(session, siti, {"safe_contact": {"unanswered": {"safe_phone": "refused"}}})
    save_sections(session, siti, {"person": {"birth_place": "Selong", "unanswered": {"nik": "unknown"}}})
    assert session.get(Person, siti).unanswered == {"safe_phone": "refused", "nik": "unknown"}
    save_sections(session, siti, {"person": {"unanswered": {}}})
    assert session.get(Person, siti).unanswered == {"safe_phone": "refused"}


def test_a_number_is_written_corrected_and_taken_back(session, siti):
    save_sections(session, siti, {"person": {"nik": NIK}})
    save_sections(session, siti, {"person": {"nik": NIK[:-1] + "2"}})
    assert intake_record(session, siti).told["person"].values["nik"] == NIK[:-1] + "2"
    save_sections(session, siti, {"person": {"nik": None}})
    assert intake_record(session, siti).told["person"].values["nik"] is None
    assert session.scalars(sa.select(Identifier.voided)).all() == [True]


def test_whose_telephone_it_is_stays_with_the_number(session, siti):
    save_sections(session, siti, {"safe_contact": {"phone": "081234567890", "phone_note": "tetangga"}})
    told = intake_record(session, siti).told["safe_contact"].values
    assert (told["phone"], told["phone_note"]) == ("+6281234567890", "tetangga")


def test_a_nik_of_somebody_else_is_refused_beside_its_question(session, siti, register):
    register("Rohani", nik=NIK)
    with pytest.raises(Refused) as refused:
        save_sections(session, siti, {"person": {"nik": NIK}})
    assert words(refused) == {("person.nik", "already_known")}


def test_a_nik_that_says_something_else_is_a_warning(session, siti):
    saved = save_sections(session, siti, {"person": {"sex": "L", "nik": NIK}})
    assert {(one.field, one.code, one.severity) for one in saved.warnings} == {
        ("person.nik", "nik_sex", "warning"),
        ("person.sex", "nik_sex", "warning"),
    }


def test_of_several_sections_all_are_saved_or_none(session, siti):
    with pytest.raises(Refused) as refused:
        save_sections(session, siti, {"more": {"alias": "Ami"}, "address": {"village_code": "52.03.99.9999"}})
    assert words(refused) == {("address.village_code", "not_a_place")}
    assert session.get(Person, siti).alias is None


def test_a_stay_is_told_first_and_the_return_later(session, siti):
    stay = {"destination_country": "MYS", "departure_date": "2019"}
    add_entry(session, MigrationEpisode, siti, {"destination_country": "TWN", "departure_date": "2010"})
    last = add_entry(session, MigrationEpisode, siti, stay).id
    save_sections(session, siti, {"return": {"return_date": "2026-09", "return_type": "DEPORTASI"}})
    found = session.get(MigrationEpisode, last)
    assert (found.return_date, found.return_type) == ("2026-09", "DEPORTASI")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"return_date": "2018"}, ("return.return_date", "return_before_departure")),
        ({"return_date": "1980"}, ("return.return_date", "before_birth")),
        ({"return_date": "2027"}, ("return.return_date", "date_in_future")),
        ({"with_children": -1}, ("return.with_children", "negative")),
    ],
)
def test_a_return_that_cannot_be_is_refused_with_field_and_reason(session, siti, answers, problem):
    add_entry(session, MigrationEpisode, siti, {"destination_country": "MYS", "departure_date": "2019"})
    with pytest.raises(Refused) as refused:
        save_sections(session, siti, {"return": answers})
    assert problem in words(refused)


def test_a_return_without_a_stay_has_nowhere_to_go(session, siti):
    with pytest.raises(Refused, match="not_found"):
        save_sections(session, siti, {"return": {"return_date": "2026-09"}})


def test_nobody_leaves_before_they_are_born(session, siti):
    with pytest.raises(Refused) as refused:
        add_entry(session, MigrationEpisode, siti, {"destination_country": "MYS", "departure_date": "1980"})
    assert words(refused) == {("departure_date", "before_birth")}
    stay = add_entry(session, MigrationEpisode, siti, {"destination_country": "MYS", "departure_date": "2019"})
    with pytest.raises(Refused):
        change_entry(session, MigrationEpisode, stay.id, {"departure_date": "1983"})
    with pytest.raises(Refused) as refused:
        save_sections(session, siti, {"person": {"birth_date": "2020"}})
    assert words(refused) == {("person.birth_date", "born_after_stay")}


def test_the_second_of_two_windows_is_told(session, siti):
    before = {"safe_contact": session.get(Person, siti).version}
    save_sections(session, siti, {"safe_contact": {"safe_times": "pagi"}}, before)
    with pytest.raises(Refused, match="changed_meanwhile"):
        save_sections(session, siti, {"safe_contact": {"safe_times": "sore"}}, before)


def test_two_sections_of_one_record_are_saved_together(session, siti):
    version = session.get(Person, siti).version
    parts = {"person": {"birth_place": "Selong"}, "more": {"alias": "Ami"}}
    save_sections(session, siti, parts, dict.fromkeys(parts, version))
    assert (session.get(Person, siti).birth_place, session.get(Person, siti).alias) == ("Selong", "Ami")


def test_owing_more_than_was_borrowed_is_saved(session, siti):
    saved = add_entry(session, Debt, siti, {"lender": "rentenir", "principal": 1_000_000, "outstanding": 1_400_000})
    assert saved.outstanding == 1_400_000


@pytest.mark.parametrize("text", ["hasil tes HIV", "sudah minum arv", "tes: Reaktif"])
def test_what_must_not_be_written_about_health_is_refused(session, siti, text):
    with pytest.raises(Refused) as refused:
        save_sections(session, siti, {"health": {"help_needed": text}})
    assert words(refused) == {("health.help_needed", "names_hiv")}


def test_elsewhere_it_is_a_warning_and_other_words_are_none(session, siti):
    found = check_sections(session, siti, {"more": {"remarks": "takut soal HIV"}})
    assert {(one.field, one.code, one.severity) for one in found} == {("more.remarks", "names_hiv", "warning")}
    assert check_sections(session, siti, {"health": {"help_needed": "perlu rujukan ke puskesmas"}}) == ()


def test_what_a_complete_intake_has_is_asked_somewhere():
    for one in required():
        asked = [place for place in SECTIONS if place.record.__name__ == one.record]
        assert any(not one.field or one.field in place.fields for place in asked), one


def names(missing):
    return {one.name for one in missing.open}


def test_what_is_missing_depends_on_who_it_is(session, siti, register):
    returned = names(missing_of(session, session.get(Person, siti)))
    family = names(missing_of(session, session.get(Person, register("Ahmad", client_type="family"))))
    assert {"episodes.destination_country", "return.return_type", "person.nik"} <= returned
    assert family.isdisjoint({"episodes.destination_country", "return.return_type"})
    assert "person.birth_date" not in returned


def test_a_reason_for_no_answer_counts_as_an_answer(session, siti):
    before = missing_of(session, session.get(Person, siti))
    after = save_sections(session, siti, {"person": {"unanswered": {"nik": "unknown"}}}).missing
    assert names(before) - names(after) == {"person.nik"}
    assert after.left()["identity"] == before.left()["identity"] - 1


def test_members_say_as_much_as_counters(session, siti):
    assert "household" in names(missing_of(session, session.get(Person, siti)))
    add_entry(session, HouseholdMember, siti, {"relation": "anak"})
    assert "household" not in names(missing_of(session, session.get(Person, siti)))


def answer_everything(session, person_id):
    """Say of each answer that is still open why there is none, and write the entries that are still missing."""
    from resource_centre.services.consents import record_consent

    add_entry(session, MigrationEpisode, person_id, {"destination_country": "MYS"})
    record_consent(session, person_id=person_id, values={"purpose": "layanan", "decision": "ditolak"})
    open_ones = [one for one in missing_of(session, session.get(Person, person_id)).open if one.field]
    stay = {one.field: "unknown" for one in open_ones if one.section == "episodes"}
    for one in session.scalars(sa.select(MigrationEpisode)).all():
        change_entry(session, MigrationEpisode, one.id, {}, stay)
    parts = {}
    for one in open_ones:
        if one.section in SINGLE:
            parts.setdefault(one.section, {"unanswered": {}})["unanswered"][one.field] = "not_asked"
    parts["household"] = {"women": 1}
    for key, part in parts.items():
        save_sections(session, person_id, {key: part})


def test_an_intake_is_complete_when_nothing_is_open_and_the_interview_says_since_when(session, siti, today):
    answer_everything(session, siti)
    assert names(missing_of(session, session.get(Person, siti))) == set()
    interview = session.scalars(sa.select(IntakeInterview)).one()
    assert interview.completed_on == today
    save_sections(session, siti, {"person": {"unanswered": {}}})
    assert session.get(IntakeInterview, interview.id).completed_on is None
    assert note_completeness(session, session.get(Person, siti)) is False


def test_a_collector_goes_through_the_whole_intake_in_their_villages(collector_session):
    mine = collector_session(VILLAGE)
    saved = register_intake(mine, person={"full_name": "Sahnim", "sex": "P"}, address={"village_code": VILLAGE})
    for key, name in {"safe_contact": "safe_times", "work": "occupation_now", "health": "treated_at"}.items():
        save_sections(mine, saved.person_id, {key: dict.fromkeys(section(key).fields) | {name: "pagi"}})
    add_entry(mine, Debt, saved.person_id, {"lender": "bank"})
    mine.commit()
    assert intake_record(mine, saved.person_id).told["work"].values["occupation_now"] == "pagi"
    with pytest.raises(Refused) as refused:
        save_sections(mine, saved.person_id, {"address": {"village_code": "52.03.02.2001"}})
    assert ("address.village_code", "out_of_scope") in words(refused)


def test_a_collector_does_not_open_the_intake_of_somebody_elsewhere(session, register, collector_session):
    there = register("Rohani", village="52.03.02.2001")
    session.commit()
    with pytest.raises(Refused, match="not_found"):
        intake_record(collector_session(VILLAGE), there)


def test_a_form_of_an_entry_is_that_of_its_person(session, siti):
    debt = add_entry(session, Debt, siti, {"lender": "bank"})
    assert person_of_entry(session, "debt", debt.id) == siti
    assert person_of_entry(session, "debt", siti) == siti
    assert person_of_entry(session, "intake", siti) == siti


def test_an_address_is_corrected_not_doubled(session, siti):
    save_sections(session, siti, {"address": {"village_code": "52.03.02.2001", "rt": "03"}})
    assert session.scalars(sa.select(Address.village_code)).all() == ["52.03.02.2001"]


def test_what_was_told_on_another_day_keeps_its_day(session, siti, today):
    save_sections(session, siti, {"health": {"told_on": today - dt.timedelta(days=3), "condition": "sehat"}})
    save_sections(session, siti, {"health": {"urgent_care": False}})
    assert session.scalars(sa.select(HealthNeed.told_on)).all() == [today - dt.timedelta(days=3)]
