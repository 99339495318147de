# SPDX-License-Identifier: Apache-2.0
"""How an answer is written on paper: in the paper's language, and never more than everybody may read of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from reports.kit.words import long_date, number
from resource_centre.i18n import _, language
from resource_centre.places import gazetteer
from resource_centre.records import Field
from resource_centre.values.partial_date import parse_partial
from resource_centre.values.phone import show_phone
from resource_centre.vocabulary import vocabulary

MERGED: Final = "PERLINDUNGAN_KHUSUS"
"""The code that stands for every matter only a protection officer reads."""

_ALSO: Final[Mapping[str, frozenset[str]]] = {"client_type": frozenset({"survivor"})}
"""Codes that say it too, of lists in which it is not marked."""

RUPIAH: Final = "IDR"


def merged_words() -> str:
    """What is printed in place of a matter only a protection officer reads."""
    return _("Special protection")


def is_top_tier(list_name: str, code: str | None) -> bool:
    """Whether a code says something that stands on no paper."""
    term = vocabulary(list_name).get(code)
    marked = term is not None and term.extra.get("top_tier") == "yes"
    return marked or code == MERGED or code in _ALSO.get(list_name, ())


def word(list_name: str, code: str | None) -> str:
    """The label of a code; what only a protection officer reads is merged into one label."""
    if is_top_tier(list_name, code):
        return merged_words()
    return vocabulary(list_name).label(code)


def words(list_name: str, codes: Iterable[str] | None) -> str:
    """Several codes in one line, each label once."""
    return ", ".join(dict.fromkeys(word(list_name, code) for code in codes or ()))


def day(value: dt.date | None) -> str:
    """22 November 2026; empty for None."""
    return long_date(value, language()) if value is not None else ""


def partial_day(value: str | None) -> str:
    """A date known in part, as far as it is known: 2019, Mei 2019, 5 Mei 2019."""
    from babel.dates import format_date

    if not value or parse_partial(value) is None:
        return value or ""
    if len(value) == len("2019"):
        return value
    locale = {"id": "id_ID", "en": "en_GB"}.get(language(), language())
    if len(value) == len("2019-05"):
        return format_date(dt.date.fromisoformat(f"{value}-01"), "LLLL y", locale=locale)
    return long_date(dt.date.fromisoformat(value), language())


def amount(value: int | None, currency: str | None = RUPIAH) -> str:
    """Rp1.500.000, or MYR 1,500 in a currency of its own; empty for None."""
    if value is None:
        return ""
    if (currency or RUPIAH) == RUPIAH:
        return f"Rp{number(value, language())}"
    return f"{currency} {number(value, language())}"


def yes_no(value: bool | None) -> str:
    """Yes, no, or nothing."""
    return "" if value is None else _("Yes") if value else _("No")


def phone(value: str | None) -> str:
    """A telephone number in groups."""
    return show_phone(value) if value else ""


def place(code: str | None) -> str:
    """A place with those it lies in."""
    return gazetteer().full_name(code) if code else ""


def village(code: str | None) -> str:
    """A village with its district."""
    if not code:
        return ""
    names = gazetteer()
    return ", ".join(name for name in (names.name(code), names.name(code.rpartition(".")[0])) if name)


def written(field: Field, value: Any) -> str:
    """An answer as the format of its field says; empty without one."""
    if value is None or value in ("", []):
        return ""
    writer = _WRITERS.get(field.format)
    return writer(field, value) if writer else str(value)


def refused_words(code: str | None) -> str:
    """Why a question has no answer: not known, refused, does not apply, not asked."""
    return vocabulary("unanswered").label(code)


_WRITERS: Final[Mapping[str, Callable[[Field, Any], str]]] = {
    "code": lambda field, value: word(field.vocabulary, value),
    "codes": lambda field, value: words(field.vocabulary, value),
    "date": lambda _field, value: day(value),
    "partial_date": lambda _field, value: partial_day(value),
    "money": lambda _field, value: number(value, language()),
    "integer": lambda _field, value: str(value),
    "number": lambda _field, value: number(value, language(), decimals=0 if float(value).is_integer() else 2),
    "yes_no": lambda _field, value: yes_no(value),
    "phone": lambda _field, value: phone(value),
    "place": lambda _field, value: place(value),
}
