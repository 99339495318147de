# SPDX-License-Identifier: Apache-2.0
"""Papers from anywhere in the program: one call shows a paper, one button offers several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import button

if TYPE_CHECKING:
    from ui.pages.paper_dialog import PaperDialog


@dataclass(frozen=True)
class Offer:
    """A paper that may be printed now. `options` are those of its kind, such as ``account`` of the week's list."""

    kind: str
    record_id: str | None = None
    blank: bool = False
    options: tuple[tuple[str, Any], ...] = ()

    def words(self) -> str:
        """Its name in a menu."""
        from reports.papers.kinds import KINDS

        title = _(KINDS[self.kind].title)
        return _("{paper}, blank").format(paper=title) if self.blank else title


def print_paper(
    desk: Desk,
    kind: str,
    record_id: str | None = None,
    *,
    blank: bool = False,
    parent: QWidget | None = None,
    **options: Any,
) -> PaperDialog:
    """Show a paper, to be printed or saved; it is made by the worker, in the client's language.

    `kind` is a key of `reports.papers.kinds.KINDS` and `record_id` the record it is about: a person (intake, consent),
    a plan, a referral, a follow-up (appointment), a counselling session (next_meeting), a case (case_summary, closing),
    a complaint, answers to a questionnaire (questionnaire; with `blank` a version of it or its name), or the first day
    of the week (week_list, today without one).
    """
    from ui.pages.paper_dialog import PaperDialog

    offer = Offer(kind, record_id, blank, tuple(options.items()))
    dialog = PaperDialog(parent or QApplication.activeWindow(), desk, offer)
    dialog.open()
    dialog.make()
    return dialog


class PapersButton(QPushButton):
    """A button with a menu of papers; `offers` is asked at each opening.

    With a `person`, whose papers they are, the menu also leads to the copies that were made of them.
    """

    def __init__(
        self, desk: Desk, offers: Callable[[], Iterable[Offer]], person: Callable[[], str | None] | None = None
    ) -> None:
        super().__init__(_("Papers…"))
        self._person = person
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0px; }")
        self.setToolTip(_("Print a paper"))
        self._desk, self._offers = desk, offers
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def _fill(self) -> None:
        self._menu.clear()
        for offer in self._offers():
            action = self._menu.addAction(offer.words())
            action.triggered.connect(lambda _checked=False, one=offer: self.choose(one))
        if self._person is not None and self._person() is not None:
            self._menu.addSeparator()
            self._menu.addAction(_("Copies made…")).triggered.connect(self.show_copies)

    def show_copies(self) -> None:
        """Show which of the person's papers were printed or saved."""
        from ui.pages.copies import CopiesDialog

        person_id = self._person() if self._person is not None else None
        if person_id is not None:
            CopiesDialog(self.window(), self._desk, person_id).open()

    def choose(self, offer: Offer) -> PaperDialog:
        """Show one of the papers."""
        return print_paper(
            self._desk, offer.kind, offer.record_id, blank=offer.blank, parent=self.window(), **dict(offer.options)
        )


def paper_button(desk: Desk, kind: str, record_id: Callable[[], str | None], *, words: str = "") -> QPushButton:
    """A button that prints one paper about whatever record is shown; nothing happens without one."""

    def pressed() -> None:
        chosen = record_id()
        if chosen is not None:
            print_paper(desk, kind, chosen)

    return button(words or _("Print…"), pressed)
