# SPDX-License-Identifier: Apache-2.0
"""Behind R23: trainers by level, what they taught, and whom each generation of them has reached."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy.orm import Session

from reports.measures.cells import Place
from reports.measures.gathered import Page, Ref, opened
from reports.measures.model import Asked, word_of
from reports.measures.records import Opened
from reports.monthly.counts import UNKNOWN
from resource_centre.records import Trainer, TrainingEvent
from resource_centre.services import cascade_people as people
from resource_centre.services.cascade import ended, roots_of, trainers_known
from resource_centre.services.cascade_reach import CLIENT, Where, Who, light_lines, whom
from resource_centre.services.learning_lines import key

_PEOPLE: Final = {"people": (True, ""), "women": (True, "P"), "men": (True, "L"), "also_reached": (False, "")}
"""Of a generation: whether it reached them first, and of which sex."""


def of_level(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A figure of R23, or the trainers who are active (R1 no. 17)."""
    last = asked.span.last
    known = [one for one, _generation in trainers_known(session, last) if not ended(one, last)]
    own = [one for one in known if place.together or (one.level or UNKNOWN) == place.row]
    if place.of == "sessions":
        taught = list(_taught(session, asked, own))
        return opened(session, taught, page, value=len(taught))
    if place.of == "active":
        did = people.taught_by(session, since=asked.span.project.first, until=last, where=_where(asked))
        own = [one for one in own if one.id in did and did[one.id].active]
    if place.of == "certified":
        own = [one for one in own if one.certified_on is not None and one.certified_on <= last]
    if place.of == "each":
        taught = list(_taught(session, asked, own))
        mean = len(taught) / len(own) if own else None
        return opened(session, map(_trainer, own), page, unit="mean", value=mean, counts="share")
    return opened(session, map(_trainer, own), page, value=len(own))


def of_generation(session: Session, asked: Asked, place: Place, page: Page) -> Opened:
    """A figure of a generation, or of all of them together."""
    if place.of == "trainers":
        known = [one for one, at in trainers_known(session, asked.span.last) if _meant(at, place)]
        return opened(session, map(_trainer, known), page, value=len(known))
    counted, roots = _counted(asked), roots_of(session)
    events = people.events_led(session, roots, counted)
    if place.of in _PEOPLE:
        led = {key(one.id): one.generation for one in events}
        came = list(_came(session, counted, led, place))
        return opened(session, came, page, unit="people", value=len(came))
    own = [one for one in events if _meant(one.generation, place)]
    if place.of == "heads":
        heads = [_event(one, amount=one.heads) for one in own if one.heads]
        return opened(session, heads, page, unit="people", value=sum(one.heads for one in own), counts="sum")
    return opened(session, map(_event, own), page, value=len(own))


def _came(session: Session, counted: Where, led: dict[str, int], place: Place) -> Iterator[Ref]:
    """Everybody of a generation once: who is registered, and the line of a sheet of who is not."""
    first, sex = _PEOPLE[place.of]
    wanted: dict[tuple[int, Who], bool] = {}
    for generation, was_first, seen in whom(session, counted, led):
        if was_first is first and _meant(generation, place):
            wanted |= {(generation, who): True for who, known in seen.items() if sex in ("", known)}
    for _generation, (said, phone) in wanted:
        if phone == CLIENT:
            id_ = str(uuid.UUID(said))
            yield Ref("Person", id_, None, id_)
    lights = {one for one in wanted if one[1][1] != CLIENT}
    for who, line in light_lines(session, counted) if lights else ():
        at = (led.get(key(line.event_id), 0), who)
        if at in lights:
            lights.discard(at)
            shown_in = ("TrainingEvent", line.event_id)
            yield Ref("Participation", line.id, line.starts_on, who=line.name or "", shown_in=shown_in)


def _taught(session: Session, asked: Asked, trainers: list[Trainer]) -> Iterator[Ref]:
    """Each event for each trainer who taught it."""
    names = {one.id: one.name or "" for one in trainers}
    for row in people.events_taught(session, names, _counted(asked)):
        yield Ref("TrainingEvent", row.id, row.starts_on, who=names[row.trainer_id])


def _counted(asked: Asked) -> Where:
    return people.held(since=asked.span.project.first, until=asked.span.last, where=_where(asked))


def _where(asked: Asked) -> Where:
    return (*asked.scope.of_village(TrainingEvent.village_code), *asked.scope.of_work(TrainingEvent))


def _meant(generation: int, place: Place) -> bool:
    return place.together or place.row == f"{generation}"


def _trainer(one: Trainer) -> Ref:
    return Ref("Trainer", one.id, one.certified_on, what=word_of("trainer_level", one.level), who=one.name or "")


def _event(one: Any, amount: float | None = None) -> Ref:
    what = word_of("training_type", one.training_type)
    return Ref("TrainingEvent", one.id, one.starts_on, what=what, amount=amount)
