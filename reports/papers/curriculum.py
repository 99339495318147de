# SPDX-License-Identifier: Apache-2.0
"""A curriculum on one or two pages: what a trainer has before them, module by module."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, heading_of
from resource_centre.i18n import _, ngettext
from resource_centre.services.curricula import curriculum_row, modules_of
from resource_centre.services.curriculum_modules import shelved_tests
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class TaughtModule:
    """One module as it is printed; `minutes` 0 when nobody said."""

    title: str
    minutes: int
    phases: str
    objectives: tuple[str, ...]
    materials: tuple[str, ...]
    test: str


@dataclass(frozen=True)
class CurriculumPaper:
    """A version of a curriculum."""

    heading: Heading
    lead: str
    facts: tuple[tuple[str, str], ...]
    modules: tuple[TaughtModule, ...]
    draft: bool


def curriculum_paper(session: Session, curriculum_id: str) -> CurriculumPaper:
    """What is printed of a version. Raises `Refused` (not_found) when there is none."""
    row = curriculum_row(session, curriculum_id)
    tests = dict(shelved_tests(session))
    phases = vocabulary("migration_phase")
    modules = tuple(
        TaughtModule(
            one.title or "", one.minutes or 0, ", ".join(phases.label(code) for code in one.phases), one.objectives,
            one.materials, tests.get(one.test or "", ""),
        )
        for one in modules_of(session, curriculum_id)
    )  # fmt: skip
    facts = (
        (_("Version"), row.edition),
        (_("Modules"), str(row.modules)),
        (_("Length"), hours(row.minutes)),
    )
    lead = _("What is taught, in which order, and what the trainer brings.")
    return CurriculumPaper(heading_of(session, row.name, None), lead, facts, modules, row.published_on is None)


def hours(minutes: int) -> str:
    """ "14 hours", "1 hour 15 minutes", "45 minutes"; nothing for none."""
    whole, rest = divmod(minutes, 60)
    parts = (
        ngettext("{n} hour", "{n} hours", whole).format(n=whole) if whole else "",
        ngettext("{n} minute", "{n} minutes", rest).format(n=rest) if rest else "",
    )
    return " ".join(part for part in parts if part)
