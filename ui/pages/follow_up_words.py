# SPDX-License-Identifier: Apache-2.0
"""How a follow-up, its person and the way to reach them are put into words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from resource_centre.i18n import _, ngettext
from ui.kit.pieces import WIDE_GAP, Card, column, label
from ui.kit.places import Places
from ui.pages.wording import age_or_standing, phone_words, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.records import FollowUp
    from resource_centre.services.follow_up_visits import SafeContact, VisitRow


def reach_words(contact: SafeContact) -> str:
    """How to reach somebody, as short as a column: a number that may be called, or what to do instead."""
    if contact.way == "call":
        return phone_words(contact.phone)
    return {"visit": _("visit only"), "ask": _("ask first"), "refused": _("do not contact")}[contact.way]


def late_words(days: int) -> str:
    """ "3 days late", empty for what is not late."""
    if days <= 0:
        return ""
    return ngettext("{n} day late", "{n} days late", days).format(n=whole_number(days))


def tries_words(attempts: int) -> str:
    """How often it was tried in vain, empty for not yet."""
    return ngettext("{n} try in vain", "{n} tries in vain", attempts).format(n=attempts) if attempts else ""


def contact_card(row: VisitRow, places: Places) -> Card:
    """Who it is and where they live, and beside it how they may be reached without harm."""
    card = Card(row.full_name)
    beside = QHBoxLayout()
    beside.setSpacing(WIDE_GAP)
    beside.addLayout(column(*_who(row, places), None, gap=4), 1)
    beside.addLayout(column(*_reach(row.contact), None, gap=4), 1)
    card.body.addLayout(beside)
    return card


def _who(row: VisitRow, places: Places) -> Iterator[QLabel]:
    age = age_or_standing(row.birth_date, row.standing)
    facts = (row.number or "", term("sex", row.sex), age, row.case_number or "")
    yield label(" · ".join(fact for fact in facts if fact), "muted", wrap=True, selectable=True)
    home = ", ".join(part for part in (row.address, village_words(places, row.village_code)) if part)
    if home:
        yield label(home, wrap=True, selectable=True)
    if row.responsible:
        yield label(_("To be done by {name}").format(name=row.responsible), "muted", wrap=True)


def _reach(contact: SafeContact) -> Iterator[QLabel]:
    if contact.way != "call":
        yield label(contact.warning(), "warning", wrap=True)
        return
    yield label(phone_words(contact.phone), "heading", selectable=True)
    told = (
        _("Answers: {who}").format(who=contact.answerer) if contact.answerer else "",
        _("Safe times: {times}").format(times=contact.times) if contact.times else "",
    )
    if any(told):
        yield label(" · ".join(part for part in told if part), wrap=True)
    for words, allowed in _permissions(contact):
        yield label(words, "understood" if allowed else "error", wrap=True)


def _permissions(contact: SafeContact) -> list[tuple[str, bool]]:
    said = []
    if contact.may_leave_message is not None:
        leave = contact.may_leave_message
        said.append((_("✓ We may leave a message.") if leave else _("✕ Leave no message."), leave))
    if contact.may_send_whatsapp is not None:
        send = contact.may_send_whatsapp
        said.append((_("✓ We may send WhatsApp messages.") if send else _("✕ Send no WhatsApp messages."), send))
    return said


def heard_words(done: FollowUp) -> Iterator[str]:
    """What was heard at a follow-up, line by line."""
    from resource_centre.values.money import show_rupiah

    if done.services_received:
        services = ", ".join(term("need", code) for code in done.services_received)
        yield _("Services received: {services}").format(services=services)
    if done.monthly_income is not None:
        yield _("Income: {amount} a month").format(amount=show_rupiah(done.monthly_income))
    for words in (done.challenges, done.actions, done.client_remark, done.counsellor_remark):
        if words:
            yield words
