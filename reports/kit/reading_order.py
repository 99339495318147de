# SPDX-License-Identifier: Apache-2.0
"""In which order the characters of a line stand on paper, when words from the left and from the right meet.

The Unicode Bidirectional Algorithm (UAX #9, revision 50) for one line without marks that turn the direction: `plain`
takes those out of whatever somebody typed. The rules bear the names they have there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final, TypeVar

_STRONG: Final = frozenset({"L", "R", "AL"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON"})
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "\u2039": "\u203a", "\u00ab": "\u00bb", "\u2045": "\u2046"}
_PAIRED: Final = {closing: opening for opening, closing in _PAIRS.items() if unicodedata.mirrored(opening)}
_BRACKETS: Final = frozenset("([{\u2045")
"""Only these are paired by rule N0; quotation marks are neutral."""

Item = TypeVar("Item")


def from_the_right(text: str) -> bool:
    """Whether a text has any character that is read from the right, or a number as Arabic writes it."""
    return any(unicodedata.bidirectional(one) in ("R", "AL", "AN") for one in text)


def base_level(text: str) -> int:
    """0 for a line read from the left, 1 for one read from the right: by its first letter (P2, P3)."""
    kinds = (unicodedata.bidirectional(one) for one in text)
    return int(next((kind for kind in kinds if kind in _STRONG), "L") != "L")


def levels(text: str) -> list[int]:
    """The level of every character: even ones are read from the left, odd ones from the right."""
    base = base_level(text)
    kinds = [unicodedata.bidirectional(one) or "L" for one in text]
    # Joiners and the like have no direction (X9): they go with what stands before them.
    told = [place for place, kind in enumerate(kinds) if kind != "BN"]
    found = dict(zip(told, _levels("".join(text[at] for at in told), [kinds[at] for at in told], base), strict=True))
    all_levels: list[int] = []
    for place in range(len(text)):
        all_levels.append(found.get(place, all_levels[-1] if all_levels else base))
    return all_levels


def visual(items: Sequence[Item], level: Callable[[Item], int]) -> list[Item]:
    """Runs in the order in which they stand on paper from the left (L2)."""
    placed = list(items)
    highest = max(map(level, placed), default=0)
    for turned in range(highest, 0, -1):
        placed = _turned(placed, [level(one) >= turned for one in placed])
    return placed


def _turned(items: list[Item], high: list[bool]) -> list[Item]:
    found: list[Item] = []
    for turned, run in groupby(zip(items, high, strict=True), lambda pair: pair[1]):
        whole = [one for one, _high in run]
        found += reversed(whole) if turned else whole
    return found


def _levels(text: str, kinds: list[str], base: int) -> list[int]:
    original = list(kinds)
    start = "R" if base else "L"
    _weak(kinds, start)
    _brackets(text, original, kinds, start)
    _neutral(kinds, start)
    found = [_implied(kind, base) for kind in kinds]
    _reset_ends(original, found, base)
    return found


def _weak(kinds: list[str], start: str) -> None:
    """W1 to W7: marks, numbers and what stands between them."""
    strong = before = start
    for place, kind in enumerate(kinds):
        now = before if kind == "NSM" else kind
        if now in _STRONG:
            strong = now
        elif now == "EN" and strong == "AL":
            now = "AN"
        kinds[place] = before = now
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _separators(kinds: list[str]) -> None:
    """W4: one separator between two numbers of one kind is part of them."""
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        between_figures = left == right and ((left == "EN" and kind in ("ES", "CS")) or (left == "AN" and kind == "CS"))
        if between_figures:
            kinds[place] = left


def _terminators(kinds: list[str]) -> None:
    """W5 and W6: signs such as per cent go with the number beside them; what is left over is neutral."""
    place = 0
    for kind, run in groupby(list(kinds)):
        end = place + len(list(run))
        beside = kinds[place - 1 : place] + kinds[end : end + 1]
        if kind == "ET":
            kinds[place:end] = ["EN" if "EN" in beside else "ON"] * (end - place)
        elif kind in ("ES", "CS"):
            kinds[place:end] = ["ON"] * (end - place)
        place = end


def _brackets(text: str, original: list[str], kinds: list[str], start: str) -> None:
    """N0: a pair of brackets reads as what is inside it, or as what stands before it."""
    for opened, closed in _pairs(text, kinds):
        inside = {direction for kind in kinds[opened + 1 : closed] if (direction := _direction(kind))}
        if not inside:
            continue
        found = start
        if start not in inside:
            before = next((one for kind in reversed(kinds[:opened]) if (one := _direction(kind))), start)
            found = before if before in inside else start
        for place in (opened, closed):
            kinds[place] = found
            _marks_after(original, kinds, place, found)


def _marks_after(original: list[str], kinds: list[str], place: int, found: str) -> None:
    for following in range(place + 1, len(kinds)):
        if original[following] != "NSM":
            return
        kinds[following] = found


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: which brackets belong together, by where they open."""
    open_ones: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for place, one in enumerate(text):
        if kinds[place] != "ON":
            continue
        if one in _BRACKETS:
            open_ones.append((one, place))
        elif _PAIRED.get(one) in _BRACKETS:
            at = next((at for at in range(len(open_ones) - 1, -1, -1) if open_ones[at][0] == _PAIRED[one]), None)
            if at is not None:
                found.append((open_ones[at][1], place))
                del open_ones[at:]
    return sorted(found)


def _neutral(kinds: list[str], start: str) -> None:
    """N1 and N2: neutrals between two of one direction have it, others that of the line."""
    place = 0
    for neutral, run in groupby(list(kinds), lambda kind: kind in _NEUTRAL):
        end = place + len(list(run))
        if neutral:
            left = _direction(kinds[place - 1]) if place else start
            right = _direction(kinds[end]) if end < len(kinds) else start
            kinds[place:end] = [(left if left == right else start) or start] * (end - place)
        place = end


def _direction(kind: str) -> str:
    """How a number or a letter is counted among neutrals; nothing for those."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _implied(kind: str, base: int) -> int:
    """I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _reset_ends(original: list[str], found: list[int], base: int) -> None:
    """L1: blanks at the end, and before a tabulator, stand as the line does."""
    ending = True
    for place in range(len(found) - 1, -1, -1):
        if original[place] in ("S", "B"):
            ending = True
        elif original[place] != "WS":
            ending = False
        if ending:
            found[place] = base
