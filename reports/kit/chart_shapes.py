# SPDX-License-Identifier: Apache-2.0
"""What a planned chart is made of: boxes, strokes, marks and words, and nothing else.

Paper, web page and screen each have a pen for these four; none of them decides anything. All lengths are points, from
the lower left corner. Inks are names, which each pen turns into its own colours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Ink = Literal["dark", "light", "paper", "text", "muted", "line"]
Form = Literal["circle", "square", "triangle", "diamond"]
Anchor = Literal["start", "middle", "end"]
Measure = Callable[[str, bool, float], float]
"""How wide a text is, bold or not, in a size."""

SIZE: Final = 7.2
LEADING: Final = 9.0
HAIR: Final = 0.35
LINE: Final = 1.1


@dataclass(frozen=True)
class Box:
    """A filled rectangle; with an outline where its ink is that of the ground."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    outline: Ink | None = None

    def draw(self, pen: Pen) -> None:
        """With any pen."""
        pen.box(self)


@dataclass(frozen=True)
class Stroke:
    """A line through points; `dash` are lengths of ink and gap in turn."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    weight: float = HAIR
    dash: tuple[float, ...] = ()

    def draw(self, pen: Pen) -> None:
        """With any pen."""
        pen.stroke(self)


@dataclass(frozen=True)
class Mark:
    """A sign around a point; an open one shows the ground inside."""

    x: float
    y: float
    form: Form
    ink: Ink
    open: bool = False

    def draw(self, pen: Pen) -> None:
        """With any pen."""
        pen.mark(self)


@dataclass(frozen=True)
class Word:
    """Words on a baseline; they are drawn as they are, so whoever plans them has measured them."""

    x: float
    y: float
    text: str
    anchor: Anchor = "middle"
    ink: Ink = "muted"
    strong: bool = False

    def draw(self, pen: Pen) -> None:
        """With any pen."""
        pen.word(self)


Shape = Box | Stroke | Mark | Word


@dataclass(frozen=True)
class Spot:
    """What the keyboard and the mouse find in a chart: one label, where it lies, and its figures in words."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class ChartPlan:
    """A chart as it is drawn, wherever it is drawn; `words` say all of it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    title: str
    words: str
    zero: float | None = None
    """Where nought is, on the axis of the figures; None of a chart without figures."""

    def draw(self, pen: Pen) -> None:
        """What is behind first."""
        for shape in self.shapes:
            shape.draw(pen)

    def texts(self) -> list[str]:
        """All that can be read in it, in the order it is drawn."""
        return [shape.text for shape in self.shapes if isinstance(shape, Word)]


class Pen(Protocol):
    """Paper, web page and screen have one each."""

    def box(self, box: Box) -> None:
        """A filled rectangle."""

    def stroke(self, stroke: Stroke) -> None:
        """A line through points."""

    def mark(self, mark: Mark) -> None:
        """A sign around a point."""

    def word(self, word: Word) -> None:
        """Words where they were planned."""


MARK: Final = 2.6
"""How far a mark reaches from its point."""


def corners(mark: Mark) -> tuple[tuple[float, float], ...]:
    """The corners of a mark that has some; a circle has none."""
    reach = MARK if mark.form == "square" else MARK * 1.25
    around = {
        "circle": (),
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle": ((-1, -0.8), (1, -0.8), (0, 1)),
        "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    }
    return tuple((mark.x + right * reach, mark.y + up * reach) for right, up in around[mark.form])
