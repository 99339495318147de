# SPDX-License-Identifier: Apache-2.0
"""The papers of an event, as far as they belong to its kind; certificates are given before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.pages.papers import Offer, PapersButton
from ui.pages.training_parts import group_of

LEARNING: Final = "belajar"
PAPERS_OF: Final = {
    LEARNING: ("attendance", "test_before", "test_after", "answer_key", "evaluation_forms", "event_report"),
    "dialog": ("attendance", "dialogue_minutes", "event_report"),
    "sosialisasi": ("attendance", "evaluation_forms", "event_report"),
}


def event_offers(event_id: str | None, kind: str | None) -> list[Offer]:
    """What may be printed of an event that is saved; nothing of any other."""
    if event_id is None:
        return []
    return [Offer(paper, event_id) for paper in PAPERS_OF.get(group_of(kind), PAPERS_OF[LEARNING])]


class EventPapersButton(PapersButton):
    """The papers, and the way to the certificates. `offers` is asked at each opening, `event` gives the id shown."""

    def __init__(self, desk: Desk, offers: Callable[[], Iterable[Offer]], event: Callable[[], str | None]) -> None:
        super().__init__(desk, offers)
        self._event = event

    def certificates(self) -> None:
        """Show who has completed the event."""
        from ui.pages.certificates import CertificatesDialog

        event_id = self._event()
        if event_id is not None:
            CertificatesDialog(self.window(), self._desk, event_id).open()

    def _fill(self) -> None:
        super()._fill()
        self._menu.addSeparator()
        self._menu.addAction(_("Certificates…")).triggered.connect(lambda _checked=False: self.certificates())
