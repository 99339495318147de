# SPDX-License-Identifier: Apache-2.0
"""The first start, step by step: language, centre, account, recovery sheet; then the centre is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from resource_centre.i18n import _
from ui.first_start_sheet import Draw, SheetStep
from ui.first_start_step import Step, StepsFront
from ui.first_start_steps import AccountStep, CentreStep, FirstAnswers, LanguageStep
from ui.kit.pieces import button, column, row
from ui.kit.places import Places


class FirstStart(StepsFront):
    """Emits `answered` once; whoever listens makes the centre and hands the recovery key's groups to `show_sheet`."""

    language_chosen = Signal(str)
    answered = Signal(object)
    finished = Signal()
    has_one_already = Signal()
    has_a_card = Signal()

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__((_("Language"), _("Your centre"), _("Your account"), _("The recovery sheet")))
        self.centre = CentreStep(places, folder)
        self.account = AccountStep()
        self.language = LanguageStep(self.language_chosen.emit)
        self.sheet: SheetStep | None = None
        for step in (self.language, self.centre, self.account):
            self.steps.addWidget(step)
        self.existing = button(_("Open a centre that is &already here…"), self.has_one_already.emit, role="link")
        self.joining = button(_("&Join a centre with a card…"), self.has_a_card.emit, role="link")
        self.content.addLayout(row(self.next, self.back, None, column(self.joining, self.existing, gap=2)))
        for line in (self.centre.name, self.centre.site, *self.account.findChildren(QLineEdit)):
            line.returnPressed.connect(self.go_on)
        self._show(0)

    def leave(self, step: Step) -> None:
        """To the next one; after the account the centre is made."""
        if step is self.sheet:
            self.finished.emit()
        elif step is self.account:
            self.wait(True, _("Making the encrypted centre…"))
            self.answered.emit(self.answers())
        else:
            self._show(self.steps.currentIndex() + 1)

    def answers(self) -> FirstAnswers:
        """Everything asked so far."""
        return FirstAnswers(
            folder=self.centre.folder,
            centre_name=self.centre.name.text().strip(),
            place_code=str(self.centre.place.value() or ""),
            site_code=self.centre.site.text().upper(),
            person_name=self.account.name.text().strip(),
            login=self.account.login.text().strip(),
            passphrase=self.account.passphrase.text(),
        )

    def show_sheet(self, groups: tuple[str, ...], draw: Draw) -> SheetStep:
        """The centre is made: the last step."""
        self.wait(False)
        self.account.forget()
        self.sheet = SheetStep(groups, draw)
        self.sheet.typed.returnPressed.connect(self.go_on)
        self.steps.addWidget(self.sheet)
        self._show(self.steps.count() - 1)
        return self.sheet

    def go_back(self) -> None:
        """To the step before."""
        self._show(max(0, self.steps.currentIndex() - 1))

    def _show(self, place: int) -> None:
        last = self.steps.widget(place) is self.sheet
        self.back.setVisible(place > 0 and not last)
        self.existing.setVisible(place == 0)
        self.joining.setVisible(place == 0)
        words = _("&Finish") if last else _("&Make the centre") if place == 2 else _("Ne&xt")
        # The language is known from the system: Enter goes on.
        self.lead_to(place, words, focus=self.next if place == 0 else None)
