# SPDX-License-Identifier: Apache-2.0
"""Pictures of a paper's pages, for a window to show; without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resource_centre.errors import EnvironmentFailed
from resource_centre.pdf_files import PDFIUM


@dataclass(frozen=True)
class PageImage:
    """One page as pixels: four bytes each (red, green, blue, alpha), row by row from the top."""

    width: int
    height: int
    rgba: bytes
    pages: int


def page_image(paper: Path | bytes, page: int, width: int) -> PageImage:
    """The page (from 0) of a file or its bytes, `width` pixels wide.

    Raises `EnvironmentFailed` when it cannot be read as a PDF, `IndexError` when there is no such page.
    """
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(paper)
        except (pdfium.PdfiumError, OSError) as error:
            missing = isinstance(paper, Path) and not paper.exists()
            raise EnvironmentFailed("file_missing" if missing else "file_unreadable") from error
        try:
            pages = len(document)
            if not 0 <= page < pages:
                raise IndexError(page)
            sheet = document[page]
            bitmap = sheet.render(
                scale=width / sheet.get_width(), rev_byteorder=True, maybe_alpha=False, prefer_bgrx=True
            )
            return PageImage(bitmap.width, bitmap.height, bytes(bitmap.buffer), pages)
        finally:
            document.close()


def page_sizes(paper: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points. Raises `EnvironmentFailed` when it cannot be read as a PDF."""
    import pypdfium2 as pdfium

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(paper)
        except pdfium.PdfiumError as error:
            raise EnvironmentFailed("file_unreadable") from error
        try:
            return [document.get_page_size(page) for page in range(len(document))]
        finally:
            document.close()
