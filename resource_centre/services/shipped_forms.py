# SPDX-License-Identifier: Apache-2.0
"""The questionnaires that come with the program: data/questionnaires/shelf.csv says what each is, its .md what it asks.

What stands on the shelf is read without reading any form: that needs pyxform and happens when one is first asked.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final

from resource_centre.i18n import language
from resource_centre.questionnaires.form import Form

SETTINGS: Final = "settings"
_BAR: Final = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class ShippedForm:
    """One row of shelf.csv. `version` is that of the form's file, such as ``2026.11.1``."""

    name: str
    kind: str
    about: str
    sensitivity: str
    oral: bool
    occasions: tuple[str, ...]
    title_id: str
    title_en: str
    source: str
    verified: bool
    licence: str
    version: str

    @property
    def title(self) -> str:
        """What it is called in the active language."""
        return self.title_en if language() == "en" else self.title_id

    @property
    def published_on(self) -> dt.date:
        """The first day of the month its version names: the same on every laptop, whenever it is first asked there."""
        year, month = version_key(self.version)[:2]
        return dt.date(year, month, 1)


@lru_cache(maxsize=1)
def shipped_forms() -> Mapping[str, ShippedForm]:
    """Every questionnaire that comes with the program, by its name, in the order of the shelf."""
    rows = csv.DictReader(io.StringIO((_folder() / "shelf.csv").read_text("utf-8")))
    return MappingProxyType({row["form_id"]: _shipped(row) for row in rows})


@lru_cache(maxsize=8)
def read_shipped(name: str) -> Form:
    """The form itself. The first of them takes about a second, most of it for importing pyxform."""
    from resource_centre.questionnaires.reading import read_form

    return read_form((_folder() / f"{name}.md").read_bytes(), name=f"{name}.md")


def title_of(name: str, stored: str | None) -> str:
    """What a questionnaire is called in the active language; `stored` is the title its version has."""
    shipped = shipped_forms().get(name)
    return shipped.title if shipped is not None and stored in (None, shipped.title_id) else stored or name


def version_key(version: str | None) -> tuple[int, ...]:
    """The numbers of a version, by which versions are ordered: 2026.9.1 comes before 2026.11.1."""
    return tuple(int(number) for number in re.findall(r"\d+", version or ""))


def _shipped(row: Mapping[str, str]) -> ShippedForm:
    return ShippedForm(
        name=row["form_id"],
        kind=row["kind"],
        about=row["about"],
        sensitivity=row["sensitivity"],
        oral=row["oral"] == "yes",
        occasions=tuple(one for one in row["occasions"].split("|") if one),
        title_id=row["title_id"],
        title_en=row["title_en"],
        source=row["source"],
        verified=row["verified"] == "yes",
        licence=row["licence"],
        version=_settings_of(row["form_id"])["version"],
    )


def _settings_of(name: str) -> dict[str, str]:
    """The settings sheet of a form's file: the headings and the row that follow its name."""
    tables = _tables((_folder() / f"{name}.md").read_text("utf-8"))
    for first, *_cells in tables:
        if first == SETTINGS:
            return dict(zip(next(tables), next(tables), strict=False))
    raise KeyError(name)


def _tables(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in _BAR.split(line)[1:-1]]


def _folder() -> Traversable:
    return resources.files("resource_centre") / "data" / "questionnaires"
