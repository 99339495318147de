# SPDX-License-Identifier: Apache-2.0
"""Villages and laptops: at a centre everybody it exchanges with, on a laptop handing over, and the history of both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QTabBar, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask, words_for
from ui.kit.page import Page
from ui.kit.pieces import button, label, row
from ui.pages import exchange_pairing
from ui.pages.exchange_handing import Taken, send_to, take_in
from ui.pages.exchange_history import HistoryPart
from ui.pages.exchange_laptop import LaptopPart
from ui.pages.exchange_list import PeerList
from ui.pages.exchange_receipts import Sheet, bundle_sheet, sent_sheet, taken_sheet
from ui.pages.exchange_store import BundleRow, Looked, PeerRow, changed_by, look
from ui.pages.exchange_words import refusal_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.exchange.sending import Sent

LAPTOP = "laptop"
HISTORY = 1
SHEET = 2


class ExchangePage(Page):
    """A subject is "history", or "new" for a laptop to be added."""

    def __init__(self, desk: Desk) -> None:
        self.on_laptop = desk.on_laptop
        super().__init__(desk, _("Hand over") if self.on_laptop else _("Village laptops"), scrolls=False)
        self.may_pair = desk.may("accounts") and not self.on_laptop
        self.looked: Looked | None = None
        self.sheet: QWidget | None = None
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(_("What of the exchange"))
        self.tabs.addTab(_("Hand over") if self.on_laptop else _("Laptops"))
        self.tabs.addTab(_("History"))
        self.history = HistoryPart(desk, self._show_bundle)
        self.main: LaptopPart | PeerList = self._laptop_part() if self.on_laptop else self._centre_part()
        self.pile = QStackedWidget()
        self.pile.addWidget(self.main)
        self.pile.addWidget(self.history)
        self.notice = label("", "warning", wrap=True)
        self.receive_button = button(_("&Receive…"), self.receive, role="main")
        self.new_button = button(_("Add a la&ptop…"), self.add_laptop, help="F2")
        self.more = button(_("&More"))
        self._lay_out()
        self._listen()

    def opened(self, subject: object = None) -> None:
        """Read how it stands; what is shown in place of the list stays."""
        self.desk.places.wanted()
        if subject == "history":
            self.tabs.setCurrentIndex(HISTORY)
        if subject == "new" and self.may_pair:
            self.add_laptop()
        self.look()

    def look(self) -> None:
        """Read everything anew."""
        self.desk.worker.read(look, self.show_looked, replaces="exchange", owner=self)
        if self.tabs.currentIndex() == HISTORY:
            self.history.look()

    def show_looked(self, looked: Looked) -> None:
        """Show what was read."""
        self.looked = looked
        self.main.show_looked(looked)
        words = _("The key that opens bundles is old. Renew it under More.") if looked.key_is_old else ""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def first_field(self) -> QWidget | None:
        """The list, the first big button, or what is shown in their place."""
        first = getattr(self.pile.currentWidget(), "first_field", None)
        if callable(first):
            found: QWidget = first()
            return found
        return self.history.list if self.tabs.currentIndex() == HISTORY else getattr(self.main, "list", None)

    # Sending and receiving

    def send(self) -> None:
        """Ask for the stick and write for the chosen one; on a laptop for its centre."""
        to = self._chosen()
        if to is None:
            return
        before = self.desk.preferences.exchange_folder or Path.home()
        title = _("Folder or stick for {name}").format(name=to.name)
        chosen = QFileDialog.getExistingDirectory(self, title, str(before if before.is_dir() else Path.home()))
        if chosen:
            self.send_into(to, Path(chosen))

    def send_into(self, to: PeerRow, folder: Path) -> None:
        """Write for somebody into a folder."""
        self.desk.preferences.exchange_folder = folder
        self._busy(True)

        def done(sent: Sequence[Sent]) -> None:
            self._over()
            self.show_sheet(sent_sheet(sent, to.name, self.close_sheet, again=bool(to.waiting)))

        send_to(self.desk, self, to.id, folder, done, self._failed)

    def receive(self) -> None:
        """Ask for files and take them in."""
        before = self.desk.preferences.exchange_folder or Path.home()
        kinds = _("Bundles (*.rcb);;All files (*)")
        files, _kind = QFileDialog.getOpenFileNames(self, _("Choose what you received"), str(before), kinds)
        if files:
            self.receive_files([Path(file) for file in files])

    def receive_files(self, files: Sequence[Path]) -> None:
        """Take in these files, in any order."""
        self._busy(True)
        take_in(self.desk, self, files, self._taken, self._failed)

    def _taken(self, taken: list[Taken]) -> None:
        self._over()
        self.show_sheet(taken_sheet(self.desk, taken, self.close_sheet))
        for one in taken:
            if one.arrived is not None:
                self.desk.worker.changed.emit(changed_by(one.arrived.receipt))

    def _failed(self, error: Exception) -> None:
        """Say why, and what to do; the keyboard is where it was, to try again."""
        self._over()
        self.desk.messages.tell(" ".join(refusal_lines(error)), words_for(error).tone)
        self._take_keyboard()

    def _over(self) -> None:
        self._busy(False)
        self.look()

    def _busy(self, busy: bool) -> None:
        """One thing at a time: no bundle is written while another is."""
        self.receive_button.setEnabled(not busy)
        if busy:
            self.desk.messages.clear()
            self.tabs.setFocus()  # Qt would give the keyboard to whatever comes next, the navigation perhaps
        self.main.setEnabled(not busy)

    # Sheets

    def show_sheet(self, sheet: QWidget) -> None:
        """Show something in place of the list; what was told of something else is taken away."""
        if self.sheet is None:
            self.desk.messages.clear()
        self._drop_sheet()
        self.sheet = sheet
        self.pile.addWidget(sheet)
        self.pile.setCurrentWidget(sheet)
        self._say_actions()
        first = getattr(sheet, "first_field", None)
        (first() if callable(first) else sheet).setFocus(Qt.FocusReason.TabFocusReason)

    def close_sheet(self) -> None:
        """Back to the list."""
        self._drop_sheet()
        self.pile.setCurrentIndex(self.tabs.currentIndex())
        self._say_actions()
        self.look()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        (self.first_field() or self).setFocus(Qt.FocusReason.TabFocusReason)

    def _drop_sheet(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            leave = getattr(sheet, "leave", None)
            if callable(leave):
                leave()
            self.pile.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()

    def _show_bundle(self, bundle: BundleRow) -> None:
        self.show_sheet(bundle_sheet(bundle, self.close_sheet))

    # Pairing

    def add_laptop(self) -> None:
        """A form for a new laptop, then its card."""
        if self.may_pair:
            exchange_pairing.show_new(self, LAPTOP)

    def _chosen(self) -> PeerRow | None:
        if isinstance(self.main, PeerList):
            return self.main.chosen
        return self.looked.centre if self.looked is not None else None

    def _with_chosen(self, act: Callable[[ExchangePage, PeerRow], object]) -> Callable[[], object]:
        def pressed() -> None:
            chosen = self._chosen()
            if chosen is not None:
                act(self, chosen)

        return pressed

    def _repair(self) -> None:
        question = _(
            "Only when the centre said that this laptop was copied or restored: what was not sent gets new numbers, so "
            "that it can be taken in. Nothing of it is lost. Repair this laptop?"
        )
        if ask(self, question, _("Repair"), _("Not now"), danger=True):
            exchange_pairing.repair(self)

    # Building

    def _laptop_part(self) -> LaptopPart:
        words = self._with_chosen(exchange_pairing.show_words)
        answer = self._with_chosen(exchange_pairing.save_answer)
        return LaptopPart(self.send, self.receive, words, answer, self._repair, self._phone_form)

    def _phone_form(self) -> None:
        from ui.pages.imports_phone_form import PhoneFormSheet

        self.show_sheet(PhoneFormSheet(self.desk, self.close_sheet))

    def _centre_part(self) -> PeerList:
        acts = {name: self._with_chosen(act) for name, act in exchange_pairing.ACTS.items()}
        part = PeerList(self.desk, {"send": self.send, **acts}, may_pair=self.may_pair)
        part.list.chosen.connect(lambda _id: self._open())
        return part

    def _open(self) -> None:
        """Enter does what comes next."""
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen.invitation:
            exchange_pairing.show_card(self, chosen)
        elif not chosen.confirmed and self.may_pair:
            exchange_pairing.show_words(self, chosen)
        elif isinstance(self.main, PeerList) and self.main.send.isEnabled():
            self.send()

    def _lay_out(self) -> None:
        for made in (self.receive_button, self.new_button, self.more):
            self.buttons.addWidget(made)
        menu = QMenu(self.more)
        for words, act in exchange_pairing.more(self):
            menu.addAction(words).triggered.connect(lambda _on=False, act=act: act())
        self.more.setMenu(menu)
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0px; }")
        self.body.addLayout(row(self.tabs, None))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.pile, 1)
        self.notice.hide()
        self._say_actions()

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        for keys, act in (("F2", self.add_laptop), ("Esc", self._escape), ("Ctrl+S", self._save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _escape(self) -> None:
        if self.sheet is not None:
            self.close_sheet()

    def _save(self) -> None:
        """What is shown in place of the list, when it can be saved."""
        save = getattr(self.sheet, "save", None)
        if callable(save):
            save()

    def _turn(self, at: int) -> None:
        self._drop_sheet()
        self.pile.setCurrentIndex(at)
        self._say_actions()
        if self.isVisible():
            self.look()

    def _say_actions(self) -> None:
        at_list = self.sheet is None
        self.receive_button.setVisible(at_list and not self.on_laptop)
        self.new_button.setVisible(at_list and self.may_pair)
        self.more.setVisible(at_list and self.may_pair)


__all__ = ["ExchangePage", "Sheet"]
