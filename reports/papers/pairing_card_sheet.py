# SPDX-License-Identifier: Apache-2.0
"""A pairing card drawn: what to do with it, a large square code, and its text for where no camera is."""

from __future__ import annotations

from typing import Final

from reportlab.platypus import Flowable

from reports.kit import styles, words
from reports.kit.layout import space
from reports.kit.qr import QrCode, squares
from reports.kit.text import paragraph
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading
from reports.papers.pairing_card import PairingCard
from reports.papers.pieces import Facts
from resource_centre.i18n import _, language

_CODE: Final = 300.0
"""Width of the square code in points: some hundred modules of a millimetre."""
_LINE: Final = 64
"""Letters of the text on one line."""


def draw_pairing_card(card: PairingCard) -> bytes:
    """The PDF of a card; neither its title nor its metadata names anybody."""
    return draw_paper(card.heading, lambda: _story(card), mark=CONFIDENTIAL)


def _story(card: PairingCard) -> list[Flowable]:
    lead = _("Good for one computer. Choose “Join a centre with a card” on it, and read in this card.")
    if not card.login:  # of a centre that joins a head office, where nobody signs in anew
        lead = _("Good for one centre. Choose “Join a head office” there, under “More”, and read in this card.")
    until = words.long_date(card.until, language()) if card.until else ""
    facts = [(_("For"), card.laptop), (_("Signs in as"), card.login), (_("May exchange until"), until)]
    code = [QrCode(card.text, _CODE)] if squares(card.text) else []
    lines = [card.text[at : at + _LINE] for at in range(0, len(card.text), _LINE)]
    return [
        FormHead(card.heading, lead, coded=False),
        Facts([fact for fact in facts if fact[1]]),
        space(0.6),
        *code,
        *subheading(_("The same as text")),
        *(paragraph(line, styles.NOTE_STYLE) for line in lines),
    ]
