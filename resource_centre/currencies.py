# SPDX-License-Identifier: Apache-2.0
"""Amounts in the currency they were earned or given in: read, and shown with its symbol. Nothing is ever converted."""

from __future__ import annotations

from typing import Final

from resource_centre.values.money import read_amount, show_amount
from resource_centre.vocabulary import vocabulary

RUPIAH: Final = "IDR"


def symbol_of(currency: str | None) -> str:
    """ "RM" for MYR; the code itself where there is no symbol, rupiah when no currency is named."""
    term = vocabulary("currency").get(currency or RUPIAH)
    return term.extra["symbol"] if term else currency or ""


def amount_words(amount: int | None, currency: str | None) -> str:
    """ "RM10.500"; empty when there is no amount."""
    return "" if amount is None else show_amount(amount, symbol_of(currency))


def amount_of(text: str, currency: str | None) -> int | None:
    """The whole amount written in a text, with or without the currency's symbol or code; None when it is none."""
    code = currency or RUPIAH
    return read_amount(text, symbol_of(code), code)
