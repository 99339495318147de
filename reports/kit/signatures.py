# SPDX-License-Identifier: Apache-2.0
"""The block in which a report is signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.fonts import REGULAR
from resource_centre.i18n import _


class Signatures(Flowable):
    """One column for each who signs: the role, room for the signature, then name and date."""

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__()
        self._roles = tuple(roles)
        self._under = (_("Name"), _("Date"))
        self.width = styles.CONTENT_WIDTH
        self.height = styles.STEP * 8

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Lines to write on."""
        canvas: Any = self.canv
        gap = styles.STEP * 1.5
        width = (self.width - gap * (len(self._roles) - 1)) / len(self._roles)
        canvas.setLineWidth(styles.HAIR)
        canvas.setStrokeColor(styles.INK)
        for place, role in enumerate(self._roles):
            x = place * (width + gap)
            canvas.setFillColor(styles.INK)
            canvas.setFont(REGULAR, styles.SMALL.size)
            canvas.drawString(x, self.height - styles.SMALL.leading, role)
            canvas.line(x, styles.STEP * 2.8, x + width, styles.STEP * 2.8)
            canvas.setFillColor(styles.MUTED)
            for row, words in enumerate(self._under):
                canvas.drawString(x, styles.STEP * (1.6 - row * 1.2), words)
