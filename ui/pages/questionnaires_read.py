# SPDX-License-Identifier: Apache-2.0
"""What the page of questionnaires wants of the database; runs on its thread, never on the window's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.questionnaires.form import Form
    from resource_centre.services.event_list import EventRow
    from resource_centre.services.questionnaire_changes import Comparison
    from resource_centre.services.questionnaires import Shelved
    from resource_centre.services.response_lists import ResponseRow
    from resource_centre.services.weight_sets import WeightsRow

MOST_ANSWERS = 300


@dataclass(frozen=True)
class OnShelf:
    """A line of the shelf. `answered` is None when this account does not read the answers."""

    known: Shelved
    answered: int | None

    @property
    def id(self) -> str:
        """Its name tells it from every other."""
        return self.known.name


@dataclass(frozen=True)
class VersionLine:
    """One version: since when, how often answered (None when not read), and what was new in it, in words."""

    id: str
    form_version: str
    published_on: dt.date | None
    asked_now: bool
    answered: int | None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """One time of asking with whom it is about, in words."""

    row: ResponseRow
    who: str

    @property
    def id(self) -> str:
        """That of the answers."""
        return self.row.id


@dataclass(frozen=True)
class LookedAt:
    """Everything that is shown of one questionnaire. `languages` as the form calls them."""

    line: OnShelf
    questions: int
    languages: tuple[str, ...]
    cautions: tuple[str, ...]
    versions: tuple[VersionLine, ...]
    weights: tuple[WeightsRow, ...]
    answers: tuple[Answered, ...]


class Beside(Mapping[str, bytes]):
    """The files in a folder by name, read when asked for; nothing above or below the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        from resource_centre.questionnaires.limits import MEGABYTE, limit

        path = self._folder / name
        try:
            if path.name != name or path.stat().st_size > limit("file_megabytes") * MEGABYTE:
                raise KeyError(name)
            return path.read_bytes()
        except (OSError, ValueError) as reason:
            raise KeyError(name) from reason

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in self._folder.iterdir() if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _name in self)


def read_shelf(session: Session) -> list[OnShelf]:
    """Every questionnaire, with how often it was answered."""
    from resource_centre.services.questionnaires import readable_tables, shelf, table_for

    counted, tables = _counted(session), readable_tables(session)
    return [OnShelf(one, counted[one.name] if table_for(one.sensitivity) in tables else None) for one in shelf(session)]


def look_at(session: Session, name: str) -> LookedAt:
    """One questionnaire, whole. Raises `Refused` (not_found) when there is none of this name."""
    from resource_centre.services.questionnaires import form_of, shelved
    from resource_centre.services.shipped_forms import read_shipped
    from resource_centre.services.weight_sets import weight_sets

    known = shelved(session, name)
    line = next(one for one in read_shelf(session) if one.id == name)
    form = form_of(session, known.version_id) if known.version_id else read_shipped(name)
    return LookedAt(
        line=line,
        questions=sum(one.asked and one.kind != "note" for one in form.questions()),
        languages=tuple(one for one in form.languages if one),
        cautions=_cautions(form),
        versions=_version_lines(session, line),
        weights=tuple(weight_sets(session, name)),
        answers=_answers(session, name),
    )


def version_to_ask(session: Session, name: str) -> str:
    """The id of the version asked now; what comes with the program is stored for it."""
    from resource_centre.services.questionnaires import newest_version

    return newest_version(session, name).id


def form_asked(session: Session, name: str) -> Form:
    """The form asked now."""
    from resource_centre.services.questionnaires import form_of, shelved
    from resource_centre.services.shipped_forms import read_shipped

    version_id = shelved(session, name).version_id
    return form_of(session, version_id) if version_id else read_shipped(name)


def workbook(session: Session, name: str) -> bytes:
    """The form asked now as a workbook that Kobo and ODK read."""
    from resource_centre.questionnaires.writing import workbook_of

    return workbook_of(form_asked(session, name))


def read_file(path: Path) -> Form:
    """The form in a file, with the tables that lie beside it. Raises FormRefused, EnvironmentFailed."""
    from resource_centre.questionnaires.reading import read_form

    return read_form(path, companions=Beside(path.parent))


def beside_what_is_asked(session: Session, form: Form) -> tuple[Shelved | None, Comparison | None]:
    """What is on the shelf under the name of a form, and how the form differs from it; neither for a new one."""
    from resource_centre.services.questionnaire_changes import compared
    from resource_centre.services.questionnaires import shelf

    known = next((one for one in shelf(session) if one.name == form.name), None)
    if known is None:
        return None, None
    return known, compared(session, form, form_asked(session, form.name))


def events_to_ask_about(session: Session) -> list[EventRow]:
    """The newest events."""
    from resource_centre.services.event_list import events_of

    return events_of(session, limit=200)


def name_of(session: Session, person_id: str) -> str:
    """What somebody is called."""
    from resource_centre.records import Person
    from resource_centre.services.saving import existing

    return existing(session, Person, person_id).full_name or ""


def _cautions(form: Form) -> tuple[str, ...]:
    """What is said under the form's own figures."""
    from resource_centre.i18n import language
    from resource_centre.questionnaires.scales import scales_of

    said = (scale.caution.get(language(), "") for scale in scales_of(form.name))
    return tuple(dict.fromkeys(one for one in said if one))


def _version_lines(session: Session, line: OnShelf) -> tuple[VersionLine, ...]:
    """Newest first; each with what it changed of the one before."""
    from resource_centre.questionnaires.versions import changes
    from resource_centre.services.questionnaires import form_of, versions_of

    stored = versions_of(session, line.id)
    counted = _counted_by_version(session, line.id)
    forms = [form_of(session, one.id) for one in stored]
    said = [tuple(one.words() for one in changes(before, after).found) for after, before in pairwise(forms)]
    return tuple(
        VersionLine(
            id=one.id,
            form_version=one.form_version or "",
            published_on=one.published_on,
            asked_now=one.id == line.known.version_id,
            answered=counted[one.id] if line.answered is not None else None,
            changed=said[number] if number < len(said) else (),
        )
        for number, one in enumerate(stored)
    )


def _counted(session: Session) -> Counter[str]:
    from sqlalchemy import func, select

    from resource_centre.services.questionnaires import readable_tables

    found: Counter[str] = Counter()
    for table in readable_tables(session):
        wanted = select(table.questionnaire, func.count()).where(table.voided.is_(False), table.state == "complete")
        for name, count in session.execute(wanted.group_by(table.questionnaire)):
            found[name or ""] += count
    return found


def _counted_by_version(session: Session, name: str) -> Counter[str]:
    from sqlalchemy import func, select

    from resource_centre.services.questionnaires import readable_tables

    found: Counter[str] = Counter()
    for table in readable_tables(session):
        own = (table.questionnaire == name, table.voided.is_(False), table.state == "complete")
        for version_id, count in session.execute(
            select(table.version_id, func.count()).where(*own).group_by(table.version_id)
        ):
            found[version_id] += count
    return found


def _answers(session: Session, name: str) -> tuple[Answered, ...]:
    from resource_centre.services.response_lists import begun_by_me, responses_to

    begun = [one for one in begun_by_me(session) if one.name == name and one.kept_as_draft]
    rows = [*begun, *responses_to(session, name, limit=MOST_ANSWERS)]
    names = _names(session, rows)
    return tuple(Answered(one, names.get(one.person_id or one.event_id or "", "")) for one in rows)


def _names(session: Session, rows: list[ResponseRow]) -> dict[str, str]:
    """By the id of a person or an event what they are called."""
    from sqlalchemy import select

    from resource_centre.records import Person, TrainingEvent

    found: dict[str, str] = {}
    columns: tuple[tuple[Any, Any, str], ...] = (
        (Person.id, Person.full_name, "person_id"),
        (TrainingEvent.id, TrainingEvent.topic, "event_id"),
    )
    for key, called, owner in columns:
        wanted = {one for row in rows if (one := getattr(row, owner))}
        found |= {one: words or "" for one, words in session.execute(select(key, called).where(key.in_(wanted)))}
    return found
