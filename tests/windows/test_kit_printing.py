"""A PDF on its way to the screen and to the printer."""

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from reports.recovery_sheet import draw_recovery_sheet
from ui.kit.printing import as_image, page_pictures, paint_pages, print_pdf, temporary_pdf

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
    (page,) = page_pictures(sheet, 794)
    image = as_image(page)
    assert (image.width(), image.height()) == (794, 1123)
    assert ink(image) > 100


def test_a_paper_in_memory_looks_as_its_file_does(sheet):
    assert page_pictures(sheet.read_bytes(), 400) == page_pictures(sheet, 400)


def test_every_page_is_painted_on_the_printers_paper(sheet, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    (page,) = page_pictures(sheet, 794)
    paint_pages(printer, [page, page])
    printed = page_pictures(tmp_path / "printed.pdf", 794)
    assert [ink(as_image(one)) > 100 for one in printed] == [True, True]


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
