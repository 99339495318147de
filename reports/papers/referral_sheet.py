# SPDX-License-Identifier: Apache-2.0
"""The referral letter drawn: a page for each copy; the receiver's has the feedback slip to tear off."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether, PageBreak

from reports.kit import styles
from reports.kit.layout import Beside, Rule, space
from reports.kit.qr import QrCode
from reports.kit.text import paragraph
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, text
from reports.papers.pieces import CutLine, Fact, Facts, Lines, SignBoxes, Ticks
from reports.papers.referral import COPIES, ReferralPaper, item_words, service_words
from reports.papers.values import day, phone, place, word
from resource_centre.i18n import _
from resource_centre.services.referral_letter import Addressee, ReferralLetter
from resource_centre.vocabulary import vocabulary

_SLIP_CODE = 58.0


def draw_referral(paper: ReferralPaper) -> bytes:
    """The PDF of a referral letter."""
    return draw_paper(paper.heading, lambda: _story(paper), mark=CONFIDENTIAL)


def _story(paper: ReferralPaper) -> list[Flowable]:
    story: list[Flowable] = []
    for copy in paper.copies:
        story += [*([PageBreak()] if story else []), *_copy(paper, copy)]
    return story


def _copy(paper: ReferralPaper, copy: str) -> list[Flowable]:
    head = FormHead(paper.heading, _(COPIES[copy]))
    if paper.letter is None:
        return [head, *_empty(), *_slip(paper)]
    letter = paper.letter
    body = [head, Facts(_facts(letter), columns=3), *_to(letter.to, copy), *_asked(letter), *_told(letter)]
    signed = _signed(paper, letter)
    return [*body, signed, *(_slip(paper) if copy == "receiver" else _advice() if copy == "client" else [])]


def _facts(letter: ReferralLetter) -> list[Fact]:
    return [
        (_("Date"), day(letter.sent_on or letter.made_on)),
        (_("Urgency"), word("referral_urgency", letter.urgency)),
        (_("Answer expected by"), day(letter.due_on)),
    ]


def _to(to: Addressee | None, copy: str) -> list[Flowable]:
    if to is None:
        return [paragraph(_("To"), styles.TERM_STYLE), Lines(2)]
    where = ", ".join(part for part in (to.address, place(to.place_code)) if part)
    reach: list[Fact] = [(_("Telephone"), phone(to.phone)), (_("Contact person"), to.contact_person or "")]
    if copy == "client":
        reach += [(_("Opening hours"), to.hours or ""), (_("What to bring"), " ".join((to.conditions or "").split()))]
    known = [fact for fact in [(_("To"), to.name), (_("Address"), where), *reach] if fact[1]]
    return [Rule(ink=styles.INK), space(0.3), Facts(known), Rule(ink=styles.INK), space(0.3)]


def _asked(letter: ReferralLetter) -> list[Flowable]:
    services = service_words(letter.services)
    if not services:
        return []
    return [paragraph(_("We ask for"), styles.TERM_STYLE), Ticks([(one, True) for one in services]), space(0.3)]


def _told(letter: ReferralLetter) -> list[Flowable]:
    """What was ticked, short answers beside each other, long ones below."""
    short = [(item.label, item_words(item)) for item in letter.items if item.format != "paragraph"]
    drawn: list[Flowable] = [paragraph(_("About the client, as agreed with the client"), styles.TERM_STYLE), space(0.3)]
    drawn += [Facts(short)] if short else []
    for item in letter.items:
        if item.format == "paragraph" and item.value:
            drawn += [paragraph(item.label, styles.NOTE_STYLE), *text(item.value)]
    ways = (
        (_("How it is sent"), word("referral_delivery", letter.delivery)),
        (_("Transport and company"), letter.escort or ""),
    )
    known = [way for way in ways if way[1]]
    return [*drawn, *([Facts(known)] if known else [])]


def _signed(paper: ReferralPaper, letter: ReferralLetter) -> Flowable:
    whose = letter.by.name if paper.neutral else ", ".join(part for part in (letter.by.name, letter.by.centre) if part)
    return KeepTogether([SignBoxes((_("Sent by"), _("Received by")), names=(whose,), high=44)])


def _advice() -> list[Flowable]:
    return [
        space(0.5),
        paragraph(_("Bring this sheet. Call before you go. Tell us if nobody helps you."), styles.READ_STYLE),
    ]


def _slip(paper: ReferralPaper) -> list[Flowable]:
    """The slip that comes back holds the number and nothing else of the letter."""
    number = paper.heading.number
    title = [
        paragraph(_("Feedback slip"), styles.HEADING_STYLE),
        paragraph(_("Please fill in, tear off and send back."), styles.NOTE_STYLE),
        Facts([(_("Number of the referral"), number), (_("Received on"), "")], width=300, fill=True),
    ]
    head: Flowable = Beside(
        [(styles.CONTENT_WIDTH - _SLIP_CODE - 24, title), (_SLIP_CODE, [QrCode(number, _SLIP_CODE)])]
    )
    answers = [(words, False) for words in (_("Accepted"), _("Waiting"), _("Refused"))]
    boxes = Ticks(answers)
    rows = [Facts([(_("Service given"), ""), (_("Why not, or from when"), "")], fill=True)]
    signed = Facts([(_("Name and signature"), ""), (_("Date"), "")], fill=True)
    return [KeepTogether([CutLine(_("tear off here")), head if number else title[0], boxes, *rows, signed])]


def _empty() -> list[Flowable]:
    """The blank letter: whom to, what for, and only what the client agrees to."""
    items = [(term.label(), False) for term in vocabulary("referral_data")]
    services = [(term.label(), False) for term in vocabulary("referral_service")]
    urgencies = [(term.label(), False) for term in vocabulary("referral_urgency")]
    return [
        Facts([(_("Date"), ""), (_("To"), ""), (_("Address"), ""), (_("Telephone"), "")], fill=True),
        Ticks(urgencies),
        paragraph(_("We ask for"), styles.TERM_STYLE),
        Ticks(services),
        paragraph(_("The client agrees that this is told, and nothing else"), styles.TERM_STYLE),
        Ticks(items),
        Lines(6),
        SignBoxes((_("Client"), _("Sent by")), thumb=(True,), high=44),
    ]
