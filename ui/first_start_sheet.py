# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: printed or saved, and proved by typing one group of it back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import _
from ui.first_start_step import Step
from ui.kit.asked import Asked
from ui.kit.messages import words_for
from ui.kit.pieces import button, label, row, set_role
from ui.kit.printing import print_pdf, temporary_pdf
from ui.kit.saving_files import ask_where

Draw = Callable[[Path, Callable[[object], None], Callable[[Exception], None]], object]
"""``draw(path, done, failed)`` lets the worker write the sheet as a PDF, then calls one of both."""


class SheetStep(Step):
    """Shows how to keep the key safe, saves and prints the sheet; `check` wants one group typed back."""

    def __init__(
        self,
        groups: tuple[str, ...],
        draw: Draw,
        *,
        ask_for: int | None = None,
        title: str | None = None,
        why: str = "",
    ) -> None:
        """An empty `title` leaves it out, where a heading above says it already."""
        super().__init__(
            _("The recovery sheet") if title is None else title,
            why
            or _(
                "If the passphrase is forgotten, only this sheet opens the centre. Print it now, and keep it "
                "locked away from this computer. Nobody else can help."
            ),
        )
        self._groups = groups
        self._draw = draw
        self.asked_for = secrets.randbelow(len(groups)) if ask_for is None else ask_for
        self.key_box = self._key_box()
        self.show_button = button(_("Show it to &write down"), self._show, role="link")
        print_button = button(_("&Print…"), self._print, role="main")
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

    def say(self, words: str, role: str = "understood") -> None:
        """What became of printing or saving."""
        set_role(self.told, "role", role)
        self.told.setText(words)
        self.told.show()

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

    def _save(self, path: Path) -> None:
        self._draw(path, lambda _nothing: self._ready(_("Saved. Now print it from there.")), self._failed)

    def _print(self) -> None:
        path = temporary_pdf()

        def failed(error: Exception) -> None:
            path.unlink(missing_ok=True)
            self._failed(error)

        self._draw(path, lambda _nothing: self._send(path), failed)

    def _send(self, path: Path) -> None:
        try:
            if print_pdf(path, self):
                self._ready(_("Sent to the printer. Is it in your hands?"))
        except EnvironmentFailed as error:
            self._failed(error)
        finally:
            path.unlink(missing_ok=True)

    def _ready(self, words: str) -> None:
        self.say(words)
        self.typed.setFocus()

    def _failed(self, error: Exception) -> None:
        self.say(words_for(error).text, "error")


def draw_sheet(path: Path, centre_name: str, recovery: str, code: str) -> None:
    """The recovery sheet of a centre's or a laptop's file as a PDF."""
    from reports.recovery_sheet import draw_recovery_sheet

    draw_recovery_sheet(path, centre_name=centre_name, recovery=recovery, language=code)


def _bare(text: str) -> str:
    from db.recovery import ALPHABET, LOOKALIKES

    return "".join(letter for letter in text.upper().translate(LOOKALIKES) if letter in ALPHABET)
