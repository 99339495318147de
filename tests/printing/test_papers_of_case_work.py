# SPDX-License-Identifier: Apache-2.0
"""What stands on the papers of the case work, and what never does: their content, before it is drawn."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from reports.papers.intake import Option
from reports.papers.kinds import BLANKS, KINDS, make_blank, make_paper
from resource_centre.errors import Refused
from resource_centre.i18n import using
from resource_centre.services.intake_sections import SECTIONS


def everything(content):
    """Every text in a content, however deep; answers of a list that nobody gave are not told of anybody."""
    if isinstance(content, Option) and not content.ticked:
        return
    if isinstance(content, str):
        yield content
    elif dataclasses.is_dataclass(content):
        for field in dataclasses.fields(content):
            yield from everything(getattr(content, field.name))
    elif isinstance(content, tuple | list):
        for one in content:
            yield from everything(one)


def subjects(story):
    """The record each kind of paper is printed of, in this story."""
    return {
        "intake": story.person,
        "consent": story.person,
        "plan": story.plan,
        "referral": story.referral,
        "appointment": follow_up(story),
        "next_meeting": held(story),
        "case_summary": story.case,
        "closing": story.case,
        "week_list": "2026-11-30",
        "complaint": story.complaint,
        "questionnaire": answered(story),
        "savings_goal": story.goal,
        "budget": story.budget,
        "debt_plan": story.debt_plan,
        "remittance": story.remittance,
    }


def answered(story):
    from resource_centre.services.questionnaires import newest_version
    from resource_centre.services.responses import save_response

    given = {"opening/own_words": "Mesin jahit"}
    version = newest_version(story.session, "needs").id
    about = {"person_id": story.person, "asked_on": dt.date(2026, 11, 12)}
    return save_response(story.session, None, version_id=version, answers=given, state="begun", **about)


def follow_up(story):
    from resource_centre.services.follow_ups import follow_ups_of

    return next(one.id for one in follow_ups_of(story.session, story.person) if one.done_on is None)


def held(story):
    from resource_centre.records import CounsellingSession
    from resource_centre.services.entries import entries_of

    return entries_of(story.session, CounsellingSession, story.person)[0].id


def made(story, kind, **options):
    return make_paper(story.session, kind, subjects(story)[kind], **options)


def test_nothing_a_protection_officer_alone_reads_is_on_any_paper(story):
    for kind in subjects(story):
        said = " ".join(everything(made(story, kind).content)).lower()
        assert story.TOP_TIER not in said, kind
        assert "trafficking" not in said, kind
        assert "tppo" not in said, kind


def test_what_was_said_in_confidence_is_not_on_the_summary(story):
    from resource_centre.records import ConfidentialNote
    from resource_centre.services.saving import write_new

    note = {"person_id": story.person, "session_id": held(story), "note": "sangat rahasia sekali"}
    write_new(story.session, ConfidentialNote, note, on=dt.date(2026, 11, 20))
    assert "sangat rahasia sekali" not in " ".join(everything(made(story, "case_summary").content))


def test_the_summary_says_only_that_there_is_something_to_protect(story):
    assert made(story, "case_summary").content.special_protection


def test_a_return_only_a_protection_officer_reads_is_merged_on_the_intake(story):
    from resource_centre.records import MigrationEpisode

    stay = {"person_id": story.person, "destination_country": "KHM", "return_type": "PENYELAMATAN_TPPO"}
    story.session.add(MigrationEpisode(**stay, return_date="2026-11"))
    story.session.flush()
    paper = make_paper(story.session, "intake", story.person, language="en").content
    (asked,) = (
        one for block in blocks(paper) if block.key == "return" for one in block.questions if one.name == "return_type"
    )
    assert [option.label for option in asked.options if option.ticked] == ["Special protection"]
    assert "Rescued from trafficking" not in [option.label for option in asked.options]


def blocks(paper):
    return [block for stage in paper.stages for block in stage.blocks]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_blank_form_asks_in_the_order_of_the_window(language):
    paper = make_blank("intake", language=language).content
    asked = [(block.key, tuple(one.name for one in block.questions)) for block in blocks(paper)]
    assert asked == [(section.key, section.fields) for section in SECTIONS]


def test_the_filled_form_asks_in_the_same_order(story):
    paper = made(story, "intake").content
    asked = [(block.key, tuple(one.name for one in block.questions)) for block in blocks(paper)]
    assert asked == [(section.key, section.fields) for section in SECTIONS]


def test_an_answer_and_a_reason_for_none_stand_where_they_were_asked(story):
    paper = make_paper(story.session, "intake", story.person, language="en").content
    found = {block.key: block for block in blocks(paper)}
    person = {one.name: one for one in found["person"].questions}
    assert person["full_name"].answer == "Baiq Nurhayati"
    assert [option.label for option in person["sex"].options if option.ticked] == ["Female"]
    (skill,) = found["skills"].entries
    assert {one.name: one.no_answer for one in skill}["level"] == "not_asked"


def test_what_is_told_once_stands_once(story):
    from resource_centre.services.people import identify

    identify(story.session, story.person, "passport", "C1234567")
    story.session.flush()
    story.desk.visited("2026-10-20", story.person, ("INF_RIGHTS",), reason="Baru pulang")
    found = {block.key: block for block in blocks(make_paper(story.session, "intake", story.person).content)}
    assert {one.name: one.answer for one in found["visit"].questions}["reason"] == "Baru pulang"
    for key in ("identifiers", "addresses"):
        assert not any(one.answer for entry in found[key].entries for one in entry)
    said = [text for block in found.values() for text in everything(block)]
    assert said.count("C1234567") == 1


def test_a_blank_form_holds_no_answer():
    for block in blocks(make_blank("intake", language="id").content):
        for one in block.questions:
            assert not one.answer
            assert not any(option.ticked for option in one.options)


def test_the_consent_sheet_tells_what_was_agreed_and_what_refused(story):
    parts = {part.purpose: part for part in made(story, "consent").content.parts}
    assert parts["layanan"].agreed is True
    assert parts["foto_cerita"].agreed is False
    assert parts["rujukan"].agreed is None
    assert all(part.text and part.version for part in parts.values())


def test_the_plan_adds_up_its_costs(story):
    paper = made(story, "plan").content
    assert paper.cost == 3_550_000 == sum(part.cost for part in paper.parts)
    assert {part.code: len(part.actions) for part in paper.parts} == {"ekonomi": 1, "sosial": 1, "psikososial": 0}


def test_the_letter_with_a_case_code_names_nobody(story):
    said = " ".join(everything(made(story, "referral").content))
    for secret in ("Nurhayati", story.SAFE, "1988", story.NOTE, "menjahit"):
        assert secret not in said
    assert "Anak perlu perlengkapan" in said


def test_a_neutral_letter_leaves_the_centre_out(story):
    heading = made(story, "referral", neutral=True).content.heading
    assert heading.centre == ""
    assert made(story, "referral").content.heading.centre == "Pusat Layanan Uji"


def test_the_appointment_tells_a_day_and_nothing_of_why(story):
    content = made(story, "appointment").content
    assert content.on == dt.date(2026, 12, 2)
    assert set(everything(content)) <= {
        content.heading.title, content.heading.number, content.heading.place_code, content.heading.printed_by,
        content.heading.language, "",
    }  # fmt: skip
    assert content.heading.centre == ""


def test_the_week_tells_no_reason_and_no_number_that_may_not_be_called(story):
    from resource_centre.services.consents import record_consent
    from resource_centre.services.follow_ups import plan_follow_up

    plan_follow_up(story.session, person_id=story.person, due_on=dt.date(2026, 12, 1), purpose="takut suami")
    before = make_paper(story.session, "week_list", "2026-11-30", language="en").content
    assert "0812-3450-009" in " ".join(everything(before))
    assert "leave no message" in " ".join(everything(before))
    assert "takut suami" not in " ".join(everything(before))
    no = {"purpose": "kontak_ulang", "decision": "ditolak", "decided_on": dt.date(2026, 11, 20)}
    record_consent(story.session, person_id=story.person, values=no)
    after = make_paper(story.session, "week_list", "2026-11-30", language="en").content
    assert "0812" not in " ".join(everything(after))
    assert not any(line.may_call for line in after.lines)


def test_the_closing_form_counts_goals_and_names_what_is_open(story):
    form = made(story, "closing").content
    assert form.goals == (2, 1)
    assert [provider for _number, provider, _state in form.open_referrals] == ["Dinas Sosial Uji"]


def test_a_receipt_names_an_amount_in_its_own_currency(story):
    receipt = make_paper(story.session, "complaint", story.complaint, language="en").content
    assert receipt.claimed == "MYR 7,200"
    assert story.NOTE not in " ".join(everything(receipt))


@pytest.mark.parametrize(("preferred", "language"), [("sas", "id"), ("en", "en"), ("id", "id")])
def test_papers_are_in_the_clients_language(story, preferred, language):
    from resource_centre.records import Person

    story.session.get(Person, story.person).preferred_language = preferred
    story.session.flush()
    with using("en" if language == "id" else "id"):
        assert made(story, "closing").language == language


def test_without_a_preference_papers_are_in_the_language_of_the_screen(story):
    from resource_centre.records import Person

    story.session.get(Person, story.person).preferred_language = None
    story.session.flush()
    assert made(story, "closing").language == "en"


@pytest.mark.parametrize(
    "kind",
    [
        "plan", "referral", "case_summary", "closing", "complaint", "savings_goal", "budget", "debt_plan", "remittance",
    ],
)  # fmt: skip
def test_a_village_laptop_prints_no_papers_of_cases(story, collector_session, kind):
    ids = subjects(story)
    story.session.commit()
    session = collector_session("52.03.01.2001")
    with pytest.raises(Refused):
        make_paper(session, kind, ids[kind])


def test_a_paper_of_nobody_is_refused(story):
    with pytest.raises(Refused):
        make_paper(story.session, "intake", "nobody")


def test_a_kind_that_is_never_blank_has_no_blank_form():
    never = {"next_meeting", "case_summary", "week_list", "complaint", "questionnaire", "savings_goal", "debt_plan"}
    never |= {"curriculum", "practice", "test_before", "test_after", "answer_key", "evaluation_forms", "certificates"}
    never |= {"event_report", "dialogue_minutes", "pairing_card"}
    assert {kind for kind in set(KINDS) - set(BLANKS) if not kind.startswith("group_")} == never
    with pytest.raises(KeyError):
        make_blank("case_summary")


@pytest.mark.parametrize(
    ("kind", "number"), [("intake", "C"), ("plan", "K"), ("case_summary", "K"), ("referral", "R"), ("complaint", "A")]
)
def test_every_paper_carries_the_number_that_finds_it_again(story, kind, number):
    from reports.papers.numbers import record_for

    paper = made(story, kind)
    assert f"-{number}0001-" in paper.content.heading.number
    assert record_for(story.session, kind, paper.content.heading.number.lower()) == subjects(story)[kind]
