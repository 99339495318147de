# SPDX-License-Identifier: Apache-2.0
"""The modules of a draft, one by one; and what an event takes over from the modules it teaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import CurriculumModule
from resource_centre.services.curricula import DRAFT, curriculum_row, draft_of, modules_of, store_used, stored_modules
from resource_centre.services.curriculum_default import Module
from resource_centre.services.questionnaires import shelf
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new

Values = Mapping[str, Any]

TEST: Final = "test"
MINUTES_AN_HOUR: Final = 60
TITLES_IN_A_TOPIC: Final = 3
"""More titles than these are no topic that one announces; the curriculum's name is."""


def add_module(
    session: Session, curriculum_id: str, values: Values, unanswered: Reasons | None = None
) -> CurriculumModule:
    """A module at the end of a draft. Raises `Refused` with the problems by field."""
    draft = draft_of(session, curriculum_id)
    others = stored_modules(session, curriculum_id)
    refuse_errors(_problems(session, canonical(CurriculumModule, values), others))
    position = max((one.position or 0 for one in others), default=0) + 1
    made = dict(values) | {"curriculum_id": draft.id, "position": position}
    return write_new(session, CurriculumModule, made, unanswered, on=today())


def change_module(
    session: Session,
    module_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> CurriculumModule:
    """Change a module of a draft."""
    module = _of_a_draft(session, module_id)
    others = [one for one in stored_modules(session, module.curriculum_id) if one.id != module_id]
    refuse_errors(_problems(session, canonical(CurriculumModule, values), others))
    return write_changes(session, module, values, unanswered, on=today(), version=version)


def move_module(session: Session, module_id: str, by: int) -> None:
    """Move a module of a draft so many places down, up when negative; at the ends it stays."""
    module = _of_a_draft(session, module_id)
    order = stored_modules(session, module.curriculum_id)
    place = order.index(module)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    for position, one in enumerate(order, start=1):
        if one.position != position:
            write_changes(session, one, {"position": position}, on=today())


def remove_module(session: Session, module_id: str, reason: str) -> None:
    """Take a module out of a draft."""
    void(session, _of_a_draft(session, module_id), reason)


def shelved_tests(session: Session) -> list[tuple[str, str]]:
    """The questionnaires that can test a module, by name and title."""
    return [(one.name, one.title) for one in shelf(session) if one.kind == TEST and not one.withdrawn]


def event_values(curriculum_id: str, name: str, modules: Sequence[Module]) -> dict[str, Any]:
    """What an event is that teaches these modules of a curriculum: module, hours, topic, and what it was held by."""
    codes = list(dict.fromkeys(one.module for one in modules if one.module))
    minutes = sum(one.minutes or 0 for one in modules)
    titles = [one.title for one in modules if one.title]
    return {
        "curriculum_id": curriculum_id,
        "module_ids": [one.id for one in modules],
        "module": codes[0] if codes else None,
        "further_modules": codes[1:] or None,
        "hours": round(minutes / MINUTES_AN_HOUR, 2) if minutes else None,
        "topic": ", ".join(titles) if len(titles) <= TITLES_IN_A_TOPIC else name,
    }


def remember_use(session: Session, values: Values) -> None:
    """See to it that what an event names is there: its curriculum is stored, and the modules are that one's.

    Raises `Refused` (not_found) for modules of another curriculum, and for a draft: nothing is taught by one yet.
    """
    curriculum_id, module_ids = values.get("curriculum_id"), values.get("module_ids") or []
    if not curriculum_id:
        if module_ids:
            raise Refused("not_found")
        return
    known = {one.id for one in modules_of(session, curriculum_id)}
    if curriculum_row(session, curriculum_id).state == DRAFT or not set(module_ids) <= known:
        raise Refused("not_found")
    store_used(session, curriculum_id)


def _of_a_draft(session: Session, module_id: str) -> CurriculumModule:
    module = existing(session, CurriculumModule, module_id)
    draft_of(session, module.curriculum_id)
    return module


def _problems(session: Session, values: Values, others: Sequence[CurriculumModule]) -> list[Problem]:
    found: list[Problem] = []
    title, minutes, test = values.get("title"), values.get("minutes"), values.get("test")
    if isinstance(title, str) and _folded(title) in {_folded(one.title or "") for one in others}:
        found.append(Problem("title", "title_twice"))
    if isinstance(minutes, int) and minutes <= 0:
        found.append(Problem("minutes", "above_zero"))
    if isinstance(minutes, int) and minutes > rule("longest_module_minutes"):
        found.append(Problem("minutes", "longer_than_a_day"))
    if test is not None and test not in {name for name, _title in shelved_tests(session)}:
        found.append(Problem("test", "not_in_list"))
    return found


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
