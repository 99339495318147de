"""The workbooks of pyxform's own tests: accepted, refused and opened as its verdicts say.

They lie beside the project; where they are absent these tests say so.
"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.refusals import FormProblem, FormRefused
from resource_centre.questionnaires.writing import as_markdown, workbook_of
from resource_centre.questionnaires.xform import form_from_xform

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "xlsforms"
VERDICTS = CORPUS / "verdicts.json"
JUDGED = json.loads(VERDICTS.read_text("utf-8")) if VERDICTS.exists() else {}
ACCEPTED = sorted(name for name, verdict in JUDGED.items() if verdict["accepted"])
REFUSED = {name: verdict["reason"] for name, verdict in sorted(JUDGED.items()) if not verdict["accepted"]}

# In text an empty row goes, and pyxform calls the headings of a table after their row.
ROWS_IN_NAMES = {"flat_xlsform_test.xlsx"}


def test_the_corpus_is_there_whole() -> None:
    if not JUDGED:
        pytest.skip("the workbooks of pyxform's tests are not beside the project")
    assert (len(ACCEPTED), len(REFUSED)) == (48, 8)


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_pyxform_accepts_is_accepted_and_opens(name: str) -> None:
    form = _form(name)
    live = LiveForm(form)
    assert any(live.places())
    assert all(live.state(place) is not None for place in live.places())
    assert all(form.lists.get(question.choices) is not None for question in form.questions() if question.choices)


@pytest.mark.parametrize("name", REFUSED)
def test_what_pyxform_refuses_is_refused_with_its_place(name: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(CORPUS / name)
    (problem,) = refused.value.problems
    assert isinstance(problem, FormProblem)
    assert problem.sheet == "survey"
    assert f"[row : {problem.row}]" in REFUSED[name] or "[row" not in REFUSED[name]
    assert problem.words() not in (problem.code, "")


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_accepted_form_is_written_and_read_again(name: str) -> None:
    form = _without_warnings(_form(name))
    assert _without_warnings(read_form(workbook_of(form), name=form.name)) == form
    again = read_form(as_markdown(form), name=form.name)
    assert name in ROWS_IN_NAMES or (again.children, again.lists) == (form.children, form.lists)


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_accepted_form_is_the_same_when_it_was_kept(name: str) -> None:
    form = _without_warnings(_form(name))
    assert _without_warnings(form_from_xform(form.xform, sheets=form.sheets)) == form


@cache
def _form(name: str) -> Form:
    return read_form(CORPUS / name)


def _without_warnings(form: Form) -> Form:
    """Warnings speak of the file a form came in."""
    return replace(form, warnings=())
