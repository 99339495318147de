# SPDX-License-Identifier: Apache-2.0
"""What a table is drawn with: words on a line, and rules."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas


def put(canvas: Canvas, text: str, left: float, width: float, base: float, right: bool, font: str, size: float) -> None:
    """Words on a base line, from the left or, as numbers stand, up to the right."""
    if not text:
        return
    canvas.setFont(font, size)
    if right:
        canvas.drawRightString(left + width, base, text)
    else:
        canvas.drawString(left, base, text)


def rule(canvas: Canvas, left: float, right: float, y: float, weight: float, ink: Any) -> None:
    """A line across."""
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(weight)
    canvas.line(left, y, right, y)
