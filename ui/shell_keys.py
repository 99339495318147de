# SPDX-License-Identifier: Apache-2.0
"""F1: what the keys do, on one card."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from ui.kit.pieces import button, label, row
from ui.shell_pages import NAVIGATION, PAGES, shortcut_of

EVERYWHERE = (
    ("Ctrl+F", N_("Find somebody")),
    ("Ctrl+S", N_("Save")),
    ("Ctrl+P", N_("Print")),
    ("F2", N_("Begin something new")),
    ("F4", N_("Change what is shown")),
    ("Esc", N_("Back to the list; what is typed is kept")),
    ("Enter", N_("Open the marked row of a list")),
    ("Alt+…", N_("To the field or button whose letter is underlined")),
    ("Alt+1…", N_("To the parts of a page")),
    ("Alt+←", N_("Back to where you were")),
    ("F8", N_("Say why there is no answer")),
    ("Ctrl+L", N_("Hide everything and lock")),
    ("F1", N_("This card")),
)
ON_A_PAGE = (
    ("training", "Ctrl+D", N_("Training: repeat an event for another village")),
    ("training", "Ctrl+K", N_("Training: check a certificate")),
    ("training", "Ctrl+H", N_("Attendance: everybody present")),
    ("training", "Ctrl+R", N_("Attendance: who of them is registered")),
    ("training", "Ctrl+Insert", N_("Attendance: a line above this one")),
    ("training", "Ctrl+Delete", N_("Attendance, curriculum: take this line out")),
    ("training", "Alt+↑, Alt+↓", N_("Curriculum: move a module up or down")),
    ("questionnaires", "F6, F7", N_("Questionnaire: does not know, does not want to say")),
    ("questionnaires", "Page ↓", N_("Questionnaire: to the next page")),
    ("questionnaires", "F3, F4", N_("Questionnaire: shown otherwise, in another language")),
    ("questionnaires", "Delete", N_("Take back an answer among several")),
    ("intake", "F9", N_("Intake: take over what a NIK says")),
    ("intake", "Ctrl+Page ↓", N_("Intake: to the next step")),
)
"""The page that must be offered, the keys, what they do."""


class KeysDialog(QDialog):
    """Opens over the shell, closes with Escape; names only the pages that are offered."""

    def __init__(self, parent: QWidget, offered: Collection[str] = NAVIGATION) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What the keys do"))
        places = ((shortcut_of(key), PAGES[key][0]) for key in NAVIGATION if key in offered and shortcut_of(key))
        here = ((keys, words) for page, keys, words in ON_A_PAGE if page in offered)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for lines in (places, EVERYWHERE, here):
            columns.addLayout(_column(lines))
        shut = button(_("Close"), self.accept, role="main")
        shut.setDefault(True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(18)
        inside.addWidget(label(_("What the keys do"), "heading"))
        inside.addLayout(columns)
        inside.addLayout(row(None, shut))


def _column(lines: Iterable[tuple[str, str]]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    for place, (keys, words) in enumerate(lines):
        grid.addWidget(label(keys, "muted"), place, 0)
        grid.addWidget(label(_(words)), place, 1)
    inside = QVBoxLayout()
    inside.addLayout(grid)
    inside.addStretch(1)
    return inside
