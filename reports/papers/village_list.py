# SPDX-License-Identifier: Apache-2.0
"""The village list: people who have come home, written down by hand in the order in which they are keyed in.

Every list that is printed bears a number of its own, so that a sheet is copied once and can be found again later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of
from reports.papers.values import village
from resource_centre.access import viewer_of
from resource_centre.exchange.identity import own_device
from resource_centre.i18n import _
from resource_centre.registers.village_list import ROWS, numbered, sheet_number
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class VillageList:
    """One sheet with its front and its back. The heading's number is that of the device that prints it."""

    heading: Heading
    village: str = ""
    rows: int = ROWS

    @property
    def sheet(self) -> str:
        """The number of this sheet; nothing on one that was printed without a centre."""
        copy = self.heading.copy
        return sheet_number(self.heading.number, copy) if copy is not None and self.heading.number else ""


def village_list(session: Session, _on: dt.date) -> VillageList:
    """A list of the open centre; whoever is bound to one village finds it written there."""
    bound = viewer_of(session).bound or frozenset()
    home = village(next(iter(bound))) if len(bound) == 1 else ""
    return VillageList(heading_of(session, _("Village list"), own_device(session.connection())), home)


def blank_village_list(centre: str = "") -> VillageList:
    """A list without a number; whoever fills it in gives it one."""
    return VillageList(blank_heading(_("Village list"), centre))


def legend() -> list[tuple[str, str]]:
    """The code lists a collector needs: what each is called, and its short numbers with their words."""
    lists = (
        (_("Education"), "education"),
        (_("Marital status"), "marital_status"),
        (_("Country"), "country"),
        (_("Work"), "occupation"),
    )
    return [(words, " · ".join(_with_number(name))) for words, name in lists]


def _with_number(name: str) -> Iterator[str]:
    for number, term in numbered(name).items():
        # A number is never at the end of a line and its word on the next one.
        yield f"{number}\u00a0" + term.label().replace(" ", "\u00a0")


def sexes() -> str:
    """How the sexes are written: "L/P" or "M/F"."""
    return "/".join(vocabulary("sex").label(code)[:1] for code in ("L", "P"))
