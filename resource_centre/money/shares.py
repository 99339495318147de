# SPDX-License-Identifier: Apache-2.0
"""Numbers of the store as exact decimals, parts of a whole, and amounts that add up again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

HUNDRED: Final = Decimal(100)
_TENTH: Final = Decimal("0.1")


def exact(number: float | int | Decimal) -> Decimal:
    """The decimal somebody wrote down: 2.35 for 2.35, not the binary fraction beside it."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def whole(amount: Decimal) -> int:
    """The nearest whole unit; half a unit goes up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def percent(part: int | Decimal, of: int | Decimal) -> Decimal | None:
    """A part in per cent, unrounded; None of nothing."""
    return HUNDRED * part / of if of else None


def shown_percent(share: Decimal) -> Decimal:
    """Per cent with one decimal, as they are shown."""
    return share.quantize(_TENTH, ROUND_HALF_UP)


def split(amount: int, shares: Sequence[Decimal]) -> tuple[int, ...]:
    """An amount in whole units by shares in per cent; when these come to a hundred, the parts come to the amount.

    Every part is rounded down and the units left go to the largest remainders, the first ones first.
    """
    parts = [amount * share / HUNDRED for share in shares]
    downs = [int(part.quantize(Decimal(1), ROUND_DOWN)) for part in parts]
    left = whole(sum(parts, Decimal())) - sum(downs)
    by_remainder = sorted(range(len(parts)), key=lambda place: (downs[place] - parts[place], place))
    for place in by_remainder[:left]:
        downs[place] += 1
    return tuple(downs)
