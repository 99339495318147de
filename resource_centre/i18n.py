# SPDX-License-Identifier: Apache-2.0
"""The words people read, in the language they asked for, without Qt.

Source strings are English. A catalogue is a compiled gettext file under ``resource_centre/locale``. The screen has one
active language; a paper may be in another one (`translator`, `using`).
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = "id"
DOMAIN: Final = "resource_centre"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"

_screen_language = DEFAULT_LANGUAGE
_override: ContextVar[str | None] = ContextVar("language", default=None)


@lru_cache(maxsize=len(LANGUAGES) + 1)
def translator(language: str) -> gettext.NullTranslations:
    """The catalogue of one language, for texts that do not follow the screen (a report, a letter)."""
    try:
        with (LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as catalogue:
            return gettext.GNUTranslations(catalogue)
    except FileNotFoundError:
        return gettext.NullTranslations()


def language() -> str:
    """The code of the language words are looked up in now."""
    return _override.get() or _screen_language


def set_language(code: str) -> None:
    """Choose the screen's language; an unknown code falls back to the first users' language."""
    global _screen_language
    _screen_language = code if code in LANGUAGES else DEFAULT_LANGUAGE


@contextmanager
def using(code: str) -> Iterator[None]:
    """Look words up in another language for a while, in this thread only."""
    token = _override.set(code)
    try:
        yield
    finally:
        _override.reset(token)


def _(message: str) -> str:
    """The message in the active language."""
    return translator(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the active language."""
    return translator(language()).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a constant for translation; it is looked up where it is shown."""
    return message
