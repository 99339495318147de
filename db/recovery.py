# SPDX-License-Identifier: Apache-2.0
"""The recovery key: 160 random bits as a person can copy them from paper.

Eight groups of four characters and one check character, in Crockford's base 32 (no I, L, O, U;
crockford.com/base32.html). The check character is a weighted sum in the field of 32 elements, so that any one wrong
character, two neighbours changed over and a group in the wrong place are noticed, and the group can be named.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import reduce

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
GROUPS = 8
GROUP_LENGTH = 4
_FIELD = 0b100101  # x^5 + x^2 + 1, a primitive polynomial over GF(2)


@dataclass(frozen=True)
class RecoveryKey:
    """The secret printed once on the recovery sheet; never stored, never logged."""

    secret: bytes = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups of five characters as they are printed."""
        number = int.from_bytes(self.secret, "big")
        digits = [(number >> (5 * place)) & 31 for place in reversed(range(GROUPS * GROUP_LENGTH))]
        rows = [digits[start : start + GROUP_LENGTH] for start in range(0, len(digits), GROUP_LENGTH)]
        return tuple("".join(ALPHABET[d] for d in [*row, _check(row, at)]) for at, row in enumerate(rows))

    @property
    def text(self) -> str:
        """The whole key on one line, groups joined by hyphens."""
        return "-".join(self.groups)


@dataclass(frozen=True)
class RecoveryReading:
    """What was made of a typed key: the key, or the groups (from 1) that need another look."""

    key: RecoveryKey | None
    wrong_groups: tuple[int, ...] = ()


def new_recovery_key() -> RecoveryKey:
    """A fresh key from the operating system's random source."""
    return RecoveryKey(secrets.token_bytes(GROUPS * GROUP_LENGTH * 5 // 8))


def read_recovery_key(text: str) -> RecoveryReading:
    """Read a key as typed: case, blanks, hyphens and the usual look-alikes (O 0, I L 1, U V) do not matter."""
    letters = "".join(c for c in text.upper().translate(LOOKALIKES) if c in ALPHABET)
    width = GROUP_LENGTH + 1
    rows = [[ALPHABET.index(c) for c in letters[at : at + width]] for at in range(0, len(letters), width)]
    wrong = tuple(at + 1 for at in range(max(GROUPS, len(rows))) if not _whole(rows, at))
    if wrong:
        return RecoveryReading(None, wrong)
    number = reduce(lambda so_far, digit: so_far << 5 | digit, (digit for row in rows for digit in row[:-1]), 0)
    return RecoveryReading(RecoveryKey(number.to_bytes(GROUPS * GROUP_LENGTH * 5 // 8, "big")))


def _whole(rows: list[list[int]], at: int) -> bool:
    """Whether a group is there, complete and agrees with its check character."""
    if at >= min(len(rows), GROUPS) or len(rows[at]) != GROUP_LENGTH + 1:
        return False
    return _check(rows[at][:-1], at) == rows[at][-1]


def _check(row: list[int], place: int) -> int:
    """Horner's sum over the field, started by the group's place and doubled once more for the check character's own."""
    return _double(reduce(lambda total, digit: _double(total) ^ digit, row, place + 1))


def _double(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD if doubled & 32 else doubled
