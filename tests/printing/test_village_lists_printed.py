# SPDX-License-Identifier: Apache-2.0
"""Blank village lists: two lines for each person in the order of the keying, a number of its own on every sheet."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.lib.units import mm

from reports.papers.copies import write_down
from reports.papers.kinds import make_blank, make_paper
from reports.papers.village_list_sheet import LINE
from resource_centre.registers.village_list import ROWS, columns, numbered, read_sheet_number
from resource_centre.services.paper_copies import PRINTED

TITLES = {
    "en": ("Name as on the identity card", "M/F", "NIK, 16 digits", "Born on", "Place of birth", "Mother's name",
           "Hamlet", "Street or landmark", "Telephone", "Education", "Married", "Country", "Work", "Departure",
           "Return"),
    "id": ("Nama sesuai KTP", "L/P", "NIK, 16 angka", "Tanggal lahir", "Tempat lahir", "Nama ibu", "Dusun",
           "Jalan atau patokan", "Telepon", "Pendidikan", "Kawin", "Negara", "Pekerjaan", "Keberangkatan",
           "Kepulangan"),
}  # fmt: skip


def pages(paper):
    return [page.extract_text() for page in PdfReader(BytesIO(paper.pdf), strict=True).pages]


def printed(session):
    paper = make_paper(session, "village_list", language="en")
    return write_down(session, paper, PRINTED, lambda _copy: paper).paper


@pytest.mark.parametrize("language", ["en", "id"])
def test_both_sides_have_the_columns_in_the_order_in_which_they_are_keyed(language):
    for words in pages(make_blank("village_list", language=language)):
        places = [words.index(f"{title}\n") for title in TITLES[language]]
        assert places == sorted(places)
    assert len(TITLES[language]) == len(columns())


def test_rows_are_numbered_over_front_and_back(session):
    front, back = pages(make_paper(session, "village_list", language="en"))
    found = [[int(line) for line in words.split("\n") if line.isdecimal()] for words in (front, back)]
    assert [*found[0], *found[1]] == list(range(1, ROWS + 1))
    assert "Page 1 of 2" in front
    assert "Page 2 of 2" in back


def test_there_is_room_to_write_by_hand():
    assert 7 * mm <= LINE


def test_every_list_that_is_printed_has_a_number_of_its_own_on_both_sides(session):
    numbers = []
    for _time in range(3):
        paper = printed(session)
        numbers.append(paper.content.sheet)
        assert all(paper.content.sheet in words for words in pages(paper))
    assert len(set(numbers)) == 3
    assert [read_sheet_number(number) for number in numbers] == numbers


def test_a_list_that_was_printed_without_a_centre_asks_for_a_number(session):
    assert "give it one of your own" in pages(make_blank("village_list", language="en"))[0]


def test_the_short_numbers_of_the_lists_stand_on_the_front(session):
    front = " ".join(pages(make_paper(session, "village_list", language="en"))[0].replace("\u00a0", " ").split())
    for name in ("education", "marital_status", "country", "occupation"):
        assert all(f"{number} {term.label('en')}" in front for number, term in numbered(name).items())


def test_a_collector_of_one_village_finds_it_written_there(collector_session):
    assert "Selong, Selong" in pages(make_paper(collector_session("52.03.07.1002"), "village_list"))[0]
