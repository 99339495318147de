# SPDX-License-Identifier: Apache-2.0
"""What comes out of one cell, and what is put on the list to settle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from resource_centre.i18n import N_, _
from resource_centre.registers.lists import rows_of
from resource_centre.registers.sheet import Cell, column_letters
from resource_centre.values.text import tidy

Severity = Literal["error", "warning"]

WORDS: Final = {
    "not_a_date": N_("This is not a date we understand."),
    "date_order": N_("Day and month could be the other way round: {options}."),
    "date_century": N_("The year could be of two centuries: {options}."),
    "date_out_of_range": N_("This year cannot be right."),
    "date_range": N_("These are several dates in one cell."),
    "date_in_future": N_("This date is in the future."),
    "date_about": N_("The writer was not sure of this date."),
    "date_year_only": N_("The full date is needed here, not only the year or month."),
    "before_birth": N_("This is before the date of birth."),
    "return_before_departure": N_("The return is before the departure."),
    "return_after_report": N_("The return is after the day it was reported."),
    "ends_before_start": N_("The end is before the start."),
    "nik_damaged": N_(
        "The spreadsheet kept this NIK as a number and lost its last digit. Take it from the identity card."
    ),
    "nik_length": N_("A NIK has 16 digits."),
    "nik_form": N_("This is not a possible NIK. Check it with the identity card."),
    "nik_sex": N_("The NIK says another sex than the answer given. Please check both."),
    "nik_birth": N_("The NIK says another date of birth than the answer given. Please check both."),
    "nik_other_name": N_("The same NIK stands at a very different name. Please check both."),
    "name_missing": N_("The name is missing."),
    "not_a_name": N_("This is not a name."),
    "not_in_list": N_("This word is not in the list."),
    "nearly_in_list": N_("This word was taken for: {options}. Please check."),
    "two_answers": N_("There are two answers in one cell: {options}."),
    "sex_letter": N_("This letter could mean either sex in this column."),
    "phone_form": N_("This is not a telephone number we understand."),
    "phone_unusual": N_("There is no such telephone number at present. Please check."),
    "phone_two": N_("There is more than one number in this cell; the first was taken."),
    "phone_damaged": N_("The spreadsheet has cut this number short."),
    "village_unknown": N_("There is no village of this name there. {options}"),
    "village_ambiguous": N_("There are several villages of this name: {options}."),
    "village_elsewhere": N_("A village of this name lies in another district: {options}."),
    "village_spelt": N_("This village was taken for {options}. Please check."),
    "district_unknown": N_("There is no district of this name there. {options}"),
    "district_elsewhere": N_("A district of this name lies in another regency: {options}."),
    "regency_unknown": N_("There is no regency or city of this name. {options}"),
    "regency_elsewhere": N_("The regency lies in another province than the one given. {options}"),
    "not_a_number": N_("This is not a number."),
    "out_of_range": N_("This is outside the possible range."),
    "mark_unknown": N_("This mark of attendance is not clear."),
    "date_missing": N_("The date is missing."),
    "formula": N_("This is a formula without a result."),
}


@dataclass(frozen=True)
class Reading:
    """What one cell says: a value, or a code from `WORDS` for why there is none; a warning may have both."""

    value: Any = None
    problem: str = ""
    severity: Severity = "error"
    options: tuple[str, ...] = ()
    note: str = ""


NOTHING: Final = Reading()


@dataclass(frozen=True)
class RowProblem:
    """Something to settle: the field, the column it stands in (index from 0, None when there is none), as written."""

    field: str
    code: str
    severity: Severity
    column: int | None = None
    heading: str = ""
    as_written: str = ""
    options: tuple[str, ...] = ()

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(WORDS.get(self.code, self.code)).format(options=" / ".join(self.options))

    def as_json(self) -> dict[str, Any]:
        """As it is written into files and kept with the row."""
        return {
            "field": self.field,
            "code": self.code,
            "severity": self.severity,
            "column": column_letters(self.column + 1) if self.column is not None else None,
            "heading": self.heading,
            "as_written": self.as_written,
            "options": list(self.options),
        }


@lru_cache(maxsize=32)
def words_for(use: str) -> frozenset[str]:
    """The words of one use from the list of cell words."""
    return frozenset(word for row in rows_of("cell_words") if row["use"] == use for word in row["words"].split("|"))


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """Numbers written out, and Roman ones."""
    return {word.partition("=")[0]: int(word.partition("=")[2]) for word in words_for("numbers")}


def as_text(cell: Cell) -> str:
    """A cell as a person reads it in the sheet, without letters nobody sees."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if cell.isprintable() else tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{cell:.0f}" if isinstance(cell, int) or cell.is_integer() else repr(cell)
    return cell.isoformat().replace("T", " ").removesuffix(" 00:00:00")


def is_empty(text: str) -> bool:
    """Whether these letters only say that there is nothing."""
    return not text or (len(text) < 20 and text.casefold() in words_for("empty"))


def is_unknown(text: str) -> bool:
    """Whether these words say that nobody knows, which is not the same as nothing."""
    return len(text) < 24 and text.casefold() in words_for("unknown")


def is_refused(text: str) -> bool:
    """Whether these words say that somebody did not want to answer, which is not the same as not knowing."""
    return len(text) < 28 and text.casefold() in words_for("refused")


def is_ditto(text: str) -> bool:
    """Whether this mark means "as in the line above"."""
    return len(text) < 20 and text.casefold() in words_for("ditto")
