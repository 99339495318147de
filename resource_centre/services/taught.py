# SPDX-License-Identifier: Apache-2.0
"""What is taught at an event: the modules of its curriculum as it calls them, else those of the code list."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from resource_centre.questionnaires.scales import data_rows
from resource_centre.records import TrainingEvent
from resource_centre.services.curricula import modules_of
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class Taught:
    """One module of an event: what it is called in the active language, how long it takes, what tests it."""

    title: str
    minutes: int | None = None
    test: str | None = None


def taught_at(session: Session, event: TrainingEvent) -> tuple[Taught, ...]:
    """The modules in the order of the curriculum or of the event; none where only a topic is known."""
    if event.curriculum_id and event.module_ids:
        chosen = set(event.module_ids)
        kept = [one for one in modules_of(session, event.curriculum_id) if one.id in chosen]
        return tuple(Taught(_called(one.title, one.module), one.minutes, one.test) for one in kept)
    codes = dict.fromkeys(code for code in (event.module, *(event.further_modules or ())) if code)
    tests = _tests()
    return tuple(Taught(vocabulary("module").label(code), None, tests.get(code)) for code in codes)


def titles_of(session: Session, event: TrainingEvent) -> tuple[str, ...]:
    """What the modules are called; of an event without any, its topic."""
    titles = tuple(dict.fromkeys(one.title for one in taught_at(session, event) if one.title))
    return titles or tuple(filter(None, (event.topic,)))


def _called(title: str | None, module: str | None) -> str:
    return title or vocabulary("module").label(module)


def _tests() -> dict[str, str]:
    """The test of the program for each module of the code list."""
    return {row["module"]: row["form_id"] for row in data_rows("items.csv")}
