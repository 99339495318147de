# SPDX-License-Identifier: Apache-2.0
"""Which trainers are listed: by level, place, module, and whether they teach now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import Choice, ComboBox, choices_of
from ui.kit.pieces import WIDE_GAP, column, label, row
from ui.pages.wording import home_of, village_words

NAMES = ("level", "area", "module", "active")
LETTERS = 15


class TrainerFilter(QWidget):
    """Four choices above the list, each "all" at first."""

    narrowed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        teaching: list[Choice] = [(True, _("active")), (False, _("not active"))]
        offered: tuple[list[Choice], ...] = (choices_of("trainer_level"), [], choices_of("module"), teaching)
        titles = (_("Level"), _("Works in"), _("Teaches"), _("Active"))
        self.boxes = {name: _box(title, own) for name, title, own in zip(NAMES, titles, offered, strict=True)}
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        parts = [
            column(label(title, "caption"), box, gap=2) for title, box in zip(titles, self.boxes.values(), strict=True)
        ]
        inside.addLayout(row(*parts, None, gap=WIDE_GAP))
        for box in self.boxes.values():
            box.activated.connect(lambda _place: self.narrowed.emit())

    def chosen(self) -> dict[str, Any]:
        """What was narrowed, as `trainers_list` takes it; nothing for "all"."""
        found = {name: box.currentData() for name, box in self.boxes.items()}
        return {name: value for name, value in found.items() if value is not None}

    def offer_areas(self, areas: set[str]) -> None:
        """The places that trainers work in."""
        named = [(code, village_words(self.desk.places, code, home_of(self.desk))) for code in areas]
        _offer(self.boxes["area"], sorted(named, key=lambda one: one[1]))


def _box(title: str, choices: list[Choice]) -> ComboBox:
    box = ComboBox()
    box.setAccessibleName(title)
    box.setMinimumContentsLength(LETTERS)
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    _offer(box, choices)
    return box


def _offer(box: ComboBox, choices: list[Choice]) -> None:
    kept = box.currentData()
    box.clear()
    box.addItem(_("all"), None)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(kept)))
