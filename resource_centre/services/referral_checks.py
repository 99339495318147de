# SPDX-License-Identifier: Apache-2.0
"""Rules between the fields of a referral, a complaint, assistance and a contribution; see `check_record`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from resource_centre.problems import Problem
from resource_centre.vocabulary import vocabulary

Values = Mapping[str, Any]

REFERRAL_DATES: Final = ("made_on", "sent_on", "received_on", "served_on", "ended_on")
COMPLAINT_DATES: Final = ("opened_on", "lodged_on", "recovered_on", "closed_on")
ENDED: Final = frozenset({"selesai", "ditutup"})
"""States of a complaint that need a result."""


def identifies(code: str) -> bool:
    """Whether an item of the letter says by itself who somebody is, so that a case code would hide nothing."""
    term = vocabulary("referral_data").get(code)
    return term is not None and term.extra.get("identifying") == "yes"


def check_referral(values: Values, on: dt.date) -> Iterable[Problem]:
    """Dates in order and not ahead, no name behind a case code, the telephone only in an emergency."""
    yield from _dates(values, REFERRAL_DATES, on)
    if values.get("as_code") and any(identifies(code) for code in values.get("shared") or ()):
        yield Problem("shared", "names_the_client")
    delivery = vocabulary("referral_delivery").get(values.get("delivery"))
    only = delivery.extra.get("only_urgency") if delivery else ""
    if only and values.get("urgency") and values["urgency"] != only:
        yield Problem("delivery", "only_emergencies")


def check_complaint(values: Values, on: dt.date) -> Iterable[Problem]:
    """Dates in order, money recovered fits money awarded, and an ending says with what result."""
    yield from _dates(values, COMPLAINT_DATES, on)
    awarded, recovered = values.get("awarded"), values.get("recovered")
    if awarded is not None and recovered is not None and recovered > awarded:
        yield Problem("recovered", "recovered_over_awarded", "warning")
    if recovered and not values.get("recovered_on"):
        yield Problem("recovered_on", "day_missing", "warning")
    if any(values.get(name) is not None for name in ("claimed", "awarded", "recovered")) and not values.get("currency"):
        yield Problem("currency", "required")
    if values.get("status") in ENDED and not values.get("result"):
        yield Problem("result", "required")


def check_money(values: Values, _on: dt.date) -> Iterable[Problem]:
    """An amount has a currency."""
    if values.get("amount") is not None and not values.get("currency"):
        yield Problem("currency", "required")


def _dates(values: Values, names: Sequence[str], on: dt.date) -> Iterable[Problem]:
    """Each of these days is none of the future and not before the one that comes before it."""
    before: dt.date | None = None
    for name in names:
        day = values.get(name)
        if not isinstance(day, dt.date):
            continue
        if day > on:
            yield Problem(name, "date_in_future")
        elif before is not None and day < before:
            yield Problem(name, "before_last_step")
        before = day
