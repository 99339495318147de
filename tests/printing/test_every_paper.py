# SPDX-License-Identifier: Apache-2.0
"""Every paper there is, about people with names in two scripts: fonts embedded, nobody named outside the pages."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.papers.kinds import KINDS, make_paper
from resource_centre.records import CounsellingSession, Person, TrainingEvent
from resource_centre.services.certificates import issue_certificates
from resource_centre.services.curriculum_default import default_id
from resource_centre.services.entries import entries_of
from resource_centre.services.follow_ups import follow_ups_of
from resource_centre.services.practices import write_practice
from resource_centre.services.questionnaires import newest_version
from resource_centre.services.responses import save_response
from resource_centre.services.savings_groups import add_member, start_group
from resource_centre.services.training import record_training

NAME = "Rahasiawati สมหญิง محمد"
PARTS = ("Rahasiawati", "สมหญิง", "محمد")
HERE = "52.03.01.2001"
CLASS = {"training_type": "kelas", "module": "M2", "starts_on": dt.date(2026, 11, 3), "village_code": HERE}
GROUP = {"name": "Mawar", "village_code": HERE, "share_value": 5000, "loan_fee": 2.0, "most_shares": 5}


OPTIONS = {"pairing_card": {"card": f"RCCARD1:{'a1' * 500}", "laptop": NAME}}
"""What kinds of paper are told besides the record."""


@pytest.fixture
def subjects(story):
    """The record each kind of paper is printed of."""
    session = story.session
    session.get(Person, story.person).full_name = NAME
    session.flush()
    planned = [one for one in follow_ups_of(session, story.person) if one.done_on is None]
    met = entries_of(session, CounsellingSession, story.person)
    event = record_training(session, event=CLASS, participants=[{"name": NAME, "sex": "P", "days": "H"}]).id
    issue_certificates(session, event, signed_by=NAME, issued_on=dt.date(2026, 11, 10))
    group = start_group(session, GROUP | {"cycle_begins_on": dt.date(2026, 1, 1)}).id
    add_member(session, group, {"name": NAME, "sex": "P"})
    found = {kind.key: event for kind in KINDS.values() if kind.about is TrainingEvent}
    found |= dict.fromkeys(("group_meeting_sheet", "group_share_out", "group_summary"), group)
    found |= {
        "intake": story.person, "consent": story.person, "plan": story.plan, "referral": story.referral,
        "appointment": planned[0].id, "next_meeting": met[-1].id, "case_summary": story.case, "closing": story.case,
        "complaint": story.complaint, "week_list": "2026-11-30", "savings_goal": story.goal, "budget": story.budget,
        "debt_plan": story.debt_plan, "remittance": story.remittance, "curriculum": default_id(),
        "questionnaire": _answers(session, story.person),
        "pairing_card": None, "village_list": None,
        "practice": write_practice(session, {"title": NAME, "summary": NAME, "country": "MYS"}).id,
    }  # fmt: skip
    return found


def _answers(session, person):
    version = newest_version(session, "rss").id
    facts = {"person_id": person, "asked_on": dt.date(2026, 11, 12), "occasion": "baseline", "mode": "lisan"}
    return save_response(session, None, version_id=version, answers={}, unanswered={}, state="begun", **facts)


def told(reader: PdfReader) -> str:
    """What a file says outside its pages: its facts, its outline, its XMP."""
    return f"{reader.metadata} {reader.outline} {reader.xmp_metadata}"


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """The fonts of all pages, and whether their shapes are in the file."""
    found = {}
    for page in reader.pages:
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values()):
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            found[str(font["/BaseFont"])] = "/FontFile2" in inner["/FontDescriptor"]
    return found


def test_no_kind_of_paper_is_forgotten_here(subjects):
    assert set(subjects) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_fonts_are_embedded_and_nobody_is_named_outside_the_pages(story, subjects, kind):
    paper = make_paper(story.session, kind, subjects[kind], **OPTIONS.get(kind, {}))
    reader = PdfReader(BytesIO(paper.pdf), strict=True)
    assert all(fonts_of(reader).values())
    outside = f"{told(reader)} {paper.title} {paper.file_name} {paper.number}"
    assert not any(part in outside for part in PARTS)


@pytest.mark.parametrize("kind", ["intake", "case_summary", "closing", "referral", "complaint"])
def test_a_confidential_paper_bears_the_number_of_its_copy_and_its_mark_on_every_page(story, subjects, kind):
    pages = PdfReader(BytesIO(make_paper(story.session, kind, subjects[kind], language="en", copy=7).pdf)).pages
    for page in pages:
        words = page.extract_text()
        assert "Copy 7" in words
        assert words.replace(" ", "").count("CONFIDENTIAL") >= 2


@pytest.mark.parametrize("kind", ["intake", "certificates", "attendance", "group_meeting_sheet", "case_summary"])
def test_names_in_other_scripts_stand_on_the_pages(story, subjects, kind):
    reader = PdfReader(BytesIO(make_paper(story.session, kind, subjects[kind]).pdf))
    embedded = " ".join(fonts_of(reader))
    assert "NotoSansThai" in embedded
    assert "NotoSansArabic" in embedded
