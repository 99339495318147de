# SPDX-License-Identifier: Apache-2.0
"""Reading the one description of a field: what forms, spreadsheets, reports and the trail show of a column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstrumentedAttribute

from resource_centre.i18n import _
from resource_centre.records.base import Base


@dataclass(frozen=True)
class Field:
    """A column as people meet it. `label` and `help` are looked up in the active language at each reading."""

    name: str
    label_msgid: str
    help_msgid: str
    format: str
    vocabulary: str
    sensitivity: str
    required: bool

    @property
    def label(self) -> str:
        """The field's name in the active language."""
        return _(self.label_msgid)

    @property
    def help(self) -> str:
        """One sentence of help in the active language, or nothing."""
        return _(self.help_msgid)


@lru_cache(maxsize=64)
def fields_of(record: type[Base]) -> tuple[Field, ...]:
    """The fields of a record that a person fills in, in the order they are declared."""
    columns = inspect(record).columns
    return tuple(_described(column.key, column.info) for column in columns if "label" in column.info)


def field_of(attribute: InstrumentedAttribute[Any]) -> Field:
    """The description of one column, for example ``field_of(Person.full_name)``."""
    record: type[Base] = attribute.parent.class_
    return next(field for field in fields_of(record) if field.name == attribute.key)


def _described(name: str, info: dict[str, Any]) -> Field:
    return Field(
        name=name,
        label_msgid=info["label"],
        help_msgid=info["help"],
        format=info["format"],
        vocabulary=info["vocabulary"],
        sensitivity=info["sensitivity"],
        required=info["required"],
    )
