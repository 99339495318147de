# SPDX-License-Identifier: Apache-2.0
"""Papers of a savings group: names printed in advance, what was written, the list to be signed, one page."""

import datetime as dt

import pypdfium2 as pdfium
import pytest

from reports.papers.kinds import KINDS, make_paper
from resource_centre.errors import Refused
from resource_centre.services.group_meetings import carry_out_share_out, save_meeting
from resource_centre.services.savings_groups import add_member, start_group

NAMES = ("Sumiati", "Baiq Ratna", "Lalu Ahmad")
OF_GROUPS = ("group_meeting_sheet", "group_share_out", "group_summary")


@pytest.fixture
def group(session):
    rules = {"name": "Mawar", "village_code": "52.03.01.2001", "share_value": 5000, "loan_fee": 2.0, "most_shares": 5}
    return start_group(session, rules | {"cycle_begins_on": dt.date(2026, 1, 1)}).id


@pytest.fixture
def members(session, group):
    return [add_member(session, group, {"name": name, "sex": "P"}).id for name in NAMES]


@pytest.fixture
def met(session, group, members):
    first, second, _third = members
    lines = [
        {"member_id": first, "present": True, "shares": 5, "social_in": 2000, "loan": 12_000, "months": 2},
        {"member_id": second, "present": True, "shares": 2, "fine": 1000},
    ]
    return save_meeting(session, group, {"held_on": dt.date(2026, 2, 5), "cash_counted": 26_000}, lines).id


@pytest.fixture
def printed():
    """What a paper says, in one line, and the document itself."""
    opened = []

    def read(paper):
        opened.append(pdfium.PdfDocument(paper.pdf))
        words = " ".join(page.get_textpage().get_text_range() for page in opened[-1])
        return " ".join(words.split()), opened[-1]

    yield read
    for one in opened:
        one.close()


def test_a_sheet_to_fill_in_has_the_names_and_what_each_owes(session, group, met, printed):
    words, _reader = printed(make_paper(session, "group_meeting_sheet", group))
    assert all(name in words for name in NAMES)
    assert "12,000" in words
    assert "Rp26,000" in words


def test_a_filled_sheet_says_what_was_written(session, group, met, printed):
    paper = make_paper(session, "group_meeting_sheet", group, meeting=met)
    words, _reader = printed(paper)
    assert "5 February 2026" in words
    assert "Rp38,000" in words
    assert [line.figures.get("shares") for line in paper.content.lines] == [5, 2, None]


def test_long_amounts_still_fit(session, group, members, printed):
    rich = 999_999_999_999
    line = {"member_id": members[0], "social_in": rich, "fine": rich, "loan": rich, "months": 60, "fee": rich}
    line |= {"social_out": rich}
    held = {"held_on": dt.date(2026, 2, 5), "cash_counted": rich}
    meeting = save_meeting(session, group, held, [line]).id
    words, _reader = printed(make_paper(session, "group_meeting_sheet", group, meeting=meeting))
    assert words.count("999,999,999,999") >= 5


def test_the_share_out_list_gives_each_member_a_line_to_sign(session, group, members, met, printed):
    back = [{"member_id": members[0], "repaid": 12_000}]
    save_meeting(session, group, {"held_on": dt.date(2026, 3, 5), "cash_counted": 38_000}, back)
    carry_out_share_out(session, group, {"held_on": dt.date(2026, 3, 5), "cash_counted": 2006})
    paper = make_paper(session, "group_share_out", group)
    assert [(one.name, one.amount) for one in paper.content.lines] == [("Sumiati", 25_710), ("Baiq Ratna", 10_284)]
    words, _reader = printed(paper)
    assert "Shared out on 5 March 2026" in words
    assert "Rp5,142" in words


def test_the_summary_is_one_page(session, group, met, printed):
    words, reader = printed(make_paper(session, "group_summary", group))
    assert len(reader) == 1
    assert "33%" in words


@pytest.mark.parametrize("kind", OF_GROUPS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_neither_title_nor_file_name_names_anybody(session, group, met, kind, language, printed):
    paper = make_paper(session, kind, group, language=language)
    _words, reader = printed(paper)
    told = f"{reader.get_metadata_dict()['Title']} {paper.file_name} {paper.title}"
    assert not any(name in told for name in (*NAMES, "Mawar"))
    assert paper.title == KINDS[kind].title if language == "en" else paper.title != KINDS[kind].title


def test_who_does_not_see_the_group_gets_no_paper(session, collector_session, group, met):
    session.commit()
    elsewhere = collector_session("52.03.02.2001")
    with pytest.raises(Refused):
        make_paper(elsewhere, "group_summary", group)
