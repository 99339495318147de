# SPDX-License-Identifier: Apache-2.0
"""What forms are made of: facts side by side, boxes to tick, lines to write on, places to sign and to cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.text import lines, plain
from resource_centre.i18n import _

BOX: Final = 8.4
LINE: Final = 19.0
"""From one line for handwriting to the next."""
WRITTEN: Final = styles.BODY.size + 0.6
"""Size of an answer: a little larger than what asks for it."""

Fact = tuple[str, str]


def tick_box(canvas: Any, x: float, y: float, *, ticked: bool = False, size: float = BOX) -> None:
    """An empty or a crossed box with its lower left corner at a point."""
    canvas.setStrokeColor(styles.INK)
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, size, size, stroke=1, fill=0)
    if ticked:
        canvas.setLineWidth(1.5)
        inset = size * 0.2
        canvas.line(x + inset, y + inset, x + size - inset, y + size - inset)
        canvas.line(x + inset, y + size - inset, x + size - inset, y + inset)


def hairline(canvas: Any, left: float, right: float, y: float, *, ink: Any = styles.FAINT) -> None:
    """A line to write on."""
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(styles.HAIR * 1.4)
    canvas.line(left, y, right, y)


class Facts(Flowable):
    """Names of facts small, the facts below them, in columns; what is not known is a line to write on, or a dash."""

    def __init__(
        self, facts: Sequence[Fact], *, columns: int = 2, width: float | None = None, fill: bool = False
    ) -> None:
        super().__init__()
        self._facts = [(plain(name), plain(value)) for name, value in facts]
        self._columns, self._fill = columns, fill
        self.width = width or styles.CONTENT_WIDTH
        self._gap = styles.STEP * 1.5
        self._column = (self.width - self._gap * (columns - 1)) / columns
        self.spaceAfter = styles.STEP / 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its rows, each as high as its longest fact."""
        self._words = [lines(value, REGULAR, WRITTEN, self._column) for _name, value in self._facts]
        rows = range(0, len(self._facts), self._columns)
        self._rows = [max(map(len, self._words[at : at + self._columns])) for at in rows]
        self.height = sum(self._high(count) for count in self._rows)
        return self.width, self.height

    def _high(self, count: int) -> float:
        return styles.SMALL.leading + count * styles.BODY.leading + (10.0 if self._fill else 5.0)

    def draw(self) -> None:
        """Row by row."""
        canvas: Any = self.canv
        y = self.height
        for row, count in enumerate(self._rows):
            for place in range(self._columns):
                at = row * self._columns + place
                if at < len(self._facts):
                    self._fact(canvas, at, place * (self._column + self._gap), y)
            y -= self._high(count)

    def _fact(self, canvas: Any, at: int, x: float, y: float) -> None:
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.SMALL.size)
        canvas.drawString(x, y - styles.SMALL.size, self._facts[at][0])
        canvas.setFillColor(styles.INK)
        canvas.setFont(REGULAR, WRITTEN)
        below = y - styles.SMALL.leading
        if not self._facts[at][1] and self._fill:
            hairline(canvas, x, x + self._column, below - styles.BODY.leading - 4)
            return
        for number, line in enumerate(self._words[at] if self._facts[at][1] else ["–"]):
            canvas.drawString(x, below - styles.BODY.size - number * styles.BODY.leading, line)


class Ticks(Flowable):
    """Boxes with their words, one after the other, in as many lines as they need."""

    def __init__(
        self, options: Sequence[tuple[str, bool]], *, size: float = styles.BODY.size, width: float = 0
    ) -> None:
        super().__init__()
        self._options = [(plain(words), ticked) for words, ticked in options]
        self._size = size
        self.width = width or styles.CONTENT_WIDTH
        self.spaceAfter = styles.STEP / 3

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its lines."""
        self._placed = place_ticks(self._options, self.width, self._size)
        self.height = (max((row for row, *_rest in self._placed), default=0) + 1) * self._step
        return self.width, self.height

    @property
    def _step(self) -> float:
        return self._size * 1.7

    def draw(self) -> None:
        """Each box in its place."""
        for row, x, words, ticked in self._placed:
            draw_tick(self.canv, x, self.height - (row + 1) * self._step + self._size * 0.45, words, ticked, self._size)


Placed = tuple[int, float, str, bool]


def place_ticks(options: Sequence[tuple[str, bool]], width: float, size: float, gap: float = 11.0) -> list[Placed]:
    """Where each box goes: its row, its left edge, its words; a long label goes on in the next row."""
    from reports.kit import fonts

    fonts.register()
    placed: list[Placed] = []
    row, x = 0, 0.0
    for words, ticked in options:
        room = BOX + 3.5
        font = BOLD if ticked else REGULAR
        whole = lines(words, font, size, width - room)
        needed = room + max(fonts.width(line, font, size) for line in whole)
        if x and x + needed > width:
            row, x = row + 1, 0.0
        placed.append((row, x, whole[0], ticked))
        for line in whole[1:]:
            row += 1
            placed.append((row, -(x + room) - 1, line, ticked))
        x += needed + gap
    return placed


def draw_tick(canvas: Any, x: float, y: float, words: str, ticked: bool, size: float) -> None:
    """One box with its words; a left edge below nought is the rest of a label, without a box."""
    canvas.setFillColor(styles.INK)
    canvas.setFont(BOLD if ticked else REGULAR, size)
    if x < 0:
        canvas.drawString(-x - 1, y, words)
        return
    tick_box(canvas, x, y - 1.2, ticked=ticked)
    canvas.drawString(x + BOX + 3.5, y, words)


class Lines(Flowable):
    """Empty lines for handwriting."""

    def __init__(self, count: int, *, width: float = 0, label: str = "") -> None:
        super().__init__()
        self._count, self._label = count, label
        self.width = width or styles.CONTENT_WIDTH
        self.height = count * LINE + (styles.SMALL.leading if label else 0.0)
        self.spaceAfter = styles.STEP / 2

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """The label above, then the lines."""
        canvas: Any = self.canv
        if self._label:
            canvas.setFillColor(styles.MUTED)
            canvas.setFont(REGULAR, styles.SMALL.size)
            canvas.drawString(0, self.height - styles.SMALL.size, self._label)
        for number in range(self._count):
            hairline(canvas, 0, self.width, number * LINE + 1)


class SignBoxes(Flowable):
    """A box for each who signs: the role, room for the hand, name and date below; for some a place for a thumb."""

    def __init__(
        self, roles: Sequence[str], *, thumb: Sequence[bool] = (), names: Sequence[str] = (), high: float = 62
    ) -> None:
        super().__init__()
        self._roles, self._high = [plain(role) for role in roles], high
        self._thumb = [*thumb, *([False] * (len(roles) - len(thumb)))]
        self._names = [*map(plain, names), *([""] * (len(roles) - len(names)))]
        self.width = styles.CONTENT_WIDTH
        self.height = high + styles.SMALL.leading * 2 + 26
        self.spaceBefore = styles.STEP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """One column each."""
        gap = styles.STEP
        column = (self.width - gap * (len(self._roles) - 1)) / len(self._roles)
        for place in range(len(self._roles)):
            self._box(self.canv, place, place * (column + gap), column)

    def _box(self, canvas: Any, place: int, x: float, column: float) -> None:
        top = self.height - styles.SMALL.leading
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, styles.SMALL.size)
        canvas.drawString(x, self.height - styles.SMALL.size, self._roles[place])
        canvas.setStrokeColor(styles.FAINT)
        canvas.setLineWidth(styles.HAIR * 1.4)
        canvas.rect(x, top - self._high, column, self._high - 3, stroke=1, fill=0)
        if self._thumb[place]:
            self._thumb_place(canvas, x + column, top)
        y = top - self._high - 14
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.SMALL.size)
        for words, value in ((_("Name"), self._names[place]), (_("Date"), "")):
            self._line(canvas, words, value, x, y, column)
            y -= 16

    def _thumb_place(self, canvas: Any, right: float, top: float) -> None:
        wide = min(44.0, self._high - 12)
        canvas.setDash(2, 2)
        canvas.rect(right - wide - 4, top - self._high + 4, wide, self._high - 11, stroke=1, fill=0)
        canvas.setDash()
        canvas.setFillColor(styles.FAINT)
        canvas.setFont(REGULAR, 5.6)
        canvas.drawCentredString(right - wide / 2 - 4, top - self._high + 7, _("Thumbprint"))

    def _line(self, canvas: Any, words: str, value: str, x: float, y: float, column: float) -> None:
        from reports.kit import fonts

        canvas.setFillColor(styles.MUTED)
        canvas.drawString(x, y, words)
        start = x + fonts.width(words, REGULAR, styles.SMALL.size) + 4
        hairline(canvas, start, x + column, y - 2)
        canvas.setFillColor(styles.INK)
        canvas.drawString(start + 2, y, value)


class CutLine(Flowable):
    """A dashed line over the whole width, with what it is for."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.width, self.height = styles.CONTENT_WIDTH, 14.0
        self.spaceBefore = self.spaceAfter = styles.STEP * 0.6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Dashes, and the words in the middle."""
        from reports.kit import fonts

        canvas: Any = self.canv
        wide = fonts.width(self._words, REGULAR, styles.TINY.size)
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.setDash(4, 3)
        for left, right in (
            (-styles.MARGIN, (self.width - wide) / 2 - 6),
            ((self.width + wide) / 2 + 6, self.width + styles.MARGIN),
        ):
            canvas.line(left, 6, right, 6)
        canvas.setDash()
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.TINY.size)
        canvas.drawCentredString(self.width / 2, 4, self._words)
