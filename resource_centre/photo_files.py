# SPDX-License-Identifier: Apache-2.0
"""Photos and scans that others have made: drawn anew, so that only the picture is kept.

What a camera writes beside the picture (where, when, with what) is gone afterwards, and so is anything hidden in the
file. The size is read from the header before anything is unpacked.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from resource_centre.errors import Refused
from resource_centre.pdf_files import refusal
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
MILLION: Final = 1_000_000
QUALITY: Final = 88
LINE_ART: Final = ("1", "L", "P")
"""Pictures of few tones, such as scanned text: kept without loss."""


@dataclass(frozen=True)
class PhotoFile:
    """A picture as it is kept: its bytes, what they are, and a small JPEG of it."""

    content: bytes
    media_type: str
    preview: bytes


def read_photo(content: bytes, preview_pixels: int) -> PhotoFile:
    """Unpack a picture, turn it upright, scale it down when it is larger than needed, and draw it anew.

    Raises `Refused` with the reason: damaged, too many pixels, or several pictures in one file.
    """
    try:
        return _drawn_anew(content, preview_pixels)
    except Refused:
        raise
    except Exception as error:  # a decoder that is fed with anything may raise anything
        raise refusal("file_damaged") from error


def _drawn_anew(content: bytes, preview_pixels: int) -> PhotoFile:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        # Pillow warns of large pictures; ours is the limit that counts, and it is lower.
        warnings.simplefilter("ignore")
        try:
            opened = Image.open(BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise refusal("photo_too_many_pixels") from error
        _check(opened)
        kind = opened.format or ""
        longest = _longest_side(opened.size)
        opened.draft("RGB", (longest, longest))  # a JPEG can be unpacked at a half or a quarter right away
        image = ImageOps.exif_transpose(opened)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    kept, media_type = _encoded(image, kind)
    return PhotoFile(kept, media_type, _preview(image, preview_pixels))


def _check(opened: Image) -> None:
    width, height = opened.size
    if width * height > rule("attachment_megapixels_opened") * MILLION:
        raise refusal("photo_too_many_pixels")
    # Telephones append a second picture to a JPEG; of the others it is the pages that count.
    if opened.format not in ("JPEG", "MPO") and getattr(opened, "n_frames", 1) > 1:
        raise refusal("photo_several")


def _longest_side(size: tuple[int, int]) -> int:
    """The longer side when the picture has no more pixels than are kept."""
    shrink = math.sqrt(rule("attachment_megapixels_kept") * MILLION / (size[0] * size[1]))
    return max(1, int(max(size) * min(1.0, shrink)))


def _encoded(image: Image, kind: str) -> tuple[bytes, str]:
    if kind == "PNG" or (kind == "TIFF" and image.mode in LINE_ART):
        made = _saved(_plain(image), "PNG", optimize=False)
        if len(made) <= rule("attachment_megabytes") * MILLION:
            return made, "image/png"
    return _saved(_on_white(image), "JPEG", quality=QUALITY, optimize=True), "image/jpeg"


def _plain(image: Image) -> Image:
    """The pixels alone, without what the file said beside them."""
    made = image.copy()
    made.info = {name: value for name, value in image.info.items() if name == "transparency"}
    return made


def _on_white(image: Image) -> Image:
    from PIL import Image as Pictures

    if image.mode in ("L", "RGB"):
        return image
    if image.mode.startswith("I"):
        image = image.point(lambda tone: tone / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA", "P"):
        upper = image.convert("RGBA")
        ground = Pictures.new("RGBA", upper.size, "white")
        ground.alpha_composite(upper)
        return ground.convert("RGB")
    return image.convert("RGB")


def _preview(image: Image, pixels: int) -> bytes:
    small = image.copy()
    small.thumbnail((pixels, pixels))
    return _saved(_on_white(small), "JPEG", quality=80)


def _saved(image: Image, kind: str, **how: int | bool) -> bytes:
    made = BytesIO()
    image.save(made, kind, exif=b"", **how)
    return made.getvalue()
