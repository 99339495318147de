# SPDX-License-Identifier: Apache-2.0
"""A PDF to the screen and to the printer: its pages become pictures that are painted, for Qt cannot read PDFs here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from resource_centre.errors import EnvironmentFailed
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


def print_pages(
    desk: Desk,
    parent: QWidget,
    pdf: bytes,
    name: str,
    printed: Callable[[], object],
    *,
    before: Callable[[Callable[[bytes], object]], object] | None = None,
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Ask for the printer, print a PDF that lies in memory only, then call `printed`, or `failed` when it was not.

    `before` is called once the printer is chosen, and goes on by giving what is printed to what it is called with: a
    copy is written down before it is made.
    """
    printer = chosen_printer(parent, name)
    if printer is None:
        return

    def go_on(pages: bytes) -> None:
        _Printing(desk, parent, printer, pages, printed, failed).go_on()

    if before is None:
        go_on(pdf)
    else:
        before(go_on)


class _Printing:
    """Pages in turn: the worker makes pictures of a few, they are painted, then come the next. So a class's sheets
    neither fill the memory nor stop the window."""

    AT_ONCE: Final = 6

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        printer: QPrinter,
        pdf: bytes,
        printed: Callable[[], object],
        not_printed: Callable[[Exception], object] | None = None,
    ) -> None:
        self._desk, self._parent, self._printer = desk, parent, printer
        self._pdf, self._printed, self._not_printed = pdf, printed, not_printed
        self._page = 0
        self._painter: QPainter | None = None

    def go_on(self) -> None:
        """Make pictures of the next few pages."""
        pdf, first = self._pdf, self._page

        def prepare(progress: Progress) -> list[PageImage]:
            progress(0, 0, _("Preparing the pages…"))
            return page_pictures(pdf, PRINT_WIDTH, first=first, most=self.AT_ONCE)

        self._desk.worker.run(prepare, self._paint, self._failed, what=_("Printing…"), owner=self._parent)

    def _paint(self, images: list[PageImage]) -> None:
        try:
            self._paint_all(images)
        except EnvironmentFailed as refused:
            self._failed(refused)
            return
        self._page += len(images)
        if images and self._page < images[0].pages:
            self.go_on()
            return
        self._end()
        self._printed()

    def _paint_all(self, images: Sequence[PageImage]) -> None:
        for image in images:
            if self._painter is None:
                self._painter = begin_printing(self._printer, image)
            elif not self._printer.newPage():
                raise EnvironmentFailed("no_printer")
            paint_page(self._painter, image)

    def _failed(self, error: Exception) -> None:
        self._end()
        self._desk.messages.show_error(error)
        if self._not_printed is not None:
            self._not_printed(error)

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()


def page_pictures(pdf: Path | bytes, width: int, *, first: int = 0, most: int | None = None) -> list[PageImage]:
    """The pages of a PDF from one on, `width` pixels wide; bytes are read from memory and left nowhere on the disk.

    With `most` no more than so many: each picture says how many pages there are.
    """
    from reports.preview import page_image

    begun = page_image(pdf, first, width)
    last = begun.pages if most is None else min(begun.pages, first + most)
    return [begun, *(page_image(pdf, page, width) for page in range(first + 1, last))]


def as_image(image: PageImage) -> QImage:
    """Pixels as Qt paints them."""
    bytes_per_line = image.width * 4
    return QImage(image.rgba, image.width, image.height, bytes_per_line, QImage.Format.Format_RGBX8888).copy()


def begin_printing(printer: QPrinter, first: PageImage) -> QPainter:
    """A painter on a printer whose paper lies when the first page does. Raises `EnvironmentFailed` (no_printer)."""
    lies = QPageLayout.Orientation.Landscape if first.width > first.height else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(lies)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentFailed("no_printer")
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def paint_page(painter: QPainter, page: PageImage) -> None:
    """Paint one page as large as its paper allows."""
    image, room = as_image(page), painter.viewport()
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (room.width() - size.width()) // 2
    painter.drawImage(QRect(left, 0, size.width(), size.height()), image)


def paint_pages(printer: QPrinter, images: Sequence[PageImage]) -> None:
    """Paint the pages onto a printer, each as large as its paper allows."""
    if not images:
        return
    painter = begin_printing(printer, images[0])
    try:
        for number, page in enumerate(images):
            if number:
                printer.newPage()
            paint_page(painter, page)
    finally:
        painter.end()
