# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: printed or saved, and proved by typing one group of it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from resource_centre.i18n import _
from ui.first_start_steps import Step
from ui.kit.asked import Asked
from ui.kit.pieces import button, label, row
from ui.kit.saving_files import ask_where

Draw = Callable[[Path], None]
"""Writes the sheet as a PDF; runs on the worker."""


class SheetStep(Step):
    """Shows how to keep the key safe; `check` wants one group typed back."""

    def __init__(
        self,
        groups: tuple[str, ...],
        save: Callable[[Path], None],
        print_: Callable[[], None],
        *,
        ask_for: int | None = None,
        title: str = "",
        why: str = "",
    ) -> None:
        super().__init__(
            title or _("The recovery sheet"),
            why
            or _(
                "If the passphrase is forgotten, only this sheet opens the centre. Print it now, and keep it "
                "locked away from this computer. Nobody else can help."
            ),
        )
        self._groups = groups
        self._save = save
        self.asked_for = secrets.randbelow(len(groups)) if ask_for is None else ask_for
        self.key_box = self._key_box()
        self.show_button = button(_("Show it to &write down"), self._show, role="link")
        print_button = button(_("&Print…"), print_, role="main")
        self.typed = QLineEdit()
        self.typed.setMaximumWidth(160)
        self.ask_typed = Asked(
            _("Type &group {number} of the sheet").format(number=self.asked_for + 1),
            self.typed,
            help=_("So that we know the sheet is in your hands."),
        )
        self.told = label("", "understood", wrap=True)
        self.told.hide()
        self.inside.addLayout(
            row(
                print_button,
                button(_("&Save as PDF…"), self._ask_where),
                self.show_button,
                None,
            )
        )
        for widget in (self.told, self.key_box, self.ask_typed):
            self.inside.addWidget(widget)
        self.key_box.hide()
        self.setFocusProxy(print_button)

    def check(self) -> bool:
        """The group asked for, however it is spaced and in whatever case."""
        right = _bare(self.typed.text()) == _bare(self._groups[self.asked_for])
        self.ask_typed.say("" if right else _("This is not group {number}.").format(number=self.asked_for + 1))
        return right

    def say(self, words: str) -> None:
        """What became of printing or saving."""
        self.told.setText(words)
        self.told.show()
        self.typed.setFocus()

    def _key_box(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 6, 0, 6)
        for place, group in enumerate(self._groups):
            cell = label(f"{place + 1}   {group}", "recovery", selectable=True)
            cell.setAccessibleName(_("Group {number}: {letters}").format(number=place + 1, letters=" ".join(group)))
            grid.addWidget(cell, place // 2, place % 2)
        return box

    def _show(self) -> None:
        self.key_box.setVisible(not self.key_box.isVisible())

    def _ask_where(self) -> None:
        chosen = ask_where(self, _("Save the recovery sheet"), _("recovery-sheet.pdf"), _("PDF (*.pdf)"))
        if chosen is not None:
            self._save(chosen)


def _bare(text: str) -> str:
    from db.recovery import ALPHABET, LOOKALIKES

    return "".join(letter for letter in text.upper().translate(LOOKALIKES) if letter in ALPHABET)
