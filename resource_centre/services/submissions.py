# SPDX-License-Identifier: Apache-2.0
"""Submissions of Kobo and ODK taken in as answers, each once, as one act that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import wall_ms
from resource_centre.errors import Refused
from resource_centre.i18n import language
from resource_centre.log.many import insert_rows
from resource_centre.log.writing import is_known
from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form, say
from resource_centre.questionnaires.instance import plain
from resource_centre.questionnaires.kobo_layout import ASKED_ON, EVENT, OCCASION, SUBMITTED_BY
from resource_centre.questionnaires.kobo_reading import Submission, day_of
from resource_centre.records import Identifier, ImportBatch, ImportRow, Person, Questionnaire, TrainingEvent, new_id
from resource_centre.records.base import table_of
from resource_centre.services.accounts import may
from resource_centre.services.drafts import draft_of
from resource_centre.services.find_number import find_number
from resource_centre.services.questionnaires import form_of, newest_version, questionnaire_id, table_for, versions_of
from resource_centre.services.responses import BEGUN, COMPLETE, DRAFT_FORM, save_response, submission_id
from resource_centre.values.numbers import read_number
from resource_centre.vocabulary import vocabulary

CLIENT: Final = "_client_number"
"""Heading of the column by which an answer is known to be somebody's, in our own exports and on request."""
FROM_KOBO: Final = "kobo"
IMPORT: Final = "import"
"""The right to take files in."""
NIK_DIGITS: Final = 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ToLookAt:
    """One submission that was kept as begun: where it stood in the file, its answers' id, and what is wrong."""

    row: int
    id: str
    problems: tuple[Problem, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class NotTaken:
    """One submission that was left out: where it stood in the file, why, and the problems by place of the form."""

    row: int
    code: str
    problems: tuple[Problem, ...] = ()
    said: str = ""


@dataclass
class TakenIn:
    """What became of a file.

    `new` are the ids of new answers, `to_look_at` those of them that do not satisfy the form; `known` were here
    already; `unlinked` are new and about nobody by name though the form asks people. `batch_id` is that of the import
    by which all of it can be undone, None when nothing was written that could be.
    """

    new: list[str] = field(default_factory=list)
    to_look_at: list[ToLookAt] = field(default_factory=list)
    known: int = 0
    unlinked: int = 0
    left: list[NotTaken] = field(default_factory=list)
    batch_id: str | None = None


def take_in_file(session: Session, name: str, path: Path, **how: Any) -> TakenIn:
    """Read a file of submissions of one questionnaire and take it in; `how` as for `take_in_submissions`."""
    from resource_centre.questionnaires.submission_files import read_submissions

    _importers_only(session)
    return take_in_submissions(session, name, read_submissions(path, forms_of(session, name)), **how)


def forms_of(session: Session, name: str) -> list[Form]:
    """Every version of a questionnaire that is stored, the newest first."""
    newest_version(session, name)
    return [form_of(session, one.id) for one in versions_of(session, name)]


def take_in_submissions(
    session: Session,
    name: str,
    submissions: Sequence[Submission],
    *,
    person_question: str = "",
    progress: Progress | None = None,
    **asked: Any,
) -> TakenIn:
    """Write submissions of one questionnaire as answers, each once, however often its file is brought.

    `person_question` names the question, or the column, that holds the number of a client or of a case, or a NIK;
    without it the column of our own exports is looked for. What does not satisfy the form is kept as begun, to be
    looked at. `asked` is what is known of all of them, such as an occasion. `progress` may stop it by raising.
    Raises `Refused` for an account that may not take files in.
    """
    _importers_only(session)
    taking = _Taking(session, name, person_question, asked)
    for number, one in enumerate(submissions):
        if progress is not None:
            progress(number, len(submissions))
        taking.take(one)
    taking.note_batch(len(submissions))
    return taking.taken


def _importers_only(session: Session) -> None:
    if not may(session, IMPORT):
        raise Refused("not_allowed")


def event_of(session: Session, number: str) -> dict[str, Any]:
    """The training event of a number this account may see, as a fact of an answering; nothing for none."""
    reading = read_number(number)
    if reading is None:
        return {}
    wanted = select(TrainingEvent.id).where(TrainingEvent.number == reading.text, TrainingEvent.voided.is_(False))
    found = session.scalars(wanted.limit(1)).first()
    return {"event_id": found} if found is not None else {}


class _Taking:
    """One file being taken in."""

    def __init__(self, session: Session, name: str, person_question: str, asked: dict[str, Any]) -> None:
        self.taken = TakenIn()
        self._session = session
        self._person_question = person_question
        self._asked = asked
        self._newest = newest_version(session, name).id
        # Held, so that the session does not read them again for each submission.
        self._stored = versions_of(session, name)
        self._questionnaire = session.get_one(Questionnaire, questionnaire_id(name))
        self._versions = {one.id: one.form_version for one in self._stored}
        self._forms = {one: form_of(session, one) for one in self._versions}
        self._paths = {one: {item.path for item in form.items()} for one, form in self._forms.items()}
        self._about_people = self._questionnaire.about == "person"
        self._table = table_for(self._questionnaire.sensitivity)
        self._reads = may_read(viewer_of(session).role, self._table)
        self._written: list[tuple[int, str]] = []

    def take(self, one: Submission) -> None:
        """Write one submission, complete if it is, else begun."""
        if one.refused is not None:
            self._leave(one, None, one.refused)
            return
        if self._is_here(one):
            self.taken.known += 1
            return
        version_id = self._version_of(one)
        given: dict[str, Any] = {
            "version_id": version_id, "answers": one.answers, "unanswered": one.unanswered,
            "came_with": {**one.system, **one.strangers}, "submission_uuid": one.uuid, **self._facts(one, version_id),
        }  # fmt: skip
        complete = self._try(one, COMPLETE, given)
        if complete is None or complete.code == "taken_in_already":
            return
        begun = self._try(one, BEGUN, given, complete)
        if begun is not None:
            self._leave(one, version_id, begun)

    def note_batch(self, rows: int) -> None:
        """Note what was written, so that it can be undone with the other imports; what nobody here reads cannot be."""
        if not self._written or not self._reads:
            return
        account = viewer_of(self._session).account_id
        batch = ImportBatch(
            id=new_id(), account_id=account, file_digest="", imported_ms=wall_ms(),
            counts={"rows": rows, "new": len(self.taken.new), "known": self.taken.known},
        )  # fmt: skip
        self._session.add(batch)
        self._session.flush()
        told = {"batch_id": batch.id, "account_id": account, "sheet": "", "status": "settled", "raw": {}, "values": {}}
        lines = [
            {**told, "id": new_id(), "row": row, "fingerprint": saved, "problems": [], "person_id": None,
             "written": [[self._table.__name__, saved]]}
            for row, saved in self._written
        ]  # fmt: skip
        insert_rows(self._session.connection(), table_of(ImportRow), lines)
        self.taken.batch_id = batch.id

    def _is_here(self, one: Submission) -> bool:
        """Whether it was asked here, and bears its own id in our exports; or is a draft, where this account is not to
        read such answers. All others are known when they are written."""
        if _is_id(one.uuid) and is_known(self._session, one.uuid):
            return True
        if self._reads:
            return False
        kept = draft_of(self._session, form=DRAFT_FORM, record_id=submission_id(self._session, one.uuid))
        return kept is not None

    def _try(self, one: Submission, state: str, given: dict[str, Any], wrong: Refused | None = None) -> Refused | None:
        """Write it in this state, and return what is in the way; `wrong` is what keeps it from being complete."""
        try:
            with self._session.begin_nested():
                saved = save_response(self._session, None, state=state, **given)
        except Refused as refused:
            self.taken.known += refused.code == "taken_in_already"
            return refused
        self.taken.new.append(saved)
        self._written.append((one.row, saved))
        self.taken.unlinked += self._about_people and given["person_id"] is None
        if wrong is not None:
            said = self._words(given["version_id"], wrong)
            self.taken.to_look_at.append(ToLookAt(one.row, saved, wrong.problems, said))
        return None

    def _leave(self, one: Submission, version_id: str | None, refused: Refused) -> None:
        said = self._words(version_id, refused)
        self.taken.left.append(NotTaken(one.row, refused.code, refused.problems, said))

    def _words(self, version_id: str | None, refused: Refused) -> str:
        """What is wrong, by question; never what was answered."""
        if version_id is None or not refused.problems:
            return refused.words()
        form = self._forms[version_id]
        labels = {item.path: say(item.label, form.language_for(language())) or item.name for item in form.items()}
        said = [f"{labels.get(plain(one.field), '')} – {one.words()}".removeprefix(" – ") for one in refused.problems]
        return " · ".join(dict.fromkeys(said))

    def _version_of(self, one: Submission) -> str:
        """The version it says; of one we do not know, the newest that knows most of its questions."""
        said = next(
            (found for found, version in self._versions.items() if one.version and version == one.version), None
        )
        if said is not None:
            return said
        places = {plain(place) for place in one.answers}
        return min(self._versions, key=lambda found: (len(places - self._paths[found]), found != self._newest))

    def _facts(self, one: Submission, version_id: str) -> dict[str, Any]:
        facts: dict[str, Any] = {"mode": FROM_KOBO, "asked_by": one.system.get(SUBMITTED_BY), "person_id": None}
        facts |= self._whose(_number_in(one, self._person_question))
        facts |= event_of(self._session, one.system.get(EVENT, ""))
        day = _day_in(self._forms[version_id], one) or one.asked_on
        if day is not None:
            facts["asked_on"] = day
        occasion = one.system.get(OCCASION)
        if vocabulary("response_occasion").get(occasion) is not None:
            facts["occasion"] = occasion
        return facts | self._asked

    def _whose(self, written: str) -> dict[str, Any]:
        """The person, and the case, of a number this account may see."""
        found = find_number(self._session, written) if written else None
        if found is not None and found.person_id is not None:
            case = {"case_id": found.case_id} if found.case_id is not None else {}
            return {"person_id": found.person_id, **case}
        digits = "".join(letter for letter in written if letter.isdigit())
        if len(digits) != NIK_DIGITS:
            return {}
        wanted = select(Person.id).join(Identifier, Identifier.person_id == Person.id).distinct()
        valid = (Identifier.lookup == f"nik:{digits}", Identifier.voided.is_(False), Person.voided.is_(False))
        people = list(self._session.scalars(wanted.where(*valid).limit(2)))
        return {"person_id": people[0]} if len(people) == 1 else {}


def _is_id(text: str) -> bool:
    """Whether it is written as our own ids are."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _number_in(one: Submission, question: str) -> str:
    """What the submission says of whose it is."""
    if not question:
        return one.system.get(CLIENT, "")
    named = {place.rpartition("/")[2]: text for place, text in one.answers.items()}
    told = one.answers.get(question) or named.get(question)
    return told or one.system.get(question) or one.strangers.get(question, "")


def _day_in(form: Form, one: Submission) -> dt.date | None:
    """The day on which the telephone says it was asked; our own files say it themselves."""
    if one.system.get(ASKED_ON):
        return None
    noted = {item.kind: one.answers.get(item.path, "") for item in form.questions()}
    days = (day_of(noted[kind]) for kind in ("today", "start", "end") if noted.get(kind))
    return next((day for day in days if day is not None), None)
