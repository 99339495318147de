# SPDX-License-Identifier: Apache-2.0
"""How often each answer was given, question by question, with each reason for no answer apart.

Versions of one questionnaire are joined by the question's name where the kinds agree; where they do not, the answers to
the older version are counted nowhere but in `left_out`. Free text is never quoted: it is only counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Final

from sqlalchemy.orm import Session

from resource_centre.questionnaires.form import CHOICES, Form, Group, Question, Words
from resource_centre.questionnaires.instance import plain
from resource_centre.questionnaires.relevance import Relevance
from resource_centre.questionnaires.versions import NUMBERS, joinable
from resource_centre.services.answered import Answered, Scoring, Where, answered
from resource_centre.services.rules import rule
from resource_centre.services.scores import Days

REASONS: Final = ("unknown", "refused", "not_applicable", "not_asked")
SKIPPED: Final = "skipped"
"""Not asked by the form's own condition."""

BLANK: Final = "blank"
"""Neither an answer nor a reason."""

UNCOUNTED: Final = frozenset({"note"})


@dataclass(frozen=True)
class AnswerCount:
    """One answer of a list and how often it was given. Several answers of one person count each."""

    name: str
    label: Words
    count: int


@dataclass(frozen=True)
class Numbers:
    """What numbers were given: the least, the middle one, the mean and the greatest."""

    least: float
    median: float
    mean: float
    greatest: float


@dataclass(frozen=True)
class QuestionCounts:
    """One question: who answered and what, and why others did not. `kind` as in the form."""

    name: str
    kind: str
    label: Words
    answered: int
    choices: tuple[AnswerCount, ...] = ()
    numbers: Numbers | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    """By reason, `blank` and `skipped`; those that came up."""

    left_out: int = 0


@dataclass(frozen=True)
class Distributions:
    """All questions of a questionnaire over `n` filling-ins. With too few of them (`suppressed`) nothing is told.

    `spoken` says how the form calls the program's languages, to find its words by.
    """

    questionnaire: str
    n: int
    questions: tuple[QuestionCounts, ...] = ()
    suppressed: bool = False
    spoken: Mapping[str, str] = field(default_factory=dict)


def distributions(
    session: Session, questionnaire: str, period: Days | None = None, *, where: Where = lambda _table: ()
) -> Distributions:
    """How the complete answers of a period are spread."""
    rows = (one for one in answered(session, questionnaire, where=where) if in_period(one.asked_on, period))
    return spread(Scoring(session, questionnaire), rows)


def spread(scoring: Scoring, rows: Iterable[Answered]) -> Distributions:
    """How answers that were read already are spread."""
    found = Spread(scoring)
    for one in rows:
        found.take(one)
    return found.distributions()


def what_each_adds(scoring: Scoring, rows: Iterable[Answered]) -> Iterator[tuple[Answered, tuple[QuestionCounts, ...]]]:
    """Each filling-in with what it alone adds to how answers are spread, questions as the newest version has them."""
    every = list(rows)
    newest = max((scoring.form(one.version_id) for one in every), key=_rank, default=None)
    for one in every:
        own = _Tally(scoring.form(one.version_id))
        own.take(one.answers, one.unanswered)
        if newest is not None and own.form is not newest:
            joined = _Tally(newest)
            joined.join(own)
            own = joined
        yield one, tuple(own.counts())


class Spread:
    """Counts answers one filling-in at a time."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._tallies: dict[str, _Tally] = {}
        self._n = 0

    def take(self, one: Answered) -> None:
        """Count one filling-in."""
        self._n += 1
        tally = self._tallies.get(one.version_id)
        if tally is None:
            tally = self._tallies[one.version_id] = _Tally(self._scoring.form(one.version_id))
        tally.take(one.answers, one.unanswered)

    def distributions(self) -> Distributions:
        """What was counted, all versions together; to be asked once."""
        name, n = self._scoring.questionnaire, self._n
        if n < rule("least_matched"):
            return Distributions(name, n, suppressed=n > 0)
        newest, *older = sorted(self._tallies.values(), key=lambda tally: _rank(tally.form), reverse=True)
        for tally in older:
            newest.join(tally)
        spoken = {code: newest.form.language_for(code) for code in ("id", "en")}
        return Distributions(name, n, tuple(newest.counts()), spoken=spoken)


def in_period(day: dt.date, period: Days | None) -> bool:
    """Whether a day lies in a period, both ends included."""
    return period is None or period[0] <= day <= period[1]


@dataclass
class _Question:
    """What is counted of one question."""

    question: Question
    choices: dict[str, Words]
    answers: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    left_out: int = 0

    def take(self, text: str) -> None:
        self.answered += 1
        if self.question.kind in CHOICES:
            self.answers.update(text.split() if self.question.kind != "select_one" else (text,))
        elif self.question.kind in NUMBERS:
            self.answers[text] += 1


class _Tally:
    """The counts of one version of the form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        asked = (one for one in form.questions() if one.asked and one.kind not in UNCOUNTED)
        self.questions = {one.path: _Question(one, _choices(form, one)) for one in asked}
        repeats = tuple(f"{item.path}/" for item in form.items() if isinstance(item, Group) and item.repeat)
        self._once = tuple(path for path in self.questions if not path.startswith(repeats))
        self._relevance = Relevance(form, self._once)

    def take(self, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> None:
        """Count one filling-in. A question of a repeat counts once for each turn that says something of it."""
        for place, text in answers.items():
            found = self.questions.get(plain(place))
            if found is not None and text:
                found.take(text)
        for place, reason in unanswered.items():
            found = self.questions.get(plain(place))
            if found is not None and not answers.get(place):
                found.reasons[reason] += 1
        skipped = set(self._relevance.skipped(answers, unanswered))
        for path in self._once:
            if not answers.get(path) and path not in unanswered:
                self.questions[path].reasons[SKIPPED if path in skipped else BLANK] += 1

    def join(self, older: _Tally) -> None:
        """Add what was answered to an earlier version."""
        together = joinable(older.form, self.form)
        by_name = {one.question.name: one for one in self.questions.values()}
        for old in older.questions.values():
            new = by_name.get(old.question.name)
            if new is None:
                self.questions[f"{old.question.path}@{older.form.version}"] = old
            elif not together[old.question.name]:
                new.left_out += old.answered
            else:
                _add(new, old)

    def counts(self) -> Iterator[QuestionCounts]:
        """The counts in the order of the form."""
        for one in self.questions.values():
            question = one.question
            yield QuestionCounts(
                name=question.name,
                kind=question.kind,
                label=question.label,
                answered=one.answered,
                choices=tuple(_choice_counts(one)),
                numbers=_numbers(one.answers) if question.kind in NUMBERS else None,
                reasons={name: one.reasons[name] for name in (*REASONS, SKIPPED, BLANK) if one.reasons[name]},
                left_out=one.left_out,
            )


def _add(new: _Question, old: _Question) -> None:
    new.answered += old.answered
    new.left_out += old.left_out
    new.answers.update(old.answers)
    new.reasons.update(old.reasons)
    # A choice that is offered no longer was given all the same.
    new.choices.update({name: label for name, label in old.choices.items() if name not in new.choices})


def _choice_counts(one: _Question) -> Iterator[AnswerCount]:
    """The answers of the list in its order, then what was given besides, such as from a list in a file of its own."""
    if one.question.kind not in CHOICES:
        return
    for name, label in one.choices.items():
        yield AnswerCount(name, label, one.answers[name])
    for name, count in one.answers.most_common():
        if name not in one.choices:
            yield AnswerCount(name, {}, count)


def _choices(form: Form, question: Question) -> dict[str, Words]:
    if question.kind not in CHOICES:
        return {}
    return {choice.name: choice.label for choice in form.lists.get(question.choices, ())}


def _numbers(answers: Counter[str]) -> Numbers | None:
    values: list[float] = []
    for text, count in answers.items():
        try:
            values += [float(text)] * count
        except ValueError:  # a form may let texts through that are no numbers; they are counted as answers
            continue
    return Numbers(min(values), median(values), fmean(values), max(values)) if values else None


def _rank(form: Form) -> tuple[tuple[int, ...], str]:
    from resource_centre.services.shipped_forms import version_key

    return version_key(form.version), form.version
