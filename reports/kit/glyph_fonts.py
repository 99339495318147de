# SPDX-License-Identifier: Apache-2.0
"""Fonts in a PDF whose text is written as numbers of shapes, with only those shapes in the file.

ReportLab's own fonts are written by character, and a shaped word has shapes that no character names. This is the other
kind that PDF knows (ISO 32000-1, 9.7: a Type 0 font with Identity-H). What the shapes mean is written twice: for each
of them (ToUnicode) and for each run (ActualText, `actual_text`), which is what readers that know it copy. A run from
the right has only the first: readers turn it round themselves, some of them twice if it is written in both ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc

from reports.kit.shaping import EM, Run, face

_MOST_IN_A_LIST: Final = 100
"""How many entries a list of a character map may have (Adobe Technical Note 5014)."""
_DROPPED: Final = ("GSUB", "GPOS", "GDEF", "name", "DSIG", "fpgm", "prep", "cvt ", "gasp")
"""What shaping and a screen's grid wanted of a font; its shapes stand already."""

_NOTHING: Final = "\u200b"
"""What a shape means that only belongs to another: a blank without width, for every shape has to mean something."""


class GlyphFont:
    """One font in one document: it learns which shapes are used, and writes itself when the document is saved."""

    def __init__(self, name: str, internal_name: str) -> None:
        self.name, self.internal_name = name, internal_name
        self._widths: dict[int, float] = {}
        self._meaning: dict[int, str] = {}

    def learn(self, run: Run) -> None:
        """Take in the shapes of a run, each with the characters that it stands for."""
        found = face(self.name)
        starts = sorted({one.cluster for one in run.glyphs})
        for start, end in zip(starts, [*starts[1:], len(run.text)], strict=True):
            numbers = [one.number for one in run.glyphs if one.cluster == start]
            for number, words in zip(numbers, _meanings(numbers, run.text[start:end], found.letters), strict=True):
                self._widths.setdefault(number, found.width(number))
                self._meaning.setdefault(number, words)

    def width(self, number: int) -> float:
        """How far a reader's pen goes on after a shape, in thousandths of the type size."""
        return self._widths[number]

    def addObjects(self, document: Any) -> None:
        """Write the font into the document; ReportLab calls this when everything is drawn."""
        base = f"SHAPED+{self.name}"
        kept = sorted(self._widths)
        descendant = _dictionary(
            Type=_name("Font"),
            Subtype=_name("CIDFontType2"),
            BaseFont=_name(base),
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
            ),
            FontDescriptor=self._descriptor(document, base, kept),
            DW=0,
            W=pdfdoc.PDFArray([part for one in kept for part in (one, pdfdoc.PDFArray([round(self._widths[one])]))]),
            CIDToGIDMap=_name("Identity"),
        )
        font = _dictionary(
            Type=_name("Font"),
            Subtype=_name("Type0"),
            BaseFont=_name(base),
            Encoding=_name("Identity-H"),
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant, f"glyphs:{base}")]),
            ToUnicode=document.Reference(_stream(document, self._to_unicode()), f"meaning:{base}"),
        )
        document.idToObject["BasicFonts"].dict[self.internal_name] = document.Reference(font, f"font:{base}")

    def _descriptor(self, document: Any, base: str, kept: list[int]) -> Any:
        found = face(self.name)
        top, bottom = found.extent
        program = _stream(document, found.only(kept, _DROPPED), Length1=True)
        return document.Reference(
            _dictionary(
                Type=_name("FontDescriptor"),
                FontName=_name(base),
                Flags=4,
                FontBBox=pdfdoc.PDFArray([-EM, round(bottom), 2 * EM, round(top)]),
                ItalicAngle=0,
                Ascent=round(top),
                Descent=round(bottom),
                CapHeight=714,
                StemV=165 if self.name.endswith("Bold") else 95,
                FontFile2=document.Reference(program, f"program:{base}"),
            ),
            f"descriptor:{base}",
        )

    def _to_unicode(self) -> bytes:
        said = [f"<{one:04X}> <{_utf16(words)}>" for one, words in sorted(self._meaning.items())]
        lists = [said[at : at + _MOST_IN_A_LIST] for at in range(0, len(said), _MOST_IN_A_LIST)]
        body = [line for part in lists for line in (f"{len(part)} beginbfchar", *part, "endbfchar")]
        return "\n".join((*_CMAP_HEAD, *body, *_CMAP_FOOT)).encode("ascii")


_CMAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
)
_CMAP_FOOT: Final = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")

_used: WeakKeyDictionary[Any, dict[str, GlyphFont]] = WeakKeyDictionary()


def _meanings(numbers: list[int], text: str, letters: Mapping[int, str]) -> list[str]:
    """What each shape of a cluster means: its own letter, and for one without, those that no other shape has."""
    if len(numbers) == 1:
        return [text]
    own = [letters.get(number, "") for number in numbers]
    left = "".join(one for one in text if one not in own)
    said: list[str] = []
    for words in own:
        said.append(words or left or _NOTHING)
        left = left if words else ""
    return said


def glyph_font(document: Any, name: str) -> GlyphFont:
    """The font of a document that is being drawn, by the name of its file."""
    fonts = _used.setdefault(document, {})
    if name not in fonts:
        fonts[name] = GlyphFont(name, f"G{len(fonts) + 1}")
        document.delayedFonts.append(fonts[name])
    return fonts[name]


def actual_text(text: str) -> str:
    """The operator that says what the shapes after it mean, up to `EMC`."""
    return f"/Span <</ActualText <FEFF{_utf16(text)}>>> BDC"


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _name(words: str) -> Any:
    return pdfdoc.PDFName(words)


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def _stream(document: Any, content: bytes, *, Length1: bool = False) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if Length1:
        stream.dictionary["Length1"] = len(content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream
