# SPDX-License-Identifier: Apache-2.0
"""Passport and emergency travel document numbers, judged no more strictly than the sources allow."""

import re
from dataclasses import dataclass

# Machine-readable documents hold up to nine letters and digits (ICAO 9303, recalled). Indonesian passports are one
# letter and seven digits, emergency documents two letters and six (recalled from practice): a warning only.
_POSSIBLE = re.compile(r"[A-Z0-9]{6,9}")
_USUAL = re.compile(r"[A-Z][0-9]{7}|X[A-Z][0-9]{6}")
_SPACING = re.compile(r"[\s.\-/]+")


@dataclass(frozen=True)
class PassportReading:
    """What was read: the number in capitals without spaces (None when impossible), and codes of what is odd."""

    value: str | None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_passport(text: str) -> PassportReading:
    """Read a document number. Errors: "passport_shape"; warnings: "passport_unusual"."""
    number = _SPACING.sub("", text).upper()
    if not _POSSIBLE.fullmatch(number):
        return PassportReading(None, errors=("passport_shape",))
    return PassportReading(number, warnings=() if _USUAL.fullmatch(number) else ("passport_unusual",))
