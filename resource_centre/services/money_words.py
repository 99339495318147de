# SPDX-License-Identifier: Apache-2.0
"""Household money in the words a family uses; windows and papers say the same, in the active language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final, NamedTuple

from resource_centre.currencies import amount_words
from resource_centre.i18n import N_, _, language, ngettext
from resource_centre.money.budgets import BudgetFigures
from resource_centre.money.debts import Payoff
from resource_centre.money.goals import MONTHS, GoalFigures
from resource_centre.money.remittances import SendingFigures
from resource_centre.money.shares import exact, shown_percent
from resource_centre.records import RemittancePlan
from resource_centre.records.fields import fields_of
from resource_centre.services.budgets import limits
from resource_centre.services.rules import rule


class Said(NamedTuple):
    """A sentence, and how it is meant: understood, warning, error, or nothing."""

    words: str
    tone: str = ""


GROUP_WORDS: Final = {
    "masuk": N_("Came in"),
    "kebutuhan": N_("Needs"),
    "keinginan": N_("Wishes"),
    "tabungan": N_("Savings"),
    "utang": N_("Debts"),
}
"""The groups of budget lines."""


def percent_words(share: Decimal) -> str:
    """ "3,8 %" or "3.8 %"; no decimal where there is none."""
    text = f"{shown_percent(share).normalize():f}"
    return f"{text.replace('.', ',') if language() == 'id' else text}\u00a0%"


def figure_words(number: float | Decimal) -> str:
    """ "3.610,5" or "3,610.5": a rate, or a share, with no decimals it does not need."""
    text = f"{exact(number):,.4f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def months_words(months: int) -> str:
    """ "2 years and 3 months", "5 months"."""
    years, rest = divmod(months, MONTHS)
    said = [ngettext("{n} year", "{n} years", years).format(n=years)] if years else []
    if rest or not years:
        said.append(ngettext("{n} month", "{n} months", rest).format(n=rest))
    return _(" and ").join(said)


def month_after(on: dt.date, months: int) -> dt.date:
    """The first day of the month so many months after the present one."""
    years, month = divmod(on.month - 1 + months, MONTHS)
    return dt.date(on.year + years, month + 1, 1)


def month_words(day: dt.date) -> str:
    """ "Januari 2028"."""
    from babel.dates import format_date

    return format_date(day, "LLLL y", locale={"id": "id_ID", "en": "en_GB"}.get(language(), language()))


def goal_words(figures: GoalFigures, currency: str | None, by: dt.date | None) -> list[Said]:
    """How much each month, how much is still missing, and whether it comes in time."""
    if figures.standing == "reached":
        return [Said(_("The goal is reached."), "understood")]
    missing = amount_words(figures.missing, currency)
    if by is None:
        return [Said(_("{amount} still to be saved. Name a day to see how much each month.").format(amount=missing))]
    if figures.standing == "day_past" or figures.monthly is None:
        return [
            Said(_("The day has passed and {amount} are missing. Agree on a new day.").format(amount=missing), "error")
        ]
    each = _("Each month {amount} to reach it by {month}.")
    said = [Said(each.format(amount=amount_words(figures.monthly, currency), month=month_words(by)), "understood")]
    left = figures.months_left or 0
    words = _("{amount} still to be saved, {months} left.").format(amount=missing, months=months_words(left))
    return [*said, Said(words), _pace(figures, currency)]


def _pace(figures: GoalFigures, currency: str | None) -> Said:
    if figures.standing == "on_track":
        return Said(_("On the way: there is as much as there should be by now."), "understood")
    behind = amount_words((figures.expected or 0) - figures.balance, currency)
    return Said(_("Behind by {amount}: the monthly amount has become higher.").format(amount=behind), "warning")


def budget_words(figures: BudgetFigures, currency: str | None) -> list[Said]:
    """What is left, what is saved, what debts take, how long savings would last."""
    left = amount_words(abs(figures.surplus), currency)
    if figures.surplus < 0:
        said = [Said(_("{amount} more goes out than comes in.").format(amount=left), "error")]
    else:
        said = [Said(_("{amount} is left over.").format(amount=left), "understood")]
    if not figures.income:
        return [*said, Said(_("Nothing came in, so there are no shares of the income."), "warning"), *_fund(figures)]
    saved = Said(_("Of every Rp100 that come in, Rp{n} are saved.").format(n=_whole(figures.savings_rate)))
    return [*said, saved, *_debts_of(figures), *_fund(figures)]


def _debts_of(figures: BudgetFigures) -> list[Said]:
    if figures.debt_ratio is None or not figures.groups["utang"]:
        return []
    part = percent_words(figures.debt_ratio)
    if figures.debt_level == "light":
        return [
            Said(_("Instalments take {share} of the income: that can be carried.").format(share=part), "understood")
        ]
    most = percent_words(limits().debt_too_heavy if figures.debt_level == "too_heavy" else limits().debt_heavy)
    if figures.debt_level == "too_heavy":
        words = _("Instalments take {share} of the income, more than {most}: too much. Talk with the lender.")
        return [Said(words.format(share=part, most=most), "error")]
    words = _("Instalments take {share} of the income, more than {most}: no new debts now.")
    return [Said(words.format(share=part, most=most), "warning")]


def _fund(figures: BudgetFigures) -> list[Said]:
    if figures.emergency_months is None:
        return []
    months = f"{shown_percent(figures.emergency_months).normalize():f}"
    count = months.replace(".", ",") if language() == "id" else months
    least, most = int(rule("emergency_months_least")), int(rule("emergency_months_most"))
    words = {
        "too_little": _("Without income the savings last {n} months. Aim for {least} to {most}."),
        "enough": _("Without income the savings last {n} months; {least} to {most} are good."),
        "plenty": _("Without income the savings last {n} months, more than {most}: some may be put to work."),
    }[figures.savings_level or "enough"]
    tone = "warning" if figures.savings_level == "too_little" else "understood"
    return [Said(words.format(n=count, least=least, most=most), tone)]


def payoff_words(way: Payoff, on: dt.date) -> list[Said]:
    """When the debts are paid off and what that costs, or why they never are."""
    monthly, grown = amount_words(way.monthly, None), amount_words(way.first_interest, None)
    if way.never and way.monthly <= way.first_interest:
        words = _("Never: the debts grow by {interest} a month, and only {amount} is paid.")
        return [Said(words.format(interest=grown, amount=monthly), "error")]
    if way.never or way.months_needed is None:
        years = int(rule("debts_longest_months")) // MONTHS
        words = _("Never: with {amount} a month the debts are not paid off within {n} years.")
        return [Said(words.format(amount=monthly, n=years), "error")]
    words = _("Free of debts in {months}, in {month}. Interest until then: {amount}.")
    last = month_words(month_after(on, way.months_needed))
    interest = amount_words(way.interest, None)
    said = [Said(words.format(months=months_words(way.months_needed), month=last, amount=interest), "understood")]
    return [*said, *_short(way)]


def _short(way: Payoff) -> list[Said]:
    if not way.short:
        return []
    words = _("All instalments together are {amount} more than this. Agree with the lenders on smaller ones.")
    return [Said(words.format(amount=amount_words(way.short, None)), "warning")]


def comparison_words(ways: dict[Any, Payoff]) -> Said | None:
    """What the one order saves beside the other; None where nothing can be compared."""
    dear, small = ways["avalanche"], ways["snowball"]
    if dear.interest is None or small.interest is None or len(dear.order) <= 1:
        return None
    saved = small.interest - dear.interest
    first = [min(done for done in way.cleared if done is not None) for way in (dear, small)]
    if saved <= 0 and first[0] <= first[1]:
        return Said(_("Both orders come to the same."))
    words = _("Highest interest first saves {amount}; smallest first frees you of a first debt after {n} months.")
    return Said(words.format(amount=amount_words(max(0, saved), None), n=first[1]))


def cost_words(figures: SendingFigures, currency: str | None) -> list[Said]:
    """What sending costs in truth, or what must be asked to know it."""
    target, most = (percent_words(exact(rule(f"remittance_cost_{name}"))) for name in ("target", "most"))
    if figures.cost_percent is None:
        said = [Said(_("To know the true cost, ask for: {names}.").format(names=_names(figures.missing)), "warning")]
        if figures.at_least > 0:
            said.append(Said(_("It is at least {share}.").format(share=percent_words(figures.at_least))))
        return said
    share = percent_words(figures.cost_percent)
    words, tone = {
        "good": (_("Sending costs {share} in truth: below {target}, that is good."), "understood"),
        "dear": (_("Sending costs {share} in truth. It can be had below {target}: compare."), "warning"),
        "too_dear": (_("Sending costs {share} in truth, more than {most}: look for another way."), "error"),
    }[figures.level or "good"]
    said = [Said(words.format(share=share, target=target, most=most), tone)]
    if figures.margin:
        taken = amount_words(abs(figures.margin), currency)
        worse = _("The rate takes {amount} of it.") if figures.margin > 0 else _("The rate gives {amount} more.")
        said.append(Said(worse.format(amount=taken)))
    return said


def arrives_words(figures: SendingFigures, sent: Any, day: str) -> Said | None:
    """What arrives in rupiah, with the rate and its day in words; None in rupiah or without a rate."""
    if figures.arrives is None or sent.currency in (None, "IDR"):
        return None
    words = _("{amount} arrive, at Rp{rate} for one {currency} on {day}.")
    arrives = amount_words(figures.arrives, "IDR")
    return Said(words.format(amount=arrives, rate=figure_words(sent.rate), currency=sent.currency, day=day))


def split_words(total: Decimal) -> Said:
    """Whether the uses come to exactly a hundred."""
    if total == Decimal(100):
        return Said(_("The uses come to exactly 100 %."), "understood")
    if total < Decimal(100):
        return Said(_("{share} still to be agreed on.").format(share=percent_words(Decimal(100) - total)), "warning")
    return Said(_("{share} too much.").format(share=percent_words(total - Decimal(100))), "error")


def _names(fields: tuple[str, ...]) -> str:
    labels = {field.name: field.label for field in fields_of(RemittancePlan)}
    return ", ".join(labels[name] for name in fields)


def _whole(share: Decimal | None) -> str:
    return str(int((share or Decimal()).to_integral_value()))
