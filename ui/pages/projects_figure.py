# SPDX-License-Identifier: Apache-2.0
"""Choosing the figure that an indicator is: what is counted, and of which lines only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.editors import Editor
from ui.kit.editors_codes import CodeEditor, ComboBox
from ui.kit.editors_place import PlaceEditor
from ui.kit.places import Places

LINES: Final = 2
"""How many breakdowns a figure may be narrowed down by."""
LEVELS: Final = ("province", "regency", "district", "village")
NOTHING: Final = ("", "")
NOT_OFFERED: Final = frozenset({"month", "text"})


class FigureEditor(Editor):
    """A measure of the catalogue and up to two breakdowns with one code each; the value is the formula as text."""

    def __init__(self, places: Places) -> None:
        box = QWidget()
        super().__init__(box)
        self.measure = CodeEditor(list(_measures()))
        self.lines = [_OneLine(places, number + 1) for number in range(LINES)]
        box.setFocusProxy(self.measure.combo)
        stacked = QVBoxLayout(box)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(6)
        stacked.addWidget(self.measure)
        for line in self.lines:
            stacked.addWidget(line)
            line.by.activated.connect(lambda _at: self._changed())
            line.code.activated.connect(lambda _at: self._changed())
            line.place.edited.connect(self.edited)
            line.place.settled.connect(self.settled)
        self.measure.edited.connect(self._take_measure)
        self.measure.settled.connect(self._take_measure)
        self.measure.settled.connect(self.settled)
        self._take_measure()

    def value(self) -> Any:
        """The formula, None while nothing is chosen."""
        measure = self.measure.value()
        if measure is None:
            return None
        chosen = dict(line.chosen() for line in self.lines)
        return "/".join((measure, *(f"{by}={code}" for by, code in chosen.items() if by and code)))

    def set_value(self, value: Any) -> None:
        """Show a formula; one that nobody understands shows nothing."""
        from reports.monthly.frames_own import read_formula

        read = read_formula(value) if isinstance(value, str) else None
        self.measure.set_value(read.measure if read is not None else None)
        self._take_measure(tell=False)
        pairs = [*(read.where.items() if read is not None else ()), *[NOTHING] * LINES]
        for line, (by, code) in zip(self.lines, pairs, strict=False):
            line.show_chosen(by, code)

    def unreadable(self) -> str | None:
        """Words that are no measure."""
        return self.measure.unreadable()

    def introduce(self, name: str, description: str) -> None:
        """The line has the name."""
        super().introduce(name, description)
        self.measure.introduce(name, description)

    def mark(self, severity: str) -> None:
        """Frame the line."""
        self.measure.mark(severity)

    def _take_measure(self, *, tell: bool = True) -> None:
        from reports.measures.catalogue import MEASURES

        measure = MEASURES.get(str(self.measure.value()))
        for line in self.lines:
            line.offer(measure.by if measure is not None else ())
        if tell:
            self.edited.emit()

    def _changed(self) -> None:
        self.edited.emit()
        self.settled.emit()


class _OneLine(QWidget):
    """By what, and which of it: a code of a list or a place."""

    def __init__(self, places: Places, number: int) -> None:
        super().__init__()
        self.by, self.code = ComboBox(), ComboBox()
        self.place = PlaceEditor(places, levels=LEVELS)
        self.pile = QStackedWidget()
        self._places = places
        for box in (self.by, self.code):
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
        self.by.setAccessibleName(_("Only those of, {number}").format(number=number))
        self.code.setAccessibleName(_("Which, {number}").format(number=number))
        self.place.introduce(_("Which, {number}").format(number=number), "")
        self.pile.addWidget(self.code)
        self.pile.addWidget(self.place)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.by, 1)
        across.addWidget(self.pile, 1)
        self.by.activated.connect(lambda _at: self._take_breakdown())

    def chosen(self) -> tuple[str, str]:
        """Breakdown and code; empty ones where nothing is chosen."""
        from reports.measures.breakdowns import BREAKDOWNS

        by = str(self.by.currentData() or "")
        if self.pile.currentWidget() is not self.place or by not in BREAKDOWNS:
            return by, str(self.code.currentData() or "")
        parts, level = str(self.place.value() or "").split("."), BREAKDOWNS[by].level
        return by, ".".join(parts[:level]) if len(parts) >= level else ""

    def show_chosen(self, by: str, code: str) -> None:
        """Show a breakdown and a code."""
        self.by.setCurrentIndex(max(0, self.by.findData(by)))
        self._take_breakdown()
        if self.pile.currentWidget() is self.place:
            self.place.set_value(code or None)
        else:
            self.code.setCurrentIndex(max(0, self.code.findData(code)))

    def offer(self, by: Sequence[str]) -> None:
        """Which breakdowns fit; what is chosen stays when it fits."""
        from reports.measures.breakdowns import BREAKDOWNS

        known = [BREAKDOWNS[code] for code in by if BREAKDOWNS[code].of not in NOT_OFFERED]
        before = self.by.currentData()
        only = ((one.code, _("Only: {breakdown}").format(breakdown=one.words)) for one in known)
        _fill(self.by, [("", _("All of them")), *only])
        self.by.setCurrentIndex(max(0, self.by.findData(before)))
        if self.by.currentData() != before or before is None:
            self._take_breakdown()

    def _take_breakdown(self) -> None:
        from reports.measures.breakdowns import BREAKDOWNS
        from resource_centre.vocabulary import vocabulary

        one = BREAKDOWNS.get(str(self.by.currentData() or ""))
        self.pile.setVisible(one is not None)
        if one is not None and one.of == "place":
            self.place.set_value(None)
            self.pile.setCurrentWidget(self.place)
            return
        codes = (*one.named, *(vocabulary(one.vocabulary).codes if one.vocabulary else ())) if one is not None else ()
        _fill(self.code, [(code, one.label_of(code)) for code in codes] if one is not None else [])
        self.pile.setCurrentWidget(self.code)


def _fill(box: ComboBox, choices: Iterable[tuple[str, str]]) -> None:
    box.clear()
    for code, words in choices:
        box.addItem(words, code)


def _measures() -> Iterable[tuple[str, str]]:
    """Everything that can be counted, each behind its heading."""
    from reports.measures.catalogue import MEASURES

    for one in MEASURES.values():
        yield one.code, f"{_(one.group)} · {one.words}" if one.group else one.words
