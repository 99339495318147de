# SPDX-License-Identifier: Apache-2.0
"""What every indicator means: definitions in editions, each in force from a day on, and which figure it is.

The program ships a first edition of each indicator of R1 (data/indicators.csv). A centre writes further editions of
these, and indicators of its own. An edition with which a report was handed over never changes: who means something else
writes a new one, and old reports are read with the old one.
"""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.i18n import language
from resource_centre.records import IndicatorDefinition
from resource_centre.services.month_reports import NAMESPACE

FIRST: Final = dt.date.min
"""From when shipped definitions are in force."""
GROWING: Final = frozenset({"people", "count", "hours", "money", "minutes"})
"""Units of figures that grow over a year, so that a share of a target says something."""
FEWER: Final = "fewer"
ENGLISH: Final = "en"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
Both = Mapping[str, str]
"""A text by language, ``id`` and ``en``."""


@dataclass(frozen=True)
class Definition:
    """One edition of an indicator.

    `own` when a centre wrote the indicator itself, and not only this edition. `cumulative` when its figure grows over
    the year. `formula` is the key of a figure: ``R1/persons_served``, or one of the measures that reports count.
    """

    code: str
    edition: int
    valid_from: dt.date
    unit: str
    cumulative: bool
    direction: str = "more"
    formula: str = ""
    names: Both = field(default_factory=lambda: _NOTHING)
    texts: Both = field(default_factory=lambda: _NOTHING)
    disaggregations: Both = field(default_factory=lambda: _NOTHING)
    origins: Both = field(default_factory=lambda: _NOTHING)
    gcm: tuple[str, ...] = ()
    sdg: tuple[str, ...] = ()
    baseline: float | None = None
    baseline_on: dt.date | None = None
    baseline_source: str | None = None
    own: bool = False
    record_id: str | None = None
    """Of an edition that a centre wrote."""

    def name(self, in_language: str | None = None) -> str:
        """What it is called; the code where it has no name."""
        return _in(self.names, in_language) or self.code

    def text(self, in_language: str | None = None) -> str:
        """What is counted."""
        return _in(self.texts, in_language)

    def disaggregation(self, in_language: str | None = None) -> str:
        """By what it is told apart."""
        return _in(self.disaggregations, in_language)

    def means(self, in_language: str | None = None) -> str:
        """Where the figure comes from."""
        return _in(self.origins, in_language)

    @property
    def fewer(self) -> bool:
        """Whether it is the better the smaller it is."""
        return self.direction == FEWER


@lru_cache(maxsize=1)
def shipped_definitions() -> Mapping[str, Definition]:
    """The first edition of every indicator of the program, in the order of the report."""
    file = resources.files("resource_centre") / "data" / "indicators.csv"
    return {row["code"]: _shipped(row) for row in csv.DictReader(file.read_text("utf-8").splitlines())}


def edition_id(indicator: str, edition: int) -> str:
    """The id of an edition; the same on every laptop."""
    return str(uuid.uuid5(NAMESPACE, f"indicator_definition/{indicator}/{edition}"))


def editions_of(session: Session, indicator: str) -> list[Definition]:
    """All editions of an indicator, the oldest first; none of one that nobody knows."""
    return _by_indicator(session, indicator).get(indicator, [])


def definitions_on(session: Session, day: dt.date) -> dict[str, Definition]:
    """Of every indicator the edition in force on a day, in the order of the report, the centre's own behind."""
    found = {code: in_force(editions, day) for code, editions in _by_indicator(session).items()}
    return {code: one for code, one in found.items() if one is not None}


def definition_on(session: Session, indicator: str, day: dt.date) -> Definition | None:
    """The edition of one indicator in force on a day."""
    return in_force(editions_of(session, indicator), day)


def latest_definitions(session: Session) -> dict[str, Definition]:
    """Of every indicator its last edition, also one that is valid from a day to come only."""
    return {code: editions[-1] for code, editions in _by_indicator(session).items()}


def in_force(editions: list[Definition], day: dt.date) -> Definition | None:
    """The last of these editions that had begun on a day."""
    begun = [one for one in editions if one.valid_from <= day]
    return begun[-1] if begun else None


def _by_indicator(session: Session, only: str | None = None) -> dict[str, list[Definition]]:
    """Editions by indicator; the centre's inherit from the one before what they leave empty."""
    shipped = shipped_definitions()
    found = {code: [one] for code, one in shipped.items() if only is None or code == only}
    record = IndicatorDefinition
    wanted = select(record).where(record.voided.is_(False)).order_by(record.indicator, record.edition)
    for one in session.scalars(wanted if only is None else wanted.where(record.indicator == only)):
        if one.indicator is not None and one.valid_from is not None:
            editions = found.setdefault(one.indicator, [])
            editions.append(_written(one, editions[-1] if editions else None, own=one.indicator not in shipped))
    for editions in found.values():
        editions.sort(key=lambda one: (one.valid_from, one.edition))
    return found


def _written(record: IndicatorDefinition, before: Definition | None, *, own: bool) -> Definition:
    unit = record.unit or (before.unit if before is not None else "count")
    base = before or Definition(str(record.indicator), 0, FIRST, unit, unit in GROWING)
    return replace(
        base,
        edition=record.edition or 0,
        valid_from=record.valid_from or FIRST,
        unit=unit if own else base.unit,
        cumulative=unit in GROWING if own else base.cumulative,
        direction=record.direction or base.direction,
        formula=(record.formula or base.formula) if own else base.formula,
        names=_both(record.name_id, record.name_en, base.names),
        texts=_both(record.text_id, record.text_en, base.texts),
        disaggregations=_both(record.disaggregation, record.disaggregation, base.disaggregations),
        origins=_both(record.means, record.means, base.origins),
        gcm=tuple(record.gcm or ()),
        sdg=tuple(record.sdg or ()),
        baseline=record.baseline,
        baseline_on=record.baseline_on,
        baseline_source=record.baseline_source,
        own=own,
        record_id=record.id,
    )


def _both(indonesian: str | None, english: str | None, before: Both) -> Both:
    """Both languages; where one is missing the other one stands for it, before what it was called earlier."""
    if not indonesian and not english:
        return before
    return {"id": indonesian or english or "", "en": english or indonesian or ""}


def _shipped(row: Mapping[str, str]) -> Definition:
    names, texts, apart, means = (
        {"id": row[f"{name}_id"], "en": row[f"{name}_en"]} for name in ("name", "text", "disaggregation", "means")
    )
    return Definition(
        row["code"], 1, FIRST, row["unit"], row["cumulative"] == "yes", row["direction"], row["formula"],
        names, texts, apart, means, tuple(_several(row["gcm"])), tuple(_several(row["sdg"])),
    )  # fmt: skip


def _several(cell: str) -> Iterator[str]:
    return (part for part in cell.split("|") if part)


def _in(texts: Both, in_language: str | None) -> str:
    return texts.get(in_language or language()) or texts.get(ENGLISH) or ""


def values_of(definition: Definition) -> dict[str, Any]:
    """An edition as values of a record, for a form to begin a new one with."""
    return {
        "indicator": definition.code,
        "name_id": _in(definition.names, "id"),
        "name_en": _in(definition.names, ENGLISH),
        "text_id": _in(definition.texts, "id"),
        "text_en": _in(definition.texts, ENGLISH),
        "unit": definition.unit,
        "direction": definition.direction,
        "formula": definition.formula,
        "gcm": list(definition.gcm),
        "sdg": list(definition.sdg),
        "disaggregation": definition.disaggregation(),
        "means": definition.means(),
        "baseline": definition.baseline,
        "baseline_on": definition.baseline_on,
        "baseline_source": definition.baseline_source,
    }
