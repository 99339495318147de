# SPDX-License-Identifier: Apache-2.0
"""The referral directory: who helps with what, where, when and at what cost, and when that was last checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.problems import Problem
from resource_centre.records import Provider
from resource_centre.records.base import Id
from resource_centre.services.rules import rule
from resource_centre.services.saving import Reasons, existing, refuse_errors, write_changes, write_new
from resource_centre.vocabulary import fold_label, vocabulary

PARTS: Final = (13, 8, 5, 2)
"""Letters of the code of a village, its district, its regency, its province."""

NOWHERE: Final = len(PARTS)
"""How near somebody is who has no place, such as a hotline: after the province, before everybody else."""


@dataclass(frozen=True)
class Cursor:
    """Where a page of the directory ended."""

    near: int
    key: str
    id: str


@dataclass(frozen=True)
class ProviderRow:
    """One entry as the directory lists it."""

    id: str
    name: str
    provider_type: str | None
    services: tuple[str, ...]
    place_code: str | None
    phone: str | None
    hours: str | None
    cost: str | None
    verified_on: dt.date | None
    active: bool
    near: int
    key: str

    @property
    def cursor(self) -> Cursor:
        """For asking for what comes after this row."""
        return Cursor(self.near, self.key, self.id)


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words, one service, a kind of provider, near a place; `idle` shows those not in use too."""

    text: str = ""
    service: str | None = None
    provider_type: str | None = None
    near: str | None = None
    idle: bool = False


def add_provider(session: Session, values: Mapping[str, Any], unanswered: Reasons | None = None) -> Provider:
    """Put somebody into the directory. Raises `Refused` with the problems by field."""
    _refuse_future(values)
    return write_new(session, Provider, values, unanswered, on=today())


def change_provider(
    session: Session,
    provider_id: str,
    values: Mapping[str, Any],
    unanswered: Reasons | None = None,
    *,
    version: int | None = None,
) -> Provider:
    """Change an entry; `version` is that of the form's opening."""
    _refuse_future(values)
    found = existing(session, Provider, provider_id)
    return write_changes(session, found, values, unanswered, on=today(), version=version)


def find_providers(
    session: Session, wanted: Wanted | None = None, *, after: Cursor | None = None, limit: int = 200
) -> list[ProviderRow]:
    """The directory: from the same village, district, regency, province, then those without a place, then others."""
    asked = wanted or Wanted()
    near, key = _nearness(asked.near), func.lower(func.coalesce(Provider.name, ""))
    columns: tuple[Any, ...] = (
        Provider.id, Provider.name, Provider.provider_type, Provider.services, Provider.place_code, Provider.phone,
        Provider.hours, Provider.cost, Provider.verified_on, Provider.active, near, key,
    )  # fmt: skip
    page = select(*columns).where(*_conditions(asked))
    if after is not None:
        here = tuple_(near, key, Provider.id)
        page = page.where(here > tuple_(literal(after.near), literal(after.key), literal(after.id, Id)))
    return [_row(row) for row in session.execute(page.order_by(near, key, Provider.id).limit(limit))]


def to_be_verified(verified_on: dt.date | None, on: dt.date) -> bool:
    """Whether an entry was never checked, or longer ago than `provider_verified_months` of the rules."""
    if verified_on is None:
        return True
    months = (on.year - verified_on.year) * 12 + on.month - verified_on.month - (on.day < verified_on.day)
    return months >= rule("provider_verified_months")


def _refuse_future(values: Mapping[str, Any]) -> None:
    verified = values.get("verified_on")
    if isinstance(verified, dt.date) and verified > today():
        refuse_errors((Problem("verified_on", "date_in_future"),))


def _conditions(asked: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Provider.voided.is_(False)]
    if not asked.idle:
        found.append(func.coalesce(Provider.active, True))
    if asked.service:
        found.append(_offers(asked.service))
    if asked.provider_type:
        found.append(Provider.provider_type == asked.provider_type)
    return found + [_means(word) for word in asked.text.split()]


def _means(word: str) -> ColumnElement[bool]:
    """A word of the search: part of a name, an address, a condition, or of the words for a service or a kind."""
    columns = (Provider.name, Provider.address, Provider.contact_person, Provider.conditions, Provider.remarks)
    kinds = Provider.provider_type.in_(_codes_with("provider_type", word))
    offered = [_offers(code) for code in _codes_with("referral_service", word)]
    return or_(*(column.icontains(word, autoescape=True) for column in columns), kinds, *offered)


def _offers(service: str) -> ColumnElement[bool]:
    return cast(Provider.services, Text).contains(f'"{service}"', autoescape=True)


def _codes_with(name: str, word: str) -> list[str]:
    part = fold_label(word)
    return [
        term.code
        for term in vocabulary(name)
        if part and any(part in fold_label(words) for words in (term.label_id, term.label_en, *term.synonyms))
    ]


def _nearness(place: str | None) -> ColumnElement[int]:
    if not place:
        return literal(0)
    steps = [
        (and_(Provider.place_code.is_not(None), func.substr(Provider.place_code, 1, length) == place[:length]), rank)
        for rank, length in enumerate(PARTS)
        if len(place) >= length
    ]
    return case(*steps, (Provider.place_code.is_(None), NOWHERE), else_=NOWHERE + 1)


def _row(row: Any) -> ProviderRow:
    known: list[Any] = list(row)
    known[1], known[3], known[9] = known[1] or "", tuple(known[3] or ()), known[9] is not False
    return ProviderRow(*known)
