# SPDX-License-Identifier: Apache-2.0
"""PDFs that others have made: whether one may be kept, and pictures of its pages. Nothing in them is ever run."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any, Final

from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.services.rules import rule

PDFIUM: Final = Lock()
"""PDFium may be called from one thread at a time only (pypdfium2, "Thread safety")."""

ACTIVE: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
"""What makes a PDF more than pages: programs, other files, moving pictures."""


@dataclass(frozen=True)
class PdfFile:
    """A PDF that may be kept: how many pages, and a small JPEG of the first."""

    pages: int
    preview: bytes


def read_pdf(content: bytes, preview_pixels: int) -> PdfFile:
    """Open a PDF and look at it. Raises `Refused` with the reason: damaged, locked, too long, or active."""
    import pypdfium2 as pdfium

    with PDFIUM:
        document = _opened(content)
        try:
            if _is_active(document, content):
                raise refusal("pdf_active")
            pages = len(document)
            if pages > rule("attachment_pdf_pages"):
                raise refusal("pdf_too_many_pages")
            if not pages:
                raise refusal("file_damaged")
            return PdfFile(pages, _picture(document[0], preview_pixels))
        except pdfium.PdfiumError as error:
            raise refusal("file_damaged") from error
        finally:
            document.close()


def refusal(code: str) -> Refused:
    """The refusal of a file, for the field ``file``."""
    return Refused("check", (Problem("file", code),))


def _opened(content: bytes) -> Any:
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code == FPDF_ERR_PASSWORD
        raise refusal("pdf_locked" if locked else "file_damaged") from error


def _is_active(document: Any, content: bytes) -> bool:
    from pypdfium2.raw import FPDFDoc_GetAttachmentCount, FPDFDoc_GetJavaScriptActionCount

    if FPDFDoc_GetJavaScriptActionCount(document) > 0 or FPDFDoc_GetAttachmentCount(document) > 0:
        return True
    return any(mark in content for mark in ACTIVE)


def _picture(page: Any, pixels: int) -> bytes:
    scale = pixels / max(page.get_width(), page.get_height(), 1)
    image = page.render(scale=scale).to_pil().convert("RGB")
    made = BytesIO()
    image.save(made, "JPEG", quality=80)
    return made.getvalue()
