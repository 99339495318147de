# SPDX-License-Identifier: Apache-2.0
"""What the pages of curricula ask of the database, on the database's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records import Curriculum, CurriculumModule
    from resource_centre.services.curricula import CurriculumRow
    from resource_centre.services.curriculum_default import Module


@dataclass(frozen=True)
class CurriculumLook:
    """A version as its page shows it; `record` and `records` (by id) only of a draft, which may still change."""

    row: CurriculumRow
    modules: tuple[Module, ...]
    record: Curriculum | None
    records: dict[str, CurriculumModule]
    tests: tuple[tuple[str, str], ...]
    may_publish: bool
    draft_id: str | None
    """The next version of the series when it is begun already."""

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.record is not None

    def test_title(self, name: str | None) -> str:
        """The title of a test."""
        return dict(self.tests).get(name or "", name or "")


def read_list(session: Session) -> list[CurriculumRow]:
    """Every version."""
    from resource_centre.services.curricula import curricula_list

    return curricula_list(session)


def read_curriculum(session: Session, curriculum_id: str) -> CurriculumLook:
    """One version with its modules."""
    from resource_centre.errors import Refused
    from resource_centre.records import Curriculum
    from resource_centre.services.accounts import may
    from resource_centre.services.curricula import DRAFT, PUBLISH, curricula_list, modules_of, stored_modules
    from resource_centre.services.curriculum_modules import shelved_tests
    from resource_centre.services.saving import existing

    rows = curricula_list(session)
    row = next((one for one in rows if one.id == curriculum_id), None)
    if row is None:
        raise Refused("not_found")
    draft = row.state == DRAFT
    begun = (one.id for one in rows if one.series_id == row.series_id and one.state == DRAFT and one.id != row.id)
    return CurriculumLook(
        row=row,
        modules=tuple(modules_of(session, curriculum_id)),
        record=existing(session, Curriculum, curriculum_id) if draft else None,
        records={one.id: one for one in stored_modules(session, curriculum_id)} if draft else {},
        tests=tuple(shelved_tests(session)),
        may_publish=may(session, PUBLISH),
        draft_id=next(begun, None),
    )


def copy(session: Session, curriculum_id: str, *, as_new: bool, name: str | None = None) -> Any:
    """A draft made from a version; its id."""
    from resource_centre.services.curricula import copy_curriculum

    return copy_curriculum(session, curriculum_id, as_new=as_new, name=name).id


def publish(session: Session, curriculum_id: str) -> Any:
    """Publish a draft."""
    from resource_centre.services import curricula

    return curricula.publish(session, curriculum_id).id


def set_withdrawn(session: Session, curriculum_id: str, withdrawn: bool) -> Any:
    """Teach by a version no longer, or again."""
    from resource_centre.services.curricula import bring_back, withdraw

    return (withdraw if withdrawn else bring_back)(session, curriculum_id).id


def discard(session: Session, curriculum_id: str, reason: str) -> None:
    """Let go of a draft."""
    from resource_centre.services.curricula import discard_draft

    discard_draft(session, curriculum_id, reason)


def move(session: Session, module_id: str, by: int) -> None:
    """Move a module up or down."""
    from resource_centre.services.curriculum_modules import move_module

    move_module(session, module_id, by)


def remove(session: Session, module_id: str, reason: str) -> None:
    """Take a module out."""
    from resource_centre.services.curriculum_modules import remove_module

    remove_module(session, module_id, reason)
