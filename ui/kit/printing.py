# SPDX-License-Identifier: Apache-2.0
"""A PDF to the printer: pages are rendered by pypdfium2 and painted, for Qt itself cannot read PDFs here."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

POINTS = 72
RESOLUTION = 200


def temporary_pdf() -> Path:
    """A private, empty file for a PDF that is only printed; whoever asked deletes it."""
    number, name = tempfile.mkstemp(prefix="resource-centre-", suffix=".pdf")
    os.close(number)
    return Path(name)


def print_pdf(path: Path, parent: QWidget) -> bool:
    """Ask for the printer and print; False when the person changed their mind."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted:
        paint_pages(path, printer)
    return accepted


def paint_pages(path: Path, printer: Any) -> int:
    """Paint every page of the PDF on the printer's paper; how many there were."""
    pages = page_images(path, RESOLUTION)
    painter = QPainter(printer)
    try:
        for place, image in enumerate(pages):
            if place:
                printer.newPage()
            paper = painter.viewport()
            size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(paper.x(), paper.y(), image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))
    finally:
        painter.end()
    return len(pages)


def page_images(path: Path, resolution: int = 96, first: int = 0, count: int | None = None) -> list[QImage]:
    """Pages of a PDF as pictures, `count` of them from page `first` (0 is the first)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        last = len(document) if count is None else min(first + count, len(document))
        return [_image(document[number], resolution) for number in range(first, last)]
    finally:
        document.close()


def _image(page: Any, resolution: int) -> QImage:
    bitmap = page.render(scale=resolution / POINTS, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return image.copy()
