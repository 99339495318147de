# SPDX-License-Identifier: Apache-2.0
"""How people, ages, numbers and dates are put into words on the pages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from resource_centre.clock import today
from resource_centre.i18n import _, language
from resource_centre.values.partial_date import age_on, precision
from resource_centre.values.standing import DEAD
from resource_centre.vocabulary import vocabulary
from ui.kit.desk import Desk
from ui.kit.places import Places
from ui.kit.typed_dates import show_date


def whole_number(number: int) -> str:
    """ "1.234" or "1,234", as the active language writes it."""
    return QLocale(language()).toString(number)


def decimal(number: float, places: int = 1) -> str:
    """ "48,3" or "48.3", as the active language writes it."""
    return QLocale(language()).toString(number, "f", places)


def age_words(born: str | None, on: date | None = None) -> str:
    """ "34", "about 34" when only the year is known, empty when nothing is."""
    age = age_on(born, on or today())
    if age is None or born is None:
        return ""
    return str(age) if precision(born) != "year" else _("about {age}").format(age=age)


def age_or_standing(born: str | None, standing: str | None, on: date | None = None) -> str:
    """The age now or on a day; of somebody who has died that they have, and no age."""
    return term("person_standing", DEAD) if standing == DEAD else age_words(born, on)


def days_words(first: date | None, last: date | None) -> str:
    """ "5 Mei 2026", "5–6 Mei 2026", or both dates in full."""
    if first is None or last is None or last == first:
        return show_date(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{show_date(last)}"
    return f"{show_date(first)} – {show_date(last)}"


def phone_words(number: str | None) -> str:
    """A telephone number in groups."""
    from resource_centre.values.phone import show_phone

    return show_phone(number) if number else ""


def term(name: str, code: str | None) -> str:
    """The words of a code of a vocabulary; empty for None."""
    return vocabulary(name).label(code)


def home_of(desk: Desk) -> str | None:
    """The regency the centre is in, which goes without saying in lists."""
    profile = desk.worker.centre.profile if desk.worker.centre is not None else None
    code: str | None = getattr(profile, "place_code", None)
    return code[:5] if code and len(code) >= len("52.03") else None


def village_words(places: Places, code: str | None, home: str | None = None) -> str:
    """The village with its district, and with its regency unless that is `home`."""
    if places.gazetteer is None:
        return ""  # the list of villages is still being read; a bare code would only puzzle
    words = places.full_name(code) if code else ""
    if home and code and code.startswith(home) and words.count(", ") > 1:
        return words.rpartition(", ")[0]
    return words


def capitalised(name: str) -> str:
    """A name typed in small letters with capitals; anything else as it was typed."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split()) if name == name.lower() else name.strip()
