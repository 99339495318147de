# SPDX-License-Identifier: Apache-2.0
"""The frame of every paper: margins, running head, foot with page x of y, and metadata that names nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from reports.kit import fonts, styles
from reports.kit.files import write_whole
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.runs import MixedText
from reports.kit.text import plain, shorten
from resource_centre.i18n import _, using

PROGRAM = "Resource Centre"


@dataclass(frozen=True)
class PageSetup:
    """What stands on every page. `title` also becomes the file's title, so it holds no person's name."""

    title: str
    centre_name: str
    language: str
    mark: str = ""
    """Printed top right on every page, such as RAHASIA; empty for none."""
    running_head: bool = True
    number: str = ""
    """The number that finds the record again, at the foot of every page: loose sheets find each other by it."""
    copy: int | None = None
    """Which copy this is, at the foot of every page; None where copies are not told apart."""
    watermark: str = ""
    """A word across every page, so pale that everything on it stays legible; empty for none."""
    landscape: bool = False
    bare: bool = False
    """A whole page to draw on: no margins, no head, no foot."""

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the page."""
        return styles.LANDSCAPE if self.landscape else styles.PAGE

    @property
    def width(self) -> float:
        """Width of what stands between the margins."""
        return styles.content_width(landscape=self.landscape)


class _NumberedCanvas(Canvas):
    """Holds the pages back until their number is known."""

    def __init__(self, *args: Any, setup: PageSetup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._setup = setup
        self._held: list[dict[str, Any]] = []

    def beginText(self, x: float = 0, y: float = 0, direction: object = None) -> MixedText:
        """All text of a page is drawn by this, whatever its script."""
        return MixedText(self, x, y, direction)

    def showPage(self) -> None:
        """Hold this page and start the next."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw the foot of every page, then write the document."""
        for number, state in enumerate(self._held, start=1):
            self.__dict__.update(state)
            if not self._setup.bare:
                _draw_foot(self, self._setup, number, len(self._held))
            super().showPage()
        super().save()


class CopyNumber(Flowable):
    """From this page on the foot bears the number of another copy of the same paper."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.width = self.height = 0.0

    def draw(self) -> None:
        """Tell the page; nothing is seen here."""
        canvas: Any = self.canv
        canvas.copy_number = self._number


def _draw_foot(canvas: Canvas, setup: PageSetup, page: int, pages: int) -> None:
    with using(setup.language):
        text = _("Page {page} of {pages}").format(page=page, pages=pages)
    right = setup.page[0] - styles.MARGIN
    y = styles.BOTTOM - styles.STEP * 1.6
    canvas.setStrokeColor(styles.HAIRLINE)
    canvas.setLineWidth(styles.HAIR)
    canvas.line(styles.MARGIN, y + styles.STEP, right, y + styles.STEP)
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, styles.TINY.size + 0.4)
    canvas.drawRightString(right, y, text)
    room = setup.width * 0.75
    copy = getattr(canvas, "copy_number", setup.copy)
    with using(setup.language):
        told = _("Copy {n}").format(n=copy) if copy is not None else ""
    name = " · ".join(part for part in (plain(setup.centre_name), setup.number, told) if part)
    canvas.drawString(styles.MARGIN, y, shorten(name, REGULAR, styles.TINY.size + 0.4, room))


def _draw_head(canvas: Canvas, setup: PageSetup, *, title: bool) -> None:
    if setup.watermark:
        _draw_watermark(canvas, setup)
    y = setup.page[1] - styles.TOP + styles.STEP * 1.4
    if title and setup.running_head:
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.TINY.size + 0.4)
        title_words = shorten(plain(setup.title), REGULAR, styles.TINY.size + 0.4, setup.width * 0.75)
        canvas.drawString(styles.MARGIN, y, title_words)
        canvas.setStrokeColor(styles.HAIRLINE)
        canvas.setLineWidth(styles.HAIR)
        canvas.line(styles.MARGIN, y - 6, setup.page[0] - styles.MARGIN, y - 6)
    if setup.mark:
        draw_spaced(canvas, setup.mark, setup.page[0] - styles.MARGIN, y)


def _draw_watermark(canvas: Canvas, setup: PageSetup) -> None:
    words = setup.watermark
    width, height = setup.page
    canvas.saveState()
    canvas.setFillColor(styles.WATERMARK)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(54)
    canvas.setFont(BOLD, min(110.0, 0.82 * height / fonts.width(words, BOLD, 1)))
    canvas.drawCentredString(0, -30, words)
    canvas.restoreState()


def draw_spaced(canvas: Canvas, text: str, right: float, y: float, *, spacing: float = 1.4) -> None:
    """A short bold mark in wide letters, its last letter at `right`."""
    size = styles.TINY.size + 0.4
    start = right - fonts.width(text, BOLD, size) - spacing * (len(text) - 1)
    words = canvas.beginText(start, y)
    words.setFont(BOLD, size)
    words.setFillColor(styles.INK)
    words.setCharSpace(spacing)
    words.textOut(text)
    words.setCharSpace(0)
    canvas.drawText(words)


def draw_pages(story: Sequence[Flowable], setup: PageSetup, *, invariant: bool = False) -> bytes:
    """The PDF of a story. `invariant` makes equal stories equal bytes, for tests."""
    fonts.register()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=setup.page,
        initialFontName=REGULAR,
        initialFontSize=styles.BODY.size,
        title=plain(setup.title),
        author=PROGRAM,
        subject="",
        creator=PROGRAM,
        producer=PROGRAM,
        keywords=[],
        lang=setup.language,
        invariant=int(invariant),
        pageCompression=1,
    )
    frame = _frame(setup)

    def head(*, title: bool) -> Callable[[Canvas, object], None]:
        return lambda canvas, _document: None if setup.bare else _draw_head(canvas, setup, title=title)

    first = PageTemplate("first", [frame], onPage=head(title=False))
    later = PageTemplate("later", [frame], onPage=head(title=True))
    first.autoNextPageTemplate = "later"
    document.addPageTemplates([first, later])
    document.build(list(story), canvasmaker=lambda *args, **kwargs: _NumberedCanvas(*args, setup=setup, **kwargs))
    return buffer.getvalue()


def _frame(setup: PageSetup) -> Frame:
    width, height = setup.page
    place = (0, 0, width, height)
    if not setup.bare:
        place = (styles.MARGIN, styles.BOTTOM, setup.width, height - styles.TOP - styles.BOTTOM)
    return Frame(*place, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def write_pages(path: Path, story: Sequence[Flowable], setup: PageSetup) -> Path:
    """Draw and write, whole or not at all; raises `EnvironmentFailed` when the disk says no."""
    return write_whole(path, draw_pages(story, setup))
