# SPDX-License-Identifier: Apache-2.0
"""What the centre knows about a sheet of a village list: rows taken in before, and what a copied one would bring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.records import Contact, ImportBatch, ImportRow, Person
from resource_centre.registers.importing import preview
from resource_centre.registers.people import REASONS
from resource_centre.registers.rows import Row, Understood
from resource_centre.registers.village_list import ListSheet, columns

LEFT_OUT: Final = N_("This line would be taken for a heading, a total or a note, and left out.")
_ROW = re.compile(r"(\d+)$", re.ASCII)


@dataclass(frozen=True)
class RowSays:
    """What one row would bring: its status as in a dry run, what is wrong in its columns, whom it may be about."""

    status: str
    wrong: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By column: severity ("error" or "warning") and the sentence."""
    about: str = ""


def rows_taken(session: Session, sheet: str) -> dict[int, str]:
    """The rows of a sheet that were taken in before, by their numbers, each with the name that stands in it.

    What this account has imported itself, and every visit in its sight that names the sheet, whoever copied it.
    """
    told = sa.select(Contact.reason, Person.full_name).join(Person, Person.id == Contact.person_id)
    told = told.where(Contact.reason.like(f"% {sheet}, %"), Contact.voided.is_(False))
    seen = ((_ROW.search(reason or ""), name or "") for reason, name in session.execute(told))
    found = {int(number[1]): name for number, name in seen if number}
    own = (
        sa.select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(ImportRow.sheet == sheet, ImportBatch.undone_ms.is_(None))
    )
    for row in session.scalars(own):
        if "submission" in row.raw:
            found.setdefault(row.row, str(row.values.get("name") or ""))
    return dict(sorted(found.items()))


def look_at(session: Session, sheet: ListSheet) -> dict[int, RowSays]:
    """What each row of a sheet would bring, by its number, checked as a register is. Writes nothing.

    Raises `Refused` (``out_of_scope``) for a village that this account is not bound to.
    """
    bound = viewer_of(session).bound
    if bound is not None and sheet.village not in bound:
        raise Refused("out_of_scope")
    return says_of(preview(session, sheet.book()))


def says_of(understood: Understood) -> dict[int, RowSays]:
    """A dry run, row by row."""
    says = {row.row: RowSays(row.status, _wrong(row), _about(row)) for row in understood.rows}
    says |= {line.row: RowSays("left_out", {"name": ("error", _(LEFT_OUT))}) for line in understood.left_out}
    return says


def _wrong(row: Row) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for problem in row.problems:
        known = found.get(problem.field)
        if problem.field in columns() and (known is None or known[0] == "warning"):
            found[problem.field] = (problem.severity, problem.words())
    return found


def _about(row: Row) -> str:
    if row.status != "likely_duplicate" or not row.likely:
        return ""
    return ", ".join(_(REASONS.get(reason, reason)) for reason in row.likely[0].reasons)
