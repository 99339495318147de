# SPDX-License-Identifier: Apache-2.0
"""Curricula in versions: the one that comes with the program, and what a centre makes of it.

A version is written as a draft and published once. From then on it stays as it is, so that an event says for ever what
was taught at it; a change is a new version of the same series. Of a series the version published last is in use, until
it is withdrawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import DEFAULT_LANGUAGE, LANGUAGES
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import Curriculum, CurriculumModule, new_id
from resource_centre.services.accounts import may
from resource_centre.services.check import check_record
from resource_centre.services.curriculum_default import (
    PUBLISHED_ON,
    SERIES,
    Module,
    default_curriculum,
    default_id,
    default_values,
    module_values,
)
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.services.shipped_forms import version_key

Values = Mapping[str, Any]

DRAFT: Final = "draft"
IN_USE: Final = "in_use"
REPLACED: Final = "replaced"
WITHDRAWN: Final = "withdrawn"

PUBLISH: Final = "settings"
"""The right to publish and withdraw, as for questionnaires."""


@dataclass(frozen=True)
class CurriculumRow:
    """One version of a curriculum; `state` is one of the four above, `minutes` those of all its modules together.

    `shipped`: it came with a program.
    """

    id: str
    series_id: str
    name: str
    edition: str
    source: str
    published_on: dt.date | None
    withdrawn_on: dt.date | None
    remarks: str
    modules: int
    minutes: int
    state: str = DRAFT
    version: int | None = None

    @property
    def shipped(self) -> bool:
        """Whether it came with a program."""
        return self.series_id == SERIES

    @property
    def rank(self) -> tuple[Any, ...]:
        """By which versions of a series are ordered."""
        return (self.published_on or dt.date.max, version_key(self.edition), self.id)


def curricula_list(session: Session) -> list[CurriculumRow]:
    """Every version: those of the program first, then the centre's own by name, the newest of each series first."""
    rows = _with_states(_rows(session))
    names = {one.series_id: one.name.casefold() for one in sorted(rows, key=lambda row: row.rank)}
    newest_first = sorted(rows, key=lambda row: row.rank, reverse=True)
    return sorted(newest_first, key=lambda row: (not row.shipped, names[row.series_id], row.series_id))


def curriculum_row(session: Session, curriculum_id: str) -> CurriculumRow:
    """One version. Raises `Refused` (not_found) when there is none."""
    found = next((one for one in curricula_list(session) if one.id == curriculum_id), None)
    if found is None:
        raise Refused("not_found")
    return found


def usable_curricula(session: Session, on: dt.date) -> list[CurriculumRow]:
    """What an event of a day may be held by: of each series the version in use then.

    Of a series that was first published after the day, the first version: it was taught from paper before.
    """
    by_series: dict[str, list[CurriculumRow]] = {}
    for one in curricula_list(session):
        if one.published_on is not None:
            by_series.setdefault(one.series_id, []).append(one)
    chosen = [_in_use_on(versions, on) for versions in by_series.values()]
    return [one for one in chosen if (one.withdrawn_on is None or one.withdrawn_on > on) and one.modules]


def modules_of(session: Session, curriculum_id: str) -> list[Module]:
    """The modules of a version in their order; those of the program's own in the active language."""
    if curriculum_id == default_id():
        return list(default_curriculum().modules)
    return [_module(one) for one in stored_modules(session, curriculum_id)]


def stored_modules(session: Session, curriculum_id: str) -> list[CurriculumModule]:
    """The stored modules of a version in their order."""
    own = (CurriculumModule.curriculum_id == curriculum_id, CurriculumModule.voided.is_(False))
    found = session.scalars(select(CurriculumModule).where(*own).order_by(CurriculumModule.id))
    return sorted(found, key=lambda one: (one.position is None, one.position or 0))


def begin_curriculum(session: Session, values: Values, unanswered: Reasons | None = None) -> Curriculum:
    """A new curriculum of the centre's own: a draft without modules. Raises `Refused` with the problems by field."""
    made = {"edition": "1"} | {name: one for name, one in values.items() if one is not None}
    curriculum = new_id()
    refuse_errors(_name_problems(session, canonical(Curriculum, made), curriculum))
    return write_new(session, Curriculum, made | {"id": curriculum, "series_id": curriculum}, unanswered, on=today())


def copy_curriculum(session: Session, source_id: str, *, as_new: bool = False, name: str | None = None) -> Curriculum:
    """A draft with the modules of a version: the next version of its series, or with `as_new` another curriculum.

    What came with a program becomes the centre's own. Raises `Refused` when a next version is begun already.
    """
    source = curriculum_row(session, source_id)
    series = new_id() if as_new or source.shipped else source.series_id
    _refuse_second_draft(session, series)
    fresh = series != source.series_id
    made = {
        "id": series if fresh else new_id(), "series_id": series,
        "name": name or (_free_name(session, source.name) if fresh else source.name),
        "edition": "1" if fresh else next_edition(session, series), "source": source.source or None,
        "remarks": source.remarks or None,
    }  # fmt: skip
    refuse_errors(_name_problems(session, canonical(Curriculum, made), series))
    copy = write_new(session, Curriculum, made, on=today())
    for position, one in enumerate(modules_of(session, source_id), start=1):
        write_new(session, CurriculumModule, module_values(one, position) | {"curriculum_id": copy.id}, on=today())
    return copy


def change_curriculum(
    session: Session,
    curriculum_id: str,
    values: Values,
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Curriculum:
    """Change the name, version, source or remarks of a draft."""
    draft = draft_of(session, curriculum_id)
    made = canonical(Curriculum, values)
    problems = _name_problems(session, made, draft.series_id or draft.id)
    if made.get("edition"):
        problems += _edition_problems(session, draft, made["edition"])
    refuse_errors(problems)
    return write_changes(session, draft, values, unanswered, on=today(), version=version)


def publish(session: Session, curriculum_id: str, *, on: dt.date | None = None) -> Curriculum:
    """Publish a draft: events may be held by it, and it never changes again.

    Raises `Refused` without modules, without a version, or with one that another version of the series has.
    """
    _publishers_only(session)
    draft = draft_of(session, curriculum_id)
    problems = [] if stored_modules(session, curriculum_id) else [Problem("modules", "no_modules")]
    if draft.edition:
        problems += _edition_problems(session, draft, draft.edition)
    else:
        problems.append(Problem("edition", "required"))
    refuse_errors(problems)
    return write_changes(session, draft, {"published_on": on or today()}, on=today())


def withdraw(session: Session, curriculum_id: str) -> Curriculum:
    """Teach by a published version no longer; events that were held by it keep it."""
    _publishers_only(session)
    return write_changes(session, _published(session, curriculum_id), {"withdrawn_on": today()}, on=today())


def bring_back(session: Session, curriculum_id: str) -> Curriculum:
    """Teach by a withdrawn version again."""
    _publishers_only(session)
    return write_changes(session, _published(session, curriculum_id), {"withdrawn_on": None}, on=today())


def discard_draft(session: Session, curriculum_id: str, reason: str) -> None:
    """Let go of a draft; the trail keeps it."""
    draft = draft_of(session, curriculum_id)
    for one in stored_modules(session, curriculum_id):
        void(session, one, reason)
    void(session, draft, reason)


def store_used(session: Session, curriculum_id: str) -> None:
    """Store the curriculum of the program when it is the one that is used and nobody used it before."""
    if curriculum_id != default_id() or session.get(Curriculum, curriculum_id) is not None:
        return
    _write(session, Curriculum, default_values())
    made = default_curriculum(DEFAULT_LANGUAGE)
    for position, one in enumerate(made.modules, start=1):
        owned = {"id": one.id, "curriculum_id": curriculum_id}
        _write(session, CurriculumModule, module_values(one, position) | owned)


def draft_of(session: Session, curriculum_id: str) -> Curriculum:
    """A version that may still change. Raises `Refused` for one that is published."""
    if curriculum_id == default_id():
        raise Refused("check", (Problem("name", "version_published"),))
    found = existing(session, Curriculum, curriculum_id)
    if found.published_on is not None:
        raise Refused("check", (Problem("name", "version_published"),))
    return found


def next_edition(session: Session, series_id: str) -> str:
    """The number after the highest version of a series."""
    editions = session.scalars(select(Curriculum.edition).where(*_of_series(series_id)))
    return str(max((version_key(one)[0] for one in editions if version_key(one)), default=0) + 1)


# Inside


def _rows(session: Session) -> list[CurriculumRow]:
    """Every valid version as it stands, with that of the program even if nobody used it yet."""
    counted = (
        select(CurriculumModule.curriculum_id, func.count().label("n"), func.sum(CurriculumModule.minutes).label("t"))
        .where(CurriculumModule.voided.is_(False))
        .group_by(CurriculumModule.curriculum_id)
        .subquery()
    )
    one = Curriculum
    columns = (
        one.id, one.series_id, one.name, one.edition, one.source, one.published_on, one.withdrawn_on, one.remarks,
        counted.c.n, counted.c.t, one.version,
    )  # fmt: skip
    wanted = select(*columns).outerjoin(counted, counted.c.curriculum_id == one.id).where(one.voided.is_(False))
    rows = [_row(*found) for found in session.execute(wanted)]
    shipped = next((row for row in rows if row.id == default_id()), None)
    return [_shipped_row(shipped), *(row for row in rows if row is not shipped)]


def _row(
    row_id: str, series: str | None, name: str | None, edition: str | None, source: str | None,
    published: dt.date | None, withdrawn: dt.date | None, remarks: str | None, modules: int | None,
    minutes: int | None, version: int,
) -> CurriculumRow:  # fmt: skip
    return CurriculumRow(
        row_id, series or row_id, name or "", edition or "", source or "", published, withdrawn, remarks or "",
        modules or 0, int(minutes or 0), version=version,
    )  # fmt: skip


def _shipped_row(stored: CurriculumRow | None) -> CurriculumRow:
    """The program's own in the active language; stored or not, it says the same."""
    made = default_curriculum()
    return CurriculumRow(
        made.id, SERIES, made.name, made.edition, default_values()["source"], PUBLISHED_ON,
        stored.withdrawn_on if stored else None, "", len(made.modules), made.minutes,
        version=stored.version if stored else None,
    )  # fmt: skip


def _with_states(rows: Iterable[CurriculumRow]) -> list[CurriculumRow]:
    from dataclasses import replace

    listed = list(rows)
    newest: dict[str, CurriculumRow] = {}
    for one in sorted(listed, key=lambda row: row.rank):
        if one.published_on is not None:
            newest[one.series_id] = one
    return [replace(one, state=_state(one, newest.get(one.series_id))) for one in listed]


def _state(one: CurriculumRow, newest: CurriculumRow | None) -> str:
    if one.published_on is None:
        return DRAFT
    if one.withdrawn_on is not None:
        return WITHDRAWN
    return IN_USE if newest is not None and newest.id == one.id else REPLACED


def _in_use_on(versions: list[CurriculumRow], on: dt.date) -> CurriculumRow:
    ordered = sorted(versions, key=lambda one: one.rank)
    return next((one for one in reversed(ordered) if one.published_on and one.published_on <= on), ordered[0])


def _module(one: CurriculumModule) -> Module:
    return Module(
        one.id, one.module, one.title, tuple(one.phases or ()), one.minutes, _lines(one.objectives),
        _lines(one.materials), one.test, one.version,
    )  # fmt: skip


def _lines(text: str | None) -> tuple[str, ...]:
    """A paragraph line by line, without the dashes and dots people put before a line."""
    return tuple(line for part in (text or "").splitlines() if (line := part.strip().lstrip("-•*–").strip()))


def _of_series(series_id: str) -> tuple[Any, ...]:
    return Curriculum.series_id == series_id, Curriculum.voided.is_(False)


def _refuse_second_draft(session: Session, series_id: str) -> None:
    begun = select(Curriculum.id).where(*_of_series(series_id), Curriculum.published_on.is_(None)).limit(1)
    if session.scalar(begun) is not None:
        raise Refused("check", (Problem("edition", "version_begun"),))


def _name_problems(session: Session, values: Values, series_id: str) -> list[Problem]:
    """Two curricula of one name cannot be told apart."""
    name = values.get("name")
    if not isinstance(name, str):
        return []
    taken = _names(session, but=series_id)
    return [Problem("name", "already_taken")] if name.casefold() in taken else []


def _names(session: Session, but: str = "") -> set[str]:
    """The names of all other series, folded."""
    rows = session.execute(select(Curriculum.series_id, Curriculum.name).where(Curriculum.voided.is_(False)))
    shipped = {default_curriculum(language).name for language in LANGUAGES}
    return {(name or "").casefold() for name in shipped | {name for series, name in rows if series != but}}


def _free_name(session: Session, name: str) -> str:
    taken = _names(session)
    return next(free for n in range(2, 1000) if (free := f"{name} ({n})").casefold() not in taken)


def _edition_problems(session: Session, draft: Curriculum, edition: str) -> list[Problem]:
    others = (Curriculum.id != draft.id, Curriculum.published_on.is_not(None))
    editions = session.scalars(select(Curriculum.edition).where(*_of_series(draft.series_id or draft.id), *others))
    taken = {(one or "").casefold() for one in editions}
    return [Problem("edition", "edition_taken")] if edition.casefold() in taken else []


def _published(session: Session, curriculum_id: str) -> Curriculum:
    store_used(session, curriculum_id)
    found = existing(session, Curriculum, curriculum_id)
    if found.published_on is None:
        raise Refused("not_found")
    return found


def _publishers_only(session: Session) -> None:
    if not may(session, PUBLISH):
        raise Refused("not_allowed")


def _write(session: Session, record: type[Any], values: Values) -> None:
    """Add a record to the letter: ids follow from what the file says."""
    refuse_errors(check_record(record, values, on=today()))
    session.add(record(**values))
    session.flush()
