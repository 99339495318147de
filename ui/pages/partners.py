# SPDX-License-Identifier: Apache-2.0
"""Partners: the list of them, whose agreement runs out, and one partner with what they contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Rows, RowsView
from ui.pages.form_place import FormPile
from ui.pages.partners_forms import partner_form
from ui.pages.partners_view import PartnerView
from ui.pages.partners_words import partner_columns
from ui.pages.wording import home_of, term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.services.partners import PartnerRow

TABS = ("partners", "running_out", "former")
PAUSE_MS = 90


class PartnersPage(Page):
    """A subject is one of `TABS`, a partner's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Partners"), scrolls=False)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(_("Which partners"))
        for words in (_("Partners"), _("Agreement running out"), _("No longer partners")):
            self.tabs.addTab(words)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name, sector or contact person"))
        self.search.setAccessibleName(_("Search the partners"))
        self.search.setClearButtonEnabled(True)
        self.rows = Rows(desk.worker, partner_columns(desk.theme, desk.places, home_of(desk)))
        self.list = RowsView(self.rows, _("Partners"), nothing=_("One moment…"))
        self.view = PartnerView(desk)
        self.new_button = button(_("&New partner"), self.begin, role="main", help="F2")
        self.events_button = button(_("To the events"), lambda: self.desk.go("training"), help="Esc")
        self.back_button = button(_("&All partners"), self.show_list, help="Esc")
        self.side = QWidget()
        self.list_pile = FormPile()
        self.pile = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._listen()
        self._show_side(one=False)

    def opened(self, subject: object = None) -> None:
        """Show a partner, a new one, or where one was."""
        self.desk.places.wanted()
        if subject in TABS:
            self.tabs.setCurrentIndex(TABS.index(str(subject)))
            self.show_list()
        elif subject == "new":
            self.show_list()
            self.begin()
        elif isinstance(subject, str) and subject:
            self.open_partner(subject)
        elif self.pile.currentIndex() == 0 and self.list_pile.form is None:
            self.show_list()
        else:
            self.view.refresh()

    def first_field(self) -> QWidget | None:
        """The list, the form that is open, or the partner's contributions."""
        if self.pile.currentIndex() == 1:
            return self.view.first_field()
        form = self.list_pile.form
        return self.list if form is None else next(iter(form.form.rows.values())).editor

    def begin(self) -> None:
        """An empty form for a partner."""
        self.list_pile.open_form(lambda: partner_form(self.desk, None, (self._began, self._form_closed)))

    def open_partner(self, partner_id: str) -> None:
        """One partner."""
        self.list_pile.close_form()
        self._show_side(one=True)
        self.view.open(partner_id)
        self.view.first_field().setFocus()

    def show_list(self) -> None:
        """Back to all partners; what is typed stays as a draft."""
        self.view.leave()
        self._show_side(one=False)
        self.look()
        self.list.setFocus()

    def look(self) -> None:
        """Ask for what is wanted."""
        self._pause.stop()
        tab, text = TABS[self.tabs.currentIndex()], self.search.text()
        self.rows.ask(lambda session, last, _limit: [] if last is not None else _find(session, tab, text))
        self.desk.worker.read(_count_running_out, self._say_count, replaces="agreements-over", quiet=True, owner=self)

    # Inside

    def _lay_out(self) -> None:
        for made in (self.events_button, self.back_button, *self.view.actions_at_top, self.new_button):
            self.buttons.addWidget(made)
        inside = QVBoxLayout(self.side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        self.search.setMinimumWidth(320)
        inside.addLayout(row(self.tabs, None, self.search))
        inside.addWidget(self.list, 1)
        inside.addWidget(label(_("Enter opens a partner. F2 puts one on the list."), "help"))
        self.list_pile.addWidget(self.side)
        self.pile.addWidget(self.list_pile)
        self.pile.addWidget(self.view)
        self.body.addWidget(self.pile, 1)

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self.look())
        self._pause.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.chosen.connect(self.open_partner)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.rows.refresh_on("Partner", "PartnerContribution")
        self.desk.places.ready.connect(self.list.viewport().update)
        self.view.shown.connect(self._name_it)
        self.view.withdrawn.connect(self.show_list)
        for where, keys, act in (
            (self.side, "F2", self.begin),
            (self.side, "Esc", lambda: self.desk.go("training")),
            (self.view.side, "Esc", self.show_list),
        ):
            shortcut = QShortcut(QKeySequence(keys), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _counted(self, count: int) -> None:
        self.list.say_when_empty(self._why_nothing())
        if count and not self.list.currentIndex().isValid():
            self.list.selectRow(0)

    def _why_nothing(self) -> str:
        if self.search.text().strip():
            return _("Nobody found with these words.")
        tab = TABS[self.tabs.currentIndex()]
        return {
            "running_out": _("No agreement is running out."),
            "former": _("Nobody has ceased to be a partner."),
        }.get(tab, _("No partner yet. Press F2."))

    def _say_count(self, count: int) -> None:
        words = _("Agreement running out ({n})").format(n=count) if count else _("Agreement running out")
        self.tabs.setTabText(TABS.index("running_out"), words)

    def _began(self, partner_id: Any) -> None:
        self.open_partner(str(partner_id))
        self.desk.messages.done(_("Saved. F2 writes down what they contribute."))

    def _form_closed(self) -> None:
        self.list_pile.close_form()
        self.list.setFocus()

    def _name_it(self) -> None:
        look = self.view.look
        if look is not None and self.pile.currentIndex() == 1:
            self.set_title(look.partner.name or "", term("sector", look.partner.sector))

    def _show_side(self, *, one: bool) -> None:
        self.pile.setCurrentIndex(1 if one else 0)
        for made in (self.events_button, self.new_button):
            made.setVisible(not one)
        for made in (self.back_button, *self.view.actions_at_top):
            made.setVisible(one)
        if not one:
            self.set_title(_("Partners"))


def _find(session: Session, tab: str, text: str) -> list[PartnerRow]:
    from resource_centre.services.partners import partners_list

    rows = partners_list(session, text=text, idle=tab != "partners")
    if tab == "former":
        return [row for row in rows if row.ended_on is not None and row.ended_on <= today()]
    if tab == "running_out":
        late = [row for row in rows if row.agreement(today())]
        return sorted(late, key=lambda row: (row.agreement_until or today(), row.name or ""))
    return rows


def _count_running_out(session: Session) -> int:
    from resource_centre.services.partners import agreements_running_out

    return len(agreements_running_out(session, today()))
