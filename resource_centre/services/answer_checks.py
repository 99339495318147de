# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of keeping answers to a questionnaire, beyond what each of its questions says for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from resource_centre.problems import Problem, Severity
from resource_centre.questionnaires.form import COMPUTED, Form
from resource_centre.services.diagnosis_words import names_diagnosis
from resource_centre.services.health_words import names_hiv

OWN_FINDINGS: Final = frozenset({"observation", "assessment"})
"""Kinds of questionnaires in which whoever asks puts into words what they saw."""

INDICATION: Final = "indication"
"""What the calculated question is called by which a screening says that there is an indication."""

INDICATED: Final = frozenset({"yes", "1"})


def word_problems(
    form: Form, answers: Mapping[str, str], *, sensitivity: str | None, about: str | None, kind: str | None = None
) -> tuple[Problem, ...]:
    """What free answers about a person may not say, by place; nothing that was said is repeated.

    Words that name HIV are refused where everybody reads, a warning where case workers do, and the protection
    officer's own matter otherwise. A diagnosis is a warning where whoever asks writes down what they saw.
    """
    if about != "person":
        return ()
    severity: Severity = "warning" if sensitivity == "sensitive" else "error"
    found: list[Problem] = []
    for place, text in _free_answers(form, answers):
        if sensitivity != "protected" and names_hiv(text):
            found.append(Problem(place, "names_hiv", severity))
        if kind in OWN_FINDINGS and names_diagnosis(text):
            found.append(Problem(place, "names_diagnosis", "warning"))
    return tuple(found)


def check_completeness(
    form: Form, answers: Mapping[str, str], unanswered: Mapping[str, str]
) -> tuple[tuple[Problem, ...], dict[str, str]]:
    """What is still wrong with a form said to be complete, and its answers as they are worked out now."""
    from resource_centre.questionnaires.live import Facts, LiveForm

    now = dt.datetime.now()  # noqa: DTZ005 - forms speak of the laptop's own time
    live = LiveForm(form, answers, unanswered, facts=Facts(today=now.date(), now=now))
    return live.problems(), live.answers()


def indicates(form: Form, answers: Mapping[str, str]) -> bool | None:
    """Whether the answers to a screening are an indication; None for a form that works out none."""
    path = next((one.path for one in form.questions() if one.name == INDICATION and one.kind in COMPUTED), None)
    return None if path is None else answers.get(path) in INDICATED


def _free_answers(form: Form, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    from resource_centre.questionnaires.instance import plain

    free = {one.path for one in form.questions() if one.kind == "text"}
    return ((place, text) for place, text in answers.items() if plain(place) in free)
