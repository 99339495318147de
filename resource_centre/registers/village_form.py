# SPDX-License-Identifier: Apache-2.0
"""The form for village registration on telephones, written from the same descriptions of fields as windows and paper.

Its questions bear the names that registers' headings are known by, so that its submissions are taken in like any
register (`registers/phones.py`) and nobody says which column is what.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy.orm import InstrumentedAttribute

from resource_centre.clock import today
from resource_centre.i18n import LANGUAGES, N_, _, using
from resource_centre.places import gazetteer
from resource_centre.records import Address, MigrationEpisode, Person
from resource_centre.records.fields import Field, field_of
from resource_centre.registers.refusals import FileRefused
from resource_centre.vocabulary import vocabulary

TITLE: Final = N_("Village registration")
FORM_ID: Final = "village_registration"
LANGUAGE_NAMES: Final = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
NIK: Final = "regex(., '^[0-9]{16}$')"
YEAR: Final = "regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"
TELEPHONE: Final = "regex(., '^[+0-9][0-9 -]{6,18}$')"

Row = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """A question: its name, which is a field of registers, and where its words come from: a column, or its own."""

    name: str
    column: InstrumentedAttribute[Any] | str
    type: str = "text"
    list: str = ""
    required: bool = False
    constraint: str = ""
    message: str = ""
    appearance: str = ""
    default: str = ""


GROUPS: Final[tuple[tuple[str, str, tuple[Asked, ...]], ...]] = (
    ("visit", N_("Registration"), (
        Asked("reported", Person.registered_on, "date", required=True, default="today()"),
        Asked("village", Address.village_code, "select_one", "village", required=True, appearance="minimal"),
        Asked("hamlet", Address.hamlet),
        Asked("street", Address.street),
    )),
    ("person", N_("Person"), (
        Asked("name", Person.full_name, required=True),
        Asked("nik", N_("NIK"), constraint=NIK, message=N_("A NIK has sixteen digits."), appearance="numbers"),
        Asked("sex", Person.sex, "select_one", "sex", required=True),
        Asked("born", Person.birth_date, constraint=YEAR, message=N_("Write 1984, 1984-05 or 1984-05-17.")),
        Asked("birth_place", Person.birth_place),
        Asked("mother_name", Person.mother_name),
        Asked("phone", N_("Telephone"), constraint=TELEPHONE, message=N_("Only digits, blanks and hyphens."),
              appearance="numbers"),
        Asked("education", Person.education, "select_one", "education", appearance="minimal"),
        Asked("marital_status", Person.marital_status, "select_one", "marital_status", appearance="minimal"),
    )),
    ("stay", N_("Work abroad"), (
        Asked("country", MigrationEpisode.destination_country, "select_one", "country", appearance="minimal"),
        Asked("job", MigrationEpisode.occupation, "select_one", "occupation", appearance="minimal"),
        Asked("departed", MigrationEpisode.departure_date, constraint=YEAR,
              message=N_("Write 1984, 1984-05 or 1984-05-17.")),
        Asked("returned", MigrationEpisode.return_date, constraint=YEAR,
              message=N_("Write 1984, 1984-05 or 1984-05-17.")),
    )),
)  # fmt: skip
"""What is asked. Why somebody came back is not: on a telephone it would be read by whoever holds it."""


def village_form(villages: Sequence[str], version: str | None = None) -> dict[str, list[Row]]:
    """The sheets of the form for these villages (codes); raises FileRefused `no_villages` for none or unknown ones.

    `version` is the day by default; what is asked changes with the program, and submissions of every version are read.
    """
    known = [code for code in dict.fromkeys(villages) if gazetteer().place(code) is not None]
    if not known or len(known) != len(set(villages)):
        raise FileRefused("no_villages")
    return {
        "survey": list(_survey()),
        "choices": list(_choices(known)),
        "settings": [
            {
                "form_title": _in("id", partial(_, TITLE)),
                "form_id": FORM_ID,
                "version": version or today().strftime("%Y%m%d"),
                "default_language": LANGUAGE_NAMES["id"],
            }
        ],
    }


def village_workbook(villages: Sequence[str], version: str | None = None) -> bytes:
    """The form as an .xlsx file for KoboToolbox or ODK."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in village_form(villages, version).items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) or None for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _survey() -> Iterator[Row]:
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    for group, title, questions in GROUPS:
        yield {"type": "begin_group", "name": group, **_said("label", partial(_, title))}
        yield from map(_question, questions)
        yield {"type": "end_group", "name": group}


def _question(asked: Asked) -> Row:
    described = None if isinstance(asked.column, str) else field_of(asked.column)
    row = {"type": f"{asked.type} {asked.list}".strip(), "name": asked.name, **_said("label", partial(_label, asked))}
    if described is not None and described.help:
        row |= _said("hint", partial(getattr, described, "help"))
    row |= {"required": "yes" if asked.required else "", "appearance": asked.appearance, "default": asked.default}
    if asked.constraint:
        row |= {"constraint": asked.constraint, **_said("constraint_message", partial(_, asked.message))}
    return row


def _label(asked: Asked) -> str:
    if isinstance(asked.column, str):
        return _(asked.column)
    described: Field = field_of(asked.column)
    return described.label


def _choices(villages: Sequence[str]) -> Iterator[Row]:
    for code in villages:
        yield {"list_name": "village", "name": code, **_said("label", partial(gazetteer().full_name, code))}
    lists = dict.fromkeys(one.list for _g, _t, questions in GROUPS for one in questions if one.list)
    for name in lists:
        for term in () if name == "village" else vocabulary(name):
            yield {"list_name": name, "name": term.code, **_said("label", term.label)}


def _said(column: str, words: Callable[[], str]) -> Row:
    return {f"{column}::{LANGUAGE_NAMES[code]}": _in(code, words) for code in LANGUAGES}


def _in(language: str, words: Callable[[], str]) -> str:
    with using(language):
        return words()
