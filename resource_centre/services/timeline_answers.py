# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of questionnaires: what was asked and when, never an answer nor what it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.i18n import _
from resource_centre.records import QuestionnaireVersion, Response, SensitiveResponse
from resource_centre.services.timeline_items import TimelineItem, iso, some, word

TABLES = (Response, SensitiveResponse)
"""Protected answers are a top-tier matter, of which a timeline says nothing."""

BEGUN = "begun"


def answers_of(session: Session, person_id: str) -> Iterator[TimelineItem]:
    """One line for each questionnaire a person was asked."""
    from resource_centre.services.shipped_forms import title_of

    for table in TABLES:
        if not may_read(viewer_of(session).role, table):
            continue
        columns = (table.id, table.asked_on, table.questionnaire, table.occasion, table.state, table.case_id)
        wanted = (
            select(*columns, QuestionnaireVersion.title)
            .outerjoin(QuestionnaireVersion, QuestionnaireVersion.id == table.version_id)
            .where(table.person_id == person_id, table.voided.is_(False))
        )
        for one in session.execute(wanted):
            begun = _("not finished") if one.state == BEGUN else None
            facts = some(title_of(one.questionnaire or "", one.title), word("response_occasion", one.occasion), begun)
            yield TimelineItem(iso(one.asked_on), "questionnaire", facts, table.__name__, one.id, one.case_id)
