# SPDX-License-Identifier: Apache-2.0
"""The referral letter in its copies, and the slip that comes back: exactly what was ticked, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, refuse_others
from reports.papers.values import partial_day, phone
from resource_centre.i18n import N_, _
from resource_centre.services.referral_letter import LetterItem, ReferralLetter, letter_of
from resource_centre.vocabulary import vocabulary

COPIES: Final[dict[str, str]] = {
    "receiver": N_("Copy for the receiver"),
    "client": N_("Copy for the client"),
    "sender": N_("Copy for the sender"),
}
"""Who keeps which copy (IASC: three of them), and what stands on it."""


@dataclass(frozen=True)
class ReferralPaper:
    """The letter in as many copies as asked for. Without a `letter` it is a blank one."""

    heading: Heading
    copies: tuple[str, ...]
    letter: ReferralLetter | None = None

    @property
    def neutral(self) -> bool:
        """Whether the centre's name is left out."""
        return not self.heading.centre


def blank_referral(centre: str = "") -> ReferralPaper:
    """The letter to be written by hand, in the active language; needs no centre."""
    return ReferralPaper(blank_heading(_("Referral letter"), centre), ("receiver",))


def referral_paper(
    session: Session, referral_id: str, *, copies: Sequence[str] = tuple(COPIES), neutral: bool = False
) -> ReferralPaper:
    """The letter of a referral in the active language; `neutral` leaves the centre's name out.

    Raises `Refused` for accounts that do no case work.
    """
    refuse_others(session)
    letter = letter_of(session, referral_id)
    heading = heading_of(session, _("Referral letter"), letter.number, neutral=neutral)
    return ReferralPaper(heading, tuple(copies), letter)


def item_words(item: LetterItem) -> str:
    """An item's value as it is printed."""
    if item.format == "partial_date":
        return partial_day(item.value)
    return phone(item.value) if item.format == "phone" else item.value


def service_words(codes: Sequence[str]) -> tuple[str, ...]:
    """The services asked for."""
    return tuple(vocabulary("referral_service").label(code) for code in codes)
