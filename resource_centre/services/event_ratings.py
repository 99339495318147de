# SPDX-License-Identifier: Apache-2.0
"""How events were rated: by participants right after, by an observer, and by those interviewed some days later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import fmean
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.learning.results import QuestionMean, Rated, Texts
from resource_centre.learning.shares import Share, share_of
from resource_centre.questionnaires.form import Form, Question, say
from resource_centre.records import TrainingEvent
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.answered import Answered, Scoring, Where, answered
from resource_centre.services.learning_lines import EventsBegun
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

REACTION: Final = "reaction"
OBSERVATION: Final = "observation"
VALIDATION: Final = "validation"

Holds = Callable[[str], bool]


def good(text: str) -> bool:
    """Whether an answer of five points, or of the list of satisfaction, says satisfied."""
    term = vocabulary("satisfaction").get(text)
    points = term.extra.get("points", "") if term is not None else text
    return points.isdecimal() and int(points) >= rule("satisfied_points")


SHARES: Final[Mapping[str, Mapping[str, tuple[str, Holds]]]] = {
    REACTION: {"satisfied": ("satisfaction", good), "recommend": ("recommend", good)},
    OBSERVATION: {},
    VALIDATION: {
        "enjoyed": ("enjoyed", good),
        "remembers": ("recalled_level", lambda text: text in ("all", "most")),
        "uses": ("will_use", lambda text: text in ("used", "soon", "later")),
        "told": ("told_others", lambda text: text in ("family", "more")),
    },
}
"""What is told as a share of those who answered: from which question, and which answers count."""


def rated(session: Session, questionnaire: str, begun: EventsBegun, of: int | None = None) -> Rated:
    """How these events were rated on one form; `of` how many could have filled it in."""
    scoring = Scoring(session, questionnaire)
    return _rated(scoring, list(answered(session, questionnaire, where=at_events(begun))), of)


def at_events(begun: EventsBegun) -> Where:
    """The condition that answers were given at these events."""

    def where(table: type[AnyResponse]) -> tuple[object, ...]:
        if begun.event_id is not None:
            return (table.event_id == begun.event_id,)
        return (table.event_id.in_(select(TrainingEvent.id).where(*begun.conditions())),)

    return where  # type: ignore[return-value]


def texts(form: Form, words: Mapping[str, str]) -> Texts:
    """A text of a form in the program's languages."""
    return {code: say(words, form.language_for(code)) for code in ("id", "en")}


def means(scoring: Scoring, found: Iterable[Answered], least: int = 1, best: int = 5) -> tuple[QuestionMean, ...]:
    """The mean of every question that is answered in points from `least` to `best`, in the order of the newest form."""
    values: defaultdict[str, list[int]] = defaultdict(list)
    labels: dict[str, Texts] = {}
    rated_questions: dict[str, dict[str, Question]] = {}
    for one in sorted(found, key=lambda one: (one.asked_on, one.id), reverse=True):
        form = scoring.form(one.version_id)
        known = rated_questions.setdefault(one.version_id, _in_points(form, least, best))
        for path, question in known.items():
            labels.setdefault(question.name, texts(form, question.label))
            text = one.answers.get(path, "")
            if text:
                values[question.name].append(int(text))
    return tuple(
        QuestionMean(name, label, len(values[name]), fmean(values[name]), best)
        for name, label in labels.items()
        if values[name]
    )


def answers_to(found: Iterable[Answered], question: str) -> list[str]:
    """What was answered to a question, wherever it stands in the form."""
    every = (one.answers.items() for one in found)
    return [text for places in every for place, text in places if text and place.rpartition("/")[2] == question]


def _in_points(form: Form, least: int, best: int) -> dict[str, Question]:
    points = {str(point) for point in range(least, best + 1)}
    return {
        one.path: one
        for one in form.questions()
        if one.kind == "select_one" and {choice.name for choice in form.lists.get(one.choices, ())} == points
    }


def _rated(scoring: Scoring, found: list[Answered], of: int | None) -> Rated:
    shares = {name: _share(found, *rule_) for name, rule_ in SHARES.get(scoring.questionnaire, {}).items()}
    return Rated(len(found), of, means(scoring, found), _scales(scoring, found), shares)


def _share(found: list[Answered], question: str, holds: Holds) -> Share:
    given = answers_to(found, question)
    return share_of(sum(map(holds, given)), len(given))


def _scales(scoring: Scoring, found: list[Answered]) -> dict[str, QuestionMean]:
    values: defaultdict[str, list[float]] = defaultdict(list)
    known: dict[str, QuestionMean] = {}
    for one in found:
        for scale, value in zip(scoring.scales(one.version_id), scoring.values(one), strict=True):
            known.setdefault(scale.name, QuestionMean(scale.name, dict(scale.label), 0, None, int(scale.high or 0)))
            if value is not None:
                values[scale.name].append(value)
    return {
        name: QuestionMean(name, one.label, len(values[name]), fmean(values[name]), one.best)
        for name, one in known.items()
        if values[name]
    }
