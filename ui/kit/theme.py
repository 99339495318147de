# SPDX-License-Identifier: Apache-2.0
"""Calm and legible, light and dark: each colour has one name, each text a contrast of 4.5 or more to its ground."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.kit.style_sheet import style_sheet

FONT_FOLDER = Path(__file__).parents[2] / "reports" / "fonts"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
FONT_POINTS = 10.5
MIDDLE_GREY = 128

CHOICES = ("system", "light", "dark")


class Colours(NamedTuple):
    """The names every window paints with."""

    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    border: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    focus: str
    brand: str
    on_brand: str
    quiet_on_brand: str


LIGHT = Colours(
    window="#f4f6f5",
    surface="#ffffff",
    sunken="#e8eeeb",
    text="#1c2623",
    muted="#52605b",
    line="#d5ddd9",
    border="#7d8c86",
    accent="#0f6a5d",
    accent_strong="#0a5248",
    on_accent="#ffffff",
    accent_soft="#d9ece7",
    danger="#a32219",
    danger_soft="#fbe7e4",
    warning="#7a4f00",
    warning_soft="#fdf0d2",
    good="#25652b",
    good_soft="#e0f0df",
    focus="#1667c0",
    brand="#0b4a42",
    on_brand="#f0f8f6",
    quiet_on_brand="#b9d6cf",
)
DARK = Colours(
    window="#181d1c",
    surface="#212827",
    sunken="#121615",
    text="#e6ecea",
    muted="#a6b3ae",
    line="#35403d",
    border="#74827d",
    accent="#62c6b5",
    accent_strong="#86d8ca",
    on_accent="#06231e",
    accent_soft="#1e3d38",
    danger="#f59a90",
    danger_soft="#432421",
    warning="#ecc277",
    warning_soft="#3c3119",
    good="#8fcf93",
    good_soft="#20371f",
    focus="#82baf8",
    brand="#0f2623",
    on_brand="#e3f1ee",
    quiet_on_brand="#9fbdb6",
)


class Theme(QObject):
    """Follows the system unless the person chose light or dark; tells when the colours changed."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = ""
        self.colours = LIGHT
        app.setFont(base_font())
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    @property
    def choice(self) -> str:
        """One of `CHOICES`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Use the system's scheme, or always light, or always dark."""
        self._choice = choice if choice in CHOICES else "system"
        hints = self._app.styleHints()
        if self._choice == "system":
            hints.unsetColorScheme()
        else:
            schemes = QtCore.Qt.ColorScheme
            hints.setColorScheme(schemes.Dark if self._choice == "dark" else schemes.Light)
        self._follow()

    def is_dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours is DARK

    def _follow(self) -> None:
        colours = DARK if self._wants_dark() else LIGHT
        if colours is self.colours and self._app.styleSheet():
            return
        self.colours = colours
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours))
        self.changed.emit()

    def _wants_dark(self) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        if not self._app.styleSheet():  # at the start the palette is the system's; the scheme is an enumeration of Qt
            return self._app.palette().color(QPalette.ColorRole.Window).lightness() < MIDDLE_GREY
        return self._app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark


def palette(colours: Colours) -> QPalette:
    """Qt's own roles in our colours, for everything the style sheet does not name."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, colours.window),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.window),
        (role.Button, colours.surface),
        (role.ToolTipBase, colours.surface),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Accent, colours.accent),
        (role.Mid, colours.line),
        (role.Dark, colours.border),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return made


def base_font() -> QFont:
    """Noto Sans from the reports' fonts where it is shipped, else the system's own font."""
    families: list[str] = []
    for name in FONT_FILES:
        path = FONT_FOLDER / name
        if path.is_file():
            number = QFontDatabase.addApplicationFont(str(path))
            families += QFontDatabase.applicationFontFamilies(number)
    font = QFont(families[0]) if families else QApplication.font()
    font.setPointSizeF(FONT_POINTS)
    return font


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
