# SPDX-License-Identifier: Apache-2.0
"""Where all text is measured and drawn, in whatever scripts: paragraphs, tables, heads and charts all come here.

Plain text, which is nearly all there is, goes the way ReportLab has for it, untouched. A line with anything else is cut
into runs (`shaping.runs`), and each is drawn shape by shape.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.textobject import PDFTextObject

from reports.kit import shaping
from reports.kit.glyph_fonts import GlyphFont, actual_text, glyph_font
from reports.kit.shaping import EM, Glyph, Run

_CLOSE: Final = 0.05
"""A pen that is so near to where it should be, in thousandths of the type size, is there."""


class MixedFont(TTFont):
    """A font of Latin letters that measures what it lacks as the other fonts draw it."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename, shapable=False)
        self.bold = name.endswith("Bold")
        self._plain: frozenset[str] = frozenset()

    @property
    def plain(self) -> frozenset[str]:
        """The characters that are drawn one by one, from the left; found out when the first is not ASCII."""
        if not self._plain:
            self._plain = frozenset(filter(_stands_alone, map(chr, self.face.charToGlyph)))
        return self._plain

    def draws(self, text: str) -> bool:
        """Whether the text needs neither another font nor shaping nor turning."""
        return text.isascii() or self.plain.issuperset(text)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """How wide the text is drawn."""
        if text.isascii() or self.plain.issuperset(text):
            width: float = super().stringWidth(text, size, encoding)
            return width
        return advance(text, self.fontName) * size / EM


def _stands_alone(one: str) -> bool:
    return unicodedata.category(one) not in ("Mn", "Mc", "Me", "Cf") and unicodedata.bidirectional(one) not in (
        "R", "AL", "AN",
    )  # fmt: skip


class MixedText(PDFTextObject):
    """What ReportLab draws text with, knowing runs."""

    def _formatText(self, text: Any) -> str:
        font = pdfmetrics.getFont(self._fontname)
        if not isinstance(font, MixedFont) or font.draws(text):
            plain: str = super()._formatText(text)
            return plain
        return " ".join(filter(None, (self._run(run) for run in _runs(text, self._fontname))))

    def _run(self, run: Run) -> str:
        if not run.font:
            plain: str = super()._formatText(run.text)
            return plain
        font = glyph_font(self._doc, run.font)
        font.learn(run)
        self._curSubset = -1
        size = self._fontsize * run.scale
        shown = _shown(run.glyphs, font, size, self._rise)
        if not run.from_the_right:
            shown = [actual_text(run.text), *shown, "EMC"]
        return " ".join((f"/{font.internal_name} {fp_str(size)} Tf {fp_str(self._leading)} TL", *shown))


def _shown(glyphs: tuple[Glyph, ...], font: GlyphFont, size: float, rise: float) -> list[str]:
    """The operators that draw shapes: arrays of numbers with moves between them, anew where the height changes."""
    said: list[str] = []
    parts: list[str] = []
    height = 0.0
    for one in glyphs:
        if one.dy != height:
            said += _array(parts)
            said.append(f"{fp_str(rise + one.dy * size / EM)} Ts")
            parts, height = [], one.dy
        parts += [*_move(-one.dx), f"<{one.number:04X}>", *_move(one.dx + font.width(one.number) - one.advance)]
    said += _array(parts)
    return [*said, f"{fp_str(rise)} Ts"] if height else said


def _array(parts: list[str]) -> list[str]:
    return [f"[{''.join(parts)}] TJ"] if parts else []


def _move(back: float) -> list[str]:
    """The number that takes the pen back by so much."""
    return [f" {fp_str(back)} "] if abs(back) > _CLOSE else []


@lru_cache(maxsize=4096)
def _runs(text: str, name: str) -> tuple[Run, ...]:
    font: MixedFont = pdfmetrics.getFont(name)
    return shaping.runs(text, font.plain, bold=font.bold)


@lru_cache(maxsize=4096)
def advance(text: str, name: str) -> float:
    """How wide a text with other scripts is, in thousandths of the type size."""
    font: MixedFont = pdfmetrics.getFont(name)
    plain = sum(TTFont.stringWidth(font, run.text, EM) for run in _runs(text, name) if not run.font)
    return float(plain + sum(run.advance for run in _runs(text, name)))


def pieces(text: str, name: str) -> list[str]:
    """The text in the smallest pieces that may stand on different lines."""
    font: MixedFont = pdfmetrics.getFont(name)
    return list(text) if font.draws(text) else shaping.clusters(text, font.plain, bold=font.bold)
