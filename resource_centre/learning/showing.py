# SPDX-License-Identifier: Apache-2.0
"""What of a breakdown may leave the house: no mean of a few, and none that could be reckoned from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from resource_centre.learning.results import LearningLine


def shown(lines: Sequence[LearningLine], least: float) -> tuple[LearningLine, ...]:
    """The lines of one breakdown with the figures of a few taken out.

    A line with fewer than `least` pairs keeps only its number. Where the pairs so hidden are fewer than `least` taken
    together, their mean could be reckoned from the whole: then the smallest line that is left is hidden as well.
    """
    hidden = {at for at, line in enumerate(lines) if line.gain.few}
    while hidden and sum(lines[at].gain.pairs for at in hidden) < least:
        left = [at for at, line in enumerate(lines) if line.gain.pairs and at not in hidden]
        if not left:
            break
        hidden.add(min(left, key=lambda at: lines[at].gain.pairs))
    return tuple(
        replace(line, gain=line.gain.without_figures()) if at in hidden else line for at, line in enumerate(lines)
    )
