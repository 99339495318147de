# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: one page with the key that opens a centre when every passphrase is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable

from reports.kit import fonts, styles, words
from reports.kit.fonts import BOLD, REGULAR
from reports.kit.layout import Beside, Heading, Rule, space, title_block
from reports.kit.pages import PageSetup, write_pages
from reports.kit.qr import QrCode
from reports.kit.text import paragraph
from resource_centre import clock
from resource_centre.i18n import _, using

_PER_ROW = 4
_SIZE = 24.0


class _Groups(Flowable):
    """The groups of the key in numbered places, big enough to copy by candle light."""

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__()
        self._groups = groups
        self.spaceAfter = styles.STEP

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Four groups in a row."""
        self._rows = -(-len(self._groups) // _PER_ROW)
        self.width, self.height = aW, self._rows * styles.STEP * 5
        return self.width, self.height

    def draw(self) -> None:
        """A hairline, a small number and the group."""
        canvas: Any = self.canv
        gap = styles.STEP * 1.5
        column = (self.width - gap * (_PER_ROW - 1)) / _PER_ROW
        for index, group in enumerate(self._groups):
            row, place = divmod(index, _PER_ROW)
            x, y = place * (column + gap), self.height - row * styles.STEP * 5
            canvas.setStrokeColor(styles.INK)
            canvas.setLineWidth(styles.RULE)
            canvas.line(x, y, x + column, y)
            canvas.setFillColor(styles.MUTED)
            canvas.setFont(REGULAR, styles.TINY.size)
            canvas.drawString(x, y - 11, str(index + 1))
            canvas.setFillColor(styles.INK)
            letters = canvas.beginText(x, y - 40)
            letters.setFont(BOLD, _SIZE)
            letters.setCharSpace(2.2)
            letters.textOut(group)
            canvas.drawText(letters)


def draw_recovery_sheet(path: Path, *, centre_name: str, recovery: str, language: str, on: date | None = None) -> Path:
    """Draw the sheet: the key in groups, as a QR code, and what to do with it. It never holds a passphrase.

    `recovery` is the key's text, its groups joined by hyphens. Raises `EnvironmentFailed` when it cannot be written.
    """
    fonts.register()
    with using(language):
        setup = PageSetup(title=_("Recovery sheet"), centre_name=centre_name, language=language, mark=_("CONFIDENTIAL"))
        return write_pages(path, _story(centre_name, recovery, words.long_date(on or clock.today(), language)), setup)


def draw_bundle_recovery_sheet(
    path: Path, *, centre_name: str, groups: Sequence[str], identity: str, language: str, on: date | None = None
) -> Path:
    """Draw the sheet that opens bundles when all computers are lost: `groups` to be typed, `identity` for a scanner.

    Raises `EnvironmentFailed` when it cannot be written.
    """
    fonts.register()
    with using(language):
        title = _("Recovery sheet for bundles")
        setup = PageSetup(title=title, centre_name=centre_name, language=language, mark=_("CONFIDENTIAL"))
        day = words.long_date(on or clock.today(), language)
        return write_pages(path, _bundle_story(centre_name, groups, identity, day), setup)


def _bundle_story(centre_name: str, groups: Sequence[str], identity: str, day: str) -> list[Flowable]:
    why = _("This key opens the bundles of the centre when all of its computers are lost.")
    steps = (
        _("Keep this sheet in a locked place, away from sticks and laptops."),
        _("Whoever holds this sheet and a bundle can read everything in the bundle."),
        _("It opens bundles that were written after it was made, and before the next such sheet was."),
        _("To use it, give the groups above, or the square code, to the program or to any age program."),
        _("Never photograph it, never send it by e-mail or WhatsApp."),
    )
    return _sheet(centre_name, (_("Recovery sheet for bundles"), why), groups, identity, steps, day)


def _story(centre_name: str, recovery: str, day: str) -> list[Flowable]:
    why = _("This key opens the centre's records when every passphrase has been forgotten.")
    return _sheet(centre_name, (_("Recovery sheet"), why), recovery.split("-"), recovery, _steps(), day)


def _sheet(
    centre_name: str, title: tuple[str, str], groups: Sequence[str], code: str, steps: Sequence[str], day: str
) -> list[Flowable]:
    side = 128.0
    return [
        *title_block(centre_name, *title),
        _Groups(groups),
        space(0.5),
        Beside(
            [
                (side, [QrCode(code, side)]),
                (
                    styles.CONTENT_WIDTH - side - 2 * styles.STEP,
                    [
                        paragraph(_("How to type it"), styles.TERM_STYLE),
                        paragraph(
                            _("Capital or small letters, blanks and hyphens do not matter. There is no letter "
                              "I, L, O or U: what looks like one is the digit 1 or 0, or the letter V. The last "
                              "character of each group is a check, so the program can say which group was mistyped."),
                            styles.BODY_STYLE,
                        ),
                    ],
                ),
            ]
        ),
        Heading(_("What to do with this sheet")),
        space(0.25),
        *_advice(steps),
        space(1),
        Rule(),
        Beside(
            [
                (150.0, [paragraph(_("Printed on {day}").format(day=day), styles.NOTE_STYLE)]),
                (200.0, [paragraph(_("Kept by: ______________________________"), styles.NOTE_STYLE)]),
            ]
        ),
    ]  # fmt: skip


def _steps() -> Sequence[str]:
    return (
        _("Keep this sheet in a locked place, away from the laptop. A second copy belongs in another locked place."),
        _("Whoever holds this sheet and the laptop can read every record of the centre."),
        _("If nobody remembers a passphrase: open the program, choose “Open with the recovery sheet”, and type the "
          "groups above or read in the square code. You then choose a new passphrase."),
        _("There is no other way back. Without a passphrase and without this sheet the records are lost for good."),
        _("Never photograph it, never send it by e-mail or WhatsApp."),
    )  # fmt: skip


def _advice(steps: Sequence[str]) -> list[Flowable]:
    """What to do with the sheet, in numbered sentences."""
    hung = styles.STEP * 1.25
    return [
        Beside(
            [
                (hung, [paragraph(str(number), styles.TERM_STYLE)]),
                (styles.CONTENT_WIDTH - hung, [paragraph(step, styles.BODY_STYLE)]),
            ],
            gap=0,
        )
        for number, step in enumerate(steps, start=1)
    ]
