# SPDX-License-Identifier: Apache-2.0
"""The columns of an attendance sheet: which a kind of event has, how they are headed, and how wide they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from resource_centre.i18n import N_, _

NAME, SEX, AGE, CLIENT_TYPE, VILLAGE = "name", "sex", "age", "client_type", "village_code"
PHONE, DISABILITY, ORGANISATION, SECTOR, COUNTRY = "phone", "disability", "organisation", "sector", "country"
PRE, POST, GAIN, ORAL = "pre_score", "post_score", "gain", "oral"
DAY: Final = "day:"
"""Before the number of a day, counted from nought."""
DAYS: Final = "days"
"""Where the days stand among the columns."""

CODES: Final = frozenset({SEX, CLIENT_TYPE, VILLAGE, SECTOR, COUNTRY})
SCORES: Final = frozenset({PRE, POST})
TICKS: Final = frozenset({DISABILITY, ORAL})
"""Columns that Enter walks past, for they are said of few: Tab, an arrow or the letter of the column reaches them."""

LEARNING, AWARENESS, DIALOGUE = "belajar", "sosialisasi", "dialog"
"""Groups of kinds of event (code list training_type)."""
BY_GROUP: Final = {
    LEARNING: (NAME, SEX, AGE, CLIENT_TYPE, VILLAGE, PHONE, DISABILITY, DAYS, PRE, POST, GAIN, ORAL),
    AWARENESS: (NAME, SEX, AGE, CLIENT_TYPE, VILLAGE, PHONE, DISABILITY, DAYS),
    DIALOGUE: (NAME, SEX, ORGANISATION, SECTOR, COUNTRY, PHONE, DAYS),
}
EVERY: Final = (
    NAME, SEX, AGE, CLIENT_TYPE, VILLAGE, ORGANISATION, SECTOR, COUNTRY, PHONE, DISABILITY, DAYS, PRE, POST, GAIN, ORAL,
)  # fmt: skip
"""All columns in their order: one that holds something is shown whatever the kind of event."""
OPTIONAL: Final = (PHONE, DISABILITY, ORAL)
"""Columns somebody may show or put away."""
SHOWN_FIRST: Final = frozenset({DISABILITY})
CARRIED_OVER: Final = {DIALOGUE: (COUNTRY,)}
CARRIED_OVER_ELSE: Final = (CLIENT_TYPE, VILLAGE)

TITLES: Final = {
    NAME: N_("Name"),
    SEX: N_("M/F"),
    AGE: N_("Age"),
    CLIENT_TYPE: N_("Client type"),
    VILLAGE: N_("Village"),
    PHONE: N_("Telephone"),
    DISABILITY: N_("Disab."),
    ORGANISATION: N_("Institution"),
    SECTOR: N_("Sector"),
    COUNTRY: N_("Country"),
    PRE: N_("Pre"),
    POST: N_("Post"),
    GAIN: N_("Gain"),
    ORAL: N_("Aloud"),
}
WORDS: Final = {
    SEX: N_("M man, F woman"),
    PHONE: N_("Telephone"),
    DISABILITY: N_("With a disability: Y yes, N no. D does it from the column M/F."),
    ORAL: N_("The test was read aloud: Y yes, N no. O does it from the column of a day."),
    PRE: N_("Test before, in per cent: 65, or 13/20"),
    POST: N_("Test after, in per cent: 65, or 13/20"),
}
LETTERS: Final = {
    SEX: 5, AGE: 6, CLIENT_TYPE: 17, VILLAGE: 15, PHONE: 15, DISABILITY: 6, ORGANISATION: 22, SECTOR: 17, COUNTRY: 12,
    PRE: 6, POST: 6, GAIN: 6, ORAL: 6,
}  # fmt: skip
"""As many letters fit into a column; the name has what the others leave."""
DAY_LETTERS: Final = 7


def columns_of(group: str, days: int, shown: Collection[str], filled: Collection[str] = ()) -> tuple[str, ...]:
    """The columns of a sheet of this many days; `shown` are those somebody wants of `OPTIONAL`."""
    own = BY_GROUP.get(group, BY_GROUP[LEARNING])
    scored = bool(SCORES & set(filled))
    wanted = [
        column
        for column in EVERY
        if column in filled or (column in own and (column not in OPTIONAL or column in shown))
        or (column == GAIN and scored)
    ]  # fmt: skip
    found: list[str] = []
    for column in wanted:
        found += [f"{DAY}{day}" for day in range(days)] if column == DAYS else [column]
    return tuple(found)


def optional_of(group: str) -> tuple[str, ...]:
    """The columns of this kind of event that may be shown or put away."""
    own = BY_GROUP.get(group, BY_GROUP[LEARNING])
    return tuple(column for column in OPTIONAL if column in own)


def carried_over(group: str) -> tuple[str, ...]:
    """What a new line takes from the one above it."""
    return CARRIED_OVER.get(group, CARRIED_OVER_ELSE)


def day_of(column: str) -> int | None:
    """The number of the day of a column, None for one that is no day's."""
    return int(column[len(DAY) :]) if column.startswith(DAY) else None


def title_of(column: str, dates: Sequence[date]) -> str:
    """How a column is headed: a day by its date."""
    day = day_of(column)
    if day is None:
        return _(TITLES[column])
    if day < len(dates):
        return _day_and_month(dates[day])
    return (_("Day {n}?") if dates else _("Day {n}")).format(n=day + 1)


def about(column: str, dates: Sequence[date]) -> str:
    """What is said of a column when one points at its title."""
    from ui.kit.typed_dates import show_date

    day = day_of(column)
    if day is None:
        return _(WORDS[column]) if column in WORDS else _(TITLES[column])
    if day < len(dates):
        return show_date(dates[day], weekday=True)
    return _("The event does not meet on this day.")


def _day_and_month(day: date) -> str:
    from PySide6.QtCore import QLocale

    from resource_centre.i18n import language

    return f"{day.day} {QLocale(language()).monthName(day.month, QLocale.FormatType.ShortFormat)}"
