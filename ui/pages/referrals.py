# SPDX-License-Identifier: Apache-2.0
"""Everything that goes to others: open referrals, the directory, complaints, and what others contribute."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import button
from ui.pages.case_complaints import ComplaintsPart
from ui.pages.case_referrals import Referrals
from ui.pages.providers_tab import Directory
from ui.pages.referrals_contributions import Contributions
from ui.pages.referrals_lists import Complaints, OpenReferrals
from ui.pages.referrals_part import OneOfMany

TABS = ("open", "directory", "complaints", "contributions")
OF_COMPLAINTS = frozenset({"complaints", "complaint", "new_complaint"})


class ReferralsPage(Page):
    """A subject is one of `TABS`, or of somebody, whatever the case: ``("person", person_id)`` and ``("complaints",
    person_id)`` for the lists, ``("new", person_id)`` and ``("new_complaint", person_id)`` to begin one, or
    ``("referral", referral_id, person_id)`` and ``("complaint", complaint_id, person_id)``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Referrals"), scrolls=False)
        self.open_tab = OpenReferrals(desk)
        self.directory = Directory(desk)
        self.complaints = Complaints(desk)
        self.contributions = Contributions(desk)
        self.tabs = QTabWidget()
        self.own_referrals = Referrals(desk)
        self.own_complaints = ComplaintsPart(desk)
        self.own: OneOfMany = self.own_referrals
        self.back_button = button(_("All open referrals"), self.to_tabs)
        self.person_button = button(_("To the person"), self._to_person)
        self.buttons.addWidget(self.person_button)
        self.buttons.addWidget(self.back_button)
        self.pile = QStackedWidget()
        self._lay_out()
        self._listen()
        self._show_side(0)

    def opened(self, subject: object = None) -> None:
        """Show a tab, or what somebody has of their own."""
        self.desk.places.wanted()
        if isinstance(subject, tuple) and len(subject) > 1:
            self._open_own(*subject)
        elif isinstance(subject, str) and subject in TABS:
            self._show_side(0)
            self.tabs.setCurrentIndex(TABS.index(subject))
            self._look()
        elif self.pile.currentIndex() == 0:
            self._look()
        else:
            self.own.read()

    def first_field(self) -> QWidget | None:
        """What one does first on what is shown."""
        if self.pile.currentIndex():
            return self.own.first_field()
        found: QWidget | None = self.tabs.currentWidget().first_field()  # type: ignore[attr-defined]
        return found

    def to_tabs(self) -> None:
        """Back to the lists."""
        self.own.close_form()
        self._show_side(0)
        self._look()
        self._focus()

    def _lay_out(self) -> None:
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Referrals"))
        shown = (
            (self.open_tab, _("Open referrals")),
            (self.directory, _("Directory")),
            (self.complaints, _("Complaints")),
            (self.contributions, _("Contributions")),
        )
        for place, (tab, words) in enumerate(shown):
            self.tabs.addTab(tab, words)
            self.tabs.setTabToolTip(place, f"Alt+{place + 1}")
        self.pile.addWidget(self.tabs)
        for part in (self.own_referrals, self.own_complaints):
            inside = QVBoxLayout()
            inside.addWidget(part)
            self.pile.addWidget(scrolling(inside))
        self.body.addWidget(self.pile, 1)

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._look())
        for tab in (self.open_tab, self.complaints):
            tab.opens_person.connect(self.opened)
        for part in (self.own_referrals, self.own_complaints):
            part.left.connect(self.to_tabs)
        for place in range(len(TABS)):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._to_tab, place))

    def _open_own(self, what: str, about: str, person_id: str | None = None) -> None:
        of_complaints = what in OF_COMPLAINTS
        self.own = self.own_complaints if of_complaints else self.own_referrals
        self._show_side(2 if of_complaints else 1)
        self.own.show_person(person_id or about)
        if what in ("new", "new_complaint"):
            self.own.begin()
        elif person_id is not None:
            self.own.open_record(about)
        else:
            self.own.to_all()
        self.desk.worker.read(lambda session: _name(session, person_id or about), self._say_whose, owner=self)

    def _say_whose(self, name: str) -> None:
        if self.pile.currentIndex():
            self.set_title(name, _("Complaints") if self.own is self.own_complaints else _("Referrals"))

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        self.back_button.setVisible(side > 0)
        self.person_button.setVisible(side > 0)
        if not side:
            self.set_title(_("Referrals"))

    def _look(self) -> None:
        self.tabs.currentWidget().look()  # type: ignore[attr-defined]

    def _to_person(self) -> None:
        if self.own.person_id:
            self.desk.go("person", self.own.person_id)

    def _to_tab(self, place: int) -> None:
        self.own.close_form()
        self._show_side(0)
        self.tabs.setCurrentIndex(place)
        self._focus()

    def _focus(self) -> None:
        field = self.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)


def _name(session: Any, person_id: str) -> str:
    from resource_centre.records import Person
    from resource_centre.services.saving import existing

    return existing(session, Person, person_id).full_name or ""
