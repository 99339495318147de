# SPDX-License-Identifier: Apache-2.0
"""One person: who it is, how to reach them safely, what has happened, and what one may do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.form_row import QWIDGETSIZE_MAX
from ui.kit.page import Page
from ui.kit.pieces import WIDE_GAP, button
from ui.pages.person_cards import PersonCards
from ui.pages.person_due import Due
from ui.pages.person_forms import edit_form, episode_form, follow_up_form
from ui.pages.person_timeline import Timeline, Trail
from ui.pages.record_form import RecordForm
from ui.pages.wording import age_words, term, village_words

if TYPE_CHECKING:
    from resource_centre.records import FollowUp
    from resource_centre.services.people import PersonRecord
    from resource_centre.services.timeline import TimelineItem
    from resource_centre.services.trail import TrailEntry

CARDS_WIDTH = 340
ROOM_FOR_BOTH = 820
NOUNS = frozenset(
    {"Person", "Identifier", "Address", "MigrationEpisode", "Case", "Contact", "Service", "CounsellingSession",
     "FollowUp", "Participation"}
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What is read for the page, in one go."""

    record: PersonRecord
    items: list[TimelineItem]
    trail: list[TrailEntry]
    due: tuple[FollowUp, ...]


class PersonPage(Page):
    """Everything about one person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Person"))
        self.person_id: str | None = None
        self.seen: Seen | None = None
        self._resumed = ""
        self.form: RecordForm | None = None
        self._make_again: Callable[[], RecordForm] | None = None
        self.counsel = button(_("Counselling session"), self._counsel, role="main", help="Ctrl+K")
        if not desk.may("counsel"):
            self.counsel.hide()
        self.follow = button(_("Follow-up"), self.plan_follow_up)
        self.stay = button(_("Stay abroad"), self.add_stay)
        self.edit = button(_("Edit"), self.edit_person, help="F4")
        for action in (self.counsel, self.follow, self.stay, self.edit):
            self.buttons.addWidget(action)
        self.due = Due(self._settle)
        self.timeline = Timeline(self._open_item)
        self.trail = Trail()
        self.trail_button = button(_("Show who changed what"), self._show_trail, role="link")
        self.cards = PersonCards(desk.places)
        self.view = self._make_view()
        self.form_place = QVBoxLayout()
        self.body.addWidget(self.view)
        self.body.addLayout(self.form_place)
        self.body.addStretch(1)
        self._keys()
        desk.worker.changed.connect(self._changed)
        desk.places.ready.connect(self._show_again)
        desk.places.wanted()

    def opened(self, subject: object = None) -> None:
        """Show the person with this id; with a form's name beside it, go on with that form."""
        if isinstance(subject, tuple):
            subject, self._resumed = subject
        if isinstance(subject, str) and subject != self.person_id:
            self._close_form()
            self.person_id = subject
            self.seen = None
            self.view.hide()
            self.trail.hide()
            self.trail_button.show()
            self.set_title(_("One moment…"))
        self._read()

    def first_field(self) -> QWidget | None:
        """The keyboard is on the commonest thing to do."""
        return self.counsel

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window what is known stands above what has happened."""
        super().resizeEvent(event)
        narrow = event.size().width() < ROOM_FOR_BOTH
        direction = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(direction)
        self.cards.setMinimumWidth(0 if narrow else CARDS_WIDTH)
        self.cards.setMaximumWidth(QWIDGETSIZE_MAX if narrow else CARDS_WIDTH)

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
            self._open_form(lambda: follow_up_form(self.desk, person_id, self._saved, self._cancelled))

    # Inside

    def _make_view(self) -> QWidget:
        view = QWidget()
        view.setProperty("role", "body")
        left = QVBoxLayout()
        left.setSpacing(WIDE_GAP)
        for part in (self.due, self.timeline, self.trail_button, self.trail):
            left.addWidget(part)
        left.addStretch(1)
        self._beside = inside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addLayout(left, 1)
        inside.addWidget(self.cards)
        view.setLayout(inside)
        self.trail.hide()
        return view

    def _keys(self) -> None:
        for keys, act in (("Ctrl+K", self._counsel), ("F4", self.edit_person)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _read(self) -> None:
        person_id = self.person_id
        if person_id is not None:
            self.desk.worker.read(lambda session: _see(session, person_id), self._show, replaces="person-page")

    def _show(self, seen: Seen) -> None:
        if seen.record.person.id != self.person_id:
            return
        self.seen = seen
        self._show_again()
        self.timeline.show_items(seen.items)
        self.trail.show_entries(seen.trail)
        self.due.show_follow_ups(seen.due)
        self.view.setVisible(self.form is None)
        self._resume()

    def _resume(self) -> None:
        """Open the form that was begun and not saved; it finds its draft by itself."""
        begun, self._resumed = self._resumed, ""
        forms = {"person": self.edit_person, "episode": self.add_stay, "follow_up": self.plan_follow_up}
        if self.form is None and begun in forms:
            forms[begun]()

    def _show_again(self) -> None:
        if self.seen is None:
            return
        record = self.seen.record
        person, home = record.person, record.address
        facts = (
            person.number or "",
            term("sex", person.sex),
            _("{age} years old").format(age=age_words(person.birth_date)) if age_words(person.birth_date) else "",
            village_words(self.desk.places, home.village_code if home else None),
        )
        self.set_title(person.full_name, " · ".join(fact for fact in facts if fact))
        self.cards.show_record(record)

    def _settle(self, follow_up_id: str, result: str | None) -> None:
        self.desk.worker.change(lambda session: _settle(session, follow_up_id, result), self._saved)

    def _counsel(self) -> None:
        if self.person_id is not None:
            self.desk.go("counselling", self.person_id)

    def _open_item(self, item: TimelineItem) -> None:
        if item.record == "CounsellingSession":
            self.desk.go("counselling", ("session", item.record_id))
        elif item.record == "TrainingEvent":
            self.desk.go("training", item.record_id)

    def _show_trail(self) -> None:
        self.trail_button.hide()
        self.trail.show()

    def _open_form(self, make: Callable[[], RecordForm], typed: dict[str, Any] | None = None) -> None:
        self._close_form()
        self.form = form = make()
        self._make_again = make
        self.view.hide()
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

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.keeper.write_now()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._enable_actions(True)
        self.view.setVisible(self.seen is not None)

    def _enable_actions(self, enabled: bool) -> None:
        for action in (self.counsel, self.follow, self.stay, self.edit):
            action.setEnabled(enabled)

    def _saved(self, _result: Any) -> None:
        self._close_form()
        self.desk.messages.done(_("Saved."))
        self._read()

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if not NOUNS.isdisjoint(changed) and self.isVisible():
            self._read()


def _see(session: Any, person_id: str) -> Seen:
    from sqlalchemy import select

    from resource_centre.records import FollowUp
    from resource_centre.services.people import person_record
    from resource_centre.services.timeline import timeline
    from resource_centre.services.trail import trail_of

    still_open = (FollowUp.person_id == person_id, FollowUp.done_on.is_(None), FollowUp.voided.is_(False))
    return Seen(
        record=person_record(session, person_id),
        items=timeline(session, person_id),
        trail=trail_of(session, person_id),
        due=tuple(session.scalars(select(FollowUp).where(*still_open).order_by(FollowUp.due_on))),
    )


def _settle(session: Any, follow_up_id: str, result: str | None) -> None:
    from resource_centre.services.follow_ups import mark_done

    mark_done(session, follow_up_id, result=result)
