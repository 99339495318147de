# SPDX-License-Identifier: Apache-2.0
"""The receipt of a complaint drawn."""

from __future__ import annotations

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.text import paragraph
from reports.papers.complaint import ComplaintReceipt
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper
from reports.papers.pieces import Facts, SignBoxes
from reports.papers.values import day
from resource_centre.i18n import _


def draw_complaint(receipt: ComplaintReceipt) -> bytes:
    """The PDF of a receipt."""
    return draw_paper(receipt.heading, lambda: _story(receipt), mark=CONFIDENTIAL)


def _story(receipt: ComplaintReceipt) -> list[Flowable]:
    facts = [
        (_("Name"), receipt.name),
        (_("Date"), day(receipt.opened_on)),
        (_("Kind of complaint"), receipt.kind),
        (_("Against whom"), receipt.against),
        (_("Amount claimed"), receipt.claimed),
        (_("State"), receipt.status),
        (_("Lodged with"), receipt.lodged_with),
        (_("Lodged on"), day(receipt.lodged_on)),
        (_("Their reference"), receipt.reference),
    ]
    return [
        FormHead(receipt.heading, _("Keep this sheet. With its number you can ask at any time how it goes on.")),
        Facts([fact for fact in facts if fact[1]]),
        space(0.5),
        paragraph(_("We tell you before we pass anything on. You may withdraw the complaint."), styles.READ_STYLE),
        SignBoxes((_("Client"), _("Received by")), thumb=(True,), names=(receipt.name, receipt.heading.printed_by)),
    ]
