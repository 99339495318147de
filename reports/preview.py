# SPDX-License-Identifier: Apache-2.0
"""Pictures of a paper's pages, for a window to show; without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from resource_centre.errors import EnvironmentFailed

_LOCK = Lock()
"""PDFium may be called from one thread at a time only (pypdfium2, "Thread safety")."""


@dataclass(frozen=True)
class PageImage:
    """One page as pixels: four bytes each (red, green, blue, alpha), row by row from the top."""

    width: int
    height: int
    rgba: bytes
    pages: int


def page_image(path: Path, page: int, width: int) -> PageImage:
    """The page (from 0), `width` pixels wide. Raises `EnvironmentFailed` when the file cannot be read as a PDF,
    `IndexError` when there is no such page.
    """
    import pypdfium2 as pdfium

    with _LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except (pdfium.PdfiumError, OSError) as error:
            raise EnvironmentFailed("file_missing" if not path.exists() else "file_unreadable") from error
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
