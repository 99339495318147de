# SPDX-License-Identifier: Apache-2.0
"""What the import page asks of the worker: look at a file, take it in, undo it, list the imports of before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.pages.imports_decisions import Decision, Place, settle

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import ImportBatch
    from resource_centre.registers.files import Book
    from resource_centre.registers.importing import Imported, Undone
    from resource_centre.registers.rows import Understood
    from ui.kit.worker import Progress


@dataclass(frozen=True)
class Looked:
    """A file that was read and what was understood of it."""

    book: Book
    understood: Understood


def _mappings(mapping: dict[str, str]) -> list[Any]:
    from resource_centre.registers.tables import Mapping_

    return [Mapping_(fields=mapping)] if mapping else []


def look(session: Session, source: Path | Book, mapping: dict[str, str]) -> Looked:
    """Read and understand a file, or one that was copied from paper; writes nothing."""
    from resource_centre.registers.files import read_book
    from resource_centre.registers.importing import preview

    book = read_book(source) if isinstance(source, Path) else source
    return Looked(book, preview(session, book, _mappings(mapping)))


def take_in(
    session: Session,
    progress: Progress,
    book: Book,
    mapping: dict[str, str],
    decisions: dict[Place, Decision],
) -> Imported:
    """Write a file as one act, as it was corrected and decided."""
    from resource_centre.registers.importing import preview, remember_mappings, write_understood

    mappings = _mappings(mapping)
    progress(0, 3)
    understood = preview(session, book, mappings)
    settle(understood, decisions)
    progress(1, 3)
    imported = write_understood(session, understood)
    progress(2, 3)
    remember_mappings(session, understood, mappings)
    return imported


def undo(session: Session, batch_id: str) -> Undone:
    """Undo an import as one act."""
    from resource_centre.registers.importing import undo_import

    return undo_import(session, batch_id)


def earlier(session: Session) -> tuple[list[ImportBatch], int]:
    """The imports of before, and how many rows wait for a person."""
    from resource_centre.registers.importing import imports_done
    from resource_centre.registers.settling import count_to_settle

    return imports_done(session), count_to_settle(session)
