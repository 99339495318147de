# SPDX-License-Identifier: Apache-2.0
"""What stands on a pairing card: for which laptop, who signs in there, until when, and the card itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of
from resource_centre.i18n import _


@dataclass(frozen=True)
class PairingCard:
    """One card. `text` is what a computer reads, as a square code and, where that fails, typed or copied."""

    heading: Heading
    text: str = field(repr=False)
    laptop: str
    login: str
    until: dt.date | None


def pairing_card(
    session: Session,
    on: dt.date,
    *,
    card: str,
    laptop: str,
    login: str = "",
    until: dt.date | None = None,
) -> PairingCard:
    """The card of an invitation, printed on a day."""
    return PairingCard(heading_of(session, _("Pairing card"), on.isoformat()), card, laptop, login, until)
