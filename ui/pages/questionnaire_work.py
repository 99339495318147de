# SPDX-License-Identifier: Apache-2.0
"""What asking a questionnaire wants of the database; runs on its thread, never on the window's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resource_centre import i18n
from resource_centre.clock import today
from ui.kit.questions_answers import show_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.questionnaires.form import Form
    from resource_centre.questionnaires.live import LiveForm

ABOUT: Final = ("person_id", "case_id", "event_id", "participation_id")
HEAD: Final = ("occasion", "asked_on", "mode", "remarks")
"""What the head asks, as `Response` calls it."""
DRAFTS: Final = "questionnaire"
"""How the drafts of this page begin; after it stands the questionnaire's name while nothing is saved."""


@dataclass(frozen=True)
class Task:
    """One filling-in that was opened: the form as it stands, what is known of it, and where its draft is kept.

    `version_id` is empty for a preview, which keeps nothing. `before` and `before_unanswered` are what is saved.
    """

    name: str
    title: str
    live: LiveForm
    version_id: str = ""
    response_id: str | None = None
    about: Mapping[str, str | None] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)
    who: str = ""
    sensitivity: str = ""
    state: str = "begun"
    before: Mapping[str, str] | None = None
    before_unanswered: Mapping[str, str] | None = None
    draft: Mapping[str, Any] | None = None
    occasions: tuple[str, ...] = ()

    @property
    def draft_key(self) -> tuple[str, str | None]:
        """Form and record of its draft."""
        if self.response_id:
            return DRAFTS, self.response_id
        owner = next((self.about[name] for name in reversed(ABOUT) if self.about.get(name)), None)
        occasion = str(self.about.get("occasion") or "")
        return ".".join(part for part in (DRAFTS, self.name, occasion) if part), owner


@dataclass(frozen=True)
class Ended:
    """What came of completing: the response's id, the one sentence of a screening, the scores it has."""

    response_id: str
    screened: str = ""
    scores: tuple[tuple[str, str], ...] = ()
    """Lines to be shown, each with its role."""


def begin(session: Session, name: str, about: Mapping[str, Any]) -> Task:
    """A new filling-in, or the one whose draft was left behind."""
    from resource_centre.services.drafts import draft_of
    from resource_centre.services.questionnaires import form_of, shelved

    known = shelved(session, name)
    empty = Task(
        name=name, title=known.title, live=None, version_id="", about=dict(about),  # type: ignore[arg-type]
        who=_who(session, about), sensitivity=known.sensitivity, occasions=known.occasions,
    )  # fmt: skip
    form_key, record_id = empty.draft_key
    kept = draft_of(session, form=form_key, record_id=record_id)
    body = dict(kept.body) if kept is not None else None
    version_id = str((body or {}).get("version_id") or _version_to_ask(session, name, about))
    form = form_of(session, version_id)
    head = {"occasion": about.get("occasion"), "asked_on": today(), "mode": "lisan"}
    live = _live(session, form, body, str((body or {}).get("language") or ""))
    return replace(empty, live=live, version_id=version_id, head=head, draft=body)


def take_up(session: Session, response_id: str) -> Task:
    """One that was begun or completed, to be gone on with."""
    from resource_centre.services.drafts import draft_of
    from resource_centre.services.questionnaires import shelved
    from resource_centre.services.responses import response

    opened = response(session, response_id)
    kept = draft_of(session, form=DRAFTS, record_id=response_id)
    body = dict(kept.body) if kept is not None else None
    said = body or {"answers": opened.answers, "unanswered": opened.unanswered}
    asked = dict(opened.asked)
    about: dict[str, Any] = {name: asked.get(name) for name in ABOUT}
    language = str((body or {}).get("language") or asked.get("form_language") or "")
    return Task(
        name=opened.name, title=opened.title, version_id=opened.version_id, response_id=response_id,
        live=_live(session, opened.form, said, language),
        about=about, head={name: asked.get(name) for name in HEAD}, who=_who(session, about),
        sensitivity=opened.sensitivity, state=opened.state, before=opened.answers,
        before_unanswered=opened.unanswered, draft=body,
        occasions=shelved(session, opened.name).occasions,
    )  # fmt: skip


def look_at(session: Session, source: str) -> Task:
    """A version, or a file that is not in the centre yet, to be tried out; nothing of it is kept."""
    from resource_centre.services.questionnaires import form_of

    if Path(source).suffix:
        from resource_centre.questionnaires.reading import read_form

        form = read_form(Path(source))
    else:
        form = form_of(session, source)
    head = {"asked_on": today(), "mode": "lisan"}
    return Task(name=form.name, title=form.title or form.name, live=_live(session, form, None, ""), head=head)


def draft_subject(form: str, record_id: str | None) -> tuple[Any, ...]:
    """What the page is to open for one of its drafts, found by its key."""
    if form in (DRAFTS, "response"):
        return ("response", record_id)
    return ("draft", form, record_id)


def begin_from_draft(session: Session, form: str, record_id: str | None) -> Task:
    """A new filling-in whose draft is kept under this key."""
    from resource_centre.errors import Refused
    from resource_centre.services.drafts import draft_of

    kept = draft_of(session, form=form, record_id=record_id)
    if kept is None:
        raise Refused("not_found")
    return begin(session, str(kept.body["name"]), dict(kept.body.get("about") or {}))


def save(session: Session, task: Task, given: Mapping[str, Any], state: str) -> str:
    """Keep what is answered; the response's id. `given` holds answers, unanswered, head and files."""
    from resource_centre.services.responses import save_response

    facts = {name: value for name, value in task.about.items() if name in ABOUT and value}
    asked: Any = {**({} if task.response_id else facts), **given["head"]}
    response_id = save_response(
        session, task.response_id, version_id=task.version_id, answers=given["answers"],
        unanswered=given["unanswered"], state=state, before=task.before, before_unanswered=task.before_unanswered,
        draft=task.draft_key, **asked,
    )  # fmt: skip
    for path in given["files"].values():
        if Path(path).is_file():  # moved away meanwhile: its name stays the answer
            _attach(session, task, response_id, path)
    return response_id


def complete(session: Session, task: Task, given: Mapping[str, Any]) -> Ended:
    """Keep it as complete, and what is to be said at the end."""
    from resource_centre.services.responses import COMPLETE, outcome_of

    response_id = save(session, task, given, COMPLETE)
    outcome = outcome_of(task.live.form, given["answers"])
    return Ended(response_id, outcome.words() if outcome is not None else "", _scores(session, task, response_id))


def file_fault(path: str) -> str:
    """Why a file cannot be attached, in words; empty when it can."""
    from resource_centre.errors import Refused
    from resource_centre.services.attachments import read_file

    try:
        read_file(Path(path).read_bytes())
    except Refused as error:
        return " ".join(problem.words() for problem in error.problems) or error.words()
    return ""


def keeps_files(task: Task) -> bool:
    """Whether files go with the answers: a person's, and nothing more people would read than the answers."""
    return bool(task.about.get("person_id")) and task.sensitivity in ("ordinary", "sensitive")


def _attach(session: Session, task: Task, response_id: str, path: str) -> None:
    from resource_centre.services.attachments import attach
    from resource_centre.services.questionnaires import table_for

    attach(
        session, str(task.about["person_id"]), Path(path).read_bytes(), title=Path(path).stem[:120],
        about=table_for(task.sensitivity).__name__, about_id=response_id,
    )  # fmt: skip


def _scores(session: Session, task: Task, response_id: str) -> tuple[tuple[str, str], ...]:
    """Each figure with its name, and the line that says how far they may be trusted."""
    from resource_centre.access import may_read, viewer_of
    from resource_centre.i18n import _
    from resource_centre.questionnaires.form import say
    from resource_centre.services.answered import Scoring
    from resource_centre.services.questionnaires import table_for
    from resource_centre.services.responses import response
    from resource_centre.services.scores import caution_of

    if not may_read(viewer_of(session).role, table_for(task.sensitivity)):
        return ()
    scoring, opened = Scoring(session, task.name), response(session, response_id)
    scales = scoring.scales(task.version_id)
    if not scales:
        return ()
    found = scoring.scores(task.version_id, opened.answers, opened.unanswered)
    lines = []
    for scale in scales:
        figure = show_number(_short(found.of(scale.name).shown())) or _("too little is answered")
        lines.append((f"{say(scale.label, i18n.language()) or scale.name}: {figure}", ""))
    caution = caution_of(scoring, scales)
    return (*lines, (caution, "warning")) if caution else tuple(lines)


def _short(figure: str) -> str:
    """16 for 16.00."""
    return figure.removesuffix(".00")


def _version_to_ask(session: Session, name: str, about: Mapping[str, Any]) -> str:
    """The newest version; of a test at a training that of the test before, so that both can be compared."""
    from resource_centre.services.questionnaires import newest_version

    if about.get("event_id"):
        from resource_centre.services.class_tests import version_to_ask

        known = version_to_ask(session, name, about)
        if known is not None:
            return known
    return newest_version(session, name).id


def _live(session: Session, form: Form, said: Mapping[str, Any] | None, language: str) -> LiveForm:
    from resource_centre.access import viewer_of
    from resource_centre.questionnaires.live import Facts, LiveForm
    from resource_centre.records import Account

    account = session.get(Account, viewer_of(session).account_id)
    now = datetime.now().astimezone()
    facts = Facts(today=today(), now=now, username=(account.login or "") if account else "", start=now)
    chosen = language if language in form.languages else form.language_for(i18n.language())
    said = said or {}
    return LiveForm(form, said.get("answers"), said.get("unanswered"), language=chosen, facts=facts)


def _who(session: Session, about: Mapping[str, Any]) -> str:
    from resource_centre.records import Participation, Person, TrainingEvent

    line = session.get(Participation, about["participation_id"]) if about.get("participation_id") else None
    person_id = about.get("person_id") or (line.person_id if line is not None else None)
    person = session.get(Person, person_id) if person_id else None
    if person is not None:
        return person.full_name or ""
    if line is not None:
        return line.name or ""
    event = session.get(TrainingEvent, about["event_id"]) if about.get("event_id") else None
    return (event.topic or event.number or "") if event is not None else ""
