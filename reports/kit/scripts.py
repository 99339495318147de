# SPDX-License-Identifier: Apache-2.0
"""Which script a character is written in, and which of the fonts that travel with papers draws it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final


@dataclass(frozen=True)
class Script:
    """A script whose letters change with their neighbours: its blocks of code points and its fonts' file names.

    `opentype` is its tag in ISO 15924, as HarfBuzz wants it. `scale` makes its letters as large as the Latin ones
    beside them, and keeps what is stacked below the line off the next.
    """

    name: str
    opentype: str
    blocks: tuple[tuple[int, int], ...]
    regular: str
    bold: str
    scale: float = 1.0


def _noto(name: str, opentype: str, *blocks: tuple[int, int], scale: float = 1.0) -> Script:
    return Script(name, opentype, blocks, f"NotoSans{name}-Regular", f"NotoSans{name}-Bold", scale)


LATIN: Final = Script("Latin", "Latn", (), "NotoSans-Regular", "NotoSans-Bold")
"""Marks that are put together with Latin, Greek or Cyrillic letters; the letters alone need no shaping."""
SIGNS: Final = Script("Signs", "Zyyy", (), "DejaVuSans", "DejaVuSans", 0.94)
"""What no other font has: arrows, ticks, faces."""
SCRIPTS: Final = (
    _noto("Arabic", "Arab", (0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    _noto("Devanagari", "Deva", (0x900, 0x97F), (0xA8E0, 0xA8FF)),
    _noto("Bengali", "Beng", (0x980, 0x9FF)),
    _noto("Thai", "Thai", (0xE00, 0xE7F)),
    _noto("Lao", "Laoo", (0xE80, 0xEFF)),
    _noto("Myanmar", "Mymr", (0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), scale=0.86),
    _noto("Khmer", "Khmr", (0x1780, 0x17FF), (0x19E0, 0x19FF), scale=0.94),
)

_BLOCKS: Final = sorted((first, last, script) for script in SCRIPTS for first, last in script.blocks)
_FIRSTS: Final = [first for first, _last, _script in _BLOCKS]


def script_of(one: str) -> Script | None:
    """The script of a character that needs one of the further fonts; None for every other character."""
    code = ord(one)
    at = bisect_right(_FIRSTS, code) - 1
    if at < 0 or code > _BLOCKS[at][1]:
        return None
    return _BLOCKS[at][2]


def joins(one: str) -> bool:
    """Whether a character only adds to what stands before it: a mark, a joiner, a choice between two shapes."""
    return unicodedata.category(one) in ("Mn", "Mc", "Me", "Cf")


def runs_by_script(text: str, known: frozenset[str]) -> Iterator[tuple[Script | None, str]]:
    """The text in runs of one font each; None for those that the fonts of Latin draw, which have the `known` ones.

    A mark stays with its letter, and turns it into a run that is shaped.
    """
    chosen: list[Script | None] = []
    for one in text:
        script = script_of(one)
        if script is None and joins(one) and chosen:
            script = chosen[-1] or LATIN
            chosen[-1] = script
        elif script is None and one not in known:
            script = SIGNS
        chosen.append(script)
    place = 0
    for script, run in groupby(chosen):
        end = place + len(list(run))
        yield script, text[place:end]
        place = end
