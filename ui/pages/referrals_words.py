# SPDX-License-Identifier: Apache-2.0
"""How referrals are put into words: the time that is left or over, what stands beside them in lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from resource_centre.clock import today, wall_ms
from resource_centre.i18n import _, ngettext
from ui.kit.typed_dates import show_date
from ui.pages.wording import term, whole_number

if TYPE_CHECKING:
    from resource_centre.records import PlanNeed
    from resource_centre.services.providers import ProviderRow
    from resource_centre.services.referral_list import ReferralRow

HOUR_MS = 3_600_000
HOURS_TOLD = 48
"""Below two days the hours are told."""
UNSENT = ("draf", "menunggu_persetujuan")


def time_words(row: ReferralRow, now_ms: int | None = None) -> str:
    """ "5 hours left", "3 days late", "not sent for 2 days", or since when it has ended."""
    if row.status in UNSENT:
        return _unsent_words(row.made_on)
    now = now_ms if now_ms is not None else wall_ms()
    if row.pending and (left := row.left_ms(now)) is not None:
        # Once the hours are over days are counted on the calendar, as wherever else something is late.
        if left <= -HOURS_TOLD * HOUR_MS and row.due_on is not None:
            from resource_centre.services.referral_clock import local_day

            return late_words((local_day(now) - row.due_on).days)
        return left_words(left)
    if row.ended_on is not None:
        return show_date(row.ended_on)
    return _("to be concluded") if row.status == "dilayani" else ""


def left_words(left_ms: int) -> str:
    """The time left, or how long it has been over."""
    hours = abs(left_ms) // HOUR_MS
    if hours < 1:
        return _("less than an hour left") if left_ms >= 0 else _("late since this hour")
    if hours < HOURS_TOLD:
        left = ngettext("{n} hour left", "{n} hours left", hours)
        late = ngettext("{n} hour late", "{n} hours late", hours)
        return (left if left_ms >= 0 else late).format(n=hours)
    days = hours // 24
    if left_ms < 0:
        return late_words(days)
    return ngettext("{n} day left", "{n} days left", days).format(n=whole_number(days))


def late_words(days: int) -> str:
    """For how many days the time has been over."""
    return ngettext("{n} day late", "{n} days late", days).format(n=whole_number(days))


def is_late(row: ReferralRow, now_ms: int | None = None) -> bool:
    """Whether the time for an answer is over."""
    return row.late_ms(now_ms if now_ms is not None else wall_ms()) > 0


def service_words(services: tuple[str, ...] | list[str] | None) -> str:
    """The services in words."""
    return ", ".join(term("referral_service", code) for code in services or ())


def need_words(need: PlanNeed) -> str:
    """A need of the plan, with what was said of it."""
    note = f" ({need.description})" if need.description else ""
    return f"{term('need', need.need)}{note}"


def urgency_words(urgency: str | None) -> str:
    """The urgency when it is more than the usual one, without its hours."""
    return "" if urgency in (None, "normal") else term("referral_urgency", urgency).partition(" (")[0]


def kind_words(provider_type: str | None) -> str:
    """The kind of a provider without what stands in brackets."""
    return term("provider_type", provider_type).partition(" (")[0]


def verified_words(verified_on: date | None) -> str:
    """Since when an entry of the directory is known to be right, or that it is to be verified."""
    from resource_centre.services.providers import to_be_verified

    if to_be_verified(verified_on, today()):
        return _("to be verified")
    return show_date(verified_on)


def provider_facts(row: ProviderRow, place: str) -> str:
    """What tells a provider from others: its kind, its place, whether it wants checking."""
    from resource_centre.services.providers import to_be_verified

    doubt = _("to be verified") if to_be_verified(row.verified_on, today()) else ""
    return " · ".join(part for part in (kind_words(row.provider_type), place, doubt) if part)


def _unsent_words(made_on: date | None) -> str:
    days = (today() - made_on).days if made_on is not None else 0
    if days <= 0:
        return _("not sent yet")
    return ngettext("not sent for {n} day", "not sent for {n} days", days).format(n=whole_number(days))
