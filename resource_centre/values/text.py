# SPDX-License-Identifier: Apache-2.0
"""Text as people paste it: cleaned of what nobody sees, and made harmless before it goes into a spreadsheet."""

import re
import unicodedata

# Controls other than tab and line feed, direction marks and overrides, zero-width spaces, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|[\u2028\u2029]")
# Full-width forms as well: some spreadsheet programs read them as the plain sign.
_FORMULA_STARTS = tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")


def tidy(text: str) -> str:
    """Return the text in NFC without control characters, direction marks and outer blanks; the rest as written."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def neutralise(text: str) -> str:
    """Return the text with an apostrophe before it when a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
