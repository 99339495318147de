# SPDX-License-Identifier: Apache-2.0
"""The curriculum that comes with the program: data/curricula/default_modules.csv, in either language.

It is stored when an event is first held by it. Its ids follow from what the file says, in both languages, so that two
laptops which never met mean the same modules, and a changed file is another edition.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final
from uuid import UUID, uuid5

from resource_centre.i18n import DEFAULT_LANGUAGE, N_, translator
from resource_centre.i18n import language as active_language

CURRICULA: Final = UUID("0f4c2f0e-8a39-5b0e-9f55-6f2a3d1c7b42")
"""What ids of curricula that come with the program are made from."""

SERIES: Final = str(uuid5(CURRICULA, "default"))
"""The series of all editions that come with programs, this one or another."""

EDITION: Final = "2026.11"
PUBLISHED_ON: Final = dt.date(2026, 11, 1)
"""The month the edition names: the same on every laptop, whenever it is first used there."""

NAME: Final = N_("Financial literacy for migrants and their families")


@dataclass(frozen=True)
class Module:
    """One module of a version of a curriculum; `objectives` and `materials` line by line, `minutes` in class."""

    id: str
    module: str | None
    title: str | None
    phases: tuple[str, ...]
    minutes: int | None
    objectives: tuple[str, ...]
    materials: tuple[str, ...]
    test: str | None
    version: int = 0


@dataclass(frozen=True)
class DefaultCurriculum:
    """The curriculum of the program in one language."""

    id: str
    name: str
    edition: str
    modules: tuple[Module, ...]

    @property
    def minutes(self) -> int:
        """All modules together."""
        return sum(one.minutes or 0 for one in self.modules)


def default_curriculum(language: str | None = None) -> DefaultCurriculum:
    """The curriculum of the program in a language, in the one now in use when none is named."""
    return _read(language or active_language())


def default_id() -> str:
    """The id of this program's edition, also while it is not stored yet."""
    return str(uuid5(CURRICULA, f"{EDITION}|{hashlib.sha256(_text().encode()).hexdigest()}"))


def default_values() -> dict[str, Any]:
    """The curriculum as it is stored: in the language of its first users, whoever stores it."""
    made = default_curriculum(DEFAULT_LANGUAGE)
    source = next(iter(_rows()))["source"]
    return {
        "id": made.id, "series_id": SERIES, "name": made.name, "edition": made.edition, "source": source,
        "published_on": PUBLISHED_ON,
    }  # fmt: skip


def module_values(one: Module, position: int) -> dict[str, Any]:
    """A module as it is stored."""
    return {
        "module": one.module, "title": one.title, "phases": list(one.phases) or None, "minutes": one.minutes,
        "objectives": "\n".join(one.objectives) or None, "materials": "\n".join(one.materials) or None,
        "test": one.test, "position": position,
    }  # fmt: skip


@lru_cache(maxsize=4)
def _read(language: str) -> DefaultCurriculum:
    curriculum = default_id()
    modules = tuple(_module(row, curriculum, "en" if language == "en" else "id") for row in _rows())
    return DefaultCurriculum(curriculum, translator(language).gettext(NAME), EDITION, modules)


def _module(row: Mapping[str, str], curriculum: str, language: str) -> Module:
    return Module(
        id=str(uuid5(UUID(curriculum), row["module"])),
        module=row["module"],
        title=row[f"title_{language}"],
        phases=_parts(row["phases"]),
        minutes=int(row["minutes"]),
        objectives=_parts(row[f"objectives_{language}"]),
        materials=_parts(row[f"materials_{language}"]),
        test=row["test"] or None,
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(_text())))


@lru_cache(maxsize=1)
def _text() -> str:
    # Git on some systems changes line ends: they are not what the file says.
    file = resources.files("resource_centre") / "data" / "curricula" / "default_modules.csv"
    return file.read_text("utf-8").replace("\r\n", "\n")
