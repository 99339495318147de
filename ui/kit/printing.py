# SPDX-License-Identifier: Apache-2.0
"""A PDF to the screen and to the printer: its pages become pictures that are painted, for Qt cannot read PDFs here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from reports.preview import PageImage
    from ui.kit.worker import Progress

PRINT_WIDTH = 1654
"""A4 at 200 dots per inch, in pixels."""


def temporary_pdf() -> Path:
    """A private, empty file for a PDF that is only printed; whoever asked deletes it."""
    number, name = tempfile.mkstemp(prefix="resource-centre-", suffix=".pdf")
    os.close(number)
    return Path(name)


def print_pdf(path: Path, parent: QWidget) -> bool:
    """Ask for the printer and print; False when the person changed their mind."""
    printer = chosen_printer(parent)
    if printer is None:
        return False
    paint_pages(printer, page_pictures(path, PRINT_WIDTH))
    return True


def chosen_printer(parent: QWidget, name: str = "") -> QPrinter | None:
    """The printer one chooses in the system's dialog, None without one; it knows the paper by `name`."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def print_pages(desk: Desk, parent: QWidget, pdf: bytes, name: str, printed: Callable[[], object]) -> None:
    """Ask for the printer, print a PDF that lies in memory only, then call `printed`."""
    printer = chosen_printer(parent, name)
    if printer is None:
        return

    def paint(images: list[PageImage]) -> None:
        paint_pages(printer, images)
        printed()

    def prepare(progress: Progress) -> list[PageImage]:
        progress(0, 0, _("Preparing the pages…"))
        return page_pictures(pdf, PRINT_WIDTH)

    desk.worker.run(prepare, paint, what=_("Printing…"), owner=parent)


def page_pictures(pdf: Path | bytes, width: int) -> list[PageImage]:
    """Every page of a PDF, `width` pixels wide; bytes are read from memory and left nowhere on the disk."""
    from reports.preview import page_image

    first = page_image(pdf, 0, width)
    return [first, *(page_image(pdf, page, width) for page in range(1, first.pages))]


def as_image(image: PageImage) -> QImage:
    """Pixels as Qt paints them."""
    bytes_per_line = image.width * 4
    return QImage(image.rgba, image.width, image.height, bytes_per_line, QImage.Format.Format_RGBX8888).copy()


def paint_pages(printer: QPrinter, images: Sequence[PageImage]) -> None:
    """Paint the pages onto a printer, each as large as its paper allows."""
    painter = QPainter(printer)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        for number, page in enumerate(images):
            if number:
                printer.newPage()
            image, room = as_image(page), painter.viewport()
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = (room.width() - size.width()) // 2
            painter.drawImage(QRect(left, 0, size.width(), size.height()), image)
    finally:
        painter.end()
