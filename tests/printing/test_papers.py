# SPDX-License-Identifier: Apache-2.0
"""The papers themselves: the month in both languages, the recovery sheet, and their pages as pictures."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from reports.monthly.document import draw_monthly_report
from reports.monthly.figures import monthly_figures
from reports.preview import page_image
from reports.recovery_sheet import draw_recovery_sheet
from resource_centre.errors import EnvironmentFailed

RECOVERY = "7K3M9-PQ2XA-0H4ZT-91BCD-EFGH5-JKMN2-PQRST-VWXY0"


@pytest.fixture
def october(desk):
    """A month with somebody in it whose name holds markup."""
    who = desk.person(
        "Kartini <b>Rahasia</b>", birth_date="1990", stay=("TWN", "2026-09", "PHK"), registered="2026-10-01"
    )
    desk.counselled(who, "2026-10-02")
    tested = {"days": "H", "pre_score": 40, "post_score": 71}
    others = [{"name": name, **tested} for name in ("Sumiati", "Rohani", "Baiq", "Mahsun")]
    desk.trained("2026-10-03", {"person_id": who, **tested}, *others, module="M2", hours=3)
    return monthly_figures(desk.session, "2026-10")


@pytest.fixture
def draw(october, tmp_path):
    """Draws October in a language; returns the path."""

    def drawn(language):
        return draw_monthly_report(
            october, tmp_path / f"{language}.pdf", language=language, centre_name="Pusat <i>Uji</i>"
        )

    return drawn


def pages_of(path):
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            ("Laporan bulanan", "Oktober 2026", "Orang yang dilayani", "Putus kontrak / PHK", "+31,0", "Pengertian"),
        ),
        ("en", ("Monthly report", "October 2026", "People served", "Contract terminated", "+31.0", "Definitions")),
    ],
)
def test_the_month_is_printed_in_the_language_asked_for(draw, language, words):
    from resource_centre import i18n

    i18n.set_language("en" if language == "id" else "id")
    text = "\n".join(pages_of(draw(language)))
    assert [word for word in words if word not in text] == []
    assert i18n.language() != language


def test_every_table_is_there_or_says_that_it_has_no_data(draw):
    text = "\n".join(pages_of(draw("en")))
    numbers = range(1, 25)
    assert re.findall(r"^(R\d+)\s*$", text, re.MULTILINE) == [f"R{number}" for number in numbers]
    for word in ("Prepared by", "Checked by", "Approved by", "Records as of", "all agree", "version"):
        assert word in text


def test_pages_know_their_number_and_are_marked(draw):
    pages = pages_of(draw("id"))
    for at, page in enumerate(pages, start=1):
        assert f"Halaman {at} dari {len(pages)}" in page
        assert "RAHASIA" in page.replace(" ", "")


def test_no_name_of_a_client_is_printed_or_kept_in_the_file(draw):
    path = draw("en")
    assert "Kartini" not in "\n".join(pages_of(path))
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "Monthly report · October 2026"
    assert facts["Author"] == facts["Creator"] == facts["Producer"] == "Resource Centre"
    assert facts["Subject"] == facts["Keywords"] == ""


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts (poppler-utils) is not installed")
@pytest.mark.parametrize("paper", ["month", "recovery"])
def test_every_font_is_embedded_and_none_is_a_stranger(draw, tmp_path, paper):
    path = draw("id") if paper == "month" else sheet(tmp_path)
    listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert "NotoSans" in line.split()[0]
        assert re.search(r"\byes +yes +yes\b", line), line


def test_no_page_font_but_our_own_is_named_in_the_file(draw):
    import pypdfium2.raw as raw
    from pypdfium2 import PdfDocument

    assert raw is not None
    assert b"Helvetica" not in draw("en").read_bytes()
    document = PdfDocument(draw("en"))
    assert len(document) >= 3
    document.close()


def test_an_empty_month_is_a_whole_report(desk, tmp_path):
    figures = monthly_figures(desk.session, "2026-10")
    pages = pages_of(draw_monthly_report(figures, tmp_path / "empty.pdf", language="id"))
    assert "Oktober 2026" in pages[0]
    assert "Pengertian" in "\n".join(pages)


def test_a_million_fits_its_column(desk, tmp_path, october):
    from dataclasses import replace

    from reports.monthly.counts import BySex

    huge = BySex(1_234_567, 2_345_678, 345_678)
    lines = tuple(replace(line, month=huge, year=huge, project=huge) for line in october.destinations)
    path = draw_monthly_report(replace(october, destinations=lines), tmp_path / "big.pdf", language="id")
    assert "1.234.567" in "\n".join(pages_of(path))


def test_the_stages_are_told(october, tmp_path):
    told = []
    draw_monthly_report(october, tmp_path / "x.pdf", language="id", progress=told.append)
    assert list(dict.fromkeys(told)) == ["draw", "write"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(october, tmp_path):
    with pytest.raises(EnvironmentFailed):
        draw_monthly_report(october, tmp_path / "no folder" / "x.pdf", language="id")
    assert list(tmp_path.glob("*.pdf")) == []


def sheet(folder, language="id"):
    return draw_recovery_sheet(
        folder / f"sheet-{language}.pdf", centre_name="Pusat Uji", recovery=RECOVERY, language=language
    )


@pytest.mark.parametrize(("language", "title"), [("id", "Lembar pemulihan"), ("en", "Recovery sheet")])
def test_the_recovery_sheet_is_one_page_with_every_group(tmp_path, language, title):
    (page,) = pages_of(sheet(tmp_path, language))
    assert title in page
    assert [group for group in RECOVERY.split("-") if group not in page.replace(" ", "")] == []


def test_the_square_code_holds_the_key():
    from reportlab.graphics.barcode.qrencoder import QRCode

    from reports.kit.qr import QrCode

    drawn, same, other = QrCode(RECOVERY, 100), QrCode(RECOVERY, 50), QrCode(RECOVERY[:-1] + "1", 100)
    assert isinstance(drawn._code, QRCode)
    assert drawn._code.modules == same._code.modules != other._code.modules


def test_a_page_becomes_a_picture(draw):
    path = draw("id")
    picture = page_image(path, 0, 600)
    assert (picture.width, picture.pages) == (600, len(pages_of(path)))
    assert len(picture.rgba) == picture.width * picture.height * 4
    assert picture.rgba[:3] == b"\xff\xff\xff"
    assert min(picture.rgba) < 60
    with pytest.raises(IndexError):
        page_image(path, picture.pages, 600)


def test_what_is_not_a_paper_is_said_in_words(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"not a paper")
    for name, code in (("x.pdf", "file_unreadable"), ("y.pdf", "file_missing")):
        with pytest.raises(EnvironmentFailed) as failed:
            page_image(tmp_path / name, 0, 100)
        assert failed.value.code == code
