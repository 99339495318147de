# SPDX-License-Identifier: Apache-2.0
"""A module to read: what participants can do afterwards, what the trainer brings, and how it is tested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, empty, label, row
from ui.pages.curricula_words import phases_words, time_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.curriculum_default import Module


class ModuleCard(QWidget):
    """The module the keyboard is on; it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.card = Card()
        self.card.body.setSpacing(GAP)
        inside = QVBoxLayout()
        inside.addWidget(self.card)
        inside.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))

    def show_module(self, module: Module | None, test: str) -> None:
        """Show a module; `test` is the title of its test."""
        empty(self.card.body)
        self.card.setVisible(module is not None)
        if module is None:
            return
        self._say(module.title or "", "heading")
        facts = (time_words(module.minutes), phases_words(module.phases))
        self._say(" · ".join(fact for fact in facts if fact), "muted")
        counted = term("module", module.module)
        if counted != module.title:
            self._say(_("Counted as: {module}").format(module=counted), "muted")
        self._lines(_("What participants can do afterwards"), module.objectives)
        self._lines(_("Materials"), module.materials)
        if test:
            self.card.body.addSpacing(WIDE_GAP - GAP)
            self._say(test, "muted")

    def _lines(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            self.card.body.addSpacing(WIDE_GAP - GAP)
            self._say(heading, "caption")
            for line in lines:
                self.card.body.addLayout(_item(line))

    def _say(self, words: str, role: str = "") -> None:
        if words:
            self.card.body.addWidget(label(words, role, wrap=True, selectable=True))


def _item(words: str) -> QHBoxLayout:
    dot, text = label("•", "muted"), label(words, wrap=True, selectable=True)
    made = row(dot, text)
    made.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
    made.setStretch(1, 1)
    return made
