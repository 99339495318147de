# SPDX-License-Identifier: Apache-2.0
"""What people need before a training: their wishes, what they know and do, what keeps them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from resource_centre.learning.results import Texts, TrainingNeeds, Wish
from resource_centre.records import Address, Participation
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.answered import Answered, Scoring, answered
from resource_centre.services.event_ratings import answers_to, means, texts

NEEDS: Final = "training_needs"
BEST: Final = 4
"""Knowledge and habits are answered in points from 1 to 4."""

LISTS: Final = {
    "wanted": "wanted_modules",
    "barriers": "barriers",
    "languages": "languages",
    "support": "support",
    "reading": "reading",
    "counting": "counting",
    "days": "days",
    "times": "times",
    "goals": "main_goal",
}
"""What is counted answer by answer, and by which question it was asked."""


def needs_of(session: Session, event_id: str | None, village: str | None) -> TrainingNeeds:
    """The needs of one event's people, of one village's, or of everybody who was asked."""
    scoring = Scoring(session, NEEDS)
    found = list(_newest(answered(session, NEEDS, where=lambda table: _narrowed(table, event_id, village))))
    rated = means(scoring, found, 1, BEST)
    knows, does = ([one for one in rated if one.question.startswith(start)] for start in ("know_", "do_"))
    lists = {name: _wishes(scoring, found, question) for name, question in LISTS.items()}
    return TrainingNeeds(
        n=len(found),
        knows=tuple(sorted(knows, key=lambda one: (one.mean or 0, one.question))),
        does=tuple(sorted(does, key=lambda one: (one.mean or 0, one.question))),
        children=sum(int(text) for text in answers_to(found, "children_brought") if text.isdecimal()),
        **lists,
    )


def _narrowed(table: type[AnyResponse], event_id: str | None, village: str | None) -> tuple[Any, ...]:
    found: list[Any] = []
    if event_id is not None:
        line = Participation
        listed = select(line.person_id).where(
            line.event_id == event_id, line.voided.is_(False), line.person_id.is_not(None)
        )
        found.append(or_(table.event_id == event_id, table.person_id.in_(listed)))
    if village is not None:
        home = Address
        living = select(home.person_id).where(
            home.kind == "current", home.valid_to.is_(None), home.voided.is_(False), home.village_code == village
        )
        unnamed = Participation
        lines = select(unnamed.id).where(unnamed.village_code == village, unnamed.voided.is_(False))
        own = (table.village_code == village, table.person_id.in_(living), table.participation_id.in_(lines))
        found.append(or_(*own))
    return tuple(found)


def _newest(found: Iterable[Answered]) -> Iterator[Answered]:
    """Of everybody the newest answers; those of nobody by name each count."""
    by_whom: dict[str, Answered] = {}
    for one in sorted(found, key=lambda one: (one.asked_on, one.id)):
        by_whom[one.person_id or one.participation_id or one.id] = one
    yield from by_whom.values()


def _wishes(scoring: Scoring, found: list[Answered], question: str) -> tuple[Wish, ...]:
    counts = Counter(code for text in answers_to(found, question) for code in text.split())
    labels = _labels(scoring, found, question)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], list(labels).index(one[0]) if one[0] in labels else 99))
    return tuple(Wish(code, labels.get(code, {"id": code, "en": code}), count) for code, count in ordered)


def _labels(scoring: Scoring, found: list[Answered], question: str) -> dict[str, Texts]:
    """The answers that may be chosen, in the order of the newest form."""
    if not found:
        return {}
    form = scoring.form(max(found, key=lambda one: (one.asked_on, one.id)).version_id)
    own = next((one for one in form.questions() if one.name == question), None)
    return {one.name: texts(form, one.label) for one in form.lists.get(own.choices, ())} if own else {}
