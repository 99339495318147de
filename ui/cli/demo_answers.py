# SPDX-License-Identifier: Apache-2.0
"""What people of the invented centre answered: surveys of reintegration, well-being and satisfaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.questionnaires.live import LiveForm
    from resource_centre.questionnaires.weights import Weights

BEFORE: Final = (0.35, 0.5, 0.4, 0.25, 0.55, 0.45)
GAINED: Final = (0.3, 0.15, 0.25, 0.4, -0.05, 0.2)
"""How well people of the register were when they came and what changed since, as shares of the best answers; more of
them than a report needs to show a mean."""

CONTENT: Final = (1.0, 0.75, 0.75, 1.0, 0.5, 0.75)
BETWEEN: Final = timedelta(days=91)
WEEK: Final = timedelta(days=7)


def record_answers(session: Session, person_id: str, case_id: str, day: date) -> None:
    """Ask the person of the case at the intake and a week later, and people of the register before and after."""
    _ask(session, "rss", person_id, day, 0.45, occasion="baseline", case_id=case_id)
    _ask(session, "who5", person_id, day, 0.4, occasion="baseline", case_id=case_id)
    _ask(session, "who5", person_id, day + WEEK, 0.6, occasion="midline", case_id=case_id)
    for known, share, gained, content in zip(_others(session, person_id), BEFORE, GAINED, CONTENT, strict=False):
        _ask(session, "rss", known, day - BETWEEN, share, occasion="baseline")
        _ask(session, "rss", known, day, share + gained, occasion="midline")
        _ask(session, "satisfaction", known, day, content, occasion="midline")


def _others(session: Session, person_id: str) -> list[str]:
    from sqlalchemy import select

    from resource_centre.records import Person

    known = select(Person.id).where(Person.id != person_id).order_by(Person.number).limit(len(BEFORE))
    return list(session.scalars(known))


def _ask(
    session: Session, name: str, person_id: str, day: date, share: float, *, occasion: str, case_id: str | None = None
) -> None:
    """Put every question in its turn; `share` says how near the answers come to the best ones."""
    from resource_centre.questionnaires.live import Facts, LiveForm
    from resource_centre.questionnaires.weights import shipped_weights
    from resource_centre.services.questionnaires import form_of, newest_version
    from resource_centre.services.responses import COMPLETE, save_response

    version = newest_version(session, name)
    form = form_of(session, version.id)
    spoken = form.language_for(language())
    now = datetime(day.year, day.month, day.day, 9)  # noqa: DTZ001 - forms speak of the laptop's own time
    live = LiveForm(form, language=spoken, facts=Facts(today=day, now=now))
    _answer(live, next(iter(shipped_weights(name)), None), share)
    save_response(
        session, None, version_id=version.id, answers=live.answers(), unanswered=live.unanswered(), state=COMPLETE,
        person_id=person_id, case_id=case_id, asked_on=day, occasion=occasion, mode="lisan", form_language=spoken,
    )  # fmt: skip


def _answer(live: LiveForm, weights: Weights | None, share: float) -> None:
    """Choose an answer wherever one is offered: by what it scores, or else by its rank in a list that begins best."""
    for place in live.places():
        offered = [one.name for one in live.choices(place)] if live.state(place).relevant else []
        if offered:
            name = place.rpartition("/")[2]
            rows = [row for row in weights.rows if row.question == name and row.applies] if weights else []
            worth = {row.answer: float(row.score or 0) for row in rows}
            ranked = {one: 1 - rank / max(len(offered) - 1, 1) for rank, one in enumerate(offered)}
            live.answer(place, min(offered, key=lambda one: abs((worth or ranked).get(one, 2) - share)))
