# SPDX-License-Identifier: Apache-2.0
"""Rupiah amounts as whole numbers, read from and shown in the Indonesian way (dot for thousands)."""

import re

_AMOUNT = re.compile(
    r"(?:rp\.?|idr)?\s*(?P<number>\d[\d.,\s]*?)\s*(?P<scale>rb|ribu|k|jt|juta|m|mlyr|milyar|miliar)?\s*(?:,-|\.-|,--)?(?:\s*rupiah)?",
    re.ASCII | re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
_DECIMALS = re.compile(r"(?P<whole>\d{1,3}(?:[. ]?\d{3})*|\d+)[.,](?P<part>\d{1,2})")
_SCALES = {"rb": 10**3, "ribu": 10**3, "k": 10**3, "jt": 10**6, "juta": 10**6}


def read_rupiah(text: str) -> int | None:
    """Return whole rupiah out of "Rp1.500.000", "1,5 jt", "500rb"; None when it is no plain amount."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    scale = _SCALES.get((found["scale"] or "").lower(), 10**9) if found["scale"] else 1
    number = found["number"].strip()
    if _THOUSANDS.fullmatch(number) or number.isdecimal():
        return int(re.sub(r"\D", "", number)) * scale
    return _with_decimals(number, scale)


def show_rupiah(amount: int) -> str:
    """Return "Rp1.500.000" for 1500000."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def read_amount(text: str, *marks: str) -> int | None:
    """Return a whole amount out of "RM 10.500" or "10,500 MYR", given the marks the currency goes by; else None."""
    bare = text.strip()
    for mark in sorted((mark for mark in marks if mark), key=len, reverse=True):
        if bare.casefold().startswith(mark.casefold()):
            bare = bare[len(mark) :].strip()
        elif bare.casefold().endswith(mark.casefold()):
            bare = bare[: -len(mark)].strip()
    return read_rupiah(bare)


def show_amount(amount: int, mark: str) -> str:
    """Return "RM10.500" for a symbol, "SAR 10.500" for a code of three letters."""
    gap = " " if len(mark) == len("IDR") and mark.isalpha() else ""
    sign = "-" if amount < 0 else ""
    return f"{sign}{mark}{gap}{abs(amount):,}".replace(",", ".")


def _with_decimals(number: str, scale: int) -> int | None:
    found = _DECIMALS.fullmatch(number)
    if found is None:
        return None
    part = found["part"]
    whole = int(re.sub(r"\D", "", found["whole"]))
    amount, rest = divmod((whole * 10 ** len(part) + int(part)) * scale, 10 ** len(part))
    # Centavos do not exist in rupiah: "1.500,00" is 1500, "1.500,50" is nothing anybody can pay.
    return None if rest else amount
