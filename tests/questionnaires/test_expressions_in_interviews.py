# SPDX-License-Identifier: Apache-2.0
"""What expressions say in an interview: words in its language, the version of its form."""

import pytest

from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.reading import read_form

FORM = """
| survey | | | | | |
| | type | name | label::English (en) | label::Bahasa Indonesia (id) | calculation |
| | select_multiple yn | agreed | Do you agree? | Apakah setuju? | |
| | calculate | said | | | jr:choice-name(selected-at(${agreed}, 0), '${agreed}') |
| | calculate | month | | | format-date('2026-05-02', '%b') |
| | calculate | version | | | version() |
| settings | | |
| | version | form_id |
| | 2026-3 | consent |
| choices | | | | |
| | list_name | name | label::English (en) | label::Bahasa Indonesia (id) |
| | yn | yes | Yes | Ya |
| | yn | no | No | Tidak |
"""


@pytest.mark.parametrize(
    ("language", "said", "month"), [("English (en)", "Yes", "May"), ("Bahasa Indonesia (id)", "Ya", "Mei")]
)
def test_choices_and_months_are_said_in_the_language_of_the_interview(language: str, said: str, month: str) -> None:
    live = LiveForm(read_form(FORM, name="consent"), language=language)
    live.answer("agreed", "yes no")
    assert (live.answers()["said"], live.answers()["month"]) == (said, month)


def test_they_follow_when_the_language_is_switched() -> None:
    live = LiveForm(read_form(FORM, name="consent"), language="English (en)")
    live.answer("agreed", "no")
    live.language = "Bahasa Indonesia (id)"
    assert (live.answers()["said"], live.answers()["month"]) == ("Tidak", "Mei")


def test_an_interview_knows_the_version_of_its_form() -> None:
    assert LiveForm(read_form(FORM, name="consent")).answers()["version"] == "2026-3"


def test_without_a_choice_there_is_nothing_to_say() -> None:
    live = LiveForm(read_form(FORM, name="consent"), language="English (en)")
    live.answer("agreed", "yes")
    live.answer("agreed", "")
    assert not live.answers().get("said")
