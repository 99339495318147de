# SPDX-License-Identifier: Apache-2.0
"""The papers of the case work as files: whole pages of A4, in either language, naming nobody where they should not."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from reports.papers.kinds import BLANKS, make_blank, make_paper

A4 = (595.28, 841.89)
MONEY = ("savings_goal", "budget", "debt_plan", "remittance")
ONE_PAGE = ("plan", "closing", "complaint", "appointment", "week_list", *MONEY)


def pages_of(pdf):
    """The words of each page, every blank the same."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def facts_of(pdf):
    """What the file says of itself, and the size of its pages in points."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    try:
        return document.get_metadata_dict(), {tuple(round(side, 2) for side in page.get_size()) for page in document}
    finally:
        document.close()


@pytest.fixture
def subjects(story):
    """The record each kind of paper is printed of."""
    from resource_centre.services.follow_ups import follow_ups_of

    planned = [one for one in follow_ups_of(story.session, story.person) if one.done_on is None]
    return {
        "intake": story.person, "consent": story.person, "plan": story.plan, "referral": story.referral,
        "appointment": planned[0].id, "case_summary": story.case, "closing": story.case, "complaint": story.complaint,
        "week_list": "2026-11-30", "savings_goal": story.goal, "budget": story.budget,
        "debt_plan": story.debt_plan, "remittance": story.remittance,
    }  # fmt: skip


TITLES = {
    "intake": ("Pendataan", "Intake"), "consent": ("Persetujuan", "Consent"),
    "plan": ("Rencana reintegrasi", "Reintegration plan"), "referral": ("Surat rujukan", "Referral letter"),
    "appointment": ("Janji bertemu", "Appointment"), "case_summary": ("Ringkasan kasus", "Case summary"),
    "closing": ("Penutupan kasus", "Closing of a case"),
    "complaint": ("Tanda terima pengaduan", "Receipt of a complaint"),
    "week_list": ("Kunjungan minggu ini", "Visits of the week"),
    "savings_goal": ("Tujuan tabungan", "Savings goal"), "budget": ("Anggaran rumah tangga", "Household budget"),
    "debt_plan": ("Rencana bebas utang", "A plan out of debt"), "remittance": ("Uang kiriman", "Money sent home"),
    "attendance": ("Daftar hadir", "Attendance sheet"), "village_list": ("Daftar desa", "Village list"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_paper_is_drawn_in_the_language_asked_for(story, subjects, language):
    for kind, subject in subjects.items():
        pages = pages_of(make_paper(story.session, kind, subject, language=language).pdf)
        ours, theirs = TITLES[kind] if language == "id" else TITLES[kind][::-1]
        assert ours in pages[0], kind
        assert theirs not in pages[0], kind


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_blank_form_is_drawn_in_the_language_asked_for(language):
    for kind in BLANKS:
        ours, theirs = TITLES[kind] if language == "id" else TITLES[kind][::-1]
        first = pages_of(make_blank(kind, language=language).pdf)[0]
        assert ours in first, kind
        assert theirs not in first, kind


def test_files_say_nothing_of_anybody(story, subjects):
    for kind, subject in subjects.items():
        paper = make_paper(story.session, kind, subject, language="en")
        facts, sizes = facts_of(paper.pdf)
        assert facts["Title"] == TITLES[kind][1]
        assert facts["Author"] == facts["Creator"] == facts["Producer"] == "Resource Centre"
        assert facts["Subject"] == facts["Keywords"] == ""
        assert sizes == {A4}
        for secret in (b"Nurhayati", b"Pusat Layanan", b"Helvetica"):
            assert secret not in paper.pdf
        assert not re.search("baiq|nurhayati|ltm", paper.file_name, re.IGNORECASE)


def test_short_papers_are_one_page(story, subjects):
    counts = {kind: len(pages_of(make_paper(story.session, kind, subjects[kind]).pdf)) for kind in ONE_PAGE}
    assert counts == dict.fromkeys(ONE_PAGE, 1)


def test_loose_sheets_find_each_other_by_their_number(story, subjects):
    paper = make_paper(story.session, "intake", subjects["intake"])
    pages = pages_of(paper.pdf)
    assert len(pages) > 3
    assert all(paper.content.heading.number in page for page in pages)


def test_a_letter_is_printed_for_all_three_and_only_one_has_the_slip(story, subjects):
    pages = pages_of(make_paper(story.session, "referral", subjects["referral"], language="en").pdf)
    assert ["Copy for the receiver" in page for page in pages] == [True, False, False]
    assert ["Feedback slip" in page for page in pages] == [True, False, False]
    assert ["08.00-14.00" in page for page in pages] == [False, True, False]


def test_the_slip_holds_the_number_and_nothing_of_the_client(story, subjects):
    page = pages_of(make_paper(story.session, "referral", subjects["referral"], language="en").pdf)[0]
    slip = page[page.index("Feedback slip") :]
    assert "-R0001-" in slip
    for word in ("-K0001-", "Female", "Anak perlu"):
        assert word in page[: page.index("Feedback slip")]
        assert word not in slip


def test_an_appointment_reveals_nothing(story, subjects):
    (page,) = pages_of(make_paper(story.session, "appointment", subjects["appointment"], language="en").pdf)
    assert "Wednesday, 2 December 2026" in page
    for word in ("Nurhayati", "Pusat Layanan", "case", "counsel", "migrant", "CONFIDENTIAL"):
        assert word.lower() not in page.lower()


def test_copies_of_the_summary_are_numbered_and_marked(story, subjects):
    pages = pages_of(make_paper(story.session, "case_summary", subjects["case_summary"], language="en", copies=2).pdf)
    text = " ".join(pages)
    assert "Copy 1, printed on" in text
    assert "Copy 2, printed on" in text
    assert all(page.replace(" ", "").count("CONFIDENTIAL") >= 2 for page in pages)


def test_refusing_is_said_to_be_no_harm_on_the_consent_sheet():
    for language, words in (("id", "kami tetap membantu"), ("en", "we help you all the same")):
        assert words in pages_of(make_blank("consent", language=language).pdf)[0]


def test_what_people_write_is_printed_as_it_is_written(story, subjects):
    from resource_centre.services.cases import change_case

    change_case(story.session, story.case, {"summary": "<b>Dua</b> & tiga\nbaris " + "panjang " * 900})
    text = " ".join(pages_of(make_paper(story.session, "case_summary", subjects["case_summary"]).pdf))
    assert "<b>Dua</b> & tiga" in text


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts (poppler-utils) is not installed")
@pytest.mark.parametrize("kind", ["intake", "referral"])
def test_every_font_is_embedded(tmp_path, kind):
    path = tmp_path / "paper.pdf"
    path.write_bytes(make_blank(kind, language="id", centre="Pusat Uji").pdf)
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert "NotoSans" in line.split()[0]
        assert re.search(r"\byes +yes +yes\b", line), line
