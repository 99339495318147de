# SPDX-License-Identifier: Apache-2.0
"""The first start, step by step: language, centre, account, recovery sheet; then the centre is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from resource_centre.i18n import _
from ui.first_start_sheet import SheetStep
from ui.first_start_steps import AccountStep, CentreStep, FirstAnswers, LanguageStep, Step
from ui.front import Front
from ui.kit.pieces import button, column, label, row
from ui.kit.places import Places


class FirstStart(Front):
    """Emits `answered` once; whoever listens makes the centre and hands the recovery key's groups to `show_sheet`."""

    language_chosen = Signal(str)
    answered = Signal(object)
    finished = Signal()
    has_one_already = Signal()
    has_a_card = Signal()

    def __init__(self, places: Places, folder: Path) -> None:
        super().__init__(None, (_("Language"), _("Your centre"), _("Your account"), _("The recovery sheet")))
        self.centre = CentreStep(places, folder)
        self.account = AccountStep()
        self.language = LanguageStep(self.language_chosen.emit)
        self.sheet: SheetStep | None = None
        self.steps = QStackedWidget()
        for step in (self.language, self.centre, self.account):
            self.steps.addWidget(step)
        self.told = label("", "error", wrap=True)
        self.told.hide()
        self.back = button(_("&Back"), self._go_back)
        self.next = button(_("Ne&xt"), self.go_on, role="main")
        self.next.setDefault(True)
        self.existing = button(_("Open a centre that is &already here…"), self.has_one_already.emit, role="link")
        self.joining = button(_("&Join a centre with a card…"), self.has_a_card.emit, role="link")
        self.content.addWidget(self.steps)
        self.content.addWidget(self.told)
        self.content.addLayout(row(self.next, self.back, None, column(self.joining, self.existing, gap=2)))
        for line in (self.centre.name, self.centre.site, *self.account.findChildren(QLineEdit)):
            line.returnPressed.connect(self.go_on)
        self._show(0)

    def go_on(self) -> None:
        """Check this step and go to the next; after the account the centre is made."""
        step = self.steps.currentWidget()
        if not isinstance(step, Step) or not self.next.isEnabled() or not step.check():
            return
        if step is self.sheet:
            self.finished.emit()
        elif step is self.account:
            self._wait(True)
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

    def refused(self, words: str) -> None:
        """The centre could not be made."""
        self._wait(False)
        self.told.setText(words)
        self.told.show()

    def show_sheet(
        self, groups: tuple[str, ...], save: Callable[[Path], None], print_: Callable[[], None]
    ) -> SheetStep:
        """The centre is made: the last step."""
        self._wait(False)
        self.account.passphrase.clear()
        self.account.again.clear()
        self.sheet = SheetStep(groups, save, print_)
        self.sheet.typed.returnPressed.connect(self.go_on)
        self.steps.addWidget(self.sheet)
        self._show(self.steps.count() - 1)
        return self.sheet

    def _go_back(self) -> None:
        self._show(max(0, self.steps.currentIndex() - 1))

    def _show(self, place: int) -> None:
        self.told.hide()
        self.steps.setCurrentIndex(place)
        self.brand.show_step(place)
        last = self.steps.currentWidget() is self.sheet
        self.back.setVisible(place > 0 and not last)
        self.existing.setVisible(place == 0)
        self.joining.setVisible(place == 0)
        self.next.setText(_("&Finish") if last else _("&Make the centre") if place == 2 else _("Ne&xt"))
        self.next.setAccessibleName(self.next.text().replace("&", ""))
        current = self.steps.currentWidget()
        first = self.next if place == 0 else current  # the language is known from the system: Enter goes on
        if first is not None:
            self.setFocusProxy(first)
            first.setFocus()

    def _wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)
        self.back.setEnabled(not waiting)
        self.account.setEnabled(not waiting)
        if waiting:
            self.next.setText(_("Making the encrypted centre…"))
            self.told.hide()
        elif self.steps.currentWidget() is self.account:
            self.next.setText(_("&Make the centre"))
