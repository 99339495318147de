# SPDX-License-Identifier: Apache-2.0
"""How partners, their agreements and what they contribute are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _, ngettext
from ui.kit.places import Places
from ui.kit.table import Column
from ui.kit.theme import Theme
from ui.kit.typed_dates import show_date
from ui.pages.wording import term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.services.partner_contributions import ContributionRow, ContributionTotal
    from resource_centre.services.partners import PartnerRow

OVER, RUNNING_OUT = "over", "running_out"
HOME_COUNTRY = "IDN"


def agreement_words(until: date | None, state: str) -> str:
    """ "31 Dec 2026", "31 Dec 2026, 41 days left", "over since 1 Oct 2026"."""
    if until is None:
        return ""
    if state == OVER:
        return _("over since {date}").format(date=show_date(until))
    if state != RUNNING_OUT:
        return show_date(until)
    days = (until - today()).days
    left = ngettext("{n} day left", "{n} days left", days).format(n=whole_number(days)) if days else _("the last day")
    return f"{show_date(until)}, {left}"


def where_words(places: Places, country: str | None, place: str | None, home: str | None) -> str:
    """The place in this country, or the other country."""
    if country not in (None, HOME_COUNTRY):
        return term("country", country)
    return village_words(places, place, home) if place else term("country", country)


def partner_columns(theme: Theme, places: Places, home: str | None) -> tuple[Column, ...]:
    """The columns of the list of partners."""

    def tone(row: PartnerRow) -> str:
        colours = theme.colours
        return {OVER: colours.danger, RUNNING_OUT: colours.warning}.get(row.agreement(today()), "")

    def until(row: PartnerRow) -> str:
        return agreement_words(row.agreement_until, row.agreement(today()))

    return (
        Column(_("Name"), lambda row: row.name or ""),
        Column(_("Sector"), lambda row: term("sector", row.sector), width=26),
        Column(_("Place"), lambda row: where_words(places, row.country, row.place_code, home), width=18),
        Column(_("Partner since"), lambda row: show_date(row.partner_since), width=16),
        Column(_("Agreement until"), until, width=28, tone=tone),
        Column(_("Contributions"), lambda row: whole_number(row.contributions), width=10, right=True),
    )


def contribution_columns(theme: Theme, *, who: bool) -> tuple[Column, ...]:
    """The columns of a list of contributions; `who`: with the partner, else with the event."""
    first = (
        Column(_("Partner"), lambda row: row.partner or "", width=28)
        if who
        else Column(_("To which event"), event_words, width=28)
    )
    return (
        Column(_("Date"), lambda row: show_date(row.contributed_on), width=16),
        first,
        Column(_("Kind"), lambda row: term("partner_contribution", row.kind), width=22),
        Column(_("Description"), lambda row: row.what or ""),
        Column(_("Amount or value"), lambda row: amount_words(row.amount, row.currency), width=17, right=True),
        Column(
            _("State"),
            lambda row: _("promised") if row.promised else _("given"),
            width=12,
            tone=lambda row: promise_tone(row, theme),
        ),
    )


def promise_tone(row: ContributionRow, theme: Theme) -> str:
    """A promise whose day is over stands out."""
    if not row.promised:
        return ""
    late = row.contributed_on is not None and row.contributed_on < today()
    return theme.colours.danger if late else theme.colours.warning


def event_words(row: ContributionRow) -> str:
    """The event it was given to; for the centre's work where it was none."""
    if row.event_id is None:
        return _("the centre's work")
    return " · ".join(part for part in (row.event_topic or row.event_number, show_date(row.event_day)) if part)


def totals_words(totals: Sequence[ContributionTotal]) -> str:
    """ "Money: Rp3.000.000 given, Rp500.000 promised  ·  Venue: 2"."""
    return "  ·  ".join(_total_words(one) for one in totals)


def _total_words(total: ContributionTotal) -> str:
    kind = term("partner_contribution", total.kind)
    if not total.given and not total.promised:
        return f"{kind}: {whole_number(total.count_given + total.count_promised)}"
    parts: list[Any] = []
    if total.given:
        parts.append(_("{amount} given").format(amount=amount_words(total.given, total.currency)))
    if total.promised:
        parts.append(_("{amount} promised").format(amount=amount_words(total.promised, total.currency)))
    return f"{kind}: {', '.join(parts)}"
