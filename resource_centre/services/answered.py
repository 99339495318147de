# SPDX-License-Identifier: Apache-2.0
"""The complete answers to one questionnaire, read one by one, and what each scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.scales import Scale, scales_of
from resource_centre.questionnaires.scoring import FormScorer, Scorer, Scores
from resource_centre.questionnaires.scoring_table import Values
from resource_centre.questionnaires.weights import Weights
from resource_centre.records import Person
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.questionnaires import form_of, readable_tables
from resource_centre.services.response_facts import reasons_of
from resource_centre.services.responses import COMPLETE
from resource_centre.services.weight_sets import weights_in_use

Where = Callable[[type[AnyResponse]], Sequence[ColumnElement[bool]]]
"""Further conditions on the table of answers."""

AT_A_TIME: Final = 1_000


@dataclass(frozen=True)
class Answered:
    """One complete filling-in. `whom` tells whose it is: the same for all that one person or participant answered."""

    id: str
    version_id: str
    person_id: str | None
    event_id: str | None
    participation_id: str | None
    occasion: str | None
    asked_on: dt.date
    answers: Mapping[str, str]
    unanswered: Mapping[str, str]
    mode: str | None = None

    @property
    def whom(self) -> str | None:
        """The line of the attendance sheet where it was asked at a training, else the person; None for nobody."""
        return self.participation_id or self.person_id


def answered(session: Session, questionnaire: str, *, where: Where = lambda _table: ()) -> Iterator[Answered]:
    """Every valid complete filling-in that this account reads, of valid people, in no order; streamed."""
    for table in readable_tables(session):
        invalid = select(Person.id).where(Person.voided)
        wanted = select(
            table.id, table.version_id, table.person_id, table.event_id, table.participation_id, table.occasion,
            table.asked_on, table.answers, table.unanswered, table.mode,
        ).where(
            table.questionnaire == questionnaire,
            table.state == COMPLETE,
            table.voided.is_(False),
            table.asked_on.is_not(None),
            or_(table.person_id.is_(None), table.person_id.not_in(invalid)),
            *where(table),
        )  # fmt: skip
        row: Any
        for row in session.execute(wanted, execution_options={"yield_per": AT_A_TIME}):
            yield Answered(
                row.id, row.version_id, row.person_id, row.event_id, row.participation_id, row.occasion, row.asked_on,
                row.answers, reasons_of(row.unanswered), row.mode,
            )  # fmt: skip


class Scoring:
    """How one questionnaire is scored now: by the weight set in use, where there is one, else by its own calculations.

    Each version of the form is made ready once.
    """

    def __init__(self, session: Session, questionnaire: str) -> None:
        self._session = session
        self.questionnaire = questionnaire
        self.weights: Weights | None = weights_in_use(session, questionnaire)
        self._scorers: dict[str, Scorer] = {}
        self._own: dict[str, FormScorer] = {}
        self._forms: dict[str, Form] = {}
        known = {scale.name: scale for scale in scales_of(questionnaire)}
        names = self.weights.scales if self.weights is not None else ()
        self._weighed = tuple(known.get(name) or Scale(name) for name in names)

    def form(self, version_id: str) -> Form:
        """What a version asks."""
        if version_id not in self._forms:
            self._forms[version_id] = form_of(self._session, version_id)
        return self._forms[version_id]

    def scales(self, version_id: str) -> tuple[Scale, ...]:
        """The figures it yields, in order."""
        return self._weighed if self.weights is not None else self._form_scorer(version_id).scales

    def scores(self, version_id: str, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> Scores:
        """The figures of one filling-in, exactly."""
        if self.weights is None:
            return self._form_scorer(version_id).scores(answers)
        return self._scorer(version_id).scores(answers, unanswered)

    def values(self, one: Answered) -> Values:
        """Only the values, in the order of `scales`, for means over many."""
        if self.weights is None:
            return self._form_scorer(one.version_id).values(one.answers)
        return self._scorer(one.version_id).values(one.answers, one.unanswered)

    def basis(self, version_id: str) -> str:
        """What figures must share to be compared."""
        return self.weights.basis if self.weights is not None else self._form_scorer(version_id).basis

    def _form_scorer(self, version_id: str) -> FormScorer:
        if version_id not in self._own:
            self._own[version_id] = FormScorer(self.form(version_id))
        return self._own[version_id]

    def _scorer(self, version_id: str) -> Scorer:
        assert self.weights is not None
        if version_id not in self._scorers:
            self._scorers[version_id] = Scorer(self.weights, self.form(version_id))
        return self._scorers[version_id]
