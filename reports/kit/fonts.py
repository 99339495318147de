# SPDX-License-Identifier: Apache-2.0
"""The fonts of printed pages, embedded in every paper."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics

from reports.kit import runs, shaping
from reports.kit.scripts import SIGNS, script_of
from reports.kit.shaping import FOLDER

REGULAR: Final = "NotoSans"
BOLD: Final = "NotoSans-Bold"
ITALIC: Final = "NotoSans-Italic"

_FILES: Final = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
}


@lru_cache(maxsize=1)
def register() -> None:
    """Make the fonts known to ReportLab, once per process; reading them takes about 30 ms."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(runs.MixedFont(name, str(FOLDER / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def width(text: str, font: str, size: float) -> float:
    """How wide the text is drawn, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def shows(one: str) -> bool:
    """Whether any font of papers has a shape for a character."""
    register()
    if ord(one) in pdfmetrics.getFont(REGULAR).face.charToGlyph:
        return True
    return shaping.has(script_of(one) or SIGNS, one)


def pieces(text: str, font: str) -> list[str]:
    """The text in the smallest pieces that may stand on different lines: no letter is parted from its marks."""
    register()
    return runs.pieces(text, font)


def plain(text: str, font: str) -> bool:
    """Whether a font draws the text by itself, character by character."""
    register()
    found: runs.MixedFont = pdfmetrics.getFont(font)
    return found.draws(text)
