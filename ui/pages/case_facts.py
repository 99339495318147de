# SPDX-License-Identifier: Apache-2.0
"""The cards of a case's overview: what is still to be done, the steps so far, what one should know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.pieces import Card, button, column, label
from ui.kit.typed_dates import show_date
from ui.pages.case_words import since_sentence
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.plans import PlanMeasure
    from resource_centre.services.supervision import HandOver
    from resource_centre.services.transitions import Step
    from ui.pages.case_overview import Looked

Go = Callable[[str, str | None], None]
SHOWN = 7
"""What waits longest is shown; the rest is in its own part."""


class Item(NamedTuple):
    """Something that waits, and the part of the case it opens in."""

    part: str
    record_id: str
    what: str
    words: str
    due_on: date | None


def open_items_card(looked: Looked, go: Go) -> Card:
    """Referrals, follow-ups and actions that wait; each opens where it is worked on."""
    card = Card(_("Still to be done"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    items = sorted(_items(looked), key=lambda item: item.due_on or date.max)
    for place, item in enumerate(items[:SHOWN]):
        grid.addWidget(label(item.what, "caption"), place, 0)
        opener = button(item.words, partial(go, item.part, item.record_id), role="link")
        opener.setAccessibleName(f"{item.what}: {item.words}")
        grid.addWidget(opener, place, 1)
        grid.addWidget(_due_label(item.due_on), place, 2)
    if items:
        card.body.addLayout(grid)
    else:
        card.body.addWidget(label(_("Nothing waits in this case."), "muted", wrap=True))
    more = len(items) - SHOWN
    if more > 0:
        words = ngettext("and {n} more, later", "and {n} more, later", more).format(n=more)
        card.body.addWidget(label(words, "muted"))
    return card


def steps_card(steps: list[Step], hand_overs: list[HandOver]) -> Card:
    """Every step of the case and every hand-over, the last one first."""
    from resource_centre.services.cases import why_of

    card = Card(_("Steps so far"))
    lines = [(step.moved_on, term("case_status", step.after), why_of(step), step.who) for step in steps]
    lines += [(one.on, _("To {name}").format(name=one.to or "–"), one.reason or "", one.who) for one in hand_overs]
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    for place, (day, what, why, who) in enumerate(sorted(lines, key=lambda line: line[0], reverse=True)):
        grid.addWidget(label(show_date(day), "muted"), place, 0)
        grid.addWidget(label(what), place, 1)
        said = " · ".join(part for part in (why, who or _("somebody of another centre")) if part)
        grid.addWidget(label(said, "muted", wrap=True), place, 2)
    if lines:
        card.body.addLayout(grid)
    else:
        card.body.addWidget(label(_("The steps of this case were not kept."), "muted", wrap=True))
    return card


def about_card(looked: Looked) -> Card:
    """Since when the person is back, the plan's month, what was agreed to, whether to speak to the officer."""
    card = Card(_("To know"))
    if looked.protected:
        card.body.addWidget(label(_("Special protection: speak to the protection officer first."), "error", wrap=True))
    since = looked.head.since
    _fact(card, _("Back since"), since_sentence(since))
    if since is not None:
        until = show_date(since.rehabilitation_until)
        over = since.rehabilitation_until < today()
        words = _("was possible until {day}") if over else _("possible until {day}")
        _fact(card, _("Rehabilitation by the government"), words.format(day=until))
    _fact(card, _("Reintegration plan"), measure_words(looked.measure))
    agreed = [one.purpose for one in looked.consents if one.standing == "given"]
    words = ", ".join(term("consent_purpose", purpose) for purpose in agreed)
    _fact(card, _("Agreed to"), words or _("Nothing is written down."))
    _fact(card, _("Counsellor"), looked.head.counsellor or _("nobody"))
    case = looked.head.case
    if case.closed_on is not None:
        _fact(card, _("Closed on"), f"{show_date(case.closed_on)} · {term('closure_reason', case.closure_reason)}")
        _fact(card, _("To be kept until"), show_date(case.keep_until) or _("no day is set"))
    return card


def measure_words(measure: PlanMeasure) -> str:
    """Whether the plan was made within a month, or until when that would be."""
    if measure.made_on is None:
        if measure.within is False:
            return _("Not made yet; it was to be made by {day}.").format(day=show_date(measure.due_on))
        return _("To be made by {day}.").format(day=show_date(measure.due_on))
    made = show_date(measure.made_on)
    if measure.within is None:
        return _("Made on {day}; whether within a month is not known.").format(day=made)
    if measure.within:
        return _("Made on {day}, within a month.").format(day=made)
    return _("Made on {day}, later than a month.").format(day=made)


def fact_grid(facts: list[tuple[str, str]], width: int = 170) -> QGridLayout:
    """Captions at the left, what they are about beside them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (caption, words) in enumerate(facts):
        name = label(caption, "caption", wrap=True)
        name.setFixedWidth(width)
        name.setContentsMargins(0, 1, 0, 0)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, wrap=True, selectable=True), place, 1)
    return grid


def _items(looked: Looked) -> Iterator[Item]:
    for referral in looked.referrals:
        words = " · ".join(part for part in (referral.provider, term("referral_status", referral.status)) if part)
        yield Item("referrals", referral.id, _("Referral"), words, referral.due_on)
    for follow_up in looked.follow_ups:
        yield Item("follow_ups", follow_up.id, _("Follow-up"), _follow_up_words(follow_up), follow_up.due_on)
    for action in looked.actions:
        yield Item("plan", action.id, _("Action"), action.action or "", action.due_on)


def _follow_up_words(follow_up: Any) -> str:
    from resource_centre.services.follow_ups import what_for

    return what_for(follow_up.purpose, follow_up.interval, follow_up.session_id)


def _due_label(due_on: date | None) -> Any:
    if due_on is None:
        return label("")
    late = (today() - due_on).days
    if late > 0:
        return label(ngettext("{n} day late", "{n} days late", late).format(n=late), "late")
    return label(_("today") if late == 0 else show_date(due_on), "muted")


def _fact(card: Card, name: str, words: str) -> None:
    card.body.addLayout(column(label(name, "caption"), label(words, wrap=True, selectable=True), gap=2))
