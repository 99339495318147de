# SPDX-License-Identifier: Apache-2.0
"""The printed table of savings goals: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.tables import Column, Row, Table, table
from reports.kit.text import paragraph
from reports.kit.words import number
from reports.monthly.household_savings import SavingsGoals
from resource_centre.i18n import N_, _

STANDING_WORDS: Final = {
    "on_track": N_("on the way"),
    "behind": N_("behind"),
    "day_past": N_("past their day"),
    "no_day": N_("without a day"),
}


def goals_section(found: SavingsGoals, language: str, section: Callable[..., list[Flowable]]) -> list[Flowable]:
    """R22, first half, under its heading; nothing where there is no goal. The language must be active."""
    if not found.known:
        return []
    note = [paragraph(_under_way(found, language), styles.NOTE_STYLE)] if found.standings else []
    return section("R22", _("Savings goals"), _table(found, language), *note)


def _table(found: SavingsGoals, language: str) -> Table:
    columns = [Column("", numeric=False), Column(_("Month")), Column(_("Year")), Column(_("Project"))]
    rows = [
        Row((_("Goals set"), *_cells(found.set, language))),
        Row((_("Goals reached"), *_cells(found.reached, language))),
    ]
    for currency, amounts in found.saved.items():
        words = _("Put aside ({currency})").format(currency=currency)
        rows.append(Row((words, *_cells(amounts, language))))
    return table(columns, rows)


def _cells(values: Sequence[int], language: str) -> tuple[str, ...]:
    return tuple(number(value, language) for value in values)


def _under_way(found: SavingsGoals, language: str) -> str:
    told = ", ".join(f"{_(STANDING_WORDS[name])} {number(count, language)}" for name, count in found.standings.items())
    total = number(sum(found.standings.values()), language)
    return _("Under way at the end of the month: {n} ({told}).").format(n=total, told=told)
