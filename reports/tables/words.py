# SPDX-License-Identifier: Apache-2.0
"""How a figure is written, alike on paper, on a web page and on the screen."""

from __future__ import annotations

from reports.kit.words import NOTHING, number, percent
from reports.tables.model import SUPPRESSED, Cell
from resource_centre.i18n import _

SIGNED = frozenset({"points", "score"})
"""Units of changes, which are never written without their sign."""
WITHHELD = "·"
"""Stands for a figure that is left out so that a hidden one cannot be worked out."""


def cell_words(cell: Cell, language: str, threshold: int | None = None) -> str:
    """The figure as it is read; a hidden one as ``<5`` where it is small itself, else as a dot."""
    if cell.blank:
        return ""
    if cell.hidden:
        return f"{SUPPRESSED}{threshold}" if threshold is not None and small(cell, threshold) else WITHHELD
    if cell.unit == "percent" and not cell.signed:
        return percent(cell.value, language, decimals=cell.decimals)
    signed = cell.signed or cell.unit in SIGNED
    return number(cell.value, language, decimals=_decimals(cell), sign=signed)


def small(cell: Cell, threshold: int) -> bool:
    """Whether it counts a few; of a hidden figure only that is known."""
    if cell.hidden:
        return cell.few
    return cell.counted and cell.value is not None and 0 < cell.value < threshold


def hidden_words(threshold: int) -> str:
    """What the two signs for left out figures mean; stands under every publication."""
    return _("{few}: fewer than {threshold}. {dot}: left out so that such a figure cannot be worked out.").format(
        few=f"{SUPPRESSED}{threshold}", threshold=threshold, dot=WITHHELD
    )


def _decimals(cell: Cell) -> int:
    if cell.unit == "hours" and cell.value is not None and float(cell.value).is_integer():
        return 0
    return cell.decimals


__all__ = ["NOTHING", "WITHHELD", "cell_words", "hidden_words", "small"]
