# SPDX-License-Identifier: Apache-2.0
"""Small line drawings on a 24 by 24 grid, in whatever colour the theme asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

SHAPES = {
    "home": "M4 11 12 4l8 7M6 10v10h12V10M10 20v-6h4v6",
    "front_desk": "M3 19h18M5 19v-6h14v6M12 13V9M8.500 9h7a3.500 3.500 0 0 0-7 0ZM12 5.500V4",
    "people": (
        "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-4 3-6 6.500-6s6.500 2 6.500 6"
        "M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.8 3.500 2.700 3.500 5.500"
    ),
    "intake": "M6 3h9l4 4v14H6ZM15 3v4h4M12.500 10.500v7M9 14h7",
    "cases": "M3.500 8h17v11.500h-17ZM9 8V5h6v3M3.500 13h17",
    "counselling": "M4 5h13v9H10l-4 3.500V14H4ZM20 9v9h-1.500v2.500L15.500 18H11",
    "referrals": "M4 12h11M11 7.500l4.500 4.500-4.500 4.500M15 4h5v16h-5",
    "training": "M3 9l9-4 9 4-9 4ZM7 11v5c2.500 2 7.500 2 10 0v-5M21 9v6",
    "questionnaires": (
        "M5 4h14v17H5ZM9 2.500h6v3H9ZM8 10.500l1.200 1.200 2-2.200M13.500 11H16"
        "M8 16l1.200 1.200 2-2.200M13.500 16.500H16"
    ),
    "import": "M12 3v11M7.500 10l4.500 4.500 4.500-4.500M4 16v4h16v-4",
    "savings_groups": "M4 9h16v11H4ZM4 9l2-5h12l2 5M9.500 4.500h5M12 12v5M9.500 14.500h5",
    "report": "M5 20V4M5 20h15M9 17v-5M13 17V8M17 17v-7",
    "exchange": "M3 8h15M14 4l4 4-4 4M21 16H6M10 12l-4 4 4 4",
    "settings": (
        "M4 7h9M17 7h3M4 17h3M11 17h9M15 7m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0M9 17m-2 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
    ),
    "protection": (
        "M12 3.500l7.500 3v5.500c0 4.500-3 7.500-7.500 9-4.500-1.500-7.500-4.500-7.500-9V6.500Z"
        "M9 12l2.200 2.200L15.500 10"
    ),
    "lock": "M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
    "search": "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM15.500 15.500 20 20",
    "eye": (
        "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z"
        "M12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z"
    ),
    "close": "M6 6l12 12M18 6 6 18",
    "back": "M14 5l-7 7 7 7",
    "add": "M12 5v14M5 12h14",
    "warning": "M12 4 2.500 20h19ZM12 10v5M12 17.500v.2",
    "error": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.500v6M12 16.500v.2",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v6M12 7.500v.2",
    "good": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.500l2.800 2.800L16 9.500",
    "calendar": "M4 6h16v14H4ZM4 10h16M8 3.500V7M16 3.500V7",
    "more": "M5 12h.2M12 12h.2M19 12h.2",
    "help": (
        "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z"
        "M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.500v.2"
    ),
    "backup": "M4 7c0-4 16-4 16 0v10c0 4-16 4-16 0ZM4 7c0 4 16 4 16 0M4 12c0 4 16 4 16 0",
}

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="{width}" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="{shape}"/></svg>'
)


def picture(name: str, colour: str, size: int = 20) -> QPixmap:
    """The drawing as a pixmap at twice the size, so that it stays sharp on dense screens."""
    from PySide6.QtSvg import QSvgRenderer  # not needed for the first painted window

    width = 3 if name == "more" else 1.8
    svg = _SVG.format(colour=colour, width=width, shape=SHAPES[name])
    made = QPixmap(size * 2, size * 2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    made.setDevicePixelRatio(2)
    return made


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The drawing as an icon."""
    return QIcon(picture(name, colour, size))


def program_icon(ground: str, ink: str, size: int = 64) -> QIcon:
    """The program's own icon: the people, on a rounded ground."""
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ground))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(0, 0, size, size, size / 5, size / 5)
    painter.drawPixmap(QPoint(size // 8, size // 8), picture("people", ink, size * 3 // 4))
    painter.end()
    return QIcon(made)
