# SPDX-License-Identifier: Apache-2.0
"""A curriculum and a good practice on paper."""

import pypdfium2 as pdfium
import pytest

from reports.papers.kinds import KINDS, make_paper
from resource_centre.errors import Refused
from resource_centre.services.curricula import begin_curriculum, copy_curriculum
from resource_centre.services.curriculum_default import default_curriculum, default_id
from resource_centre.services.curriculum_modules import add_module
from resource_centre.services.practices import take_off_the_shelf, write_practice


@pytest.fixture
def printed():
    """What a paper says, in one line, and how many pages it has."""

    def read(paper):
        with pdfium.PdfDocument(paper.pdf) as document:
            words = " ".join(page.get_textpage().get_text_range() for page in document)
            return " ".join(words.split()), len(document)

    return read


@pytest.fixture
def practice(session):
    written = {"title": "Kelas malam", "summary": "Baris satu.\nBaris dua.", "tags": ["usaha"], "own_tags": "kopi"}
    return write_practice(session, written | {"institution": "Pusat Contoh", "country": "MYS"}).id


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_curriculum_of_the_program_is_printed_with_everything_it_says(session, printed, language):
    words, pages = printed(make_paper(session, "curriculum", default_id(), language=language))
    for one in default_curriculum(language).modules:
        assert one.title in words
        assert all(" ".join(line.split()) in words for line in (*one.objectives, *one.materials))
    assert ("14 jam" if language == "id" else "14 hours") in words
    assert pages <= 3


def test_a_draft_says_that_it_is_one(session, printed):
    draft = copy_curriculum(session, default_id()).id
    assert "DRAFT" in printed(make_paper(session, "curriculum", draft, language="en"))[0]


def test_a_curriculum_of_very_long_words_is_still_printed(session, printed):
    draft = begin_curriculum(session, {"name": "W" * 200}).id
    long = {"module": "M1", "title": "T" * 200, "objectives": "\n".join(["panjang " * 200] * 3), "materials": "m" * 900}
    add_module(session, draft, long)
    words, _pages = printed(make_paper(session, "curriculum", draft))
    assert words.count("panjang") == 600


def test_a_practice_is_printed_on_one_page(session, printed, practice):
    words, pages = printed(make_paper(session, "practice", practice, language="en"))
    for said in ("Kelas malam", "Baris satu.", "Baris dua.", "Pusat Contoh", "Malaysia", "Business · kopi"):
        assert said in words
    assert pages == 1


def test_the_file_of_a_practice_does_not_say_which(session, practice):
    paper = make_paper(session, "practice", practice, language="en")
    assert (paper.title, paper.file_name) == (KINDS["practice"].title, "good-practice")
    with pdfium.PdfDocument(paper.pdf) as document:
        assert "Kelas" not in str(document.get_metadata_dict())


def test_what_is_no_longer_there_is_not_printed(session, practice):
    take_off_the_shelf(session, practice, "Dua kali tertulis.")
    for kind in ("practice", "curriculum"):
        with pytest.raises(Refused):
            make_paper(session, kind, practice)
