# SPDX-License-Identifier: Apache-2.0
"""The consent sheet drawn: large plain words, a yes and a no box for each purpose, and room for hand or thumb."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import Rule, space
from reports.kit.text import paragraph
from reports.papers.consent import ConsentPart, ConsentSheet
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper
from reports.papers.pieces import Facts, SignBoxes, Ticks
from reports.papers.values import day
from resource_centre.i18n import _


def draw_consent(sheet: ConsentSheet) -> bytes:
    """The PDF of a consent sheet."""
    return draw_paper(sheet.heading, lambda: _story(sheet), mark=CONFIDENTIAL if sheet.name else "")


def _story(sheet: ConsentSheet) -> list[Flowable]:
    lead = _("You decide, for each point. You may say no: we help you all the same. You may change your mind later.")
    who = Facts([(_("Name"), sheet.name), (_("Number"), sheet.heading.number)], fill=True)
    parts = [KeepTogether(_part(part)) for part in sheet.parts]
    return [FormHead(sheet.heading, lead), *([who] if sheet.name else [_who()]), *parts, _signing(sheet)]


def _who() -> Flowable:
    return Facts([(_("Name"), ""), (_("Date"), "")], fill=True)


def _part(part: ConsentPart) -> list[Flowable]:
    version = _("Text version {version}").format(version=part.version)
    return [
        Rule(ink=styles.INK),
        paragraph(part.title, styles.TERM_STYLE),
        space(0.2),
        paragraph(part.text, styles.READ_STYLE),
        Ticks([(_("Yes, I agree"), part.agreed is True), (_("No, I do not agree"), part.agreed is False)], size=10),
        paragraph(" · ".join(one for one in (version, *_decision(part)) if one), styles.NOTE_STYLE),
        space(0.3),
    ]


def _decision(part: ConsentPart) -> list[str]:
    if part.agreed is None:
        return []
    guardian = ", ".join(one for one in (part.guardian, part.guardian_relation) if one)
    said = [day(part.decided_on), part.mode]
    said.append(_("Witness: {name}").format(name=part.witness) if part.witness else "")
    said.append(_("Guardian: {name}").format(name=guardian) if guardian else "")
    said.append(_("Valid until {day}").format(day=day(part.expires_on)) if part.expires_on else "")
    said.append(_("Withdrawn") if part.standing == "withdrawn" else "")
    return said


def _signing(sheet: ConsentSheet) -> Flowable:
    names = (sheet.name, "", "", sheet.heading.printed_by)
    roles = (_("Client"), _("Guardian (for a child)"), _("Witness"), _("Counsellor"))
    note = paragraph(
        _("A thumbprint counts when a witness signs. A child decides together with a guardian."), styles.NOTE_STYLE
    )
    return KeepTogether([Rule(ink=styles.INK), space(0.3), note, SignBoxes(roles, thumb=(True, True), names=names)])
