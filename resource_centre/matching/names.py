# SPDX-License-Identifier: Apache-2.0
"""How two names agree, as one of a few levels, and in which words they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from resource_centre.matching.edits import edits
from resource_centre.values.names import common_sounds

Words = tuple[str, ...]

LEVELS: Final = ("same", "slip", "slips", "alike", "shorter", "shorter_slip", "partly", "other")
SAME, SLIP, SLIPS, ALIKE, SHORTER, SHORTER_SLIP, PARTLY, OTHER = range(len(LEVELS))
_DIFFERENT: Final = 9
_CACHED: Final = 131_072


class Name(NamedTuple):
    """The sounds of a name's words and, in the same order, how they were written."""

    sounds: Words = ()
    spelt: Words = ()


def compare_names(one: Name, other: Name, known: Callable[[str], bool]) -> tuple[int, Words]:
    """The level of agreement and the words both have; words that sound the same are the same word.

    same: every word, in any order or run together; slip, slips: with one or more letters wrong; alike: with another
    word that is a name of its own (Rohana, Rohani), which `known` says of a sound; shorter: one name has all the
    words of the other and more; partly: some words agree and some contradict each other.
    """
    if one.sounds == other.sounds:
        return SAME, one.sounds
    as_many = len(one.sounds) == len(other.sounds)
    if as_many and sorted(one.sounds) == sorted(other.sounds):
        return SAME, one.sounds
    joined, joined_other = "".join(one.sounds), "".join(other.sounds)
    if joined == joined_other or (
        not as_many and len(joined) == len(joined_other) and sorted(joined) == sorted(joined_other)
    ):
        return SAME, min(one.sounds, other.sounds, key=len)
    found = _pair(one, other, known)
    if found.shared and not found.left and not found.left_other:
        return (ALIKE if found.alike else SLIP if found.slips == 1 else SLIPS), found.shared
    run_together = _run_together(joined, joined_other, as_many)
    if run_together is not None and not found.alike:
        return run_together, min(one.sounds, other.sounds, key=len)
    return _partly(found)


class _Paired(NamedTuple):
    """What matching word by word found: the shared words, the slips in them, words that are names of their own, and
    how many words of each name are left over."""

    shared: Words
    slips: int
    alike: int
    left: int
    left_other: int


def _partly(found: _Paired) -> tuple[int, Words]:
    if not found.shared:
        return OTHER, ()
    if (found.left and found.left_other) or found.alike:
        # Two people called Siti and something else each have nothing in common.
        return (OTHER, ()) if common_sounds().issuperset(found.shared) else (PARTLY, found.shared)
    return (SHORTER_SLIP if found.slips else SHORTER), found.shared


def _pair(one: Name, other: Name, known: Callable[[str], bool]) -> _Paired:
    """Match equal words, then words with slips."""
    rest, rest_spelt = list(other.sounds), list(other.spelt)
    shared, unmatched = [], []
    for sound, spelt in zip(one.sounds, one.spelt, strict=True):
        if sound in rest:
            at = rest.index(sound)
            del rest[at], rest_spelt[at]
            shared.append(sound)
        else:
            unmatched.append((sound, spelt))
    slips = alike = left = 0
    for sound, spelt in unmatched:
        wrong, at = _nearest(sound, spelt, rest, rest_spelt)
        if wrong == _DIFFERENT:
            left += 1
            continue
        nearest = rest[at]
        del rest[at], rest_spelt[at]
        # The rarer of the two is the slip; the other is the name.
        shared.append(nearest if known(nearest) else sound)
        slips += wrong
        alike += known(sound) and known(nearest)
    return _Paired(tuple(shared), slips, alike, left, len(rest))


def _nearest(sound: str, spelt: str, rest: list[str], rest_spelt: list[str]) -> tuple[int, int]:
    """The fewest slips to one of these words, and its place; of equally near ones the first of the alphabet."""
    wrong, place = _DIFFERENT, -1
    for at, (there, spelt_there) in enumerate(zip(rest, rest_spelt, strict=True)):
        slips = slips_between(sound, spelt, there, spelt_there)
        if slips < wrong or (slips == wrong < _DIFFERENT and (there, spelt_there) < (rest[place], rest_spelt[place])):
            wrong, place = slips, at
    return wrong, place


@lru_cache(maxsize=_CACHED)
def slips_between(sound: str, spelt: str, other: str, other_spelt: str) -> int:
    """Letters wrong, missing, too many or turned round between two words, as heard or as written, whichever is less;
    9 when they are different words."""
    return min(_slips(sound, other), _slips(spelt, other_spelt))


def _slips(one: str, other: str) -> int:
    longest = max(len(one), len(other))
    if min(len(one), len(other)) == 1:
        return 1 if one[0] == other[0] and longest > 2 else _DIFFERENT
    if longest <= 3 and len(one) == len(other) and sorted(one) != sorted(other):
        return _DIFFERENT
    allowed = 1 if longest < 7 else 2
    wrong = edits(one, other, allowed)
    return wrong if wrong <= allowed else _DIFFERENT


def _run_together(joined: str, other: str, as_many: bool) -> int | None:
    """A slip that moved, lost or made the space between two words."""
    shortest = min(len(joined), len(other))
    if shortest < 6:
        return None
    allowed = 1 if as_many or shortest < 10 else 2
    wrong = edits(joined, other, allowed)
    if wrong > allowed:
        return None
    return SLIP if wrong <= 1 else SLIPS
