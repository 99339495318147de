# SPDX-License-Identifier: Apache-2.0
"""Names in Thai, Lao, Burmese, Khmer, Devanagari, Bengali and Arabic print as they are written, wherever they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO

import pytest
import uharfbuzz
from pypdf import PdfReader
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, FOLDER, REGULAR
from reports.kit.layout import Heading
from reports.kit.pages import PageSetup, _NumberedCanvas, draw_pages
from reports.kit.scripts import SCRIPTS, Script
from reports.kit.tables import Column, Row, table
from reports.kit.text import LACKING, lines, paragraph, plain, printable, shorten
from reports.kit.title import TitleBlock
from reports.preview import page_image

SETUP = PageSetup("Uji", "Pusat Uji", "id")
NAMES = {
    "Thai": "สมชาย น้ำผึ้ง ที่สุด",
    "Lao": "ສົມສັກ ແກ້ວມະນີ",
    "Myanmar": "ဒေါ်အောင် ကျော်မြင့်ဦး",
    "Khmer": "វិច្ឆិកា ស្រីមុំ",
    "Devanagari": "श्रीकृष्ण द्विवेदी क्षेत्री",
    "Bengali": "মোহাম্মদ শ্রীকৃষ্ণ",
    "Arabic": "محمد أبو بكر",
}
WRITTEN = pytest.mark.parametrize(("script", "name"), NAMES.items(), ids=NAMES)
BLANK = 3
"""The number of the blank in Noto Sans: between words from the right it is a shape of its own."""
SIZE, LEFT, BASE = 50, 20, 60


@pytest.fixture
def words(tmp_path):
    """What a reader copies from a PDF."""

    def read(pdf: bytes) -> str:
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
        return re.sub("[\u202a-\u202c\u200b\f]", "", done.stdout)

    return read


def fonts_in(pdf: bytes) -> dict[str, bool]:
    """The fonts of a PDF, and whether their shapes are in it."""
    found = {}
    for page in PdfReader(BytesIO(pdf), strict=True).pages:
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values()):
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            found[font["/BaseFont"].partition("+")[2]] = "/FontFile2" in inner["/FontDescriptor"]
    return found


def drawn(name: str, font: str = REGULAR) -> bytes:
    """A page with a name on it, large."""
    fonts.register()
    made = BytesIO()
    canvas = _NumberedCanvas(made, setup=PageSetup("", "", "id", bare=True), pagesize=(500, 120), pageCompression=0)
    canvas.setFont(font, SIZE)
    canvas.drawString(LEFT, BASE, name)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def operators(pdf: bytes) -> str:
    """What is drawn on the first page, as the file says it."""
    return PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1")


def ink_of_qt(name: str, script: Script) -> set[tuple[int, int]]:
    """The dark points of the same name as Qt draws it."""
    number = QFontDatabase.addApplicationFont(str(FOLDER / f"{script.regular}.ttf"))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPixelSize(round(SIZE * script.scale))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    image = QImage(500, 120, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(LEFT, 120 - BASE, name)
    painter.end()
    return {(x, y) for x in range(500) for y in range(120) if image.pixelColor(x, y).red() < 128}


def ink_of_paper(pdf: bytes) -> set[tuple[int, int]]:
    image = page_image(pdf, 0, 500)
    return {(at % 500, at // 500) for at in range(500 * image.height) if image.rgba[at * 4] < 128}


def near(one: set[tuple[int, int]], other: set[tuple[int, int]]) -> float:
    """How much of the one's ink lies beside ink of the other."""
    beside = {(x + dx, y + dy) for x, y in other for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return len(one & beside) / len(one)


@WRITTEN
def test_a_name_has_the_ink_that_qt_gives_it(qapp, script, name):
    # One word: blanks are Noto Sans's own on paper.
    word = name.split()[0]
    expected = ink_of_qt(word, next(one for one in SCRIPTS if one.name == script))
    found = ink_of_paper(drawn(word))
    assert len(found) > 200
    assert near(found, expected) > 0.97
    assert near(expected, found) > 0.97


@WRITTEN
@pytest.mark.parametrize(("font", "weight"), [(REGULAR, "Regular"), (BOLD, "Bold")])
def test_the_shapes_are_those_that_harfbuzz_chooses(script, name, font, weight):
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FOLDER / f"NotoSans{script}-{weight}.ttf")))
    expected = []
    for word in name.split()[:: -1 if script == "Arabic" else 1]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(uharfbuzz.Font(face), buffer)
        expected += [info.codepoint for info in buffer.glyph_infos]
    found = [int(one, 16) for one in re.findall("<([0-9A-F]{4})>", operators(drawn(name, font)))]
    assert [one for one in found if one != BLANK] == expected


@WRITTEN
def test_a_name_is_embedded_and_can_be_copied_from_every_place(script, name, words):
    story = [
        TitleBlock("Laporan", "November 2026", name),
        Heading(name, "R1"),
        paragraph(name, styles.BODY_STYLE),
        paragraph(name, styles.TERM_STYLE),
        table([Column(name, numeric=False), Column(name, group=name)], [Row((name, "1")), Row((name, name), "total")]),
    ]
    pdf = draw_pages(story, SETUP)
    assert fonts_in(pdf).get(f"NotoSans{script}-Regular")
    assert fonts_in(pdf).get(f"NotoSans{script}-Bold")
    assert all(fonts_in(pdf).values())
    assert words(pdf).count(name) >= 9


def test_a_font_is_only_read_when_a_name_needs_it():
    said = (
        "from reports.kit import fonts, shaping, styles\n"
        "from reports.kit.pages import PageSetup, _NumberedCanvas, draw_pages\n"
        "fonts.register()\n"
        "from reports.kit.text import paragraph\n"
        "draw_pages([paragraph('Désa Kedungwungu – 50 %', styles.BODY_STYLE)], PageSetup('', '', 'id'))\n"
        "print(shaping.face.cache_info().currsize)\n"
        "paragraph('สมชาย', styles.BODY_STYLE)\n"
        "print(shaping.face.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


@WRITTEN
def test_a_width_is_that_of_its_shapes(script, name):
    assert fonts.width(name, REGULAR, 10) == pytest.approx(
        sum(fonts.width(word, REGULAR, 10) for word in name.split())
        + fonts.width(" ", REGULAR, 10) * (len(name.split()) - 1)
    )
    assert fonts.width(name, REGULAR, 20) == pytest.approx(2 * fonts.width(name, REGULAR, 10))


@WRITTEN
def test_no_letter_is_parted_from_its_marks(script, name):
    word = name.replace(" ", "") * 6
    broken = lines(word, REGULAR, 10, 60)
    assert "".join(broken) == word
    assert len(broken) > 3
    whole = fonts.width(word, REGULAR, 10)
    if script != "Arabic":
        # A letter parted from its marks would be drawn with a dotted ring, which takes room.
        assert sum(fonts.width(line, REGULAR, 10) for line in broken) == pytest.approx(whole)
    assert all(fonts.width(line, REGULAR, 10) <= 60 for line in broken)


@WRITTEN
def test_what_does_not_fit_is_shortened_between_letters(script, name):
    short = shorten(name, REGULAR, 10, fonts.width(name, REGULAR, 10) * 0.6)
    assert short.endswith("…")
    assert name.startswith(short[:-1])
    assert fonts.width(short, REGULAR, 10) <= fonts.width(name, REGULAR, 10) * 0.6


def test_a_long_text_without_blanks_runs_over_no_margin_and_loses_nothing_over_pages(words):
    said = "ประเทศไทยเป็นประเทศที่สวยงามมากและมีผู้คนที่เป็นมิตร" * 240
    pdf = draw_pages([paragraph(said, styles.BODY_STYLE)], SETUP)
    assert len(PdfReader(BytesIO(pdf)).pages) > 1
    thai = "".join(re.findall("[\u0e00-\u0e7f]+", words(pdf)))
    assert thai == said


def test_a_mark_that_no_letter_holds_by_itself_is_put_on_its_letter(words):
    pdf = draw_pages([paragraph("Ng\u0254\u0302p", styles.BODY_STYLE)], SETUP)
    assert "Ng\u0254\u0302" in words(pdf)
    assert fonts.width("\u0254\u0302", REGULAR, 10) == pytest.approx(fonts.width("\u0254", REGULAR, 10))


def test_signs_and_faces_that_a_font_has_are_printed_and_others_are_seen_to_be_missing(words):
    said = "baik ✓ → ★ 😀 ≤ 5 \U0001f44d\U0001f3fd 李小龙 akhir"
    assert printable(said) == f"baik ✓ → ★ 😀 ≤ 5 {LACKING} {LACKING} akhir"
    assert printable(said) in words(draw_pages([paragraph(said, styles.BODY_STYLE)], SETUP))


def test_marks_that_turn_the_reading_direction_are_taken_out_of_names():
    assert plain("abc\u202ecba\u2067x") == "abccbax"


def test_names_from_the_right_stand_right_in_a_line_from_the_left():
    said = operators(drawn("a محمد b"))
    plain_ones = [at.start() for at in re.finditer(r"\(", said)]
    shaped = said.index("TJ")
    assert plain_ones[0] < shaped < plain_ones[-1]


def test_equal_stories_with_other_scripts_make_equal_files():
    story = [paragraph(" ".join(NAMES.values()), styles.BODY_STYLE)]
    again = [paragraph(" ".join(NAMES.values()), styles.BODY_STYLE)]
    assert draw_pages(story, SETUP, invariant=True) == draw_pages(again, SETUP, invariant=True)
