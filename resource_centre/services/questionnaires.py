# SPDX-License-Identifier: Apache-2.0
"""The shelf: questionnaires that come with the program and those the centre published, each in its versions.

A form that comes with the program is stored at its first use, by whoever asks it first; ids follow from names and
contents, so that two laptops which never met mean the same questionnaire and the same version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.shape import canonical
from resource_centre.problems import Problem
from resource_centre.questionnaires.form import Form
from resource_centre.records import (
    ProtectedResponse,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SensitiveResponse,
)
from resource_centre.records.questionnaire import AnyResponse
from resource_centre.services.accounts import may
from resource_centre.services.check import check_record
from resource_centre.services.saving import existing, refuse_errors, write_changes
from resource_centre.services.shipped_forms import (
    ShippedForm,
    read_shipped,
    shipped_forms,
    title_of,
    version_key,
)
from resource_centre.vocabulary import vocabulary

QUESTIONNAIRES: Final = UUID("5b1f3c1e-6c0a-5d7e-9d0a-7a2f4f6c8e10")
"""What ids of questionnaires are made from, together with their names."""

SHIPPED: Final = "shipped"
PUBLISH: Final = "settings"
"""The right to publish and withdraw."""

TABLES: Final[Mapping[str, type[AnyResponse]]] = {
    "ordinary": Response,
    "sensitive": SensitiveResponse,
    "protected": ProtectedResponse,
}


Written = TypeVar("Written", Questionnaire, QuestionnaireVersion)


@dataclass(frozen=True)
class Shelved:
    """One questionnaire on the shelf, `title` in the active language.

    `version_id` and `form_version` are those of the version asked now; no id while nothing was asked with what comes
    with the program. `shipped_version` is what comes with the program, "" for a form of the centre's own: when it
    differs from `form_version`, the centre asks a version of its own. No `occasions` means any.
    """

    name: str
    title: str
    kind: str
    about: str
    sensitivity: str
    occasions: tuple[str, ...]
    oral: bool
    shipped: bool
    version_id: str | None
    form_version: str
    withdrawn: bool
    shipped_version: str = ""
    source: str = ""
    verified: bool = False
    licence: str = ""


class _Version(NamedTuple):
    """What is read of a version to choose among them; the form itself is large."""

    id: str
    name: str
    form_version: str | None
    title: str | None
    published_on: dt.date | None
    digest: str | None

    @property
    def as_shipped(self) -> bool:
        """Whether it came with a program, this one or another: its id says so."""
        return self.id == _version_id(self.name, self.form_version, self.digest, SHIPPED)

    @property
    def rank(self) -> tuple[Any, ...]:
        return (self.published_on or dt.date.min, version_key(self.form_version), self.id)


def table_for(sensitivity: str | None) -> type[AnyResponse]:
    """In which table the answers to a questionnaire are kept; one we know nothing of is taken for the most secret."""
    return TABLES.get(sensitivity or "", ProtectedResponse)


def sensitivity_of(table: type[AnyResponse]) -> str:
    """Whose answers a table holds: the code of questionnaire_sensitivity."""
    return next(code for code, one in TABLES.items() if one is table)


def readable_tables(session: Session) -> list[type[AnyResponse]]:
    """The tables of answers that this account reads."""
    return [table for table in TABLES.values() if may_read(viewer_of(session).role, table)]


def shelf(session: Session) -> list[Shelved]:
    """Every questionnaire: those of the program in their order, then the centre's own by title."""
    stored = {one.name: one for one in session.scalars(select(Questionnaire).where(Questionnaire.voided.is_(False)))}
    versions = _versions(session)
    shipped = shipped_forms()
    known = [_shelved(stored.get(name), versions.get(name, []), one) for name, one in shipped.items()]
    own = [_shelved(one, versions[name], None) for name, one in stored.items() if name in versions.keys() - shipped]
    return known + sorted(own, key=lambda one: (one.title.casefold(), one.name))


def shelved(session: Session, name: str) -> Shelved:
    """One questionnaire of the shelf. Raises `Refused` (not_found) when there is none of this name."""
    found = next((one for one in shelf(session) if one.name == name), None)
    if found is None:
        raise Refused("not_found")
    return found


def versions_of(session: Session, name: str) -> list[QuestionnaireVersion]:
    """The stored versions of a questionnaire, newest first."""
    own = (QuestionnaireVersion.questionnaire_id == questionnaire_id(name), QuestionnaireVersion.voided.is_(False))
    found = session.scalars(select(QuestionnaireVersion).where(*own)).all()
    return sorted(found, key=lambda one: (one.published_on, version_key(one.form_version), one.id), reverse=True)


def newest_version(session: Session, name: str) -> QuestionnaireVersion:
    """The version that is asked now; what comes with the program is stored here when it is asked for the first time.

    A version the centre published itself is asked before any that came with a program.
    """
    stored = _versions(session, name).get(name, [])
    shipped = shipped_forms().get(name)
    chosen = _chosen(stored, shipped)
    if chosen is not None:
        return existing(session, QuestionnaireVersion, chosen.id)
    if shipped is None:
        raise Refused("not_found")
    return _store_shipped(session, shipped)


def form_of(session: Session, version_id: str) -> Form:
    """What a stored version asks; kept in memory, since a version never changes."""
    columns = (QuestionnaireVersion.digest, QuestionnaireVersion.xform, QuestionnaireVersion.sheets)
    row = session.execute(select(*columns).where(QuestionnaireVersion.id == version_id)).first()
    if row is None:
        raise Refused("not_found")
    return _read_stored(_Stored(version_id, row.digest, row.xform or "", row.sheets or {}))


def publish(
    session: Session,
    form: Form,
    *,
    kind: str,
    about: str,
    sensitivity: str,
    confirmed: bool = False,
    on: dt.date | None = None,
) -> QuestionnaireVersion:
    """Put a form on the shelf, as a new questionnaire or as a new version of the one of its name.

    The same content again is the same version. Raises `Refused` (field ``form_version``) when another content bears
    this version already and that was not `confirmed`; (field ``sensitivity`` or ``about``) when answers stand against
    it. Answers stay with the version they were given to.
    """
    _publishers_only(session)
    digest = digest_of(form)
    version_id = _version_id(form.name, form.version, digest)
    known = _versions(session, form.name).get(form.name, [])
    same = next((one for one in known if one.digest == digest and one.form_version == form.version), None)
    taken = [one for one in known if one.form_version == form.version and one.digest != digest]
    if taken and not (confirmed or same):
        raise Refused("check", (Problem("form_version", "version_taken"),))
    _keep_questionnaire(session, form.name, {"kind": kind, "about": about, "sensitivity": sensitivity})
    if any(one.id == version_id for one in known):
        return existing(session, QuestionnaireVersion, version_id)
    return _write_version(session, form, version_id, digest, on or today())


def withdraw(session: Session, name: str) -> Questionnaire:
    """Ask a questionnaire no longer; its answers stay."""
    _publishers_only(session)
    return write_changes(session, _questionnaire(session, name), {"withdrawn_on": today()}, on=today())


def bring_back(session: Session, name: str) -> Questionnaire:
    """Ask a withdrawn questionnaire again."""
    _publishers_only(session)
    return write_changes(session, _questionnaire(session, name), {"withdrawn_on": None}, on=today())


def tighten(session: Session, name: str, sensitivity: str) -> Questionnaire:
    """Let fewer people read the answers. Raises `Refused` once there are any, and when it would be more people."""
    _publishers_only(session)
    found = _questionnaire(session, name)
    _refuse_reclassing(session, found, {"sensitivity": sensitivity})
    return write_changes(session, found, {"sensitivity": sensitivity}, on=today())


def answered_with(session: Session, name: str) -> bool:
    """Whether anybody has answered this questionnaire, as far as this account reads answers."""
    return any(
        session.scalar(select(exists().where(table.questionnaire == name, table.voided.is_(False))))
        for table in readable_tables(session)
    )


def questionnaire_id(name: str) -> str:
    """The id of the questionnaire of a name, the same everywhere."""
    return str(uuid5(QUESTIONNAIRES, name))


def digest_of(form: Form) -> str:
    """The SHA-256 of what a form is: its XForm, with the tables that came with it, and its sheets."""
    return hashlib.sha256(f"{form.xform}|{canonical(_kept_sheets(form))}".encode()).hexdigest()


def _version_id(name: str, version: str | None, digest: str | None, mark: str = "") -> str:
    return str(uuid5(UUID(questionnaire_id(name)), f"{mark}|{version or ''}|{digest or ''}"))


def _versions(session: Session, name: str | None = None) -> dict[str, list[_Version]]:
    """By questionnaire what is known of its stored versions."""
    columns = (
        QuestionnaireVersion.id, Questionnaire.name, QuestionnaireVersion.form_version, QuestionnaireVersion.title,
        QuestionnaireVersion.published_on, QuestionnaireVersion.digest,
    )  # fmt: skip
    wanted = select(*columns).join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
    wanted = wanted.where(QuestionnaireVersion.voided.is_(False), Questionnaire.voided.is_(False))
    if name is not None:
        wanted = wanted.where(Questionnaire.id == questionnaire_id(name))
    found: dict[str, list[_Version]] = {}
    row: Any
    for row in session.execute(wanted):
        found.setdefault(row.name, []).append(_Version(*row))
    return found


def _chosen(stored: Iterable[_Version], shipped: ShippedForm | None) -> _Version | None:
    """The stored version that is asked now, None when that is the one of the program and it is not stored yet."""
    own = [one for one in stored if not one.as_shipped]
    if own:
        return max(own, key=lambda one: one.rank)
    came = max(stored, key=lambda one: one.rank, default=None)
    if came is None or shipped is None:
        return came
    return came if version_key(came.form_version) >= version_key(shipped.version) else None


def _shelved(one: Questionnaire | None, versions: list[_Version], shipped: ShippedForm | None) -> Shelved:
    chosen = _chosen(versions, shipped)
    facts: Any = one if one is not None else shipped
    return Shelved(
        name=facts.name,
        title=title_of(facts.name, chosen.title if chosen else None),
        kind=facts.kind,
        about=facts.about,
        sensitivity=facts.sensitivity,
        occasions=shipped.occasions if shipped else (),
        oral=shipped.oral if shipped else True,
        shipped=shipped is not None,
        version_id=chosen.id if chosen else None,
        form_version=(chosen.form_version or "") if chosen else shipped.version if shipped else "",
        withdrawn=one is not None and one.withdrawn_on is not None,
        shipped_version=shipped.version if shipped else "",
        source=shipped.source if shipped else "",
        verified=shipped.verified if shipped else False,
        licence=shipped.licence if shipped else "",
    )


def _store_shipped(session: Session, shipped: ShippedForm) -> QuestionnaireVersion:
    form = read_shipped(shipped.name)
    _questionnaire(session, shipped.name)
    digest = digest_of(form)
    version_id = _version_id(form.name, form.version, digest, SHIPPED)
    return _write_version(session, form, version_id, digest, shipped.published_on)


def _write_version(
    session: Session, form: Form, version_id: str, digest: str, published_on: dt.date
) -> QuestionnaireVersion:
    values = {
        "id": version_id, "questionnaire_id": questionnaire_id(form.name), "form_version": form.version,
        "title": form.title, "published_on": published_on, "digest": digest,
        "xform": form.xform, "sheets": _kept_sheets(form),
    }  # fmt: skip
    return _write(session, QuestionnaireVersion, values)


def _write(session: Session, record: type[Written], values: Mapping[str, Any]) -> Written:
    """Check and add a record to the letter: `write_new` would tidy what a form says."""
    refuse_errors(check_record(record, values, on=today()))
    made = record(**values)
    session.add(made)
    session.flush()
    return made


def _questionnaire(session: Session, name: str) -> Questionnaire:
    """The questionnaire of a name; that of a form of the program is written down when it is first needed."""
    found = session.get(Questionnaire, questionnaire_id(name))
    if found is not None and not found.voided:
        return found
    shipped = shipped_forms().get(name)
    if shipped is None:
        raise Refused("not_found")
    values = {"kind": shipped.kind, "about": shipped.about, "sensitivity": shipped.sensitivity}
    return _write(session, Questionnaire, {**values, "id": questionnaire_id(name), "name": name})


def _keep_questionnaire(session: Session, name: str, values: Mapping[str, str]) -> None:
    """Write down what a questionnaire is, or change it as far as its answers allow. To publish is to ask again."""
    found = session.get(Questionnaire, questionnaire_id(name))
    if found is None:
        _write(session, Questionnaire, {**values, "id": questionnaire_id(name), "name": name})
        return
    _refuse_reclassing(session, found, values)
    write_changes(session, found, {**values, "withdrawn_on": None}, on=today())


def _refuse_reclassing(session: Session, found: Questionnaire, values: Mapping[str, str]) -> None:
    """Who reads and about whom: settled by the first answer; never may more people read than was said."""
    changed = [
        name for name in ("sensitivity", "about") if values.get(name, getattr(found, name)) != getattr(found, name)
    ]
    if "sensitivity" in changed and _order(values["sensitivity"]) < _order(found.sensitivity):
        raise Refused("check", (Problem("sensitivity", "sensitivity_loosened"),))
    if changed and answered_with(session, found.name or ""):
        raise Refused("check", tuple(Problem(name, "already_answered") for name in changed))


def _order(sensitivity: str | None) -> int:
    term = vocabulary("questionnaire_sensitivity").get(sensitivity)
    return term.order if term is not None else 0


def _publishers_only(session: Session) -> None:
    if not may(session, PUBLISH):
        raise Refused("not_allowed")


def _kept_sheets(form: Form) -> dict[str, Any]:
    """The sheets of a form as JSON keeps them. Tables that came with it stand in its XForm."""
    return {name: [dict(row) for row in rows] for name, rows in form.sheets.items()}


@dataclass(frozen=True)
class _Stored:
    """A version as it stands in the database; known by its id and digest."""

    version_id: str
    digest: str | None
    xform: str = field(compare=False)
    sheets: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=64)
def _read_stored(stored: _Stored) -> Form:
    from resource_centre.questionnaires.xform import form_from_xform

    return form_from_xform(stored.xform, sheets=stored.sheets)
