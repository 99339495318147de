# SPDX-License-Identifier: Apache-2.0
"""Text that somebody typed, made safe to draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getAscentDescent
from reportlab.platypus import Paragraph

from reports.kit import fonts

LACKING: Final = "\ufffd"
"""Stands for what cannot be printed."""
_JOINED: Final = "\u200b"
"""A blank without width."""
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def plain(text: str) -> str:
    """One line of composed characters without controls or marks that turn the reading direction.

    What cannot be printed is seen to be missing, as `printable` has it: no certificate is without its name unnoticed.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if character in "\n\r\t\u2028\u2029" else character
        for character in composed
        if character not in _BIDI_CONTROLS and (unicodedata.category(character) != "Cc" or character in "\n\r\t")
    )
    return printable("".join(kept).strip())


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of text in which markup is shown as written, never obeyed."""
    clean = plain(text)
    kind = Paragraph if fonts.plain(clean, fonts.REGULAR) else _MixedParagraph
    return kind(escape(clean), style)


class _MixedParagraph(Paragraph):
    """A paragraph whose lines are broken between letters with their marks where there is no blank to break at."""

    def breakLines(self, width: float | Sequence[float]) -> Any:
        """The lines as ReportLab keeps them: the room that is left, and the words."""
        room = float(min(width) if isinstance(width, Sequence) else width)
        words = self.frags[0]
        said = " ".join(words.words) if hasattr(words, "words") else " ".join(words.text.split())
        font, size = words.fontName, words.fontSize
        said = said.replace(_JOINED + " ", "")
        found = lines(said, font, size, room)
        ascent, descent = getAscentDescent(font, size)
        broken = [(room - fonts.width(line, font, size), [line]) for line in _marked(said, found)]
        return words.clone(kind=0, lines=broken, ascent=ascent, descent=descent, fontSize=size)


def _marked(said: str, found: list[str]) -> list[str]:
    """The lines, with `_JOINED` at the end of each that was cut inside a word: the rest of it may go to a new page."""
    place = 0
    marked: list[str] = []
    for line in found:
        place += len(line)
        inside = place < len(said) and said[place] != " "
        marked.append(line + _JOINED * inside)
        place += not inside
    return marked


def printable(text: str) -> str:
    """The text with `LACKING` for every run of characters that no font of papers has a shape for.

    Without it they would be left out, and nobody would see that something is missing.
    """
    if text.isascii():
        return text
    if fonts.plain(text, fonts.REGULAR):
        return text
    runs = groupby(text, lambda one: one.isspace() or unicodedata.category(one) == "Cf" or fonts.shows(one))
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
    """Pieces of a line that has no blank to break at; every one of them takes as much as it can."""
    if fonts.width(line, font, size) <= width:
        return [line]
    smallest = fonts.pieces(line, font)
    found: list[str] = []
    while smallest:
        count = _fitting(smallest, font, size, width)
        found.append("".join(smallest[:count]))
        smallest = smallest[count:]
    return found


def _fitting(smallest: list[str], font: str, size: float, width: float) -> int:
    """How many of the pieces stand on one line; at least one."""
    low, high = 1, len(smallest)
    while low < high:
        middle = (low + high + 1) // 2
        fits = fonts.width("".join(smallest[:middle]), font, size) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def shorten(text: str, font: str, size: float, width: float) -> str:
    """The text on one line, with an ellipsis where it does not fit."""
    if fonts.width(text, font, size) <= width:
        return text
    smallest = fonts.pieces(text, font)
    room = width - fonts.width("\u2026", font, size)
    count = _fitting(smallest, font, size, room) if fonts.width(smallest[0], font, size) <= room else 0
    return "".join(smallest[:count]).rstrip() + "\u2026"
