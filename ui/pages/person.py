# SPDX-License-Identifier: Apache-2.0
"""One person: who it is, how to reach them safely, their whole story, and the ways to the work with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from resource_centre.records import Contact, Logged, Service
from resource_centre.values.standing import DEAD
from ui.kit.desk import Desk
from ui.kit.form_row import QWIDGETSIZE_MAX
from ui.kit.page import Page, scrolling
from ui.kit.pieces import WIDE_GAP, Card, button, label
from ui.kit.reading_order import in_reading_order
from ui.pages.attachments_panel import AttachmentsPanel
from ui.pages.family_panel import FamilyPanel
from ui.pages.papers import Offer, PapersButton
from ui.pages.person_cards import PersonCards, ReachCard
from ui.pages.person_due import Due
from ui.pages.person_erasing import ask_and_erase, may_erase
from ui.pages.person_forms import edit_form, episode_form, existing_record, follow_up_form, record_form
from ui.pages.person_hub import CaseCard, IntakeCard
from ui.pages.person_money import MoneyCard
from ui.pages.person_questionnaires import QuestionnairesCard
from ui.pages.person_seen import HERE, Seen, place_of, see
from ui.pages.person_timeline import Timeline, Trail
from ui.pages.record_form import RecordForm
from ui.pages.wording import age_words, term, village_words
from ui.shell_pages import NEEDS, PAGES

if TYPE_CHECKING:
    from resource_centre.services.timeline import TimelineItem

CARDS_WIDTH = 356
ROOM_FOR_BOTH = 820
STORY_HEIGHT = 460
DESK: dict[str, tuple[type[Logged], str]] = {"Contact": (Contact, N_("Contact")), "Service": (Service, N_("Service"))}
QUIET_NOUNS = frozenset({"Draft", "LocalSetting", "ImportRow", "ImportBatch", "Account", "CentreProfile", "Provider"})
"""Changes that no page of a person shows."""


class PersonPage(Page):
    """Opens an id; ``(id, form)`` goes on with a form, ``(id, "attachment", id)`` opens one file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Person"), scrolls=False)
        self.person_id: str | None = None
        self.seen: Seen | None = None
        self._resumed = ""
        self._narrow: bool | None = None
        self._return_to: QWidget = self
        self.form: RecordForm | None = None
        self._make_again: Callable[[], RecordForm] | None = None
        self._make_buttons()
        self.due = Due(self._settle, lambda follow_up_id: self.desk.go("follow_ups", follow_up_id))
        self.timeline = Timeline(desk.worker, desk.theme, self._open_item, self._opens)
        self.trail = Trail()
        self.trail_button = button(_("Show who changed what"), self._show_trail, role="link")
        self.erase_button = button(_("Erase this person for ever…"), self._erase, role="link")
        self.reach, self.cards = ReachCard(), PersonCards(desk.places)
        self.case_card, self.intake_card = CaseCard(desk), IntakeCard(desk)
        self.questionnaires, self.money = QuestionnairesCard(desk), MoneyCard(desk)
        self.family, self.attachments = FamilyPanel(desk), AttachmentsPanel(desk)
        self.protection = self._protection_line()
        self.view = self._make_view()
        self.form_place = QVBoxLayout()
        self.form_area = scrolling(self.form_place)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.form_area, 1)
        self.form_area.hide()
        self._keys()
        desk.worker.changed.connect(self._changed)
        desk.places.ready.connect(self._show_again)
        desk.places.wanted()

    def opened(self, subject: object = None) -> None:
        """Show the person with this id; with a form's name beside it, go on with that form."""
        if isinstance(subject, tuple):
            subject, self._resumed, *record = subject
            if self._resumed == "attachment" and record:
                self.attachments.open_record(str(record[0]))
        if isinstance(subject, str) and subject != self.person_id:
            self._close_form()
            self.person_id = subject
            self.seen = None
            self.view.hide()
            self.trail.hide()
            self.trail_button.show()
            self.set_title(_("One moment…"))
        self._read()
        if self.person_id is not None:
            self.family.show_person(self.person_id)
            if self.desk.may("train"):
                self.questionnaires.show_person(self.person_id)
            if self.desk.may("counsel"):
                self.attachments.show_person(self.person_id)
                self.money.show_person(self.person_id)

    def first_field(self) -> QWidget | None:
        """The keyboard is on the commonest thing to do."""
        return self.counsel

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the story stands among the cards, and all of it scrolls."""
        super().resizeEvent(event)
        narrow = event.size().width() < ROOM_FOR_BOTH
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._cards.insertWidget(self._cards.indexOf(self.reach) + 1, self._left)
        else:
            self._beside.insertWidget(0, self._left, 1)
        self._left.setMinimumHeight(STORY_HEIGHT if narrow else 0)
        self._right.setMinimumWidth(0 if narrow else CARDS_WIDTH)
        self._right.setMaximumWidth(QWIDGETSIZE_MAX if narrow else CARDS_WIDTH)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab as one reads: cards are drawn anew, so their buttons would come last."""
        if self.form is None:
            header = (self.counsel, self.follow, self.refer_button, self.stay, self.edit, self.papers)
            in_reading_order(*header, *(() if self._narrow else (self._left,)), self._right)
        return super().focusNextPrevChild(forward)

    def edit_person(self) -> None:
        """Change what is known."""
        if self.seen is not None:
            record = self.seen.record
            self._open_form(lambda: edit_form(self.desk, record, self._saved, self._cancelled))

    def add_stay(self) -> None:
        """Write down one more stay abroad."""
        person_id = self.person_id
        if person_id is not None:
            self._open_form(lambda: episode_form(self.desk, person_id, self._saved, self._cancelled))

    def plan_follow_up(self) -> None:
        """Plan to hear of the person again."""
        person_id = self.person_id
        if person_id is not None:
            people = self.seen.colleagues if self.seen is not None else ()
            self._open_form(lambda: follow_up_form(self.desk, person_id, people, self._saved, self._cancelled))

    def refer(self) -> None:
        """Begin a referral: in the case that is open, else of the person alone."""
        if self.seen is None:
            return
        open_case = next((case for case in self.seen.record.cases if case.closed_on is None), None)
        if open_case is not None and self.desk.may("counsel"):
            self.desk.go("case", (open_case.id, "referrals", "new"))
        else:
            self.desk.go("referrals", ("new", self.seen.record.person.id))

    # Inside

    def _make_buttons(self) -> None:
        self.counsel = button(_("Counselling session"), self._counsel, role="main", help="Ctrl+K")
        if not self.desk.may("counsel"):
            self.counsel.hide()
        self.follow = button(_("Follow-up"), self.plan_follow_up)
        self.refer_button = button(_("Refer"), self.refer)
        if not self.desk.may("refer"):
            self.refer_button.hide()
        self.stay = button(_("Stay abroad"), self.add_stay)
        self.edit = button(_("Edit"), self.edit_person, help="F4")
        self.papers = PapersButton(self.desk, self._offers, lambda: self.person_id)
        for action in (self.counsel, self.follow, self.refer_button, self.stay, self.edit, self.papers):
            self.buttons.addWidget(action)

    def _offers(self) -> list[Offer]:
        """The papers about the person, and about the case that is open."""
        if self.seen is None:
            return []
        person = self.seen.record.person
        offers = [Offer("intake", person.id), Offer("consent", person.id)]
        cases = [case for case in self.seen.record.cases if case.closed_on is None] or [*self.seen.record.cases]
        if cases and self.desk.may("counsel"):
            offers += [Offer("case_summary", cases[0].id), Offer("closing", cases[0].id)]
        return [*offers, *(Offer("appointment", one.id) for one in self.seen.due[:1])]

    def _protection_line(self) -> Card:
        card = Card(_("Protection"))
        card.body.addWidget(label(_("Speak to the protection officer."), "warning", wrap=True))
        card.hide()
        return card

    def _make_view(self) -> QWidget:
        view = QWidget()
        view.setMinimumWidth(1)  # else two columns side by side would keep the window from becoming narrow
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(WIDE_GAP)
        left.addWidget(self.due)
        left.addWidget(self.timeline, 1)
        self._right = self._make_right()
        self._beside = QHBoxLayout(view)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(WIDE_GAP)
        self._beside.addWidget(self._left, 1)
        self._beside.addWidget(self._right, 1)
        self.trail.hide()
        return view

    def _make_right(self) -> QScrollArea:
        self._cards = cards = QVBoxLayout()
        cards.setSpacing(WIDE_GAP)
        works = self.desk.may("counsel")
        for part, offered in (
            (self.protection, True), (self.case_card, works), (self.reach, True),
            (self.questionnaires, self.desk.may("train")), (self.money, works), (self.family, True),
            (self.attachments, works), (self.intake_card, self.desk.may("register")), (self.cards, True),
            (self.trail_button, True), (self.trail, True), (self.erase_button, may_erase(self.desk)),
        ):  # fmt: skip
            cards.addWidget(part)
            if not offered:
                part.hide()
        cards.addStretch(1)
        return scrolling(cards)

    def _keys(self) -> None:
        for keys, act in (("Ctrl+K", self._counsel), ("F4", self.edit_person)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _read(self) -> None:
        person_id = self.person_id
        if person_id is not None:
            self.desk.worker.read(lambda session: see(session, person_id), self._show, replaces="person-page")

    def _show(self, seen: Seen) -> None:
        if self.person_id not in (seen.asked, seen.record.person.id):
            return
        if seen.record.person.id != self.person_id:
            # Everything of the page is asked for under the id that stands for the person.
            self.opened(seen.record.person.id)
            return
        self.seen = seen
        self._show_again()
        self.timeline.show_items(seen.items)
        self.trail.show_entries(seen.trail)
        self.due.show_follow_ups(seen.due)
        self.protection.setVisible(seen.protected)
        for card in (self.case_card, self.intake_card):
            card.show_seen(seen)
        self.view.setVisible(self.form is None)
        self._resume()

    def _resume(self) -> None:
        """Open the form that was begun and not saved; it finds its draft by itself."""
        begun, self._resumed = self._resumed, ""
        forms = {"person": self.edit_person, "episode": self.add_stay, "follow_up": self.plan_follow_up}
        if self.form is not None or not begun:
            return
        if begun in forms:
            forms[begun]()
        for record, heading in DESK.values():
            name, _mark, record_id = begun.partition("_")
            if name == record.__tablename__ and record_id:
                self._open_record(record, record_id, heading)

    def _show_again(self) -> None:
        if self.seen is None:
            return
        record = self.seen.record
        person, home = record.person, record.address
        gone = person.standing == DEAD
        age = "" if gone else age_words(person.birth_date)
        facts = (
            person.number or "",
            term("sex", person.sex),
            term("person_standing", DEAD) if gone else "",
            _("{age} years old").format(age=age) if age else "",
            village_words(self.desk.places, home.village_code if home else None),
        )
        self.set_title(person.full_name, " · ".join(fact for fact in facts if fact))
        self.reach.show_record(record)
        self.cards.show_record(record)

    def _settle(self, follow_up_id: str, result: str | None) -> None:
        self.desk.worker.change(lambda session: _settle(session, follow_up_id, result), self._saved)

    def _counsel(self) -> None:
        if self.person_id is not None:
            self.desk.go("counselling", self.person_id)

    def _open_item(self, item: TimelineItem) -> None:
        """Where it was made; what was made here opens here."""
        if item.record == "Attachment":
            self.attachments.look(item.record_id)
        elif item.record in DESK:
            record, heading = DESK[item.record]
            self._open_record(record, item.record_id, heading)
        elif item.record in ("Person", "Address"):
            self.edit_person()
        elif (place := self._place_of(item)) is not None:
            self.desk.go(*place)

    def _open_record(self, record: type[Logged], record_id: str, heading: str) -> None:
        """A contact or a service of any day, as it was written at the front desk."""

        def show(found: Any) -> None:
            self._open_form(lambda: record_form(self.desk, _(heading), found, self._saved, self._cancelled))

        self.desk.worker.read(lambda session: existing_record(session, record, record_id), show, owner=self)

    def _opens(self, item: TimelineItem) -> bool:
        return item.record in HERE or self._place_of(item) is not None

    def _place_of(self, item: TimelineItem) -> tuple[str, object] | None:
        cases = self.seen.cases if self.seen is not None else {}
        place = place_of(item, cases, self.person_id or "")
        if place is None or place[0] not in PAGES or not self.desk.may(NEEDS.get(place[0], "desk")):
            return None
        return place

    def _show_trail(self) -> None:
        self.trail_button.hide()
        self.trail.show()

    def _erase(self) -> None:
        if self.person_id is not None:
            ask_and_erase(self.desk, self.person_id, self, self._erased)

    def _erased(self) -> None:
        self.person_id = self.seen = None
        self.view.hide()
        self.desk.go("people")

    def _open_form(self, make: Callable[[], RecordForm], typed: dict[str, Any] | None = None) -> None:
        self._close_form()
        focused = self.focusWidget()
        self._return_to = (
            focused if isinstance(focused, QPushButton) and self._is_action(focused) else self.timeline.view
        )
        self.form = form = make()
        self._make_again = make
        self.view.hide()
        self.form_area.show()
        self._enable_actions(False)
        self.form_place.addWidget(form)
        form.show()  # else it could not take the keyboard yet
        form.begin(typed)

    def _cancelled(self) -> None:
        """What was typed is let go, but not before one could think again."""
        form, make, person_id = self.form, self._make_again, self.person_id
        self._close_form()
        if form is None or make is None or not form.touched:
            return
        typed = form.form.typed()

        def bring_back() -> None:
            if self.person_id == person_id:
                self._open_form(make, typed)

        self.desk.messages.tell(_("What you typed was not saved."), "info", (_("Bring it back"), bring_back))

    def _is_action(self, widget: QWidget) -> bool:
        return self.buttons.indexOf(widget) >= 0

    def _close_form(self) -> None:
        had_keyboard = self.form is not None and self.form.isAncestorOf(self.focusWidget())
        if self.form is not None:
            self.form.keeper.write_now()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.form_area.hide()
        self._enable_actions(True)
        self.view.setVisible(self.seen is not None)
        if had_keyboard:
            self._return_to.setFocus()

    def _enable_actions(self, enabled: bool) -> None:
        for action in (self.counsel, self.follow, self.refer_button, self.stay, self.edit):
            action.setEnabled(enabled)

    def _saved(self, _result: Any) -> None:
        self._close_form()
        self.desk.messages.done(_("Saved."))
        self._read()

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if changed.keys() - QUIET_NOUNS and self.isVisible():
            self._read()


def _settle(session: Any, follow_up_id: str, result: str | None) -> None:
    from resource_centre.services.follow_up_attempts import settle

    settle(session, follow_up_id, result)
