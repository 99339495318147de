# SPDX-License-Identifier: Apache-2.0
"""A row of a register as it was understood, and the whole file."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from resource_centre.registers.lines import LeftOut
from resource_centre.registers.readings import RowProblem
from resource_centre.registers.tables import Column


@dataclass(frozen=True)
class Likely:
    """Somebody who may be the same person: a person of this file (by number) or of the centre (by id), and why."""

    person: int | None
    known_id: str | None
    row: int | None
    sheet: str
    score: float
    reasons: tuple[str, ...]


@dataclass
class Row:
    """One row: what was read, what is to settle, and who it is about.

    `status` is "new", "known" (certainly somebody met before), "likely_duplicate" (a person decides), "repeated"
    (the same line again), "imported" (taken in before) or "incomplete" (too little to write anything).
    """

    sheet: str
    row: int
    kind: str
    values: dict[str, Any]
    raw: dict[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    unanswered: dict[str, str] = field(default_factory=dict)
    status: str = "new"
    person: int | None = None
    known_id: str | None = None
    event: int | None = None
    likely: list[Likely] = field(default_factory=list)
    fingerprint: str = ""

    def has(self, code: str, name: str) -> bool:
        """Whether a field has this problem."""
        return any(problem.code == code and problem.field == name for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """As written by ``--json``, with the names and codes of registers."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "kind": self.kind,
            "status": self.status,
            "person": self.person,
            "event": self.event,
            "values": self.values,
            "problems": [problem.as_json() | {"message": problem.words()} for problem in self.problems],
            "likely": [
                {"person": one.person, "sheet": one.sheet, "row": one.row, "score": round(one.score, 2),
                 "reasons": list(one.reasons), "known": one.known_id is not None}
                for one in self.likely
            ],
        }  # fmt: skip


@dataclass
class SheetReport:
    """How one sheet was recognised, for a person to check and correct."""

    name: str
    kind: str | None
    hidden: bool
    heading_rows: tuple[int, int] | None
    columns: tuple[Column, ...] = ()
    unknown: tuple[Column, ...] = ()
    signature: str = ""
    rows: int = 0


@dataclass
class Understood:
    """A whole register file: its sheets, its rows, and the lines that are about no person."""

    fingerprint: str
    sheets: list[SheetReport]
    rows: list[Row]
    left_out: list[LeftOut]

    def counts(self) -> dict[str, int]:
        """The numbers a dry run shows."""
        by_status = Counter(row.status for row in self.rows)
        return {
            "rows": len(self.rows),
            "people": len({row.person for row in self.rows if row.person is not None}),
            **{name: by_status[name] for name in STATUSES},
            "problems": sum(len(row.problems) for row in self.rows),
            "rows_with_problems": sum(bool(row.problems) for row in self.rows),
            "left_out": len(self.left_out),
        }

    def as_json(self) -> dict[str, Any]:
        """Everything that was understood."""
        return {
            "rows": [row.as_json() for row in self.rows],
            "counts": self.counts(),
            "sheets": [
                {
                    "name": sheet.name,
                    "kind": sheet.kind,
                    "hidden": sheet.hidden,
                    "heading_rows": sheet.heading_rows,
                    "columns": {column.heading: column.field for column in sheet.columns},
                    "unknown": [column.heading for column in sheet.unknown],
                    "rows": sheet.rows,
                }
                for sheet in self.sheets
            ],
            "left_out": [
                {"sheet": line.sheet, "row": line.row, "reason": line.reason, "text": line.text}
                for line in self.left_out
            ],
        }


STATUSES = ("new", "known", "likely_duplicate", "repeated", "imported", "incomplete")


def fingerprint_of(kind: str, cells: dict[str, str]) -> str:
    """The same for the same line in any file, whatever the order of the columns and the running number.

    A submission from a telephone is known by its own name, whatever is corrected in it.
    """
    if told := cells.get("submission", "").strip():
        cells = {"submission": told}
    content = sorted(f"{name}\x1f{text.strip()}" for name, text in cells.items() if name != "number" and text.strip())
    return hashlib.sha256("\x1e".join((kind, *content)).encode(errors="replace")).hexdigest()[:40]
