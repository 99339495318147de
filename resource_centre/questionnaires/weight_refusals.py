# SPDX-License-Identifier: Apache-2.0
"""Why a set of weights cannot be used, with sheet, row and column, and why two scores are not compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_, _
from resource_centre.questionnaires.refusals import FormProblem

ROWS: Final = "weights"
FACTS: Final = "weight_sets"


class WeightsRefused(Refused):
    """These are not weights by which answers can be scored here. `problems` say each place and what is wrong there."""

    texts = {
        "weights": N_("These weights cannot be used as they are."),
        "other_instrument": N_("Scores of two questionnaires cannot be compared."),
        "other_weights": N_("Scores by two sets of weights cannot be compared."),
        "other_calculation": N_("Scores that two versions reckon differently cannot be compared."),
        "asked_twice": N_("Two answers are to the question {question}: which one counts cannot be told."),
        "ambiguous_question": N_("The form has two questions {question}: which one is weighed cannot be told."),
        "unknown_question": N_("The questionnaire has no question {question}."),
        "unknown_answer": N_("The question {question} has no answer {answer}."),
        "not_weighable": N_("The question {question} cannot be weighed: it is not one answer of a list or a number."),
        "repeated_question": N_("The question {question} comes more than once and cannot be weighed."),
        "missing_answer": N_("The answer {answer} of the question {question} has no row."),
        "duplicate_row": N_("The answer {answer} of the question {question} has two rows."),
        "score_out_of_range": N_("A score of this set lies between {low} and {high}."),
        "negative_weight": N_("A weight cannot be less than zero."),
        "two_weights": N_("The question {question} has one weight, the same in all its rows."),
        "two_scales": N_("The question {question} belongs to one scale only."),
        "score_missing": N_("An answer that applies needs a score, for its question has a weight."),
        "not_a_number": N_("This is not a number such as 0.75."),
        "not_applicable_how": N_("Write yes, or NA where the answer says that the question does not apply."),
        "not_yes_or_no": N_("Write yes or no."),
        "missing_column": N_("The column {column} is missing."),
        "missing_cell": N_("This cell is empty."),
        "missing_facts": N_("Nothing says which set these weights are."),
        "unknown_set": N_("The set {name} has rows, but nothing says what set it is."),
        "set_twice": N_("The set {name} stands here twice."),
        "no_rows": N_("The set {name} has no rows."),
        "no_weight": N_("No question of the set {name} has a weight."),
        "wrong_form": N_("These weights are for another questionnaire: {name}."),
        "unknown_scale": N_("The questionnaire has no scale {name}."),
        "composite_scale": N_("The composite is not a scale of its own: its weights stand in composite_weight."),
        "unknown_calculation": N_("Scores cannot be reckoned by {name} here."),
        "coverage_range": N_("The share that must be answered lies between 0 and 1."),
        "range_upside_down": N_("The lower end of the range is not below the upper one."),
        "bands": N_("Bands need limits that rise within the range, and one name more than there are limits."),
        "official_without_source": N_("An official set says where it comes from."),
        "not_weights": N_("No table of weights was found in this file."),
        "not_text": N_("This file is not text in the usual encoding (UTF-8)."),
    }


@dataclass(frozen=True)
class WeightProblem(FormProblem):
    """One thing wrong with a set of weights: where and what."""

    def words(self) -> str:
        """The sentence a person reads, in the active language."""
        return _(WeightsRefused.texts.get(self.code, self.code)).format(**{"column": self.column, **dict(self.facts)})


def problem(code: str, *, sheet: str = ROWS, row: int = 0, column: str = "", **facts: object) -> WeightProblem:
    """A problem of one place."""
    told = tuple((key, str(value)) for key, value in facts.items())
    found = WeightProblem(field="", code=code, facts=told).placed(sheet=sheet, row=row, column=column)
    assert isinstance(found, WeightProblem)
    return found


def refuse(problems: Iterable[WeightProblem]) -> None:
    """Raise WeightsRefused with these problems, if there are any."""
    found = tuple(problems)
    if found:
        raise WeightsRefused("weights", found)
