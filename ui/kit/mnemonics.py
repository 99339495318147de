# SPDX-License-Identifier: Apache-2.0
"""Which letter of a label leads to its field: given out so that none is given twice in one form."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

TAKEN_BY_PAGES = frozenset("sbtn")
"""Letters kept free for the buttons every page has: &Simpan/&Save, &Batal, &Tambah, ca&Ncel."""


class Labelled(Protocol):
    """What is given a letter."""

    @property
    def words(self) -> str:
        """The label."""
        ...

    def set_mnemonic(self, letter: str) -> None: ...


def letters_claimed(window: QWidget, apart_from: Collection[QWidget]) -> set[str]:
    """Letters that labels and buttons in sight already lead to, some of them left out."""
    pieces: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    seen = (piece for piece in pieces if piece.isVisibleTo(window) and piece not in apart_from)
    return {letter for piece in seen if (letter := letter_of(piece.text()))}


def letter_of(text: str) -> str:
    """The letter after a single ampersand, small; empty when there is none."""
    place = text.replace("&&", "  ").find("&")
    return text[place + 1].casefold() if 0 <= place < len(text) - 1 else ""


def share_letters(rows: Iterable[Labelled], taken: Iterable[str] = TAKEN_BY_PAGES) -> None:
    """Give every label a letter of its own, first letters of words first; labels beyond the alphabet get none."""
    used = set(taken)
    for row in rows:
        letter = _free_letter(row.words.casefold(), used)
        if letter:
            used.add(letter)
        row.set_mnemonic(letter)


def _free_letter(words: str, used: set[str]) -> str:
    starts = [word[0] for word in words.split() if word]
    letters: list[str] = starts + list(words)
    for letter in letters:
        if letter.isascii() and letter.isalpha() and letter not in used:
            return letter
    return ""
