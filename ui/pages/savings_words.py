# SPDX-License-Identifier: Apache-2.0
"""Amounts, shares and figures of a savings group in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from resource_centre.currencies import amount_words
from resource_centre.i18n import _
from resource_centre.services.rules import rule
from ui.pages.wording import decimal, whole_number

if TYPE_CHECKING:
    from resource_centre.services.group_books import ShareOut
    from ui.pages.savings_store import GroupLook


def rupiah(amount: int) -> str:
    """ "Rp25.000"; a loss has its sign before it."""
    return f"−{amount_words(-amount, None)}" if amount < 0 else amount_words(amount, None)


def figure_words(amount: int) -> str:
    """ "25.000": an amount in a column, grouped as `rupiah` groups it."""
    return amount_words(amount, None).removeprefix("Rp").strip()


def percent(share: float | None) -> str:
    """ "48%" of a share between nothing and one; a dash where there is none."""
    return "–" if share is None else f"{decimal(share * 100, 0)}%"


def box_words(look: GroupLook) -> str:
    """What the box holds, and what of it is whose."""
    books = look.books
    return _("In the box {box}: loan fund {fund}, social fund {social}").format(
        box=rupiah(books.box), fund=rupiah(books.fund_cash), social=rupiah(books.social)
    )


def cycle_words(look: GroupLook) -> str:
    """The cycle in one line: what is saved, earned and lost."""
    cycle = look.books.cycle
    words = _("{savings} saved in {shares} shares, {income} earned, {losses} lost")
    return words.format(
        savings=rupiah(cycle.savings),
        shares=whole_number(cycle.shares),
        income=rupiah(cycle.income),
        losses=rupiah(cycle.losses),
    )


def loans_words(look: GroupLook, on: dt.date) -> str:
    """What is lent, how much of it is late, and how much of the fund it is."""
    books, days = look.books, int(rule("group_arrears_days"))
    words = _(
        "{owed} lent out ({used} of the fund), {risk} of it late for more than {days} days (PAR); {late} overdue in all"
    )
    return words.format(
        owed=rupiah(books.outstanding),
        used=percent(books.utilisation),
        late=rupiah(books.overdue(on)),
        risk=percent(books.at_risk_share(on, days)),
        days=days,
    )


def members_words(look: GroupLook) -> str:
    """How many there are, of which sex, and how many of them come."""
    there = [one for one in look.members if not one.left_on]
    women, men = (sum(one.sex == sex for one in there) for sex in "PL")
    came, held = (sum(look.attended.get(one.id, (0, 0))[side] for one in there) for side in (0, 1))
    words = _("{n} members ({women} women, {men} men), attendance {share}")
    return words.format(n=len(there), women=women, men=men, share=percent(came / held if held else None))


def share_out_words(planned: ShareOut, outstanding: int = 0) -> str:
    """What a share is worth, and what stays in the box; before that, what must still come back into it."""
    words = _(
        "{fund} divided by {shares} shares: {each} for a share. {rest} does not divide and stays in the box with the "
        "social fund of {social}. Return on savings: {gain}."
    )
    still = _("{amount} of it is still lent out: it is paid back or written off first.")
    said = words.format(
        fund=rupiah(planned.fund),
        shares=whole_number(planned.shares),
        each=rupiah(planned.per_share),
        rest=rupiah(planned.remainder),
        social=rupiah(planned.social),
        gain="–" if planned.return_on_savings is None else f"{decimal(planned.return_on_savings * 100)}%",
    )
    return f"{said} {still.format(amount=rupiah(outstanding))}" if outstanding else said
