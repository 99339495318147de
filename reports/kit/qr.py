# SPDX-License-Identifier: Apache-2.0
"""A QR code drawn as plain black squares."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.platypus import Flowable

from reports.kit import styles

MOST_BYTES: Final = 2213
"""What version 39 holds at medium correction (ISO/IEC 18004, table 7), the largest code that is drawn here."""
_QUIET = 4
"""Modules of white around the code; readers need them (ISO/IEC 18004, 9.1)."""


class QrCode(Flowable):
    """The text as a QR code of medium error correction, `size` points wide with its white border."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._code = _code(text)
        self.width = self.height = size

    def draw(self) -> None:
        """One square per dark module, a hair larger than its place so that no white line shows between two."""
        canvas: Any = self.canv
        count = self._code.getModuleCount()
        step = self.width / (count + 2 * _QUIET)
        canvas.setFillColor(styles.INK)
        for row in range(count):
            for column in range(count):
                if self._code.isDark(row, column):
                    x, y = (column + _QUIET) * step, self.height - (row + _QUIET + 1) * step
                    canvas.rect(x, y, step * 1.02, step * 1.02, stroke=0, fill=1)


def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code's modules line by line, dark ones true; nothing for a text that no code holds."""
    if len(text.encode()) > MOST_BYTES:
        return ()
    code = _code(text)
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


@lru_cache(maxsize=8)
def _code(text: str) -> QRCode:
    """Made once for all sheets of one event: it takes longer than the rest of a page."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return code
