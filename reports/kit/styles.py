# SPDX-License-Identifier: Apache-2.0
"""Grid, type scale and inks of every paper.

One typeface in few sizes, one accent that turns into a dark grey on a black-and-white printer, hairlines where a line
is needed and white space where it is not. All lengths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from reports.kit.fonts import BOLD, REGULAR

PAGE: Final[tuple[float, float]] = A4
MARGIN: Final = 18 * mm
TOP: Final = 24 * mm
BOTTOM: Final = 22 * mm
CONTENT_WIDTH: Final = PAGE[0] - 2 * MARGIN
LANDSCAPE: Final = (PAGE[1], PAGE[0])
STEP: Final = 12.0
"""The vertical rhythm: spaces are multiples or simple fractions of it."""

INK: Final[Color] = HexColor("#15212B")
MUTED: Final[Color] = HexColor("#55636D")
FAINT: Final[Color] = HexColor("#7F8B93")
HAIRLINE: Final[Color] = HexColor("#CDD4D8")
ACCENT: Final[Color] = HexColor("#0B5563")
TINT: Final[Color] = HexColor("#A9C8CD")
WATERMARK: Final[Color] = HexColor("#EEF1F2")
PAPER: Final[Color] = HexColor("#FFFFFF")

HAIR: Final = 0.35
RULE: Final = 0.8


def content_width(*, landscape: bool = False) -> float:
    """What is between the margins of an upright page, or of one that lies."""
    width: float = (LANDSCAPE if landscape else PAGE)[0] - 2 * MARGIN
    return width


@dataclass(frozen=True)
class Type:
    """One step of the type scale: size and leading."""

    size: float
    leading: float


TINY: Final = Type(6.8, 9)
SMALL: Final = Type(7.8, 10.5)
BODY: Final = Type(9, 13)
LEAD: Final = Type(10.5, 15)
HEADING: Final = Type(13, 17)
FIGURE: Final = Type(23, 27)
TITLE: Final = Type(30, 34)


def _style(name: str, type_: Type, *, font: str = REGULAR, ink: Color = INK, after: float = 0.0) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        bulletFontName=font,
        fontSize=type_.size,
        leading=type_.leading,
        textColor=ink,
        alignment=TA_LEFT,
        spaceAfter=after,
        allowWidows=0,
        allowOrphans=0,
    )


BODY_STYLE: Final = _style("body", BODY, after=STEP / 2)
DAY_STYLE: Final = _style("day", Type(17, 22), font=BOLD)
READ_STYLE: Final = _style("read", Type(10, 14.2), after=STEP / 2)
"""What is read aloud, or read by somebody who seldom reads."""
NOTE_STYLE: Final = _style("note", SMALL, ink=MUTED, after=STEP / 4)
LEAD_STYLE: Final = _style("lead", LEAD, ink=MUTED)
HEADING_STYLE: Final = _style("heading", HEADING, font=BOLD)
TITLE_STYLE: Final = _style("title", TITLE, font=BOLD)
TERM_STYLE: Final = _style("term", BODY, font=BOLD)
LABEL_STYLE: Final = _style("label", TINY, font=BOLD, ink=ACCENT)
