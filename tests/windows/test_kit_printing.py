"""A PDF on its way to the screen and to the printer."""

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from reports.recovery_sheet import draw_recovery_sheet
from ui.kit.printing import page_images, paint_pages, print_pdf, temporary_pdf

KEY = "-".join(["ABCDE"] * 8)


@pytest.fixture
def sheet(qapp, tmp_path):
    path = tmp_path / "sheet.pdf"
    draw_recovery_sheet(path, centre_name="Pusat Layanan Uji", recovery=KEY, language="id")
    return path


def ink(image):
    """How many of the points looked at are dark."""
    points = ((x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
    return sum(image.pixelColor(x, y).lightness() < 128 for x, y in points)


def test_pages_become_pictures_of_their_own_size(sheet):
    (page,) = page_images(sheet, 96)
    assert (page.width(), page.height()) == (794, 1123)
    assert ink(page) > 100
    assert page_images(sheet, 96, first=1) == []


def test_every_page_is_painted_on_the_printers_paper(sheet, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    assert paint_pages(sheet, printer) == 1
    (printed,) = page_images(tmp_path / "printed.pdf", 96)
    assert ink(printed) > 100


def test_nothing_is_printed_when_one_changes_ones_mind(sheet, qtbot, monkeypatch):
    from PySide6.QtPrintSupport import QPrintDialog
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Rejected)
    monkeypatch.setattr("ui.kit.printing.paint_pages", lambda *_what: pytest.fail("printed"))
    assert not print_pdf(sheet, window)


def test_a_file_that_is_only_printed_is_private():
    path = temporary_pdf()
    try:
        assert path.stat().st_mode & 0o077 == 0
    finally:
        path.unlink()
