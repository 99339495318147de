# SPDX-License-Identifier: Apache-2.0
"""The states of a referral, and how long it may take: 24 hours, 72 hours or two weeks, counted from sending.

The hours of each urgency stand in the list `referral_urgency` (domain reference 6.9).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from resource_centre.records import Referral
from resource_centre.vocabulary import vocabulary

if TYPE_CHECKING:
    from resource_centre.services.referral_list import ReferralRow

HOUR_MS: Final = 3_600_000
DAY: Final = dt.timedelta(days=1)

EMERGENCY: Final = "darurat"

DRAFT: Final = "draf"
WAITING: Final = "menunggu_persetujuan"
SENT: Final = "dikirim"
RECEIVED: Final = "diterima"
SERVED: Final = "dilayani"
COMPLETED: Final = "selesai"
REFUSED: Final = "ditolak"
NO_SHOW: Final = "tidak_hadir"
CANCELLED: Final = "dibatalkan"
LAPSED: Final = "kedaluwarsa"

UNSENT: Final = (DRAFT, WAITING)
PENDING: Final = (SENT, RECEIVED)
"""States in which the clock runs."""
OPEN: Final = (*UNSENT, *PENDING, SERVED)
ENDED: Final = (COMPLETED, REFUSED, NO_SHOW, CANCELLED, LAPSED)


def hours_of(urgency: str | None) -> int:
    """The hours an urgency gives; those of the longest for a code that this program does not know."""
    known = vocabulary("referral_urgency")
    term = known.get(urgency)
    return int(term.extra["hours"]) if term else max(int(one.extra["hours"]) for one in known)


def due_day(urgency: str | None, sent_on: dt.date, sent_ms: int | None = None) -> dt.date:
    """The day on which an answer is due, on this laptop's calendar."""
    if sent_ms is not None:
        return local_day(sent_ms + hours_of(urgency) * HOUR_MS)
    return sent_on + dt.timedelta(hours=hours_of(urgency))


def local_day(moment_ms: int) -> dt.date:
    """The day of a moment on this laptop's calendar."""
    return dt.datetime.fromtimestamp(moment_ms / 1000, dt.UTC).astimezone().date()


def deadline_ms(urgency: str | None, due_on: dt.date | None, sent_ms: int | None) -> int | None:
    """When the time is over, in milliseconds since 1970; None while nothing is sent.

    A referral sent on an earlier day, whose hour nobody noted, has until the end of the day it is due on.
    """
    if sent_ms is not None:
        return sent_ms + hours_of(urgency) * HOUR_MS
    return int(dt.datetime.combine(due_on + DAY, dt.time()).timestamp() * 1000) if due_on is not None else None


def remaining(referral: Referral | ReferralRow, now_ms: int) -> int | None:
    """Milliseconds left for an answer, negative when it is late; None while nothing is sent.

    Never more than the urgency gives: a clock that was set back does not lend time.
    """
    until = deadline_ms(referral.urgency, referral.due_on, referral.sent_ms)
    return None if until is None else min(until - now_ms, (hours_of(referral.urgency) + 24) * HOUR_MS)
