# SPDX-License-Identifier: Apache-2.0
"""Phone numbers as registers hold them, turned into E.164 ("+6281234567890").

Indonesian mobiles, nearly everything a register holds, are read by one rule that agrees with the phonenumbers
library (9.0.43: 8, then 1-3 or 5-9, then 7 to 10 digits); that library is large and is imported for the rest only.
"""

import re
from dataclasses import dataclass

_MOBILE = re.compile(r"(?:\+?62)?0?(8[1-35-9]\d{7,10})", re.ASCII)
_SHOWN_MOBILE = re.compile(r"\+62(8[1-35-9]\d)(\d{3,4})(\d{3}|\d{4,5})", re.ASCII)
_NUMBER = re.compile(r"(?:\+\s*|\(\s*)?\d(?:[\d\s().\-\u2010-\u2015\u00a0]*\d)?", re.ASCII)
_SPREADSHEET_NUMBER = re.compile(r"(\d+)[.,]0+|\d(?:[.,]\d+)?[eE]\+?\d{1,2}", re.ASCII)
_COUNT_BEHIND = re.compile(r"\s*\(\s*\d{1,2}\s*\)\s*$", re.ASCII)
_LINES = re.compile(r"\s*[\r\n]+\s*")
_NOT_DIGIT = re.compile(r"[^\d+]", re.ASCII)
_LABEL = re.compile(r"\b(?:no(?:mor)?|hp|telp?|tlp|telepon|phone|handphone|wa|whatsapp|hubungi)\b[.:]*", re.IGNORECASE)
_NOTE_EDGES = " \t\n\u00a0()[]{}/,;:.-\u2013'\"+|&="
_SHORTEST = 6


@dataclass(frozen=True)
class PhoneReading:
    """The number in E.164 (None when no number could be made out), whether such numbers exist, and what stood
    beside it ("istri" out of "0812... (istri)", a second number, the person who answers)."""

    e164: str | None
    valid: bool = False
    note: str = ""


def read_phone(text: str, *, region: str = "ID") -> PhoneReading:
    """Read the first number in the text. A number that is possible but not in use has an `e164` and `valid=False`."""
    text = _from_spreadsheet(_LINES.sub(" / ", _COUNT_BEHIND.sub("", text.strip())))
    for found in _NUMBER.finditer(text):
        digits = _NOT_DIGIT.sub("", found.group().replace("(0)", ""))
        if len(digits) < _SHORTEST:
            continue
        e164, valid = _read_digits(digits, region)
        note = _note(text[: found.start()], text[found.end() :])
        return PhoneReading(e164, valid, note)
    return PhoneReading(None, note=_note(text, ""))


def show_phone(e164: str) -> str:
    """Return "0812-3456-7890" for an Indonesian mobile, the international form for the rest ("+852 6123 4567")."""
    mobile = _SHOWN_MOBILE.fullmatch(e164)
    if mobile is not None:
        return f"0{e164[3:6]}-{_middle_and_end(e164[6:])}"
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    home = number.country_code == 62 and phonenumbers.is_valid_number(number)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)


def _middle_and_end(rest: str) -> str:
    # Same groups as the library: three at the end of short numbers, four or five at the end of long ones.
    cut = len(rest) - 3 if len(rest) <= 7 else 4
    return f"{rest[:cut]}-{rest[cut:]}"


def _read_digits(digits: str, region: str) -> tuple[str | None, bool]:
    if region == "ID":
        mobile = _MOBILE.fullmatch(digits)
        if mobile is not None:
            return f"+62{mobile[1]}", True
    return _read_with_library(digits, region)


def _read_with_library(digits: str, region: str) -> tuple[str | None, bool]:
    import phonenumbers

    tries = [digits] if digits.startswith("+") else [digits, f"+{digits.removeprefix('00')}"]
    possible: str | None = None
    for number in tries:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(parsed):
            return e164, True
        if possible is None and phonenumbers.is_possible_number(parsed):
            possible = e164
    return possible, False


def _from_spreadsheet(text: str) -> str:
    """Undo what a spreadsheet does to a number: "81234567890.0", "8.1234567890E10"."""
    found = _SPREADSHEET_NUMBER.fullmatch(text)
    if found is None:
        return text.lstrip("'\u2018\u2019`")
    if found[1]:
        return found[1]
    text = text.replace(",", ".")
    whole = float(text)
    # Ten significant digits at most are shown; a shorter mantissa means that digits are lost for good.
    mantissa = text.lower().partition("e")[0].replace(".", "")
    return f"{whole:.0f}" if len(f"{whole:.0f}") <= len(mantissa) else text


def _note(before: str, after: str) -> str:
    parts = (_LABEL.sub(" ", part).strip(_NOTE_EDGES) for part in (before, after))
    return " ".join(" ".join(part for part in parts if part).split())
