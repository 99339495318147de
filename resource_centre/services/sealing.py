# SPDX-License-Identifier: Apache-2.0
"""What an ordinary list of answers may name and an ordinary record may not hold.

A kind of return such as the rescue from trafficking is a top-tier matter: lists mark it with ``top_tier`` and say in
``concern`` which concern it becomes. The record keeps the list's merged entry, and the protection officer the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from resource_centre.i18n import _
from resource_centre.records import Base, MigrationEpisode, fields_of
from resource_centre.roles import PROTECTION
from resource_centre.services.protection import note_concern
from resource_centre.vocabulary import MERGED, Term, Vocabulary, vocabulary


@dataclass(frozen=True)
class Sealed:
    """What was taken out of a record's values: the kind of concern, and the answer in words."""

    kind: str
    account: str


def seal(record: type[Base], values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Sealed, ...]]:
    """The values as the record may keep them, and what goes to the protection officer instead.

    Of somebody whom nobody knows there is nothing to seal: an unnamed contact stays as it is.
    """
    made, told = dict(values), []
    for name, label, list_name in _watched(record):
        term = vocabulary(list_name).get(made.get(name)) if isinstance(made.get(name), str) else None
        if term is not None and is_top_tier(term) and _about_somebody(record, values):
            made[name] = term.extra.get("stands_as") or MERGED
            told.append(Sealed(term.extra["concern"], f"{_(label)}: {term.label()}"))
    return made, tuple(told)


def tell_officer(session: Session, record: type[Base], values: Mapping[str, Any], told: tuple[Sealed, ...]) -> None:
    """Note what was sealed; `values` are those of the record as written, with its ``id``.

    Of a name on a sheet that nobody has registered there is no record to note it with: windows ask to register them
    first (`names_unregistered`), and what a register that was taken in said stays with its row.
    """
    if not _is_registered(record, values):
        return
    person_id = values.get("person_id") or values["id"]
    links = {"episode_id": values["id"]} if record is MigrationEpisode else {}
    for one in told:
        note_concern(session, person_id, one.kind, account=one.account, **links)


def names_unregistered(record: type[Base], values: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields with an answer to seal of somebody who has a name here and no record of their own."""
    return (
        ()
        if _is_registered(record, values)
        else tuple(
            name
            for name, _label, list_name in _watched(record)
            if values.get("name") and (term := vocabulary(list_name).get(values.get(name))) and is_top_tier(term)
        )
    )


def is_top_tier(term: Term) -> bool:
    """Whether an entry of a list is for protection officers only."""
    return term.extra.get("top_tier") == "yes"


@lru_cache(maxsize=64)
def _watched(record: type[Base]) -> tuple[tuple[str, str, str], ...]:
    """The fields of a record whose lists have entries to seal: name, label, list."""
    if getattr(record, "readers", None) is PROTECTION:
        return ()
    coded = [(one.name, one.label_msgid, one.vocabulary) for one in fields_of(record) if one.format == "code"]
    return tuple(one for one in coded if _seals(vocabulary(one[2])))


def _seals(terms: Vocabulary) -> bool:
    return any(is_top_tier(term) and term.extra.get("concern") for term in terms)


def _about_somebody(record: type[Base], values: Mapping[str, Any]) -> bool:
    return not hasattr(record, "person_id") or bool(values.get("person_id") or values.get("name"))


def _is_registered(record: type[Base], values: Mapping[str, Any]) -> bool:
    return not hasattr(record, "person_id") or bool(values.get("person_id"))
