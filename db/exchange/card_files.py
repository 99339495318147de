# SPDX-License-Identifier: Apache-2.0
"""A card out of a file, whatever it was carried as: its text, the paper as a PDF, or a photo of the square code."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.exchange.cards import CARD, MOST_BYTES, REPLY
from db.files import on_disk
from resource_centre.errors import EnvironmentFailed
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from PIL.Image import Image

ENDINGS: Final = ("png", "jpg", "jpeg", "webp", "tif", "tiff", "pdf")
"""Of files that are looked at, not read. What a file is, its beginning says."""
FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
DOTS: Final = 200
"""Per inch at which a page is drawn before it is looked at: eight for a module of our own paper."""
PAGES: Final = 2
MILLION: Final = 1_000_000
_BEGINNINGS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"II*\0", b"MM\0*", b"%PDF")


def read_card_file(path: Path) -> str:
    """The text of a card or of an answer. The file is only read.

    Raises EnvironmentFailed: `not_a_card` for what cannot be one, `no_code_seen` for a picture or a PDF in which no
    square code of ours can be made out, and what the disk says.
    """
    with on_disk(), path.open("rb") as file:
        content = file.read(int(rule("attachment_photo_megabytes")) * MILLION + 1)
    if content.startswith(_BEGINNINGS):
        return _seen(content)
    try:
        if len(content) > MOST_BYTES:
            raise ValueError("too long")
        return content.decode("utf-8-sig").strip()
    except ValueError as error:
        raise EnvironmentFailed("not_a_card") from error


def _seen(content: bytes) -> str:
    try:
        for picture in _pages(content) if content.startswith(b"%PDF") else _photo(content):
            for text in _codes(picture):
                if text.startswith((CARD, REPLY)):
                    return text
    except Exception as error:  # a decoder that is fed with anything may raise anything
        raise EnvironmentFailed("no_code_seen") from error
    raise EnvironmentFailed("no_code_seen")


def _codes(picture: Image) -> Iterator[str]:
    """What the square codes in a picture say; a picture that is not sharp is looked at once more, sharpened."""
    import zxingcpp
    from PIL import ImageFilter

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for again in (False, True):
        looked = picture.filter(ImageFilter.UnsharpMask(2, 250, 0)) if again else picture
        dots = memoryview(looked.tobytes()).cast("B", shape=(looked.height, looked.width))
        for found in zxingcpp.read_barcodes(dots, formats=wanted):
            yield found.text


def _photo(content: bytes) -> Iterator[Image]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures; ours is the limit that counts
        picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > rule("attachment_megapixels_opened") * MILLION:
            raise ValueError("too large")
        yield _grey(picture)


def _pages(content: bytes) -> Iterator[Image]:
    import pypdfium2 as pdfium

    from resource_centre.pdf_files import PDFIUM

    with PDFIUM:
        document = pdfium.PdfDocument(content)
        try:
            drawn = []
            for number in range(min(len(document), PAGES)):
                page = document[number]
                width, height = page.get_size()
                if width * height * (DOTS / 72) ** 2 <= rule("attachment_megapixels_opened") * MILLION:
                    drawn.append(_grey(page.render(scale=DOTS / 72).to_pil()))
        finally:
            document.close()
    yield from drawn


def _grey(picture: Image) -> Image:
    """Grey on white, where a picture is transparent."""
    from PIL import Image as Pictures

    if "A" in picture.getbands() or "transparency" in picture.info:
        upper = picture.convert("RGBA")
        picture = Pictures.new("RGBA", upper.size, "white")
        picture.alpha_composite(upper)
    return picture.convert("L")
