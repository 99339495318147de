# SPDX-License-Identifier: Apache-2.0
"""What of a breakdown may leave the house: no mean of a few, and none that could be reckoned from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from resource_centre.learning.gains import Gain
from resource_centre.learning.results import LearningLine

Key = TypeVar("Key")


def shown(lines: Sequence[LearningLine], whole: Gain, least: float) -> tuple[LearningLine, ...]:
    """The lines of one breakdown of `whole` with the figures of a few taken out."""
    gains = without_few({line.code: line.gain for line in lines}, whole, least)
    return tuple(replace(line, gain=gains[line.code]) for line in lines)


def without_few(gains: Mapping[Key, Gain], whole: Gain, least: float) -> dict[Key, Gain]:
    """The parts of a whole. A part with fewer pairs than `least` keeps only its number.

    Where what is so hidden could be reckoned from the whole and the others - it is one part, or all of it together is
    still few - the smallest part that is left is hidden as well. Of a whole that is hidden no part is shown.
    """
    hidden = {key for key, gain in gains.items() if gain.few}
    if whole.few or whole.hidden:
        hidden = set(gains)
    while hidden and (len(hidden) == 1 or sum(gains[key].pairs for key in hidden) < least):
        left = [key for key, gain in gains.items() if gain.pairs and key not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda key: gains[key].pairs))
    return {key: gain.without_figures() if key in hidden and gain.pairs else gain for key, gain in gains.items()}
