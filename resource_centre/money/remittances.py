# SPDX-License-Identifier: Apache-2.0
"""Money sent home: what sending costs in truth, what arrives, and what it is for (domain reference 4.7).

The cost is the fee and what the rate is worse than that of the day elsewhere, in per cent of what is sent. The United
Nations want it below 3 per cent, and above 5 nowhere (Sustainable Development Goal 10.c).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final, Literal

from resource_centre.money.shares import HUNDRED, exact, percent, split, whole

RUPIAH: Final = "IDR"
CostLevel = Literal["good", "dear", "too_dear"]


@dataclass(frozen=True)
class Sending:
    """One sending in whole units of `currency`; rates are rupiah for one unit, and none for rupiah."""

    currency: str
    amount: int
    fee: int | None = None
    rate: Decimal | None = None
    market_rate: Decimal | None = None


@dataclass(frozen=True)
class SendingFigures:
    """What a sending costs. `missing` names what is not known; the cost is then None, or at least what is known.

    `margin` is what the rate takes, in the currency sent; `arrives` is in rupiah.
    """

    fee_percent: Decimal | None
    margin: int | None
    margin_percent: Decimal | None
    cost_percent: Decimal | None
    at_least: Decimal
    arrives: int | None
    level: CostLevel | None
    missing: tuple[str, ...]


def sending_figures(sending: Sending, *, target: Decimal, most: Decimal) -> SendingFigures:
    """The figures of a sending; `target` and `most` are the per cent of the goal."""
    home = sending.currency == RUPIAH
    fee = percent(sending.fee, sending.amount) if sending.fee is not None else None
    margin = Decimal() if home else _margin(sending)
    cost = fee + margin if fee is not None and margin is not None else None
    return SendingFigures(
        fee_percent=fee,
        margin=whole(sending.amount * margin / HUNDRED) if margin is not None else None,
        margin_percent=margin,
        cost_percent=cost,
        at_least=(fee or Decimal()) + (margin or Decimal()),
        arrives=sending.amount if home else _arrives(sending),
        level=_level(cost, target, most),
        missing=tuple(_missing(sending, home)),
    )


def shares_total(shares: Sequence[float | Decimal]) -> Decimal:
    """What shares in per cent come to, exactly."""
    return sum((exact(share) for share in shares), Decimal())


def share_amounts(amount: int, shares: Sequence[float | Decimal]) -> tuple[int, ...]:
    """What each share is of an amount; shares of a hundred come to the amount to the last unit."""
    return split(amount, [exact(share) for share in shares])


def _margin(sending: Sending) -> Decimal | None:
    if not sending.rate or not sending.market_rate:
        return None
    return HUNDRED * (sending.market_rate - sending.rate) / sending.market_rate


def _arrives(sending: Sending) -> int | None:
    return int((sending.amount * sending.rate).quantize(Decimal(1), ROUND_DOWN)) if sending.rate else None


def _level(cost: Decimal | None, target: Decimal, most: Decimal) -> CostLevel | None:
    if cost is None:
        return None
    if cost > most:
        return "too_dear"
    return "good" if cost < target else "dear"


def _missing(sending: Sending, home: bool) -> list[str]:
    names = ["fee"] if home else ["fee", "rate", "market_rate"]
    return [name for name in names if getattr(sending, name) is None]
