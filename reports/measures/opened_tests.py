# SPDX-License-Identifier: Apache-2.0
"""Behind R21 and what R1 reads from it: who took both tests at a training, and who came and lacks one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.cells import SEXES, Place
from reports.measures.gathered import Page, Ref, opened
from reports.measures.model import Asked, word_of
from reports.measures.records import Opened
from reports.monthly.counts import UNKNOWN
from reports.monthly.periods import Period, Span
from reports.monthly.scope import Scope
from reports.monthly.training import ALL, SEX_ON_SHEET, begun_in
from reports.tables.model import Unit
from resource_centre.learning.gains import Gain, gain_of
from resource_centre.records import Participation, Person, TrainingEvent
from resource_centre.services.asked_tests import asked_tests, events_tested
from resource_centre.services.learning_lines import held_events, key, sheet_lines, valid_lines
from resource_centre.services.learning_tally import Score, tally
from resource_centre.services.rules import rule
from resource_centre.services.training import was_there

_LACKING: Final = {"no_first": "pre", "no_last": "post", "neither": "both", "unlike": "unlike"}
_OF_PAIRS: Final[dict[str, tuple[Unit, Callable[[Gain], float | None]]]] = {
    "pairs": ("people", lambda gain: gain.pairs),
    "pre": ("mean", lambda gain: gain.mean_pre),
    "post": ("mean", lambda gain: gain.mean_post),
    "gain": ("points", lambda gain: gain.mean_gain),
    "low": ("points", lambda gain: gain.low),
    "high": ("points", lambda gain: gain.high),
    "improved": ("percent", lambda gain: gain.improved.percent),
    "passed": ("percent", lambda gain: gain.passed_after.percent),
}


class _Line(NamedTuple):
    """One participant in one module."""

    id: str
    event_id: str
    person_id: str | None
    day: dt.date | None
    who: str | None
    module: str
    sex: str
    score: Score


def tested(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A figure of R21: a mean or a share leads to all the pairs it is made of."""
    module, _, sex = place.row.rpartition(".")
    if sex not in SEXES or not module:
        module, sex = place.row, ALL
    lines = _lines(session, asked.period(place.period), asked.scope)
    found = [one for one in lines if module in (ALL, one.module) and sex in (ALL, one.sex)]
    if place.of in _LACKING:
        without = [one for one in found if one.score == _LACKING[place.of]]
        return opened(session, map(_ref, without), page, unit="people", value=len(without))
    pairs = [one for one in found if not isinstance(one.score, str)]
    unit, value = _OF_PAIRS[place.of]
    gain = gain_of(
        Counter(one.score for one in pairs if not isinstance(one.score, str)),
        pass_mark=rule("pass_mark"), least=rule("least_matched"),
    )  # fmt: skip
    share = place.of in ("improved", "passed")
    refs = (_ref(one, part=not share or _does(place.of, one.score)) for one in pairs)
    return opened(session, refs, page, unit=unit, value=value(gain), counts="share" if unit != "people" else "rows")


def _does(of: str, score: Score) -> bool:
    """Whether somebody with both scores is in the part of the share."""
    if isinstance(score, str):
        return False
    before, after = score
    return after > before if of == "improved" else after >= rule("pass_mark")


def _ref(one: _Line, *, part: bool = True) -> Ref:
    words = word_of("module", one.module)
    event = ("TrainingEvent", one.event_id)
    return Ref("Participation", one.id, one.day, one.person_id, words, one.who or "", part=part, shown_in=event)


def _lines(session: Session, period: Period, scope: Scope) -> Iterator[_Line]:
    span, answered = Span(period, period, period), events_tested(session)
    yield from _typed(session, span, scope, answered)
    if answered is not None:
        yield from _asked(session, span, scope, answered)


def _typed(session: Session, span: Span, scope: Scope, answered: Any) -> Iterator[_Line]:
    """Of events at which no test was answered as a questionnaire: as typed on the sheet."""
    pre, post = Participation.pre_score, Participation.post_score
    among = None if answered is None else TrainingEvent.id.not_in(answered)
    both = sa.and_(pre.is_not(None), post.is_not(None))
    columns = (*_KNOWN, TrainingEvent.module, SEX_ON_SHEET, pre, post)
    for *known, module, sex, before, after in session.execute(
        valid_lines(begun_in(span, scope, among), *columns).where(sa.or_(both, was_there()))
    ):
        if before is None or after is None:
            score: Score = "post" if before is not None else "pre" if after is not None else "both"
        else:
            score = float(before), float(after)
        id_, event_id, person_id, day, who = known
        yield _Line(id_, event_id, person_id, day, who, module or UNKNOWN, sex or UNKNOWN, score)


_KNOWN: Final = (
    Participation.id, Participation.event_id, Participation.person_id, TrainingEvent.starts_on,
    sa.func.coalesce(Person.full_name, Participation.name),
)  # fmt: skip


def _asked(session: Session, span: Span, scope: Scope, answered: Any) -> Iterator[_Line]:
    """Of all other events, read line by line as `monthly.training` does."""
    begun = begun_in(span, scope, TrainingEvent.id.in_(answered))
    events = held_events(session, begun)
    if not events:
        return
    known = {key(row[0]): row for row in session.execute(valid_lines(begun, *_KNOWN))}
    tests = [one for one in asked_tests(session) if key(one.participation_id) in known]
    for one in tally(events, sheet_lines(session, begun), tests).tested:
        id_, event_id, person_id, day, who = known[one.line_id]
        yield _Line(id_, event_id, person_id, day, who, one.module, one.sex, one.score)
