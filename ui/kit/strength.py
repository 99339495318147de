# SPDX-License-Identifier: Apache-2.0
"""One sentence about a passphrase while it is typed: what is missing, or that it is good."""

from __future__ import annotations

from resource_centre.i18n import _

LEAST = 10
"""As `db.keys.LEAST_PASSPHRASE`; a test keeps the two equal."""
GOOD = 16
LEAST_KINDS = 6


def judge(passphrase: str, *known: str) -> tuple[str, str]:
    """A tone (help, error, warning, good) and a sentence. `known` are words it must not be made of (name, sign-in)."""
    bare = passphrase.strip()
    if not bare:
        return "help", _("Four words that you remember and nobody guesses, for example.")
    if len(bare) < LEAST:
        return "error", _("Too short: at least {least} characters.").format(least=LEAST)
    if len(set(bare.casefold())) < LEAST_KINDS:
        return "warning", _("Easy to guess: too few different characters.")
    if any(
        word and len(word) > 3 and word.casefold() in bare.casefold() and len(bare) < len(word) + LEAST
        for word in known
    ):
        return "warning", _("Easy to guess: it holds your name.")
    if bare.isdigit():
        return "warning", _("Easy to guess: only digits. Words are better.")
    if len(bare) < GOOD:
        return "warning", _("Fair. One more word makes it good.")
    return "good", _("Good.")
