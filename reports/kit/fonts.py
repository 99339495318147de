# SPDX-License-Identifier: Apache-2.0
"""The fonts of printed pages, embedded in every paper."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER: Final = Path(__file__).parents[1] / "fonts"

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
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def width(text: str, font: str, size: float) -> float:
    """How wide the text is drawn, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def characters(font: str) -> Container[int]:
    """The code points that a font has a shape for."""
    register()
    shapes: Container[int] = pdfmetrics.getFont(font).face.charToGlyph
    return shapes
