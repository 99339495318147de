# SPDX-License-Identifier: Apache-2.0
"""The four levels on which a training is judged, side by side: figure, how sure it is, how many, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.interval_bar import IntervalBar
from ui.kit.pieces import GAP, Card, empty, label
from ui.pages.learning_words import (
    SCALES,
    few_words,
    figure_words,
    interval_words,
    later_words,
    missing_words,
    named,
)

if TYPE_CHECKING:
    from resource_centre.learning.levels import Indicator, Level
    from resource_centre.learning.results import EventLearning
    from ui.kit.desk import Desk

MAIN = {
    1: ("satisfied", "content", "recommend", "observation"),
    2: ("mean_gain",),
    3: ("keeps_budget", "saved", "repaid_debt"),
    4: ("savings_grew", "debt_fell", "business"),
}
"""Which figure of a level stands large: the first of these that there is, the latest where it was asked twice."""
LEAST_CARD = 238
"""Pixels below which the cards stand in fewer columns."""


class LevelCard(Card):
    """One level."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__()
        self.number = number
        self.body.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.head = label("", "caption")
        self.figure = label("", "figure")
        self.about = label("", wrap=True)
        self.bar = IntervalBar(desk.theme)
        self.sure = label("", "muted", wrap=True)
        self.rest = QVBoxLayout()
        self.rest.setSpacing(2)
        self.care = label("", "warning", wrap=True)
        for one in (self.head, self.figure, self.about, self.bar, self.sure):
            self.body.addWidget(one)
        self.body.addLayout(self.rest)
        self.body.addWidget(self.care)
        self.body.addStretch(1)

    def show_level(self, level: Level, learning: EventLearning) -> None:
        """Show its figures."""
        self.head.setText(_("Level {n}: {title}").format(n=level.number, title=_(level.title)))
        main = main_of(level)
        readable = level.readable
        self.figure.setText(figure_words(main) if main is not None else "–")
        self.figure.setAccessibleName(_(level.title))
        self.about.setText(named(main) if main is not None else _nothing_words(level))
        self._draw(main)
        self.sure.setText(_sure_words(main, level, learning))
        self.sure.setVisible(bool(self.sure.text()))
        empty(self.rest)
        for words in (*_passed(level), *_missing(level, learning)) if readable else ():
            self.rest.addWidget(label(words, "muted", wrap=True))
        self.care.setText(few_words(main.n) if main is not None and main.code != "observation" else "")
        self.care.setVisible(bool(self.care.text()))

    def _draw(self, main: Indicator | None) -> None:
        scale = SCALES.get(main.unit) if main is not None else None
        self.bar.setVisible(scale is not None)
        if main is not None and scale is not None:
            ends = (main.low, main.high) if main.low is not None and main.high is not None else None
            words = ", ".join(one for one in (named(main), figure_words(main), interval_words(main)) if one)
            self.bar.show_figure(main.value, ends, scale, words)


class Levels(QWidget):
    """All four; in two columns, or one, where there is less room."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.cards = [LevelCard(desk, number) for number in (1, 2, 3, 4)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._across = 0
        self._arrange(len(self.cards))

    def show_levels(self, learning: EventLearning) -> None:
        """Show them."""
        levels = {level.number: level for level in learning.levels}
        for card in self.cards:
            if card.number in levels:
                card.show_level(levels[card.number], learning)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as can be read."""
        super().resizeEvent(event)
        fit = max(1, (self.width() + GAP) // (LEAST_CARD + GAP))
        self._arrange(4 if fit >= 4 else 2 if fit >= 2 else 1)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, *divmod(place, across))
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


def main_of(level: Level) -> Indicator | None:
    """The figure that stands large."""
    for code in MAIN[level.number]:
        found = [one for one in level.indicators if one.code == code and one.value is not None]
        if found:
            return found[-1]
    return None


def _nothing_words(level: Level) -> str:
    if not level.readable:
        return _("Counsellors and coordinators read these answers.")
    return _("Nothing was asked yet.")


def _sure_words(main: Indicator | None, level: Level, learning: EventLearning) -> str:
    if main is None or not level.readable:
        return ""
    said = [interval_words(main)]
    if level.number == 2:
        gain = learning.gain
        said.append(_("{n} of {of} matched pairs").format(n=gain.pairs, of=gain.pairs + gain.missing.total))
    else:
        said.append(ngettext("{n} answer", "{n} answers", main.n).format(n=main.n))
    return "; ".join(one for one in said if one)


def _passed(level: Level) -> Iterator[str]:
    """Who reached the pass mark, before and after in one line."""
    by_code = {one.code: one for one in level.indicators}
    if "passed_before" in by_code and "passed_after" in by_code:
        before, after = (figure_words(by_code[f"passed_{when}"]) for when in ("before", "after"))
        yield _("Pass mark reached: {before} before, {after} after").format(before=before, after=after)


def _missing(level: Level, learning: EventLearning) -> Iterator[str]:
    """Of whom there is nothing, and why."""
    if level.number == 1 and level.missing:
        yield ngettext(
            "{n} did not fill in the evaluation", "{n} did not fill in the evaluation", level.missing
        ).format(n=level.missing)
    elif level.number == 2:
        yield from missing_words(learning.gain.missing)
    elif level.number in (3, 4):
        yield from (words for one in learning.follow_ups[3 - level.number :] if (words := later_words(one)))
