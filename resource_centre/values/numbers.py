# SPDX-License-Identifier: Apache-2.0
"""Numbers people read out on the phone: site, year, device, series and counter, check character.

"LTM-26-B3-C0042-K" can be made on two laptops that never met, tells nothing about a person, and a slip in
reading it out shows: ISO 7064 MOD 37,36 over everything before the last dash finds every single wrong
character and all but about one in a hundred swaps of neighbours.
"""

import re
from dataclasses import dataclass

# Crockford's base 32: without I, L, O and U, so a device code survives handwriting.
DEVICE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SERIES = {
    "C": "client",
    "K": "case",
    "R": "referral",
    "S": "session",
    "T": "training",
    "A": "complaint",
    "B": "certificate",
    "P": "trainer",
    "G": "savings group",
}

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_CANONICAL = re.compile(
    rf"([A-Z]{{3}})-(\d\d)-([{DEVICE_ALPHABET}]{{2}})-([{''.join(SERIES)}])(\d{{4,7}})-([0-9A-Z])", re.ASCII
)
_LOOSE = re.compile(r"([A-Z01]{3})([0-9OIL]{2})([0-9A-Z]{2})([A-Z])([0-9OIL]{4,7})([0-9A-Z])", re.ASCII)
_SPACING = re.compile("[\\s\\-./\u2010-\u2015]+")
_AS_DIGIT = str.maketrans("OIL", "011")
_AS_LETTER = str.maketrans("01", "OI")


@dataclass(frozen=True)
class NumberReading:
    """The parts of a number whose check character is right; `text` is how it is written."""

    site: str
    year: int
    device: str
    series: str
    counter: int
    text: str


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character over letters A-Z and digits (dashes are passed over)."""
    product = 36
    for character in body.replace("-", ""):
        total = (product + _VALUE[character]) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def compose_number(*, site: str, year: int, device: str, series: str, counter: int) -> str:
    """Make a number. ValueError when a part does not fit (three letters, 2000-2099, base 32, known series)."""
    body = f"{site}-{year % 100:02d}-{device}-{series}{counter:04d}"
    number = f"{body}-{check_character(body)}" if body.isascii() and body.isupper() else ""
    if not (2000 <= year <= 2099 and counter >= 1 and _CANONICAL.fullmatch(number)):
        raise ValueError("a part of the number does not fit its place")
    return number


def check_number(text: str) -> bool:
    """Whether the text is exactly a number as we write them, with the right check character."""
    return bool(_CANONICAL.fullmatch(text)) and check_character(text[:-2]) == text[-1]


def has_form(text: str) -> bool:
    """Whether a text has the form of a number, however it is written and whether or not its check character fits."""
    return _LOOSE.fullmatch(_SPACING.sub("", text).upper()) is not None


def read_number(text: str) -> NumberReading | None:
    """Read what a person typed or heard: small letters, missing dashes, O for 0, I or L for 1. None when wrong."""
    shape = _LOOSE.fullmatch(_SPACING.sub("", text).upper())
    if shape is None:
        return None
    site, year, device, series, counter, given = shape.groups()
    site, device = site.translate(_AS_LETTER), device.translate(_AS_DIGIT)
    year, counter = year.translate(_AS_DIGIT), counter.translate(_AS_DIGIT)
    number = f"{site}-{year}-{device}-{series}{counter}-{given}"
    # No leniency in the last place: taking O for 0 there would let wrong numbers pass.
    if not check_number(number):
        return None
    return NumberReading(site, 2000 + int(year), device, series, int(counter), number)
