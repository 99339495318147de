# SPDX-License-Identifier: Apache-2.0
"""Household money on paper: what a family takes home of a goal, a month, a plan out of debt, money sent home.

All four have one shape, a `MoneySheet`: a few large figures, sentences, tables, and who agreed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, refuse_others, seen_person
from resource_centre.i18n import _


@dataclass(frozen=True)
class Figure:
    """A large figure, what it is, and a word more."""

    value: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class MoneyTable:
    """Heads and rows of words; the columns named in `numeric` stand at the right. `strong` rows are sums.

    `empty` rows are left to write in.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    empty: int = 0


@dataclass(frozen=True)
class MoneySheet:
    """One sheet. Without a number in its heading it is a blank one."""

    heading: Heading
    lead: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...] = ()
    said: tuple[str, ...] = ()
    tables: tuple[MoneyTable, ...] = ()
    name: str = ""
    signers: tuple[str, ...] = ()


def head_of(session: Session, person_id: str, title: str) -> tuple[Heading, str]:
    """The head of a sheet and the client's name. Raises `Refused` for accounts that do no case work."""
    refuse_others(session)
    person = seen_person(session, person_id)
    return heading_of(session, title, person.number), person.full_name or ""


def blank_sheet(
    title: str, centre: str, lead: str, facts: tuple[str, ...], tables: tuple[MoneyTable, ...], signers: tuple[str, ...]
) -> MoneySheet:
    """A sheet to be written by hand; needs no centre."""
    empty = tuple((name, "") for name in facts)
    return MoneySheet(blank_heading(title, centre), lead, empty, tables=tables, signers=signers)


def family_signs() -> tuple[str, ...]:
    """Who signs a sheet of the family."""
    return _("Client"), _("Family"), _("Counsellor")
