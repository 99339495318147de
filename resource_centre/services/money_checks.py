# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a goal, an amount put aside, a budget or a plan, taken as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from resource_centre.currencies import RUPIAH
from resource_centre.money.remittances import shares_total
from resource_centre.money.shares import HUNDRED
from resource_centre.problems import Problem

MONTH_LENGTH: Final = len("2026-11")


def check_goal(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """Something is saved for, and it is wanted after it was begun."""
    yield from _something(values, "target")
    begun, wanted = values.get("begun_on"), values.get("target_on")
    if begun and wanted and wanted <= begun:
        yield Problem("target_on", "wanted_before_begun")


def check_saved(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """Nothing put aside is no entry."""
    yield from _something(values, "amount")


def check_budget(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """A budget is of one month."""
    month = values.get("month")
    if month and len(month) != MONTH_LENGTH:
        yield Problem("month", "whole_month")


def check_debt_plan(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """Something is paid each month."""
    yield from _something(values, "monthly")


def check_remittance(values: Mapping[str, Any], _on: dt.date) -> Iterable[Problem]:
    """Another currency is never turned into rupiah without a rate and its day."""
    yield from _something(values, "amount", "rate", "market_rate")
    amount, fee = values.get("amount"), values.get("fee")
    if amount and fee is not None and fee > amount:
        yield Problem("fee", "fee_over_amount")
    if values.get("currency") not in (None, RUPIAH):
        rates = [values.get(name) for name in ("rate", "market_rate")]
        if any(rates) and not values.get("rate_on"):
            yield Problem("rate_on", "rate_missing")


def check_shares(shares: Sequence[Mapping[str, Any]]) -> Iterable[Problem]:
    """The uses of money sent home come to exactly a hundred; each stands once. The field is ``shares``."""
    uses = [share.get("use") for share in shares]
    if len(set(uses)) < len(uses):
        yield Problem("shares", "share_twice")
    told = [share["percent"] for share in shares if share.get("percent") is not None]
    if shares and shares_total(told) != HUNDRED:
        yield Problem("shares", "shares_not_hundred")


def _something(values: Mapping[str, Any], *names: str) -> Iterable[Problem]:
    return (Problem(name, "zero_amount") for name in names if values.get(name) == 0)
