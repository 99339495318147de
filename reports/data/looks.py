# SPDX-License-Identifier: Apache-2.0
"""How the cells of a workbook look: few inks, hairlines, numbers in the formats of their units."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from reports.tables.model import Cell, Kind
from reports.tables.words import SIGNED
from resource_centre.values.text import neutralise

INK: Final = "15212B"
MUTED: Final = "55636D"
ACCENT: Final = "0B5563"
HAIRLINE: Final = "CDD4D8"
PALE: Final = "EEF3F4"
LINE: Final = 15.0
"""Height of a line of text, in points."""
_FULL: Final = 0.94
"""How much of a column is taken for text."""

Name = Literal[
    "title", "subtitle", "muted", "link", "group", "head", "head_number", "label", "text", "term", "figure_large",
    "words", "number", "section",
]  # fmt: skip

_FONTS: Final[dict[str, tuple[int, bool, str, Any]]] = {
    "title": (16, True, INK, None),
    "subtitle": (12, False, ACCENT, None),
    "muted": (10, False, MUTED, None),
    "link": (11, False, ACCENT, "single"),
    "section": (13, True, ACCENT, None),
    "label": (11, False, MUTED, None),
    "figure_large": (20, True, ACCENT, None),
    "group": (10, True, INK, None),
    "head": (10, True, INK, None),
    "head_number": (10, True, INK, None),
    "term": (11, True, INK, None),
}
"""Size, whether bold, ink and underline."""
_STYLES: Final[WeakKeyDictionary[Any, dict[Look, Any]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Look:
    """How one cell looks; equal looks are worked out once for a workbook."""

    name: Name
    kind: Kind = "body"
    indent: int = 0
    format: str = "General"
    strong: bool = False
    leads: bool = False
    """Leads to what it means: in the ink of links, without their line."""
    text: bool = False
    """A text that begins like a formula: shown as written, and still a text after somebody has edited the cell."""


def put(sheet: Worksheet, row: int, column: int, value: Any, look: Look) -> Any:
    """Write one value; a text is a text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        look = replace(look, text=neutralise(value) != value)
    cell._style = copy(_style(sheet, look))
    return cell


def make_room(sheet: Worksheet, row: int, cells: Sequence[tuple[str, float]], *, line: float = LINE) -> None:
    """Make a row as high as the texts that are broken in it need; each text with its width in characters.

    Not every program works out the height of a row by itself when it opens a file.
    """
    lines = max((_lines(text, width) for text, width in cells), default=1)
    if lines > 1:
        sheet.row_dimensions[row].height = lines * line + 2


def _lines(text: str, width: float) -> int:
    """In how many lines a text stands: bold and wide letters take more room than its width is counted in."""
    wide = max(int(width * _FULL), 1)
    return sum(len(wrap(part, wide)) or 1 for part in text.split("\n"))


def number_format(cell: Cell) -> str:
    """The format of a figure; a spreadsheet writes commas and points as its own language has them."""
    decimals = 0 if cell.unit == "hours" and float(cell.value or 0).is_integer() else cell.decimals
    plain = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    if cell.signed or cell.unit in SIGNED:
        return f"+{plain};-{plain};{plain}"
    return f"{plain}%" if cell.unit == "percent" else plain


def _style(sheet: Worksheet, look: Look) -> Any:
    """The style of a look in one workbook, worked out once on a cell that stands nowhere."""
    known = _STYLES.setdefault(sheet.parent, {})
    if look not in known:
        known[look] = _drawn(SheetCell(sheet, row=1, column=1), look)
    return known[look]


def _drawn(cell: Any, look: Look) -> Any:
    cell.font = _font(look)
    cell.alignment = _alignment(look)
    cell.number_format = look.format
    cell.quotePrefix = look.text
    if look.kind == "section" or look.name in ("head", "head_number", "group"):
        cell.fill = PatternFill("solid", fgColor=PALE)
    border = _border(look)
    if border is not None:
        cell.border = border
    return cell._style


def _font(look: Look) -> Font:
    size, bold, color, underline = _FONTS.get(
        look.name, (11, look.strong or look.kind in ("total", "section"), INK, None)
    )
    ink = ACCENT if look.leads else MUTED if look.kind == "quiet" else color
    return Font(name="Calibri", family=2, scheme="minor", size=size, bold=bold, color=ink, underline=underline)


def _alignment(look: Look) -> Alignment:
    if look.name in ("number", "head_number"):
        return Alignment(horizontal="right", vertical="top" if look.name == "number" else "bottom", wrap_text=True)
    if look.name == "group":
        return Alignment(horizontal="center", vertical="bottom", wrap_text=True)
    if look.name in ("title", "subtitle", "link", "figure_large", "section"):
        return Alignment(horizontal="left", vertical="center")
    vertical = "bottom" if look.name == "head" else "top"
    return Alignment(horizontal="left", vertical=vertical, wrap_text=True, indent=look.indent)


def _border(look: Look) -> Border | None:
    hair, line = Side("hair", color=HAIRLINE), Side("thin", color=MUTED)
    if look.name in ("head", "head_number"):
        return Border(bottom=line)
    if look.name == "group":
        return Border(bottom=Side("thin", color=HAIRLINE))
    if look.name in ("words", "number"):
        return Border(top=line, bottom=hair) if look.kind == "total" else Border(bottom=hair)
    return None
