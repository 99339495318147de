# SPDX-License-Identifier: Apache-2.0
"""Papers of an event: attendance sheet, certificates, tests, evaluation forms, its report, minutes of a dialogue."""

import datetime as dt

import pypdfium2 as pdfium
import pytest

from reports.papers.attendance import LEAST_EMPTY, fill_pages
from reports.papers.event import days_in_words
from reports.papers.kinds import KINDS, make_blank, make_paper
from resource_centre.errors import Refused
from resource_centre.records import TrainingEvent
from resource_centre.services.certificates import issue_certificates, withdraw_certificate
from resource_centre.services.commitments import write_commitment
from resource_centre.services.event_trainers import set_trainers
from resource_centre.services.intake import register_intake
from resource_centre.services.trainers import register_trainer
from resource_centre.services.training import change_training, record_training, save_attendance

HERE, NEXT = "52.03.01.2001", "52.03.01.2003"
CLASS = {
    "training_type": "kelas", "module": "M2", "further_modules": ["M3"], "topic": "Mengelola uang keluarga",
    "starts_on": dt.date(2026, 11, 3), "ends_on": dt.date(2026, 11, 4), "village_code": HERE, "hours": 12.5,
    "venue": "Balai desa", "trainer": "Lalu Uji", "partner": "BP3MI", "fund": "Dana desa", "cost": 3_500_000,
}  # fmt: skip
SHEET = [
    {"name": "Sumiati", "sex": "P", "age": 31, "village_code": HERE, "client_type": "returnee",
     "phone": "+6281234567890", "days": "HH", "pre_score": 40, "post_score": 80},
    {"name": "Baiq Ratna", "sex": "P", "age": 17, "village_code": NEXT, "disability": True, "days": "HA"},
    {"name": "Lalu Ahmad", "sex": "L", "days": "TH", "pre_score": 50, "post_score": 60},
    {"name": "Sri"},
]  # fmt: skip
OF_EVENTS = tuple(kind.key for kind in KINDS.values() if kind.about is TrainingEvent)
LONG = "Muhammad Zainuddin Abdurrahman Wijayakusumaningrat Hadiningrat"


@pytest.fixture
def event(session):
    return record_training(session, event=CLASS, participants=SHEET).id


@pytest.fixture
def certified(session, event):
    return issue_certificates(session, event, signed_by="Hj. Ratna Uji", issued_on=dt.date(2026, 11, 10))


@pytest.fixture
def pages():
    """What stands on each page of a paper, in one line."""
    opened = []

    def read(paper):
        opened.append(pdfium.PdfDocument(paper.pdf))
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened[-1]]

    yield read
    for one in opened:
        one.close()


def sizes(paper):
    document = pdfium.PdfDocument(paper.pdf)
    found = [page.get_size() for page in document]
    document.close()
    return found


# The attendance sheet


def test_names_stand_on_the_sheet_in_the_order_in_which_they_are_keyed_back(session, event, pages):
    paper = make_paper(session, "attendance", event)
    assert [(one.number, one.name) for one in paper.content.named] == list(enumerate((one["name"] for one in SHEET), 1))
    (page,) = pages(paper)
    assert "Mengelola uang keluarga" in page
    assert "3–4 November 2026" in page
    assert all(words in page for words in ("Day 1 3 Nov", "Day 2 4 Nov", "Page 1 of 1"))


@pytest.mark.parametrize(("wanted", "pages"), [(1, [22]), (22, [22]), (23, [22, 28]), (51, [22, 28, 28])])
def test_every_page_is_full_of_lines(wanted, pages):
    assert fill_pages(wanted, 22, 28) == pages


def test_at_least_ten_lines_are_left_to_write_on(session, pages):
    people = [{"name": f"Peserta {number}"} for number in range(1, 31)]
    event = record_training(session, event=CLASS, participants=people).id
    *_others, last = pages(make_paper(session, "attendance", event))
    assert str(30 + LEAST_EMPTY) in last.split()


def test_a_sheet_for_many_days_lies_and_one_for_more_than_twelve_goes_on(session, pages):
    twelve = CLASS | {"ends_on": dt.date(2026, 11, 14)}
    paper = make_paper(session, "attendance", record_training(session, event=twelve).id)
    assert all(width > height for width, height in sizes(paper))
    longer = CLASS | {"ends_on": dt.date(2026, 11, 16)}
    paper = make_paper(session, "attendance", record_training(session, event=longer, participants=SHEET).id)
    first, last = pages(paper)[0], pages(paper)[-1]
    assert ("Day 12" in first, "Day 13" in first, "Day 14" in last) == (True, False, True)


def test_the_sheet_that_goes_round_tells_nothing_that_only_some_may_know(session, desk, pages):
    survivor = register_intake(
        session, person={"full_name": "Rohani", "sex": "P", "client_type": "survivor"},
        identifiers=[{"kind": "phone", "value": "081298765432"}],
    ).person_id  # fmt: skip
    event = record_training(session, event=CLASS, participants=[{"person_id": survivor}, *SHEET]).id
    paper = make_paper(session, "attendance", event)
    (page,) = pages(paper)
    assert "Rohani" in page
    assert not any(word in page for word in ("rotection", "urvivor", "81234567890", "1234-5678"))
    assert paper.content.named[1].phone == "… 7890"


def test_a_blank_sheet_needs_no_centre(pages):
    (page,) = pages(make_blank("attendance", language="id", centre="Pusat Uji"))
    assert all(words in page for words in ("Daftar hadir", "L/P", "Hari 1", "Hari 2", "20"))


# Certificates


def test_each_certificate_is_a_page_that_lies_with_its_name_and_number(session, event, certified, pages):
    paper = make_paper(session, "certificates", event)
    texts = pages(paper)
    assert len(texts) == len(certified) == 2
    for one, page in zip(certified, texts, strict=True):
        assert all(words in page for words in (one.name, one.number, "Hj. Ratna Uji", "Lalu Uji", "12.5 hours"))
        assert all(words in page for words in ("Household budget", "Saving", "3–4 November 2026", "Pusat Layanan Uji"))
    assert all(width > height for width, height in sizes(paper))


def test_one_alone_can_be_printed_and_a_withdrawn_one_cannot(session, event, certified, pages):
    (page,) = pages(make_paper(session, "certificates", event, certificate=certified[1].id))
    assert "Lalu Ahmad" in page
    withdraw_certificate(session, certified[1].id, "misprint")
    assert [one.name for one in make_paper(session, "certificates", event).content.certificates] == ["Sumiati"]
    with pytest.raises(Refused, match="no_certificates"):
        make_paper(session, "certificates", event, certificate=certified[1].id)


def test_without_any_certificate_it_is_said(session, event):
    with pytest.raises(Refused, match="no_certificates"):
        make_paper(session, "certificates", event)


@pytest.mark.parametrize("kind", ["certificates", "attendance"])
def test_a_name_in_letters_the_font_lacks_is_seen_to_be_missing(session, pages, kind):
    names = [{"name": name, "days": "HH"} for name in ("\u738b\u82b3", "\u674e\u5c0f\u9f99")]
    event = record_training(session, event=CLASS, participants=names).id
    issue_certificates(session, event, signed_by="Ratna", issued_on=dt.date(2026, 11, 10))
    text = " ".join(pages(make_paper(session, kind, event, language="en")))
    assert text.count("\ufffd") == len(names)


@pytest.mark.parametrize("name", ["Sri", LONG, "K" + "usumawardhani" * 9])
def test_a_name_is_never_cut_off(session, name, pages):
    event = record_training(session, event=CLASS, participants=[{"name": name, "days": "HH"}]).id
    issue_certificates(session, event, signed_by="Ratna", issued_on=dt.date(2026, 11, 4))
    (page,) = pages(make_paper(session, "certificates", event))
    assert name.replace(" ", "") in page.replace(" ", "")
    assert "…" not in page


def test_trainers_of_the_register_stand_before_names_written_down(session, event, certified, pages):
    lead = register_trainer(session, {"name": "Dende Terdaftar", "level": "pelatih"})
    set_trainers(session, event, [(lead.id, "utama")])
    first, *_rest = pages(make_paper(session, "certificates", event))
    assert ("Dende Terdaftar" in first, "Lalu Uji" in first) == (True, False)


# Tests and evaluation


def test_each_participant_has_a_sheet_of_each_test(session, event, pages):
    paper = make_paper(session, "test_before", event, spare=2)
    assert [(one.line, one.name) for one in paper.content.sheets][-3:] == [(4, "Sri"), (5, ""), (6, "")]
    assert [one.version for one in paper.content.forms] == ["test_m02 2026.11.1", "test_m03 2026.11.1"]
    texts = pages(paper)
    assert "Before" in texts[0]
    assert "Sumiati" in texts[0]
    assert "(no answer)" not in "".join(texts)


def test_the_same_test_is_marked_as_the_one_after(session, event):
    before, after = (make_paper(session, kind, event).content for kind in ("test_before", "test_after"))
    assert before.forms == after.forms
    assert before.occasion != after.occasion


def test_an_event_without_names_has_one_sheet_to_copy(session):
    event = record_training(session, event=CLASS).id
    assert len(make_paper(session, "test_before", event).content.sheets) == 1


def test_the_key_agrees_with_the_item_bank(session, event, pages):
    paper = make_paper(session, "answer_key", event)
    assert [(one.title, len(one.lines)) for one in paper.content.tests] == [
        ("Test: Household Budget", 8),
        ("Test: Saving", 8),
    ]
    right = paper.content.tests[0].lines[0]
    assert (right.number, right.answer, right.difficulty) == ("1", "Rp700.000", "easy")
    assert "Rp700.000" in pages(paper)[0]


def test_a_topic_without_modules_has_no_test(session):
    event = record_training(session, event=CLASS | {"module": None, "further_modules": None}).id
    for kind in ("test_before", "answer_key"):
        with pytest.raises(Refused, match="no_tests"):
            make_paper(session, kind, event)


def test_there_is_an_evaluation_form_for_everybody_without_a_name(session, event, pages):
    change_training(session, event, {"counted_women": 2, "counted_others": 1})
    paper = make_paper(session, "evaluation_forms", event)
    assert len(paper.content.sheets) == len(SHEET) + 3
    text = " ".join(pages(paper))
    assert "Mengelola uang keluarga" in text
    assert "Household budget" in text
    assert not any(words in text for words in ("Sumiati", "Small business", "(no answer)"))


# The report of an event


def test_the_report_counts_who_came(session, event):
    change_training(session, event, {"counted_women": 4, "counted_men": 2, "counted_minors": 1})
    found = make_paper(session, "event_report", event).content
    assert [(one.name, one.cells) for one in found.counts] == [
        ("Came, by name", (2, 1, 0, 3)),
        ("of these under 18", (1, 0, 0, 1)),
        ("of these with a disability", (1, 0, 0, 1)),
        ("of these completed", (1, 1, 0, 2)),
        ("Counted only, without a name", (4, 2, 0, 6)),
        ("of these under 18", (None, None, None, 1)),
        ("All who came", (6, 3, 0, 9)),
    ]
    assert (found.villages, found.per_day, found.cost) == (2, (3, 2), "Rp3,500,000")


def test_of_a_few_the_report_says_only_how_many(session, event, pages):
    found = make_paper(session, "event_report", event)
    assert (found.content.learning.gain.pairs, found.content.learning.gain.mean_gain) == (2, None)
    assert "too few for a mean" in pages(found)[0]


def test_of_enough_it_tells_the_gain_with_its_interval(session, event, pages):
    more = [{"name": f"Peserta {n}", "days": "HH", "pre_score": 40, "post_score": 60 + n} for n in range(1, 7)]
    save_attendance(session, event, more)
    page = pages(make_paper(session, "event_report", event))[0]
    gain = make_paper(session, "event_report", event).content.learning.gain
    assert gain.pairs == 8
    assert f"{gain.mean_gain:+.1f} ({gain.low:+.1f} to {gain.high:+.1f})" in page


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("people", [0, 1, 120])
def test_the_report_is_one_page_whatever_there_is_to_say(session, people, language, pages):
    told = {"remarks": "Catatan panjang tentang kegiatan ini. " * 80, "venue": "Balai serbaguna " * 10}
    told |= {"ends_on": dt.date(2026, 11, 14), "reach": 4000, "reach_basis": "perkiraan " * 30, "counted_women": 3}
    rows = [{"name": f"{LONG} {number}", "days": "H" * 12} for number in range(people)]
    event = record_training(session, event=CLASS | told, participants=rows).id
    for number in range(12):
        agreed = {"what": f"Kesepakatan {number} " * 9, "responsible": "Pak Camat", "due_on": dt.date(2027, 1, 10)}
        write_commitment(session, event, agreed)
    (page,) = pages(make_paper(session, "event_report", event, language=language))
    assert "…" in page
    assert "Catatan panjang" in page
    assert ("dan 1" if language == "id" else "and 1") in page


# Minutes


def test_minutes_tell_who_took_part_and_what_was_agreed(session, pages):
    people = [
        {"name": "Ahmad", "organisation": "Dinas Uji", "sector": "pemerintah_daerah", "country": "IDN", "days": "H"},
        {"name": "Rohani", "organisation": "Dinas uji", "sector": "serikat", "country": "MYS", "days": "H"},
        {"name": "Tidak Datang", "organisation": "Lain", "days": "A"},
    ]
    values = {
        "training_type": "dialog",
        "topic": "Dialog desa",
        "starts_on": dt.date(2026, 11, 3),
        "village_code": HERE,
    }
    event = record_training(session, event=values, participants=people).id
    agreed = {"what": "Ruang layanan di kantor desa", "responsible": "Pak Camat", "due_on": dt.date(2027, 1, 10)}
    write_commitment(session, event, agreed)
    paper = make_paper(session, "dialogue_minutes", event)
    assert [one.name for one in paper.content.people] == ["Ahmad", "Rohani"]
    assert paper.content.institutions == 1
    assert dict(paper.content.countries) == {"Indonesia": 1, "Malaysia": 1}
    assert [(one.what, one.responsible, one.until) for one in paper.content.agreements] == [
        ("Ruang layanan di kantor desa", "Pak Camat", "10 January 2027")
    ]
    assert all(words in " ".join(pages(paper)) for words in ("Ruang layanan", "Dinas Uji", "Dialog desa"))


# All of them


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-03", None, "3 November 2026"),
        ("2026-11-03", "2026-11-03", "3 November 2026"),
        ("2026-11-03", "2026-11-14", "3–14 November 2026"),
        ("2026-11-30", "2026-12-02", "30 November – 2 December 2026"),
        ("2026-12-31", "2027-01-02", "31 December 2026 – 2 January 2027"),
        (None, None, ""),
    ],
)
def test_days_are_written_as_short_as_they_may_be(first, last, words):
    first, last = (dt.date.fromisoformat(one) if one else None for one in (first, last))
    assert days_in_words(first, last) == words


@pytest.mark.parametrize("kind", OF_EVENTS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_neither_title_nor_file_name_nor_metadata_names_anybody(session, event, certified, kind, language):
    paper = make_paper(session, kind, event, language=language)
    document = pdfium.PdfDocument(paper.pdf)
    told = f"{document.get_metadata_dict()} {paper.file_name} {paper.title}"
    document.close()
    assert not any(one["name"] in told for one in SHEET)
    assert paper.language == language


@pytest.mark.parametrize("kind", OF_EVENTS)
def test_an_event_of_which_little_is_known_has_all_its_papers(session, kind):
    bare = {"training_type": "kelas", "module": "M1", "starts_on": dt.date(2026, 11, 3)}
    event = record_training(session, event=bare, participants=[{"name": "Sri", "days": "H"}]).id
    issue_certificates(session, event, signed_by="Ratna", issued_on=dt.date(2026, 11, 3))
    assert make_paper(session, kind, event, language="id").pdf.startswith(b"%PDF")


@pytest.mark.parametrize("kind", OF_EVENTS)
def test_who_does_not_see_the_event_gets_no_paper(session, collector_session, event, certified, kind):
    session.commit()
    with pytest.raises(Refused):
        make_paper(collector_session("52.03.02.2001"), kind, event)
