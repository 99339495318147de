# SPDX-License-Identifier: Apache-2.0
"""How much an expression may ask for, so that no form, however made, can hold up the program.

Forms come from strangers. Expressions have no loops, so what one may cost is bounded by its length, by how many items
its filters look at and by how long its texts get; patterns alone can be made to run for ever, and are given a time.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 20_000
"""Characters of one expression. Kobo's longest scoring calculations reach a few thousand."""

DEEPEST: Final = 120
"""Brackets inside one another. Forms that sort into classes nest one if() per class; a hundred were seen."""

STEPS: Final = 1_000_000
"""Nodes looked at, weighed by the length of the filter: about half a second, and a filter over 100,000 villages."""

SECONDS: Final = 1.0
"""The same by the clock, for filters over very long answers: what somebody at the screen will just bear."""

LONGEST_TEXT: Final = 100_000
"""Characters of a text that an expression makes; calculations that double one another stop here."""

LONGEST_PATTERN: Final = 2_000
"""Characters of a pattern of regex()."""

PATTERN_REPEATS: Final = 10_000
"""Parts of a pattern once its counts, such as {2,40}, are carried out: each copy takes memory."""

PATTERN_SECONDS: Final = 0.1
"""What all patterns of one asking may take together; an honest one takes microseconds."""

COMPILED: Final = 4_096
"""Compiled expressions kept: several forms of 1,000 questions."""
