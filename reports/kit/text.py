# SPDX-License-Identifier: Apache-2.0
"""Text that somebody typed, made safe to draw."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from reports.kit import fonts

LACKING: Final = "\ufffd"
"""Stands for what cannot be printed."""
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def plain(text: str) -> str:
    """One line of composed characters without controls or marks that turn the reading direction.

    What cannot be printed is seen to be missing, as `printable` has it: no certificate is without its name unnoticed.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if character in "\n\r\t\u2028\u2029" else character
        for character in composed
        if character not in _BIDI_CONTROLS and (unicodedata.category(character) != "Cc" or character in "\n\r\t")
    )
    return printable("".join(kept).strip())


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of text in which markup is shown as written, never obeyed."""
    return Paragraph(escape(plain(text)), style)


def printable(text: str) -> str:
    """The text with `LACKING` for every run of characters that the font of papers has no shape for.

    Without it they would be left out, and nobody would see that something is missing.
    """
    if text.isascii():
        return text
    known = fonts.characters(fonts.REGULAR)
    runs = groupby(text, lambda one: one.isspace() or ord(one) in known or unicodedata.category(one) == "Cf")
    return "".join("".join(run) if shown else LACKING for shown, run in runs)


def lines(text: str, font: str, size: float, width: float) -> list[str]:
    """The text broken to a width, at blanks but never at one that holds (as in 50 %).

    A word wider than that is cut, so that nothing runs over its column.
    """
    fonts.register()
    return [piece for part in text.split("\n") for piece in _broken(part, font, size, width)]


def _broken(text: str, font: str, size: float, width: float) -> list[str]:
    if fonts.width(text, font, size) <= width:
        return [text]
    found: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and fonts.width(longer, font, size) > width:
            found += _cut(line, font, size, width)
            longer = word
        line = longer
    return [*found, *_cut(line, font, size, width)]


def _cut(line: str, font: str, size: float, width: float) -> list[str]:
    """Pieces of a line that has no blank to break at."""
    pieces: list[str] = []
    while len(line) > 1 and fonts.width(line, font, size) > width:
        fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or fonts.width(line[:n], font, size) <= width)
        pieces.append(line[:fits])
        line = line[fits:]
    return [*pieces, line]


def shorten(text: str, font: str, size: float, width: float) -> str:
    """The text on one line, with an ellipsis where it does not fit."""
    if fonts.width(text, font, size) <= width:
        return text
    while text and fonts.width(text + "\u2026", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "\u2026"
