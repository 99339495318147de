# SPDX-License-Identifier: Apache-2.0
"""The cards of one referral: the letter as it will be read, the client's consent, the feedback, the steps so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.flow import FlowLayout
from ui.kit.pieces import WIDE_GAP, Card, label
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.referrals_words import UNSENT, service_words
from ui.pages.wording import phone_words, term

if TYPE_CHECKING:
    from resource_centre.services.referral_letter import LetterItem
    from resource_centre.services.transitions import Step
    from ui.pages.referrals_look import LookedOne


def letter_card(looked: LookedOne) -> Card:
    """The letter: to whom, for what, and exactly what was ticked."""
    letter = looked.letter
    card = Card(_("What the letter tells"))
    if letter.to is not None:
        facts = (letter.to.address, phone_words(letter.to.phone), letter.to.contact_person)
        _fact(card, _("To"), letter.to.name, " · ".join(fact for fact in facts if fact))
    _fact(card, _("Services requested"), service_words(letter.services) or "–")
    for item in letter.items:
        _fact(card, item.label, _item_words(item) or _("nothing is written down"))
    if not letter.items:
        card.body.addWidget(label(_("Nothing about the client is ticked."), "warning", wrap=True))
    if letter.as_code:
        card.body.addWidget(label(_("A case code stands in place of the name."), "help", wrap=True))
    return card


def consent_card(looked: LookedOne) -> Card | None:
    """What the client said, while it still matters or when it was said to this very letter."""
    consent, state = looked.consent.consent, looked.consent.standing
    own = consent is not None and consent.referral_id == looked.referral.id
    if looked.referral.status not in UNSENT and not own:
        return None
    card = Card(_("The client's consent"))
    words = {
        "not_asked": _("Not asked yet. Without it only an emergency may be sent, with a note that says why."),
        "given": _("Given on {day}"),
        "refused": _("Refused on {day}"),
        "withdrawn": _("Withdrawn; it was given on {day}"),
        "expired": _("No longer valid; it was given on {day}"),
    }[state].format(day=show_date(consent.decided_on if consent is not None else None))
    card.body.addWidget(label(words, "agrees" if state == "given" else "", wrap=True))
    if consent is not None:
        said = _("said to this letter") if own else _("said to being referred in general")
        facts = (said, term("consent_mode", consent.mode), consent.witness or "", consent.guardian or "")
        card.body.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True))
    return card


def feedback_card(looked: LookedOne) -> Card | None:
    """The provider's answer, and what came of it for the client."""
    referral = looked.referral
    days = ((_("Received on"), referral.received_on), (_("Served on"), referral.served_on))
    told = [(name, show_date(day)) for name, day in days if day is not None]
    told += [
        (name, words)
        for name, words in (
            (_("Feedback of the provider"), referral.feedback),
            (_("Outcome for the client"), referral.outcome),
            (_("How satisfied the client is"), term("satisfaction", referral.satisfaction)),
        )
        if words
    ]
    if not told:
        return None
    card = Card(_("Feedback"))
    for name, words in told:
        _fact(card, name, words)
    return card


def steps_card(steps: Sequence[Step], states: str = "referral_status") -> Card:
    """Every step so far, the last one first."""
    card = Card(_("Steps so far"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    for place, step in enumerate(steps):
        grid.addWidget(label(show_date(step.moved_on), "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(term(states, step.after)), place, 1, Qt.AlignmentFlag.AlignTop)
        said = " · ".join(part for part in (step.reason, step.who) if part)
        grid.addWidget(label(said, "muted", wrap=True), place, 2)
    card.body.addLayout(grid)
    return card


def flow(buttons: Sequence[QWidget]) -> FlowLayout:
    """Buttons in as many lines as they need."""
    layout = FlowLayout(gap=8)
    for one in buttons:
        layout.addWidget(one)
    return layout


def two_columns(left: Sequence[QWidget], right: Sequence[QWidget]) -> QBoxLayout:
    """Cards beside each other."""
    beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    beside.setSpacing(WIDE_GAP)
    for cards in (left, right):
        column = QVBoxLayout()
        column.setSpacing(WIDE_GAP)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        beside.addLayout(column, 1)
    return beside


def _item_words(item: LetterItem) -> str:
    if item.format == "partial_date":
        return show_partial(item.value)
    return phone_words(item.value) if item.format == "phone" else item.value


def _fact(card: Card, name: str, words: str, more: str = "") -> None:
    card.body.addWidget(label(name, "caption"))
    card.body.addWidget(label(words, wrap=True, selectable=True))
    if more:
        card.body.addWidget(label(more, "muted", wrap=True, selectable=True))
