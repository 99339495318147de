# SPDX-License-Identifier: Apache-2.0
"""What became of a training after three and six months: who should be asked, who was, and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from statistics import fmean
from typing import Any, Final

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.learning.results import FollowedUp, QuestionMean
from resource_centre.learning.shares import Share, share_of
from resource_centre.records import Participation, Questionnaire
from resource_centre.services.answered import Answered, answered
from resource_centre.services.event_ratings import answers_to, at_events
from resource_centre.services.group_books import months_after
from resource_centre.services.learning_lines import EventsBegun, HeldEvent, key, key_of, valid_lines
from resource_centre.services.questionnaires import readable_tables, table_for
from resource_centre.services.rules import rule
from resource_centre.services.training import was_there

KIND: Final = "follow_up"
MONTH_3: Final = "month_3"
MONTH_6: Final = "month_6"
MONTHS: Final = {MONTH_3: "training_month_3", MONTH_6: "training_month_6"}
"""Occasion to the rule that says after how many months."""

_FORMS: Final = {"follow_up_3": MONTH_3, "follow_up_6": MONTH_6}

Answer = Callable[[str], bool]
YES: Final[Answer] = lambda text: text == "yes"  # noqa: E731


def _any(text: str) -> bool:
    return text != "tidak_ada"


SHARES: Final[Mapping[str, tuple[str, Answer, frozenset[str]]]] = {
    "keeps_budget": ("keeps_budget", YES, frozenset()),
    "saved": ("saved_last_month", YES, frozenset()),
    "repaid_debt": ("repaid_debt", YES, frozenset()),
    "remittance_plan": ("remittance_plan_agreed", YES, frozenset({"tanpa_kiriman"})),
    "product": ("products_opened", _any, frozenset()),
    "savings_grew": ("savings_change", lambda text: text == "bertambah", frozenset()),
    "debt_fell": ("debt_change", lambda text: text == "berkurang", frozenset({"tidak_ada"})),
    "business": ("business_started", YES, frozenset()),
    "business_runs": ("business_running", YES, frozenset()),
    "informed": ("remigration_informed", YES, frozenset()),
}
"""Behaviour and results: from which question, which answers count, and which mean that it does not apply to them."""

AMOUNTS: Final = ("saved_amount", "repaid_amount")


def followed_up(session: Session, begun: EventsBegun, events: Mapping[str, HeldEvent]) -> tuple[FollowedUp, FollowedUp]:
    """After three and after six months, of everybody who came to these events and left word where to find them."""
    given = _given(session, begun)
    people = list(_people(session, begun))
    first, second = (_one(occasion, begun, events, people, given) for occasion in (MONTH_3, MONTH_6))
    return first, second


def due_on(event: HeldEvent, occasion: str) -> dt.date | None:
    """The day from which participants of an event are asked."""
    return _later(event.last_day, occasion) if event.last_day else None


@lru_cache(maxsize=4096)
def _later(day: dt.date, occasion: str) -> dt.date:
    return months_after(day, int(rule(MONTHS[occasion])))


def _one(
    occasion: str,
    begun: EventsBegun,
    events: Mapping[str, HeldEvent],
    people: Sequence[tuple[str, int, int, Mapping[str, int]]],
    given: Sequence[tuple[str, Answered]] | None,
) -> FollowedUp:
    asked = [one for when, one in given or () if when == occasion]
    done = {(one.event_id, one.whom) for one in asked}
    due = waiting = lost = not_reached = 0
    for event_id, found, nowhere, tried in people:
        from_on = due_on(events[event_id], occasion)
        lost += nowhere
        if from_on is not None and from_on <= today():
            due += found
            not_reached += tried[occasion]
        else:
            waiting += found
    answered_now = sum(event_id is not None and key(event_id) in events for event_id, _whom in done)
    whose = next(iter(events.values()), None) if begun.event_id is not None else None
    shares = {name: _share(asked, *spec) for name, spec in SHARES.items()}
    return FollowedUp(
        occasion=occasion,
        due_on=due_on(whose, occasion) if whose is not None else None,
        due=due,
        done=answered_now,
        waiting=waiting,
        lost=lost,
        not_reached=not_reached,
        shares={name: share for name, share in shares.items() if share.whole},
        amounts={name: mean for name in AMOUNTS if (mean := _amount(asked, name)) is not None},
        readable=given is not None,
    )


def _people(session: Session, begun: EventsBegun) -> Iterator[tuple[str, int, int, Mapping[str, int]]]:
    """By event: who came and can be found again, who cannot, and on each occasion how many were tried in vain."""
    line = Participation
    known = or_(
        line.person_id.is_not(None),
        func.coalesce(line.phone, "") != "",
        func.coalesce(line.village_code, "") != "",
    )

    def count(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    tried = (count(and_(known, result.is_not(None))) for result in (line.month_3_result, line.month_6_result))
    columns = (key_of(line.event_id), count(known), count(~known), *tried)
    wanted = valid_lines(begun, *columns).where(was_there()).group_by(line.event_id)
    for event_id, found, nowhere, first, second in session.execute(wanted):
        yield event_id, int(found), int(nowhere), {MONTH_3: int(first), MONTH_6: int(second)}


def _given(session: Session, begun: EventsBegun) -> list[tuple[str, Answered]] | None:
    """Occasion and answers of everybody asked; None where this account does not read them."""
    wanted = select(Questionnaire.name, Questionnaire.sensitivity).where(
        Questionnaire.kind == KIND, Questionnaire.voided.is_(False)
    )
    names = list(session.execute(wanted))
    if names and not any(table_for(row.sensitivity) in readable_tables(session) for row in names):
        return None
    newest: dict[tuple[str, str | None, str | None], Answered] = {}
    for row in names:
        for one in answered(session, row.name, where=at_events(begun)):
            key = (one.occasion or _FORMS.get(row.name, ""), one.event_id, one.whom)
            held = newest.get(key)
            if held is None or (held.asked_on, held.id) < (one.asked_on, one.id):
                newest[key] = one
    return [(key[0], one) for key, one in newest.items()]


def _share(asked: Iterable[Answered], question: str, holds: Answer, not_for: frozenset[str]) -> Share:
    given = [text for text in answers_to(asked, question) if text not in not_for]
    return share_of(sum(map(holds, given)), len(given))


def _amount(asked: Iterable[Answered], question: str) -> QuestionMean | None:
    given = [int(text) for text in answers_to(asked, question) if text.isdecimal()]
    return QuestionMean(question, {}, len(given), fmean(given), 0) if given else None
