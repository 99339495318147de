# SPDX-License-Identifier: Apache-2.0
"""Who came before, and who on the sheet is registered already."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.errors import Refused
from resource_centre.log import doctor
from resource_centre.records import Participation, Response
from resource_centre.services.certificates import issue_certificates
from resource_centre.services.participants import (
    likely_people,
    link_participant,
    mark_not_the_same,
    merge_lines,
    organisations_known,
    participants_before,
    unlink_participant,
)
from resource_centre.services.training import event_sheet, record_training, remove_participant, save_attendance

VILLAGE = "52.03.01.2001"
OTHER_VILLAGE = "52.03.07.1002"


def held(session, on=dt.date(2026, 11, 3), *people, **more):
    event = {"training_type": "kelas", "starts_on": on, "village_code": VILLAGE, **more}
    return record_training(session, event=event, participants=people).id


def lines(session, event_id):
    return event_sheet(session, event_id).rows


def codes(refused):
    return [(one.field, one.code) for one in refused.value.problems]


# Who came before


def test_somebody_of_an_earlier_sheet_is_found_by_the_beginning_of_the_name(session):
    told = {"sex": "P", "village_code": VILLAGE, "client_type": "family", "phone": "0812 3456 7890", "disability": True}
    held(session, dt.date(2024, 3, 5), {"name": "Baiq Ratna", "age": 31, **told})
    (found,) = participants_before(session, "baiq ra", on=dt.date(2026, 11, 20))
    assert (found.name, found.age, found.last_on, found.events) == ("Baiq Ratna", 33, dt.date(2024, 3, 5), 1)
    assert dict(found.told) == told | {"phone": "+6281234567890", "organisation": None, "sector": None, "country": None}


def test_several_sheets_with_one_person_are_one_suggestion_that_knows_what_each_said(session):
    same = {"name": "Baiq Ratna", "sex": "P", "village_code": VILLAGE}
    held(session, dt.date(2025, 1, 5), {**same, "age": 30, "client_type": "family"})
    held(session, dt.date(2026, 1, 5), {**same, "phone": "081234567890"})
    (found,) = participants_before(session, "Baiq", on=dt.date(2026, 1, 6))
    assert (found.events, found.age, found.last_on) == (2, 31, dt.date(2026, 1, 5))
    assert (found.told["client_type"], found.told["phone"]) == ("family", "+6281234567890")


def test_namesakes_of_two_villages_are_two_suggestions(session):
    held(session, dt.date(2026, 1, 5), {"name": "Nur", "village_code": VILLAGE})
    held(session, dt.date(2026, 2, 5), {"name": "Nur", "village_code": OTHER_VILLAGE})
    assert [one.told["village_code"] for one in participants_before(session, "nur")] == [OTHER_VILLAGE, VILLAGE]


def test_registered_people_lines_taken_off_and_the_sheet_itself_are_not_offered_as_light_records(session, register):
    held(session, dt.date(2026, 1, 5), {"person_id": register("Sri Hartini"), "name": "Sri Hartini"})
    gone = held(session, dt.date(2026, 2, 5), {"name": "Sri Gone"})
    remove_participant(session, lines(session, gone)[0].id, reason="Not there")
    here = held(session, dt.date(2026, 3, 5), {"name": "Sri Here"})
    assert participants_before(session, "sri", without=here) == []


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "Xyz"])
def test_nothing_is_offered_for_what_is_no_beginning_of_a_name(session, typed):
    held(session, dt.date(2026, 1, 5), {"name": "Sri"})
    assert participants_before(session, typed) == []


def test_a_village_account_is_not_offered_people_of_other_villages(session, collector_session):
    for village in (VILLAGE, OTHER_VILLAGE):
        held(session, dt.date(2026, 1, 5), {"name": "Sri", "village_code": village}, village_code=village)
    session.commit()
    theirs = collector_session(VILLAGE)
    assert [one.told["village_code"] for one in participants_before(theirs, "sri")] == [VILLAGE]


def test_institutions_are_remembered_with_what_was_said_last(session):
    dialogue = {"training_type": "dialog"}
    said = {"name": "Ani", "organisation": "Disnaker Lombok Timur", "sector": "pemerintah_daerah", "country": "IDN"}
    held(session, dt.date(2026, 1, 5), said, **dialogue)
    held(session, dt.date(2026, 2, 5), {"name": "Budi", "organisation": "disnaker Lombok Timur"}, **dialogue)
    (known,) = organisations_known(session)
    assert (known.name, known.sector, known.country) == ("disnaker Lombok Timur", "pemerintah_daerah", "IDN")


# Who of them is registered


def test_a_light_record_is_compared_with_registered_people(session, register):
    sumiati = register("Sumiati", birth_date="1990-06-01")
    register("Lalu Ahmad", sex="L")
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati", "sex": "P", "age": 36, "village_code": VILLAGE})
    (asked,) = likely_people(session, event)
    assert (asked.line.name, [one.person_id for one in asked.likely]) == ("Sumiyati", [sumiati])
    assert dict(asked.on_sheet) == {}


def test_somebody_who_is_on_the_sheet_already_is_shown_with_that_line(session, register):
    sumiati = register("Sumiati")
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiati", "sex": "P"}, {"person_id": sumiati})
    (asked,) = likely_people(session, event)
    linked = next(row for row in lines(session, event) if row.person_id)
    assert dict(asked.on_sheet) == {sumiati: linked.id}


def test_nobody_is_asked_about_who_is_linked_or_was_found_to_be_another(session, register):
    sumiati = register("Sumiati")
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiati", "sex": "P"})
    line = lines(session, event)[0].id
    mark_not_the_same(session, line, sumiati)
    assert likely_people(session, event) == []
    second = register("Sumiati")
    assert [one.person_id for asked in likely_people(session, event) for one in asked.likely] == [second]
    link_participant(session, line, second)
    assert likely_people(session, event) == []


def test_a_search_says_how_far_it_has_come_and_looks_only_at_what_was_asked(session):
    event = held(session, dt.date(2026, 11, 3), {"name": "Ani"}, {"name": "Budi"})
    told = []
    likely_people(session, event, done=lambda *so_far: told.append(so_far))
    likely_people(session, event, lines=[lines(session, event)[1].id], done=lambda *so_far: told.append(so_far))
    assert told == [(1, 2), (2, 2), (1, 1)]


# Linking


def test_linking_keeps_the_line_and_what_was_typed_on_it(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati", "sex": "P", "age": 20, "days": "H"})
    line = lines(session, event)[0].id
    sumiati = register("Sumiati", birth_date="1990")
    link_participant(session, line, sumiati)
    session.flush()
    kept = session.get(Participation, line)
    assert (kept.person_id, kept.name, kept.age, kept.days) == (sumiati, "Sumiyati", 20, "H")
    assert [(row.id, row.name, row.age) for row in lines(session, event)] == [(line, "Sumiati", 36)]


def test_somebody_who_is_on_the_sheet_is_not_linked_a_second_time(session, register):
    sumiati = register("Sumiati")
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati"}, {"person_id": sumiati})
    with pytest.raises(Refused) as refused:
        link_participant(session, lines(session, event)[0].id, sumiati)
    assert codes(refused) == [("person_id", "already_listed")]


def test_a_line_linked_to_one_person_is_not_linked_to_another_over_it(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati"})
    line = lines(session, event)[0].id
    link_participant(session, line, register("Sumiati"))
    with pytest.raises(Refused) as refused:
        link_participant(session, line, register("Lalu Ahmad"))
    assert codes(refused) == [("person_id", "linked_already")]


def test_nobody_is_linked_to_somebody_who_is_not_there(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati"})
    with pytest.raises(Refused):
        link_participant(session, lines(session, event)[0].id, "00000000-0000-0000-0000-000000000000")
    with pytest.raises(Refused):
        link_participant(session, "00000000-0000-0000-0000-000000000000", register("Sumiati"))


def test_a_link_is_undone_and_the_two_are_not_asked_about_again(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati", "sex": "P"})
    line = lines(session, event)[0].id
    sumiati = register("Sumiati")
    link_participant(session, line, sumiati)
    unlink_participant(session, line)
    (row,) = lines(session, event)
    assert (row.person_id, row.name, row.not_same_ids) == (None, "Sumiyati", (sumiati,))
    assert likely_people(session, event) == []


def test_who_was_put_on_the_sheet_as_a_person_keeps_their_name_when_the_link_is_undone(session, register):
    event = held(session, dt.date(2026, 11, 3), {"person_id": register("Sumiati"), "days": "H"})
    line = lines(session, event)[0].id
    unlink_participant(session, line)
    (row,) = lines(session, event)
    assert (row.name, row.sex, row.days) == ("Sumiati", "P", "H")
    assert unlink_participant(session, line).person_id is None


def test_a_person_a_line_is_linked_to_is_not_found_to_be_another(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati"})
    line, sumiati = lines(session, event)[0].id, register("Sumiati")
    link_participant(session, line, sumiati)
    with pytest.raises(Refused) as refused:
        mark_not_the_same(session, line, sumiati)
    assert codes(refused) == [("person_id", "linked_already")]


# Two lines of one participant


def test_two_lines_become_one_and_nothing_of_either_is_lost(session, register):
    sumiati = register("Sumiati")
    typed = {"name": "Sumiyati", "age": 36, "days": "H-", "pre_score": 40, "village_code": VILLAGE}
    linked = {"person_id": sumiati, "days": "TH", "post_score": 80, "pre_score": 55}
    event = held(session, dt.date(2026, 11, 3), typed, linked, ends_on=dt.date(2026, 11, 4))
    gone, kept = (row.id for row in lines(session, event))
    merge_lines(session, kept, gone)
    (row,) = lines(session, event)
    assert (row.id, row.person_id, row.days, row.pre_score, row.post_score) == (kept, sumiati, "TH", 55, 80)
    assert row.village_code == VILLAGE
    left = session.get(Participation, gone)
    assert (left.voided, left.name, left.pre_score) == (True, "Sumiyati", 40)
    assert list(doctor.examine(session.connection())) == []


def test_answers_go_with_the_line_that_stays(session):
    from resource_centre.services.questionnaires import newest_version
    from resource_centre.services.responses import save_response

    event = held(session, dt.date(2026, 11, 3), {"name": "Ani"}, {"name": "Ani"})
    kept, gone = (row.id for row in lines(session, event))
    version = newest_version(session, "reaction").id
    asked = save_response(session, None, version_id=version, answers={}, state="begun", participation_id=gone)
    merge_lines(session, kept, gone)
    assert session.get(Response, asked).participation_id == kept


def test_lines_of_two_people_or_of_two_sheets_are_not_made_one(session, register):
    both = {"person_id": register("Sumiati")}, {"person_id": register("Lalu Ahmad", sex="L")}
    event = held(session, dt.date(2026, 11, 3), *both)
    elsewhere = held(session, dt.date(2026, 11, 4), {"name": "Sumiati"})
    first, second = (row.id for row in lines(session, event))
    for kept, gone, code in ((first, second, "two_people"), (first, lines(session, elsewhere)[0].id, "two_sheets"),
                             (first, first, "two_sheets")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            merge_lines(session, kept, gone)
        assert codes(refused) == [("person_id", code)]


def test_a_line_with_a_certificate_does_not_go(session):
    event = held(session, dt.date(2026, 11, 3), {"name": "Ani", "days": "H"}, {"name": "Ani", "days": "H"})
    first, second = (row.id for row in lines(session, event))
    issue_certificates(session, event, [second], signed_by="Ibu Ratna", issued_on=dt.date(2026, 11, 4))
    with pytest.raises(Refused) as refused:
        merge_lines(session, first, second)
    assert codes(refused) == [("person_id", "line_certified")]
    assert merge_lines(session, second, first).id == second


def test_a_line_saved_with_its_sheet_keeps_what_was_found_out_about_it(session, register):
    event = held(session, dt.date(2026, 11, 3), {"name": "Sumiyati"})
    line, sumiati = lines(session, event)[0].id, register("Sumiati")
    mark_not_the_same(session, line, sumiati)
    save_attendance(session, event, [{"id": line, "name": "Sumiyati", "days": "H"}])
    assert lines(session, event)[0].not_same_ids == (sumiati,)


def test_names_of_half_a_million_lines_are_found_through_their_index(session, plans):
    steps = [step for plan in plans(lambda: participants_before(session, "baiq")) for step in plan]
    assert any("ix_participation_name_key" in step for step in steps)
    assert not any(step.startswith("SCAN") for step in steps)


def test_institutions_are_read_without_reading_every_line(session, plans):
    steps = [step for plan in plans(lambda: organisations_known(session)) for step in plan]
    assert any("ix_participation_organisation" in step for step in steps)
    assert not any(step.startswith("SCAN participation") for step in steps)
