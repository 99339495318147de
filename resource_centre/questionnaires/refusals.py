# SPDX-License-Identifier: Apache-2.0
"""Why a form cannot be used, in sentences that name sheet, row and column.

What is quoted is the form's design (names of questions, lists, functions), never an answer and never a path on disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.problems import Problem
from resource_centre.questionnaires.refusal_words import WORDS

SURVEY: Final = "survey"


class FormRefused(Refused):
    """This is not a form that can be asked here.

    `problems` say each place and what is wrong there; without any, the sentence of `code` says it all. An expression
    that does not compile raises this with `facts` for the sentence; whoever knows the row puts it into a problem.
    """

    texts = {
        **WORDS,
        "form": N_("This form cannot be used as it is."),
        "syntax": N_("This is not an expression that can be read."),
        "unknown_function": N_("There is no function {name}()."),
        "forbidden_function": N_("The function {name}() reaches outside the form and is not allowed."),
        "wrong_arguments": N_("The function {name}() does not take what it is given here."),
        "too_long": N_("This expression is too long."),
        "circular": N_("These wait for each other, so that none of them can be worked out: {names}."),
        "too_deep": N_("This expression is nested too deeply."),
        "too_much_work": N_("An expression asks for more than can be worked out in time."),
        "unknown_axis": N_("Paths cannot go along {name}::."),
        "pattern": N_("A pattern of regex() cannot be read, or asks for too much."),
    }

    def at(self, *, row: int = 0, column: str = "", sheet: str = SURVEY) -> FormProblem:
        """The same refusal as the problem of one place."""
        facts = tuple((key, str(value)) for key, value in self.facts.items())
        return FormProblem(field="", code=self.code, facts=facts).placed(sheet=sheet, row=row, column=column)


@dataclass(frozen=True)
class FormProblem(Problem):
    """One thing wrong with a form: where (`row` counts from 1 as the spreadsheet does, 0 for unknown) and what.

    `facts` fill the sentence; `detail` is what pyxform says of it, in English.
    """

    sheet: str = ""
    row: int = 0
    column: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    detail: str = ""

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        said = _(FormRefused.texts.get(self.code, self.code)).format(**dict(self.facts))
        return f"{said} ({self.detail})" if self.detail else said

    def sentence(self) -> str:
        """Place and words in one line, for a list of warnings."""
        return f"{self.field}: {self.words()}" if self.field else self.words()

    def placed(self, *, sheet: str, row: int = 0, column: str = "") -> FormProblem:
        """The same problem at a place."""
        return replace(self, field=_place(sheet, row, column), sheet=sheet, row=row, column=column)


def problem(code: str, *, sheet: str = SURVEY, row: int = 0, column: str = "", **facts: str | int) -> FormProblem:
    """A problem of one place of the form."""
    told = tuple((key, str(value)) for key, value in facts.items())
    return FormProblem(field="", code=code, facts=told).placed(sheet=sheet, row=row, column=column)


def refuse(problems: Iterable[FormProblem]) -> None:
    """Raise FormRefused with these problems, if there are any."""
    found = tuple(problems)
    if found:
        raise FormRefused("form", found)


def _place(sheet: str, row: int, column: str) -> str:
    if not row:
        return _("sheet {sheet}").format(sheet=sheet) if sheet else _("form")
    if not column:
        return _("sheet {sheet}, row {row}").format(sheet=sheet, row=row)
    return _("sheet {sheet}, row {row}, column {column}").format(sheet=sheet, row=row, column=column)
