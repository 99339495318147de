# SPDX-License-Identifier: Apache-2.0
"""The national identity number (NIK): PPRRDD ddmmyy nnnn, a woman's day plus 40.

Written from the description in civil-registry sources; the validator of python-stdnum uses the statistics
office's regency codes and refuses whole provinces. A NIK is never issued anew when a birth date is corrected,
so what disagrees with the person's answers is a warning and never an error.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from resource_centre.i18n import N_
from resource_centre.values.partial_date import agree

if TYPE_CHECKING:
    from resource_centre.places import Gazetteer

#: What each code in `NikReading.errors` and `.warnings` means, for people (translate with `_` when shown).
NIK_WORDS: Mapping[str, str] = {
    "nik_shape": N_("A NIK has exactly 16 digits."),
    "nik_day": N_("The day of birth in the NIK is not possible."),
    "nik_date": N_("The date of birth in the NIK is not possible."),
    "nik_province": N_("The NIK begins with a province code that does not exist."),
    "nik_serial": N_("The serial number of the NIK is 0000."),
    "nik_regency_unknown": N_("The regency in the NIK is not in today's list; older cards may keep old codes."),
    "nik_district_unknown": N_("The district in the NIK is not in today's list; older cards may keep old codes."),
    "nik_century": N_("The NIK does not tell in which century the person was born."),
    "nik_born_differs": N_("The date of birth in the NIK differs from the one given."),
    "nik_sex_differs": N_("The sex in the NIK differs from the one given."),
}

_SIXTEEN = re.compile("[0-9]{16}")
# A leading apostrophe is how people keep Excel from rounding the number.
_SPACING = re.compile("^['\u2018\u2019`]|[\\s.\\-\u2010-\u2015]+")


@dataclass(frozen=True)
class NikReading:
    """What a NIK says. `ok` means no errors; codes of errors and warnings are keys of `NIK_WORDS`.

    `birth_dates` holds the possible dates, the likelier first; province "52", regency "52.03", district
    "52.03.04" are as printed in the number, whether or not today's list knows them. `value` is the 16 digits.
    """

    ok: bool
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sex: str | None = None
    birth_dates: tuple[date, ...] = ()
    province: str | None = None
    regency: str | None = None
    district: str | None = None
    value: str | None = None


def read_nik(
    text: str,
    *,
    today: date,
    born: str | None = None,
    sex: str | None = None,
    adult: bool = False,
    places: "Gazetteer | None" = None,
    demo: bool = False,
) -> NikReading:
    """Read a NIK, comparing it with the declared partial birth date and sex ("L", "P") when given.

    `adult` prefers the birth date of a person of working age when both centuries fit; `places` adds the check
    of the region codes; `demo` accepts the unassigned province of invented people.
    """
    digits = _SPACING.sub("", text.strip())
    if not _SIXTEEN.fullmatch(digits):
        return NikReading(ok=False, errors=("nik_shape",))
    reading = _read_body(digits, today, born or None, adult)
    errors, warnings = list(reading.errors), list(reading.warnings)
    if digits[12:] == "0000":
        warnings.append("nik_serial")
    if reading.sex is not None and sex in {"L", "P"} and sex != reading.sex:
        warnings.append("nik_sex_differs")
    region_errors, region_warnings = _check_region(reading, places, demo)
    errors += region_errors
    warnings += region_warnings
    return replace(reading, ok=not errors, errors=tuple(errors), warnings=tuple(warnings))


def mask_nik(nik: str) -> str:
    """Return "317101******0001"; anything that is not 16 digits is masked whole, so no part of it shows."""
    return f"{nik[:6]}******{nik[12:]}" if _SIXTEEN.fullmatch(nik) else "*" * len(nik)


def _read_body(digits: str, today: date, born: str | None, adult: bool) -> NikReading:
    regency = f"{digits[:2]}.{digits[2:4]}"
    reading = NikReading(
        ok=False, province=digits[:2], regency=regency, district=f"{regency}.{digits[4:6]}", value=digits
    )
    day = int(digits[6:8])
    sex = "P" if day > 40 else "L"
    day = day - 40 if day > 40 else day
    if not 1 <= day <= 31:
        return replace(reading, errors=("nik_day",))
    dates = _possible_dates(day, int(digits[8:10]), int(digits[10:12]), today)
    if not dates:
        return replace(reading, errors=("nik_date",), sex=sex)
    dates, warnings = _likelier_first(dates, today, born, adult)
    return replace(reading, ok=True, warnings=warnings, sex=sex, birth_dates=dates)


def _possible_dates(day: int, month: int, year: int, today: date) -> tuple[date, ...]:
    oldest = int(_rules()["oldest_age"])
    found = []
    for century in (1900, 2000):
        try:
            possible = date(century + year, month, day)
        except ValueError:
            continue
        if possible <= today and _age(possible, today) <= oldest:
            found.append(possible)
    return tuple(found)


def _likelier_first(
    dates: tuple[date, ...], today: date, born: str | None, adult: bool
) -> tuple[tuple[date, ...], tuple[str, ...]]:
    if born is not None:
        agreeing = tuple(day for day in dates if agree(born, day.isoformat()))
        if agreeing:
            return agreeing, ()
    warnings = ("nik_born_differs",) if born is not None else ()
    if len(dates) == 1:
        return dates, warnings
    if adult:
        youngest = int(_rules()["adult_age"])
        return tuple(sorted(dates, key=lambda day: _age(day, today) < youngest)), warnings
    return dates, (*warnings, "nik_century")


def _check_region(reading: NikReading, places: "Gazetteer | None", demo: bool) -> tuple[list[str], list[str]]:
    rules = _rules()
    if reading.province in {None, rules["demo_province"]}:
        return ([], []) if demo else (["nik_province"], [])
    if places is None:
        return [], []
    if places.place(reading.province) is None:
        return ([], []) if reading.province in rules["legacy_provinces"].split() else (["nik_province"], [])
    if places.place(reading.regency) is None:
        return [], ["nik_regency_unknown"]
    return [], [] if places.place(reading.district) else ["nik_district_unknown"]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    """Thresholds and code lists, from data/nik_rules.csv (name, value, source, verified)."""
    file = resources.files("resource_centre") / "data" / "nik_rules.csv"
    return {row["name"]: row["value"] for row in csv.DictReader(file.read_text("utf-8").splitlines())}
