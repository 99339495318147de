# SPDX-License-Identifier: Apache-2.0
"""Questionnaires in their versions, the weights by which they are scored, and the answers people gave.

Answers are kept as the text of an ODK submission, one entry for each place of the form, and merged place by place.
Scores are never kept: they follow from the answers and the weights (decision 18).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, SPECIFIC, Base, Id, Logged, by_key, field
from resource_centre.records.of_the_centre import OfTheCentre
from resource_centre.records.owned import people_living_in
from resource_centre.roles import CASE_WORKERS, PROTECTION


class Questionnaire(OfTheCentre):
    """One questionnaire, whatever its versions. Its id follows from its name, so that two laptops mean the same one."""

    __tablename__ = "questionnaire"

    name: Mapped[str | None] = field(N_("Short name"), required=True, index=True)
    kind: Mapped[str | None] = field(N_("Kind"), format="code", vocabulary="questionnaire_kind", required=True)
    about: Mapped[str | None] = field(
        N_("About whom"), format="code", vocabulary="questionnaire_about", required=True, default="person"
    )
    sensitivity: Mapped[str | None] = field(
        N_("Who reads the answers"), format="code", vocabulary="questionnaire_sensitivity", default="sensitive"
    )
    withdrawn_on: Mapped[dt.date | None] = field(N_("No longer asked since"), format="date", type_=sa.Date())
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph")


class QuestionnaireVersion(OfTheCentre):
    """One version as it was published; never changed. Its id follows from its content."""

    __tablename__ = "questionnaire_version"

    questionnaire_id: Mapped[str] = mapped_column(Id, index=True)
    form_version: Mapped[str | None] = field(N_("Version"))
    title: Mapped[str | None] = field(N_("Title"), required=True)
    published_on: Mapped[dt.date | None] = field(N_("Published on"), format="date", required=True, type_=sa.Date())
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    xform: Mapped[str | None] = mapped_column(sa.Text())
    """The form as XForm XML: what is asked."""
    sheets: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The rows of the XLSForm it was written as, and its companion tables: what is edited and given to Kobo."""


class WeightSet(OfTheCentre):
    """Weights by which the answers to a questionnaire become scores. Its id follows from its content."""

    __tablename__ = "weight_set"

    questionnaire: Mapped[str | None] = field(N_("Questionnaire"), required=True, index=True)
    set_name: Mapped[str | None] = field(N_("Weights"), required=True)
    set_version: Mapped[str | None] = field(N_("Version of the weights"))
    official: Mapped[bool | None] = field(N_("Official?"), format="yes_no")
    source: Mapped[str | None] = field(N_("Source"), format="paragraph")
    loaded_on: Mapped[dt.date | None] = field(N_("Loaded on"), format="date", type_=sa.Date())
    withdrawn_on: Mapped[dt.date | None] = field(N_("No longer used since"), format="date", type_=sa.Date())
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The facts of the set and its rows, as they stood in its file."""


class AnyResponse(Logged):
    """The answers given at one time to one version of a questionnaire, about a person, an event or the centre.

    Three tables of this one shape differ in who reads them. The state is ``begun`` or ``complete``.
    """

    __abstract__ = True

    version_id: Mapped[str] = mapped_column(Id, index=True)
    person_id: Mapped[str | None] = mapped_column(Id, index=True)
    case_id: Mapped[str | None] = mapped_column(Id, index=True)
    event_id: Mapped[str | None] = mapped_column(Id, index=True)
    participation_id: Mapped[str | None] = mapped_column(Id, index=True)
    questionnaire: Mapped[str | None] = field(N_("Questionnaire"), required=True)
    form_version: Mapped[str | None] = field(N_("Version"))
    occasion: Mapped[str | None] = field(N_("Occasion"), format="code", vocabulary="response_occasion")
    asked_on: Mapped[dt.date | None] = field(N_("Date"), format="date", required=True, type_=sa.Date())
    asked_by: Mapped[str | None] = field(N_("Who asked"))
    mode: Mapped[str | None] = field(N_("How"), format="code", vocabulary="response_mode", default="lisan")
    form_language: Mapped[str | None] = field(N_("Language"))
    village_code: Mapped[str | None] = field(N_("Village"), format="place")
    state: Mapped[str | None] = field(N_("State"), format="code", vocabulary="response_state", default="begun")
    remarks: Mapped[str | None] = field(N_("Remarks"), format="paragraph", sensitivity=SPECIFIC)
    submission_uuid: Mapped[str | None] = mapped_column(index=True)
    """The ``_uuid`` of the submission it came from: taken in once, however often it is brought."""
    answers: Mapped[dict[str, str]] = by_key(N_("Answers given"), sensitivity=SPECIFIC)
    """Place in the form to answer; why there is none stands in `unanswered`, as ``answers.`` and the place."""
    came_with: Mapped[dict[str, str]] = by_key(N_("What came with it"))
    """What a submission held besides answers: its system columns, and answers to questions this version lacks."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"answers": {}, "came_with": {}, **values})

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        name = cls.__tablename__
        return (
            sa.Index(f"ix_{name}_questionnaire_asked_on", "questionnaire", "asked_on", "state", "voided", "person_id"),
        )

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Answers of people who live in these villages, about events held there, or gathered there without a name."""
        event = Base.metadata.tables["training_event"]
        here = sa.select(event.c.id).where(event.c.village_code.in_(sorted(villages)))
        unnamed = sa.and_(cls.person_id.is_(None), cls.event_id.is_(None), cls.village_code.in_(sorted(villages)))
        return sa.or_(cls.person_id.in_(people_living_in(villages)), cls.event_id.in_(here), unnamed)


class Response(AnyResponse):
    """Answers that whoever may see the person may read."""

    __tablename__ = "response"


class SensitiveResponse(AnyResponse):
    """Answers for counsellors and their supervisors: a village account writes them and cannot open them again."""

    __tablename__ = "sensitive_response"
    readers: ClassVar[frozenset[str] | None] = CASE_WORKERS


class ProtectedResponse(AnyResponse):
    """Answers about trafficking, violence and the like: a counsellor writes them, a protection officer reads them."""

    __tablename__ = "protected_response"
    readers: ClassVar[frozenset[str] | None] = PROTECTION
