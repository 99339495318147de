# SPDX-License-Identifier: Apache-2.0
"""Complaints of a case, or of a person without one: opened, lodged, followed until the money is back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton

from resource_centre.clock import today
from resource_centre.currencies import amount_words
from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, label, row
from ui.kit.typed_dates import show_date
from ui.pages import case_complaint_forms as forms
from ui.pages.attachments_panel import AttachmentsPanel
from ui.pages.case_complaint_look import LookedAll, LookedOne, look_all, look_one
from ui.pages.papers import paper_button
from ui.pages.referrals_cards import flow, steps_card, two_columns
from ui.pages.referrals_part import OneOfMany
from ui.pages.wording import term, whole_number

SPECIAL = "PERLINDUNGAN_KHUSUS"
OPEN = ("draf", "baru", "dikirim", "ditindaklanjuti", "proses")


class ComplaintsPart(OneOfMany):
    """Part of the page of a case, and of the page of referrals."""

    NOUNS: ClassVar[frozenset[str]] = frozenset({"Complaint", "Transition"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        shortcut = QShortcut(QKeySequence("F4"), self.frame, self.edit)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self, **links: Any) -> None:
        """Open an empty form."""
        whole = {"case_id": self.case_id, **links} if self.case_id else dict(links)
        self.one = None
        self.open_form(lambda: forms.complaint_form(self.desk, self.person_id, whole, None, self.saved, self.cancelled))

    def edit(self) -> None:
        """Change what it tells, such as the amounts."""
        looked = self.looked
        if isinstance(looked, LookedOne):
            complaint = looked.complaint
            self.open_form(
                lambda: forms.complaint_form(self.desk, self.person_id, {}, complaint, self.saved, self.cancelled)
            )

    def look_all(self, session: Any) -> LookedAll:
        """Read the list."""
        return look_all(session, self.person_id, self.case_id or None)

    def look_one(self, session: Any, record_id: str) -> LookedOne:
        """Read one."""
        return look_one(session, record_id)

    # The list

    def show_all(self, looked: LookedAll) -> None:
        """All complaints, newest first, and what they come to per currency."""
        card = Card(_("Complaints"))
        self.main_button = button(_("New &complaint"), self.begin, role="main")
        if looked.rows:
            card.body.addLayout(self._grid(looked))
            for one in looked.amounts:
                card.body.addWidget(label(amounts_words(one), "muted", wrap=True))
        else:
            card.body.addWidget(label(_("No complaint was written down."), "muted", wrap=True))
        card.body.addSpacing(4)
        card.body.addLayout(row(self.main_button, None))
        self.view.addWidget(card)

    def _grid(self, looked: LookedAll) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(looked.rows):
            words = term("complaint_type", one.complaint_type)
            state = term("complaint_status", one.status)
            grid.addWidget(label(show_date(one.opened_on), "muted"), place, 0)
            opener = button(words, partial(self.open_record, one.id), role="link", name=f"{words}, {state}")
            grid.addWidget(opener, place, 1)
            facts = (one.lodged_with, term("complaint_result", one.result))
            grid.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True), place, 2)
            late = one.days_late(today())
            grid.addWidget(label(late_words(late), "error") if late else label(state), place, 3)
            claimed = amount_words(one.claimed, one.currency)
            grid.addWidget(label(claimed), place, 4, Qt.AlignmentFlag.AlignRight)
        return grid

    # One

    def show_one(self, looked: LookedOne) -> None:
        """One complaint: where it stands and what comes next; amounts; where it was lodged."""
        self.view.addLayout(row(button(_("All complaints"), self.to_list, role="link", help="Esc"), None))
        left = [self._state_card(looked), steps_card(looked.steps, "complaint_status")]
        right = [_amounts_card(looked), _told_card(looked), self._files(looked)]
        self.view.addLayout(two_columns(left, [one for one in right if one is not None]))

    def _files(self, looked: LookedOne) -> Card | None:
        """Receipts and letters of this complaint."""
        if not self.desk.may("counsel"):
            return None
        files = AttachmentsPanel(self.desk, _("Receipts and letters"))
        files.show_person(self.person_id, about="Complaint", about_id=looked.complaint.id)
        return files

    def _state_card(self, looked: LookedOne) -> Card:
        complaint = looked.complaint
        card = Card(term("complaint_status", complaint.status))
        card.body.addWidget(label(term("complaint_type", complaint.complaint_type), wrap=True))
        facts = (complaint.number or "", show_date(complaint.opened_on), term("complaint_result", complaint.result))
        card.body.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True))
        if complaint.complaint_type == SPECIAL:
            words = _("Special protection: speak to the protection officer first.")
            card.body.addWidget(label(words, "error", wrap=True))
        late = looked.row.days_late(today())
        if late:
            said = _("To be followed up: {late}").format(late=late_words(late))
            card.body.addWidget(label(said, "error", wrap=True))
        steps = self._steps(looked)
        if steps:
            self.main_button = steps[0]
            card.body.addSpacing(4)
            card.body.addLayout(flow(steps))
        return card

    def _steps(self, looked: LookedOne) -> list[QPushButton]:
        status = looked.complaint.status or ""
        lodge = (_("Lodge it…"), forms.lodge_form)
        follow = (_("Followed up…"), forms.follow_up_form)
        resolve = (_("There is a result…"), forms.resolve_form)
        close = (_("Close…"), forms.close_form)
        reopen = (_("Take it up again…"), forms.reopen_form)
        offered: dict[str, list[tuple[str, Callable[..., Any]]]] = {
            "draf": [lodge, close],
            "baru": [lodge, follow, resolve, close],
            "dikirim": [follow, resolve, close],
            "ditindaklanjuti": [follow, resolve, close],
            "proses": [follow, resolve, close],
            "selesai": [close, reopen],
            "ditutup": [reopen],
        }
        made = [
            button(words, self._form(make, looked), role="main" if place == 0 else "")
            for place, (words, make) in enumerate(offered.get(status, []))
        ]
        receipt = paper_button(self.desk, "complaint", lambda: looked.complaint.id, words=_("Print the receipt…"))
        return [*made, button(_("Change"), self.edit, help="F4"), receipt]

    def _form(self, make: Callable[..., Any], looked: LookedOne) -> Callable[[], None]:
        return lambda: self.open_form(lambda: make(self.desk, looked.complaint, self.saved, self.cancelled))


def late_words(days: int) -> str:
    """For how many days somebody should have asked."""
    return ngettext("{n} day late", "{n} days late", days).format(n=whole_number(days))


def amounts_words(one: Any) -> str:
    """What was claimed, awarded and recovered in one currency, as far as there is any."""
    told = (
        (_("claimed {amount}"), one.claimed),
        (_("awarded {amount}"), one.awarded),
        (_("recovered {amount}"), one.recovered),
    )
    return ", ".join(words.format(amount=amount_words(amount, one.currency)) for words, amount in told if amount)


def _amounts_card(looked: LookedOne) -> Card | None:
    complaint = looked.complaint
    told = [
        (name, amount_words(amount, complaint.currency))
        for name, amount in (
            (_("Amount claimed"), complaint.claimed),
            (_("Amount awarded"), complaint.awarded),
            (_("Amount recovered"), complaint.recovered),
        )
        if amount is not None
    ]
    if not told:
        return None
    card = Card(_("Money"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setColumnStretch(2, 1)
    for place, (name, amount) in enumerate(told):
        grid.addWidget(label(name, "muted"), place, 0)
        grid.addWidget(label(amount), place, 1, Qt.AlignmentFlag.AlignRight)
    card.body.addLayout(grid)
    if complaint.recovered_on is not None:
        said = _("Recovered on {day}").format(day=show_date(complaint.recovered_on))
        card.body.addWidget(label(said, "muted"))
    return card


def _told_card(looked: LookedOne) -> Card | None:
    complaint = looked.complaint
    told = [
        (name, words)
        for name, words in (
            (_("Against whom"), term("complaint_party", complaint.against)),
            (_("What happened"), complaint.account),
            (_("Lodged with"), complaint.lodged_with),
            (_("Lodged on"), show_date(complaint.lodged_on)),
            (_("Their reference"), complaint.reference),
            (_("Legal step"), term("legal_step", complaint.legal_step)),
        )
        if words
    ]
    if not told:
        return None
    card = Card(_("What is known"))
    for name, words in told:
        card.body.addWidget(label(name, "caption"))
        card.body.addWidget(label(words, wrap=True, selectable=True))
    return card
