# SPDX-License-Identifier: Apache-2.0
"""F1: what the keys do, on one card."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from ui.kit.pieces import button, label, row
from ui.shell_pages import NAVIGATION, PAGES, shortcut_of

KEYS = (
    ("Ctrl+F", N_("Find somebody")),
    ("Ctrl+S", N_("Save")),
    ("F2", N_("Begin something new")),
    ("Ctrl+L", N_("Hide everything and lock")),
    ("Alt+←", N_("Back to where you were")),
    ("Enter", N_("Open the marked row of a list")),
    ("Alt+…", N_("To the field or button whose letter is underlined")),
    ("F8", N_("Say why there is no answer")),
    ("F6, F7", N_("Questionnaire: does not know, does not want to say")),
    ("Page ↓", N_("Questionnaire: to the next page")),
    ("F3, F4", N_("Questionnaire: shown otherwise, in another language")),
    ("Delete", N_("Take back an answer among several")),
    ("F9", N_("Intake: take over what a NIK says")),
    ("Ctrl+Page ↓", N_("Intake: to the next step")),
    ("F1", N_("This card")),
)


class KeysDialog(QDialog):
    """Opens over the shell, closes with Escape; names only the pages that are offered."""

    def __init__(self, parent: QWidget, offered: Collection[str] = NAVIGATION) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What the keys do"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        places = [(shortcut_of(key), PAGES[key][0]) for key in NAVIGATION if key in offered and shortcut_of(key)]
        for place, (keys, words) in enumerate((*places, *KEYS)):
            side = 0 if place < len(places) else 2
            line = place if place < len(places) else place - len(places)
            grid.addWidget(label(keys, "muted"), line, side)
            grid.addWidget(label(_(words)), line, side + 1)
        shut = button(_("Close"), self.accept, role="main")
        shut.setDefault(True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(18)
        inside.addWidget(label(_("What the keys do"), "heading"))
        inside.addLayout(grid)
        inside.addLayout(row(None, shut))
