# SPDX-License-Identifier: Apache-2.0
"""The marks of a paper, written down while it is drawn and drawn once more without anything around them."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from reports.kit import styles

Words = tuple[str, float, float, float, str]
"""Font, size, place from the left and from below, text."""
Shape = tuple[str, tuple[Any, ...]]


class Marks:
    """What stands on each page: words and shapes, page by page."""

    def __init__(self) -> None:
        self.pages: list[list[Words | Shape]] = [[]]

    @classmethod
    def of(cls, draw: Callable[[], object]) -> Marks:
        """The marks that are made while something is drawn."""
        made = cls()
        told = PDFTextObject._formatText

        def words(text: Any, said: Any) -> Any:
            made.pages[-1].append((text._fontname, text._fontsize, text._x, text._y, said))
            return told(text, said)

        with patch.object(PDFTextObject, "_formatText", words), made._shapes(), made._turning():
            draw()
        return made

    def draw(self) -> bytes:
        """The same marks on the same pages, bare."""
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=styles.PAGE, pageCompression=1)
        for page in self.pages:
            for mark in page:
                if isinstance(mark[1], tuple):
                    getattr(canvas, mark[0])(*mark[1])
                else:
                    font, size, x, y, said = mark  # type: ignore[misc]
                    text = canvas.beginText(x, y)
                    text.setFont(font, size)
                    text.textOut(said)
                    canvas.drawText(text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def _shapes(self) -> Any:
        line, rect = Canvas.line, Canvas.rect

        def drawn_line(canvas: Any, *ends: float) -> None:
            self.pages[-1].append(("line", ends))
            line(canvas, *ends)

        def drawn_rect(canvas: Any, x: float, y: float, width: float, height: float, **how: int) -> None:
            self.pages[-1].append(("rect", (x, y, width, height, how.get("stroke", 1), how.get("fill", 0))))
            rect(canvas, x, y, width, height, **how)

        return patch.multiple(Canvas, line=drawn_line, rect=drawn_rect)

    def _turning(self) -> Any:
        begin = Canvas._startPage

        def turned(canvas: Any) -> None:
            self.pages.append([])
            begin(canvas)

        return patch.object(Canvas, "_startPage", turned)


def memory() -> float:
    """The most memory this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024) if sys.platform == "darwin" else most / 1024
