# SPDX-License-Identifier: Apache-2.0
"""Savings groups: the list of them, one group, and one of its meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.pieces import button, label
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date
from ui.pages.form_place import FormPile
from ui.pages.papers import Offer, PapersButton
from ui.pages.savings_forms import group_form
from ui.pages.savings_meeting import MeetingView
from ui.pages.savings_view import GroupView
from ui.pages.wording import home_of, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.services.savings_groups import GroupRow

LIST, GROUP, MEETING = range(3)


class SavingsGroupsPage(Page):
    """The groups; a subject is a group's id, or "new"."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Savings groups"), scrolls=False)
        self.rows = Rows(desk.worker, self._columns())
        self.groups = RowsView(self.rows, _("Savings groups"), nothing=_("One moment…"))
        self.group = GroupView(desk)
        self.meeting = MeetingView(desk, self.back_to_group)
        self.list_pile = FormPile()
        self.pile = QStackedWidget()
        self.new_button = button(_("New group"), self.begin_group, role="main", help="F2")
        self.back_button = button(_("All groups"), self.show_list, help="Esc")
        self.group_button = button(_("To the group"), self.back_to_group, help="Esc")
        self.papers = PapersButton(desk, self._offers)
        self._lay_out()
        self._listen()
        self._show_side(LIST)

    def opened(self, subject: object = None) -> None:
        """Show a group, a new one, or where one was."""
        self.desk.places.wanted()
        if subject == "new":
            self.show_list()
            self.begin_group()
        elif isinstance(subject, str) and subject:
            self.open_group(subject)
        elif self.pile.currentIndex() == LIST and self.list_pile.form is None:
            self.show_list()
        elif self.pile.currentIndex() == GROUP:
            self.group.refresh()

    def first_field(self) -> QWidget | None:
        """The list, or what is open."""
        side = self.pile.currentIndex()
        return (self.groups, self.group.first_field(), self.meeting.first_field())[side]

    def begin_group(self) -> None:
        """An empty form for a new group."""
        self.list_pile.open_form(lambda: group_form(self.desk, None, (self._began, self._form_closed)))

    def open_group(self, group_id: str) -> None:
        """One group."""
        self._show_side(GROUP)
        self.group.open(group_id)

    def show_list(self) -> None:
        """Back to all groups."""
        self.meeting.leave()
        self._show_side(LIST)
        self.rows.ask(lambda session, last, _limit: [] if last is not None else _groups(session))
        self.groups.setFocus()

    def back_to_group(self) -> None:
        """From a meeting to its group; what is typed stays as a draft."""
        self.meeting.leave()
        self._show_side(GROUP)
        self.group.refresh()
        self.group.first_field().setFocus()

    # Inside

    def _lay_out(self) -> None:
        for made in (self.back_button, self.group_button, self.papers, *self.group.actions_at_top):
            self.buttons.addWidget(made)
        for made in (*self.meeting.actions_at_top, self.new_button):
            self.buttons.addWidget(made)
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.groups, 1)
        inside.addWidget(label(_("Enter opens a group. F2 begins a new one."), "help"))
        self.list_pile.addWidget(side)
        for widget in (self.list_pile, self.group, self.meeting):
            self.pile.addWidget(widget)
        self.body.addWidget(self.pile, 1)

    def _columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)
        return (
            Column(_("Name"), lambda group: group.name or ""),
            Column(_("Village"), lambda group: village_words(places, group.village_code, home), width=36),
            Column(_("Members"), lambda group: whole_number(group.members), width=10, right=True),
            Column(_("This cycle began on"), lambda group: show_date(group.cycle_begins_on), width=22),
            Column(_("State"), lambda group: term("group_state", group.state), width=18),
        )

    def _listen(self) -> None:
        self.groups.chosen.connect(self.open_group)
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.rows.refresh_on("SavingsGroup", "GroupMember")
        self.desk.places.ready.connect(self.groups.viewport().update)
        self.group.wants_meeting.connect(self._open_meeting)
        self.group.shown.connect(self._name_it)
        for widget, key, act in (
            (self.list_pile, "F2", self.begin_group),
            (self.group.side, "Esc", self.show_list),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _counted(self, count: int) -> None:
        self.groups.say_when_empty(_("No savings group yet. Press F2."))
        if count and not self.groups.currentIndex().isValid():
            self.groups.selectRow(0)

    def _open_meeting(self, meeting_id: str | None) -> None:
        look = self.group.look
        if look is None or (meeting_id is None and not self.group.meeting_button.isEnabled()):
            return
        self._show_side(MEETING)
        self.meeting.open(look.group.id, meeting_id)

    def _began(self, group_id: Any) -> None:
        self.list_pile.close_form()
        self.open_group(str(group_id))
        self.desk.messages.done(_("Saved. Now add the members: F3."))

    def _form_closed(self) -> None:
        self.list_pile.close_form()
        self.groups.setFocus()

    def _offers(self) -> list[Offer]:
        look = self.group.look
        if look is None:
            return []
        group_id, meeting_id = look.group.id, self.meeting.meeting_id
        if self.pile.currentIndex() == MEETING and meeting_id is not None:
            return [Offer("group_meeting_sheet", group_id, options=(("meeting", meeting_id),))]
        return [Offer(kind, group_id) for kind in ("group_meeting_sheet", "group_share_out", "group_summary")]

    def _name_it(self) -> None:
        look = self.group.look
        if look is not None and self.pile.currentIndex() == GROUP:
            village = village_words(self.desk.places, look.group.village_code, home_of(self.desk))
            state = term("group_state", look.group.state)
            self.set_title(look.group.name or "", " · ".join(part for part in (village, state) if part))

    def _show_side(self, side: int) -> None:
        self.pile.setCurrentIndex(side)
        shown = {
            LIST: (self.new_button,),
            GROUP: (self.back_button, self.papers, *self.group.actions_at_top),
            MEETING: (self.group_button, self.papers, *self.meeting.actions_at_top),
        }
        every = {widget for widgets in shown.values() for widget in widgets}
        for widget in every:
            widget.setVisible(widget in shown[side])
        if side == LIST:
            self.set_title(_("Savings groups"))
        elif side == MEETING and self.group.look is not None:
            self.set_title(self.group.look.group.name or "", _("Meeting"))


def _groups(session: Any) -> list[GroupRow]:
    from resource_centre.services.savings_groups import groups_list

    return groups_list(session)
