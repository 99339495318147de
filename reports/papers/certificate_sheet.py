# SPDX-License-Identifier: Apache-2.0
"""A certificate drawn: one page that lies, for the wall. It is legible in black and white, and in whatever name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from reportlab.platypus import Flowable, PageBreak

from reports.kit import fonts, styles
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.qr import QrCode
from reports.kit.text import lines, plain
from reports.papers.certificate import CertificatesPaper, OneCertificate, issued_words
from reports.papers.frame import draw_paper
from resource_centre.i18n import _
from resource_centre.places import gazetteer

_WIDTH, _HEIGHT = styles.LANDSCAPE
_INSET: Final = 24.0
_ROOM: Final = _WIDTH - 2 * 84
"""How wide words in the middle may run."""
_CODE: Final = 62.0
_NAME_SIZES: Final = (32.0, 28.0, 24.0, 20.0, 17.0)
_LIST_SIZES: Final = (10.0, 9.0, 8.2, 7.4, 6.6)
_FOOT: Final = 150.0
"""Below this height stand the number and the signatures."""
_MOST_TRAINERS: Final = 2
_SPACED: Final = 6.0
_BETWEEN: Final = 34.0
"""Between two columns of what was learnt."""


def draw_certificates(paper: CertificatesPaper) -> bytes:
    """The PDF, one page each; neither its title nor its metadata names anybody."""
    return draw_paper(paper.heading, lambda: _story(paper), landscape=True, bare=True)


def _story(paper: CertificatesPaper) -> list[Flowable]:
    pages = ((CertificatePage(paper, one), PageBreak()) for one in paper.certificates)
    return list(chain.from_iterable(pages))[:-1]


class CertificatePage(Flowable):
    """One certificate over a whole page."""

    def __init__(self, paper: CertificatesPaper, one: OneCertificate) -> None:
        super().__init__()
        self._paper, self._one = paper, one
        self.width, self.height = styles.LANDSCAPE

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The page itself, a hair less so that it fits on it."""
        return self.width, self.height - 0.1

    def draw(self) -> None:
        """From the top down, then the foot."""
        canvas: Any = self.canv
        _frame(canvas)
        y = self._centre(canvas, _HEIGHT - 76)
        y = self._title(canvas, y - 46)
        y = self._name(canvas, y - 32)
        y = self._what(canvas, y - 22)
        self._learnt(canvas, y - 14)
        self._number(canvas)
        self._signatures(canvas)

    def _centre(self, canvas: Any, y: float) -> float:
        heading = self._paper.heading
        place = gazetteer().name(heading.place_code) if heading.place_code else ""
        y = _middle(canvas, lines(plain(heading.centre), BOLD, 14, _ROOM)[:2], BOLD, 14, y, styles.ACCENT)
        return _middle(canvas, [place] if place else [], REGULAR, 10, y, styles.MUTED)

    def _title(self, canvas: Any, y: float) -> float:
        words = _("CERTIFICATE")
        wide = fonts.width(words, BOLD, 34) + _SPACED * (len(words) - 1)
        text = canvas.beginText((_WIDTH - wide) / 2, y)
        text.setFont(BOLD, 34)
        text.setFillColor(styles.INK)
        text.setCharSpace(_SPACED)
        text.textOut(words)
        text.setCharSpace(0)
        canvas.drawText(text)
        return _middle(canvas, [_("is given to")], REGULAR, 11, y - 26, styles.MUTED)

    def _name(self, canvas: Any, y: float) -> float:
        name = plain(self._one.name)
        size = next((size for size in _NAME_SIZES if fonts.width(name, BOLD, size) <= _ROOM), _NAME_SIZES[-1])
        below = _middle(canvas, lines(name, BOLD, size, _ROOM), BOLD, size, y, styles.INK)
        y = below + size * 1.32 - 15
        canvas.setStrokeColor(styles.ACCENT)
        canvas.setLineWidth(0.9)
        canvas.line(_WIDTH / 2 - 150, y, _WIDTH / 2 + 150, y)
        return y

    def _what(self, canvas: Any, y: float) -> float:
        event = self._paper.event
        y = _middle(canvas, [_("who has completed")], REGULAR, 11, y, styles.MUTED)
        title = lines(plain(event.title), BOLD, 16, _ROOM)[:2]
        y = _middle(canvas, title, BOLD, 16, y - 9, styles.INK)
        kind = event.kind if event.kind != event.title else ""
        said = " · ".join(part for part in (kind, self._paper.sentence()) if part)
        return _middle(canvas, lines(said, REGULAR, 10.5, _ROOM)[:2], REGULAR, 10.5, y, styles.INK)

    def _learnt(self, canvas: Any, top: float) -> None:
        """The modules in as many columns and as large as they fit; what fits in no size is cut at the end."""
        learnt = [plain(one) for one in self._paper.learnt]
        if not learnt or learnt == [plain(self._paper.event.title)]:
            return
        columns = 1 if len(learnt) <= 4 else 2
        wide = (_ROOM - _BETWEEN * (columns - 1)) / columns
        room = top - 14 - _FOOT
        size = next((one for one in _LIST_SIZES if _high(learnt, one, wide, columns) <= room), _LIST_SIZES[-1])
        drawn = _bulleted(learnt, size, wide)
        _middle(canvas, [_("What was learnt")], BOLD, 9, top, styles.ACCENT)
        half = -(-len(drawn) // columns)
        used = max((fonts.width(line, REGULAR, size) + 10 for item in drawn for line in item), default=0.0)
        left = (_WIDTH - used * columns - _BETWEEN * (columns - 1)) / 2
        for place in range(columns):
            part = drawn[place * half : (place + 1) * half]
            _list(canvas, part, left + place * (used + _BETWEEN), top - 17, size)

    def _number(self, canvas: Any) -> None:
        left, y = 62.0, 58.0
        QrCode(self._one.number, _CODE).drawOn(canvas, left - _CODE * 0.11, y - 4)
        x = left + _CODE + 4
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(x, y + 44, _("Certificate number"))
        canvas.setFillColor(styles.INK)
        canvas.setFont(BOLD, 10.5)
        canvas.drawString(x, y + 30, self._one.number)
        canvas.setFillColor(styles.MUTED)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(x, y + 17, issued_words(self._one))
        canvas.setFont(REGULAR, 7)
        checked = _("The centre says by this number whether it is valid.")
        for place, words in enumerate(lines(checked, REGULAR, 7, 130)[:2]):
            canvas.drawString(x, y + 6 - place * 9, words)

    def _signatures(self, canvas: Any) -> None:
        trainers = self._paper.event.trainers[:_MOST_TRAINERS]
        signed = [(_("Trainer"), name) for name in trainers] or [(_("Trainer"), "")]
        signed.append((_("For the centre"), self._one.signed_by))
        left, right, gap = 300.0, _WIDTH - 62.0, 22.0
        wide = (right - left - gap * (len(signed) - 1)) / len(signed)
        for place, (role, name) in enumerate(signed):
            _signature(canvas, left + place * (wide + gap), wide, role, plain(name))


def _frame(canvas: Any) -> None:
    canvas.setStrokeColor(styles.ACCENT)
    for inset, weight in ((_INSET, 2.2), (_INSET + 5.5, 0.5)):
        canvas.setLineWidth(weight)
        canvas.rect(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset, stroke=1, fill=0)


def _middle(canvas: Any, words: Sequence[str], font: str, size: float, y: float, ink: Any) -> float:
    """Lines in the middle of the page, the first on the base line `y`; returns the base line of what may follow."""
    canvas.setFillColor(ink)
    canvas.setFont(font, size)
    for line in words:
        canvas.drawCentredString(_WIDTH / 2, y, line)
        y -= size * 1.32
    return y


def _bulleted(learnt: Sequence[str], size: float, wide: float) -> list[list[str]]:
    return [lines(one, REGULAR, size, wide - 10) for one in learnt]


def _high(learnt: Sequence[str], size: float, wide: float, columns: int) -> float:
    drawn = _bulleted(learnt, size, wide)
    half = -(-len(drawn) // columns)
    parts = [drawn[at : at + half] for at in range(0, len(drawn), half)]
    return max(sum(len(item) * size * 1.3 + 1.5 for item in part) for part in parts)


def _list(canvas: Any, items: Sequence[Sequence[str]], x: float, y: float, size: float) -> None:
    for item in items:
        for number, line in enumerate(item):
            if y < _FOOT - 4:
                return
            canvas.setFillColor(styles.ACCENT)
            if not number:
                canvas.circle(x + 2, y + size * 0.33, 1.4, stroke=0, fill=1)
            canvas.setFillColor(styles.INK)
            canvas.setFont(REGULAR, size)
            canvas.drawString(x + 10, y, line)
            y -= size * 1.3
        y -= 1.5


def _signature(canvas: Any, x: float, wide: float, role: str, name: str) -> None:
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(REGULAR, 8.5)
    canvas.drawCentredString(x + wide / 2, 122, role)
    canvas.setStrokeColor(styles.INK)
    canvas.setLineWidth(0.6)
    canvas.line(x, 76, x + wide, 76)
    canvas.setFillColor(styles.INK)
    canvas.setFont(BOLD, 9)
    for row, line in enumerate(lines(name, BOLD, 9, wide)[:2] if name else []):
        canvas.drawCentredString(x + wide / 2, 64 - row * 11, line)
