# SPDX-License-Identifier: Apache-2.0
"""Shaping: which shapes of a font a word is drawn with, and where each of them goes. HarfBuzz knows; we ask it.

A script's font is read from the disk when the first text in it is drawn, never before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from reports.kit import reading_order
from reports.kit.scripts import LATIN, Script, joins, runs_by_script

FOLDER: Final = Path(__file__).parents[1] / "fonts"
EM: Final = 1000
"""All lengths here are in thousandths of the type size."""


@dataclass(frozen=True)
class Glyph:
    """One shape: its number in the font, how far the pen goes on, and where it is put from there.

    `cluster` is the place in the run's text of the first character that it stands for.
    """

    number: int
    advance: float
    dx: float
    dy: float
    cluster: int


@dataclass(frozen=True)
class Run:
    """A stretch of one font and one direction. Without a `font` it is drawn as ReportLab draws plain text."""

    text: str
    level: int
    font: str = ""
    scale: float = 1.0
    glyphs: tuple[Glyph, ...] = ()
    advance: float = 0.0

    @property
    def from_the_right(self) -> bool:
        """Whether its text is read from the right; its glyphs are in their order from the left all the same."""
        return self.level % 2 == 1


class Face:
    """A font file as HarfBuzz reads it."""

    def __init__(self, name: str) -> None:
        import uharfbuzz

        self.name = name
        self.face: Any = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FOLDER / f"{name}.ttf")))
        self.font: Any = uharfbuzz.Font(self.face)
        self.characters: frozenset[int] = frozenset(self.face.unicodes)
        self.units = EM / self.face.upem

    def shape(self, text: str, opentype: str, *, from_the_right: bool) -> tuple[Glyph, ...]:
        """The shapes of a text, from the left to the right."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if from_the_right else "ltr"
        buffer.script = opentype
        # Not the computer's language: a paper looks the same everywhere.
        buffer.language = "und"
        # A mark of a letter from the right is its own cluster: whoever copies the text turns it round sign by sign.
        levels = uharfbuzz.BufferClusterLevel
        buffer.cluster_level = levels.MONOTONE_CHARACTERS if from_the_right else levels.MONOTONE_GRAPHEMES
        # Kerning is left out: plain text beside it has none either.
        uharfbuzz.shape(self.font, buffer, {"kern": opentype != "Latn"})
        units = self.units
        return tuple(
            Glyph(info.codepoint, at.x_advance * units, at.x_offset * units, at.y_offset * units, info.cluster)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )

    def width(self, number: int) -> float:
        """How wide a shape is by itself."""
        return float(self.font.get_glyph_h_advance(number) * self.units)

    @property
    def extent(self) -> tuple[float, float]:
        """How far its shapes reach above the line, and below it."""
        found = self.font.get_font_extents("ltr")
        return found.ascender * self.units, found.descender * self.units

    @cached_property
    def letters(self) -> dict[int, str]:
        """The shapes that letters have by themselves, and those letters."""
        found: dict[int, str] = {}
        for code in sorted(self.characters):
            found.setdefault(self.font.get_nominal_glyph(code) or 0, chr(code))
        return found

    def only(self, glyphs: Iterable[int], without: Iterable[str]) -> bytes:
        """The font's file with these shapes only, under their numbers, and without some tables."""
        import uharfbuzz

        wanted = uharfbuzz.SubsetInput()
        wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in without)
        return bytes(wanted.subset(self.face).blob.data)


@cache
def face(name: str) -> Face:
    """A font by the name of its file, read once."""
    return Face(name)


def has(script: Script, one: str) -> bool:
    """Whether the script's own font has a shape for a character."""
    return ord(one) in face(script.regular).characters


def runs(text: str, known: frozenset[str], *, bold: bool) -> tuple[Run, ...]:
    """The runs of a line as they stand from left to right; `known` are the characters that plain text may have."""
    return tuple(reading_order.visual(_as_read(text, known, bold=bold), lambda run: run.level))


def clusters(text: str, known: frozenset[str], *, bold: bool) -> list[str]:
    """The text in the smallest pieces that may stand on different lines: never a letter without its marks."""
    return [piece for run in _as_read(text, known, bold=bold) for piece in _pieces(run)]


def _as_read(text: str, known: frozenset[str], *, bold: bool) -> list[Run]:
    level = reading_order.levels(text) if reading_order.from_the_right(text) else [0] * len(text)
    found: list[Run] = []
    place = 0
    for turned, stretch in groupby(level):
        end = place + len(list(stretch))
        found += [_run(script, part, turned, bold=bold) for script, part in runs_by_script(text[place:end], known)]
        place = end
    return found


def _run(script: Script | None, text: str, level: int, *, bold: bool) -> Run:
    turned = level % 2 == 1
    if script is None and not turned:
        return Run(text, level)
    drawn = script or LATIN
    name = drawn.bold if bold else drawn.regular
    shapes = face(name).shape(text, drawn.opentype, from_the_right=turned)
    return Run(text, level, name, drawn.scale, shapes, sum(one.advance for one in shapes) * drawn.scale)


def _pieces(run: Run) -> list[str]:
    starts = sorted({one.cluster for one in run.glyphs}) if run.font else list(range(len(run.text)))
    starts = [at for at in starts if not at or not joins(run.text[at])]
    return [run.text[start:end] for start, end in zip(starts, [*starts[1:], len(run.text)], strict=True)]
