# SPDX-License-Identifier: Apache-2.0
"""The kit every paper is drawn with: numbers, dates, long tables, charts from zero, files whole or absent."""

from __future__ import annotations

import errno
import re
from datetime import date, datetime
from pathlib import Path
from unittest import mock

import pytest

from reports.kit.files import write_whole
from reports.kit.fonts import REGULAR
from reports.kit.pages import PageSetup, draw_pages
from reports.kit.styles import BODY_STYLE, CONTENT_WIDTH
from reports.kit.tables import Column, Row, table
from reports.kit.text import lines, paragraph, plain
from reports.kit.words import long_date, moment, month_name, number, percent
from resource_centre.errors import EnvironmentFailed

SETUP = PageSetup(title="A paper", centre_name="Pusat Uji", language="en")


@pytest.fixture
def texts(tmp_path):
    """Draws a story and reads back the words of each page."""
    import pypdfium2 as pdfium

    def read(story, setup=SETUP):
        document = pdfium.PdfDocument(draw_pages(story, setup))
        try:
            return [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()

    return read


def counted(rows):
    columns = [Column("Village", numeric=False), Column("Total", group="Month", strong=True)]
    return table(columns, [Row((f"Desa {n}.", str(n))) for n in range(rows)])


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [(1234567, "1.234.567", "1,234,567"), (0, "0", "0"), (None, "–", "–"), (-3, "–3", "–3")],
)
def test_numbers_as_the_language_writes_them(value, indonesian, english):
    assert (number(value, "id"), number(value, "en")) == (indonesian, english)


def test_decimals_signs_and_shares():
    assert number(16.9, "id", decimals=1, sign=True) == "+16,9"
    assert number(0, "id", decimals=1, sign=True) == "0,0"
    assert percent(62.4, "id", decimals=1) == "62,4\u00a0%"
    assert percent(None, "en") == "–"


def test_a_loss_is_never_printed_as_a_gain(texts):
    """The minus is drawn, in every weight of the type, and a blank that holds keeps a figure with its sign."""
    columns = [Column("Village", numeric=False), Column("Gain", strong=True)]
    (page,) = texts([table(columns, [Row((number(-3.5, "en", decimals=1), number(-2, "en")))])])
    assert page.count(number(-1, "en")[0]) == 2


def test_what_rounds_to_nought_has_no_sign():
    assert [number(value, "en", decimals=1, sign=True) for value in (-0.04, 0.04, -0.06)] == ["0.0", "0.0", "–0.1"]


def test_a_blank_that_holds_is_not_broken_at():
    broken = lines(f"Kadang-kadang 9 ({percent(50, 'id')})", REGULAR, 8, 75)
    assert broken == ["Kadang-kadang 9", f"({percent(50, 'id')})"]


def test_months_and_days_in_words():
    assert (month_name("2026-08", "id"), month_name("2026-08", "en")) == ("Agustus 2026", "August 2026")
    assert long_date(date(2026, 11, 22), "id") == "22 November 2026"
    assert moment(datetime(2026, 11, 2, 14, 5), "id") == "2 November 2026, 14.05"  # noqa: DTZ001
    assert moment(datetime(2026, 11, 2, 14, 5), "en").endswith("14:05")  # noqa: DTZ001


def test_markup_in_a_name_is_shown_and_never_obeyed(texts):
    name = "Siti <b>& <img src='file:///etc/passwd'/> \u202eanimaS"
    (page,) = texts([paragraph(name, BODY_STYLE), table([Column("Name", numeric=False)], [Row((name,))])])
    assert page.count("<img src='file:///etc/passwd'/>") == 2
    assert "\u202e" not in page


def test_controls_and_line_ends_leave_one_readable_line():
    assert plain("Desa\tSakra\r\nTimur\x00\u2066!") == "Desa Sakra  Timur!"


def test_a_word_wider_than_its_column_is_cut_not_lost():
    word = "Kampungpanjangsekalitanpaspasi" * 3
    pieces = lines(word, "NotoSans", 9, 60)
    assert len(pieces) > 3
    assert "".join(pieces) == word


def test_headings_stand_on_every_page_and_no_row_is_lost(texts):
    pages = texts([counted(200)])
    assert len(pages) > 3
    assert all("Village" in page and "Month" in page for page in pages)
    found = [number for page in pages for number in re.findall(r"Desa (\d+)\.", page)]
    assert [int(number) for number in found] == list(range(200))


def test_a_total_never_stands_alone_on_a_page(texts):
    for rows in range(40, 50):
        columns = [Column("Village", numeric=False), Column("Total")]
        body = [Row((f"Desa {n}", str(n))) for n in range(rows)]
        last = texts([table(columns, [*body, Row(("Together", "99"), "total")])])[-1]
        assert last.count("Desa") >= 2


def test_numbers_are_as_wide_as_they_need_and_the_table_as_wide_as_the_page():
    made = table([Column("A", numeric=False), Column("B")], [Row(("x", "1.234.567.890"))])
    assert made.wrap(CONTENT_WIDTH, 100)[0] == pytest.approx(CONTENT_WIDTH)
    with pytest.raises(ValueError, match="do not fit"):
        table([Column("A", numeric=False), *[Column("B")] * 12], [Row(("x", *["1.234.567.890"] * 12))])


def test_a_row_needs_a_cell_for_every_column():
    with pytest.raises(ValueError, match="as many cells"):
        table([Column("A"), Column("B")], [Row(("1",))])


def test_equal_stories_make_equal_files():
    one, two = (draw_pages([counted(3)], SETUP, invariant=True) for _ in range(2))
    assert one == two


def test_a_page_number_on_every_page_in_the_language_of_the_paper(texts):
    setup = PageSetup(title="Laporan", centre_name="Pusat Uji", language="id", mark="RAHASIA")
    pages = texts([counted(100)], setup)
    for at, page in enumerate(pages, start=1):
        assert f"Halaman {at} dari {len(pages)}" in page
        assert "RAHASIA" in page.replace(" ", "")
        assert "Pusat Uji" in page


def test_a_full_disk_leaves_the_old_paper_and_nothing_else(tmp_path: Path):
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"the old one")
    with (
        mock.patch("reports.kit.files.os.fsync", side_effect=OSError(errno.ENOSPC, "full")),
        pytest.raises(EnvironmentFailed) as failed,
    ):
        write_whole(paper, b"the new one")
    assert failed.value.code == "disk_full"
    assert paper.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [paper]


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path):
    with pytest.raises(EnvironmentFailed) as failed:
        write_whole(tmp_path / "no" / "report.pdf", b"x")
    assert failed.value.code == "cannot_write"
    assert not (tmp_path / "no").exists()


def test_ten_thousand_rows_take_ten_times_as_long_as_a_thousand():
    import time

    def seconds(rows):
        started = time.process_time()
        draw_pages([counted(rows)], SETUP)
        return time.process_time() - started

    seconds(10)
    assert seconds(5000) / min(seconds(500) for _ in range(2)) < 20
