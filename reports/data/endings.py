# SPDX-License-Identifier: Apache-2.0
"""Which files a report is written as, told by their endings, and what may be said against writing one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_

ENDINGS: Final = (".pdf", ".html", ".xlsx", ".csv", ".hxl.csv", ".json")
"""Every ending a report may have. A longer one goes before the shorter one it ends with."""
PROTECT_THEMSELVES: Final = frozenset({".pdf", ".xlsx"})
"""Kinds of files that can be encrypted themselves; the others go into an encrypted archive."""


class NotWritten(Refused):
    """The report is not written like this; nothing has been."""

    texts = {
        "ending": N_("The file's ending says what is written: {known}."),
        "text_too_long": N_(
            "A text of this report is longer than a spreadsheet can hold. Take .html or .json instead."
        ),
        "table_too_long": N_(
            "A table of this report has more rows than a spreadsheet can hold. Take .csv or .json instead."
        ),
        "password_short": N_("The password is too short. Take at least {least} characters, four words for example."),
        "password_plain": N_("The password repeats itself too much. Take four words that do not belong together."),
        "password_signs": N_(
            "The password has letters or signs that other programs may read differently. Take letters from a to z, "
            "numbers and common signs."
        ),
        "password_long": N_("The password is too long. Take at most {most} characters."),
    }


def ending_of(path: Path) -> str:
    """The longest known ending of the file's name, in small letters. Raises `NotWritten` (ending) for any other."""
    name = path.name.lower()
    found = [ending for ending in ENDINGS if name.endswith(ending)]
    if not found or name in ENDINGS:
        raise NotWritten("ending", known=", ".join(ENDINGS))
    return max(found, key=len)


def hold_back(text: str, most: int) -> str:
    """The text; raises `NotWritten` (text_too_long) where the kind of file would cut it off."""
    if len(text) > most:
        raise NotWritten("text_too_long")
    return text
