# SPDX-License-Identifier: Apache-2.0
"""The head of a paper on the page, and its pages as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from reportlab.platypus import Flowable

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.layout import space
from reports.kit.pages import PageSetup, draw_pages
from reports.kit.qr import QrCode
from reports.kit.text import lines, paragraph, plain, shorten
from reports.papers.heading import Heading
from reports.papers.pieces import hairline
from resource_centre.i18n import N_, _, using
from resource_centre.places import gazetteer

CONFIDENTIAL: Final = N_("CONFIDENTIAL")
"""The mark of papers with what somebody told us."""
_TITLE: Final = 19.0
_CODE: Final = 66.0
"""Width of the square code: a reader in a telephone needs about two centimetres."""


def draw_paper(
    heading: Heading,
    story: Callable[[], Sequence[Flowable]],
    *,
    mark: str = "",
    watermark: str = "",
    foot: str = "",
    landscape: bool = False,
    bare: bool = False,
) -> bytes:
    """The PDF of a paper; its title and its metadata name nobody. `story` and the marks are in the paper's language.

    `foot` stands behind the number on every page: by it loose sheets tell what they belong to. A confidential paper
    bears the number of its copy there, and its mark across every page.
    """
    fonts.register()
    with using(heading.language):
        counted = heading.copy if mark == CONFIDENTIAL else None
        setup = PageSetup(
            title=heading.title,
            centre_name=heading.centre,
            language=heading.language,
            mark=_(mark),
            number=" · ".join(part for part in (heading.number, foot) if part),
            copy=counted,
            watermark=_(watermark or (mark if counted is not None else "")),
            landscape=landscape,
            bare=bare,
        )
        return draw_pages(story(), setup)


class FormHead(Flowable):
    """Centre and place, the title, one sentence; at the right the square code with the number below it."""

    def __init__(self, heading: Heading, lead: str = "", *, coded: bool = True, landscape: bool = False) -> None:
        super().__init__()
        self._heading, self._lead, self._coded = heading, plain(lead), coded
        self.width = styles.content_width(landscape=landscape)
        self._room = self.width - _CODE - styles.STEP * 5
        self.spaceAfter = styles.STEP * 0.75

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its words or its code."""
        fonts.register()
        self._title = lines(plain(self._heading.title), BOLD, _TITLE, self._room)
        self._words = lines(self._lead, REGULAR, styles.BODY.size, self._room) if self._lead else []
        words = styles.SMALL.leading + len(self._title) * (_TITLE + 4) + len(self._words) * styles.BODY.leading + 6
        self.height = max(words, _CODE + 12 if self._coded and not self._heading.blank else 0.0)
        return self.width, self.height

    def draw(self) -> None:
        """Words at the left, the code at the right."""
        canvas: Any = self.canv
        y = self.height - styles.SMALL.size
        canvas.setFillColor(styles.ACCENT)
        canvas.setFont(BOLD, styles.SMALL.size)
        canvas.drawString(0, y, shorten(_whose(self._heading), BOLD, styles.SMALL.size, self._room))
        y -= _TITLE + 5
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, _TITLE)
        for line in self._title:
            canvas.drawString(-0.8, y, line)
            y -= _TITLE + 4
        y += _TITLE + 4 - styles.BODY.leading - 5
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, styles.BODY.size)
        for line in self._words:
            canvas.drawString(0, y, line)
            y -= styles.BODY.leading
        self._number(canvas)

    def _number(self, canvas: Any) -> None:
        if not self._coded:
            return
        if self._heading.blank:
            left, top = self.width - _CODE - styles.STEP * 4, self.height
            canvas.setFillColor(styles.MUTED)
            canvas.setFont(REGULAR, styles.TINY.size)
            canvas.drawString(left, top - styles.TINY.size, _("Number (filled in at the centre)"))
            hairline(canvas, left, self.width, top - 30)
            return
        code = QrCode(self._heading.number, _CODE)
        quiet = _CODE * 0.11
        code.drawOn(canvas, self.width - _CODE + quiet, self.height - _CODE + quiet)
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, styles.SMALL.size)
        canvas.drawRightString(self.width, self.height - _CODE - 2, self._heading.number)


def _whose(heading: Heading) -> str:
    place = gazetteer().name(heading.place_code) if heading.place_code else ""
    return " · ".join(part for part in (plain(heading.centre), place) if part)


def subheading(words: str) -> list[Flowable]:
    """A heading inside a paper, kept with what follows."""
    title = paragraph(words, styles.HEADING_STYLE)
    title.keepWithNext = 1
    gap = space(0.35)
    gap.keepWithNext = 1
    above = space(0.8)
    return [above, title, gap]


def text(words: str, style: Any = styles.BODY_STYLE) -> list[Flowable]:
    """Paragraphs of what somebody wrote, line by line; nothing for nothing."""
    return [paragraph(line, style) for line in words.splitlines() if line.strip()]
