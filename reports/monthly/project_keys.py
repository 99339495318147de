# SPDX-License-Identifier: Apache-2.0
"""A fund in the key of a row. What was written by hand may hold anything, and two funds never have the same key."""

from __future__ import annotations

import re
import string
from typing import Final

NO_PROJECT: Final = "-"
"""The key of what no project paid for."""
_PLAIN: Final = frozenset(f"{string.ascii_letters}{string.digits}-_")
_WRITTEN: Final = re.compile(r"~([0-9a-f]+)~", re.ASCII)


def key_of_fund(fund: str) -> str:
    """Latin letters, figures, - and _ as they are, any other letter, and a fund that is called -, by its number in
    Unicode; no fund at all is `NO_PROJECT`."""
    if fund == NO_PROJECT:
        return _numbered(fund)
    if not fund:
        return NO_PROJECT
    return "".join(letter if letter in _PLAIN else _numbered(letter) for letter in fund)


def fund_of(key: str) -> str:
    """The fund of a key that `key_of_fund` made."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), key)


def _numbered(letter: str) -> str:
    return f"~{ord(letter):x}~"
