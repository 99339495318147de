# SPDX-License-Identifier: Apache-2.0
"""Numbers and dates as the paper's language writes them, whatever the screen's language is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

NOTHING: Final = "\u2013"
"""What stands in a cell for which there is no number, such as a mean over nobody. Zero is always printed as 0."""

MINUS: Final = "\u2013"
"""As long as a minus sign, which the fonts that travel with papers lack: it would be left out without a word."""

_COMMA_LANGUAGES: Final = frozenset({"id"})
_LOCALES: Final = {"id": "id_ID", "en": "en_GB"}


def number(value: float | None, language: str, *, decimals: int = 0, sign: bool = False) -> str:
    """1.234 in Indonesian, 1,234 in English; a dash for None. `MINUS` stands before a negative number."""
    if value is None:
        return NOTHING
    # What rounds to nought has no sign.
    value = round(value, decimals) + 0.0
    text = f"{value:+,.{decimals}f}" if sign and value else f"{value:,.{decimals}f}"
    if language in _COMMA_LANGUAGES:
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", MINUS)


def percent(value: float | None, language: str, *, decimals: int = 0) -> str:
    """A share given in percent, with its sign: 62 % ; a dash for None."""
    return NOTHING if value is None else f"{number(value, language, decimals=decimals)}\u00a0%"


def month_name(month: str, language: str) -> str:
    """ "2026-10" as "Oktober 2026" or "October 2026"."""
    from babel.dates import format_date

    return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=_LOCALES.get(language, language))


def short_month(month: str, language: str) -> str:
    """ "2026-10" as "Okt" or "Oct"."""
    from babel.dates import format_date

    return format_date(date.fromisoformat(f"{month}-01"), "LLL", locale=_LOCALES.get(language, language))


def long_date(day: date, language: str) -> str:
    """22 November 2026."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=_LOCALES.get(language, language))


def moment(at: datetime, language: str) -> str:
    """22 November 2026, 14.05 in Indonesian; with 14:05 in English."""
    clock = at.strftime("%H.%M" if language in _COMMA_LANGUAGES else "%H:%M")
    return f"{long_date(at.date(), language)}, {clock}"
